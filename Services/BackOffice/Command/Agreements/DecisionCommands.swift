import Contracts
import Postgres
import Queue

/// The commands about decisions and what became of them.
extension Command {
    private static let open = CommandOption<Bool>.flag(
        "open", Text("Only those that are not executed", es: "Solo las que no se han ejecutado"))
    private static let subject = CommandOption<String>.text(
        "subject", "CODE",
        Text("Only of agreement/CODE or group/CODE", es: "Solo de agreement/CODE o group/CODE"))
    private static let executingCall = CommandOption<Int64>.integer(
        "call", "ID",
        Text(
            "The call of the queue that did it; otherwise this one",
            es: "La llamada de la cola que lo hizo; si no, esta"), in: 1...Int64.max)

    static let decision = Command(
        "decision",
        Text(
            "Decisions, by whom they are executed, and what is overdue",
            es: "Decisiones, quién las ejecuta, y qué está atrasado"),
        example: "puente decision list --open --as ana",
        [
            Command(
                "list", Text("Lists decisions, the latest first", es: "Lista las decisiones, la última primero"),
                example: "puente decision list --subject agreement/cash-and-projects --as ana",
                options: [open, subject]
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    let statement = ListDecisions(isOpen: invocation[open], subject: invocation[subject])
                    desk.show(
                        try await desk.pool.query(statement),
                        under: [
                            Text("decision", es: "decisión"), Text("of", es: "de"), Text("what", es: "qué"),
                            Text("decided by", es: "decidieron"), Text("grounds", es: "fundamento"),
                            Text("owner", es: "responsable"), Text("due", es: "hasta"),
                            Text("executed (UTC)", es: "ejecutada (UTC)"), Text("by", es: "por"),
                            Text("call", es: "llamada"), Text("overdue (days)", es: "atraso (días)"),
                        ], numeric: [0, 9, 10])
                }
            },
            Command(
                "execute",
                Text(
                    "Marks a decision as executed; only its owner may, or who it escalated to",
                    es: "Marca una decisión como ejecutada; solo su dueño, o a quien pasó"),
                example: "puente decision execute 7 --as luis",
                arguments: [Argument("NUMBER", Text("The decision's number", es: "El número de la decisión"))],
                options: [executingCall]
            ) { invocation in
                guard let number = Int64(invocation.arguments[0]), number > 0 else {
                    throw Failure(
                        Text("a decision has a number", es: "una decisión tiene un número"),
                        at: invocation.arguments[0],
                        remedy: Text("'puente decision list' shows them", es: "'puente decision list' las muestra"))
                }
                try await Desk.open(invocation) { desk in
                    // A call that the queue does not know is refused before anything is written.
                    if let id = invocation[executingCall] { _ = try await QueueOperations(desk.pool).show(id) }
                    let reply = try await desk.call(
                        CoordinationV1.Agreements.execute,
                        .init(decisionId: number, callId: invocation[executingCall] ?? 0))
                    desk.show(reply) {
                        [Text("decision \(number) executed", es: "decisión \(number) ejecutada")(desk.language)]
                    }
                }
            },
            Command(
                "notices",
                Text(
                    "Shows what you were told about overdue decisions",
                    es: "Muestra lo que se le avisó sobre decisiones atrasadas"),
                example: "puente decision notices --as luis"
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    let notices = try await desk.pool.query(ListNotices())
                    if notices.isEmpty, !invocation.wantsJSON {
                        desk.terminal.notice(Text("no notices for you", es: "no hay avisos para usted"))
                        return
                    }
                    desk.show(
                        notices,
                        under: [
                            Text("when (UTC)", es: "cuándo (UTC)"), Text("decision", es: "decisión"),
                            Text("why", es: "por qué"), Text("of", es: "de"), Text("what", es: "qué"),
                            Text("owner", es: "responsable"), Text("due", es: "hasta"),
                            Text("overdue (days)", es: "atraso (días)"), Text("executed", es: "ejecutada"),
                        ], numeric: [1, 7])
                }
            },
        ])
}

private struct ListDecisions: Statement {
    static let sql = """
        SELECT decision_id::text, subject, body, array_to_string(decided_by, ', '), grounds, owner, due_on::text,
            coalesce(to_char(executed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), ''), coalesce(executed_by, ''),
            coalesce(executed_call::text, ''), CASE WHEN days_overdue > 0 THEN days_overdue::text ELSE '' END
        FROM coordination.decision_v1
        WHERE (NOT $1 OR executed_at IS NULL) AND ($2::text IS NULL OR subject = $2)
        ORDER BY decision_id DESC LIMIT 1000
        """
    let isOpen: Bool
    let subject: String?

    func bind(into parameters: inout Parameters) {
        parameters.add(isOpen)
        parameters.add(subject)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String] {
        var cells: [String] = []
        for column in 0..<11 { cells.append(try row.string(column)) }
        return cells
    }
}

private struct ListNotices: Statement {
    static let sql = """
        SELECT to_char(written_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), decision_id::text, kind, subject, body,
            owner, due_on::text, days_overdue::text, CASE WHEN executed_at IS NULL THEN 'no' ELSE 'yes' END
        FROM coordination.notice_v1 ORDER BY notice_id
        """

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String] {
        var cells: [String] = []
        for column in 0..<9 { cells.append(try row.string(column)) }
        return cells
    }
}
