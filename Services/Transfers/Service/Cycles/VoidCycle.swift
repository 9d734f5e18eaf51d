import Contracts
import Postgres
import Queue
import Vocabulary

/// Closes a cycle that was opened by mistake: only while no order was ever made for it and no run of it is on its way. Its
/// code and its days are free from then on; what was decided stays.
struct VoidCycle: Handler {
    static let method = TransfersV1.Cycles.close

    func handle(
        _ request: TransfersV1.CloseCycleRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.CloseCycleReply {
        let reason = request.reason.trimmingBlanks
        guard !reason.isEmpty, reason.count <= 500 else {
            throw RPCError.invalidField("reason", "say why, in at most 500 characters", reason: "reason_missing")
        }
        let statement = LockCycleToClose(programme: request.programme, code: request.cycle)
        guard let cycle = try await call.transaction.queryOne(statement) else {
            throw RPCError.notFound(
                "programme \(request.programme) has no cycle \(request.cycle)",
                details: [ErrorDetail(type: "precondition", reason: "cycle_unknown", subject: request.cycle)])
        }
        let uses = try await call.transaction.queryOne(FindUseOfCycle(cycleId: cycle.cycleId))
        if uses?.hasOrders == true {
            throw RPCError.failedPrecondition(
                "payments of cycle \(request.cycle) were ordered; it is closed when its run is",
                details: [ErrorDetail(type: "precondition", reason: "cycle_has_orders", subject: request.cycle)])
        }
        if let state = uses?.runState {
            throw RPCError.failedPrecondition(
                "the payment run of cycle \(request.cycle) is \(state); withdraw it first",
                details: [
                    ErrorDetail(
                        type: "precondition", reason: "cycle_has_run", subject: request.cycle, description: state)
                ])
        }
        _ = try await call.transaction.execute(
            MarkCycleVoid(cycleId: cycle.cycleId, voidedBy: call.info.caller, reason: reason))
        return TransfersV1.CloseCycleReply(
            firstDay: try CalendarDate(stored: cycle.firstDay).description,
            lastDay: try CalendarDate(stored: cycle.lastDay).description)
    }
}

extension String {
    /// The text without blanks at its ends.
    var trimmingBlanks: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
