import Contracts
import Crypto
import Postgres
import Queue
import TransfersDomain

/// What is different about a run that takes up forgotten files: its files are there, and are recorded instead of written.
enum RecoveredRun {
    /// Records the file of one chunk, whose bytes must still be those that were taken up.
    static func adopt(
        _ run: PaymentRun, chunk: RunChunkRow, outbox: String, transaction: borrowing Transaction
    ) async throws -> RunFile.Written {
        let totals = try await transaction.queryOne(SumFileOrders(runNumber: run.runNumber, range: chunk.range))
        let taken = try await transaction.queryOne(FindRecoveredFile(runNumber: run.runNumber, chunk: chunk.chunk))
        guard let totals, let taken else { throw RPCError.internal("A chunk of a recovered run has no file.") }
        guard let read = WrittenFile(path: "\(outbox)/\(taken.name)"), read.digest == taken.digest,
            read.transactions == totals.transactions, read.totalMinor == totals.totalMinor, let head = read.head
        else {
            throw RecallFile.refusal(
                taken.name, "other_bytes", "The file \(taken.name) is not as it was taken up.")
        }
        try await transaction.execute(
            InsertPaymentFile(
                runNumber: run.runNumber, chunk: chunk.chunk, messageId: head.messageID,
                paymentInformationId: head.paymentInformationID, fileName: taken.name, path: "\(outbox)/\(taken.name)",
                range: chunk.range, transactions: Int32(totals.transactions), totalMinor: totals.totalMinor,
                byteCount: read.byteCount, sha256: taken.digest))
        return RunFile.Written(transactions: Int32(totals.transactions), totalMinor: totals.totalMinor)
    }
}

/// Whether files of a cycle were taken up.
struct HasRecoveredRun: Statement {
    typealias Row = Bool
    static let sql = """
        SELECT EXISTS (
            SELECT FROM transfers.payment_run WHERE cycle_id = $1 AND kind = 'recovered' AND state IN ('sent', 'closed'))
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

/// The file of a chunk as it was taken up.
struct FindRecoveredFile: Statement {
    struct Row: Sendable {
        var name: String
        var digest: [UInt8]
    }
    static let sql = "SELECT file_name, sha256 FROM transfers.recovered_file WHERE run_number = $1 AND chunk = $2"
    var runNumber: Int32
    var chunk: Int32
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(chunk)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(name: try row.string(0), digest: try row.bytes(1))
    }
}

/// The chunks of the writing stage of a recovered run: its files, as the chunks of its verification have them.
struct CutRecoveredChunks: Statement {
    typealias Row = Int32
    static let sql = """
        WITH cut AS (
            INSERT INTO transfers.payment_run_chunk (
                run_number, stage, chunk, first_household, last_household, households, payable_households, total_minor)
            SELECT run_number, 'write', chunk, first_household, last_household, households, payable_households, total_minor
            FROM transfers.payment_run_chunk WHERE run_number = $1 AND stage = 'verify'
            RETURNING 1
        )
        SELECT count(*)::integer FROM cut
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 { try row.int32(0) }
}
