import Contracts
import Postgres
import ReportingDomain

/// A cycle with its last main payment run, and the fiscal year that pays it: the run's own.
struct FoundCycle: Sendable {
    let firstDay: String
    let lastDay: String
    let ruleVersion: Int32
    let fiscalYear: Int32
    let runState: String
    let currency: String?
    let readAt: String
    let overlap: OverlapFigures?
    let overlapExceptions: Int64
}

struct FindCycle: Statement {
    static let sql = """
        SELECT cycle.first_day::text, cycle.last_day::text, cycle.rule_version,
            coalesce(run.fiscal_year, extract(year FROM cycle.last_day)::integer), coalesce(run.state, ''), run.currency,
            to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"'),
            (SELECT count(*) FROM transfers.cycle_v1 AS other
                WHERE other.programme = cycle.programme AND other.overlap_exception IS NOT NULL),
            leave.exception_number, leave.others, cycle.shared_days, leave.reason, leave.requested_by, leave.signed_by
        FROM transfers.cycle_v1 AS cycle
        LEFT JOIN transfers.overlap_exception_v1 AS leave ON leave.exception_number = cycle.overlap_exception
        LEFT JOIN LATERAL (
            SELECT run.state, run.currency, run.fiscal_year FROM transfers.payment_run_v1 AS run
            WHERE run.programme = cycle.programme AND run.cycle = cycle.cycle AND run.kind IN ('main', 'recovered')
            ORDER BY run.state = 'withdrawn', run.sequence DESC LIMIT 1
        ) AS run ON true
        WHERE cycle.programme = $1 AND cycle.cycle = $2
        """
    let programme: String
    let cycle: String
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(cycle)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> FoundCycle {
        var overlap: OverlapFigures?
        if let number = try row.int32OrNil(8) {
            overlap = OverlapFigures(
                number: number, others: try row.stringArray(9), sharedDays: try row.int32(10),
                reason: try row.string(11), requestedBy: try row.string(12), signedBy: try row.string(13))
        }
        return FoundCycle(
            firstDay: try row.string(0), lastDay: try row.string(1), ruleVersion: try row.int32(2),
            fiscalYear: try row.int32(3), runState: try row.string(4), currency: try row.stringOrNil(5),
            readAt: try row.string(6), overlap: overlap, overlapExceptions: try row.int64(7))
    }
}

struct FindProgramme: Statement {
    static let sql = "SELECT definition FROM coordination.programme_v1 WHERE programme = $1 AND in_force"
    let programme: String
    func bind(into parameters: inout Parameters) { parameters.add(programme) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [UInt8] { try row.json(0) }
}

struct FindCountry: Statement {
    static let sql = "SELECT definition FROM coordination.country_v1"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [UInt8] { try row.json(0) }
}

/// All of the cycle's figures by department, in one pass over its roll. Departments are there also when nobody is on the
/// roll but projects have participants, or sanctions keep households off it.
struct FindDepartmentFigures: Statement {
    static let sql = """
        WITH participant AS MATERIALIZED (
            SELECT DISTINCT household_id FROM projects.participant_v1
        ), roll AS (
            SELECT roll.department_code,
                count(*) FILTER (WHERE roll.affiliated) AS affiliated,
                count(*) FILTER (WHERE roll.verified) AS verified,
                count(*) FILTER (WHERE roll.entitled_minor > 0) AS entitled,
                sum(roll.entitled_minor) AS entitled_minor,
                count(roll.order_state) AS ordered,
                sum(roll.entitled_minor) FILTER (WHERE roll.order_state IS NOT NULL) AS ordered_minor,
                count(*) FILTER (WHERE roll.order_state = 'paid') AS paid,
                sum(roll.paid_minor) AS paid_minor,
                count(*) FILTER (WHERE roll.order_state = 'rejected') AS rejected,
                sum(roll.entitled_minor) FILTER (WHERE roll.order_state = 'rejected') AS rejected_minor,
                count(*) FILTER (WHERE roll.order_state = 'returned') AS returned,
                sum(roll.entitled_minor) FILTER (WHERE roll.order_state = 'returned') AS returned_minor,
                count(*) FILTER (WHERE roll.order_state NOT IN ('paid', 'rejected', 'returned')) AS waiting,
                sum(roll.entitled_minor) FILTER (
                    WHERE roll.order_state NOT IN ('paid', 'rejected', 'returned')) AS waiting_minor,
                count(participant.household_id) AS in_both,
                count(*) FILTER (WHERE roll.suspended) AS suspended
            FROM transfers.cycle_household_v1 AS roll
            LEFT JOIN participant USING (household_id)
            WHERE roll.programme = $1 AND roll.cycle = $2
            GROUP BY roll.department_code
        ), productive AS (
            SELECT household.department_code, count(*) AS in_projects
            FROM participant JOIN coordination.household_v1 AS household USING (household_id)
            GROUP BY household.department_code
        ), left_by_sanction AS (
            SELECT household.department_code, count(*) AS exited
            FROM transfers.sanction_v1 AS sanctioned
            JOIN coordination.household_v1 AS household USING (household_id)
            WHERE sanctioned.programme = $1 AND sanctioned.cycle = $2 AND sanctioned.sanction = 'exit'
            GROUP BY household.department_code
        )
        SELECT department.territory_code, department.name, coalesce(roll.affiliated, 0), coalesce(roll.verified, 0),
            coalesce(roll.entitled, 0), coalesce(roll.entitled_minor, 0),
            coalesce(roll.ordered, 0), coalesce(roll.ordered_minor, 0),
            coalesce(roll.paid, 0), coalesce(roll.paid_minor, 0),
            coalesce(roll.rejected, 0), coalesce(roll.rejected_minor, 0),
            coalesce(roll.returned, 0), coalesce(roll.returned_minor, 0),
            coalesce(roll.waiting, 0), coalesce(roll.waiting_minor, 0),
            coalesce(productive.in_projects, 0), coalesce(roll.in_both, 0),
            coalesce(roll.suspended, 0), coalesce(left_by_sanction.exited, 0)
        FROM coordination.territory_v1 AS department
        LEFT JOIN roll ON roll.department_code = department.territory_code
        LEFT JOIN productive ON productive.department_code = department.territory_code
        LEFT JOIN left_by_sanction ON left_by_sanction.department_code = department.territory_code
        WHERE department.level = coordination.budget_level()
            AND coalesce(roll.department_code, productive.department_code, left_by_sanction.department_code) IS NOT NULL
        ORDER BY department.territory_code
        """
    let programme: String
    let cycle: String
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(cycle)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> DepartmentFigures {
        func tally(_ column: Int, _ row: borrowing RowReader) throws(PostgresError) -> Tally {
            Tally(households: try row.int64(column), minor: try row.int64(column + 1))
        }
        var figures = CycleFigures()
        figures.affiliated = try row.int64(2)
        figures.verified = try row.int64(3)
        figures.entitled = try tally(4, row)
        figures.ordered = try tally(6, row)
        figures.paid = try tally(8, row)
        figures.rejected = try tally(10, row)
        figures.returned = try tally(12, row)
        figures.waiting = try tally(14, row)
        figures.inProjects = try row.int64(16)
        figures.inBoth = try row.int64(17)
        figures.suspended = try row.int64(18)
        figures.exited = try row.int64(19)
        return DepartmentFigures(code: try row.string(0), name: try row.string(1), figures: figures)
    }
}

/// The year's budget by programme and department.
struct FindBudgets: Statement {
    static let sql = """
        SELECT line.programme, coalesce(programme.definition ->> 'name', line.programme),
            coalesce(territory.department_code, line.territory_code),
            sum(line.appropriated), sum(line.reserved), sum(line.committed), sum(line.accrued), sum(line.ordered),
            sum(line.paid)
        FROM coordination.budget_line_v1 AS line
        LEFT JOIN coordination.programme_v1 AS programme ON programme.programme = line.programme AND programme.in_force
        LEFT JOIN coordination.territory_v1 AS territory ON territory.territory_code = line.territory_code
        WHERE line.fiscal_year = $1 AND line.currency = $2
        GROUP BY 1, 2, 3 ORDER BY 1, 3
        """
    let fiscalYear: Int32
    let currency: String
    func bind(into parameters: inout Parameters) {
        parameters.add(fiscalYear)
        parameters.add(currency)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> BudgetFigures {
        var stages = BudgetStages()
        stages.appropriated = try row.int64(3)
        stages.reserved = try row.int64(4)
        stages.committed = try row.int64(5)
        stages.accrued = try row.int64(6)
        stages.ordered = try row.int64(7)
        stages.paid = try row.int64(8)
        return BudgetFigures(
            programme: try row.string(0), programmeName: try row.string(1), departmentCode: try row.string(2),
            stages: stages)
    }
}
