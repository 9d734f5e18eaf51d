import Postgres

extension Command {
    private static let name = Argument(
        "NAME",
        Text("Small letters, digits, dot, underscore", es: "Letras minúsculas, dígitos, punto, guion bajo"))
    private static let ownPassword = CommandOption<Bool>.flag(
        "password",
        Text(
            "The person chooses the password now, and the site does not keep it",
            es: "La persona elige la contraseña ahora, y el sitio no la guarda"))
    private static let passwordFile = CommandOption<String>.text(
        "password-file", "FILE",
        Text(
            "Takes the chosen password from the file's first line (or PUENTE_PASSWORD)",
            es: "Toma la contraseña elegida de la primera línea del archivo (o PUENTE_PASSWORD)"))
    private static let reset = CommandOption<Bool>.flag(
        "reset",
        Text(
            "As administrator, when it is lost: random, kept by the site, unless one is chosen",
            es: "Como administrador, si se perdió: al azar, guardada por el sitio, si no se elige una"))

    static let operators = Command(
        "operator", Text("The people who work with the system", es: "Las personas que trabajan con el sistema"),
        example: "puente operator list", [addOperator, changePassword, listOperators])

    private static let addOperator = Command(
        "add",
        Text(
            "Makes an operator: a database role of their own, with a password that they choose or the site keeps",
            es: "Crea un operador: un rol propio en la base, con una contraseña que elige o que el sitio guarda"),
        example: "puente operator add ana --password", arguments: [name], options: [ownPassword, passwordFile]
    ) { invocation in
        let name = invocation.arguments[0]
        guard Roles.isFit(name) else {
            throw Failure(
                Text("cannot be an operator's name", es: "no puede ser nombre de un operador"), at: name,
                remedy: Text(
                    "use 2 to 40 small letters, digits, dots and underscores, a letter first",
                    es: "use de 2 a 40 letras minúsculas, dígitos, puntos y guiones bajos, primero una letra"))
        }
        let chosen = try chosenPassword(of: name, invocation)
        try await withRoles(invocation) { site, roles in
            try await roles.addOperator(name, chosen: chosen)
            if invocation.wantsJSON {
                invocation.terminal.print("{\"operator\":\"\(name)\",\"passwordKept\":\(chosen == nil)}")
            } else if chosen != nil {
                invocation.terminal.print(
                    Text(
                        "operator \(name) added, with a password that only they know; use it with --as \(name)",
                        es: "operador \(name) creado, con una contraseña que solo él sabe; se usa con --as \(name)"))
            } else {
                let place = roles.passwords.path.asShownPath
                invocation.terminal.print(
                    Text(
                        "operator \(name) added; use it with --as \(name) (password kept in \(place))",
                        es: "operador \(name) creado; se usa con --as \(name) (contraseña guardada en \(place))"))
            }
            if site.isPrivate || chosen == nil { invocation.terminal.notice(Trying.notice) }
        }
    }

    private static let changePassword = Command(
        "password",
        Text(
            "Changes a person's password: their own, with the present one, or a lost one as administrator",
            es: "Cambia la contraseña de una persona: la propia, con la actual, o una perdida como administrador"),
        example: "puente operator password ana", arguments: [name], options: [passwordFile, reset, ownPassword]
    ) { invocation in
        let name = invocation.arguments[0]
        if invocation[reset] {
            let chosen = try chosenPassword(of: name, invocation)
            try await withRoles(invocation) { _, roles in
                try await roles.resetPassword(ofOperator: name, chosen: chosen)
            }
        } else {
            let site = try Site(invocation)
            let login = Login(
                site: site, person: try site.person(named: name, invocation), terminal: invocation.terminal)
            let (pool, _) = try await login.open(size: 1)
            do {
                let word = try TerminalSecret.chosen(for: name, file: invocation[passwordFile], invocation)
                try await Roles.changeOwnPassword(name, to: word, pool)
            } catch {
                await pool.close()
                throw error
            }
            await pool.close()
            // Theirs alone from now on.
            if login.person.isStored { try site.passwords.remove(user: name, host: site.host) }
        }
        if invocation.wantsJSON {
            invocation.terminal.print("{\"operator\":\"\(name)\",\"changed\":true}")
        } else {
            invocation.terminal.print(
                Text("the password of \(name) is changed", es: "la contraseña de \(name) está cambiada"))
        }
    }

    private static let listOperators = Command(
        "list", Text("Lists the operators", es: "Lista los operadores"), example: "puente operator list"
    ) { invocation in
        try await withRoles(invocation) { _, roles in
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
    }

    /// The password that the person chooses, where the line says that they do.
    private static func chosenPassword(of name: String, _ invocation: Invocation) throws(Failure) -> String? {
        guard invocation[ownPassword] || invocation[passwordFile] != nil else { return nil }
        return try TerminalSecret.chosen(for: name, file: invocation[passwordFile], invocation)
    }
}

/// Runs `body` with the administrator's connection.
private func withRoles(_ invocation: Invocation, _ body: (Site, Roles) async throws -> Void) async throws {
    let site = try Site(invocation)
    try await withPool(site) { pool in try await body(site, Roles(site: site, pool: pool)) }
}
