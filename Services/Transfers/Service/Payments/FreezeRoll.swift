import Contracts
import Postgres
import TransfersDomain

/// Copies the roll of a run: affiliated households with their accounts, those whom a sanction suspends marked, and the members
/// whom a rule can concern.
///
/// One statement, so that both tables come from one instant: a person who moves to another household meanwhile is in one
/// of them, not in both. Everything after this reads the copy.
struct FreezeRoll: Statement {
    typealias Row = Never
    static let sql = """
        WITH paying AS (
            -- Whom another run of the cycle pays: not one that was taken back and decides nothing any more.
            SELECT made.household_id FROM transfers.payment_order AS made JOIN transfers.payment_run AS run USING (run_number)
            WHERE $4 AND made.cycle_id = $2 AND (run.kind <> 'main' OR run.state <> 'withdrawn')
        ), households AS (
            INSERT INTO transfers.roll_household (
                household_id, run_number, territory_code, department_code, holder_person_id, holder_name, bank_bic,
                account_number, suspended)
            SELECT household.household_id, $1, household.territory_code, household.department_code,
                payee.holder_person_id, payee.holder_name, payee.bank_bic, payee.account_number,
                affiliated.sanction = 2
            FROM transfers.affiliation AS affiliated
            JOIN coordination.household_v1 AS household USING (household_id)
            LEFT JOIN coordination.payee_v1 AS payee USING (household_id)
            WHERE affiliated.cycle_id = $2 AND (affiliated.refusals = 0 OR affiliated.kept_by IS NOT NULL)
                AND (NOT $4 OR affiliated.household_id NOT IN (SELECT household_id FROM paying))
            ORDER BY household.household_id
        )
        INSERT INTO transfers.roll_member (household_id, run_number, person_id, birth_date, pregnant)
        SELECT member.household_id, $1, member.person_id, member.birth_date, member.pregnant
        FROM transfers.affiliation AS affiliated
        JOIN coordination.member_v1 AS member USING (household_id)
        WHERE affiliated.cycle_id = $2 AND (affiliated.refusals = 0 OR affiliated.kept_by IS NOT NULL)
            AND (member.pregnant OR member.birth_date >= coalesce($3, '-infinity'::date))
            AND (NOT $4 OR affiliated.household_id NOT IN (SELECT household_id FROM paying))
        ORDER BY member.household_id, member.person_id
        """
    var runNumber: Int32
    var cycleId: Int32
    /// Members born earlier concern no rule unless pregnant; nil: everybody may.
    var bornFrom: Int32?
    /// Leaves out households that another run of the cycle pays.
    var isRest: Bool
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(cycleId)
        parameters.add(date: bornFrom)
        parameters.add(isRest)
    }
}

/// Gathers statistics on the fresh roll, so that the chunks are planned with them.
struct AnalyzeRoll: Statement {
    typealias Row = Bool
    static let sql = "SELECT transfers.analyze_roll() IS NULL"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { true }
}
