import Contracts
import Crypto
import Postgres
import Queue

/// Compares the files of a run, or of all runs, with the directory; writes a missing one again, byte for byte.
struct CompareFiles: Handler {
    static let method = TransfersV1.Outbox.files

    let environment: TransfersEnvironment

    func handle(
        _ request: TransfersV1.FilesRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.FilesReply {
        var run: PaymentRun?
        if !request.runId.isEmpty || !request.cycle.isEmpty {
            let named = TransfersV1.StatusRequest(
                runId: request.runId, programme: request.programme, cycle: request.cycle)
            run = try await RunStatusReading.find(named, call.transaction)
        }
        var reply = TransfersV1.FilesReply(directory: environment.outboxDirectory)
        for known in try await call.transaction.query(ListKnownFiles(runNumber: run?.runNumber)) {
            var file = Self.compare(known, directory: environment.outboxDirectory)
            if request.writeAgain, file.state == "missing" {
                try await writeAgain(known, &file, call)
            }
            reply.files.append(file)
        }
        return reply
    }

    /// One file as the database knows it and as it is read.
    static func compare(_ known: KnownFile, directory: String) -> TransfersV1.FileOnDisk {
        let place = known.isRecalled ? "\(directory)/\(Outbox.recalledDirectory)" : directory
        var file = TransfersV1.FileOnDisk(
            name: known.name, path: "\(place)/\(known.name)", state: "missing",
            runId: known.runId.uuidString.lowercased(), programme: known.programme, cycle: known.cycle,
            currency: known.currency, transactions: known.transactions, totalMinor: known.totalMinor,
            sha256: known.sha256)
        guard let read = WrittenFile(path: file.path) else {
            if Outbox.exists(file.path) {
                file.state = "unreadable"
            } else if known.isRecalled {
                file.state = "recalled"
            }
            return file
        }
        file.readTransactions = read.transactions
        file.readTotalMinor = read.totalMinor
        file.readSha256 = read.sha256
        file.state = read.digest != known.digest ? "altered" : known.isRecalled ? "recalled" : "there"
        return file
    }

    private func writeAgain(
        _ known: KnownFile, _ file: inout TransfersV1.FileOnDisk, _ call: borrowing CallContext
    ) async throws {
        guard let run = try await call.transaction.queryOne(FindRun(runId: known.runId)) else { return }
        do {
            try await RunFile.writeAgain(
                known, run: run, outbox: environment.outboxDirectory, transaction: call.transaction)
            file = Self.compare(known, directory: environment.outboxDirectory)
            if file.state == "there" { file.state = "written_again" }
        } catch let error as RPCError {
            // The next file may be possible; each says why it is not.
            guard let reason = error.details.first(where: { $0.type == "outbox" })?.reason else { throw error }
            file.state = "cannot_be_written"
            file.reason = reason
        }
    }
}
