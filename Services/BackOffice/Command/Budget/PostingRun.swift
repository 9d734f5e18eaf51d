import Contracts
import CoordinationDomain
import Foundation
import Postgres
import Tabular

/// Sends postings and shows what became of each row.
struct PostingRun {
    static let results = CommandOption<String>.text(
        "results", "FILE",
        Text("Writes every row's result as CSV", es: "Escribe el resultado de cada fila como CSV"))
    /// In mode `continue`, as many go to the ledger in one call.
    private static let callSize = 10_000
    /// As many rows are shown; of more, only those that were refused.
    private static let shownRows = 50

    /// A row of what was given, and its result.
    struct Outcome {
        var number: Int
        var id: String
        var line: String
        var code: String
        var shortfallMinor: Int64 = 0
        var currency = ""
        var isReplay: Bool
        var why: String
    }

    let desk: Desk
    let mode: CoordinationV1.PostMode

    /// Posts the rows; rows that could not be read (`faults`) are results too. Throws when anything was refused.
    func post(_ rows: [PostingFile.Row], faults: [RowFault] = [], broken: Set<String> = []) async throws {
        let sent = rows.filter { broken.isEmpty || !broken.contains($0.posting.group) }
        var reply = CoordinationV1.PostReply()
        var balances: [String: CoordinationV1.LineBalance] = [:]
        let size = mode == .continue ? Self.callSize : max(1, sent.count)
        for start in stride(from: 0, to: sent.count, by: size) {
            let part = sent[start..<min(start + size, sent.count)]
            let answer = try await desk.call(
                CoordinationV1.Budget.post, .init(mode: mode, postings: part.map(\.posting)))
            reply.applied = reply.applied || answer.applied
            reply.results += answer.results
            for balance in answer.balances { balances[balance.line] = balance }
        }
        reply.balances = balances.values.sorted { $0.line < $1.line }
        var outcomes = zip(sent, reply.results).map { row, result in
            Outcome(
                number: row.number, id: result.postingId, line: result.line, code: result.code,
                shortfallMinor: result.shortfallMinor, currency: result.currency, isReplay: result.replayed,
                why: PostingCode(rawValue: result.code)?.reason(desk.language) ?? "")
        }
        outcomes += rows.filter { broken.contains($0.posting.group) }.map {
            Outcome(
                number: $0.number, id: $0.posting.postingId, line: $0.posting.line, code: "group_refused",
                isReplay: false, why: "")
        }
        outcomes += faults.map {
            Outcome(
                number: $0.line, id: "", line: "", code: "unreadable", isReplay: false,
                why: ($0.field.isEmpty ? "" : "\($0.field): ") + $0.reason(desk.language))
        }
        outcomes.sort { $0.number < $1.number }
        if let path = desk.invocation[Self.results] { try write(outcomes, to: path) }
        try await show(outcomes, reply)
        let refused = outcomes.count { $0.code != "posted" }
        guard refused == 0 else {
            throw Failure(
                reply.applied
                    ? Text("\(refused) postings were refused", es: "\(refused) asientos fueron rechazados")
                    : Text("refused; nothing was posted", es: "rechazado; no se registró nada"))
        }
    }

    private func show(_ outcomes: [Outcome], _ reply: CoordinationV1.PostReply) async throws {
        if desk.invocation.wantsJSON {
            desk.terminal.print(String(decoding: reply.json(), as: UTF8.self))
            return
        }
        let shown = outcomes.count <= Self.shownRows ? outcomes : outcomes.filter { $0.code != "posted" }
        let why = outcomes.contains { !$0.why.isEmpty }
        let say = desk.language
        let titles = [
            Text("row", es: "fila"), Text("posting", es: "asiento"), Text("line", es: "línea"),
            Text("result", es: "resultado"), Text("short of", es: "faltan"), Text("why", es: "por qué"),
        ]
        var table = Table(titles.prefix(why ? 6 : 5).map { $0(say) }, numeric: [0, 4])
        for outcome in shown.prefix(Self.shownRows) {
            table.add(
                [
                    "\(outcome.number)", outcome.id, outcome.line,
                    outcome.code + (outcome.isReplay ? Text(" before", es: " antes")(say) : ""),
                    outcome.shortfallMinor == 0
                        ? "" : BudgetAmount.text(Int128(outcome.shortfallMinor), outcome.currency),
                ] + (why ? [outcome.why] : []))
        }
        if !table.isEmpty { table.lines().forEach { desk.terminal.print($0) } }
        let posted = outcomes.count { $0.code == "posted" && !$0.isReplay }
        let before = outcomes.count { $0.code == "posted" && $0.isReplay }
        let refused = outcomes.count - posted - before
        desk.terminal.print(
            Text(
                "\(posted) posted, \(before) posted before, \(refused) refused",
                es: "\(posted) registrados, \(before) registrados antes, \(refused) rechazados"))
        try await showBalances(reply.balances)
    }

    private func showBalances(_ balances: [CoordinationV1.LineBalance]) async throws {
        let shown = balances.prefix(Self.shownRows)
        let names = try await desk.pool.query(NamesOfLines(lines: shown.map(\.line)))
        let byLine = Dictionary(names.map { ($0.line, $0.names) }) { first, _ in first }
        for group in Set(byLine.values).sorted(by: { $0.scheme < $1.scheme }) {
            var table = group.table(Text("line", es: "línea")(desk.language), desk.language)
            for balance in shown where byLine[balance.line] == group {
                table.add([balance.line] + group.cells(BudgetExecution(balance), balance.currency))
            }
            desk.terminal.print("")
            table.lines().forEach { desk.terminal.print($0) }
        }
    }

    private func write(_ outcomes: [Outcome], to path: String) throws {
        var content: [UInt8] = []
        var writer = CSVWriter { content += $0 }
        try writer.row(["row", "posting_id", "line", "result", "replayed", "short_of", "reason"])
        for outcome in outcomes {
            try writer.row([
                "\(outcome.number)", outcome.id, outcome.line, outcome.code, "\(outcome.isReplay)",
                outcome.shortfallMinor == 0 ? "" : Figures.plainMoney(outcome.shortfallMinor, outcome.currency),
                outcome.why,
            ])
        }
        try writer.flush()
        do {
            try Data(content).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Failure(
                Text("the results cannot be written here", es: "no se pueden escribir los resultados aquí"), at: path)
        }
    }
}

extension BudgetExecution {
    /// What reached each stage, from what each stage holds.
    init(_ balance: CoordinationV1.LineBalance) {
        let held = [
            balance.reservedMinor, balance.committedMinor, balance.accruedMinor, balance.orderedMinor,
            balance.paidMinor,
        ].map { Int128($0) }
        self.init(
            appropriated: Int128(balance.appropriatedMinor), available: Int128(balance.availableMinor),
            reached: held.indices.map { held[$0...].reduce(0, +) })
    }
}
