import Contracts
import LedgerConversation
import Postgres
import Queue
import TransfersDomain

/// Takes what the ledger answers, whenever it comes. What the answer means is for the purpose of the request to say.
struct LedgerAnswered: Handler {
    static let method = TransfersV1.Payments.ledgerAnswered

    func handle(_ request: RPCV1.Continuation, _ call: borrowing CallContext) async throws -> CommonV1.Empty {
        guard let asked = try await Ledger.request(of: request, call.transaction) else { return .init() }
        switch asked.purpose {
        case "reserve", "order", "release": try await takeForRun(request, asked, call)
        default: _ = try await Ledger.take(request, call.transaction)
        }
        return .init()
    }

    private func takeForRun(
        _ continuation: RPCV1.Continuation, _ asked: StoredLedgerRequest, _ call: borrowing CallContext
    ) async throws {
        guard let run = try await call.transaction.queryOne(LockRunOfDocument(document: asked.document)) else {
            throw RPCError.notFound("No payment run has this document.")
        }
        guard let answer = try await Ledger.take(continuation, call.transaction) else { return }
        switch run.state {
        case .withdrawing, .withdrawn:
            // A late reservation or order is given back, also when the run was withdrawn long ago.
            let left = try await RunBudget.giveBack(run, after: answer, call)
            if run.state == .withdrawing, case .done = left {
                try await RunMovement.apply(.budgetReleased, to: run, call)
            }
        case .reserving, .awaitingBudget, .committing:
            if answer.isNewlyPosted {
                try await goOn(run, asked.purpose, call)
            } else if answer.request.state != .posted, run.state != .awaitingBudget {
                let lacking = answer.refusals.filter { $0.shortfallMinor > 0 }.map { ($0.line, $0.shortfallMinor) }
                _ = try await call.transaction.execute(RecordShortfalls(runNumber: run.runNumber, shortfalls: lacking))
                try await RunMovement.apply(.budgetRefused, to: run, call)
            }
        case .freezing, .verifying, .awaitingApproval, .ordering, .writing, .sent, .closed, .empty: break
        }
    }

    /// The ledger has posted what the run waits for, or waited for before it was refused once.
    private func goOn(_ run: PaymentRun, _ purpose: String, _ call: borrowing CallContext) async throws {
        _ = try await call.transaction.execute(RecordShortfalls(runNumber: run.runNumber, shortfalls: []))
        switch (purpose, run.state) {
        case ("reserve", .reserving), ("reserve", .awaitingBudget):
            try await RunMovement.apply(.budgetReserved(isApproved: run.approvedBy != nil), to: run, call)
        case ("order", .committing), ("order", .awaitingBudget):
            try await RunMovement.apply(.budgetOrdered, to: run, call)
        default: break
        }
    }
}
