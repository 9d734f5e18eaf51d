import Postgres
import TransfersDomain
import Vocabulary

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
