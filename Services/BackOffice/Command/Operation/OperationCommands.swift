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

    static let migrate = Command(
        "migrate",
        Text(
            "Brings the database's schema up to date and publishes the methods",
            es: "Pone al día el esquema de la base de datos y publica los métodos"),
        example: "puente migrate"
    ) { invocation in
        let site = try Site(invocation)
        let outcome = try await Deployment(site: site, environment: invocation.environment).prepare()
        if invocation.wantsJSON {
            invocation.terminal.print("[" + outcome.applied.map { "\"\($0)\"" }.joined(separator: ",") + "]")
        } else if outcome.applied.isEmpty {
            invocation.terminal.print(Text("the schema is up to date", es: "el esquema está al día"))
        } else {
            outcome.applied.forEach {
                invocation.terminal.print(Text("applied \($0)", es: "aplicada \($0)"))
            }
        }
    }
}
