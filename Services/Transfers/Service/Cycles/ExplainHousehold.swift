import Contracts
import Postgres
import Queue
import TransfersDomain
import Vocabulary

/// Says why a household was or was not paid in a cycle, and whether the rules give the same again on what was frozen.
struct ExplainHousehold: Handler {
    static let method = TransfersV1.Cycles.explain

    func handle(
        _ request: TransfersV1.ExplainRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.ExplainReply {
        let found = try await call.transaction.queryOne(FindCycle(programme: request.programme, code: request.cycle))
        guard let cycle = found else {
            throw RPCError.notFound("No cycle \(request.cycle) of programme \(request.programme) is open.")
        }
        let rules = try FrozenRules.rules(of: try CoordinationV1.ProgrammeDefinition(json: cycle.rules))
        let days = CycleDays(
            firstDay: try CalendarDate(stored: cycle.firstDay), lastDay: try CalendarDate(stored: cycle.lastDay))
        let statement = FindAffiliation(cycleId: cycle.cycleId, householdId: request.householdId)
        guard let affiliation = try await call.transaction.queryOne(statement) else {
            throw RPCError.notFound("The registry had no such household when the cycle was opened.")
        }
        let counted = try await call.transaction.query(
            ListCountedCycles(cycleId: cycle.cycleId, householdId: request.householdId))
        var decisions = [affiliation.decision(rules, firstDay: days.firstDay, counted, cycle.ruleVersion)]
        let run = try await call.transaction.queryOne(FindDecidingRun(cycleId: cycle.cycleId))
        if let run {
            let replay = try await HouseholdReplay.read(
                call.transaction, run: run, householdId: request.householdId, rules: rules,
                firstDay: days.firstDay)
            decisions += try replay.decisions(cycle.ruleVersion)
            decisions += try await call.transaction.query(
                FindOrder(cycleId: cycle.cycleId, householdId: request.householdId)
            ).map { $0.decision(run, rules.currency, cycle.ruleVersion) }
            decisions += try await call.transaction.query(
                ListBankDecisions(cycleId: cycle.cycleId, householdId: request.householdId))
        }
        return TransfersV1.ExplainReply(decisions: decisions)
    }
}

/// The run whose decisions stand: the first of the cycle that paid somebody or may and was not withdrawn; otherwise the
/// latest.
struct FindDecidingRun: Statement {
    typealias Row = PaymentRun
    static let sql = """
        \(PaymentRun.selection) WHERE run.cycle_id = $1
        ORDER BY run.state IN ('empty', 'withdrawing', 'withdrawn'),
            CASE WHEN run.state IN ('empty', 'withdrawing', 'withdrawn') THEN -run.sequence ELSE run.sequence END
        LIMIT 1
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> PaymentRun { try PaymentRun(row) }
}

/// The order of one household in a cycle.
struct FindOrder: Statement {
    struct Row: Sendable {
        var amountMinor: Int64
        var endToEndId: String
        var uetr: String
        var state: String

        /// As the contract writes it.
        func decision(_ run: PaymentRun, _ currency: String, _ ruleVersion: Int32) -> TransfersV1.Decision {
            let isSent = state == PaymentOrderState.ordered.rawValue && (run.state == .sent || run.state == .closed)
            return TransfersV1.Decision(
                kind: "order", outcome: isSent ? PaymentOrderState.sent.rawValue : state,
                ruleVersion: ruleVersion, amountMinor: amountMinor,
                reasons: [
                    .init(
                        code: "ordered",
                        values: ["run": run.id, "approved_by": run.approvedBy ?? ""])
                ],
                facts: [.init(code: "order", values: ["end_to_end_id": endToEndId, "uetr": uetr])],
                currency: currency)
        }
    }
    static let sql = """
        SELECT amount_minor, end_to_end_id, uetr::text, state FROM transfers.payment_order
        WHERE household_id = $1 AND cycle_id = $2 ORDER BY order_number DESC LIMIT 1
        """
    var cycleId: Int32
    var householdId: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(householdId)
        parameters.add(cycleId)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            amountMinor: try row.int64(0), endToEndId: try row.string(1), uetr: try row.string(2),
            state: try row.string(3))
    }
}
