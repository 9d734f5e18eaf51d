import Contracts
import Postgres
import Queue
import TransfersDomain

/// Says where a run is.
struct RunStatus: Handler {
    static let method = TransfersV1.Payments.status

    let environment: TransfersEnvironment

    func handle(
        _ request: TransfersV1.StatusRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.RunStatus {
        var run = try await RunStatusReading.find(request, call.transaction)
        while true {
            var status = try await RunStatusReading.read(run, call.transaction)
            // Between two looks the run may have moved on: only where it has not is nothing on its way.
            let again = try await call.transaction.queryOne(FindRun(runId: run.runId)) ?? run
            guard again.state == run.state, again.stage == run.stage, again.chunksDone == run.chunksDone else {
                run = again
                continue
            }
            if run.state == .writing, !status.obstacles.isEmpty,
                let folder = OutboxFolder.obstacle(environment.outboxDirectory)
            {
                status.obstacles.insert(folder, at: 0)
            }
            return status
        }
    }
}

/// Finds runs and reads their status.
enum RunStatusReading {
    /// The run that a request names: by id, or the latest of a cycle.
    static func find(
        _ request: TransfersV1.StatusRequest, _ transaction: borrowing Transaction
    ) async throws -> PaymentRun {
        if !request.runId.isEmpty {
            guard let run = try await transaction.queryOne(FindRun(runId: try uuid(request.runId))) else {
                throw RPCError.notFound("No payment run has this id.")
            }
            return run
        }
        let statement = FindLatestRun(programme: request.programme, cycle: request.cycle)
        guard let run = try await transaction.queryOne(statement) else {
            throw RPCError.notFound(
                "Cycle \(request.cycle) of programme \(request.programme) has no payment run.")
        }
        return run
    }

    /// Everything that is to be said about a run.
    static func read(
        _ run: PaymentRun, _ transaction: borrowing Transaction
    ) async throws -> TransfersV1.RunStatus {
        var status = TransfersV1.RunStatus(
            runId: run.id, programme: run.programme, cycle: run.cycle, state: run.state.rawValue,
            chunksDone: run.chunksDone, chunks: run.chunks, households: run.households,
            payableHouseholds: run.payableHouseholds, totalMinor: run.totalMinor, currency: run.currency,
            requestedBy: run.requestedBy, approvedBy: run.approvedBy ?? "", kind: run.kind,
            fiscalYear: run.fiscalYear, payOn: run.payOn.description, withdrawnBy: run.withdrawnBy ?? "",
            withdrawnReason: run.withdrawnReason ?? "")
        status.files = try await RunFile.list(run, transaction)
        status.shortfalls = try await transaction.query(ListShortfalls(runNumber: run.runNumber)).map {
            TransfersV1.Shortfall(line: $0.line, shortfallMinor: $0.shortfallMinor)
        }
        status.orders = try await orders(of: run, transaction)
        (status.obstacles, status.moves) = try await RunObstacles.read(run, transaction)
        return status
    }

    /// Orders by state. While chunks are being done, their sums are enough; the orders are counted once all are sent.
    private static func orders(
        of run: PaymentRun, _ transaction: borrowing Transaction
    ) async throws -> [TransfersV1.OrderTotal] {
        switch run.state {
        case .freezing, .verifying, .reserving, .awaitingBudget, .awaitingApproval, .committing, .empty: []
        case .withdrawing, .withdrawn: try await transaction.query(CountOrders(runNumber: run.runNumber)).map(\.total)
        case .ordering: try await transaction.query(SumOrderChunks(runNumber: run.runNumber)).map(\.total)
        case .writing:
            [
                TransfersV1.OrderTotal(
                    state: PaymentOrderState.ordered.rawValue, orders: run.payableHouseholds, totalMinor: run.totalMinor
                )
            ]
        case .sent, .closed: try await transaction.query(CountOrders(runNumber: run.runNumber)).map(\.total)
        }
    }
}

/// Orders of one state.
struct OrderTotalRow: Sendable {
    var state: String
    var orders: Int64
    var totalMinor: Int64

    init(_ row: borrowing RowReader) throws(PostgresError) {
        state = try row.string(0)
        orders = try row.int64(1)
        totalMinor = try row.int64(2)
    }

    var total: TransfersV1.OrderTotal {
        TransfersV1.OrderTotal(state: state, orders: orders, totalMinor: totalMinor)
    }
}

/// What the chunks that are done have ordered.
struct SumOrderChunks: Statement {
    typealias Row = OrderTotalRow
    static let sql = """
        SELECT 'ordered', sum(made.payable_households), sum(made.total_minor)
        FROM transfers.payment_run_chunk AS made
        WHERE made.run_number = $1 AND made.stage = 'order' AND made.done_at IS NOT NULL
        HAVING count(*) > 0
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> OrderTotalRow { try OrderTotalRow(row) }
}

/// The orders of a run that is sent, by state; those that the bank has not spoken about count as sent.
struct CountOrders: Statement {
    typealias Row = OrderTotalRow
    static let sql = """
        SELECT CASE state WHEN 'ordered' THEN 'sent' ELSE state END AS shown, count(*), sum(amount_minor)
        FROM transfers.payment_order WHERE run_number = $1 GROUP BY shown ORDER BY shown
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> OrderTotalRow { try OrderTotalRow(row) }
}
