import Contracts
import LedgerConversation
import Postgres
import ProjectsDomain
import Queue

/// Takes the ledger's answer to an attempt, whenever it comes: what it has posted is ordered as that attempt planned it, also
/// when another attempt was made meanwhile. Two attempts never post the same project twice: their postings have one identifier.
struct LedgerAnsweredHandler: Handler {
    static let method = ProjectsV1.Projects.ledgerAnswered

    func handle(_ request: RPCV1.Continuation, _ call: borrowing CallContext) async throws -> CommonV1.Empty {
        guard let asked = try await Ledger.request(of: request, call.transaction),
            let current = try await call.transaction.queryOne(LockInstalmentOfDocument(document: asked.document)),
            let answer = try await Ledger.take(request, call.transaction)
        else { return .init() }
        let attempt = asked.generation
        if answer.isNewlyPosted {
            try await call.transaction.execute(MarkProjectsOrdered(key: current.key, attempt: attempt))
            try await call.transaction.execute(MakePurchaseOrders(key: current.key, attempt: attempt))
            try await call.transaction.execute(MarkPlanPosted(key: current.key, attempt: attempt))
            try await call.transaction.execute(
                MoveInstalment(key: current.key, state: .ordered, attempt: current.attempt))
        } else if answer.request.state != .posted, current.state == .reserving, attempt == current.attempt {
            try await call.transaction.execute(
                MoveInstalment(key: current.key, state: .awaitingBudget, attempt: attempt))
            // Then the ledger has posted an earlier attempt whose answer was lost: it is asked for again.
            if answer.request.code == "posting_id_reused" {
                for earlier in try await Ledger.list(document: asked.document, call.transaction)
                where earlier.generation < attempt && earlier.state != .posted {
                    try await Ledger.askAgain(earlier.requestId, call)
                }
            }
        }
        return .init()
    }
}

/// Tells where an instalment is.
struct StatusHandler: Handler {
    static let method = ProjectsV1.Projects.status

    func handle(
        _ request: ProjectsV1.OrderInputsRequest, _ call: borrowing CallContext
    ) async throws -> ProjectsV1.OrderInputsReply {
        try await InstalmentReading.read(InstalmentKey(request), in: call.transaction)
    }
}
