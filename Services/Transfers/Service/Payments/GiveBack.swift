import Contracts
import Postgres
import Queue

/// Gives the money of open payments back: the household is not paid it any more. The bank's rejection has freed the money
/// already; what ends here is the claim.
enum GiveBack {
    /// What can be waited for by payments that are given back together.
    static let groups: Set<String> = ["ready", "repair", "terminal", "check", "account_missing"]

    static func scope(
        of request: TransfersV1.ProposalRequest, _ transaction: borrowing Transaction
    ) async throws -> ProposalScope {
        let cycle = try await OpenPaymentsReading.cycle(request.programme, request.cycle, transaction)
        guard request.households.isEmpty != request.waitsFor.isEmpty else {
            throw RPCError.invalidArgument("households or waits_for, one of them")
        }
        guard request.waitsFor.isEmpty || groups.contains(request.waitsFor) else {
            throw RPCError.invalidArgument("waits_for: \(groups.sorted().joined(separator: ", "))")
        }
        let found = try await transaction.queryOne(
            SumGiveBack(cycleId: cycle.cycleId, households: request.households, waitsFor: request.waitsFor))
        guard let found, found.households > 0 else {
            throw RPCError.failedPrecondition("Nothing of that is open in cycle \(request.cycle).")
        }
        let asked = Set(request.households).count
        guard asked == 0 || asked == Int(found.households) else {
            throw RPCError.failedPrecondition(
                "Of \(asked) households only \(found.households) have an open payment in cycle \(request.cycle).")
        }
        let currency = try await transaction.queryOne(FindCycleCurrency(cycleId: cycle.cycleId)) ?? ""
        return ProposalScope(
            cycleId: cycle.cycleId, households: found.households, totalMinor: found.totalMinor, currency: currency)
    }

    static func carryOut(
        _ request: TransfersV1.ProposalRequest, _ number: Int64, _ scope: ProposalScope, _ call: borrowing CallContext
    ) async throws {
        guard let cycleId = scope.cycleId else { throw RPCError.internal("A proposal has no cycle.") }
        guard try await call.transaction.queryOne(FindMovingRun(cycleId: cycleId)) == nil else {
            throw RPCError.failedPrecondition(
                "A run of the cycle is on its way and may pay these households. Wait until it is sent, or withdraw it.")
        }
        let given = try await call.transaction.execute(
            InsertGivenBack(
                cycleId: cycleId, households: request.households, waitsFor: request.waitsFor, proposal: number))
        guard given == Int(scope.households) else {
            throw RPCError.aborted("Other households were open a moment ago. Confirm again.")
        }
        try await call.transaction.execute(MarkGivenBack(cycleId: cycleId, proposal: number))
    }
}

/// What a give-back would come to.
struct SumGiveBack: Statement {
    struct Row: Sendable {
        var households: Int64
        var totalMinor: Int64
    }
    static let sql = """
        SELECT count(*), coalesce(sum(amount_minor), 0)::bigint FROM transfers.open_payment
        WHERE cycle_id = $1 AND (household_id = ANY ($2) OR waits_for = $3)
        """
    var cycleId: Int32
    var households: [Int64]
    var waitsFor: String
    func bind(into parameters: inout Parameters) {
        parameters.add(cycleId)
        parameters.add(households)
        parameters.add(waitsFor)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(households: try row.int64(0), totalMinor: try row.int64(1))
    }
}

/// Keeps what was given back.
struct InsertGivenBack: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.given_back (household_id, amount_minor, cycle_id, order_number, proposal_number)
        SELECT household_id, amount_minor, cycle_id, order_number, $4 FROM transfers.open_payment
        WHERE cycle_id = $1 AND (household_id = ANY ($2) OR waits_for = $3)
        """
    var cycleId: Int32
    var households: [Int64]
    var waitsFor: String
    var proposal: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(cycleId)
        parameters.add(households)
        parameters.add(waitsFor)
        parameters.add(proposal)
    }
}

/// Closes the entitlements that were given back to another order.
struct MarkGivenBack: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.entitlement_reopened AS open SET given_back = true
        FROM transfers.given_back AS given
        WHERE given.proposal_number = $2 AND open.household_id = given.household_id AND open.cycle_id = $1
            AND open.order_number = given.order_number
        """
    var cycleId: Int32
    var proposal: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(cycleId)
        parameters.add(proposal)
    }
}

/// The run of a cycle that is on its way.
struct FindMovingRun: Statement {
    typealias Row = Int32
    static let sql = """
        SELECT run_number FROM transfers.payment_run
        WHERE cycle_id = $1 AND state NOT IN ('empty', 'withdrawn', 'sent', 'closed') LIMIT 1
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 { try row.int32(0) }
}
