import Contracts
import Postgres

/// The commands that read agreements.
extension Command {
    private static let version = CommandOption<Int64>.integer(
        "version", "N", Text("An earlier or proposed text", es: "Un texto anterior o propuesto"), in: 1...1_000_000)

    static let agreementReading: [Command] = [
        Command(
            "show",
            Text(
                "Shows an agreement: its text, signatures, conditions, places and money",
                es: "Muestra un convenio: su texto, firmas, condiciones, lugares y dinero"),
            example: "puente agreement show cash-and-projects --version 1 --as ana",
            arguments: [Argument("CODE", Text("The agreement's code", es: "El código del convenio"))],
            options: [version]
        ) { invocation in
            let code = invocation.arguments[0]
            try await Desk.open(invocation) { desk in
                let found = try await desk.pool.queryOne(ShowAgreement(code: code, version: invocation[version]))
                guard let found else {
                    throw Failure(
                        Text("there is no such agreement or version", es: "no hay tal convenio o versión"), at: code,
                        remedy: Text("'puente agreement list' shows them", es: "'puente agreement list' los muestra"))
                }
                if invocation.wantsJSON {
                    desk.terminal.print(found.json)
                } else {
                    let page = AgreementPage(
                        found, terms: try CoordinationV1.AgreementTerms(json: found.terms),
                        money: try await desk.pool.query(AgreementMoney(code: code)),
                        history: try await desk.pool.query(AgreementHistory(code: code)))
                    page.lines(desk.language).forEach { desk.terminal.print($0) }
                }
            }
        },
        Command(
            "list", Text("Lists the agreements", es: "Lista los convenios"), example: "puente agreement list --as ana"
        ) { invocation in
            try await Desk.open(invocation) { desk in
                desk.show(
                    try await desk.pool.query(ListAgreements()),
                    under: [
                        Text("agreement", es: "convenio"), Text("state", es: "estado"), Text("version", es: "versión"),
                        Text("first day", es: "primer día"), Text("last day", es: "último día"),
                        Text("overrides", es: "excepciones"), Text("title", es: "título"),
                    ], numeric: [2, 5])
            }
        },
    ]
}

extension Desk {
    /// Shows rows under their columns' names in the reader's language; in JSON the names are always English.
    func show(_ rows: [[String]], under columns: [Text], numeric: Set<Int> = []) {
        var table = Table(columns.map { invocation.wantsJSON ? $0.english : $0(language) }, numeric: numeric)
        rows.forEach { table.add($0) }
        if invocation.wantsJSON {
            terminal.print(table.json())
        } else {
            table.lines().forEach { terminal.print($0) }
        }
    }
}

/// An agreement with everything that is recorded about one of its texts.
struct ShowAgreement: Statement {
    struct Row: Sendable {
        var state: String
        var version: Int32
        var inForce: Int32?
        var terms: [UInt8]
        var proposedBy: String
        var proposedAt: String
        var signatures: [AgreementRecords.Signature]
        var conditions: [AgreementRecords.Condition]
        var motions: [AgreementRecords.Motion]
        var places: [AgreementRecords.Places]
        var json: String
    }

    static let sql = """
        WITH shown AS (
            SELECT a.agreement, a.state, a.version_in_force, v.version, v.terms, v.reason, v.proposed_by, v.proposed_at
            FROM coordination.agreement_v1 AS a
            JOIN coordination.agreement_version_v1 AS v
                ON v.agreement = a.agreement AND v.version = coalesce($2, a.version_in_force, a.version)
            WHERE a.agreement = $1
        ), signature AS (
            SELECT s.* FROM coordination.agreement_signature_v1 AS s JOIN shown USING (agreement, version)
        ), condition AS (
            SELECT t.number, t.body, coalesce(c.holds, true) AS holds, c.recorded_by, c.recorded_at, c.reason
            FROM shown
            CROSS JOIN LATERAL (
                SELECT number, body FROM jsonb_array_elements_text(shown.terms -> 'releaseConditions')
                    WITH ORDINALITY AS t(body, number)
                UNION ALL SELECT 0, '') AS t(number, body)
            LEFT JOIN coordination.agreement_condition_v1 AS c ON c.agreement = shown.agreement AND c.body = t.body
            WHERE t.number > 0 OR NOT c.holds
        ), motion AS (
            SELECT m.* FROM coordination.agreement_motion_v1 AS m
            JOIN shown ON shown.agreement = m.agreement AND shown.version = m.version
        ), places AS (
            SELECT p.* FROM projects.agreement_places_v1 AS p JOIN shown USING (agreement)
        )
        SELECT shown.state, shown.version, shown.version_in_force, shown.terms, shown.proposed_by,
            to_char(shown.proposed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'),
            (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'act', act, 'party', party, 'by', signed_by,
                    'at', to_char(signed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')) ORDER BY signed_at), '[]')
                FROM signature WHERE withdrawn_at IS NULL),
            (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'number', number, 'body', body, 'holds', holds, 'by', recorded_by, 'reason', reason)
                    ORDER BY number), '[]')
                FROM condition),
            (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'programme', programme, 'target', target_population, 'others', others, 'overridden', overridden,
                    'refused', refused, 'refusedAtStart', refused_at_start, 'startedByOverride', started_by_override)
                    ORDER BY programme), '[]')
                FROM places),
            jsonb_build_object(
                'agreement', shown.agreement, 'state', shown.state, 'version', shown.version,
                'versionInForce', shown.version_in_force, 'reason', shown.reason, 'proposedBy', shown.proposed_by,
                'terms', shown.terms,
                'signatures', (SELECT coalesce(jsonb_agg(to_jsonb(s)), '[]') FROM signature AS s),
                'conditions', (SELECT coalesce(jsonb_agg(to_jsonb(c)), '[]') FROM condition AS c),
                'motions', (SELECT coalesce(jsonb_agg(to_jsonb(m)), '[]') FROM motion AS m),
                'places', (SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM places AS p),
                'earmarks', (
                    SELECT coalesce(jsonb_agg(to_jsonb(e)), '[]') FROM coordination.agreement_earmark_v1 AS e
                    WHERE e.agreement = shown.agreement),
                'events', (
                    SELECT coalesce(jsonb_agg(to_jsonb(h) ORDER BY h.event_id), '[]')
                    FROM coordination.agreement_event_v1 AS h WHERE h.agreement = shown.agreement))::text,
            (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'kind', kind, 'condition', condition, 'signers', to_jsonb(signed_by)) ORDER BY motion_id), '[]')
                FROM motion WHERE carried_at IS NULL AND cardinality(signed_by) > 0)
        FROM shown
        """
    let code: String
    let version: Int64?

    func bind(into parameters: inout Parameters) {
        parameters.add(code)
        parameters.add(version.map { Int32($0) })
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            state: try row.string(0), version: try row.int32(1), inForce: try row.int32OrNil(2),
            terms: try row.json(3), proposedBy: try row.string(4), proposedAt: try row.string(5),
            signatures: try AgreementRecords.elements(try row.json(6)).map(AgreementRecords.Signature.init),
            conditions: try AgreementRecords.elements(try row.json(7)).map(AgreementRecords.Condition.init),
            motions: try AgreementRecords.elements(try row.json(10)).map(AgreementRecords.Motion.init),
            places: try AgreementRecords.elements(try row.json(8)).map(AgreementRecords.Places.init),
            json: try row.string(9))
    }
}

/// The money of an agreement by line.
struct AgreementMoney: Statement {
    struct Row: Sendable {
        var line: String
        var institution: String
        var currency: String
        var earmarked: Int64
        var drawn: Int64
        var remaining: Int64
        var returned: Int64
        var paid: Int64
    }

    static let sql = """
        SELECT line, institution, currency, earmarked, drawn, remaining, returned, paid
        FROM coordination.agreement_earmark_v1 WHERE agreement = $1 ORDER BY line
        """
    let code: String

    func bind(into parameters: inout Parameters) { parameters.add(code) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            line: try row.string(0), institution: try row.string(1), currency: try row.string(2),
            earmarked: try row.int64(3), drawn: try row.int64(4), remaining: try row.int64(5),
            returned: try row.int64(6), paid: try row.int64(7))
    }
}

/// What was done to an agreement.
struct AgreementHistory: Statement {
    static let sql = """
        SELECT to_char(done_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), action, version::text, done_by,
            coalesce(call_id::text, ''), reason
        FROM coordination.agreement_event_v1 WHERE agreement = $1 ORDER BY event_id
        """
    let code: String

    func bind(into parameters: inout Parameters) { parameters.add(code) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String] {
        var cells: [String] = []
        for column in 0..<6 { cells.append(try row.string(column)) }
        return cells
    }
}

private struct ListAgreements: Statement {
    static let sql = """
        SELECT agreement, state, coalesce(version_in_force, version)::text, terms ->> 'firstDay', terms ->> 'lastDay',
            overrides::text, coalesce(terms ->> 'title', '')
        FROM coordination.agreement_v1 ORDER BY agreement
        """

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String] {
        var cells: [String] = []
        for column in 0..<7 { cells.append(try row.string(column)) }
        return cells
    }
}
