import Contracts
import Postgres
import TransfersDomain
import Vocabulary

/// The decision on affiliation with its facts.
struct StoredAffiliation: Sendable {
    var refusals: Refusals
    var facts: HouseholdFacts
    /// The agreement and its version by which the household stays affiliated.
    var keptBy: String?
    /// Cycles not met before this one, one after the other.
    var consecutiveNotMet: Int32
    /// What followed from them.
    var sanction: Sanction

    /// As the contract writes it, decided again from what was frozen: the criteria from the facts, the sanction from the
    /// outcomes that were counted.
    func decision(
        _ rules: Rules, firstDay: CalendarDate, _ counted: [CountedCycle], _ ruleVersion: Int32
    ) -> TransfersV1.Decision {
        let consecutive = counted.reduce(0) { SanctionLadder.consecutive($0, after: $1.outcome) }
        let sanctionAgain = rules.ladder.sanction(after: consecutive)
        let refusalsAgain = rules.refusals(of: facts, on: firstDay, sanction: sanctionAgain)
        let isSame = consecutive == consecutiveNotMet && sanctionAgain == sanction && refusalsAgain == refusals
        let kept = keptBy.map { [TransfersV1.DecisionReason(code: "kept_by_agreement", values: ["agreement": $0])] }
        return TransfersV1.Decision(
            kind: "affiliation", outcome: refusals.isEmpty ? "eligible" : keptBy == nil ? "not_eligible" : "kept",
            ruleVersion: ruleVersion,
            reasons: TransfersV1.DecisionReason.refusals(refusals, rules.eligibility) + (kept ?? [])
                + TransfersV1.DecisionReason.sanction(self, counted),
            facts: [.facts(facts)], replay: Replay.code(isSame: isSame))
    }
}

/// A cycle that the ladder of sanctions counted for a household, with its outcome there.
struct CountedCycle: Sendable {
    var cycle: String
    var outcome: HouseholdOutcome
}

/// The counted cycles of one household in which it was decided about, in order of time.
struct ListCountedCycles: Statement {
    static let sql = """
        SELECT before.code, decided.outcome
        FROM transfers.cycle AS cycle
        CROSS JOIN unnest(cycle.counted_runs) WITH ORDINALITY AS counted (run_number, position)
        JOIN transfers.payment_run AS run ON run.run_number = counted.run_number
        JOIN transfers.cycle AS before ON before.cycle_id = run.cycle_id
        JOIN transfers.household_outcome AS decided
            ON decided.household_id = $1 AND decided.run_number = counted.run_number
        WHERE cycle.cycle_id = $2 ORDER BY counted.position
        """
    var cycleId: Int32
    var householdId: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(householdId)
        parameters.add(cycleId)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> CountedCycle {
        guard let outcome = HouseholdOutcome(rawValue: try row.int16(1)) else {
            throw PostgresError(decoding: "household_outcome.outcome is unknown")
        }
        return CountedCycle(cycle: try row.string(0), outcome: outcome)
    }
}

/// The decision on affiliation of one household.
struct FindAffiliation: Statement {
    typealias Row = StoredAffiliation
    static let sql = """
        SELECT refusals, poverty_class, residence_since, youngest_birth, any_pregnant, territory_poverty_hundredths,
            kept_by, consecutive_not_met, sanction
        FROM transfers.affiliation WHERE household_id = $1 AND cycle_id = $2
        """
    var cycleId: Int32
    var householdId: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(householdId)
        parameters.add(cycleId)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> StoredAffiliation {
        guard let povertyClass = PovertyClass(rawValue: try row.int16(1)),
            let sanction = Sanction(rawValue: try row.int16(8))
        else { throw PostgresError(decoding: "affiliation.poverty_class or affiliation.sanction is unknown") }
        return StoredAffiliation(
            refusals: Refusals(rawValue: try row.int32(0)),
            facts: HouseholdFacts(
                povertyClass: povertyClass, residenceSince: try CalendarDate(stored: try row.date(2)),
                youngestBirth: try CalendarDate(stored: try row.dateOrNil(3)),
                anyPregnant: try row.bool(4), territoryPovertyHundredths: try row.int32OrNil(5)),
            keptBy: try row.stringOrNil(6), consecutiveNotMet: try row.int32(7), sanction: sanction)
    }
}
