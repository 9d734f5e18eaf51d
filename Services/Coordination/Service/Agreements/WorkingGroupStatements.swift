import Contracts
import Postgres

/// Stores a group with its members.
struct StoreGroup: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.working_group (working_group, members, quorum) VALUES ($1, $2, $3)
        ON CONFLICT ON CONSTRAINT working_group_pkey DO UPDATE
        SET members = excluded.members, quorum = excluded.quorum
        WHERE working_group.members <> excluded.members OR working_group.quorum <> excluded.quorum
        """

    var group: CoordinationV1.WorkingGroup

    func bind(into parameters: inout Parameters) {
        parameters.add(group.group)
        parameters.addJSON(group.json())
        parameters.add(max(1, group.quorum))
    }
}

/// A group as it was formed.
struct GroupMembers: Statement {
    static let sql = "SELECT members FROM coordination.working_group WHERE working_group = $1"

    var group: String

    func bind(into parameters: inout Parameters) { parameters.add(group) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [UInt8] { try row.json(0) }
}

/// Keeps minutes or a proposal.
struct StoreGroupRecord: Statement {
    static let sql = """
        INSERT INTO coordination.working_group_record (working_group, kind, body, recorded_by) VALUES ($1, $2, $3, $4)
        RETURNING record_id
        """

    var group: String
    var kind: String
    var body: String
    var recordedBy: String

    func bind(into parameters: inout Parameters) {
        parameters.add(group)
        parameters.add(kind)
        parameters.add(body)
        parameters.add(recordedBy)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// Keeps a decision.
struct StoreDecision: Statement {
    static let sql = """
        INSERT INTO coordination.decision (subject, body, grounds, decided_by, owner, due_on)
        VALUES ($1, $2, $3, $4, $5, $6) RETURNING decision_id
        """

    var subject: String
    var body: String
    var grounds: String
    var decidedBy: [String]
    var owner: String
    var dueOn: Int32

    func bind(into parameters: inout Parameters) {
        parameters.add(subject)
        parameters.add(body)
        parameters.add(grounds)
        parameters.add(decidedBy)
        parameters.add(owner)
        parameters.add(date: dueOn)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// Marks a decision as executed.
struct StoreExecution: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE coordination.decision SET executed_at = clock_timestamp(), executed_by = $2, executed_call = $3
        WHERE decision_id = $1 AND executed_at IS NULL AND $2 IN (owner, escalated_to)
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

/// Hands overdue decisions on.
struct StoreEscalation: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE coordination.decision SET escalated_to = $1
        WHERE executed_at IS NULL AND due_on < current_date AND escalated_to IS DISTINCT FROM $1
        """

    var to: String

    func bind(into parameters: inout Parameters) { parameters.add(to) }
}
