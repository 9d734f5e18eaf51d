import Contracts
import CoordinationDomain
import Postgres

/// Posts a batch: what it touches is locked and read, it is judged, and what was decided is written.
package struct PostBatch: Sendable {
    /// What became of one posting.
    package struct Row: Sendable {
        var postingId: String
        package var code: String
        var shortfall: Int64
        var line: String
        var replayed: Bool
    }

    let mode: CoordinationV1.PostMode
    let remembersRefusals: Bool
    /// Whether this is an act of the ledger itself, on whosever documents, and not what a caller asked for.
    let isOwnAct: Bool
    let actor: String
    let callId: Int64?
    let postings: [CoordinationV1.Posting]

    package init(
        mode: CoordinationV1.PostMode, remembersRefusals: Bool, isOwnAct: Bool = false, actor: String, callId: Int64?,
        postings: [CoordinationV1.Posting]
    ) {
        self.mode = mode
        self.remembersRefusals = remembersRefusals
        self.isOwnAct = isOwnAct
        self.actor = actor
        self.callId = callId
        self.postings = postings
    }

    /// Posts in an open transaction.
    package func post(in transaction: borrowing Transaction) async throws -> [Row] {
        guard !postings.isEmpty else { return [] }
        let batch = LedgerBatch(
            postings, mode: mode, remembersRefusals: remembersRefusals, caller: DocumentOwner(caller: actor),
            isOwnAct: isOwnAct)
        guard let rows = try await transaction.queryOne(ReadBatch(batch: batch)) else { return [] }
        let state = try LedgerReading.state(rows, of: batch)
        let judgement = try batch.judge(state)
        if !judgement.moves.isEmpty || !judgement.remembered.isEmpty {
            _ = try await transaction.query(
                ApplyBatch(actor: actor, callId: callId, batch: batch, state: state, judgement: judgement))
        }
        return postings.indices.map { index in
            let answer = judgement.answers[index]
            return Row(
                postingId: postings[index].postingId, code: (answer.code ?? .posted).rawValue,
                shortfall: answer.shortfall, line: postings[index].line, replayed: answer.isReplayed)
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
