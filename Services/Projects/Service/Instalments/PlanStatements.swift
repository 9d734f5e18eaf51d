import Postgres
import ProjectsDomain

/// How the country says which lines pay a programme, besides programme, year, currency and territory; empty: any.
struct LineRule: Sendable {
    var fund = ""
    var ministry = ""
}

/// The rule for a programme.
struct FindLineRule: Statement {
    static let sql = """
        SELECT coalesce(country.definition #>> '{budgetLine,fund}', ''),
            CASE WHEN (country.definition #>> '{budgetLine,ownMinistry}')::boolean
                THEN coalesce(programme.definition ->> 'ministry', '') ELSE '' END
        FROM coordination.country_v1 AS country, coordination.programme_v1 AS programme
        WHERE programme.programme = $1 AND programme.in_force
        """
    let programme: String
    func bind(into parameters: inout Parameters) { parameters.add(programme) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> LineRule {
        LineRule(fund: try row.string(0), ministry: try row.string(1))
    }
}

/// A project that has not had the instalment yet, with the budget lines of its department that fit.
struct RollRow: Sendable {
    let project: String
    let department: String
    let households: Int64
    let committedMinor: Int64
    /// The lines that fit; the project can be paid when there is one.
    let lines: [String]
    /// Where none fits: those that would, but for their currency.
    let foreignLines: [String]
    let skipsReserved: Bool
    let skipsOrdered: Bool
    /// What the line has available; nil: no limit.
    let availableMinor: Int64?
    let earmark: ProjectEarmark?
}

/// The projects that have not had an instalment, with the lines that fit them by the country's rule.
struct FindRolls: Statement {
    static let sql = """
        WITH earmark AS MATERIALIZED (
            SELECT agreement, line, document_prefix, remaining FROM coordination.agreement_earmark_v1
            WHERE state IN ('active', 'suspended')
        ), budget AS MATERIALIZED (
            SELECT territory_code,
                coalesce(array_agg(line ORDER BY line) FILTER (WHERE currency = $4), '{}') AS lines,
                coalesce(array_agg(line ORDER BY line) FILTER (WHERE currency <> $4), '{}') AS foreign_lines
            FROM coordination.budget_line_v1
            WHERE programme = $1 AND fiscal_year = $2 AND (fund = $5 OR $5 = '') AND (ministry = $6 OR $6 = '')
            GROUP BY territory_code
        )
        SELECT project.project_code, project.department_code, enrolled.households, project.committed_minor,
            coalesce(budget.lines, '{}'), coalesce(budget.foreign_lines, '{}'), coalesce(line.skips_reserved, false),
            coalesce(line.skips_ordered, false), CASE WHEN line.control <> 'none' THEN line.available END,
            earmark.agreement, earmark.remaining
        FROM projects.project AS project
        JOIN (
            SELECT project_code, count(DISTINCT household_id) AS households
            FROM projects.participant WHERE starts_with IS NOT NULL GROUP BY project_code
        ) AS enrolled USING (project_code)
        LEFT JOIN budget ON budget.territory_code = project.department_code
        LEFT JOIN coordination.budget_line_v1 AS line
            ON cardinality(budget.lines) = 1 AND line.line = budget.lines[1]
        LEFT JOIN earmark ON earmark.line = line.line AND starts_with(project.project_code, earmark.document_prefix)
        WHERE project.programme = $1 AND project.instalments_ordered = $3 - 1
        ORDER BY project.project_code
        """
    let key: InstalmentKey
    let currency: String
    let rule: LineRule
    func bind(into parameters: inout Parameters) {
        key.bind(into: &parameters)
        parameters.add(currency)
        parameters.add(rule.fund)
        parameters.add(rule.ministry)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> RollRow {
        let lines = try row.stringArray(4)
        var earmark: ProjectEarmark?
        if let line = lines.first, let agreement = try row.stringOrNil(9) {
            earmark = ProjectEarmark(agreement: agreement, line: line, leftMinor: try row.int64(10))
        }
        return RollRow(
            project: try row.string(0), department: try row.string(1), households: try row.int64(2),
            committedMinor: try row.int64(3), lines: lines, foreignLines: try row.stringArray(5),
            skipsReserved: try row.bool(6), skipsOrdered: try row.bool(7), availableMinor: try row.int64OrNil(8),
            earmark: earmark)
    }
}

struct FindModuleCounts: Statement {
    static let sql = """
        SELECT participant.project_code, participant.module_code, count(*)
        FROM projects.participant AS participant
        JOIN projects.project AS project USING (project_code)
        WHERE project.programme = $1 AND project.instalments_ordered = $2 - 1 AND participant.starts_with IS NOT NULL
        GROUP BY 1, 2 ORDER BY 1, 2
        """
    let programme: String
    let instalment: Int32
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(instalment)
    }
    static func decode(
        _ row: borrowing RowReader
    ) throws(PostgresError) -> (project: String, count: ProjectRoll.ModuleCount) {
        (try row.string(0), .init(module: try row.string(1), households: try row.int64(2)))
    }
}

/// What keeps an instalment from being asked for, in one territory.
struct PlanObstacle: Sendable {
    var territory: String
    var obstacle: String
    var candidates: [String]
    var amountMinor: Int64
}

struct ForgetObstacles: Statement {
    typealias Row = Never
    static let sql = """
        DELETE FROM projects.instalment_obstacle WHERE programme = $1 AND fiscal_year = $2 AND instalment = $3
        """
    let key: InstalmentKey
    func bind(into parameters: inout Parameters) { key.bind(into: &parameters) }
}

struct StoreObstacle: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO projects.instalment_obstacle (
            programme, fiscal_year, instalment, territory_code, obstacle, candidates, amount_minor)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """
    let key: InstalmentKey
    let found: PlanObstacle
    func bind(into parameters: inout Parameters) {
        key.bind(into: &parameters)
        parameters.add(found.territory)
        parameters.add(found.obstacle)
        parameters.add(found.candidates)
        parameters.add(found.amountMinor)
    }
}

struct ListObstacles: Statement {
    static let sql = """
        SELECT territory_code, obstacle, candidates, amount_minor FROM projects.instalment_obstacle
        WHERE programme = $1 AND fiscal_year = $2 AND instalment = $3 ORDER BY territory_code
        """
    let key: InstalmentKey
    func bind(into parameters: inout Parameters) { key.bind(into: &parameters) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> PlanObstacle {
        PlanObstacle(
            territory: try row.string(0), obstacle: try row.string(1), candidates: try row.stringArray(2),
            amountMinor: try row.int64(3))
    }
}

struct StorePlan: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO projects.instalment_project (
            programme, fiscal_year, instalment, attempt, project_code, line, households, committed_minor, ordered_minor)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """
    let key: InstalmentKey
    let attempt: Int32
    let plan: InstalmentPlan
    let line: String
    func bind(into parameters: inout Parameters) {
        key.bind(into: &parameters)
        parameters.add(attempt)
        parameters.add(plan.project)
        parameters.add(line)
        parameters.add(plan.households)
        parameters.add(plan.commitMinor)
        parameters.add(plan.orderMinor)
    }
}

struct StoreOrder: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO projects.instalment_order (
            programme, fiscal_year, instalment, attempt, project_code, module_code, quantity, unit_minor, amount_minor)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """
    let key: InstalmentKey
    let attempt: Int32
    let project: String
    let order: PurchaseOrder
    func bind(into parameters: inout Parameters) {
        key.bind(into: &parameters)
        parameters.add(attempt)
        parameters.add(project)
        parameters.add(order.module)
        parameters.add(order.quantity)
        parameters.add(order.unitMinor)
        parameters.add(order.amountMinor)
    }
}

/// Counts what the ledger has posted of an attempt.
struct MarkProjectsOrdered: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE projects.project AS project
        SET committed_minor = project.committed_minor + part.committed_minor,
            ordered_minor = project.ordered_minor + part.ordered_minor, instalments_ordered = part.instalment
        FROM projects.instalment_project AS part
        WHERE part.programme = $1 AND part.fiscal_year = $2 AND part.instalment = $3 AND part.attempt = $4
            AND part.posted_at IS NULL AND project.project_code = part.project_code
        """
    let key: InstalmentKey
    let attempt: Int32
    func bind(into parameters: inout Parameters) {
        key.bind(into: &parameters)
        parameters.add(attempt)
    }
}

/// Makes the purchase orders that the ledger has posted.
struct MakePurchaseOrders: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO projects.purchase_order (
            purchase_order_id, project_code, instalment, module_code, quantity, unit_minor, amount_minor)
        SELECT project_code || '/' || instalment || '/' || module_code, project_code, instalment, module_code, quantity,
            unit_minor, amount_minor
        FROM projects.instalment_order
        WHERE programme = $1 AND fiscal_year = $2 AND instalment = $3 AND attempt = $4
        """
    let key: InstalmentKey
    let attempt: Int32
    func bind(into parameters: inout Parameters) {
        key.bind(into: &parameters)
        parameters.add(attempt)
    }
}

/// Says that the ledger has posted an attempt.
struct MarkPlanPosted: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE projects.instalment_project SET posted_at = now()
        WHERE programme = $1 AND fiscal_year = $2 AND instalment = $3 AND attempt = $4 AND posted_at IS NULL
        """
    let key: InstalmentKey
    let attempt: Int32
    func bind(into parameters: inout Parameters) {
        key.bind(into: &parameters)
        parameters.add(attempt)
    }
}
