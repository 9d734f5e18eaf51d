import Contracts
import Crypto
import Postgres
import Queue

/// Says, by two persons' word, that an announced file never reached the bank.
enum NeverSent {
    static func scope(
        of request: TransfersV1.ProposalRequest, _ environment: TransfersEnvironment,
        _ transaction: borrowing Transaction
    ) async throws -> ProposalScope {
        var scope = ProposalScope()
        for entry in try await entries(request, environment.outboxDirectory, transaction) {
            scope.add(transactions: entry.transactions, totalMinor: entry.totalMinor, currency: entry.currency)
        }
        return scope
    }

    static func carryOut(
        _ request: TransfersV1.ProposalRequest, _ proposal: TransfersV1.Proposal, _ environment: TransfersEnvironment,
        _ call: borrowing CallContext
    ) async throws {
        for var entry in try await entries(request, environment.outboxDirectory, call.transaction) {
            guard let digest = Hexadecimal.bytes(entry.sha256) else {
                throw RPCError.failedPrecondition("The manifest's line about \(entry.name) has no digest.")
            }
            try await call.transaction.execute(
                InsertRecalledFile(name: entry.name, digest: digest, runNumber: nil, proposal: proposal.number))
            entry.act = "recalled"
            entry.requestedBy = proposal.proposedBy
            entry.approvedBy = call.info.caller
            try OutboxManifest.append(entry, directory: environment.outboxDirectory)
        }
    }

    /// The manifest's words about files that are not there and that the database does not know.
    private static func entries(
        _ request: TransfersV1.ProposalRequest, _ directory: String, _ transaction: borrowing Transaction
    ) async throws -> [TransfersV1.OutboxEntry] {
        guard !request.files.isEmpty else { throw RPCError.invalidArgument("files: name what never reached the bank") }
        let state = try await OutboxState.read(directory, transaction)
        let lost = Dictionary(
            state.forgotten.filter { !$0.isThere }.compactMap { found in found.entry.map { (found.name, $0) } },
            uniquingKeysWith: { $1 })
        return try Set(request.files).sorted().map { name in
            guard let entry = lost[name] else {
                throw RecallFile.refusal(
                    name, "not_lost", "\(name) is not a file that is announced, missing and forgotten.")
            }
            return entry
        }
    }
}
