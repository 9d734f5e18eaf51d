import Contracts
import Postgres
import Queue
import TransfersDomain

/// Approves a run. The database takes the person from the call, and refuses whoever started the run.
struct ApproveRun: Handler {
    static let method = TransfersV1.Payments.approve

    let environment: TransfersEnvironment

    /// What a first person reads who tries to be the second.
    static let secondPerson = RPCError.permissionDenied(
        "A run is approved or refused by another person than the one who started it.")

    func handle(
        _ request: TransfersV1.ApproveRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.RunStatus {
        guard let run = try await call.transaction.queryOne(LockRun(runId: try uuid(request.runId))) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        let caller = call.info.caller
        if run.state == .awaitingApproval {
            guard caller != run.requestedBy else { throw Self.secondPerson }
            guard request.expectedTotalMinor == run.totalMinor else {
                throw RPCError.failedPrecondition(
                    "The run's total is \(run.totalMinor) minor units, not \(request.expectedTotalMinor). Look again.")
            }
            let unexplained = try await OutboxState.unexplained(
                besides: run, outbox: environment.outboxDirectory, call.transaction)
            guard unexplained.isEmpty else { throw OutboxState.refusal(unexplained) }
            // What is approved is what can be seen now, and it is kept.
            var review = try await RunReviewReading.read(run, call.transaction)
            review.findings = review.findings.map(\.kept)
            _ = try await call.transaction.query(
                DecideRun(callId: call.info.id, approves: true, seen: review.json()))
            guard let approved = try await call.transaction.queryOne(FindRun(runId: run.runId)) else {
                throw RPCError.notFound("No payment run has this id.")
            }
            try await RunMovement.apply(.approved, to: approved, call)
        } else if run.approvedBy == nil {
            throw RPCError.failedPrecondition(
                "The run is \(run.state.rawValue); only a run that is awaiting_approval can be approved.")
        } else if run.approvedBy != caller {
            throw RPCError.failedPrecondition("The run is approved already.")
        }
        guard let approved = try await call.transaction.queryOne(FindRun(runId: run.runId)) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        return try await RunStatusReading.read(approved, call.transaction)
    }
}

/// Records what a second person decides, in the name of the person whose call asks for it.
struct DecideRun: Statement {
    typealias Row = Bool
    static let sql = "SELECT transfers.decide_run($1, $2, $3) IS NULL"
    var callId: Int64
    var approves: Bool
    var seen: [UInt8]
    func bind(into parameters: inout Parameters) {
        parameters.add(callId)
        parameters.add(approves)
        parameters.addJSON(seen)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { true }
}
