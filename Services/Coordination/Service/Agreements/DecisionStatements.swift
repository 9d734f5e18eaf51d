import Contracts
import Postgres

/// Keeps a decision that somebody must execute.
struct StoreDecision: Statement {
    static let sql = """
        INSERT INTO coordination.decision (
            subject, body, grounds, decided_by, owner, due_on, escalates_to, escalates_after_days)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING decision_id
        """

    var subject: String
    var body: String
    var grounds: String
    var decidedBy: [String]
    var owner: String
    var dueOn: Int32
    var escalatesTo: [String]
    var escalatesAfterDays: Int32

    func bind(into parameters: inout Parameters) {
        parameters.add(subject)
        parameters.add(body)
        parameters.add(grounds)
        parameters.add(decidedBy)
        parameters.add(owner)
        parameters.add(date: dueOn)
        parameters.add(escalatesTo)
        parameters.add(escalatesAfterDays)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// Keeps a decision that this call executes.
struct StoreExecutedDecision: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.decision (
            subject, body, grounds, decided_by, owner, due_on, escalates_to, executed_at, executed_by, executed_call)
        VALUES ($1, $2, $3, $4, $5, coordination.civil_day(), ARRAY[$5], clock_timestamp(), $5, $6)
        """

    var subject: String
    var body: String
    var grounds: String
    var decidedBy: [String]
    var executedBy: String
    var call: Int64

    func bind(into parameters: inout Parameters) {
        parameters.add(subject)
        parameters.add(body)
        parameters.add(grounds)
        parameters.add(decidedBy)
        parameters.add(executedBy)
        parameters.add(call)
    }
}

/// Marks a decision as executed by its owner, or by whom it escalated to.
struct StoreExecution: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE coordination.decision SET executed_at = clock_timestamp(), executed_by = $2, executed_call = $3
        WHERE decision_id = $1 AND executed_at IS NULL
            AND ($2 = owner OR escalated_at IS NOT NULL AND $2 = ANY (escalates_to))
        """

    var decision: Int64
    var executedBy: String
    var call: Int64

    func bind(into parameters: inout Parameters) {
        parameters.add(decision)
        parameters.add(executedBy)
        parameters.add(call)
    }
}

/// Whose a decision is, and whether it is executed.
struct FindDecision: Statement {
    static let sql = "SELECT owner, executed_at IS NOT NULL FROM coordination.decision WHERE decision_id = $1"

    var decision: Int64

    func bind(into parameters: inout Parameters) { parameters.add(decision) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (owner: String, isExecuted: Bool) {
        (try row.string(0), try row.bool(1))
    }
}

/// Whether somebody is an operator.
struct IsOperator: Statement {
    static let sql = """
        SELECT EXISTS (
            SELECT FROM pg_auth_members m
            JOIN pg_roles crew ON crew.oid = m.roleid JOIN pg_roles person ON person.oid = m.member
            WHERE crew.rolname = 'puente_operator' AND person.rolname = $1)
        """

    var name: String

    func bind(into parameters: inout Parameters) { parameters.add(name) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

/// Decisions whose day has passed and that are not executed, locked.
struct OverdueDecisions: Statement {
    static let sql = """
        SELECT decision_id, owner, escalates_to, coordination.civil_day() - due_on, escalates_after_days
        FROM coordination.decision WHERE executed_at IS NULL AND due_on < coordination.civil_day()
        ORDER BY decision_id FOR UPDATE
        """

    struct Row: Sendable {
        var id: Int64
        var owner: String
        var escalatesTo: [String]
        var daysOverdue: Int32
        var graceDays: Int32
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            id: try row.int64(0), owner: try row.string(1), escalatesTo: try row.stringArray(2),
            daysOverdue: try row.int32(3), graceDays: try row.int32(4))
    }
}

/// Writes notices; who was told already is not told again.
struct StoreNotices: Statement {
    typealias Row = Never

    /// What one person is told.
    struct Notice: Sendable {
        var decision: Int64
        var person: String
        var kind: String
    }

    static let sql = """
        INSERT INTO coordination.notice (decision_id, person, kind)
        SELECT decision_id, person, kind FROM unnest($1, $2, $3) AS n(decision_id, person, kind)
        ON CONFLICT ON CONSTRAINT notice_once_key DO NOTHING
        """

    var notices: [Notice]

    func bind(into parameters: inout Parameters) {
        parameters.add(notices.map(\.decision))
        parameters.add(notices.map(\.person))
        parameters.add(notices.map(\.kind))
    }
}

/// Hands decisions to whom they escalate, once.
struct StoreEscalations: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE coordination.decision SET escalated_at = clock_timestamp()
        WHERE decision_id = ANY ($1) AND escalated_at IS NULL
        """

    var decisions: [Int64]

    func bind(into parameters: inout Parameters) { parameters.add(decisions) }
}

/// Agreements in force whose last day has passed, locked, with who had signed them.
struct LapsedAgreements: Statement {
    static let sql = """
        SELECT a.agreement, a.version, a.version_in_force, array(
            SELECT s.signed_by FROM coordination.agreement_signature s
            WHERE s.agreement = a.agreement AND s.version = a.version_in_force AND s.act = 'terms'
                AND s.withdrawn_at IS NULL
            ORDER BY 1)
        FROM coordination.agreement a
        JOIN coordination.agreement_version v ON v.agreement = a.agreement AND v.version = a.version_in_force
        WHERE a.state IN (2, 3) AND (v.terms ->> 'lastDay')::date < coordination.civil_day()
        ORDER BY a.agreement FOR UPDATE OF a
        """

    struct Row: Sendable {
        var agreement: String
        var version: Int32
        var inForce: Int32
        var signers: [String]
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            agreement: try row.string(0), version: try row.int32(1), inForce: try row.int32(2),
            signers: try row.stringArray(3))
    }
}
