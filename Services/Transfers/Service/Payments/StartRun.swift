import Contracts
import Postgres
import Queue
import TransfersDomain
import Vocabulary

/// Starts the run of a cycle, or says which run there is already, or what keeps it from being started.
struct StartRun: Handler {
    static let method = TransfersV1.Payments.run

    func handle(_ request: TransfersV1.RunRequest, _ call: borrowing CallContext) async throws -> TransfersV1.RunReply {
        guard let payOn = CalendarDate(iso8601: request.payOn) else {
            throw RPCError.invalidArgument("pay_on: write the day on which the bank shall pay as YYYY-MM-DD.")
        }
        let statement = LockCycle(programme: request.programme, cycle: request.cycle)
        guard let cycle = try await call.transaction.queryOne(statement) else {
            throw RPCError.notFound("No cycle \(request.cycle) of programme \(request.programme) is open.")
        }
        let latest = try await call.transaction.queryOne(
            FindLatestRun(programme: request.programme, cycle: request.cycle))
        // A run that paid nobody, or was taken back, may be followed by another.
        if let latest, latest.state != .empty, latest.state != .withdrawn {
            guard latest.payOn == payOn else {
                throw RPCError.failedPrecondition(
                    "The cycle's run pays on \(latest.payOn), not on \(payOn). It is \(latest.state.rawValue).")
            }
            return TransfersV1.RunReply(
                runId: latest.id, status: try await RunStatusReading.read(latest, call.transaction))
        }
        let definition = try CoordinationV1.ProgrammeDefinition(json: cycle.rules)
        let rules = try FrozenRules.rules(of: definition)
        let charge = try await call.transaction.queryOne(FindCountryRule())?.charge ?? .byPayDay
        guard let lastDay = CalendarDate(daysSinceEpoch2000: cycle.lastDay) else {
            throw RPCError.internal("The cycle has no last day.")
        }
        let runId = try await call.transaction.queryOne(
            InsertRun(
                callId: call.info.id, cycleId: cycle.cycleId, kind: "main", payOn: payOn,
                fiscalYear: charge.year(payOn: payOn, lastDay: lastDay), currency: rules.currency))
        guard let runId, let run = try await call.transaction.queryOne(FindRun(runId: runId)) else {
            throw RPCError.internal("The run could not be stored.")
        }
        try await RunMovement.send(.freeze, of: run, chunks: [0], call)
        return TransfersV1.RunReply(runId: run.id, status: try await RunStatusReading.read(run, call.transaction))
    }
}

extension CountryRule {
    /// How a cycle is charged to a fiscal year.
    var charge: FiscalYearCharge {
        FiscalYearCharge(
            day: fiscalYearRule == "FISCAL_YEAR_RULE_LAST_DAY" ? .lastDay : .payDay, firstMonth: Int(firstMonth))
    }
}
