/// A budget line as the status reads it.
struct StatusLine: Sendable {
    var line: String
    var fiscalYear: Int32
    var fund: String
    var ministry: String
    var programme: String
    var territory: String
    var currency: String
    var names: StageNames
    var execution: BudgetExecution
}

/// By which hierarchy a status is summed.
enum BudgetHierarchy: String, CaseIterable, Sendable {
    /// Every line on its own.
    case line
    /// Ministry, programme, line.
    case ministry
    /// The levels of the country's territories, from the highest.
    case territory
    /// Fund, ministry, programme.
    case fund

    /// From the top to what stands for the line.
    func path(_ line: StatusLine, _ territories: [String: StatusTerritory]) -> [String] {
        switch self {
        case .line: return [line.line]
        case .ministry: return [line.ministry, line.programme, line.line]
        case .fund: return [line.fund, line.ministry, line.programme]
        case .territory:
            var path: [String] = []
            var code: String? = line.territory
            while let here = code, path.count < 4 {
                let territory = territories[here]
                path.insert(territory.map { "\(here) \($0.name)" } ?? here, at: 0)
                code = territory?.parent
            }
            return path
        }
    }
}

/// A territory's name and the one above it.
struct StatusTerritory: Sendable {
    var name: String
    var parent: String?
}

/// Lines of one fiscal year, one currency and one country's names, summed along a hierarchy. Years are never added
/// together, nor are currencies.
struct BudgetTree: Sendable {
    struct Row: Sendable, Equatable {
        /// From the top to this row.
        var path: [String]
        var execution: BudgetExecution
        var depth: Int { path.count - 1 }
    }

    let fiscalYear: Int32
    let currency: String
    let names: StageNames
    /// Each row stands before those that it sums.
    let rows: [Row]
    let total: BudgetExecution

    /// One tree per year, currency and scheme; rows deeper than `depth` are summed and not shown.
    static func trees(
        _ lines: [StatusLine], by hierarchy: BudgetHierarchy, depth: Int, _ territories: [String: StatusTerritory]
    ) -> [BudgetTree] {
        struct Key: Hashable {
            var fiscalYear: Int32
            var currency: String
            var names: StageNames
        }
        let groups = Dictionary(grouping: lines) {
            Key(fiscalYear: $0.fiscalYear, currency: $0.currency, names: $0.names)
        }
        return groups.map { key, lines in
            var sums: [[String]: BudgetExecution] = [:]
            var total = BudgetExecution()
            for line in lines {
                let path = hierarchy.path(line, territories)
                for end in 1...min(path.count, depth) { sums[Array(path[..<end]), default: .init()] += line.execution }
                total += line.execution
            }
            let rows = sums.map { Row(path: $0.key, execution: $0.value) }
                .sorted { $0.path.lexicographicallyPrecedes($1.path) }
            return BudgetTree(
                fiscalYear: key.fiscalYear, currency: key.currency, names: key.names, rows: rows, total: total)
        }.sorted {
            ($0.fiscalYear, $0.currency, $0.names.scheme) < ($1.fiscalYear, $1.currency, $1.names.scheme)
        }
    }

    /// The tree as a table, the total last.
    func lines(_ first: String, _ language: Language) -> [String] {
        var table = names.table(first, language)
        for row in rows {
            table.add(
                [String(repeating: "  ", count: row.depth) + row.path[row.depth]]
                    + names.cells(row.execution, currency))
        }
        table.add(["total \(fiscalYear) \(currency)"] + names.cells(total, currency))
        return table.lines()
    }
}
