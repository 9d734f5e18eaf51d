/// Common Peruvian names. Any likeness to a person is chance: names are drawn independently of one another.
enum Names {
    static let women = [
        "María", "Rosa", "Juana", "Luz", "Ana", "Carmen", "Julia", "Elena", "Flor", "Norma", "Yolanda", "Marleni",
        "Sonia", "Gladys", "Nélida", "Silvia", "Victoria", "Martha", "Edith", "Roxana", "Maribel", "Rocío", "Lidia",
        "Teresa", "Nancy", "Delia", "Olga", "Eva", "Beatriz", "Yesenia", "Liz", "Kelly",
    ].map(Name.init)
    static let men = [
        "José", "Juan", "Luis", "Carlos", "Jorge", "Víctor", "Pedro", "Miguel", "Julio", "Santos", "Segundo", "Marcos",
        "Percy", "Wilmer", "Edgar", "Rubén", "Hugo", "Óscar", "Raúl", "Alejandro", "Félix", "Teodoro", "Nilton",
        "Elmer",
        "David", "Daniel", "Jhon", "Cristian", "Kevin", "Brayan", "Ángel", "Fidel",
    ].map(Name.init)
    static let surnames = [
        "Quispe", "Flores", "Sánchez", "García", "Rodríguez", "Rojas", "Mamani", "Díaz", "Vásquez", "Huamán", "Torres",
        "Ramírez", "López", "Gonzales", "Pérez", "Ramos", "Chávez", "Mendoza", "Castillo", "Fernández", "Condori",
        "Cruz", "Vargas", "Espinoza", "Gutiérrez", "Ruiz", "Castro", "Silva", "Huaman", "Romero", "Tello", "Guevara",
        "Choque", "Apaza", "Ccahua", "Ticona", "Cahuana", "Inga", "Tapullima", "Shupingahua", "Ñahui", "Yupanqui",
        "Soto", "Salazar", "Medina", "Cárdenas", "Palacios", "Aguilar",
    ].map(Name.init)
}

/// A name as UTF-8, ready to be written.
struct Name: Sendable {
    let utf8: [UInt8]

    init(_ text: String) { utf8 = Array(text.utf8) }
}
