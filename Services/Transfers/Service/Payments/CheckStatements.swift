import Contracts
import Postgres
import TransfersDomain
import Vocabulary

/// The country's day.
struct FindCivilDay: Statement {
    static let sql = "SELECT coordination.civil_day()"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> CalendarDate {
        guard let day = CalendarDate(daysSinceEpoch2000: try row.date(0)) else {
            throw PostgresError(decoding: "the civil day is no day of a calendar")
        }
        return day
    }
}

/// The main run that paid the programme's cycle before another.
struct PreviousRun: Sendable {
    var runNumber: Int32
    var cycle: String
}

/// The run that a cycle's run follows.
struct FindPreviousRunOf: Statement {
    static let sql = """
        SELECT earlier.run_number, before.code
        FROM transfers.cycle AS present
        JOIN transfers.cycle AS before ON before.programme = present.programme AND before.last_day < present.last_day
        JOIN transfers.payment_run AS earlier ON earlier.cycle_id = before.cycle_id
        WHERE present.cycle_id = $1 AND earlier.kind = 'main' AND earlier.state IN ('sent', 'closed')
        ORDER BY before.last_day DESC, earlier.sequence DESC LIMIT 1
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> PreviousRun {
        PreviousRun(runNumber: try row.int32(0), cycle: try row.string(1))
    }
}

/// The affiliated households of a cycle, and those of them about whom anything was reported of the days that it counts.
struct CountEvidence: Statement {
    typealias Row = EvidenceShare
    static let sql = """
        WITH counted AS (
            SELECT lower(range_merge(counted_days)) AS first_day, upper(range_merge(counted_days)) AS end_day
            FROM transfers.cycle WHERE cycle_id = $1
        ), reported AS (
            SELECT household_id FROM transfers.attendance, counted
            WHERE month >= date_trunc('month', first_day::timestamp)::date AND month < end_day
            UNION
            SELECT household_id FROM transfers.health_check, counted
            WHERE checked_on >= first_day AND checked_on < end_day
        )
        SELECT count(reported.household_id), count(*)
        FROM transfers.affiliation AS affiliated LEFT JOIN reported USING (household_id)
        WHERE affiliated.cycle_id = $1 AND (affiliated.refusals = 0 OR affiliated.kept_by IS NOT NULL)
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> EvidenceShare {
        EvidenceShare(households: try row.int64(0), affiliated: try row.int64(1))
    }
}

/// The same of a run that has decided.
struct CountRollEvidence: Statement {
    typealias Row = EvidenceShare
    static let sql = """
        SELECT (SELECT count(DISTINCT household_id) FROM transfers.roll_evidence WHERE run_number = $1),
            (SELECT households FROM transfers.payment_run WHERE run_number = $1)
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> EvidenceShare {
        EvidenceShare(households: try row.int64(0), affiliated: try row.int64(1))
    }
}

/// Households that something is found about, and the first of them.
struct HouseholdsFound: Sendable {
    var households: Int64
    var examples: [String]

    init(_ row: borrowing RowReader) throws(PostgresError) {
        households = try row.int64(0)
        examples = try row.stringArray(1)
    }
}

/// Affiliated households whose account is another than the one that a run has paid to. Numbers of households only: account
/// numbers are nobody's business here.
struct CountChangedAccounts: Statement {
    typealias Row = HouseholdsFound
    static let sql = """
        SELECT count(*), coalesce((array_agg(household_id::text ORDER BY household_id))[1:20], '{}')
        FROM (
            SELECT paid.household_id
            FROM transfers.household_outcome AS paid
            JOIN transfers.roll_household AS before USING (household_id, run_number)
            JOIN transfers.affiliation AS affiliated ON affiliated.household_id = paid.household_id
            JOIN coordination.payee_v1 AS payee ON payee.household_id = paid.household_id
            WHERE paid.run_number = $2 AND paid.outcome = 1 AND affiliated.cycle_id = $1
                AND (payee.account_number, payee.bank_bic) IS DISTINCT FROM (before.account_number, before.bank_bic)
        ) AS changed
        """
    var cycleId: Int32
    var previous: Int32
    func bind(into parameters: inout Parameters) {
        parameters.add(cycleId)
        parameters.add(previous)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> HouseholdsFound { try HouseholdsFound(row) }
}

/// Affiliated households with an account that the writer of bank files refuses: the rules of `PaymentInitiationWriter`, as
/// patterns.
struct CountUnwritablePayees: Statement {
    typealias Row = HouseholdsFound
    static let sql = """
        SELECT count(*), coalesce((array_agg(household_id::text ORDER BY household_id))[1:20], '{}')
        FROM (
            SELECT payee.household_id
            FROM transfers.affiliation AS affiliated JOIN coordination.payee_v1 AS payee USING (household_id)
            WHERE affiliated.cycle_id = $1 AND payee.account_number IS NOT NULL
                AND NOT (
                    payee.account_number COLLATE "C" ~ '^[!-~]{1,34}$'
                    AND payee.bank_bic COLLATE "C" ~ '^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$')
        ) AS refused
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> HouseholdsFound { try HouseholdsFound(row) }
}

/// Departments of affiliated households that no line can pay, or several.
struct ListUnfitDepartments: Statement {
    struct Row: Sendable {
        var department: String
        var obstacle: String
        var candidates: [String]
    }
    static let sql = """
        SELECT department_code,
            CASE WHEN cardinality(lines) > 1 THEN 'several_lines' WHEN cardinality(foreign_lines) > 0 THEN 'other_currency'
                ELSE 'no_line' END,
            CASE WHEN cardinality(lines) > 1 THEN lines ELSE foreign_lines END
        FROM (
            SELECT living.department_code,
                coalesce(array_agg(budget.line ORDER BY budget.line) FILTER (WHERE budget.currency = $4), '{}') AS lines,
                coalesce(array_agg(budget.line ORDER BY budget.line) FILTER (WHERE budget.currency <> $4), '{}') AS foreign_lines
            FROM (
                SELECT DISTINCT household.department_code
                FROM transfers.affiliation AS affiliated JOIN coordination.household_v1 AS household USING (household_id)
                WHERE affiliated.cycle_id = $1 AND (affiliated.refusals = 0 OR affiliated.kept_by IS NOT NULL)
            ) AS living
            LEFT JOIN coordination.budget_line_v1 AS budget
                ON budget.territory_code = living.department_code AND budget.programme = $2 AND budget.fiscal_year = $3
                AND (budget.fund = $5 OR $5 = '') AND (budget.ministry = $6 OR $6 = '')
            GROUP BY living.department_code
        ) AS found
        WHERE cardinality(lines) <> 1 ORDER BY department_code
        """
    var cycleId: Int32
    var dimensions: LineDimensions
    func bind(into parameters: inout Parameters) {
        parameters.add(cycleId)
        parameters.add(dimensions.programme)
        parameters.add(dimensions.fiscalYear)
        parameters.add(dimensions.currency)
        parameters.add(dimensions.fund)
        parameters.add(dimensions.ministry)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(department: try row.string(0), obstacle: try row.string(1), candidates: try row.stringArray(2))
    }
}
