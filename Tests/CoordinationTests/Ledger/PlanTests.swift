import Contracts
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

/// How many rows of each of the ledger's tables this session has read and not reported yet, which it does between transactions.
private struct RowsRead: Statement {
    static let sql = """
        SELECT relname::text, seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables
        WHERE schemaname = 'coordination'
        """

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (table: String, rows: Int64) {
        (try row.string(0), try row.int64(1))
    }
}

private func batch(
    _ kind: CoordinationV1.PostingKind, _ lines: Range<Int>, _ amount: Int64, _ round: String,
    reverses: CoordinationV1.PostingKind? = nil, target: Int? = nil
) -> PostBatch {
    let postings = lines.map { number in
        CoordinationV1.Posting(
            postingId: "\(kind) \(round) \(number)", kind: kind, line: "L\(number)", amountMinor: amount,
            document: kind == .reserve || kind == .commit ? "d" : "",
            reverses: reverses.map { "\($0) \(round) \(number)" } ?? "", targetLine: target.map { "L\($0)" } ?? "",
            currency: "PEN")
    }
    return PostBatch(mode: .atomic, remembersRefusals: false, actor: "test", callId: 1, postings: postings)
}

/// Plans are made once in a session; those made for an empty ledger must serve it when it has grown.
@Test func plansOfAnEmptyLedgerReadOnlyWhatABatchNeedsWhenItHasGrown() async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 1)
        func post(_ lines: Range<Int>, _ round: String) async throws -> [String: Int64] {
            let batches = [
                batch(.appropriate, lines, 1000, round), batch(.reserve, lines, 500, round),
                batch(.commit, lines, 300, round), batch(.reverse, lines, 0, round, reverses: .commit),
                batch(.transfer, lines, 1, round, target: 0),
            ]
            return try await pool.transaction { transaction in
                let before = try await transaction.query(RowsRead())
                for batch in batches {
                    let answers = try await batch.post(in: transaction)
                    #expect(answers.count == lines.count && answers.allSatisfy { $0.code == "posted" })
                }
                _ = try await transaction.query(SequenceLog())
                let read = Dictionary(uniqueKeysWithValues: try await transaction.query(RowsRead()).map { ($0, $1) })
                return before.reduce(into: read) { $0[$1.table, default: 0] -= $1.rows }
            }
        }

        try await pool.openLines([.plain("L0"), .plain("L1")])
        _ = try await pool.query(SetLimit(code: "all", year: 2024, ministry: "M", ceiling: 1_000_000_000))
        try await pool.script("ANALYZE")
        _ = try await post(1..<2, "first")

        let count = 500
        try await pool.openLines((2..<count + 2).map { .plain("L\($0)") })
        _ = try await post(2..<count + 2, "second")
        let read = try await post(2..<count + 2, "third")
        // Six statements look at a line or a hold of each of the five batches; a plan gone wrong reads `count` times as many.
        for (table, rows) in read { #expect(rows <= 30 * Int64(count), "\(table)") }
        #expect(read["budget_hold", default: 0] >= Int64(count))
        await pool.close()
    }
}
