import Postgres
import ProjectsDomain

/// A project that has not had the instalment yet, with the budget line of its department.
struct RollRow: Sendable {
    let project: String
    let department: String
    let households: Int64
    let committedMinor: Int64
    let line: String?
    let lineCurrency: String?
    let earmark: ProjectEarmark?
}

struct FindRolls: Statement {
    static let sql = """
        WITH earmark AS MATERIALIZED (
            SELECT agreement, line, document_prefix, remaining FROM coordination.agreement_earmark_v1
            WHERE state IN ('active', 'suspended')
        )
        SELECT project.project_code, project.department_code, enrolled.households, project.committed_minor, line.line,
            line.currency, earmark.agreement, earmark.remaining
        FROM projects.project AS project
        JOIN (
            SELECT project_code, count(DISTINCT household_id) AS households
            FROM projects.participant WHERE starts_with IS NOT NULL GROUP BY project_code
        ) AS enrolled USING (project_code)
        LEFT JOIN (
            SELECT DISTINCT ON (territory_code) territory_code, line, currency
            FROM coordination.budget_line_v1 WHERE programme = $1 AND fiscal_year = $2
            ORDER BY territory_code, line
        ) AS line ON line.territory_code = project.department_code
        LEFT JOIN earmark ON earmark.line = line.line AND starts_with(project.project_code, earmark.document_prefix)
        WHERE project.programme = $1 AND project.instalments_ordered = $3 - 1
        ORDER BY project.project_code
        """
    let key: InstalmentKey
    func bind(into parameters: inout Parameters) { key.bind(into: &parameters) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> RollRow {
        let line = try row.stringOrNil(4)
        var earmark: ProjectEarmark?
        if let line, let agreement = try row.stringOrNil(6) {
            earmark = ProjectEarmark(agreement: agreement, line: line, leftMinor: try row.int64(7))
        }
        return RollRow(
            project: try row.string(0), department: try row.string(1), households: try row.int64(2),
            committedMinor: try row.int64(3), line: line, lineCurrency: try row.stringOrNil(5), earmark: earmark)
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

struct ForgetOrders: Statement {
    typealias Row = Never
    static let sql = """
        DELETE FROM projects.purchase_order AS bought USING projects.instalment_project AS part
        WHERE part.programme = $1 AND part.fiscal_year = $2 AND part.instalment = $3
            AND bought.project_code = part.project_code AND bought.instalment = $3 AND bought.state = 'planned'
        """
    let key: InstalmentKey
    func bind(into parameters: inout Parameters) { key.bind(into: &parameters) }
}

struct ForgetPlan: Statement {
    typealias Row = Never
    static let sql = """
        DELETE FROM projects.instalment_project WHERE programme = $1 AND fiscal_year = $2 AND instalment = $3
        """
    let key: InstalmentKey
    func bind(into parameters: inout Parameters) { key.bind(into: &parameters) }
}

struct ForgetShortfalls: Statement {
    typealias Row = Never
    static let sql = """
        DELETE FROM projects.instalment_shortfall WHERE programme = $1 AND fiscal_year = $2 AND instalment = $3
        """
    let key: InstalmentKey
    func bind(into parameters: inout Parameters) { key.bind(into: &parameters) }
}

struct StorePlan: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO projects.instalment_project (
            programme, fiscal_year, instalment, project_code, line, households, committed_minor, ordered_minor)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """
    let key: InstalmentKey
    let plan: InstalmentPlan
    let line: String
    func bind(into parameters: inout Parameters) {
        key.bind(into: &parameters)
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
        INSERT INTO projects.purchase_order (
            purchase_order_id, project_code, instalment, module_code, quantity, unit_minor, amount_minor)
        VALUES ($1::text || '/' || $2::integer || '/' || $3::text, $1, $2, $3, $4, $5, $6)
        """
    let project: String
    let instalment: Int32
    let order: PurchaseOrder
    func bind(into parameters: inout Parameters) {
        parameters.add(project)
        parameters.add(instalment)
        parameters.add(order.module)
        parameters.add(order.quantity)
        parameters.add(order.unitMinor)
        parameters.add(order.amountMinor)
    }
}

struct StoreShortfall: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO projects.instalment_shortfall (programme, fiscal_year, instalment, line, shortfall_minor)
        VALUES ($1, $2, $3, $4, $5)
        """
    let key: InstalmentKey
    let line: String
    let minor: Int64
    func bind(into parameters: inout Parameters) {
        key.bind(into: &parameters)
        parameters.add(line)
        parameters.add(minor)
    }
}

struct MarkProjectsOrdered: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE projects.project AS project
        SET committed_minor = project.committed_minor + part.committed_minor,
            ordered_minor = project.ordered_minor + part.ordered_minor, instalments_ordered = part.instalment
        FROM projects.instalment_project AS part
        WHERE part.programme = $1 AND part.fiscal_year = $2 AND part.instalment = $3
            AND project.project_code = part.project_code
        """
    let key: InstalmentKey
    func bind(into parameters: inout Parameters) { key.bind(into: &parameters) }
}

struct MarkOrdersOrdered: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE projects.purchase_order AS bought SET state = 'ordered'
        FROM projects.instalment_project AS part
        WHERE part.programme = $1 AND part.fiscal_year = $2 AND part.instalment = $3
            AND bought.project_code = part.project_code AND bought.instalment = $3 AND bought.state = 'planned'
        """
    let key: InstalmentKey
    func bind(into parameters: inout Parameters) { key.bind(into: &parameters) }
}
