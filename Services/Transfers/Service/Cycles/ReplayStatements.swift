import Postgres
import TransfersDomain
import Vocabulary

/// What a run stored about one household; no row when it was not on the roll.
struct FindOutcome: Statement {
    typealias Row = HouseholdReplay.StoredOutcome
    static let sql = """
        SELECT roll.account_number IS NOT NULL, roll.suspended, decided.outcome, coalesce(decided.entitled_minor, 0)
        FROM transfers.roll_household AS roll
        LEFT JOIN transfers.household_outcome AS decided USING (household_id, run_number)
        WHERE roll.household_id = $1 AND roll.run_number = $2
        """
    var runNumber: Int32
    var householdId: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(householdId)
        parameters.add(runNumber)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> HouseholdReplay.StoredOutcome {
        HouseholdReplay.StoredOutcome(
            hasAccount: try row.bool(0), suspended: try row.bool(1), outcome: try row.int16OrNil(2),
            entitledMinor: try row.int64(3))
    }
}

/// The verdicts of a run on one household's members.
struct ListVerdicts: Statement {
    typealias Row = HouseholdReplay.StoredVerdict
    static let sql = """
        SELECT person_id, school_level, condition, outcome, reason, measured, possible FROM transfers.verdict
        WHERE household_id = $1 AND run_number = $2 ORDER BY person_id, condition
        """
    var runNumber: Int32
    var householdId: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(householdId)
        parameters.add(runNumber)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> HouseholdReplay.StoredVerdict {
        guard let outcome = VerdictOutcome(rawValue: try row.int16(3)),
            let reason = VerdictReason(rawValue: try row.int16(4))
        else { throw PostgresError(decoding: "verdict.outcome or verdict.reason is unknown") }
        return HouseholdReplay.StoredVerdict(
            personId: try row.int64(0), schoolLevel: try row.int16OrNil(1).flatMap { SchoolLevel(rawValue: $0) },
            verdict: Verdict(
                condition: try row.int16(2), outcome: outcome, reason: reason, measured: try row.int32(5),
                possible: try row.int32(6)))
    }
}

/// The entitlements of one household in a run.
struct ListEntitlements: Statement {
    typealias Row = Entitlement
    static let sql = """
        SELECT component, units, unit_minor, amount_minor FROM transfers.entitlement
        WHERE household_id = $1 AND run_number = $2 ORDER BY component
        """
    var runNumber: Int32
    var householdId: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(householdId)
        parameters.add(runNumber)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Entitlement {
        Entitlement(
            component: try row.int16(0), units: try row.int32(1), unitMinor: try row.int64(2),
            amountMinor: try row.int64(3))
    }
}
