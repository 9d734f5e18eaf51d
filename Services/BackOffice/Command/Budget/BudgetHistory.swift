import CoordinationDomain
import Postgres

/// What was posted on a line, and what the ledger refused and remembers as refused, the latest first.
struct BudgetHistory: Statement {
    static let sql = """
        WITH line AS (
            SELECT l.line_id, l.line, l.currency,
                ARRAY[c.appropriated, c.available, c.reserved, c.committed, c.accrued, c.ordered, c.paid] AS names
            FROM coordination.budget_line l JOIN coordination.budget_scheme c USING (scheme) WHERE l.line = $1
        ), entry AS (
            (SELECT t.batch_id, t.ordinal, t.business_date::text AS day, t.posting_id, 'posted' AS code,
                t.from_stage, t.to_stage, t.amount, 0::bigint AS shortfall, t.document,
                concat_ws('; ', nullif(t.description, ''), 'corrects ' || t.original_date,
                    'override: ' || nullif(t.override_reason, '')) AS note
            FROM line JOIN coordination.budget_transfer t USING (line_id)
            WHERE $2::text IS NULL OR t.document = $2
            ORDER BY t.batch_id DESC, t.ordinal DESC LIMIT $3)
            UNION ALL
            (SELECT r.batch_id, r.ordinal,
                coalesce((date '2000-01-01' + (z.asked ->> 'business_date')::integer)::text, ''), r.key,
                z.body ->> 'code',
                CASE (z.asked ->> 'kind')::integer
                    WHEN 8 THEN s.stage WHEN 12 THEN s.stage WHEN 13 THEN s.stage WHEN 9 THEN NULL
                    ELSE (ARRAY[0, 1, 1, 2, 3, 4, 5, NULL, NULL, 1, 2])[(z.asked ->> 'kind')::integer]
                END,
                CASE (z.asked ->> 'kind')::integer
                    WHEN 12 THEN s.stage ELSE (ARRAY[1, 0, 2, 3, 4, 5, 6, 1, NULL, 1, 1])[(z.asked ->> 'kind')::integer]
                END,
                (z.asked ->> 'amount')::bigint, (z.body ->> 'shortfall')::bigint,
                coalesce(z.asked ->> 'document', ''),
                concat_ws('; ', z.asked ->> 'description', 'reverses ' || (z.asked ->> 'reverses'),
                    'to ' || (z.asked ->> 'target_line'), 'from ' || (z.asked ->> 'source_document'))
            FROM coordination.budget_record r
            CROSS JOIN LATERAL (SELECT r.body::jsonb AS body, r.body::jsonb -> 'content' AS asked) AS z
            CROSS JOIN LATERAL (
                SELECT array_position(
                    ARRAY['available', 'reserved', 'committed', 'accrued', 'ordered', 'paid'], z.asked ->> 'stage')
                    AS stage) AS s
            WHERE r.kind = 'refusal' AND r.body::jsonb -> 'content' ->> 'line' = $1
                AND ($2::text IS NULL OR z.asked ->> 'document' = $2)
            ORDER BY r.batch_id DESC, r.ordinal DESC LIMIT $3)
        )
        SELECT coalesce(nullif(e.day, ''), coordination.civil_day(b.posted_at)::text), e.posting_id, e.code,
            coalesce(line.names[e.from_stage + 1], ''), coalesce(line.names[e.to_stage + 1], ''), e.amount, e.shortfall,
            e.document, b.posted_by, coalesce((s.first_leaf + e.ordinal - 1)::text, ''), e.note,
            coalesce(line.currency, '')
        FROM entry e
        JOIN coordination.budget_batch b USING (batch_id)
        LEFT JOIN coordination.budget_log_span s USING (batch_id)
        LEFT JOIN line ON true
        ORDER BY e.batch_id DESC, e.ordinal DESC LIMIT $3
        """

    struct Row: Sendable {
        var day: String
        var posting: String
        var code: String
        var from: String
        var to: String
        var amount: Int64
        var shortfall: Int64
        var document: String
        var by: String
        var leaf: String
        var note: String
        /// The line's.
        var currency: String

        /// The row as it is shown. What was refused says so, with its code and the reason.
        func cells(_ say: Language) -> [String] {
            [
                day, posting, result(say), from, to, BudgetAmount.text(Int128(amount), currency), document, by, leaf,
                [reason(say), note].filter { !$0.isEmpty }.joined(separator: "; "),
            ]
        }

        private var isPosted: Bool { code == PostingCode.posted.rawValue }

        private func result(_ say: Language) -> String {
            isPosted
                ? Text("posted", es: "registrado")(say) : Text("refused: \(code)", es: "rechazado: \(code)")(say)
        }

        private func reason(_ say: Language) -> String {
            guard !isPosted, let known = PostingCode(rawValue: code) else { return "" }
            let why = known.reason(say)
            guard shortfall > 0 else { return why }
            let short = BudgetAmount.text(Int128(shortfall), currency)
            return why + Text(" (short of \(short))", es: " (faltan \(short))")(say)
        }
    }

    let line: String
    let document: String?
    let most: Int64

    func bind(into parameters: inout Parameters) {
        parameters.add(line)
        parameters.add(document)
        parameters.add(most)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            day: try row.string(0), posting: try row.string(1), code: try row.string(2), from: try row.string(3),
            to: try row.string(4), amount: try row.int64(5), shortfall: try row.int64(6), document: try row.string(7),
            by: try row.string(8), leaf: try row.string(9), note: try row.string(10), currency: try row.string(11))
    }
}
