import Contracts
import LedgerConversation
import Postgres
import Queue
import TransfersDomain

/// Sets a run going again, in every state that moves or waits for the ledger: asks the ledger for what is not posted, and
/// sends calls for the chunks that are not done and whose calls came to nothing. Doing it twice changes nothing.
struct ResumeRun: Handler {
    static let method = TransfersV1.Payments.resume

    func handle(
        _ request: TransfersV1.StatusRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.RunStatus {
        let found = try await RunStatusReading.find(request, call.transaction)
        guard let run = try await call.transaction.queryOne(LockRun(runId: found.runId)) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        switch run.state {
        case .freezing: try await sendAgain(.freeze, run, call)
        case .verifying: try await sendAgain(.verify, run, call)
        case .ordering: try await sendAgain(.order, run, call)
        case .writing: try await sendAgain(.write, run, call)
        case .reserving: try await askAgain("reserve", run, call)
        case .committing: try await askAgain("order", run, call)
        case .awaitingBudget: try await RunMovement.apply(.resumed, to: run, call)
        case .withdrawing:
            if case .done = try await RunBudget.giveBack(run, call) {
                try await RunMovement.apply(.budgetReleased, to: run, call)
            }
        case .withdrawn: _ = try await RunBudget.giveBack(run, call)
        case .awaitingApproval, .sent, .closed, .empty:
            throw RPCError.failedPrecondition(
                "The run is \(run.state.rawValue): there is nothing to set going again.")
        }
        guard let resumed = try await call.transaction.queryOne(FindRun(runId: run.runId)) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        return try await RunStatusReading.read(resumed, call.transaction)
    }

    private func sendAgain(_ stage: RunStage, _ run: PaymentRun, _ call: borrowing CallContext) async throws {
        let lost = try await call.transaction.query(ListChunkCalls(runNumber: run.runNumber)).filter { !$0.isAlive }
        try await RunMovement.send(stage, of: run, chunks: lost.map(\.chunk), call)
    }

    /// Asks again; what was never asked, because an earlier version of the program stopped in between, is asked now.
    private func askAgain(_ purpose: String, _ run: PaymentRun, _ call: borrowing CallContext) async throws {
        let again = try await Ledger.askAgain(document: run.document, purposes: [purpose], call)
        guard again == 0 else { return }
        let outcome =
            purpose == "reserve" ? try await RunBudget.reserve(run, call) : try await RunBudget.order(run, call)
        switch outcome {
        case .asked: break
        case .done:
            try await RunMovement.apply(
                purpose == "reserve" ? .budgetReserved(isApproved: run.approvedBy != nil) : .budgetOrdered, to: run,
                call)
        case .lacking: try await RunMovement.apply(.budgetRefused, to: run, call)
        }
    }
}
