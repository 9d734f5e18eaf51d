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

/// A cycle, locked against a run being started at the same time.
struct LockCycleToClose: Statement {
    struct Row: Sendable {
        var cycleId: Int32
        var firstDay: Int32
        var lastDay: Int32
    }
    static let sql = """
        SELECT cycle_id, first_day, last_day FROM transfers.cycle
        WHERE programme = $1 AND code = $2 AND state <> 'void' FOR UPDATE
        """
    var programme: String
    var code: String
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(code)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(cycleId: try row.int32(0), firstDay: try row.date(1), lastDay: try row.date(2))
    }
}

/// What stands against closing a cycle empty: orders (a chunk of orders is marked in the transaction that makes them), or
/// the state of a run that paid somebody or may.
struct FindUseOfCycle: Statement {
    struct Row: Sendable {
        var hasOrders: Bool
        var runState: String?
    }
    static let sql = """
        SELECT
            EXISTS (
                SELECT FROM transfers.payment_run AS run JOIN transfers.payment_run_chunk AS chunk USING (run_number)
                WHERE run.cycle_id = $1 AND chunk.stage = 'order' AND chunk.done_at IS NOT NULL),
            (SELECT state FROM transfers.payment_run
                WHERE cycle_id = $1 AND state NOT IN ('empty', 'withdrawn') ORDER BY sequence DESC LIMIT 1)
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(hasOrders: try row.bool(0), runState: try row.stringOrNil(1))
    }
}

/// Marks a cycle as opened by mistake.
struct MarkCycleVoid: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.cycle SET state = 'void', voided_by = $2, voided_at = now(), void_reason = $3
        WHERE cycle_id = $1
        """
    var cycleId: Int32
    var voidedBy: String
    var reason: String
    func bind(into parameters: inout Parameters) {
        parameters.add(cycleId)
        parameters.add(voidedBy)
        parameters.add(reason)
    }
}
