import Contracts
import Postgres
import Queue
import TransfersDomain
import Vocabulary

/// Starts the run of a cycle, or says which run there is already, or what keeps it from being started.
struct StartRun: Handler {
    static let method = TransfersV1.Payments.run

    let environment: TransfersEnvironment

    func handle(_ request: TransfersV1.RunRequest, _ call: borrowing CallContext) async throws -> TransfersV1.RunReply {
        guard let payOn = CalendarDate(iso8601: request.payOn) else {
            throw RPCError.invalidArgument("pay_on: write the day on which the bank shall pay as YYYY-MM-DD.")
        }
        let statement = LockCycle(programme: request.programme, cycle: request.cycle)
        guard let cycle = try await call.transaction.queryOne(statement) else {
            throw RPCError.notFound("No cycle \(request.cycle) of programme \(request.programme) is open.")
        }
        let kind = request.supplementary ? "supplementary" : "main"
        let latest = try await call.transaction.queryOne(
            FindLatestRunOfKind(programme: request.programme, cycle: request.cycle, kind: kind))
        // A run that paid nobody, or was taken back, may be followed by another; so may one that paid what was open again.
        let isOver = request.supplementary ? latest?.state == .sent || latest?.state == .closed : false
        if let latest, latest.state != .empty, latest.state != .withdrawn, !isOver {
            guard latest.payOn == payOn else {
                throw RPCError.failedPrecondition(
                    "The cycle's run pays on \(latest.payOn), not on \(payOn). It is \(latest.state.rawValue).")
            }
            return TransfersV1.RunReply(
                runId: latest.id, status: try await RunStatusReading.read(latest, call.transaction))
        }
        let hasSentRun = try await call.transaction.queryOne(HasSentRun(cycleId: cycle.cycleId)) == true
        // The first run of a cycle may write a forgotten file again; nothing is added to it while there is one.
        if request.supplementary || hasSentRun { try await refuseBesideForgotten(cycle, call.transaction) }
        if request.supplementary {
            try await SupplementaryRun.check(cycleId: cycle.cycleId, hasSentRun: hasSentRun, call.transaction)
        }
        let definition = try CoordinationV1.ProgrammeDefinition(json: cycle.rules)
        let rules = try FrozenRules.rules(of: definition)
        let rule = try await CountryRule.read(call.transaction)
        guard let lastDay = CalendarDate(daysSinceEpoch2000: cycle.lastDay) else {
            throw RPCError.internal("The cycle has no last day.")
        }
        let fiscalYear = Int32(rule.fiscalYear.year(paidOn: payOn, lastDay: lastDay))
        let checks = RunChecks(
            cycleId: cycle.cycleId, programme: request.programme, cycle: request.cycle, payOn: payOn,
            fiscalYear: fiscalYear, definition: definition, isSupplementary: request.supplementary)
        let findings = Self.signed(
            try await checks.findings(call.transaction), request.accepted, by: call.info.caller)
        guard findings.allSatisfy({ $0.weight == .note || $0.weight == .odd && !$0.reason.isEmpty }) else {
            return TransfersV1.RunReply(status: .init(currency: rules.currency), findings: findings)
        }
        let runId = try await call.transaction.queryOne(
            InsertRun(
                callId: call.info.id, cycleId: cycle.cycleId, kind: kind, payOn: payOn, fiscalYear: fiscalYear,
                currency: rules.currency,
                accepted: findings.filter { $0.weight == .odd }.map {
                    AcceptedFinding(code: $0.code, figures: $0.kept.json(), reason: $0.reason)
                }))
        guard let runId, let run = try await call.transaction.queryOne(FindRun(runId: runId)) else {
            throw RPCError.internal("The run could not be stored.")
        }
        try await RunMovement.send(.freeze, of: run, chunks: [0], call)
        return TransfersV1.RunReply(
            runId: run.id, status: try await RunStatusReading.read(run, call.transaction), findings: findings)
    }

    /// While the outbox has a file of the cycle that the database has forgotten, what it pays is not open: it is taken up first.
    private func refuseBesideForgotten(_ cycle: LockCycle.Row, _ transaction: borrowing Transaction) async throws {
        let outbox = try await OutboxState.read(environment.outboxDirectory, transaction)
        let names = outbox.forgotten(key: cycle.paymentKey).map(\.name)
        guard names.isEmpty else { throw OutboxState.refusal(names) }
    }

    /// The findings, with the reasons that the person gave for those that are odd.
    private static func signed(
        _ findings: [TransfersV1.RunFinding], _ accepted: [TransfersV1.AcceptedOddity], by person: String
    ) -> [TransfersV1.RunFinding] {
        findings.map { finding in
            guard finding.weight == .odd,
                let reason = accepted.first(where: { $0.code == finding.code })?.reason.trimmingBlanks,
                !reason.isEmpty, reason.unicodeScalars.count <= 500
            else { return finding }
            var signed = finding
            signed.reason = reason
            signed.signedBy = person
            return signed
        }
    }
}
