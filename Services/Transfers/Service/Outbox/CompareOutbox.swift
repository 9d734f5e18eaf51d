import Contracts
import Postgres
import Queue

/// Compares directory, manifest, ledger and database, and says what the database has forgotten and what leads on.
struct CompareOutbox: Handler {
    static let method = TransfersV1.Outbox.compare

    let environment: TransfersEnvironment

    func handle(
        _ request: TransfersV1.CompareOutboxRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.OutboxComparison {
        let state = try await OutboxState.read(environment.outboxDirectory, call.transaction)
        var reply = TransfersV1.OutboxComparison(
            directory: state.directory, paused: try await PaymentPauseReading.isPaused(call.transaction),
            unreadableLines: Int64(state.manifest.unreadableLines))
        let proposals = try await Self.proposals(call.transaction)
        for known in state.known {
            guard let different = Self.difference(known, state, proposal: proposals[known.name] ?? 0) else {
                reply.agreeing += 1
                continue
            }
            reply.files.append(different)
        }
        for found in state.forgotten {
            let file = try await ForgottenFile.assess(found, in: state, call.transaction)
            reply.files.append(file.compared(proposal: proposals[found.name] ?? 0))
        }
        try await compareLedger(state.manifest, &reply, call.transaction)
        return reply
    }

    /// A file that the database knows and that is not as it was recorded.
    private static func difference(
        _ known: KnownFile, _ state: OutboxState, proposal: Int64
    ) -> TransfersV1.ComparedFile? {
        let file = CompareFiles.compare(known, directory: state.directory)
        var code = file.state
        if code == "there" || code == "recalled" { return nil }
        if code == "missing", Outbox.exists("\(state.directory)/\(Outbox.recalledDirectory)/\(known.name)") {
            code = "recall_unfinished"
        }
        let entry = TransfersV1.OutboxEntry(
            name: known.name, sha256: known.sha256, programme: known.programme, cycle: known.cycle,
            runId: file.runId, kind: known.kind, transactions: known.transactions, totalMinor: known.totalMinor,
            currency: known.currency)
        return TransfersV1.ComparedFile(
            name: known.name, state: code, entry: entry, runId: file.runId, proposal: proposal,
            inManifest: state.manifest.latest[known.name] != nil)
    }

    /// The proposals that wait for a second person, by the files that they name.
    private static func proposals(_ transaction: borrowing Transaction) async throws -> [String: Int64] {
        var numbers: [String: Int64] = [:]
        for proposal in try await transaction.query(ListProposals(cycleId: nil, all: false)) {
            for file in proposal.request?.files ?? [] { numbers[file] = proposal.number }
        }
        return numbers
    }

    /// The ledger of a database that went back lacks entries that it had when a file was written, or has others.
    private func compareLedger(
        _ manifest: OutboxManifest, _ reply: inout TransfersV1.OutboxComparison, _ transaction: borrowing Transaction
    ) async throws {
        reply.databaseLeaves = try await transaction.queryOne(FindLedgerPosition())?.leaves ?? 0
        guard let last = manifest.entries.filter({ $0.ledgerLeaves > 0 }).max(by: { $0.ledgerLeaves < $1.ledgerLeaves })
        else {
            reply.ledger = "unknown"
            return
        }
        reply.manifestLeaves = last.ledgerLeaves
        if last.ledgerLeaves > reply.databaseLeaves {
            reply.ledger = "behind"
        } else {
            let has = try await transaction.queryOne(
                HasLedgerPosition(leaves: last.ledgerLeaves, chain: last.ledgerChain))
            reply.ledger = has == true ? "same" : "differs"
        }
    }
}
