import Contracts
import Postgres

extension Command {
    static let country = Command(
        "country",
        Text(
            "The country that this site serves: currency, time zone, budget year, forms of bank accounts",
            es: "El país que atiende este sitio: moneda, zona horaria, año fiscal, formas de las cuentas"),
        example: "puente country load country.json --as ana",
        [
            Command(
                "load",
                Text(
                    "Loads the country's file, before any programme; a changed file becomes a new version",
                    es: "Carga el archivo del país, antes que los programas; uno cambiado es una versión nueva"),
                example: "puente country load country.json --as ana",
                arguments: [
                    Argument("FILE", Text("The definition as proto3 JSON", es: "La definición como JSON de proto3"))
                ]
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    let definition = try DefinitionFile.read(
                        invocation.arguments[0], as: CoordinationV1.CountryDefinition.self,
                        Text("country's definition", es: "una definición de país"))
                    let reply = try await desk.call(CoordinationV1.Countries.load, definition)
                    desk.show(reply) {
                        DefinitionFile.outcome(
                            "\(reply.country) v\(reply.version)", changed: reply.changed, unverified: reply.unverified,
                            desk.language)
                    }
                }
            },
            Command(
                "show", Text("Shows the country's file in force", es: "Muestra el archivo vigente del país"),
                example: "puente country show --as ana"
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    guard let definition = try await desk.pool.queryOne(ShowCountry()) else {
                        throw Failure(
                            Text("no country is loaded", es: "no hay país cargado"), at: "country",
                            remedy: Text(
                                "load its file: puente country load deploy/programmes/COUNTRY/country.json",
                                es: "cargue su archivo: puente country load deploy/programmes/PAÍS/country.json"))
                    }
                    desk.terminal.print(definition)
                }
            },
        ])
}

extension Desk {
    /// What the country calls the territories that budgets hang on.
    func budgetTerritory() async throws -> Text {
        let definition = try await pool.queryOne(CountryInForce())
        let levels = try definition.map { try CoordinationV1.CountryDefinition(json: $0).territories }
        return Text(
            levels?.budgetName(in: Language.english.rawValue) ?? "territory",
            es: levels?.budgetName(in: Language.spanish.rawValue) ?? "territorio")
    }
}

private struct CountryInForce: Statement {
    static let sql = "SELECT definition FROM coordination.country_v1"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [UInt8] { try row.json(0) }
}

private struct ShowCountry: Statement {
    static let sql = "SELECT jsonb_pretty(definition) FROM coordination.country_v1"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
