import Contracts
import Postgres
import ProjectsDomain

/// The statements about instalments.
enum InstalmentStatements {
    static let all: [any Statement.Type] = [
        ProductiveProgrammes.self, FindDefinition.self, OpenInstalment.self, LockInstalment.self, FindInstalment.self,
        FindRolls.self, FindModuleCounts.self, ForgetPlan.self, ForgetOrders.self, ForgetShortfalls.self,
        StorePlan.self, StoreOrder.self, StoreShortfall.self, MoveInstalment.self, MarkProjectsOrdered.self,
        MarkOrdersOrdered.self, FindShortfalls.self, DecideStarts.self, MarkStarts.self,
    ]
}

/// Names an instalment in statements, as `$1`, `$2`, `$3`.
struct InstalmentKey: Sendable {
    let programme: String
    let fiscalYear: Int32
    let instalment: Int32

    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(fiscalYear)
        parameters.add(instalment)
    }
}

struct ProductiveProgrammes: Statement {
    static let sql = """
        SELECT programme FROM coordination.programme_v1 WHERE kind = 'productive_project' AND in_force ORDER BY 1
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

struct FindDefinition: Statement {
    static let sql = """
        SELECT definition FROM coordination.programme_v1
        WHERE programme = $1 AND kind = 'productive_project' AND in_force
        """
    let programme: String
    func bind(into parameters: inout Parameters) { parameters.add(programme) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [UInt8] { try row.json(0) }
}

struct OpenInstalment: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO projects.instalment (programme, fiscal_year, instalment, state, attempt, requested_by, currency)
        VALUES ($1, $2, $3, 'empty', 0, $4, $5) ON CONFLICT DO NOTHING
        """
    let key: InstalmentKey
    let requestedBy: String
    let currency: String
    func bind(into parameters: inout Parameters) {
        key.bind(into: &parameters)
        parameters.add(requestedBy)
        parameters.add(currency)
    }
}

struct LockInstalment: Statement {
    static let sql = """
        SELECT state, attempt FROM projects.instalment
        WHERE programme = $1 AND fiscal_year = $2 AND instalment = $3 FOR UPDATE
        """
    let key: InstalmentKey
    func bind(into parameters: inout Parameters) { key.bind(into: &parameters) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (state: InstalmentState, attempt: Int32) {
        guard let state = InstalmentState(rawValue: try row.string(0)) else {
            throw PostgresError(decoding: "an instalment's state is unknown")
        }
        return (state, try row.int32(1))
    }
}

struct FindInstalment: Statement {
    static let sql = """
        SELECT instalment.state, instalment.currency, instalment.problem,
            (SELECT count(*) FROM projects.instalment_project AS part
                WHERE (part.programme, part.fiscal_year, part.instalment) = ($1, $2, $3)),
            (SELECT coalesce(sum(part.households), 0) FROM projects.instalment_project AS part
                WHERE (part.programme, part.fiscal_year, part.instalment) = ($1, $2, $3)),
            (SELECT coalesce(sum(part.committed_minor), 0) FROM projects.instalment_project AS part
                WHERE (part.programme, part.fiscal_year, part.instalment) = ($1, $2, $3)),
            (SELECT coalesce(sum(part.ordered_minor), 0) FROM projects.instalment_project AS part
                WHERE (part.programme, part.fiscal_year, part.instalment) = ($1, $2, $3)),
            (SELECT count(*) FROM projects.purchase_order AS bought
                JOIN projects.instalment_project AS part USING (project_code, instalment)
                WHERE (part.programme, part.fiscal_year, part.instalment) = ($1, $2, $3) AND bought.state = 'ordered'),
            (SELECT count(DISTINCT start.household_id) FROM projects.start_decision AS start
                WHERE start.programme = $1 AND start.fiscal_year = $2 AND start.instalment = $3
                    AND start.attempt = instalment.attempt AND start.outcome = 3)
        FROM projects.instalment AS instalment
        WHERE programme = $1 AND fiscal_year = $2 AND instalment.instalment = $3
        """
    let key: InstalmentKey
    func bind(into parameters: inout Parameters) { key.bind(into: &parameters) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> ProjectsV1.OrderInputsReply {
        let isOrdered = try row.string(0) == InstalmentState.ordered.rawValue
        return .init(
            state: try row.string(0), projects: try row.int32(3), households: try row.int64(4),
            committedMinor: isOrdered ? try row.int64(5) : 0, orderedMinor: isOrdered ? try row.int64(6) : 0,
            currency: try row.string(1), purchaseOrders: try row.int32(7), problem: try row.string(2),
            householdsNotStarted: try row.int64(8))
    }
}

struct FindShortfalls: Statement {
    static let sql = """
        SELECT line || ': ' || shortfall_minor FROM projects.instalment_shortfall
        WHERE programme = $1 AND fiscal_year = $2 AND instalment = $3 ORDER BY line
        """
    let key: InstalmentKey
    func bind(into parameters: inout Parameters) { key.bind(into: &parameters) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

struct MoveInstalment: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE projects.instalment
        SET state = $4, attempt = $5, problem = $6, currency = coalesce($7, currency),
            requested_by = coalesce($8, requested_by),
            requested_at = CASE WHEN $8 IS NULL THEN requested_at ELSE now() END
        WHERE programme = $1 AND fiscal_year = $2 AND instalment = $3
        """
    let key: InstalmentKey
    let state: InstalmentState
    let attempt: Int32
    var problem = ""
    var currency: String?
    var requestedBy: String?
    func bind(into parameters: inout Parameters) {
        key.bind(into: &parameters)
        parameters.add(state.rawValue)
        parameters.add(attempt)
        parameters.add(problem)
        parameters.add(currency)
        parameters.add(requestedBy)
    }
}
