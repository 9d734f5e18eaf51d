import Postgres

extension Command {
    static let operators = Command(
        "operator", Text("The people who work with the system", es: "Las personas que trabajan con el sistema"),
        example: "puente operator list",
        [
            Command(
                "add",
                Text(
                    "Makes an operator: a database role of their own, with a random password in the password file",
                    es:
                        "Crea un operador: un rol propio en la base, con una contraseña al azar en el archivo de contraseñas"
                ),
                example: "puente operator add ana",
                arguments: [
                    Argument(
                        "NAME",
                        Text(
                            "Small letters, digits, dot, underscore",
                            es: "Letras minúsculas, dígitos, punto, guion bajo"))
                ]
            ) { invocation in
                let name = invocation.arguments[0]
                guard Roles.isFit(name) else {
                    throw Failure(
                        Text("cannot be an operator's name", es: "no puede ser nombre de un operador"), at: name,
                        remedy: Text(
                            "use 2 to 40 small letters, digits, dots and underscores, a letter first",
                            es: "use de 2 a 40 letras minúsculas, dígitos, puntos y guiones bajos, primero una letra"))
                }
                try await withRoles(invocation) { roles in
                    try await roles.addOperator(name)
                    if invocation.wantsJSON {
                        invocation.terminal.print("{\"operator\":\"\(name)\"}")
                    } else {
                        let place = roles.passwords.path.asShownPath
                        invocation.terminal.print(
                            Text(
                                "operator \(name) added; use it with --as \(name) (password kept in \(place))",
                                es: "operador \(name) creado; se usa con --as \(name) (contraseña guardada en \(place))"
                            ))
                    }
                }
            },
            Command(
                "list", Text("Lists the operators", es: "Lista los operadores"), example: "puente operator list"
            ) { invocation in
                try await withRoles(invocation) { roles in
                    let people = try await roles.operators()
                    if invocation.wantsJSON {
                        invocation.terminal.print("[" + people.map { "\"\($0.name)\"" }.joined(separator: ",") + "]")
                    } else if people.isEmpty {
                        invocation.terminal.notice(
                            Text(
                                "there are no operators yet; 'puente operator add NAME' makes one",
                                es: "todavía no hay operadores; 'puente operator add NOMBRE' crea uno"))
                    } else {
                        people.forEach { invocation.terminal.print($0.name) }
                    }
                }
            },
        ])
}

/// Runs `body` with the administrator's connection.
private func withRoles(_ invocation: Invocation, _ body: (Roles) async throws -> Void) async throws {
    let site = try Site(invocation)
    try await withPool(site) { pool in try await body(Roles(site: site, pool: pool)) }
}
