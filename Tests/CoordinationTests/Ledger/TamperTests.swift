import Crypto
import LedgerAudit
import Postgres
import TestSupport
import Testing

/// Every table of the ledger.
private let tables = [
    "fiscal_year", "budget_scheme", "budget_line", "budget_balance", "budget_limit", "budget_limit_line", "budget_hold",
    "budget_document", "budget_batch", "budget_transfer", "budget_record", "budget_posting", "budget_reversal",
    "budget_log_pending",
    "budget_log_span", "budget_log_node", "budget_log_key", "budget_checkpoint",
]

private struct Columns: Statement {
    static let sql = """
        SELECT a.attname::text, format_type(a.atttypid, NULL)
        FROM pg_attribute a WHERE a.attrelid = ('coordination.' || $1)::regclass AND a.attnum > 0 AND NOT a.attisdropped
        """

    var table: String

    func bind(into parameters: inout Parameters) { parameters.add(table) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (name: String, type: String) {
        (try row.string(0), try row.string(1))
    }
}

/// Another value of the same type, as an expression over the old one.
private func flipped(_ column: String, _ type: String) -> String {
    switch type {
    case "bigint", "integer", "smallint": "coalesce(\(column), 0) + 1"
    case "boolean": "NOT \(column)"
    case "date": "coalesce(\(column), date '2001-01-01') + 1"
    case "timestamp with time zone": "\(column) + interval '1 second'"
    case "bytea": "set_byte(\(column), 0, get_byte(\(column), 0) # 1)"
    default: "coalesce(\(column), '') || 'x'"
    }
}

/// A database whose constraints and triggers no longer hold anybody back, as its operator could make it.
private func unlock(_ pool: ConnectionPool) async throws {
    try await pool.script(
        """
        DO $$
        DECLARE
            found record;
        BEGIN
            FOR found IN
                SELECT conrelid::regclass AS place, conname FROM pg_constraint
                WHERE connamespace = 'coordination'::regnamespace AND contype IN ('c', 'f', 'u', 'p') AND conparentid = 0 AND coninhcount = 0
                    AND conrelid::regclass::text LIKE ANY (ARRAY['coordination.budget%', 'coordination.fiscal_year', 'coordination.agreement%'])
            LOOP
                EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I CASCADE', found.place, found.conname);
            END LOOP;
            FOR found IN
                SELECT tgrelid::regclass AS place, tgname FROM pg_trigger
                WHERE tgname LIKE '%append_only' AND tgparentid = 0
            LOOP
                EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.place);
            END LOOP;
        END
        $$;
        DROP INDEX coordination.budget_record_refused_line_idx;
        ALTER TABLE coordination.budget_line ALTER line_id DROP IDENTITY;
        ALTER TABLE coordination.budget_limit ALTER limit_id DROP IDENTITY;
        """)
}

/// Thrown to take a change back.
private struct TakenBack: Error {}

/// Changes the database, audits it within the same transaction, and takes the change back.
private func expectFound(_ change: String, _ pool: ConnectionPool, _ auditor: LedgerAuditor) async throws {
    do {
        try await pool.transaction { transaction in
            try await transaction.script(change)
            let report = try await auditor.run(in: transaction)
            #expect(!report.problems.isEmpty, "not found: \(change)")
            throw TakenBack()
        }
    } catch is TakenBack {}
}

@Test func everyChangeOfEveryTableIsFound() async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 2)
        let scene = AuditScene(pool: pool)
        let kept = try await scene.fill(batches: 90)
        let key = SignedNote.describe(scene.key.verifyingKey, name: scene.name)
        let auditor = LedgerAuditor(pool, keys: [key], checkpoints: [kept])
        let clean = try await auditor.run()
        #expect(clean.problems == [])
        #expect(clean.size > 256 && clean.checkpoints == 2)
        try await unlock(pool)
        var changes = 0
        for table in tables {
            let columns = try await pool.query(Columns(table: table))
            #expect(!columns.isEmpty)
            for (column, type) in columns {
                for row in ["min", "max"] {
                    try await expectFound(
                        """
                        UPDATE coordination.\(table) SET \(column) = \(flipped(column, type))
                        WHERE ctid = (SELECT \(row)(ctid) FROM coordination.\(table))
                        """, pool, auditor)
                    changes += 1
                }
            }
            for row in ["min", "max"] {
                try await expectFound(
                    "DELETE FROM coordination.\(table) WHERE ctid = (SELECT \(row)(ctid) FROM coordination.\(table))",
                    pool, auditor)
            }
            try await expectFound("TRUNCATE coordination.\(table)", pool, auditor)
        }
        let reorderings = [
            """
            UPDATE coordination.budget_log_span SET batch_id = 5 - batch_id WHERE batch_id IN (2, 3)
            """,
            // Two entries of a batch change places, with their hashes.
            """
            UPDATE coordination.budget_transfer SET ordinal = 3 - ordinal
            WHERE ordinal IN (1, 2) AND batch_id = (
                SELECT min(batch_id) FROM coordination.budget_transfer WHERE ordinal = 2)
            """,
            // Two batches change places, with all that they carry.
            """
            UPDATE coordination.budget_log_span s SET batch_id = o.batch_id, entries = o.entries
            FROM coordination.budget_log_span o
            WHERE s.first_leaf IN (0, (SELECT max(first_leaf) FROM coordination.budget_log_span))
                AND o.first_leaf IN (0, (SELECT max(first_leaf) FROM coordination.budget_log_span))
                AND o.first_leaf <> s.first_leaf
            """,
            """
            UPDATE coordination.budget_transfer t SET amount = o.amount + 1, leaf_hash = o.leaf_hash
            FROM coordination.budget_transfer o WHERE o.batch_id = t.batch_id AND o.ordinal = 3 - t.ordinal
            """,
        ]
        #expect(changes == 2 * 106, "every column of every table, in two rows")
        for change in reorderings { try await expectFound(change, pool, auditor) }
        await pool.close()
    }
}

@Test func aHistoryRewrittenConsistentlyIsFoundWithAnOldCheckpoint() async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 2)
        let scene = AuditScene(pool: pool)
        let kept = try await scene.fill(batches: 10)
        try await unlock(pool)
        // The operator of the database rewrites one amount everywhere and computes every hash again.
        try await pool.script(
            """
            SET search_path = coordination;
            UPDATE budget_transfer SET amount = amount + 1 WHERE posting_id = 's7/1';
            UPDATE budget_balance SET appropriated = appropriated + 1, available = available + 1
                WHERE line_id = (SELECT line_id FROM budget_transfer WHERE posting_id = 's7/1');
            UPDATE budget_transfer t SET leaf_hash = ledger_transfer_leaf(
                ledger_header(b.batch_id, b.posted_at, b.posted_by, b.call_id, b.entries), t.ordinal, t.line_id,
                t.amount, t.business_date, t.original_date, t.expires_on, t.kind, t.from_stage, t.to_stage,
                t.posting_id, t.document, t.reverses, t.linked_group, t.override_reason, t.description)
            FROM budget_batch b WHERE b.batch_id = t.batch_id;
            TRUNCATE budget_checkpoint, budget_log_key;
            """)
        let own = try await LedgerAuditor(pool).run()
        #expect(own.problems == [])
        let key = SignedNote.describe(scene.key.verifyingKey, name: scene.name)
        let report = try await LedgerAuditor(pool, keys: [key], checkpoints: [kept]).run()
        #expect(report.problems.contains { $0.contains("are not those of its checkpoint") })
        await pool.close()
    }
}
