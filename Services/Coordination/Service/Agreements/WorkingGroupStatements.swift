import Contracts
import Postgres

/// A group, locked, as it is formed now.
struct LockGroup: Statement {
    static let sql = """
        SELECT g.version, v.formation
        FROM coordination.working_group g JOIN coordination.working_group_version v USING (working_group, version)
        WHERE g.working_group = $1 FOR UPDATE OF g
        """

    var group: String

    func bind(into parameters: inout Parameters) { parameters.add(group) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (version: Int32, formation: [UInt8]) {
        (try row.int32(0), try row.json(1))
    }
}

/// Stores which version of a group is the present one.
struct StoreGroup: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.working_group (working_group, version) VALUES ($1, $2)
        ON CONFLICT ON CONSTRAINT working_group_pkey DO UPDATE SET version = excluded.version
        """

    var group: String
    var version: Int32

    func bind(into parameters: inout Parameters) {
        parameters.add(group)
        parameters.add(version)
    }
}

/// Keeps how a group was formed.
struct StoreGroupVersion: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.working_group_version (working_group, version, formation, formed_by)
        VALUES ($1, $2, $3, $4)
        """

    var group: CoordinationV1.WorkingGroup
    var version: Int32
    var formedBy: String

    func bind(into parameters: inout Parameters) {
        parameters.add(group.group)
        parameters.add(version)
        parameters.addJSON(group.json())
        parameters.add(formedBy)
    }
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
