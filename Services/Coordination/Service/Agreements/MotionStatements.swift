import Postgres

/// The motion that a condition has lapsed or holds again: the one that waits for signatures, or a new one.
struct OpenMotion: Statement {
    static let sql = """
        WITH waiting AS (
            SELECT motion_id FROM coordination.agreement_motion
            WHERE agreement = $1 AND version = $2 AND kind = $3 AND body = $5 AND carried_at IS NULL
        ), opened AS (
            INSERT INTO coordination.agreement_motion (agreement, version, kind, condition, body, opened_by)
            SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS (SELECT FROM waiting)
            RETURNING motion_id
        )
        SELECT motion_id FROM waiting UNION ALL SELECT motion_id FROM opened
        """

    var agreement: String
    var version: Int32
    var kind: String
    var condition: Int32
    var body: String
    var openedBy: String

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(version)
        parameters.add(kind)
        parameters.add(condition)
        parameters.add(body)
        parameters.add(openedBy)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// Keeps a signature under a motion; signing twice is signing once.
struct StoreMotionSignature: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.agreement_motion_signature (motion_id, signed_by, party, reason)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (motion_id, signed_by) WHERE withdrawn_at IS NULL DO NOTHING
        """

    var motion: Int64
    var signedBy: String
    var party: String
    var reason: String

    func bind(into parameters: inout Parameters) {
        parameters.add(motion)
        parameters.add(signedBy)
        parameters.add(party)
        parameters.add(reason)
    }
}

/// Takes a person's signature under a motion that is not carried back.
struct WithdrawMotionSignature: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE coordination.agreement_motion_signature s SET withdrawn_at = clock_timestamp()
        FROM coordination.agreement_motion m
        WHERE m.agreement = $1 AND m.version = $2 AND m.kind = $3 AND m.condition = $4 AND m.carried_at IS NULL
            AND s.motion_id = m.motion_id AND s.signed_by = $5 AND s.withdrawn_at IS NULL
        """

    var agreement: String
    var version: Int32
    var kind: String
    var condition: Int32
    var signedBy: String

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(version)
        parameters.add(kind)
        parameters.add(condition)
        parameters.add(signedBy)
    }
}

/// Who has signed a motion.
struct MotionSigners: Statement {
    static let sql = """
        SELECT signed_by FROM coordination.agreement_motion_signature
        WHERE motion_id = $1 AND withdrawn_at IS NULL ORDER BY signed_by
        """

    var motion: Int64

    func bind(into parameters: inout Parameters) { parameters.add(motion) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// Marks a motion as carried.
struct CarryMotion: Statement {
    typealias Row = Never
    static let sql = "UPDATE coordination.agreement_motion SET carried_at = clock_timestamp() WHERE motion_id = $1"

    var motion: Int64

    func bind(into parameters: inout Parameters) { parameters.add(motion) }
}
