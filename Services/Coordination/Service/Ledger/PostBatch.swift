import Contracts
import Postgres

/// Posts a batch: one call of the ledger's only writing function.
struct PostBatch: Statement {
    /// What became of one posting.
    struct Row: Sendable {
        var postingId: String
        var code: String
        var shortfall: Int64
        var line: String
        var replayed: Bool
    }

    static let sql = """
        SELECT posting_id, code, shortfall, line, replayed FROM coordination.ledger_post(
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
        """

    var mode: CoordinationV1.PostMode
    var remembersRefusals: Bool
    /// Whether this is an act of the ledger itself, on whosever documents, and not what a caller asked for.
    var isOwnAct = false
    var actor: String
    var callId: Int64?
    var postings: [CoordinationV1.Posting]

    func bind(into parameters: inout Parameters) {
        parameters.add(modeNumber)
        parameters.add(remembersRefusals)
        parameters.add(isOwnAct)
        parameters.add(actor)
        parameters.add(callId)
        parameters.add(postings.map(\.postingId))
        parameters.add(postings.map { Int16($0.kind.rawValue) })
        parameters.add(postings.map(\.line))
        parameters.add(postings.map(\.amountMinor))
        parameters.add(postings.map(\.currency))
        add(\.document, to: &parameters)
        add(\.stage, to: &parameters)
        add(\.reverses, to: &parameters)
        add(\.description, to: &parameters)
        add(\.group, to: &parameters)
        add(\.targetLine, to: &parameters)
        add(\.sourceDocument, to: &parameters)
        add(\.businessDate, to: &parameters)
        add(\.originalDate, to: &parameters)
        add(\.expiresOn, to: &parameters)
        add(\.overrideReason, to: &parameters)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            postingId: try row.string(0), code: try row.string(1), shortfall: try row.int64(2), line: try row.string(3),
            replayed: try row.bool(4))
    }

    /// A column that no posting uses is sent empty; the function reads it as if every element were absent.
    private func add(_ column: KeyPath<CoordinationV1.Posting, String>, to parameters: inout Parameters) {
        let values = postings.map { $0[keyPath: column] }
        parameters.add(values.allSatisfy(\.isEmpty) ? [] : values)
    }

    private var modeNumber: Int16 {
        switch mode {
        case .unspecified, .atomic: 1
        case .continue: 2
        case .perGroup: 3
        }
    }
}

/// The stage accounts of some lines, in the order of their codes.
struct LineBalances: Statement {
    static let sql = """
        SELECT l.line, b.appropriated, b.available, b.reserved, b.committed, b.accrued, b.ordered, b.paid, l.currency
        FROM coordination.budget_line l JOIN coordination.budget_balance b USING (line_id)
        WHERE l.line = ANY ($1) ORDER BY l.line
        """

    var lines: [String]

    func bind(into parameters: inout Parameters) {
        parameters.add(lines)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> CoordinationV1.LineBalance {
        .init(
            line: try row.string(0), appropriatedMinor: try row.int64(1), availableMinor: try row.int64(2),
            reservedMinor: try row.int64(3), committedMinor: try row.int64(4), accruedMinor: try row.int64(5),
            orderedMinor: try row.int64(6), paidMinor: try row.int64(7), currency: try row.string(8))
    }
}

/// Opens budget lines; answers with what became of each.
struct OpenLines: Statement {
    /// What became of one line.
    struct Row: Sendable {
        var line: String
        var outcome: String
    }

    static let sql = """
        SELECT line, outcome FROM
            coordination.ledger_open_lines($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """

    var actor: String
    var callId: Int64?
    var lines: [CoordinationV1.BudgetLine]

    func bind(into parameters: inout Parameters) {
        parameters.add(actor)
        parameters.add(callId)
        parameters.add(lines.map(\.line))
        parameters.add(lines.map(\.fiscalYear))
        parameters.add(lines.map(\.fund))
        parameters.add(lines.map(\.ministry))
        parameters.add(lines.map(\.programme))
        parameters.add(lines.map(\.territory))
        parameters.add(lines.map(\.currency))
        parameters.add(lines.map(\.control.number))
        parameters.add(lines.map(\.scheme))
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(line: try row.string(0), outcome: try row.string(1))
    }
}
