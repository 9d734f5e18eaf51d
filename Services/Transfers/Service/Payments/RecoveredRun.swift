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
