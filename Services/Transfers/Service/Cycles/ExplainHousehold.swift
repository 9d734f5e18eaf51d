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
        var decisions = [affiliation.decision(rules.eligibility, firstDay: days.firstDay, cycle.ruleVersion)]
        let run = try await call.transaction.queryOne(
            FindLatestRun(programme: request.programme, cycle: request.cycle))
        if let run {
            let replay = try await HouseholdReplay.read(
                call.transaction, run: run, householdId: request.householdId, rules: rules, days: days)
            decisions += try replay.decisions(cycle.ruleVersion)
            decisions += try await call.transaction.query(
                FindOrder(cycleId: cycle.cycleId, householdId: request.householdId)
            ).map { $0.decision(run, cycle.ruleVersion) }
            decisions += try await call.transaction.query(
                ListBankDecisions(cycleId: cycle.cycleId, householdId: request.householdId))
        }
        return TransfersV1.ExplainReply(decisions: decisions)
    }
}

/// The decision on affiliation with its facts.
struct StoredAffiliation: Sendable {
    var refusals: Refusals
    var facts: HouseholdFacts
    /// The agreement and its version by which the household stays affiliated.
    var keptBy: String?

    /// As the contract writes it.
    func decision(
        _ eligibility: EligibilityRule, firstDay: CalendarDate, _ ruleVersion: Int32
    ) -> TransfersV1.Decision {
        let again = eligibility.refusals(of: facts, on: firstDay)
        let rate = facts.territoryPovertyHundredths.map { "\($0) hundredths of a percent" } ?? "unknown"
        return TransfersV1.Decision(
            kind: "affiliation",
            outcome: refusals.isEmpty ? "eligible" : keptBy == nil ? "not_eligible" : "kept",
            reasons: eligibility.sentences(for: refusals)
                + (keptBy.map {
                    [
                        "Stays affiliated by the agreement \($0): its transfer does not end before its productive project"
                            + " has started."
                    ]
                } ?? []), ruleVersion: ruleVersion,
            evidence: "Class \(facts.povertyClass.name); resident since \(facts.residenceSince);"
                + " youngest member born \(facts.youngestBirth.map(\.description) ?? "unknown");"
                + " pregnant member: \(facts.anyPregnant ? "yes" : "no"); territory's poverty rate: \(rate)."
                + Replay.sentence(equal: again == refusals))
    }
}

/// The decision on affiliation of one household.
struct FindAffiliation: Statement {
    typealias Row = StoredAffiliation
    static let sql = """
        SELECT refusals, poverty_class, residence_since, youngest_birth, any_pregnant, territory_poverty_hundredths,
            kept_by
        FROM transfers.affiliation WHERE household_id = $1 AND cycle_id = $2
        """
    var cycleId: Int32
    var householdId: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(householdId)
        parameters.add(cycleId)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> StoredAffiliation {
        guard let povertyClass = PovertyClass(rawValue: try row.int16(1)) else {
            throw PostgresError(decoding: "affiliation.poverty_class is unknown")
        }
        return StoredAffiliation(
            refusals: Refusals(rawValue: try row.int32(0)),
            facts: HouseholdFacts(
                povertyClass: povertyClass, residenceSince: try CalendarDate(stored: try row.date(2)),
                youngestBirth: try CalendarDate(stored: try row.dateOrNil(3)),
                anyPregnant: try row.bool(4), territoryPovertyHundredths: try row.int32OrNil(5)),
            keptBy: try row.stringOrNil(6))
    }
}

/// The order of one household in a cycle.
struct FindOrder: Statement {
    struct Row: Sendable {
        var amountMinor: Int64
        var endToEndId: String
        var uetr: String
        var state: String

        /// As the contract writes it.
        func decision(_ run: PaymentRun, _ ruleVersion: Int32) -> TransfersV1.Decision {
            let isSent = state == PaymentOrderState.ordered.rawValue && (run.state == .sent || run.state == .closed)
            return TransfersV1.Decision(
                kind: "order", outcome: isSent ? PaymentOrderState.sent.rawValue : state,
                reasons: ["Ordered by run \(run.shortCode), approved by \(run.approvedBy ?? "nobody")."],
                ruleVersion: ruleVersion, amountMinor: amountMinor,
                evidence: "EndToEndId \(endToEndId); UETR \(uetr).")
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

/// What is said about a decision that was made again.
enum Replay {
    /// The sentence.
    static func sentence(equal: Bool) -> String {
        equal
            ? " The frozen rules give the same again."
            : " The frozen rules do NOT give the same again: the stored decision was changed, or the rules were."
    }
}
