import Postgres

/// Rows of the ledger's tables, each as texts, for comparing with what the journal says.
protocol StoredRows: Statement where Row == [String?] {
    static var columns: Int { get }
}

extension StoredRows {
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String?] {
        var values: [String?] = []
        for column in 0..<columns { values.append(try row.stringOrNil(column)) }
        return values
    }
}

struct StoredLines: StoredRows {
    static let columns = 17
    static let sql = """
        SELECT l.line_id::text, l.line, l.fiscal_year::text, l.fund, l.ministry, l.programme, l.territory_code,
            l.currency, l.scheme, b.control::text, (-b.appropriated)::text, b.available::text, b.reserved::text,
            b.committed::text, b.accrued::text, b.ordered::text, b.paid::text
        FROM coordination.budget_line l FULL JOIN coordination.budget_balance b USING (line_id)
        """
}

struct StoredHolds: StoredRows {
    static let columns = 8
    static let sql = """
        SELECT line_id::text, document, reserved::text, committed::text, accrued::text, ordered::text, paid::text,
            (expires_on - date '2000-01-01')::text
        FROM coordination.budget_hold
        """
}

struct StoredDocuments: StoredRows {
    static let columns = 2
    static let sql = "SELECT document, owner::text FROM coordination.budget_document"
}

struct StoredLimits: StoredRows {
    static let columns = 10
    static let sql = """
        SELECT limit_id::text, code, fiscal_year::text, currency, fund, ministry, programme, territory_code,
            ceiling::text, used::text
        FROM coordination.budget_limit
        """
}

struct StoredLimitLines: StoredRows {
    static let columns = 2
    static let sql = "SELECT limit_id::text, line_id::text FROM coordination.budget_limit_line"
}

struct StoredYears: StoredRows {
    static let columns = 3
    static let sql = """
        SELECT fiscal_year::text, state::text, (sealed_through - date '2000-01-01')::text FROM coordination.fiscal_year
        """
}

struct StoredSchemes: StoredRows {
    static let columns = 16
    static let sql = """
        SELECT scheme, appropriated, available, reserved, committed, accrued, ordered, paid, skips_reserved::text,
            skips_ordered::text, source, reserved_at_year_end::text, committed_at_year_end::text,
            accrued_at_year_end::text, ordered_at_year_end::text, year_end_source
        FROM coordination.budget_scheme
        """
}

/// The spans of the log with the link that each of them should carry.
struct StoredSpans: Statement {
    static let sql = """
        SELECT first_leaf, batch_id, entries, sequenced_at, chain_hash
        FROM coordination.budget_log_span ORDER BY first_leaf
        """

    struct Row: Sendable {
        var firstLeaf: Int64
        var batch: Int64
        var entries: Int32
        var sequencedAt: Int64
        var chain: [UInt8]
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            firstLeaf: try row.int64(0), batch: try row.int64(1), entries: try row.int32(2),
            sequencedAt: try row.timestampMicroseconds(3), chain: try row.bytes(4))
    }
}

struct StoredNodes: Statement {
    static let sql = "SELECT level, number, hash FROM coordination.budget_log_node"

    static func decode(
        _ row: borrowing RowReader
    ) throws(PostgresError) -> (level: Int, number: Int64, hash: [UInt8]) {
        (Int(try row.int16(0)), try row.int64(1), try row.bytes(2))
    }
}

struct StoredCheckpoints: Statement {
    static let sql = "SELECT leaves, note FROM coordination.budget_checkpoint ORDER BY leaves"

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (size: Int64, note: String) {
        (try row.int64(0), try row.string(1))
    }
}

struct StoredKeys: Statement {
    static let sql = "SELECT key_line FROM coordination.budget_log_key"

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// Identifiers, reversals and batches that do not agree with the journal.
struct Disagreements: Statement {
    static let sql = """
        SELECT 'identifier ' || coalesce(j.posting_id, p.posting_id) || ' does not agree with the journal'
        FROM (
            SELECT t.posting_id, t.batch_id, min(t.ordinal) AS ordinal, false AS refused
            FROM coordination.budget_transfer t GROUP BY t.posting_id, t.batch_id
            UNION ALL
            SELECT r.key, r.batch_id, r.ordinal, true FROM coordination.budget_record r WHERE r.kind = 'refusal'
        ) AS j
        FULL JOIN coordination.budget_posting p USING (posting_id)
        WHERE (j.batch_id, j.ordinal, j.refused) IS DISTINCT FROM (p.batch_id, p.ordinal, p.refused)
        UNION ALL
        SELECT 'the reversal of ' || coalesce(t.reverses, r.posting_id) || ' does not agree with the journal'
        FROM (
            SELECT DISTINCT reverses, posting_id FROM coordination.budget_transfer WHERE kind = 9
        ) AS t
        FULL JOIN coordination.budget_reversal r ON r.posting_id = t.reverses
        WHERE t.posting_id IS DISTINCT FROM r.reversed_by
        UNION ALL
        SELECT 'batch ' || coalesce(b.batch_id, z.batch_id) || ' is not in the log exactly once'
        FROM coordination.budget_batch b
        FULL JOIN (
            SELECT batch_id, entries FROM coordination.budget_log_span
            UNION ALL
            SELECT batch_id, entries FROM coordination.budget_log_pending
        ) AS z USING (batch_id)
        WHERE b.entries IS DISTINCT FROM z.entries
        UNION ALL
        SELECT 'batch ' || batch_id || ' is both in the log and waiting for it'
        FROM coordination.budget_log_span JOIN coordination.budget_log_pending USING (batch_id)
        UNION ALL
        SELECT 'batch ' || b.batch_id || ' has no entries'
        FROM coordination.budget_batch b
        WHERE NOT EXISTS (SELECT FROM coordination.budget_transfer t WHERE t.batch_id = b.batch_id)
            AND NOT EXISTS (SELECT FROM coordination.budget_record r WHERE r.batch_id = b.batch_id)
        LIMIT 100
        """

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
