import Contracts
import Foundation
import Postgres

/// The commands that read: lines and history.
extension Command {
    private static let year = CommandOption<Int64>.integer(
        "year", "YYYY", Text("Only this fiscal year", es: "Solo este año fiscal"), in: 1900...2999)
    private static let line = CommandOption<String>.text(
        "line", "CODE", Text("The budget line", es: "La línea presupuestal"), required: true)
    private static let document = CommandOption<String>.text(
        "document", "CODE", Text("Only this document", es: "Solo este documento"))

    private static let most = CommandOption<Int64>.integer(
        "most", "N", Text("How many are shown; otherwise 1,000", es: "Cuántos se muestran; si no, 1.000"),
        in: 1...1_000_000)

    static let readingCommands: [Command] = [
        Command(
            "lines", Text("Lists budget lines with their dimensions", es: "Lista las líneas y sus dimensiones"),
            example: "puente budget lines --year 2024 --as ana", options: [year]
        ) { invocation in
            try await Desk.open(invocation) { desk in
                desk.show(
                    try await desk.pool.query(BudgetLineList(year: invocation[year])),
                    under: [
                        Text("line", es: "línea"), Text("year", es: "año"), Text("fund", es: "fuente"),
                        Text("ministry", es: "ministerio"), Text("programme", es: "programa"),
                        Text("territory", es: "territorio"), Text("currency", es: "moneda"),
                        Text("control", es: "control"), Text("scheme", es: "esquema"),
                    ])
            }
        },
        Command(
            "history",
            Text(
                "Lists a line's postings and remembered refusals, the latest first",
                es: "Lista los asientos de una línea y los rechazos recordados, los últimos primero"),
            example: "puente budget history --line 2024-A1-06 --as ana", options: [line, document, most]
        ) { invocation in
            try await Desk.open(invocation) { desk in
                let shown = invocation[most] ?? 1000
                let rows = try await desk.pool.query(
                    BudgetHistory(
                        line: try invocation.required(line), document: invocation[document], most: shown + 1))
                let say: Language = invocation.wantsJSON ? .english : desk.language
                desk.show(
                    rows.prefix(Int(shown)).map { $0.cells(say) },
                    under: [
                        Text("date", es: "fecha"), Text("posting", es: "asiento"), Text("result", es: "resultado"),
                        Text("from", es: "de"), Text("to", es: "a"), Text("amount", es: "monto"),
                        Text("document", es: "documento"), Text("by", es: "por"), Text("leaf", es: "hoja"),
                        Text("note", es: "nota"),
                    ], numeric: [5, 8])
                if rows.count > shown {
                    desk.terminal.notice(
                        Text("there are more; --most N shows N of them", es: "hay más; --most N muestra N de ellos"))
                }
            }
        },
    ]
}

struct BudgetLineList: Statement {
    static let sql = """
        SELECT l.line, l.fiscal_year::text, l.fund, l.ministry, l.programme, l.territory_code, l.currency,
            (ARRAY['absolute', 'advisory', 'none'])[b.control + 1], l.scheme
        FROM coordination.budget_line l JOIN coordination.budget_balance b USING (line_id)
        WHERE $1::bigint IS NULL OR l.fiscal_year = $1 ORDER BY l.line
        """
    let year: Int64?

    func bind(into parameters: inout Parameters) { parameters.add(year) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String] {
        var cells: [String] = []
        for column in 0..<9 { cells.append(try row.string(column)) }
        return cells
    }
}
