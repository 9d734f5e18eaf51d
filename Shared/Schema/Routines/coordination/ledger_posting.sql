-- Posting a batch, in three steps of one transaction: ledger_read locks and reads, CoordinationDomain judges, and
-- ledger_apply writes what was decided. Which postings are refused, and why, is said there; here is what cannot be
-- broken: a batch's entries, identifiers, leaves and sums are written together or not at all, and the constraints hold.
--
-- Every look-up goes from the batch to a table by its key, and the settings and subqueries keep it so: one plan, made
-- once in a session, serves batches and tables of every size. (`OFFSET 0`: the look-up stays one by the key, whatever
-- the planner thinks of the table's size when it makes the plan.) What is read travels as rows of numbers and of texts;
-- a date is its days since 2000-01-01.

-- sum() of bigint is numeric, which costs more than the sums of a batch are worth. Raises an error beyond 2^63.
CREATE AGGREGATE coordination.ledger_sum (bigint) (sfunc = int8pl, stype = bigint);

-- What a transfer does to one stage account.
CREATE FUNCTION coordination.ledger_change(stage integer, from_stage smallint, to_stage smallint, amount bigint)
RETURNS bigint LANGUAGE sql IMMUTABLE
    RETURN CASE stage WHEN to_stage THEN amount WHEN from_stage THEN -amount ELSE 0 END;

-- The transfers of postings that stand in the journal, in their order.
CREATE FUNCTION coordination.ledger_posted(p_postings text[])
RETURNS SETOF coordination.budget_transfer LANGUAGE sql STABLE ROWS 1 AS $$
    SELECT t.*
    FROM coordination.budget_posting AS p
    CROSS JOIN LATERAL (VALUES (p.ordinal), (p.ordinal + 1)) AS o(place)
    CROSS JOIN LATERAL (
        SELECT * FROM coordination.budget_transfer AS z
        WHERE z.batch_id = p.batch_id AND z.ordinal = o.place AND z.posting_id = p.posting_id OFFSET 0
    ) AS t
    WHERE p.posting_id = ANY (p_postings) AND NOT p.refused
$$;

-- Locks what a batch touches, and reads it: the lines that are named, in the order in which they are asked for and NULL
-- where there is none, and the balances and limits of all that are touched.
--
-- The balances are locked in one statement, in the order of line_id, then the limits: whoever holds a line's balance
-- holds its documents and its year's state too. A posting that is to be reversed may be written by another batch while
-- this one waits; then its lines are locked too.
CREATE FUNCTION coordination.ledger_lock(
    p_lines text[], p_reverses text[], OUT named integer[], OUT touched integer[], OUT lines bigint[],
    OUT currencies text[], OUT balances bigint[], OUT limits bigint[], OUT limited bigint[]
) LANGUAGE plpgsql AS $$
DECLARE
    v_locked integer[];
BEGIN
    SELECT array_agg(coalesce(z.line_id, 0)), array_agg(z.cells), array_agg(z.currency)
    INTO named, lines, currencies
    FROM (
        SELECT l.line_id, l.currency, ARRAY[
            l.line_id, l.fiscal_year, c.skips_reserved::integer, c.skips_ordered::integer]::bigint[] AS cells
        FROM unnest(p_lines) WITH ORDINALITY AS g(line, n)
        LEFT JOIN LATERAL (SELECT * FROM budget_line AS z WHERE z.line = g.line OFFSET 0) AS l ON true
        LEFT JOIN budget_scheme AS c ON c.scheme = l.scheme
        ORDER BY g.n
    ) AS z;
    touched := named;
    LOOP
        IF p_reverses <> '{}' THEN
            touched := ARRAY(
                SELECT unnest(named) UNION SELECT t.line_id FROM ledger_posted(p_reverses) AS t ORDER BY 1);
        END IF;
        SELECT array_agg(ARRAY[b.line_id, b.control, b.appropriated, b.available]) INTO balances
        FROM (SELECT * FROM budget_balance WHERE line_id = ANY (touched) ORDER BY line_id FOR UPDATE) AS b;
        EXIT WHEN p_reverses = '{}' OR touched = v_locked;
        v_locked := touched;
    END LOOP;
    IF EXISTS (SELECT FROM budget_limit_line) THEN
        SELECT array_agg(ARRAY[m.limit_id, m.ceiling - m.used]) INTO limits
        FROM (
            SELECT * FROM budget_limit
            WHERE limit_id IN (SELECT z.limit_id FROM budget_limit_line AS z WHERE z.line_id = ANY (touched))
            ORDER BY limit_id FOR UPDATE
        ) AS m;
        SELECT array_agg(ARRAY[z.line_id, z.limit_id]::bigint[]) INTO limited
        FROM budget_limit_line AS z WHERE z.line_id = ANY (touched);
    END IF;
END
$$;

-- What a batch's identifiers were answered before: the transfers of what was posted, the bodies of what was refused;
-- and what the postings are that it reverses, with whose their documents are and what these hold.
CREATE FUNCTION coordination.ledger_earlier(
    p_postings text[], p_reverses text[], OUT answers bigint[], OUT answer_texts text[], OUT refusals text[],
    OUT originals bigint[], OUT original_texts text[]
) LANGUAGE plpgsql AS $$
DECLARE
    v_known text[] := ARRAY(SELECT p.posting_id FROM budget_posting AS p WHERE p.posting_id = ANY (p_postings));
    v_epoch date := date '2000-01-01';
BEGIN
    IF v_known <> '{}' THEN
        SELECT array_agg(
                ARRAY[
                    t.kind, t.amount, t.line_id, t.from_stage, t.to_stage, t.business_date - v_epoch,
                    t.original_date - v_epoch, t.expires_on - v_epoch] ORDER BY t.posting_id, t.ordinal),
            array_agg(
                ARRAY[
                    t.posting_id, t.document, t.reverses, t.linked_group, t.override_reason, t.description
                ] ORDER BY t.posting_id, t.ordinal)
        INTO answers, answer_texts
        FROM ledger_posted(v_known) AS t;
        SELECT array_agg(
            ARRAY[
                p.posting_id, r.body ->> 'code', r.body ->> 'shortfall', c.content ->> 'kind', c.content ->> 'line',
                c.content ->> 'amount', c.content ->> 'currency', c.content ->> 'document', c.content ->> 'stage',
                c.content ->> 'reverses', c.content ->> 'description', c.content ->> 'group',
                c.content ->> 'target_line', c.content ->> 'source_document', c.content ->> 'business_date',
                c.content ->> 'original_date', c.content ->> 'expires_on', c.content ->> 'override_reason'])
        INTO refusals
        FROM budget_posting AS p
        CROSS JOIN LATERAL (
            SELECT z.body::jsonb AS body FROM budget_record AS z
            WHERE z.batch_id = p.batch_id AND z.ordinal = p.ordinal OFFSET 0
        ) AS r
        CROSS JOIN LATERAL (SELECT r.body -> 'content' AS content) AS c
        WHERE p.posting_id = ANY (v_known) AND p.refused;
    END IF;
    IF p_reverses <> '{}' THEN
        SELECT array_agg(
                ARRAY[
                    t.kind, t.amount, t.line_id, t.from_stage, t.to_stage,
                    (EXISTS (SELECT FROM budget_reversal AS z WHERE z.posting_id = t.posting_id))::integer,
                    (SELECT z.owner FROM budget_document AS z WHERE z.document = t.document OFFSET 0),
                    h.reserved, h.committed, h.accrued, h.ordered, h.paid] ORDER BY t.posting_id, t.ordinal),
            array_agg(ARRAY[t.posting_id, t.document] ORDER BY t.posting_id, t.ordinal)
        INTO originals, original_texts
        FROM ledger_posted(p_reverses) AS t
        LEFT JOIN LATERAL (
            SELECT * FROM budget_hold AS z WHERE z.line_id = t.line_id AND z.document = t.document OFFSET 0
        ) AS h ON true;
    END IF;
END
$$;

-- Locks and reads all that judging a batch needs: its lines, with their balances, limits, years, first money and
-- earmarks; whose its documents are, 0 where nobody's; what they hold of the lines whose places are given; what was
-- answered before.
CREATE FUNCTION coordination.ledger_read(
    p_lines text[], p_documents text[], p_hold_lines integer[], p_hold_documents text[], p_postings text[],
    p_reverses text[], p_dated boolean, OUT today integer, OUT lines bigint[], OUT currencies text[],
    OUT balances bigint[], OUT limits bigint[], OUT limited bigint[], OUT years bigint[], OUT owners bigint[],
    OUT holds bigint[], OUT first_money bigint[], OUT earmarks bigint[], OUT earmark_texts text[],
    OUT answers bigint[], OUT answer_texts text[], OUT refusals text[], OUT originals bigint[],
    OUT original_texts text[]
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = coordination, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off SET enable_material = off AS $$
DECLARE
    v_named integer[];
    v_touched integer[];
    v_epoch date := date '2000-01-01';
BEGIN
    SELECT l.* INTO v_named, v_touched, lines, currencies, balances, limits, limited
    FROM ledger_lock(p_lines, p_reverses) AS l;
    -- Each of these statements sees what was committed before the locks were held.
    today := civil_day() - v_epoch;
    SELECT array_agg(ARRAY[y.fiscal_year, y.state, y.sealed_through - v_epoch]::bigint[]) INTO years
    FROM fiscal_year AS y;
    owners := ARRAY(
        SELECT coalesce(d.owner, 0)::bigint
        FROM unnest(p_documents) WITH ORDINALITY AS g(document, n)
        LEFT JOIN LATERAL (SELECT * FROM budget_document AS z WHERE z.document = g.document OFFSET 0) AS d ON true
        ORDER BY g.n);
    SELECT array_agg(
        ARRAY[g.n, h.reserved, h.committed, h.accrued, h.ordered, h.paid, h.expires_on - v_epoch]) INTO holds
    FROM unnest(p_hold_lines, p_hold_documents) WITH ORDINALITY AS g(place, document, n)
    CROSS JOIN LATERAL (
        SELECT * FROM budget_hold AS z WHERE z.line_id = v_named[g.place] AND z.document = g.document OFFSET 0
    ) AS h;
    IF p_dated THEN
        SELECT array_agg(ARRAY[g.line_id, m.first_day - v_epoch]::bigint[]) INTO first_money
        FROM unnest(v_named) AS g(line_id)
        CROSS JOIN LATERAL (
            SELECT min(t.business_date) AS first_day FROM budget_transfer AS t
            WHERE t.line_id = g.line_id AND t.from_stage = 0
        ) AS m;
    END IF;
    IF EXISTS (SELECT FROM agreement_earmark) THEN
        SELECT array_agg(ARRAY[e.line_id, (a.state = 3)::integer]::bigint[]),
            array_agg(ARRAY[e.agreement, e.document_prefix])
        INTO earmarks, earmark_texts
        FROM agreement_earmark AS e JOIN agreement AS a USING (agreement) WHERE e.line_id = ANY (v_touched);
    END IF;
    SELECT e.* INTO answers, answer_texts, refusals, originals, original_texts
    FROM ledger_earlier(p_postings, p_reverses) AS e;
END
$$;

-- Adds a batch's transfers, as the journal has them, to the balances, the holds and what is used of the limits.
CREATE FUNCTION coordination.ledger_add_up(p_batch bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    WITH moved AS MATERIALIZED (
        SELECT t.line_id, t.document, t.from_stage, t.to_stage, ledger_sum(t.amount) AS amount,
            max(t.expires_on) AS expires_on
        FROM budget_transfer AS t WHERE t.batch_id = p_batch
        GROUP BY t.line_id, t.document, t.from_stage, t.to_stage
    ), balance AS (
        UPDATE budget_balance AS b
        SET appropriated = b.appropriated - d.source, available = b.available + d.available,
            reserved = b.reserved + d.reserved, committed = b.committed + d.committed,
            accrued = b.accrued + d.accrued, ordered = b.ordered + d.ordered, paid = b.paid + d.paid
        FROM (
            SELECT (SELECT z.ctid FROM budget_balance AS z WHERE z.line_id = m.line_id) AS place,
                ledger_sum(ledger_change(0, m.from_stage, m.to_stage, m.amount)) AS source,
                ledger_sum(ledger_change(1, m.from_stage, m.to_stage, m.amount)) AS available,
                ledger_sum(ledger_change(2, m.from_stage, m.to_stage, m.amount)) AS reserved,
                ledger_sum(ledger_change(3, m.from_stage, m.to_stage, m.amount)) AS committed,
                ledger_sum(ledger_change(4, m.from_stage, m.to_stage, m.amount)) AS accrued,
                ledger_sum(ledger_change(5, m.from_stage, m.to_stage, m.amount)) AS ordered,
                ledger_sum(ledger_change(6, m.from_stage, m.to_stage, m.amount)) AS paid
            FROM moved AS m GROUP BY m.line_id
        ) AS d
        WHERE b.ctid = d.place
    ), held AS MATERIALIZED (
        SELECT m.line_id, m.document, (
                SELECT h.ctid FROM budget_hold AS h WHERE h.line_id = m.line_id AND h.document = m.document) AS place,
            ledger_sum(ledger_change(2, m.from_stage, m.to_stage, m.amount)) AS reserved,
            ledger_sum(ledger_change(3, m.from_stage, m.to_stage, m.amount)) AS committed,
            ledger_sum(ledger_change(4, m.from_stage, m.to_stage, m.amount)) AS accrued,
            ledger_sum(ledger_change(5, m.from_stage, m.to_stage, m.amount)) AS ordered,
            ledger_sum(ledger_change(6, m.from_stage, m.to_stage, m.amount)) AS paid,
            max(CASE WHEN m.to_stage > 1 THEN m.expires_on END) AS expires_on
        FROM moved AS m WHERE m.from_stage > 1 OR m.to_stage > 1 GROUP BY m.line_id, m.document
    ), updated AS (
        UPDATE budget_hold AS h
        SET reserved = h.reserved + d.reserved, committed = h.committed + d.committed,
            accrued = h.accrued + d.accrued, ordered = h.ordered + d.ordered, paid = h.paid + d.paid,
            expires_on = greatest(h.expires_on, d.expires_on)
        FROM held AS d WHERE h.ctid = d.place
    )
    INSERT INTO budget_hold
    SELECT d.line_id, d.document, d.reserved, d.committed, d.accrued, d.ordered, d.paid, d.expires_on
    FROM held AS d WHERE d.place IS NULL;
    IF EXISTS (SELECT FROM budget_limit_line) THEN
        UPDATE budget_limit AS m SET used = m.used + d.amount
        FROM (
            SELECT z.limit_id, ledger_sum(l.amount) AS amount
            FROM (
                SELECT t.line_id, ledger_sum(CASE WHEN t.to_stage >= 2 THEN t.amount ELSE -t.amount END) AS amount
                FROM budget_transfer AS t
                WHERE t.batch_id = p_batch AND (t.from_stage < 2) <> (t.to_stage < 2) GROUP BY t.line_id
            ) AS l
            CROSS JOIN LATERAL (SELECT * FROM budget_limit_line AS z WHERE z.line_id = l.line_id OFFSET 0) AS z
            GROUP BY z.limit_id
        ) AS d
        WHERE m.limit_id = d.limit_id;
    END IF;
END
$$;

-- Makes the documents that a batch opens its caller's. Two that open the same document at once on different lines wait
-- for each other here; the second is told.
CREATE FUNCTION coordination.ledger_open_documents(p_documents text[], p_owner smallint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO budget_document SELECT d, p_owner FROM unnest(p_documents) AS d ORDER BY 1
    ON CONFLICT ON CONSTRAINT budget_document_pkey DO NOTHING;
    IF EXISTS (
        SELECT FROM budget_document AS d WHERE d.document = ANY (p_documents) AND d.owner <> p_owner
    ) THEN
        RAISE EXCEPTION 'another opened the same document' USING ERRCODE = 'unique_violation',
            CONSTRAINT = 'budget_document_pkey', TABLE = 'budget_document';
    END IF;
END
$$;

-- Writes a batch that was judged: the transfers, two of one posting one after the other, and the refusals that are
-- remembered; then what they add up to. An empty array is a column that nothing uses. Dates are days since 2000-01-01.
CREATE FUNCTION coordination.ledger_apply(
    p_actor text, p_call bigint, p_seconds boolean[], p_line_id integer[], p_amount bigint[],
    p_business_date integer[], p_original_date integer[], p_expires_on integer[], p_kind smallint[],
    p_from smallint[], p_to smallint[], p_posting_id text[], p_document text[], p_reverses text[], p_group text[],
    p_override_reason text[], p_description text[], p_refused text[], p_refusals text[], p_opened text[],
    p_owner smallint
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = coordination, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off SET enable_material = off AS $$
DECLARE
    v_batch bigint := nextval('budget_batch_number');
    v_now timestamptz := clock_timestamp();
    v_transfers integer := cardinality(p_line_id);
    v_entries integer := v_transfers + cardinality(p_refused);
    v_header text := ledger_header(v_batch, v_now, p_actor, p_call, v_entries);
BEGIN
    INSERT INTO budget_batch VALUES (v_batch, v_now, p_actor, p_call, v_entries);
    INSERT INTO budget_log_pending VALUES (v_batch, v_entries);
    INSERT INTO budget_transfer
    SELECT v_batch, z.*, ledger_transfer_leaf(
        v_header, z.ordinal, z.line_id, z.amount, z.business_date, z.original_date, z.expires_on, z.kind,
        z.from_stage, z.to_stage, z.posting_id, z.document, z.reverses, z.linked_group, z.override_reason,
        z.description)
    FROM (
        SELECT g.ordinal::integer, g.line_id, g.amount, date '2000-01-01' + g.business_date AS business_date,
            date '2000-01-01' + g.original_date AS original_date, date '2000-01-01' + g.expires_on AS expires_on,
            g.kind, g.from_stage, g.to_stage, g.posting_id, g.document, coalesce(g.reverses, '') AS reverses,
            coalesce(g.linked_group, '') AS linked_group, coalesce(g.override_reason, '') AS override_reason,
            coalesce(g.description, '') AS description
        FROM unnest(
            p_line_id, p_amount, p_business_date, p_original_date, p_expires_on, p_kind, p_from, p_to, p_posting_id,
            p_document, p_reverses, p_group, p_override_reason, p_description
        ) WITH ORDINALITY AS g(
            line_id, amount, business_date, original_date, expires_on, kind, from_stage, to_stage, posting_id,
            document, reverses, linked_group, override_reason, description, ordinal)
    ) AS z;
    INSERT INTO budget_posting
    SELECT g.posting_id, v_batch, g.ordinal, false
    FROM unnest(p_posting_id, p_seconds) WITH ORDINALITY AS g(posting_id, is_second, ordinal)
    WHERE g.is_second IS NOT TRUE;
    IF p_reverses <> '{}' THEN
        INSERT INTO budget_reversal
        SELECT g.reverses, g.posting_id
        FROM unnest(p_reverses, p_posting_id, p_seconds) AS g(reverses, posting_id, is_second)
        WHERE g.reverses <> '' AND g.is_second IS NOT TRUE;
    END IF;
    IF v_transfers > 0 THEN
        PERFORM ledger_add_up(v_batch);
    END IF;
    IF p_opened <> '{}' THEN
        PERFORM ledger_open_documents(p_opened, p_owner);
    END IF;
    IF p_refused <> '{}' THEN
        INSERT INTO budget_record
        SELECT v_batch, v_transfers + g.n, 'refusal', g.posting_id, g.body,
            ledger_record_leaf(v_header, (v_transfers + g.n)::integer, 'refusal', g.posting_id, g.body)
        FROM unnest(p_refused, p_refusals) WITH ORDINALITY AS g(posting_id, body, n);
        INSERT INTO budget_posting
        SELECT g.posting_id, v_batch, v_transfers + g.n, true
        FROM unnest(p_refused) WITH ORDINALITY AS g(posting_id, n);
    END IF;
    RETURN v_batch;
END
$$;
