import Contracts
import Postgres
import Queue
import TransfersDomain
import Vocabulary

/// Opens a cycle: freezes the rules, and decides about every household of the registry, with reasons.
///
/// All in one transaction: a cycle is open with every decision, or not at all. Opening it again says what is there. Days that
/// another cycle of the programme has are opened only by an exception that two people sign.
struct OpenCycle: StreamingHandler {
    static let method = TransfersV1.Cycles.open

    /// Households decided at once.
    static let householdsPerChunk: Int64 = 20_000

    func handle(
        _ request: TransfersV1.OpenCycleRequest, _ call: borrowing CallContext,
        _ stream: ResponseStream<TransfersV1.OpenCycleProgress>
    ) async throws {
        let days = try Self.days(of: request)
        guard let programme = try await call.transaction.queryOne(FindProgramme(programme: request.programme)) else {
            throw RPCError.notFound("No programme \(request.programme) is loaded.")
        }
        let definition = try CoordinationV1.ProgrammeDefinition(json: programme.definition)
        let rules = try FrozenRules.rules(of: definition)
        if let existing = try await existing(request, days, call) {
            try await stream.sendLast(existing)
            return
        }
        let leave = try await OverlapLeave.find(request, days, call)
        guard leave.mayOpen else {
            try await stream.sendLast(leave.progress)
            return
        }
        let history =
            rules.ladder == .none
            ? SanctionHistory.none
            : try await call.transaction.queryOne(
                FindSanctionHistory(programme: request.programme, firstDay: days.firstDay)) ?? .none
        let inserted = try await call.transaction.queryOne(
            InsertCycle(
                programme: request.programme, code: request.cycle, days: days, ruleVersion: programme.version,
                rules: programme.definition, openedBy: call.info.caller, countedRuns: history.runs,
                overlapException: leave.exceptionNumber))
        guard let cycleId = inserted else { throw RPCError.aborted("The cycle is being opened at this moment.") }
        let totals = try await affiliate(cycleId, rules, history, days.firstDay, call, stream)
        _ = try await call.transaction.execute(CountAffiliation(cycleId: cycleId, totals: totals))
        guard let opened = try await existing(request, days, call) else {
            throw RPCError.internal("The cycle could not be stored.")
        }
        try await stream.sendLast(opened)
    }

    private static func days(of request: TransfersV1.OpenCycleRequest) throws -> CycleDays {
        guard let first = CalendarDate(iso8601: request.firstDay) else {
            throw RPCError.invalidArgument("first_day: write the day as YYYY-MM-DD.")
        }
        guard let last = CalendarDate(iso8601: request.lastDay) else {
            throw RPCError.invalidArgument("last_day: write the day as YYYY-MM-DD.")
        }
        guard first <= last else { throw RPCError.invalidArgument("last_day: is before first_day.") }
        return CycleDays(firstDay: first, lastDay: last)
    }

    /// The answer about a cycle that is open already; nil when there is none.
    private func existing(
        _ request: TransfersV1.OpenCycleRequest, _ days: CycleDays, _ call: borrowing CallContext
    ) async throws -> TransfersV1.OpenCycleProgress? {
        let found = try await call.transaction.queryOne(FindCycle(programme: request.programme, code: request.cycle))
        guard let found else { return nil }
        guard found.firstDay == days.firstDay.daysSinceEpoch2000, found.lastDay == days.lastDay.daysSinceEpoch2000
        else { throw RPCError.alreadyExists("The cycle is open already, with other days.") }
        return .init(
            households: found.totals.households, affiliated: found.totals.affiliated, done: true,
            suspended: found.totals.suspended, exited: found.totals.exited,
            exceptionNumber: found.overlapException ?? 0, sharedDays: found.sharedDays)
    }

    /// Decides range by range of household numbers.
    private func affiliate(
        _ cycleId: Int32, _ rules: Rules, _ history: SanctionHistory, _ firstDay: CalendarDate,
        _ call: borrowing CallContext, _ stream: ResponseStream<TransfersV1.OpenCycleProgress>
    ) async throws -> AffiliationTotals {
        var total = AffiliationTotals()
        var after: Int64 = -1
        let sequence = try await call.transaction.queryOne(FindSequencedCycle(cycleId: cycleId)).map {
            SequencedCycle(cycleId: cycleId, previousCycleId: $0)
        }
        while true {
            let statement = NextHouseholds(after: after, limit: Self.householdsPerChunk)
            guard let until = try await call.transaction.queryOne(statement), let until else { return total }
            let range = (after + 1)...until
            let notMet = try await history.consecutiveNotMet(in: range, of: cycleId, call.transaction)
            let chunk = try await AffiliationChunk.read(
                call.transaction, range: range, rules: rules, firstDay: firstDay, sequence: sequence, notMet: notMet)
            try await chunk.store(call.transaction, cycleId: cycleId)
            total.households += Int64(chunk.rows.count)
            total.affiliated += chunk.affiliated
            total.suspended += chunk.suspended
            total.exited += chunk.exited
            after = until
            try await stream.send(.init(households: total.households, affiliated: total.affiliated))
        }
    }
}
