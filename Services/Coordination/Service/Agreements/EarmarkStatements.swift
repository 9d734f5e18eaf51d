import Contracts
import Postgres

/// What an agreement binds now: earmarked by line, and what is left of it.
struct BoundMoney: Statement {
    static let sql = """
        SELECT l.line, e.amount, coalesce(h.reserved, 0), y.state = 3, l.currency
        FROM coordination.agreement_earmark e
        JOIN coordination.budget_line l USING (line_id)
        JOIN coordination.fiscal_year y USING (fiscal_year)
        LEFT JOIN coordination.budget_hold h ON h.line_id = e.line_id AND h.document = 'agreement/' || e.agreement
        WHERE e.agreement = $1 ORDER BY l.line
        """

    struct Row: Sendable {
        var line: String
        var earmarked: Int64
        var left: Int64
        /// Whether the line's year is sealed: nothing can be bound or released there any more.
        var isSealed: Bool
        var currency: String
    }

    var agreement: String

    func bind(into parameters: inout Parameters) { parameters.add(agreement) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            line: try row.string(0), earmarked: try row.int64(1), left: try row.int64(2), isSealed: try row.bool(3),
            currency: try row.string(4))
    }
}

/// Replaces what an agreement binds, except on the lines of sealed years.
struct ReplaceEarmarks: Statement {
    typealias Row = Never
    static let sql = """
        WITH given AS (
            SELECT l.line_id, g.prefix, g.amount, g.institution
            FROM unnest($2, $3, $4, $5) AS g(line, prefix, amount, institution)
            JOIN coordination.budget_line l USING (line)
        ), gone AS (
            DELETE FROM coordination.agreement_earmark e
            WHERE e.agreement = $1 AND e.line_id NOT IN (SELECT line_id FROM given) AND NOT EXISTS (
                SELECT FROM coordination.budget_line l JOIN coordination.fiscal_year y USING (fiscal_year)
                WHERE l.line_id = e.line_id AND y.state = 3)
        )
        INSERT INTO coordination.agreement_earmark (agreement, line_id, document_prefix, amount, institution)
        SELECT $1, line_id, prefix, amount, institution FROM given
        ON CONFLICT ON CONSTRAINT agreement_earmark_pkey DO UPDATE
        SET document_prefix = excluded.document_prefix, amount = excluded.amount, institution = excluded.institution
        """

    var agreement: String
    var earmarks: [CoordinationV1.Earmark]

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(earmarks.map(\.line))
        parameters.add(earmarks.map(\.documentPrefix))
        parameters.add(earmarks.map(\.amountMinor))
        parameters.add(earmarks.map(\.institution))
    }
}

/// Money that another agreement in force binds for documents of these earmarks.
struct OverlappingEarmarks: Statement {
    static let sql = """
        SELECT e.agreement, l.line
        FROM unnest($2, $3) AS g(line, prefix)
        JOIN coordination.budget_line l USING (line)
        JOIN coordination.agreement_earmark e USING (line_id)
        JOIN coordination.agreement a USING (agreement)
        WHERE e.agreement <> $1 AND a.state IN (2, 3)
            AND (starts_with(e.document_prefix, g.prefix) OR starts_with(g.prefix, e.document_prefix))
        ORDER BY l.line LIMIT 1
        """

    var agreement: String
    var earmarks: [CoordinationV1.Earmark]

    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(earmarks.map(\.line))
        parameters.add(earmarks.map(\.documentPrefix))
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (agreement: String, line: String) {
        (try row.string(0), try row.string(1))
    }
}
