import Contracts
import Intake
import ISO20022
import Postgres
import Queue

/// Imports what the bank sends, the files of one request in the order in which the bank made them: what is clear is applied,
/// what is odd is put on the list, and a file that cannot be read or whose own totals lie is refused whole.
///
/// A file that was applied before, by its bytes, changes nothing.
struct ImportBankFiles: StreamingHandler {
    static let method = TransfersV1.Bank.import

    func handle(
        _ request: TransfersV1.BankImportRequest, _ call: borrowing CallContext,
        _ stream: ResponseStream<TransfersV1.BankImportProgress>
    ) async throws {
        guard !request.uploadIds.isEmpty else {
            throw RPCError.invalidArgument("no files to import: upload_ids is empty")
        }
        try await call.transaction.script("SET LOCAL work_mem = '128MB'")
        var result = TransfersV1.BankImportProgress()
        for uploadId in try await inOrder(request.uploadIds, call.transaction) {
            let read = result.transactions
            let outcome = try await importFile(uploadId, call) { transactions in
                try await stream.send(.init(transactions: read + transactions))
            }
            result.transactions += outcome.transactions
            result.results.append(outcome.result)
        }
        try await stream.sendLast(result)
    }

    /// The uploads by the time that their messages give, as far as their first bytes tell it.
    private func inOrder(_ uploadIds: [String], _ transaction: borrowing Transaction) async throws -> [String] {
        guard uploadIds.count > 1 else { return uploadIds }
        var known: [(key: (String, Int, Int), uploadId: String)] = []
        for (place, uploadId) in uploadIds.enumerated() {
            let upload = try await UploadedFile.find(uploadId, in: transaction)
            let head = BankMessageReader.head(ofFileBeginning: try await upload.opening(in: transaction))
            known.append(((head?.createdAt ?? "~", head?.kind == .pain002 ? 0 : 1, place), uploadId))
        }
        return known.sorted { $0.key < $1.key }.map(\.uploadId)
    }

    private func importFile(
        _ uploadId: String, _ call: borrowing CallContext, progress: (Int64) async throws -> Void
    ) async throws -> (result: TransfersV1.BankFileResult, transactions: Int64) {
        var upload = try await UploadedFile.find(uploadId, in: call.transaction)
        let (fileName, sha256) = (upload.fileName, upload.sha256)
        let caller = call.info.caller
        if let known = try await call.transaction.queryOne(FindBankMessage(sha256: sha256)) {
            try await upload.discard(in: call.transaction)
            return (Self.alreadyApplied(fileName, known), 0)
        }
        do {
            var application = BankFileApplication(fileName: fileName, sha256: sha256, importedBy: caller)
            try await call.transaction.script("SAVEPOINT bank_file")
            try await application.read(&upload, call.transaction, progress)
            let result = try await application.apply(call)
            try await call.transaction.script("RELEASE SAVEPOINT bank_file")
            try await upload.finish(in: call.transaction)
            return (result, application.transactions)
        } catch let refusal as MessageRefusal {
            try await call.transaction.script("ROLLBACK TO SAVEPOINT bank_file")
            try await call.transaction.execute(
                InsertBankRefusal(fileName: fileName, sha256: sha256, refusal: refusal, refusedFor: caller))
            return (Self.refused(fileName, refusal), 0)
        }
    }

    static func refused(_ fileName: String, _ refusal: MessageRefusal) -> TransfersV1.BankFileResult {
        TransfersV1.BankFileResult(
            fileName: fileName, outcome: "refused", code: refusal.reason.rawValue, line: Int64(refusal.line),
            values: refusal.values.map { TransfersV1.BankValue(name: $0.name, value: $0.value) })
    }

    static func alreadyApplied(_ fileName: String, _ kind: String) -> TransfersV1.BankFileResult {
        TransfersV1.BankFileResult(fileName: fileName, kind: kind, outcome: "already_applied")
    }
}
