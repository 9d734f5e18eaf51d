import Foundation
import Postgres

/// What a statement's plan tells of its result: columns of a table that an outer join may leave without a row, and aggregates of
/// what may be no rows at all.
struct PlannedResult {
    /// A node of PostgreSQL's `EXPLAIN (VERBOSE, FORMAT JSON)`.
    struct Node: Decodable {
        let alias: String?
        let joinType: String?
        let groupKey: [String]?
        let strategy: String?
        let output: [String]?
        let plans: [Node]?

        enum CodingKeys: String, CodingKey {
            case alias = "Alias"
            case joinType = "Join Type"
            case groupKey = "Group Key"
            case strategy = "Strategy"
            case output = "Output"
            case plans = "Plans"
        }
    }

    private struct Explained: Decodable {
        let plan: Node
        enum CodingKeys: String, CodingKey { case plan = "Plan" }
    }

    /// By the result's column: why it may be NULL.
    private(set) var doubts: [Int: String] = [:]

    /// Looks at a plan's result of so many columns.
    init(_ root: Node, columns: Int) {
        var absent: Set<String> = []
        Self.collectAbsent(root, &absent)
        let isOneGroup = Self.isOneGroup(root)
        for (place, expression) in (root.output ?? []).prefix(columns).enumerated() {
            let core = expression.drop { $0 == "(" }
            let words = core.split(separator: ".", maxSplits: 1)
            if words.count == 2, absent.contains(String(words[0])), words[1].allSatisfy(\.isColumnName) {
                doubts[place] = "comes from the outer side of a join, which may have no row"
            } else if Self.aggregates.contains(where: { core.hasPrefix($0 + "(") }),
                isOneGroup || core.contains(" FILTER (")
            {
                doubts[place] = "is an aggregate of what may be no rows"
            }
        }
    }

    private static let aggregates = [
        "sum", "max", "min", "avg", "array_agg", "string_agg", "bool_or", "bool_and", "every", "json_agg", "jsonb_agg",
    ]

    /// The names of tables on the side of outer joins that may have no row.
    private static func collectAbsent(_ node: Node, _ absent: inout Set<String>) {
        let plans = node.plans ?? []
        if plans.count >= 2 {
            switch node.joinType {
            case "Left", "Anti": collectNames(plans[1], &absent)
            case "Right": collectNames(plans[0], &absent)
            case "Full": for plan in plans.prefix(2) { collectNames(plan, &absent) }
            case .some, nil: break
            }
        }
        for plan in plans { collectAbsent(plan, &absent) }
    }

    private static func collectNames(_ node: Node, _ names: inout Set<String>) {
        if let alias = node.alias { names.insert(alias) }
        for plan in node.plans ?? [] { collectNames(plan, &names) }
    }

    /// Whether the result is one group of all rows, also when there are none.
    private static func isOneGroup(_ node: Node) -> Bool {
        if node.strategy == "Plain", node.groupKey == nil { return true }
        guard let plans = node.plans, plans.count == 1 else { return false }
        return isOneGroup(plans[0])
    }

    /// Plans a statement as it is planned for all values of its parameters, and looks at what it returns.
    static func read(
        _ sql: String, _ description: StatementDescription, in transaction: borrowing Transaction
    ) async throws -> [Int: String] {
        guard !description.columns.isEmpty, description.columns.contains(where: { $0.type != StoredType.void }) else {
            return [:]
        }
        try await transaction.script("PREPARE planned AS \(sql)")
        let nulls = description.parameters.map { _ in "NULL" }.joined(separator: ", ")
        let arguments = nulls.isEmpty ? "" : "(\(nulls))"
        try await transaction.script(
            """
            SET LOCAL plan_cache_mode = force_generic_plan;
            DO $$
            DECLARE plan json;
            BEGIN
                EXECUTE 'EXPLAIN (VERBOSE, FORMAT JSON) EXECUTE planned\(arguments)' INTO plan;
                PERFORM set_config('statements.plan', plan::text, true);
            END $$;
            DEALLOCATE planned
            """)
        guard let text = try await transaction.queryOne(LastPlan()) else { return [:] }
        let plan = try JSONDecoder().decode([Explained].self, from: Data(text.utf8))
        return plan.first.map { PlannedResult($0.plan, columns: description.columns.count).doubts } ?? [:]
    }
}

extension Character {
    /// Whether it may stand in the name of a column as a plan writes it.
    fileprivate var isColumnName: Bool { isLetter || isNumber || self == "_" || self == "\"" }
}

private struct LastPlan: Statement {
    static let sql = "SELECT current_setting('statements.plan')"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
