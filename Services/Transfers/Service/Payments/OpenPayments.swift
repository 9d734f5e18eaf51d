import Contracts
import Postgres
import Queue

/// Lists what a cycle owes and has not paid, and what each payment waits for.
struct ListOpenPayments: Handler {
    static let method = TransfersV1.OpenPayments.list

    /// Households that one reply names at most.
    static let largestPage: Int32 = 10_000

    func handle(
        _ request: TransfersV1.OpenPaymentsRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.OpenPaymentsReply {
        let cycle = try await OpenPaymentsReading.cycle(request.programme, request.cycle, call.transaction)
        var reply = TransfersV1.OpenPaymentsReply()
        reply.groups = try await call.transaction.query(SumOpenPayments(cycleId: cycle.cycleId))
        reply.currency = try await call.transaction.queryOne(FindCycleCurrency(cycleId: cycle.cycleId)) ?? ""
        if request.limit > 0 {
            reply.payments = try await call.transaction.query(
                ListOpenHouseholds(
                    cycleId: cycle.cycleId, after: request.afterHousehold,
                    limit: min(request.limit, Self.largestPage)))
        }
        reply.proposals = try await call.transaction.query(ListProposals(cycleId: cycle.cycleId, all: false))
        return reply
    }
}

/// Keeps a person's word that payments can be made again although the registry says the same as before.
struct SettleOpenPayments: Handler {
    static let method = TransfersV1.OpenPayments.settle

    func handle(
        _ request: TransfersV1.SettleRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.SettleReply {
        let reason = try PaymentPauseReading.checked(request.reason)
        let cycle = try await OpenPaymentsReading.cycle(request.programme, request.cycle, call.transaction)
        let open = Set(
            try await call.transaction.query(
                SettleOrders(
                    cycleId: cycle.cycleId, households: request.households, reason: reason, person: call.info.caller)))
        return TransfersV1.SettleReply(
            settled: Int64(open.count), notOpen: request.households.filter { !open.contains($0) }.sorted())
    }
}

/// What finds a cycle for requests about open payments.
enum OpenPaymentsReading {
    static func cycle(
        _ programme: String, _ code: String, _ transaction: borrowing Transaction
    ) async throws -> FindCycleNumber.Row {
        guard let cycle = try await transaction.queryOne(FindCycleNumber(programme: programme, cycle: code)) else {
            throw RPCError.notFound("Programme \(programme) has no cycle \(code).")
        }
        return cycle
    }
}

/// How many households of a cycle nobody has decided about: files that the database had forgotten were taken up, the cycle's own
/// run was forgotten too, and who is in none of those files waits for it.
struct CountUndecided: Statement {
    typealias Row = Int64
    /// The households of cycle `$1`.
    static let households = """
        SELECT household_id FROM transfers.affiliation
        WHERE cycle_id = $1 AND (refusals = 0 OR kept_by IS NOT NULL)
            AND EXISTS (
                SELECT FROM transfers.payment_run
                WHERE cycle_id = $1 AND kind = 'recovered' AND state IN ('sent', 'closed'))
            AND NOT EXISTS (
                SELECT FROM transfers.payment_run WHERE cycle_id = $1 AND kind = 'main' AND state <> 'withdrawn')
            AND household_id NOT IN (
                SELECT roll.household_id
                FROM transfers.payment_run AS run JOIN transfers.roll_household AS roll USING (run_number)
                WHERE run.cycle_id = $1 AND run.state <> 'withdrawn')
        """
    static let sql = "SELECT count(*) FROM (\(households)) AS undecided"
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// What waits for what, summed. Households whose conditions are held are owed nothing yet; those whose order is with the
/// bank wait for its answer, and as `being_paid` where an earlier order of theirs failed.
struct SumOpenPayments: Statement {
    typealias Row = TransfersV1.OpenGroup
    static let sql = """
        SELECT waits_for, count(*), coalesce(sum(amount_minor), 0)::bigint
        FROM (
            SELECT waits_for, amount_minor FROM transfers.open_payment WHERE cycle_id = $1
            UNION ALL
            SELECT CASE WHEN sent.order_number > 1 THEN 'being_paid' ELSE 'bank_answer' END, sent.amount_minor
            FROM transfers.payment_order AS sent
            WHERE sent.cycle_id = $1 AND sent.state IN ('ordered', 'accepted')
            UNION ALL
            SELECT 'held', 0
            FROM transfers.payment_run AS run JOIN transfers.household_outcome AS decided USING (run_number)
            WHERE run.cycle_id = $1 AND run.kind = 'main' AND run.state IN ('sent', 'closed') AND decided.outcome = 3
            UNION ALL
            SELECT 'undecided', 0 FROM (\(CountUndecided.households)) AS undecided
            UNION ALL
            SELECT 'given_back', given.amount_minor FROM transfers.given_back AS given
            WHERE given.cycle_id = $1 AND NOT EXISTS (
                SELECT FROM transfers.payment_order AS sent
                WHERE sent.household_id = given.household_id AND sent.cycle_id = given.cycle_id
                    AND sent.order_number = given.order_number AND sent.state = 'paid')
        ) AS waiting
        GROUP BY waits_for
        ORDER BY array_position(
            ARRAY['ready', 'odd', 'repair', 'terminal', 'check', 'account_missing', 'being_paid', 'bank_answer', 'held',
                'undecided', 'given_back'], waits_for), waits_for
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> TransfersV1.OpenGroup {
        TransfersV1.OpenGroup(waitsFor: try row.string(0), households: try row.int64(1), totalMinor: try row.int64(2))
    }
}
