import Contracts
import Postgres
import Queue
import TransfersDomain

/// Approves a run. That the approver is not the one who started it is checked here for the message and by the table's
/// constraint `payment_run_second_person_check` for certain.
struct ApproveRun: Handler {
    static let method = TransfersV1.Payments.approve

    /// What a first person reads who tries to be the second.
    static let secondPerson = RPCError.permissionDenied(
        "A run is approved by another person than the one who started it.")

    func handle(
        _ request: TransfersV1.ApproveRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.RunStatus {
        guard let run = try await call.transaction.queryOne(LockRun(runId: try uuid(request.runId))) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        let caller = call.info.caller
        if run.approvedBy == nil || run.state == .awaitingApproval {
            guard run.state == .awaitingApproval else {
                throw RPCError.failedPrecondition(
                    "The run is \(run.state.rawValue); only a run that is awaiting_approval can be approved.")
            }
            guard caller != run.requestedBy else { throw Self.secondPerson }
            guard request.expectedTotalMinor == run.totalMinor else {
                throw RPCError.failedPrecondition(
                    "The run's total is \(run.totalMinor) minor units, not \(request.expectedTotalMinor). Look again.")
            }
            _ = try await call.transaction.execute(RecordApproval(runNumber: run.runNumber, approver: caller))
            try await RunMovement.apply(.approved, to: run, call)
        } else if run.approvedBy != caller {
            throw RPCError.failedPrecondition("The run is approved already.")
        }
        guard let approved = try await call.transaction.queryOne(FindRun(runId: run.runId)) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        return try await RunStatusReading.read(approved, call.transaction)
    }
}

/// Asks the ledger again: after an appropriation, or when its answer went astray.
struct ResumeRun: Handler {
    static let method = TransfersV1.Payments.resume

    func handle(
        _ request: TransfersV1.StatusRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.RunStatus {
        let found = try await RunStatusReading.find(request, call.transaction)
        guard let run = try await call.transaction.queryOne(LockRun(runId: found.runId)) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        guard run.state.after(.resumed) != nil else {
            throw RPCError.failedPrecondition(
                "The run is \(run.state.rawValue); only a run that waits for the budget can be resumed.")
        }
        try await RunMovement.apply(.resumed, to: run, call)
        guard let resumed = try await call.transaction.queryOne(FindRun(runId: run.runId)) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        return try await RunStatusReading.read(resumed, call.transaction)
    }
}
