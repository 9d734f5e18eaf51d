import Schema
extension Command {
    private static let detach = CommandOption<Bool>.flag(
        "detach", Text("Leaves everything running in the background", es: "Deja todo funcionando en segundo plano"))

    static let up = Command(
        "up",
        Text(
            "Starts the database and the four services, and keeps them running",
            es: "Arranca la base de datos y los cuatro servicios, y los mantiene en marcha"),
        example: "puente up --detach", options: [detach]
    ) { invocation in
        if invocation[detach] {
            try await DetachedUp(invocation).run()
        } else {
            try await Up(invocation: invocation).run()
        }
    }

    static let down = Command(
        "down",
        Text(
            "Stops the services and the private database; nothing is lost",
            es: "Detiene los servicios y la base privada; nada se pierde"),
        example: "puente down"
    ) { invocation in
        try await Down(invocation).run()
    }

    private static let dryRun = CommandOption<Bool>.flag(
        "dry-run", Text("say what would be done, and do nothing", es: "decir qué se haría, sin hacer nada"))

    static let migrate = Command(
        "migrate",
        Text(
            "Brings the database's schema up to date and publishes the methods",
            es: "Pone al día el esquema de la base de datos y publica los métodos"),
        example: "puente migrate --dry-run",
        options: [dryRun]
    ) { invocation in
        let site = try Site(invocation)
        let isDry = invocation[dryRun] == true
        let change =
            isDry
            ? try await Migrator().pending(site.administrator)
            : try await Deployment(site: site, environment: invocation.environment).prepare().applied
        SchemaChangeReport(change: change, isDry: isDry).show(invocation)
    }
}

/// Tells what was, or would be, done to the schema.
private struct SchemaChangeReport {
    let change: SchemaChange
    let isDry: Bool

    func show(_ invocation: Invocation) {
        if invocation.wantsJSON {
            return invocation.terminal.print("[" + change.names.map { "\"\($0)\"" }.joined(separator: ",") + "]")
        }
        guard !change.isEmpty else {
            return invocation.terminal.print(Text("the schema is up to date", es: "el esquema está al día"))
        }
        for name in change.migrations {
            invocation.terminal.print(
                isDry
                    ? Text("would apply \(name)", es: "aplicaría \(name)")
                    : Text("applied \(name)", es: "aplicada \(name)"))
        }
        for name in change.routines {
            invocation.terminal.print(
                isDry
                    ? Text("would make anew \(name)", es: "haría de nuevo \(name)")
                    : Text("made anew \(name)", es: "hecho de nuevo \(name)"))
        }
    }
}
