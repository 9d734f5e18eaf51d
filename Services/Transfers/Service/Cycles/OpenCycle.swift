import Contracts
import Postgres
import Queue
import TransfersDomain
import Vocabulary

/// Opens a cycle: freezes the rules, and decides about every household of the registry, with reasons.
///
/// All in one transaction: a cycle is open with every decision, or not at all. Opening it again says what is there.
struct OpenCycle: StreamingHandler {
    static let method = TransfersV1.Cycles.open

    /// Households decided at once.
    static let householdsPerChunk: Int64 = 20_000

    func handle(
        _ request: TransfersV1.OpenCycleRequest, _ call: borrowing CallContext,
        _ stream: ResponseStream<TransfersV1.OpenCycleProgress>
    ) async throws {
        guard let first = CalendarDate(iso8601: request.firstDay) else {
            throw RPCError.invalidArgument("first_day: write the day as YYYY-MM-DD.")
        }
        guard let last = CalendarDate(iso8601: request.lastDay) else {
            throw RPCError.invalidArgument("last_day: write the day as YYYY-MM-DD.")
        }
        guard first <= last else { throw RPCError.invalidArgument("last_day: is before first_day.") }
        let days = CycleDays(firstDay: first, lastDay: last)
        guard let programme = try await call.transaction.queryOne(FindProgramme(programme: request.programme)) else {
            throw RPCError.notFound("No programme \(request.programme) is loaded.")
        }
        let definition = try CoordinationV1.ProgrammeDefinition(json: programme.definition)
        let rules = try FrozenRules.rules(of: definition)
        let inserted = try await call.transaction.queryOne(
            InsertCycle(
                programme: request.programme, code: request.cycle, days: days, ruleVersion: programme.version,
                rules: programme.definition, openedBy: call.info.caller))
        guard let cycleId = inserted else {
            try await stream.sendLast(try await existing(request, days, call))
            return
        }
        let totals = try await affiliate(cycleId, rules.eligibility, first, call, stream)
        _ = try await call.transaction.execute(
            CountAffiliation(cycleId: cycleId, considered: totals.households, affiliated: totals.affiliated))
        try await stream.sendLast(
            .init(households: totals.households, affiliated: totals.affiliated, done: true))
    }

    /// The answer about a cycle that is open already.
    private func existing(
        _ request: TransfersV1.OpenCycleRequest, _ days: CycleDays, _ call: borrowing CallContext
    ) async throws -> TransfersV1.OpenCycleProgress {
        let found = try await call.transaction.queryOne(FindCycle(programme: request.programme, code: request.cycle))
        guard let found, found.firstDay == days.firstDay.daysSinceEpoch2000,
            found.lastDay == days.lastDay.daysSinceEpoch2000
        else { throw RPCError.alreadyExists("The cycle is open already, with other days.") }
        return .init(households: found.considered, affiliated: found.affiliated, done: true)
    }

    /// Decides range by range of household numbers.
    private func affiliate(
        _ cycleId: Int32, _ eligibility: EligibilityRule, _ firstDay: CalendarDate, _ call: borrowing CallContext,
        _ stream: ResponseStream<TransfersV1.OpenCycleProgress>
    ) async throws -> (households: Int64, affiliated: Int64) {
        var total: (households: Int64, affiliated: Int64) = (0, 0)
        var after: Int64 = -1
        let sequence = try await call.transaction.queryOne(FindSequencedCycle(cycleId: cycleId)).map {
            SequencedCycle(cycleId: cycleId, previousCycleId: $0)
        }
        while true {
            let statement = NextHouseholds(after: after, limit: Self.householdsPerChunk)
            guard let until = try await call.transaction.queryOne(statement), let until else { return total }
            let chunk = try await AffiliationChunk.read(
                call.transaction, range: (after + 1)...until, eligibility: eligibility, firstDay: firstDay,
                sequence: sequence)
            try await chunk.store(call.transaction, cycleId: cycleId)
            total.households += Int64(chunk.rows.count)
            total.affiliated += chunk.affiliated
            after = until
            try await stream.send(.init(households: total.households, affiliated: total.affiliated))
        }
    }
}
