import Contracts
import Crypto
import LedgerAudit
import Postgres
import Queue

/// Numbers committed batches in the log.
struct SequenceHandler: Handler {
    static let method = CoordinationV1.Budget.sequence

    func handle(
        _ request: CoordinationV1.SequenceRequest, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.SequenceReply {
        let added = try await call.transaction.queryOne(SequenceBatches(most: 100_000, waits: true))?.added ?? 0
        return .init(added: added, size: try await call.transaction.queryOne(LogSize()) ?? 0)
    }
}

/// Keeps a checkpoint after comparing it with the log.
struct KeepCheckpointHandler: Handler {
    static let method = CoordinationV1.Budget.keepCheckpoint

    func handle(
        _ request: CoordinationV1.KeepCheckpointRequest, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.KeepCheckpointReply {
        guard let note = SignedNote(request.note), let checkpoint = Checkpoint(text: note.text) else {
            throw RPCError.invalidArgument("this is not a signed checkpoint of the budget ledger")
        }
        guard let (name, key) = SignedNote.verifyingKey(request.key), note.isSigned(by: name, key) else {
            throw RPCError.invalidArgument("the checkpoint is not signed with the given key")
        }
        let reader = LogReader(call.pool)
        guard try await reader.head().size >= checkpoint.size,
            try await reader.root(of: checkpoint.size) == checkpoint.root
        else {
            throw RPCError.failedPrecondition("the log does not have this root at \(checkpoint.size) leaves")
        }
        let kept = try await call.transaction.queryOne(
            KeepCheckpoint(size: checkpoint.size, note: note.description, keyLine: request.key))
        return .init(note: kept ?? note.description)
    }
}
