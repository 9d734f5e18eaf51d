import Contracts
import Postgres
import Queue
import TransfersDomain

/// Compares orders, bank answers and ledger to the cent, and closes the run when nothing is open and nothing differs.
///
/// Postings that the ledger refused are asked for again, under the same identifiers.
struct ReconcileRun: Handler {
    static let method = TransfersV1.Payments.reconcile

    func handle(
        _ request: TransfersV1.StatusRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.Reconciliation {
        let found = try await RunStatusReading.find(request, call.transaction)
        guard let run = try await call.transaction.queryOne(LockRun(runId: found.runId)) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        guard run.state == .sent || run.state == .closed else {
            throw RPCError.failedPrecondition(
                "The run is \(run.state.rawValue); only a run that is sent can be reconciled.")
        }
        try await Ledger.askAgain(document: run.document, purposes: [BankPostings.purpose], call)
        var reply = try await compare(run, call.transaction)
        let unanswered = try await Ledger.list(document: run.document, call.transaction).contains {
            $0.purpose == BankPostings.purpose && $0.state != .posted
        }
        let odd = try await call.transaction.queryOne(CountOpenOdditiesOfRun(runNumber: run.runNumber)) ?? 0
        let agrees =
            reply.openMinor == 0 && reply.differenceMinor == 0 && reply.ledgerPaidMinor == reply.paidMinor
            && !unanswered && odd == 0
        if run.state == .sent, agrees { try await RunMovement.apply(.reconciled, to: run, call) }
        reply.closed = run.state == .closed || agrees
        return reply
    }

    private func compare(
        _ run: PaymentRun, _ transaction: borrowing Transaction
    ) async throws -> TransfersV1.Reconciliation {
        var reply = TransfersV1.Reconciliation(runId: run.id, currency: run.currency)
        reply.orders = try await transaction.query(CountOrders(runNumber: run.runNumber)).map(\.total)
        reply.orderedMinor = run.totalMinor
        var withdrawnMinor: Int64 = 0
        for total in reply.orders {
            switch PaymentOrderState(rawValue: total.state) {
            case .paid: reply.paidMinor += total.totalMinor
            case .rejected: reply.rejectedMinor += total.totalMinor
            case .returned: reply.returnedMinor += total.totalMinor
            case .ordered, .sent, .accepted: reply.openMinor += total.totalMinor
            case .withdrawn: withdrawnMinor += total.totalMinor
            case nil: throw RPCError.internal("An order is in a state that is unknown.")
            }
        }
        let states =
            reply.paidMinor + reply.rejectedMinor + reply.returnedMinor + reply.openMinor + withdrawnMinor
        // What is paid of an order beyond, or below, what its state says.
        let difference = try await transaction.queryOne(SumDifferences(runNumber: run.runNumber)) ?? 0
        reply.paidMinor += difference
        reply.returnedMinor -= difference
        let bank = try await transaction.queryOne(SumMovements(runNumber: run.runNumber))
        // What the approved total and the orders, or the orders and the bank's messages, do not agree about.
        reply.differenceMinor = reply.orderedMinor - states
        if reply.differenceMinor == 0, let bank {
            reply.differenceMinor =
                [
                    reply.paidMinor - bank.paidMinor, reply.rejectedMinor - bank.rejectedMinor,
                    reply.returnedMinor - bank.returnedMinor,
                ].first { $0 != 0 } ?? 0
        }
        reply.ledgerPaidMinor = try await transaction.queryOne(SumLedgerPaid(document: run.document)) ?? 0
        return reply
    }
}

/// What the bank's messages came to, from the movements that were kept with each.
struct SumMovements: Statement {
    struct Row: Sendable {
        var paidMinor: Int64
        var rejectedMinor: Int64
        var returnedMinor: Int64
    }
    static let sql = """
        SELECT
            coalesce(sum(
                CASE WHEN to_state = 'paid' THEN amount_minor WHEN from_state = 'paid' THEN -amount_minor END), 0)::bigint,
            coalesce(sum(
                CASE WHEN to_state = 'rejected' THEN amount_minor WHEN from_state = 'rejected' THEN -amount_minor END),
                0)::bigint,
            coalesce(sum(amount_minor) FILTER (WHERE to_state = 'returned'), 0)::bigint
        FROM transfers.bank_movement WHERE run_number = $1
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(paidMinor: try row.int64(0), rejectedMinor: try row.int64(1), returnedMinor: try row.int64(2))
    }
}

/// What the ledger holds as paid for a run.
struct SumLedgerPaid: Statement {
    typealias Row = Int64
    static let sql = """
        SELECT coalesce(sum(paid), 0)::bigint FROM coordination.budget_document_v1 WHERE document = $1
        """
    var document: String
    func bind(into parameters: inout Parameters) { parameters.add(document) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}
