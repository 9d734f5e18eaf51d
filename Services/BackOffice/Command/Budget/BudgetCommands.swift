import Contracts
import Foundation
import Postgres

extension Command {
    private static let budgetFile = CommandOption<String>.text(
        "file", "FILE",
        Text(
            "CSV: \(BudgetFile.header.joined(separator: ","))",
            es: "CSV con: \(BudgetFile.header.joined(separator: ","))"), required: true)
    private static let budgetYear = CommandOption<Int64>.integer(
        "year", "YYYY", Text("Only this fiscal year", es: "Solo este año fiscal"), in: 2000...2100)
    private static let budgetProgramme = CommandOption<String>.text(
        "programme", "CODE", Text("Only this programme", es: "Solo este programa"))

    static let budget = Command(
        "budget", Text("The shared budget ledger", es: "El presupuesto compartido"),
        example: "puente budget status --as ana",
        [
            Command(
                "appropriate",
                Text(
                    "Opens the file's budget lines and appropriates its amounts; the same file twice appropriates once",
                    es: "Abre las líneas del archivo y asigna sus importes; el mismo archivo dos veces asigna una vez"),
                example: "puente budget appropriate --file data/budget.csv --as ana", options: [budgetFile]
            ) { invocation in
                try await Desk.open(invocation) { desk in try await appropriate(desk) }
            },
            Command(
                "status", Text("Shows each line's budget stages", es: "Muestra las etapas de cada línea"),
                example: "puente budget status --year 2024 --programme juntos --as ana",
                options: [budgetYear, budgetProgramme]
            ) { invocation in
                try await Desk.open(invocation) { desk in try await showStages(desk) }
            },
        ] + budgetLedgerCommands)

    private static func appropriate(_ desk: Desk) async throws {
        let path = try desk.invocation.required(budgetFile)
        guard let content = FileManager.default.contents(atPath: path) else {
            throw Failure(Text("there is no such file to read", es: "no hay tal archivo que leer"), at: path)
        }
        let budget = try BudgetFile(Array(content), name: path)
        let opened = try await desk.call(CoordinationV1.Budget.openLines, .init(lines: budget.rows.map(\.line)))
        let document = "file/\(budget.digest.prefix(12))"
        let postings = budget.rows.map { row in
            CoordinationV1.Posting(
                postingId: "\(document)/\(row.line.line)", kind: .appropriate, line: row.line.line,
                amountMinor: row.appropriationMinor, document: document, description: "appropriation")
        }
        let reply = try await desk.call(CoordinationV1.Budget.post, .init(mode: .atomic, postings: postings))
        guard reply.applied else {
            let refused = reply.results.filter { $0.code != "posted" }
            let all = refused.prefix(10).map { "\($0.line): \($0.code)" }.joined(separator: "\n  ")
            throw Failure(
                Text("the ledger refused it:\n  \(all)", es: "el presupuesto lo rechazó:\n  \(all)"), at: path)
        }
        let total = budget.rows.reduce(Int64(0)) { $0 + $1.appropriationMinor }
        let money = Figures.money(total, budget.rows.first?.line.currency ?? "")
        let replayed = reply.results.filter(\.replayed).count
        desk.show(reply) {
            let line =
                replayed == budget.rows.count
                ? Text(
                    "this file was appropriated before: nothing changed",
                    es: "este archivo ya fue asignado: nada cambió")
                : Text(
                    "\(opened.opened) lines opened, \(money) appropriated to \(budget.rows.count) lines",
                    es: "\(opened.opened) líneas abiertas, \(money) asignados a \(budget.rows.count) líneas")
            return [line(desk.language)]
        }
    }

    private static func showStages(_ desk: Desk) async throws {
        let lines = try await desk.pool.query(
            BudgetLines(year: desk.invocation[budgetYear], programme: desk.invocation[budgetProgramme]))
        if desk.invocation.wantsJSON {
            let items = lines.map(\.json).joined(separator: ",")
            desk.terminal.print("[\(items)]")
            return
        }
        var table = Table(["line"] + BudgetLineStages.names, numeric: Set(1...7))
        for line in lines { table.add([line.line] + line.amounts.map { Figures.money($0, "") }) }
        table.lines().forEach { desk.terminal.print($0) }
    }
}

/// One line of the published view of the budget.
struct BudgetLineStages: Sendable {
    static let names = ["appropriated", "available", "reserved", "committed", "accrued", "ordered", "paid"]
    let line: String
    /// In the order of `names`, minor units.
    let amounts: [Int64]

    /// As a JSON object; amounts as strings, as proto3 writes 64-bit numbers.
    var json: String {
        let fields = zip(Self.names, amounts).map { "\"\($0)Minor\":\"\($1)\"" }
        return "{\"line\":\"\(line)\"," + fields.joined(separator: ",") + "}"
    }
}

private struct BudgetLines: Statement {
    static let sql = """
        SELECT line, appropriated, available, reserved, committed, accrued, ordered, paid
        FROM coordination.budget_line_v1
        WHERE ($1::bigint IS NULL OR fiscal_year = $1) AND ($2::text IS NULL OR programme = $2)
        ORDER BY line
        """
    let year: Int64?
    let programme: String?
    func bind(into parameters: inout Parameters) {
        parameters.add(year)
        parameters.add(programme)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> BudgetLineStages {
        var amounts: [Int64] = []
        for column in 1...7 { amounts.append(try row.int64(column)) }
        return BudgetLineStages(line: try row.string(0), amounts: amounts)
    }
}
