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
        INSERT INTO coordination.agreement_version (agreement, version, terms, proposed_by) VALUES ($1, $2, $3, $4)
        """

    var agreement: String
    var version: Int32
    var terms: [UInt8]
    var proposedBy: String

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(version)
        parameters.addJSON(terms)
        parameters.add(proposedBy)
    }
}

/// Keeps a signature; signing twice is signing once.
struct StoreSignature: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.agreement_signature (agreement, version, signed_by, party) VALUES ($1, $2, $3, $4)
        ON CONFLICT ON CONSTRAINT agreement_signature_pkey DO NOTHING
        """

    var agreement: String
    var version: Int32
    var signedBy: String
    var party: String

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(version)
        parameters.add(signedBy)
        parameters.add(party)
    }
}

/// Who has signed a version.
struct Signers: Statement {
    static let sql = "SELECT signed_by FROM coordination.agreement_signature WHERE agreement = $1 AND version = $2"

    var agreement: String
    var version: Int32

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(version)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
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

/// What an agreement binds now: earmarked by line, and what is left of it.
struct BoundMoney: Statement {
    static let sql = """
        SELECT l.line, e.amount, coalesce(h.reserved, 0)
        FROM coordination.agreement_earmark e
        JOIN coordination.budget_line l USING (line_id)
        LEFT JOIN coordination.budget_hold h ON h.line_id = e.line_id AND h.document = 'agreement/' || e.agreement
        WHERE e.agreement = $1 ORDER BY l.line
        """

    struct Row: Sendable {
        var line: String
        var earmarked: Int64
        var left: Int64
    }

    var agreement: String

    func bind(into parameters: inout Parameters) { parameters.add(agreement) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(line: try row.string(0), earmarked: try row.int64(1), left: try row.int64(2))
    }
}

/// Replaces what an agreement binds.
struct ReplaceEarmarks: Statement {
    typealias Row = Never
    static let sql = """
        WITH given AS (
            SELECT l.line_id, g.prefix, g.amount
            FROM unnest($2, $3, $4) AS g(line, prefix, amount) JOIN coordination.budget_line l USING (line)
        ), gone AS (
            DELETE FROM coordination.agreement_earmark e
            WHERE e.agreement = $1 AND e.line_id NOT IN (SELECT line_id FROM given)
        )
        INSERT INTO coordination.agreement_earmark (agreement, line_id, document_prefix, amount)
        SELECT $1, line_id, prefix, amount FROM given
        ON CONFLICT ON CONSTRAINT agreement_earmark_pkey DO UPDATE
        SET document_prefix = excluded.document_prefix, amount = excluded.amount
        """

    var agreement: String
    var earmarks: [CoordinationV1.Earmark]

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(earmarks.map(\.line))
        parameters.add(earmarks.map(\.documentPrefix))
        parameters.add(earmarks.map(\.amountMinor))
    }
}

/// Keeps a signed override.
struct StoreOverride: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.agreement_override (agreement, signed_by, subject, reason) VALUES ($1, $2, $3, $4)
        """

    var agreement: String
    var signedBy: String
    var subject: String
    var reason: String

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(signedBy)
        parameters.add(subject)
        parameters.add(reason)
    }
}
