import Contracts
import Postgres

/// The commands about working groups.
extension Command {
    private static let code = Argument("CODE", Text("The group's code", es: "El código del grupo"))
    private static let members = CommandOption<String>.text(
        "members", "A,B,C", Text("Everybody in the group", es: "Todos los del grupo"), required: true)
    private static let deciding = CommandOption<String>.text(
        "deciding", "A,B", Text("Those who may decide; otherwise nobody", es: "Quienes pueden decidir; si no, nadie"))
    private static let quorum = CommandOption<Int64>.integer(
        "quorum", "N", Text("How many of them make a decision; 1", es: "Cuántos de ellos deciden; 1"), in: 1...1_000)
    private static let mandate = CommandOption<String>.text(
        "mandate", "TEXT", Text("What gives them the right to decide", es: "Qué les da el derecho a decidir"))
    private static let kind = CommandOption<String>.choice(
        "kind", ["minutes", "proposal", "decision"], Text("What is recorded; minutes", es: "Qué se registra; minutes"))
    private static let text = CommandOption<String>.text(
        "text", "TEXT", Text("What was said, proposed or decided", es: "Lo dicho, propuesto o decidido"),
        required: true)
    private static let grounds = CommandOption<String>.text(
        "grounds", "TEXT", Text("Decision: on what grounds", es: "Decisión: con qué fundamento"))
    private static let present = CommandOption<String>.text(
        "present", "A,B", Text("Decision: who else decided", es: "Decisión: quiénes más decidieron"))
    private static let owner = CommandOption<String>.text(
        "owner", "OPERATOR", Text("Decision: who executes it", es: "Decisión: quién la ejecuta"))
    private static let due = CommandOption<String>.day(
        "due", Text("Decision: by when", es: "Decisión: hasta cuándo"))
    private static let escalation = CommandOption<String>.text(
        "escalates-to", "OPERATOR",
        Text(
            "Decision: who gets it when overdue; those who decided",
            es: "Decisión: a quién pasa si se atrasa; a quienes decidieron"))
    private static let grace = CommandOption<Int64>.integer(
        "after", "DAYS", Text("Decision: days overdue before it escalates; 0", es: "Decisión: días de atraso antes; 0"),
        in: 0...3_650)

    static let group = Command(
        "group",
        Text("Working groups: minutes, proposals, decisions", es: "Grupos de trabajo: actas, propuestas, decisiones"),
        example: "puente group record mesa-rural --text 'shared the calendar' --as ana",
        [
            Command(
                "form",
                Text(
                    "Forms a working group, or changes its members; nobody gives themself the right to decide",
                    es: "Forma un grupo de trabajo o cambia sus miembros; nadie se da a sí mismo el derecho a decidir"),
                example: "puente group form mesa-rural --members ana,luis --as ana", arguments: [code],
                options: [members, deciding, quorum, mandate]
            ) { invocation in
                let decides = Set(names(invocation[deciding]))
                let everybody = names(try invocation.required(members))
                if let stranger = decides.subtracting(everybody).min() {
                    throw Failure(
                        Text(
                            "decides and is no member: add them to --members",
                            es: "decide y no es miembro: agréguelo a --members"), at: stranger)
                }
                let request = CoordinationV1.WorkingGroup(
                    group: invocation.arguments[0],
                    members: everybody.map { .init(operator: $0, decides: decides.contains($0)) },
                    quorum: decides.isEmpty ? 0 : Int32(invocation[quorum] ?? 1), mandate: invocation[mandate] ?? "")
                try await Desk.open(invocation) { desk in
                    let reply = try await desk.call(CoordinationV1.Agreements.formGroup, request)
                    desk.show(reply) {
                        let line =
                            reply.changed == 0
                            ? Text("unchanged", es: "sin cambios")
                            : decides.isEmpty
                                ? Text(
                                    "formed; it can exchange information, and nothing else",
                                    es: "formado; puede intercambiar información, y nada más")
                                : Text(
                                    "formed; \(decides.count) may decide",
                                    es: "formado; \(decides.count) pueden decidir")
                        return [line(desk.language)]
                    }
                }
            },
            Command(
                "record",
                Text(
                    "Records minutes, a proposal, or a decision of those who may decide",
                    es: "Registra un acta, una propuesta, o una decisión de quienes pueden decidir"),
                example:
                    "puente group record mesa-rural --kind decision --text 'share the roll' --grounds 'minutes 12' --owner luis --due 2024-09-30 --as ana",
                arguments: [code], options: [kind, text, grounds, present, owner, due, escalation, grace]
            ) { invocation in
                let request = try recordOfGroup(invocation)
                try await Desk.open(invocation) { desk in
                    let reply = try await desk.call(CoordinationV1.Agreements.record, request)
                    desk.show(reply) {
                        let line =
                            request.kind == .decision
                            ? Text("decision \(reply.id) recorded", es: "decisión \(reply.id) registrada")
                            : Text("record \(reply.id) kept", es: "registro \(reply.id) guardado")
                        return [line(desk.language)]
                    }
                }
            },
            Command(
                "show",
                Text("Shows a group's members and its records", es: "Muestra los miembros y registros de un grupo"),
                example: "puente group show mesa-rural --as ana", arguments: [code]
            ) { invocation in
                let code = invocation.arguments[0]
                try await Desk.open(invocation) { desk in
                    guard let group = try await desk.pool.queryOne(ShowGroup(code: code)) else {
                        throw Failure(
                            Text("there is no such group", es: "no hay tal grupo"), at: code,
                            remedy: Text("'puente group list' shows them", es: "'puente group list' los muestra"))
                    }
                    if !invocation.wantsJSON { group.forEach { desk.terminal.print($0) } }
                    desk.show(
                        try await desk.pool.query(GroupRecords(code: code)),
                        under: [
                            Text("when (UTC)", es: "cuándo (UTC)"), Text("kind", es: "tipo"), Text("by", es: "por"),
                            Text("text", es: "texto"),
                        ])
                }
            },
            Command(
                "list", Text("Lists the working groups", es: "Lista los grupos de trabajo"),
                example: "puente group list --as ana"
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    desk.show(
                        try await desk.pool.query(ListGroups()),
                        under: [
                            Text("group", es: "grupo"), Text("members", es: "miembros"),
                            Text("may decide", es: "pueden decidir"), Text("quorum", es: "quórum"),
                            Text("mandate", es: "mandato"),
                        ], numeric: [3])
                }
            },
        ])

    private static func recordOfGroup(_ invocation: Invocation) throws -> CoordinationV1.GroupRecord {
        let recorded: CoordinationV1.GroupRecordKind =
            switch invocation[kind] {
            case "proposal": .proposal
            case "decision": .decision
            default: .minutes
            }
        return CoordinationV1.GroupRecord(
            group: invocation.arguments[0], kind: recorded, body: try invocation.required(text),
            grounds: invocation[grounds] ?? "", decidedBy: names(invocation[present]), owner: invocation[owner] ?? "",
            dueOn: invocation[due] ?? "", escalatesTo: invocation[escalation] ?? "",
            escalatesAfterDays: Int32(invocation[grace] ?? 0))
    }

    private static func names(_ list: String?) -> [String] {
        (list ?? "").split(separator: ",").map { $0.trimmingPrefix(while: \.isWhitespace) }.map(String.init)
    }
}

private struct ShowGroup: Statement {
    static let sql = """
        SELECT working_group, version::text, formed_by, to_char(formed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'),
            (SELECT string_agg(m ->> 'operator' || CASE WHEN m ->> 'decides' = 'true' THEN ' (decides)' ELSE '' END, ', ')
                FROM jsonb_array_elements(formation -> 'members') AS m),
            coalesce(formation ->> 'mandate', '')
        FROM coordination.working_group_v1 WHERE working_group = $1
        """
    let code: String

    func bind(into parameters: inout Parameters) { parameters.add(code) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String] {
        let mandate = try row.string(5)
        return [
            "\(try row.string(0)) v\(try row.string(1)), \(try row.string(2)) \(try row.string(3))",
            try row.string(4),
        ] + (mandate.isEmpty ? [] : [mandate])
    }
}

private struct GroupRecords: Statement {
    static let sql = """
        SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), kind, by, body
        FROM (
            SELECT recorded_at AS at, kind, recorded_by AS by, body
            FROM coordination.working_group_record_v1 WHERE working_group = $1
            UNION ALL
            SELECT decided_at, 'decision ' || decision_id, array_to_string(decided_by, ', '), body
            FROM coordination.decision_v1 WHERE subject = 'group/' || $1
        ) AS record ORDER BY at
        """
    let code: String

    func bind(into parameters: inout Parameters) { parameters.add(code) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String] {
        [try row.string(0), try row.string(1), try row.string(2), try row.string(3)]
    }
}

private struct ListGroups: Statement {
    static let sql = """
        SELECT working_group, jsonb_array_length(formation -> 'members')::text,
            coalesce((SELECT string_agg(m ->> 'operator', ', ') FROM jsonb_array_elements(formation -> 'members') AS m
                WHERE m ->> 'decides' = 'true'), 'nobody'),
            coalesce(formation ->> 'quorum', ''), coalesce(formation ->> 'mandate', '')
        FROM coordination.working_group_v1 ORDER BY working_group
        """

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String] {
        var cells: [String] = []
        for column in 0..<5 { cells.append(try row.string(column)) }
        return cells
    }
}
