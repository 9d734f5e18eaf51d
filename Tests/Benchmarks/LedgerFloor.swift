/// The yardstick of the ledger's benchmark: what one would write by hand for this one purpose, over tables with the same
/// columns, constraints and indexes. It locks, checks identifiers, lines and years, and posts reservations as a set; it
/// knows no other posting, no modes, no replays and no evidence.
enum LedgerFloor {
    static let tables = """
        SET search_path = coordination;
        CREATE TABLE floor_balance (LIKE budget_balance INCLUDING ALL) WITH (fillfactor = 50);
        CREATE TABLE floor_hold (LIKE budget_hold INCLUDING ALL) WITH (fillfactor = 70);
        CREATE TABLE floor_batch (LIKE budget_batch INCLUDING ALL);
        CREATE TABLE floor_transfer (LIKE budget_transfer INCLUDING ALL);
        ALTER TABLE floor_transfer DROP COLUMN leaf_hash;
        CREATE TABLE floor_posting (LIKE budget_posting INCLUDING ALL);
        CREATE SEQUENCE floor_batch_number;
        CREATE SEQUENCE bench_id;
        INSERT INTO floor_balance SELECT * FROM budget_balance;

        CREATE FUNCTION floor_post(
            p_id text[], p_kind smallint[], p_line text[], p_amount bigint[], p_document text[]
        ) RETURNS bigint LANGUAGE plpgsql AS $$
        DECLARE
            v_batch bigint := nextval('floor_batch_number');
            v_count integer;
            v_known boolean;
        BEGIN
            PERFORM FROM floor_balance b
            WHERE b.line_id IN (SELECT l.line_id FROM budget_line l WHERE l.line IN (SELECT unnest(p_line)))
            ORDER BY b.line_id FOR UPDATE;
            SELECT count(l.line_id), bool_or(p.posting_id IS NOT NULL) INTO v_count, v_known
            FROM unnest(p_id, p_kind, p_line, p_amount) AS g(id, kind, line, amount)
            LEFT JOIN budget_line l ON l.line = g.line AND g.amount > 0 AND g.kind = 3
            LEFT JOIN fiscal_year y ON y.fiscal_year = l.fiscal_year AND y.state = 1
            LEFT JOIN floor_posting p ON p.posting_id = g.id;
            IF v_count < cardinality(p_id) OR v_known THEN
                RAISE EXCEPTION 'refused';
            END IF;
            INSERT INTO floor_batch VALUES (v_batch, clock_timestamp(), 'bench', 1, v_count);
            WITH leg AS MATERIALIZED (
                SELECT g.n, g.id, l.line_id, g.amount, g.kind, g.document
                FROM unnest(p_id, p_kind, p_line, p_amount, p_document) WITH ORDINALITY
                    AS g(id, kind, line, amount, document, n)
                JOIN budget_line l USING (line)
            ), transfer AS (
                INSERT INTO floor_transfer
                SELECT v_batch, n, line_id, amount, current_date, NULL, NULL, kind, 1, 2, id, document, '', '', '', ''
                FROM leg
            ), posting AS (
                INSERT INTO floor_posting SELECT id, v_batch, n, false FROM leg
            ), balance AS (
                UPDATE floor_balance b SET available = b.available - d.amount, reserved = b.reserved + d.amount
                FROM (SELECT line_id, sum(amount)::bigint AS amount FROM leg GROUP BY 1) d WHERE b.line_id = d.line_id
            ), held AS MATERIALIZED (
                SELECT line_id, document, sum(amount)::bigint AS amount FROM leg GROUP BY 1, 2
            ), updated AS (
                UPDATE floor_hold h SET reserved = h.reserved + s.amount
                FROM held s WHERE h.line_id = s.line_id AND h.document = s.document
            )
            INSERT INTO floor_hold
            SELECT line_id, document, amount FROM held s
            WHERE NOT EXISTS (SELECT FROM floor_hold h WHERE h.line_id = s.line_id AND h.document = s.document);
            RETURN v_batch;
        END
        $$;

        -- One reservation, as one would write it who knows only this.
        CREATE FUNCTION floor_post_one(p_id text, p_line text, p_amount bigint, p_document text) RETURNS bigint
        LANGUAGE plpgsql AS $$
        DECLARE
            v_batch bigint := nextval('floor_batch_number');
            v_line integer;
        BEGIN
            SELECT l.line_id INTO STRICT v_line
            FROM budget_line l JOIN fiscal_year y ON y.fiscal_year = l.fiscal_year AND y.state = 1
            WHERE l.line = p_line;
            UPDATE floor_balance b SET available = b.available - p_amount, reserved = b.reserved + p_amount
            WHERE b.line_id = v_line;
            INSERT INTO floor_batch VALUES (v_batch, clock_timestamp(), 'bench', 1, 1);
            INSERT INTO floor_transfer VALUES (
                v_batch, 1, v_line, p_amount, current_date, NULL, NULL, 3, 1, 2, p_id, p_document, '', '', '', '');
            INSERT INTO floor_posting VALUES (p_id, v_batch, 1, false);
            INSERT INTO floor_hold VALUES (v_line, p_document, p_amount)
            ON CONFLICT (line_id, document) DO UPDATE SET reserved = floor_hold.reserved + excluded.reserved;
            RETURN v_batch;
        END
        $$;
        CREATE FUNCTION bench_floor_one(p_lines integer) RETURNS bigint LANGUAGE plpgsql AS $$
        BEGIN
            RETURN floor_post_one(
                's' || nextval('bench_id'), 'L' || 1 + (random() * (p_lines - 1))::integer,
                1 + (random() * 99)::bigint, 'run');
        END
        $$;
        """

    /// Fills the journal with valid batches of appropriations faster than posting them would.
    static let filling = """
        CREATE PROCEDURE coordination.bench_fill(p_batches integer, p_entries integer, p_lines integer)
        LANGUAGE plpgsql SET search_path = coordination AS $$
        DECLARE
            v_batch bigint;
            v_now timestamptz;
            v_header text;
        BEGIN
            SET LOCAL synchronous_commit = off;
            FOR n IN 1..p_batches LOOP
                v_batch := nextval('budget_batch_number');
                v_now := clock_timestamp();
                v_header := ledger_header(v_batch, v_now, 'bench', 1, p_entries);
                INSERT INTO budget_batch VALUES (v_batch, v_now, 'bench', 1, p_entries);
                INSERT INTO budget_transfer
                SELECT v_batch, i, 1 + i % p_lines, 1, current_date, NULL, NULL, 1, 0, 1, 'f' || v_batch || '-' || i, '',
                    '', '', '', '', ledger_transfer_leaf(
                        v_header, i, 1 + i % p_lines, 1, current_date, NULL, NULL, 1::smallint, 0::smallint,
                        1::smallint, 'f' || v_batch || '-' || i, '', '', '', '', '')
                FROM generate_series(1, p_entries) i;
                INSERT INTO budget_posting SELECT 'f' || v_batch || '-' || i, v_batch, i, false
                FROM generate_series(1, p_entries) i;
                INSERT INTO budget_log_pending VALUES (v_batch, p_entries);
            END LOOP;
            UPDATE budget_balance b SET appropriated = b.appropriated + d.amount, available = b.available + d.amount
            FROM (
                SELECT 1 + i % p_lines AS line_id, count(*) * p_batches AS amount
                FROM generate_series(1, p_entries) i GROUP BY 1
            ) d
            WHERE b.line_id = d.line_id;
        END
        $$;
        """

    /// Takes the leaf's hash out, for measuring what the evidence costs.
    static let withoutLog = """
        CREATE OR REPLACE FUNCTION coordination.ledger_transfer_leaf(
            header text, ordinal integer, line_id integer, amount bigint, business_date date, original_date date,
            expires_on date, kind smallint, from_stage smallint, to_stage smallint, posting_id text, document text,
            reverses text, linked_group text, override_reason text, description text
        ) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE RETURN ''::bytea
        """
}
