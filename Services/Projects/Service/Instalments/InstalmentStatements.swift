import Contracts
import Postgres
import ProjectsDomain

/// The statements about instalments.
enum InstalmentStatements {
    static let all: [any Statement.Type] =
        [
            ProductiveProgrammes.self, FindDefinition.self, OpenInstalment.self, LockInstalment.self,
            LockInstalmentOfDocument.self, FindInstalment.self, FindLineRule.self, FindRolls.self,
            FindModuleCounts.self,
            ForgetObstacles.self, StoreObstacle.self, ListObstacles.self, StorePlan.self, StoreOrder.self,
            MoveInstalment.self, MarkProjectsOrdered.self, MakePurchaseOrders.self, MarkPlanPosted.self,
            DecideStarts.self, MarkStarts.self,
        ] + Ledger.statements
}

/// Names an instalment in statements, as `$1`, `$2`, `$3`.
struct InstalmentKey: Sendable, Equatable {
    let programme: String
    let fiscalYear: Int32
    let instalment: Int32

    /// What the instalment's requests to the ledger are about, as the table's generated column writes it.
    var document: String { "instalment/\(programme)/\(fiscalYear)/\(instalment)" }

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

/// The instalment that a document is about, locked.
struct LockInstalmentOfDocument: Statement {
    struct Row: Sendable {
        var key: InstalmentKey
        var state: InstalmentState
        var attempt: Int32
    }
    static let sql = """
        SELECT programme, fiscal_year, instalment, state, attempt FROM projects.instalment
        WHERE document = $1 FOR UPDATE
        """
    let document: String
    func bind(into parameters: inout Parameters) { parameters.add(document) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        guard let state = InstalmentState(rawValue: try row.string(3)) else {
            throw PostgresError(decoding: "an instalment's state is unknown")
        }
        return Row(
            key: InstalmentKey(
                programme: try row.string(0), fiscalYear: try row.int32(1), instalment: try row.int32(2)),
            state: state, attempt: try row.int32(4))
    }
}

/// Where an instalment is: what was ordered, once it was, and otherwise whom the last attempt covers.
struct FindInstalment: Statement {
    static let sql = """
        SELECT instalment.state, instalment.currency, count(part.project_code), coalesce(sum(part.households), 0)::bigint,
            coalesce(sum(part.committed_minor), 0)::bigint, coalesce(sum(part.ordered_minor), 0)::bigint,
            (SELECT count(*) FROM projects.purchase_order AS bought
                JOIN projects.instalment_project AS had USING (project_code, instalment)
                WHERE (had.programme, had.fiscal_year, had.instalment) = ($1, $2, $3) AND had.posted_at IS NOT NULL),
            (SELECT count(DISTINCT start.household_id) FROM projects.start_decision AS start
                WHERE start.programme = $1 AND start.fiscal_year = $2 AND start.instalment = $3
                    AND start.attempt = instalment.attempt AND start.outcome = 3)
        FROM projects.instalment AS instalment
        LEFT JOIN projects.instalment_project AS part
            ON (part.programme, part.fiscal_year, part.instalment) = ($1, $2, $3) AND CASE instalment.state
                WHEN 'ordered' THEN part.posted_at IS NOT NULL ELSE part.attempt = instalment.attempt END
        WHERE instalment.programme = $1 AND instalment.fiscal_year = $2 AND instalment.instalment = $3
        GROUP BY instalment.programme, instalment.fiscal_year, instalment.instalment
        """
    let key: InstalmentKey
    func bind(into parameters: inout Parameters) { key.bind(into: &parameters) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> ProjectsV1.OrderInputsReply {
        let isOrdered = try row.string(0) == InstalmentState.ordered.rawValue
        return .init(
            state: try row.string(0), projects: Int32(clamping: try row.int64(2)), households: try row.int64(3),
            committedMinor: isOrdered ? try row.int64(4) : 0, orderedMinor: isOrdered ? try row.int64(5) : 0,
            currency: try row.string(1), purchaseOrders: Int32(clamping: try row.int64(6)),
            householdsNotStarted: try row.int64(7))
    }
}

struct MoveInstalment: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE projects.instalment
        SET state = $4, attempt = $5, currency = coalesce($6, currency), requested_by = coalesce($7, requested_by),
            requested_at = CASE WHEN $7 IS NULL THEN requested_at ELSE now() END
        WHERE programme = $1 AND fiscal_year = $2 AND instalment = $3
        """
    let key: InstalmentKey
    let state: InstalmentState
    let attempt: Int32
    var currency: String?
    var requestedBy: String?
    func bind(into parameters: inout Parameters) {
        key.bind(into: &parameters)
        parameters.add(state.rawValue)
        parameters.add(attempt)
        parameters.add(currency)
        parameters.add(requestedBy)
    }
}
