import Contracts
import CoordinationDomain
import Postgres

/// An agreement, locked, with its latest terms and those in force.
struct LockAgreement: Statement {
    static let sql = """
        SELECT a.state, a.version, a.version_in_force, v.terms, f.terms
        FROM coordination.agreement a
        JOIN coordination.agreement_version v ON v.agreement = a.agreement AND v.version = a.version
        LEFT JOIN coordination.agreement_version f ON f.agreement = a.agreement AND f.version = a.version_in_force
        WHERE a.agreement = $1
        FOR UPDATE OF a
        """

    struct Row: Sendable {
        var state: Int16
        var version: Int32
        var inForce: Int32?
        var latest: [UInt8]
        var binding: [UInt8]?
    }

    var agreement: String

    func bind(into parameters: inout Parameters) { parameters.add(agreement) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            state: try row.int16(0), version: try row.int32(1), inForce: try row.int32OrNil(2),
            latest: try row.json(3), binding: try row.jsonOrNil(4))
    }
}

/// Stores an agreement's state.
struct StoreAgreement: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.agreement (agreement, state, version, version_in_force) VALUES ($1, $2, $3, $4)
        ON CONFLICT ON CONSTRAINT agreement_pkey DO UPDATE
        SET state = excluded.state, version = excluded.version, version_in_force = excluded.version_in_force
        """

    var agreement: String
    var state: AgreementState
    var version: Int32
    var inForce: Int32?

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(state.rawValue)
        parameters.add(version)
        parameters.add(inForce)
    }
}

/// Keeps a proposed text.
struct StoreAgreementVersion: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.agreement_version (agreement, version, terms, reason, proposed_by)
        VALUES ($1, $2, $3, $4, $5)
        """

    var agreement: String
    var version: Int32
    var terms: [UInt8]
    var reason: String
    var proposedBy: String

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(version)
        parameters.addJSON(terms)
        parameters.add(reason)
        parameters.add(proposedBy)
    }
}

/// Keeps a signature; signing twice is signing once.
struct StoreSignature: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.agreement_signature (agreement, version, act, signed_by, party)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (agreement, version, act, signed_by) WHERE withdrawn_at IS NULL DO NOTHING
        """

    var agreement: String
    var version: Int32
    var act: String
    var signedBy: String
    var party: String

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(version)
        parameters.add(act)
        parameters.add(signedBy)
        parameters.add(party)
    }
}

/// Who has signed a version, or its end.
struct Signers: Statement {
    static let sql = """
        SELECT signed_by FROM coordination.agreement_signature
        WHERE agreement = $1 AND version = $2 AND act = $3 AND withdrawn_at IS NULL ORDER BY signed_by
        """

    var agreement: String
    var version: Int32
    var act: String

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(version)
        parameters.add(act)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// Takes a person's signature under a version, or its end, back.
struct WithdrawSignature: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE coordination.agreement_signature SET withdrawn_at = clock_timestamp()
        WHERE agreement = $1 AND version = $2 AND act = $3 AND signed_by = $4 AND withdrawn_at IS NULL
        """

    var agreement: String
    var version: Int32
    var act: String
    var signedBy: String

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(version)
        parameters.add(act)
        parameters.add(signedBy)
    }
}

/// Keeps who did what.
struct StoreAgreementEvent: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.agreement_event (agreement, version, action, done_by, reason, call_id)
        VALUES ($1, $2, $3, $4, $5, $6)
        """

    var agreement: String
    var version: Int32
    var action: String
    var doneBy: String
    var reason: String
    var callId: Int64

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(version)
        parameters.add(action)
        parameters.add(doneBy)
        parameters.add(reason)
        parameters.add(callId)
    }
}

/// The release conditions that were last recorded as lapsed, by their text.
struct LapsedConditions: Statement {
    static let sql = "SELECT body FROM coordination.agreement_condition_v1 WHERE agreement = $1 AND NOT holds"

    var agreement: String

    func bind(into parameters: inout Parameters) { parameters.add(agreement) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// Keeps what was found about a release condition.
struct StoreCondition: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.agreement_condition (
            agreement, version, condition, body, holds, recorded_by, reason, motion_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """

    var agreement: String
    var version: Int32
    var condition: Int32
    var body: String
    var holds: Bool
    var recordedBy: String
    var reason: String
    var motion: Int64

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(version)
        parameters.add(condition)
        parameters.add(body)
        parameters.add(holds)
        parameters.add(recordedBy)
        parameters.add(reason)
        parameters.add(motion)
    }
}

/// Keeps a signed override; none where the household has one.
struct StoreOverride: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.agreement_override (agreement, version, subject, signed_by, reason, call_id)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT ON CONSTRAINT agreement_override_once_key DO NOTHING
        """

    var agreement: String
    var version: Int32
    var signedBy: String
    var subject: String
    var reason: String
    var callId: Int64

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(version)
        parameters.add(subject)
        parameters.add(signedBy)
        parameters.add(reason)
        parameters.add(callId)
    }
}

/// Whether the registry has a household.
struct HouseholdExists: Statement {
    static let sql = "SELECT EXISTS (SELECT FROM coordination.household WHERE household_id = $1)"

    var household: Int64

    func bind(into parameters: inout Parameters) { parameters.add(household) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

/// Of these programmes, those that are not loaded.
struct UnknownProgrammes: Statement {
    static let sql = """
        SELECT code FROM unnest($1) AS code
        WHERE NOT EXISTS (SELECT FROM coordination.programme p WHERE p.programme = code)
        """

    var programmes: [String]

    func bind(into parameters: inout Parameters) { parameters.add(programmes) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// The country's day, in days since 2000-01-01.
struct DatabaseDay: Statement {
    static let sql = "SELECT coordination.civil_day() - date '2000-01-01'"

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 { try row.int32(0) }
}
