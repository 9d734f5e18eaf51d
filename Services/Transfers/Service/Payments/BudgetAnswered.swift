import Contracts
import Postgres
import Queue
import TransfersDomain

/// Takes the ledger's answer. Answers to questions that are no longer open change nothing.
struct BudgetAnswered: Handler {
    static let method = TransfersV1.Payments.budgetAnswered

    func handle(_ request: RPCV1.Continuation, _ call: borrowing CallContext) async throws -> CommonV1.Empty {
        let step = try TransfersV1.BudgetStep(json: Array(request.stateJson.utf8))
        guard let run = try await call.transaction.queryOne(LockRun(runId: try uuid(step.runId))) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        var reply = CoordinationV1.PostReply()
        if request.status == 0 { reply = try CoordinationV1.PostReply(json: Array(request.replyJson.utf8)) }
        switch run.state {
        case .reserving where step.step == "reserve" && step.attempt == run.reservationAttempt:
            try await reserved(run, reply, call)
        case .committing where step.step == "order":
            // Refused here means a ledger that contradicts its own reservation. The run stays where it is: nothing is
            // paid, and `Resume` asks again.
            if reply.applied { try await RunMovement.apply(.budgetOrdered, to: run, call) }
        case .freezing, .verifying, .reserving, .awaitingBudget, .awaitingApproval, .committing, .ordering, .writing,
            .sent, .closed, .empty:
            break
        }
        return .init()
    }

    private func reserved(
        _ run: PaymentRun, _ reply: CoordinationV1.PostReply, _ call: borrowing CallContext
    ) async throws {
        let lacking = reply.applied ? [] : reply.results.filter { $0.shortfallMinor > 0 }
        _ = try await call.transaction.execute(
            RecordShortfalls(
                runNumber: run.runNumber, lines: lacking.map(\.line), shortfalls: lacking.map(\.shortfallMinor)))
        try await RunMovement.apply(reply.applied ? .budgetReserved : .budgetRefused, to: run, call)
    }
}
