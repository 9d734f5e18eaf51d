import Contracts
import Postgres

extension Command {
    static let programme = Command(
        "programme", Text("Programmes and their rules", es: "Programas y sus reglas"),
        example: "puente programme load programme.json --as ana",
        [
            Command(
                "load",
                Text(
                    "Loads programmes from their definition files; a changed definition becomes a new version",
                    es: "Carga programas desde sus archivos; una definición cambiada es una versión nueva"),
                example: "puente programme load programme.json --as ana",
                arguments: [
                    Argument(
                        "FILE", Text("Definitions as proto3 JSON", es: "Definiciones como JSON de proto3"), .oneOrMore)
                ]
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    for path in invocation.arguments { try await load(path, desk) }
                }
            },
            Command(
                "list", Text("Lists the programmes", es: "Lista los programas"),
                example: "puente programme list --as ana"
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    let programmes = try await desk.pool.query(ListProgrammes())
                    if invocation.wantsJSON {
                        let items = programmes.map { "{\"programme\":\"\($0.code)\",\"version\":\($0.version)}" }
                        desk.terminal.print("[" + items.joined(separator: ",") + "]")
                    } else {
                        var table = Table(["programme", "version", "kind"], numeric: [1])
                        programmes.forEach { table.add([$0.code, String($0.version), $0.kind]) }
                        table.lines().forEach(desk.terminal.print)
                    }
                }
            },
            Command(
                "show", Text("Shows a programme's rules in force", es: "Muestra las reglas vigentes de un programa"),
                example: "puente programme show cash --as ana",
                arguments: [Argument("CODE", Text("The programme's code", es: "El código del programa"))]
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    let code = invocation.arguments[0]
                    guard let definition = try await desk.pool.queryOne(ShowProgramme(code: code)) else {
                        throw Failure(
                            Text("there is no such programme in force", es: "no hay tal programa vigente"), at: code,
                            remedy: Text(
                                "'puente programme list' shows them", es: "'puente programme list' los muestra"))
                    }
                    desk.terminal.print(definition)
                }
            },
        ])

    private static func load(_ path: String, _ desk: Desk) async throws {
        let definition = try DefinitionFile.read(
            path, as: CoordinationV1.ProgrammeDefinition.self,
            Text("programme's definition", es: "una definición de programa"))
        let reply = try await desk.call(CoordinationV1.Programmes.load, definition)
        desk.show(reply) {
            DefinitionFile.outcome(
                "\(reply.programme) v\(reply.version)", changed: reply.changed, unverified: reply.unverified,
                desk.language)
        }
    }
}

private struct ListProgrammes: Statement {
    static let sql = """
        SELECT programme, version::bigint, kind::text FROM coordination.programme_v1 WHERE in_force ORDER BY programme
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (code: String, version: Int64, kind: String)
    {
        (try row.string(0), try row.int64(1), try row.string(2))
    }
}

private struct ShowProgramme: Statement {
    static let sql = """
        SELECT jsonb_pretty(definition) FROM coordination.programme_v1 WHERE in_force AND programme = $1
        """
    let code: String
    func bind(into parameters: inout Parameters) { parameters.add(code) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
