import Contracts
import Postgres

extension Command {
    private static let onlyProgramme = CommandOption<String>.text(
        "programme", "CODE", Text("Only of this programme", es: "Solo de este programa"))

    static let cycleList = Command(
        "list",
        Text(
            "Lists cycles with their days, state and payment run, and the exceptions that wait for a signature",
            es: "Lista los ciclos con sus días, estado y corrida de pago, y las excepciones que esperan firma"),
        example: "puente cycle list --programme cash --as ana", options: [onlyProgramme]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let rows = try await desk.pool.query(ListCycles(programme: invocation[onlyProgramme]))
            desk.show(
                rows.map { row in row.cells(invocation.wantsJSON ? .english : desk.language) },
                under: [
                    Text("programme", es: "programa"), Text("cycle", es: "ciclo"), Text("from", es: "desde"),
                    Text("to", es: "hasta"), Text("state", es: "estado"), Text("run", es: "corrida"),
                    Text("households", es: "hogares"), Text("suspended", es: "suspendidos"),
                    Text("out", es: "fuera"), Text("note", es: "nota"),
                ], numeric: [6, 7, 8])
        }
    }
}

/// Cycles, those closed empty, and the exceptions that are asked for or signed and have opened none, by programme and days.
struct ListCycles: Statement {
    struct Row: Sendable {
        var names: [String]
        var state: String
        var run: String
        var counts: [Int64]
        /// Of an exception.
        var exception: Int32?
        var sharedDays: Int32
        var people: [String]
        var reason: String

        /// The row as it is shown.
        func cells(_ language: Language) -> [String] {
            let isCycle = state != "asked" && state != "signed"
            return names + [
                Self.meaning(of: state)(language), run.isEmpty ? "" : RunReport.meaning(of: run)(language),
            ] + counts.map { isCycle ? Figures.count($0) : "" } + [note(language)]
        }

        private func note(_ language: Language) -> String {
            switch state {
            case "void":
                return Text("\(people[0]): \(reason)", es: "\(people[0]): \(reason)")(language)
            case "asked":
                return Text(
                    "exception \(exception ?? 0), asked for by \(people[0]): \(reason)",
                    es: "excepción \(exception ?? 0), pedida por \(people[0]): \(reason)")(language)
            default:
                guard let exception else { return "" }
                return Text(
                    "exception \(exception), asked for by \(people[0]), signed by \(people[1]): \(reason); \(sharedDays) days count elsewhere",
                    es:
                        "excepción \(exception), pedida por \(people[0]), firmada por \(people[1]): \(reason); \(sharedDays) días cuentan en otro ciclo"
                )(language)
            }
        }

        /// What a state means.
        static func meaning(of state: String) -> Text {
            switch state {
            case "open": Text("open", es: "abierto")
            case "closed": Text("closed", es: "cerrado")
            case "void": Text("closed empty", es: "cerrado sin pagos")
            case "asked": Text("waits for a signature", es: "espera firma")
            case "signed": Text("signed, not opened", es: "firmado, sin abrir")
            default: Text(state, es: state)
            }
        }
    }
    static let sql = """
        SELECT cycle.programme, cycle.cycle, cycle.first_day::text, cycle.last_day::text, cycle.state,
            coalesce(run.state, ''), cycle.affiliated_households, cycle.suspended_households,
            cycle.exited_households, cycle.overlap_exception, cycle.shared_days, coalesce(asked.requested_by, ''),
            coalesce(asked.signed_by, ''), coalesce(asked.reason, '')
        FROM transfers.cycle_v1 AS cycle
        LEFT JOIN LATERAL (
            SELECT run.state FROM transfers.payment_run_v1 AS run
            WHERE run.programme = cycle.programme AND run.cycle = cycle.cycle ORDER BY run.sequence DESC LIMIT 1
        ) AS run ON true
        LEFT JOIN transfers.overlap_exception_v1 AS asked ON asked.exception_number = cycle.overlap_exception
        WHERE $1::text IS NULL OR cycle.programme = $1
        UNION ALL
        SELECT programme, cycle, first_day::text, last_day::text, 'void', '', 0, 0, 0, NULL, 0, voided_by, '', void_reason
        FROM transfers.void_cycle_v1 WHERE $1::text IS NULL OR programme = $1
        UNION ALL
        SELECT programme, cycle, first_day::text, last_day::text,
            CASE WHEN signed_by IS NULL THEN 'asked' ELSE 'signed' END, '', 0, 0, 0, exception_number, 0, requested_by,
            coalesce(signed_by, ''), reason
        FROM (
            SELECT DISTINCT ON (programme, cycle) * FROM transfers.overlap_exception_v1
            ORDER BY programme, cycle, exception_number DESC
        ) AS latest
        WHERE cycle_state IS NULL AND ($1::text IS NULL OR programme = $1) AND NOT EXISTS (
            SELECT FROM transfers.cycle_v1 AS opened
            WHERE opened.programme = latest.programme AND opened.cycle = latest.cycle)
        ORDER BY 1, 3, 2, 5
        """
    let programme: String?
    func bind(into parameters: inout Parameters) { parameters.add(programme) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        var names: [String] = []
        for column in 0..<4 { names.append(try row.string(column)) }
        return Row(
            names: names, state: try row.string(4), run: try row.string(5),
            counts: [try row.int64(6), try row.int64(7), try row.int64(8)], exception: try row.int32OrNil(9),
            sharedDays: try row.int32(10), people: [try row.string(11), try row.string(12)],
            reason: try row.string(13))
    }
}
