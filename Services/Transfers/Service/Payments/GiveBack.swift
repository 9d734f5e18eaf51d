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
