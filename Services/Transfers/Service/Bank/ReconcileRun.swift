import Contracts
import Postgres
import Queue
import TransfersDomain

/// Compares orders, bank answers and ledger to the cent. The run is closed when every household's last order of the cycle is
/// paid, or its money was given back, the ledger agrees and has answered everything. That is computed each time; the stored
/// state follows it in both directions.
///
/// Postings that the ledger refused are asked for again, under the same identifiers.
struct ReconcileRun: Handler {
    static let method = TransfersV1.Payments.reconcile

    /// What the ledger was asked after the bank spoke, or when files were recalled.
    private static let purposes: Set<String> = [BankPostings.purpose, "recall"]

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
        try await Ledger.askAgain(document: run.document, purposes: Self.purposes, call)
        var reply = try await compare(run, call.transaction)
        reply.closed =
            reply.openMinor == 0 && reply.differenceMinor == 0 && reply.ledgerPaidMinor == reply.paidMinor
            && reply.ledgerHeldMinor == 0 && reply.unanswered == 0 && reply.waitingHouseholds == 0
            && reply.beingPaidHouseholds == 0 && reply.openOddities == 0 && reply.undecidedHouseholds == 0
        if run.state == .sent, reply.closed { try await RunMovement.apply(.reconciled, to: run, call) }
        if run.state == .closed, !reply.closed { try await RunMovement.apply(.reopened, to: run, call) }
        return reply
    }

    private func compare(
        _ run: PaymentRun, _ transaction: borrowing Transaction
    ) async throws -> TransfersV1.Reconciliation {
        var reply = TransfersV1.Reconciliation(runId: run.id, currency: run.currency)
        reply.orders = try await transaction.query(CountOrders(runNumber: run.runNumber)).map(\.total)
        reply.orderedMinor = run.totalMinor
        for total in reply.orders {
            switch total.state {
            case "paid": reply.paidMinor += total.totalMinor
            case "rejected": reply.rejectedMinor += total.totalMinor
            case "returned": reply.returnedMinor += total.totalMinor
            case "withdrawn": reply.withdrawnMinor += total.totalMinor
            case "ordered", "sent", "accepted": reply.openMinor += total.totalMinor
            default: throw RPCError.internal("An order is in a state that is unknown.")
            }
        }
        let states =
            reply.paidMinor + reply.rejectedMinor + reply.returnedMinor + reply.withdrawnMinor + reply.openMinor
        // What is paid of an order beyond, or below, what its state says.
        let kept = try await transaction.queryOne(SumDifferences(runNumber: run.runNumber)) ?? 0
        reply.paidMinor += kept
        reply.returnedMinor -= kept
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
        let ledger = try await transaction.queryOne(SumLedgerPaid(document: run.document))
        reply.ledgerPaidMinor = ledger?.paidMinor ?? 0
        reply.ledgerHeldMinor = ledger?.heldMinor ?? 0
        try await follow(run, into: &reply, transaction)
        reply.openOddities =
            try await transaction.queryOne(CountOpenOdditiesOfRun(runNumber: run.runNumber)) ?? 0
        if run.kind == "recovered" {
            reply.undecidedHouseholds = try await transaction.queryOne(CountUndecided(cycleId: run.cycleId)) ?? 0
        }
        let requests = try await Ledger.list(document: run.document, transaction)
        reply.unanswered = Int64(requests.filter { Self.purposes.contains($0.purpose) && $0.state != .posted }.count)
        return reply
    }

    /// What became of the households whose order of this run failed.
    private func follow(
        _ run: PaymentRun, into reply: inout TransfersV1.Reconciliation, _ transaction: borrowing Transaction
    ) async throws {
        for fate in try await transaction.query(FollowFailedOrders(run: run)) {
            switch fate.fate {
            case "paid": reply.paidLaterMinor += fate.amountMinor
            case "given_back": reply.givenBackMinor += fate.amountMinor
            case "being_paid": reply.beingPaidHouseholds += fate.households
            default:
                reply.waitingHouseholds += fate.households
                reply.waitingMinor += fate.amountMinor
            }
        }
    }
}
