import Contracts
import Postgres
import Vocabulary

/// `puente budget status`: how far each line, programme, ministry or territory has executed its budget.
extension Command {
    private typealias Option = CommandOption<String>

    private static let year = CommandOption<Int64>.integer(
        "year", "YYYY", Text("Only this fiscal year", es: "Solo este año fiscal"), in: 1900...2999)
    private static let fund = Option.text("fund", "CODE", Text("Only this fund", es: "Solo esta fuente"))
    private static let ministry = Option.text(
        "ministry", "CODE", Text("Only this ministry", es: "Solo este ministerio"))
    private static let onlyProgramme = Option.text(
        "programme", "CODE", Text("Only this programme", es: "Solo este programa"))
    private static let territory = Option.text(
        "territory", "CODE",
        Text("Only this territory and those below it", es: "Solo este territorio y los que contiene"))
    private static let line = Option.text("line", "CODE", Text("Only this line", es: "Solo esta línea"))
    private static let hierarchy = Option.choice(
        "by", BudgetHierarchy.allCases.map(\.rawValue),
        Text(
            "Sums: ministry > programme > line, the country's levels of territory, or fund > ministry > programme",
            es:
                "Suma: ministerio > programa > línea, los niveles de territorio del país, o fuente > ministerio > programa"
        ))
    private static let depth = CommandOption<Int64>.integer(
        "depth", "N", Text("How many levels of the hierarchy are shown", es: "Cuántos niveles se muestran"), in: 1...4)
    private static let on = Option.day(
        "on", Text("As of this business date; otherwise all", es: "A esta fecha contable; si no, todo"))
    private static let knownAt = Option.text(
        "known-at", "TIME",
        Text(
            "As was known at this instant, as 2024-09-30T18:00:00-05:00; otherwise now",
            es: "Según se sabía en este instante, como 2024-09-30T18:00:00-05:00; si no, ahora"))

    static let statusCommand = Command(
        "status",
        Text(
            "Shows appropriation, stages, what is left and percent executed",
            es: "Muestra apropiación, etapas, saldo y porcentaje ejecutado"),
        example: "puente budget status --year 2024 --by ministry --on 2024-08-31 --as ana",
        options: [year, fund, ministry, onlyProgramme, territory, line, hierarchy, depth, on, knownAt]
    ) { invocation in
        try await Desk.open(invocation) { desk in try await showStatus(desk) }
    }

    private static func showStatus(_ desk: Desk) async throws {
        let invocation = desk.invocation
        var question = StatusQuestion(
            year: invocation[year], fund: invocation[fund], ministry: invocation[ministry],
            programme: invocation[onlyProgramme], territory: invocation[territory], line: invocation[line])
        question.on = invocation[on].flatMap { CalendarDate(iso8601: $0)?.daysSinceEpoch2000 }
        question.knownAt = try await instant(desk)
        let isNow = question.on == nil && question.knownAt == nil
        let lines =
            isNow
            ? try await desk.pool.query(StatusNow(question: question))
            : try await desk.pool.query(StatusAsOf(question: question))
        let hierarchy = invocation[hierarchy].flatMap { BudgetHierarchy(rawValue: $0) } ?? .line
        var territories: [String: StatusTerritory] = [:]
        if hierarchy == .territory {
            for row in try await desk.pool.query(StatusTerritories()) { territories[row.code] = row.territory }
        }
        let trees = BudgetTree.trees(
            lines, by: hierarchy, depth: Int(invocation[depth] ?? 4), territories)
        if invocation.wantsJSON {
            desk.terminal.print(String(decoding: json(trees).json(), as: UTF8.self))
            return
        }
        guard !trees.isEmpty else {
            desk.terminal.print(Text("no budget line matches", es: "ninguna línea coincide"))
            return
        }
        for (index, tree) in trees.enumerated() {
            if index > 0 { desk.terminal.print("") }
            tree.lines(hierarchy.rawValue, desk.language).forEach { desk.terminal.print($0) }
        }
    }

    /// The instant of `--known-at` in microseconds since 1970; what the future will know is refused.
    private static func instant(_ desk: Desk) async throws -> Int64? {
        guard let text = desk.invocation[knownAt] else { return nil }
        guard let time = Timestamp(rfc3339: text) else {
            throw Failure(
                Text(
                    "is not an instant as 2024-09-30T18:00:00-05:00",
                    es: "no es un instante como 2024-09-30T18:00:00-05:00"
                ),
                at: "--known-at \(text)")
        }
        let instant = time.seconds * 1_000_000 + Int64(time.nanoseconds) / 1000
        // What is committed now gets its place in the log first, so that the answer stays the same for ever.
        _ = try await desk.call(CoordinationV1.Budget.sequence, .init())
        guard instant <= (try await desk.pool.query(DatabaseNow()).first ?? 0) else {
            throw Failure(
                Text("lies in the future: nobody knows yet", es: "está en el futuro: nadie lo sabe aún"),
                at: "--known-at \(text)")
        }
        return instant
    }

    private static func json(_ trees: [BudgetTree]) -> JSONValue {
        .array(
            trees.flatMap { tree in
                tree.rows.map { row in
                    var members: [(name: String, value: JSONValue)] = [
                        ("path", .array(row.path.map { .string($0) })),
                        ("fiscalYear", .number("\(tree.fiscalYear)")), ("currency", .string(tree.currency)),
                        ("scheme", .string(tree.names.scheme)),
                    ]
                    // 64-bit numbers as texts, as proto3 writes them.
                    let amounts = [row.execution.appropriated, row.execution.available] + row.execution.reached
                    for (name, amount) in zip(BudgetStageNames.all, amounts) {
                        members.append(("\(name)Minor", .string("\(amount)")))
                    }
                    members.append(
                        ("executedPerMille", row.execution.executedPerMille.map { .number("\($0)") } ?? .null))
                    return .object(members)
                }
            })
    }
}

/// The ledger's own names of what a budget table shows, in its order.
enum BudgetStageNames {
    static let all = ["appropriated", "available", "reserved", "committed", "accrued", "ordered", "paid"]
}
