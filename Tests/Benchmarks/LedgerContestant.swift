import Contracts
import CoordinationService
import Postgres
import Synchronization

/// Who posts the benchmark's batches: reservations over random lines, sent from here.
enum LedgerContestant: Sendable {
    /// The yardstick: `floor_post`.
    case floor
    /// The ledger as the service posts.
    case ledger
    /// The same, and what was committed before gets its place in the log.
    case ledgerWithLog
    /// The ledger, with one item in the middle that no line can pay; the others are posted.
    case ledgerRefusingOne

    private static let batches = Atomic(0)

    /// Posts one batch.
    func post(_ items: Int, _ lines: Int, _ pool: ConnectionPool) async throws {
        let number = Self.batches.add(1, ordering: .relaxed).newValue
        let names = (0..<items).map { _ in "L\(Int.random(in: 1...lines))" }
        guard self != .floor else {
            _ = try await pool.query(FloorBatch(number: number, lines: names))
            return
        }
        var postings = names.enumerated().map { item, line in
            CoordinationV1.Posting(
                postingId: "b\(number)-\(item)", kind: .reserve, line: line, amountMinor: Int64(1 + item % 100),
                document: "run", currency: "PEN")
        }
        if self == .ledgerRefusingOne { postings[items / 2].amountMinor = 1_000_000_000_000_000 }
        let batch = PostBatch(
            mode: self == .ledgerRefusingOne ? .continue : .atomic, remembersRefusals: false, actor: "bench", callId: 1,
            postings: postings)
        let isNumbered = self == .ledgerWithLog
        let answers = try await pool.transaction { transaction in
            if isNumbered { _ = try await transaction.queryOne(SequenceBatches(most: 100, waits: false)) }
            return try await batch.post(in: transaction)
        }
        precondition(answers.count { $0.code != "posted" } == (self == .ledgerRefusingOne ? 1 : 0))
    }
}

/// A batch for the yardstick.
private struct FloorBatch: Statement {
    static let sql = "SELECT coordination.floor_post($1, $2, $3, $4, $5)"

    let number: Int
    let lines: [String]

    func bind(into parameters: inout Parameters) {
        parameters.add(lines.indices.map { "b\(number)-\($0)" })
        parameters.add(Array(repeating: Int16(3), count: lines.count))
        parameters.add(lines)
        parameters.add(lines.indices.map { Int64(1 + $0 % 100) })
        parameters.add(Array(repeating: "run", count: lines.count))
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}
