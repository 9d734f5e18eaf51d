-- The transfers of the items that have no code, that is, are not refused and not answered before. Whether any item has
-- a second transfer is said by the caller.
CREATE FUNCTION coordination.ledger_legs(items coordination.ledger_item[], doubles boolean)
RETURNS TABLE (
    item integer, item_group integer, leg integer, ordinal integer, line_id integer, document text,
    from_stage smallint, to_stage smallint, amount bigint, business_date date, original_date date, expires_on date,
    kind smallint, posting_id text, reverses text, linked_group text, override_reason text, description text
) LANGUAGE sql IMMUTABLE rows 1000 AS $$
    SELECT i.item, i.item_group, 1, i.ordinal, i.line_id, i.document, i.from_stage, i.to_stage, i.amount,
        i.business_date, i.original_date, i.expires_on, i.kind, i.posting_id, i.reverses, i.linked_group,
        i.override_reason, i.description
    FROM unnest(items) AS i WHERE i.code IS NULL
    UNION ALL
    SELECT i.item, i.item_group, 2, i.ordinal + 1, i.second_line, i.second_document, i.second_from, i.second_to,
        i.amount, i.business_date, i.original_date, i.expires_on, i.kind, i.posting_id, i.reverses, i.linked_group,
        i.override_reason, i.description
    FROM unnest(items) AS i WHERE doubles AND i.code IS NULL AND i.second_line IS NOT NULL
$$;

-- Who posts: 1 transfers, 2 projects, 3 coordination, 4 people; null for another service (they are called `puente_…`),
-- which has no business with the ledger.
CREATE FUNCTION coordination.ledger_owner(actor text) RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN actor = 'puente_transfers' THEN 1
        WHEN actor = 'puente_projects' THEN 2
        WHEN actor = 'puente_coordination' THEN 3
        WHEN actor !~ '^puente_[a-z]+$' THEN 4
    END::smallint
$$;

-- Whose the identifiers and documents are that begin in some ways; null where anybody may use them.
CREATE FUNCTION coordination.ledger_name_owner(name text) RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE left(name, strpos(name, '/'))
        WHEN 'run/' THEN 1 WHEN 'bank/' THEN 1
        WHEN 'instalment/' THEN 2 WHEN 'project/' THEN 2
        WHEN 'agreement/' THEN 3 WHEN 'year/' THEN 3 WHEN 'expire/' THEN 3
    END::smallint
$$;

-- The kinds of posting that each of them may ask for: programmes spend and give back, only people change
-- appropriations.
CREATE FUNCTION coordination.ledger_allows(owner smallint, kind smallint) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE owner
        WHEN 1 THEN kind IN (3, 4, 5, 6, 7, 8, 9, 13)
        WHEN 2 THEN kind IN (3, 4, 5, 6, 7, 8, 9, 13)
        WHEN 3 THEN kind IN (3, 4, 8, 11, 12)
        WHEN 4 THEN kind BETWEEN 1 AND 13
        ELSE false
    END
$$;

-- The stages' names in requests, records and codes.
CREATE FUNCTION coordination.ledger_stage(stage smallint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (ARRAY['available', 'reserved', 'committed', 'accrued', 'ordered', 'paid'])[stage]
$$;

-- The stages between which a kind of posting moves money, where its kind alone says that.
CREATE FUNCTION coordination.ledger_from_stage(kind smallint) RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
    SELECT (ARRAY[0, 1, 1, 2, 3, 4, 5, NULL, NULL, 1, 2, NULL, NULL])[kind]::smallint
$$;

-- The stage that a kind of posting moves money to.
CREATE FUNCTION coordination.ledger_to_stage(kind smallint) RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
    SELECT (ARRAY[1, 0, 2, 3, 4, 5, 6, 1, NULL, 0, 1, 0, NULL])[kind]::smallint
$$;

-- The stage account's balance in a hold.
CREATE FUNCTION coordination.ledger_held(hold coordination.budget_hold, stage smallint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE stage
        WHEN 2 THEN hold.reserved WHEN 3 THEN hold.committed WHEN 4 THEN hold.accrued
        WHEN 5 THEN hold.ordered WHEN 6 THEN hold.paid
    END
$$;

-- A transfer of a posting. (`offset 0` here and below: the look-up stays one by the table's key, whatever the planner
-- thinks of the table's size when it makes the plan that serves the session from then on.)
CREATE FUNCTION coordination.ledger_transfer_of(batch bigint, place integer, posting text)
RETURNS SETOF coordination.budget_transfer LANGUAGE sql STABLE rows 1 AS $$
    SELECT * FROM coordination.budget_transfer t
    WHERE t.batch_id = batch AND t.ordinal = place AND t.posting_id = posting OFFSET 0
$$;

-- The limits that a line counts against.
CREATE FUNCTION coordination.ledger_limits_of(line integer) RETURNS SETOF coordination.budget_limit_line
LANGUAGE sql STABLE AS $$
    SELECT * FROM coordination.budget_limit_line z WHERE z.line_id = line OFFSET 0
$$;

-- Settles items one after the other against the balances, group by group: a group that any of its items would
-- overdraw is undone as a whole. Called only when the sums alone cannot prove that every order of the items is
-- covered. Within a group every item is charged even after one fell short, so that the shortfalls of a line add up
-- to all that the line lacks. A group with an item that is refused already is undone too. Returns codes and shortfalls
-- at the places of the items that fell short.
CREATE FUNCTION coordination.ledger_settle(
    items coordination.ledger_item[], doubles boolean, OUT codes text[], OUT shortfalls bigint[]
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    balances bigint[];
    controls smallint[];
    move_items integer[];
    move_groups integer[];
    move_accounts integer[];
    move_amounts bigint[];
    move_stages smallint[];
    move_overrides boolean[];
    move_doomed boolean[];
    account integer;
    item integer;
    code text;
    first_of_group integer := 1;
    failed boolean;
    refused integer[];
BEGIN
    codes := array_fill(NULL::text, ARRAY[cardinality(items)]);
    shortfalls := array_fill(NULL::bigint, ARRAY[cardinality(items)]);
    refused := ARRAY(SELECT DISTINCT i.item_group FROM unnest(items) AS i WHERE i.code <> 'posted');

    -- Each transfer is two moves: from one account and to another. An account that has all that is asked of it cannot
    -- fall short, in whatever order and whoever is undone; only the moves of the others are gone through.
    WITH leg AS MATERIALIZED (
        SELECT l.item, l.item_group, l.leg, l.line_id, l.document, l.from_stage, l.to_stage, l.amount,
            l.override_reason <> '' AS overridden
        FROM ledger_legs(items, doubles) AS l
    ), move AS NOT MATERIALIZED (
        SELECT l.item, l.item_group, l.leg, -1 AS side, l.overridden, l.line_id, l.from_stage AS stage,
            -l.amount AS amount, CASE WHEN l.from_stage > 1 THEN l.document ELSE '' END AS document
        FROM leg l WHERE l.from_stage > 0
        UNION ALL
        SELECT l.item, l.item_group, l.leg, 1, l.overridden, l.line_id, l.to_stage, l.amount,
            CASE WHEN l.to_stage > 1 THEN l.document ELSE '' END
        FROM leg l WHERE l.to_stage > 0
        UNION ALL
        -- What a limit leaves is an account too, in stage 7: reserving takes from it.
        SELECT l.item, l.item_group, l.leg, s.side, false, z.limit_id, 7::smallint, s.side * l.amount, ''
        FROM leg l
        CROSS JOIN LATERAL ledger_limits_of(l.line_id) AS z
        CROSS JOIN LATERAL (VALUES (CASE WHEN l.to_stage >= 2 THEN -1 ELSE 1 END)) AS s(side)
        WHERE (l.from_stage < 2) <> (l.to_stage < 2)
        UNION ALL
        -- So is what a line may still be given, in stage 8.
        SELECT l.item, l.item_group, l.leg, s.side, false, l.line_id, 8::smallint, s.side * l.amount, ''
        FROM leg l
        CROSS JOIN LATERAL (VALUES (CASE WHEN l.from_stage = 0 THEN -1 ELSE 1 END)) AS s(side)
        WHERE l.from_stage = 0 OR l.to_stage = 0
    ), opening AS (
        SELECT a.line_id, a.stage, a.document, a.asked,
            CASE a.stage
                WHEN 1 THEN b.available WHEN 7 THEN z.ceiling - z.used WHEN 8 THEN 100000000000000000 - b.appropriated
                ELSE coalesce(ledger_held(h, a.stage), 0)
            END AS balance,
            CASE WHEN a.stage = 1 THEN b.control ELSE 0 END AS control
        FROM (
            SELECT m.line_id, m.stage, m.document, -sum(m.amount) AS asked
            FROM move m WHERE m.side < 0 GROUP BY m.line_id, m.stage, m.document
        ) AS a
        LEFT JOIN budget_balance b ON a.stage IN (1, 8) AND b.line_id = a.line_id
        LEFT JOIN budget_limit z ON a.stage = 7 AND z.limit_id = a.line_id
        LEFT JOIN budget_hold h ON a.stage BETWEEN 2 AND 6 AND h.line_id = a.line_id AND h.document = a.document
    ), short AS MATERIALIZED (
        SELECT o.* FROM opening o WHERE o.control < 2 AND o.balance < o.asked
    )
    SELECT o.balances, o.controls, m.items, m.groups, m.accounts, m.amounts, m.stages, m.overrides, m.doomed
    INTO balances, controls, move_items, move_groups, move_accounts, move_amounts, move_stages, move_overrides,
        move_doomed
    FROM (
        SELECT array_agg(o.balance ORDER BY o.line_id, o.stage, o.document) AS balances,
            array_agg(o.control ORDER BY o.line_id, o.stage, o.document) AS controls
        FROM short o
    ) AS o, (
        SELECT array_agg(m.item) AS items, array_agg(m.item_group) AS groups, array_agg(m.account) AS accounts,
            array_agg(m.amount) AS amounts, array_agg(m.stage) AS stages, array_agg(m.overridden) AS overrides,
            array_agg((m.item_group IN (SELECT unnest(refused))) IS true) AS doomed
        FROM (
            -- The accounts are numbered as they are ordered above.
            SELECT m.*, dense_rank() OVER (ORDER BY m.line_id, m.stage, m.document) AS account
            FROM move m
            -- `is true` keeps this a hashed look-up: as a join it would be planned for few rows, and be quadratic.
            WHERE ((m.line_id, m.stage, m.document) IN (SELECT o.line_id, o.stage, o.document FROM short o)) IS true
            ORDER BY m.item_group, m.item, m.leg, m.side
        ) AS m
    ) AS m;

    failed := move_doomed[1];
    FOR i IN 1..coalesce(cardinality(move_items), 0) LOOP
        IF move_groups[i] <> move_groups[first_of_group] THEN
            IF failed THEN
                FOR undone IN first_of_group..i - 1 LOOP
                    account := move_accounts[undone];
                    balances[account] := balances[account] - move_amounts[undone];
                END LOOP;
            END IF;
            first_of_group := i;
            failed := move_doomed[i];
        END IF;
        account := move_accounts[i];
        balances[account] := balances[account] + move_amounts[i];
        IF balances[account] < 0 AND move_amounts[i] < 0 AND controls[account] < 2
            AND NOT (controls[account] = 1 AND move_overrides[i]) THEN
            failed := true;
            item := move_items[i];
            code := CASE
                WHEN controls[account] = 1 THEN 'override_required'
                WHEN move_stages[i] = 7 THEN 'limit_exceeded'
                WHEN move_stages[i] = 8 THEN 'line_bound_exceeded'
                ELSE 'insufficient_' || ledger_stage(move_stages[i])
            END;
            IF codes[item] IS NULL OR code < codes[item] THEN
                codes[item] := code;
                shortfalls[item] := least(-move_amounts[i], -balances[account]);
            END IF;
        END IF;
    END LOOP;
END
$$;

-- sum() of bigint is numeric, which costs more than the sums of a batch are worth. Raises an error beyond 2^63.
CREATE AGGREGATE coordination.ledger_sum (bigint) (sfunc = int8pl, stype = bigint);

-- Posts a batch: the only writer of transfers, balances and holds.
--
-- Modes: 1 atomic, 2 each posting on its own, 3 per group (postings with the same p_group hang together). Arrays are
-- parallel; optional ones may be null. One code per posting, the first that applies of:
--   1 invalid_posting_id, posting_id_repeated, invalid_kind, kind_not_allowed, reserved_id, invalid_amount,
--     invalid_currency, invalid_document, invalid_stage, invalid_target, invalid_reversal, invalid_group, invalid_text,
--     invalid_date                                                    (the request is wrong)
--   2 posting_id_reused                                             (the identifier has other content)
--   3 the answer that was given before                              (replayed)
--   4 unknown_line, unknown_target, currency_mismatch
--   5 unknown_posting, other_line, not_reversible, already_reversed, exceeds_posting
--   6 document_of_another
--   7 year_sealed, year_closing, date_sealed, outside_year, before_money, stage_not_used
--   8 earmarked, agreement_suspended, hold_expired, hold_not_expired
--   9 insufficient_<stage>, limit_exceeded, override_required, line_bound_exceeded       (with the shortfall)
--  10 group_refused                                                 (another posting of the group was refused)
-- A refused atomic batch leaves nothing behind unless p_remember says so. In the other modes refusals of classes 4
-- and later are remembered: the same posting is answered the same for ever.
--
-- With p_own the batch is an act of the ledger itself (an agreement's money, reservations that lapse, a year's end):
-- its identifiers may be the reserved ones, and it touches the documents of all. Money that an agreement binds
-- (document `agreement/<code>`) is drawn on by RESERVE with that source_document, for the agreement's documents only.
--
-- Every look-up goes from the postings to a table by its key, and the settings and subqueries keep it so: one plan,
-- made once in a session, serves batches and tables of every size. (Planning anew would take far longer than one
-- posting.)
CREATE FUNCTION coordination.ledger_post(
    p_mode smallint, p_remember boolean, p_own boolean, p_actor text, p_call bigint,
    p_posting_id text[], p_kind smallint[], p_line text[], p_amount bigint[], p_currency text[], p_document text[],
    p_stage text[],
    p_reverses text[], p_description text[], p_group text[], p_target_line text[], p_source_document text[],
    p_business_date text[], p_original_date text[], p_expires_on text[], p_override_reason text[]
) RETURNS TABLE (posting_id text, code text, shortfall bigint, line text, replayed boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = coordination, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS $$
#variable_conflict use_column
DECLARE
    v_named integer[];
    v_years integer[];
    v_schemes text[];
    v_lines integer[];
    v_locked integer[];
    v_limited boolean;
    v_earmarked boolean;
    v_owner smallint := CASE WHEN p_own THEN 3 ELSE ledger_owner(p_actor) END;
    v_foreign boolean;
    v_opens boolean;
    v_dated boolean;
    v_given date[];
    v_repeated boolean[];
    v_groups integer[];
    v_reversed_twice boolean[];
    v_stored boolean;
    v_ordinary boolean;
    v_reverses boolean;
    v_targets boolean;
    v_lapses boolean;
    v_plain_text boolean;
    v_items ledger_item[];
    v_second boolean := false;
    v_codes text[];
    v_shortfalls bigint[];
    v_ordinals integer[];
    v_known boolean := false;
    v_suspect boolean;
    v_remember boolean := p_mode <> 1 OR p_remember;
    v_batch bigint;
    v_now timestamptz;
    v_header text;
    v_refusals integer := 0;
    v_transfers integer := 0;
    v_today date := civil_day();
BEGIN
    IF coalesce(cardinality(p_posting_id), 0) = 0 THEN
        RETURN;
    END IF;

    -- Work that only some batches need is done only for them.
    v_reverses := EXISTS (SELECT FROM unnest(p_reverses) AS r WHERE r <> '');
    v_targets := EXISTS (SELECT FROM unnest(p_target_line) AS t WHERE t <> '');
    v_lapses := 4 = ANY (p_kind) OR 11 = ANY (p_kind);
    v_dated := concat(array_to_string(p_business_date, '')) <> '';
    v_plain_text := array_to_string(
        p_posting_id || p_document || p_source_document || p_group || p_description || p_override_reason, '')
        !~ '[[:cntrl:]]';
    IF (SELECT count(*) FROM (SELECT FROM unnest(p_posting_id) AS i GROUP BY i COLLATE "C") AS z)
        < cardinality(p_posting_id) THEN
        SELECT array_agg(z.nth > 1 ORDER BY z.item) INTO v_repeated
        FROM (
            SELECT i.item, row_number() OVER (PARTITION BY i.posting_id COLLATE "C" ORDER BY i.item) AS nth
            FROM unnest(p_posting_id) WITH ordinality AS i(posting_id, item)
        ) AS z;
    END IF;
    IF p_mode = 3 THEN
        SELECT array_agg(CASE WHEN z.linked_group <> '' THEN z.first ELSE z.item END ORDER BY z.item) INTO v_groups
        FROM (
            SELECT i.item, i.linked_group, min(i.item) OVER (PARTITION BY i.linked_group COLLATE "C") AS first
            FROM unnest(p_group) WITH ordinality AS i(linked_group, item)
        ) AS z;
    END IF;
    IF v_reverses THEN
        SELECT array_agg(z.reverses <> '' AND z.nth > 1 ORDER BY z.item) INTO v_reversed_twice
        FROM (
            SELECT i.item, i.reverses, row_number() OVER (PARTITION BY i.reverses COLLATE "C" ORDER BY i.item) AS nth
            FROM unnest(p_reverses) WITH ordinality AS i(reverses, item)
        ) AS z;
    END IF;

    IF v_dated AND 1 = ANY (p_kind) THEN
        -- What the batch itself gives to a line, and since when.
        SELECT array_agg(z.first ORDER BY z.item) INTO v_given
        FROM (
            SELECT i.item, min(
                    CASE WHEN i.kind = 1 THEN coalesce(nullif(i.business_date, '')::date, v_today) END
                ) OVER (PARTITION BY i.line COLLATE "C") AS first
            FROM unnest(p_kind, p_line, p_business_date) WITH ordinality AS i(kind, line, business_date, item)
        ) AS z;
    END IF;

    -- Every line of the batch, locked in one statement in the order of line_id. Whoever holds a line's balance holds
    -- its documents and its year's state too.
    -- A posting that is reversed may be written by another batch while this one waits; then its lines are locked too.
    SELECT array_agg(l.line_id ORDER BY l.line_id), array_agg(DISTINCT l.fiscal_year), array_agg(DISTINCT l.scheme)
    INTO v_named, v_years, v_schemes
    FROM budget_line l WHERE l.line = ANY (p_line || p_target_line);
    v_lines := v_named;
    LOOP
        IF v_reverses THEN
            v_lines := ARRAY(
                SELECT unnest(v_named)
                UNION
                SELECT t.line_id
                FROM budget_posting p
                CROSS JOIN LATERAL (VALUES (p.ordinal), (p.ordinal + 1)) AS o(place)
                CROSS JOIN LATERAL ledger_transfer_of(p.batch_id, o.place, p.posting_id) AS t
                WHERE p.posting_id = ANY (p_reverses) AND NOT p.refused
                ORDER BY 1);
        END IF;
        PERFORM FROM budget_balance b WHERE b.line_id = ANY (v_lines) ORDER BY b.line_id FOR UPDATE;
        EXIT WHEN NOT v_reverses OR v_lines IS NOT DISTINCT FROM v_locked;
        v_locked := v_lines;
    END LOOP;
    PERFORM FROM budget_limit m
    WHERE m.limit_id IN (SELECT z.limit_id FROM budget_limit_line z WHERE z.line_id = ANY (v_lines))
    ORDER BY m.limit_id FOR UPDATE;
    v_limited := found;
    v_earmarked := EXISTS (SELECT FROM agreement_earmark e WHERE e.line_id = ANY (v_lines));
    v_stored := EXISTS (SELECT FROM budget_posting p WHERE p.posting_id = ANY (p_posting_id));
    -- Whether a document of the batch is another's, by who opened it or by its name, and whether one is opened now.
    SELECT coalesce(bool_or(coalesce(w.owner, ledger_name_owner(d.document)) <> v_owner), false),
        coalesce(bool_or(w.owner IS NULL), false)
    INTO v_foreign, v_opens
    FROM (
        SELECT DISTINCT i COLLATE "C" AS document FROM unnest(p_document || p_source_document) AS i WHERE i <> ''
    ) AS d
    LEFT JOIN LATERAL (SELECT z.owner FROM budget_document z WHERE z.document = d.document OFFSET 0) AS w ON true;

    -- Whether none of the batch's postings can have one of the rarer faults.
    v_ordinary := v_plain_text AND v_repeated IS NULL
        AND NOT (v_reverses OR v_targets OR v_earmarked OR v_stored OR v_foreign OR v_dated OR p_own)
        AND (p_mode = 3 OR concat(array_to_string(p_group, '')) = '')
        AND concat(
            array_to_string(p_stage, ''), array_to_string(p_source_document, ''),
            array_to_string(p_original_date, ''), array_to_string(p_expires_on, '')) = ''
        AND NOT EXISTS (
            SELECT FROM fiscal_year y
            WHERE y.fiscal_year = ANY (v_years) AND (y.state <> 1 OR y.sealed_through IS NOT NULL))
        AND NOT EXISTS (
            SELECT FROM budget_scheme c WHERE c.scheme = ANY (v_schemes) AND (c.skips_reserved OR c.skips_ordered));
    IF v_ordinary THEN
        -- Most batches need no further look: each rule below is one that this excludes.
        SELECT
            array_agg(
                row(
                    g.item, g.item, CASE WHEN p_mode = 1 THEN 1 ELSE coalesce(g.item_group, g.item) END,
                    g.posting_id, g.kind, g.line, g.amount, v_today, NULL, NULL, '', coalesce(g.linked_group, ''),
                    coalesce(g.override_reason, ''), coalesce(g.description, ''), l.line_id, g.document,
                    ledger_from_stage(g.kind), ledger_to_stage(g.kind), NULL, NULL, NULL, NULL, NULL, NULL, false
                )::ledger_item ORDER BY g.item),
            bool_and((
                g.kind IN (3, 5, 6, 7) AND g.amount BETWEEN 1 AND 1000000000000000
                AND octet_length(g.posting_id) BETWEEN 1 AND 64
                AND coalesce(ledger_name_owner(g.posting_id), v_owner) = v_owner
                AND g.currency = l.currency
                AND octet_length(g.document) BETWEEN 1 AND 64 AND octet_length(coalesce(g.linked_group, '')) <= 64
                AND octet_length(coalesce(g.description, '')) <= 240
                AND octet_length(coalesce(g.override_reason, '')) <= 240 AND l.line_id IS NOT NULL) IS true)
        INTO v_items, v_ordinary
        FROM unnest(
            p_posting_id, p_kind, p_line, p_amount, p_currency, p_document, p_group, p_description, p_override_reason,
            v_groups
        ) WITH ordinality AS g(
            posting_id, kind, line, amount, currency, document, linked_group, description, override_reason, item_group,
            item)
        LEFT JOIN LATERAL (SELECT * FROM budget_line z WHERE z.line = g.line OFFSET 0) AS l ON true;
    END IF;
    IF NOT v_ordinary THEN
        -- What each posting asks for, and what is wrong with it regardless of balances.
        WITH given AS MATERIALIZED (
            SELECT g.item::integer, g.posting_id COLLATE "C" AS posting_id, coalesce(g.kind, 0::smallint) AS kind,
                coalesce(g.line, '') AS line, coalesce(g.amount, 0) AS amount,
                coalesce(g.currency, '') COLLATE "C" AS currency, coalesce(g.document, '') AS document,
                coalesce(g.stage, '') AS stage, coalesce(g.reverses, '') AS reverses,
                coalesce(g.description, '') AS description, coalesce(g.linked_group, '') AS linked_group,
                coalesce(g.target_line, '') AS target_line, coalesce(g.source_document, '') AS source_document,
                nullif(g.business_date, '')::date AS asked_date, nullif(g.original_date, '')::date AS original_date,
                nullif(g.expires_on, '')::date AS expires_on, coalesce(g.override_reason, '') AS override_reason,
                CASE g.stage
                    WHEN 'available' THEN 1 WHEN 'reserved' THEN 2 WHEN 'committed' THEN 3 WHEN 'accrued' THEN 4
                    WHEN 'ordered' THEN 5 WHEN 'paid' THEN 6
                END AS stage_number,
                g.is_repeated, g.reversed_twice, g.given_since,
                CASE WHEN p_mode = 1 THEN 1 ELSE coalesce(g.item_group, g.item::integer) END AS item_group
            FROM unnest(
                p_posting_id, p_kind, p_line, p_amount, p_currency, p_document, p_stage, p_reverses, p_description,
                p_group, p_target_line, p_source_document, p_business_date, p_original_date, p_expires_on,
                p_override_reason, v_repeated, v_reversed_twice, v_groups, v_given
            ) WITH ordinality AS g(
                posting_id, kind, line, amount, currency, document, stage, reverses, description, linked_group,
                target_line, source_document, business_date, original_date, expires_on, override_reason, is_repeated,
                reversed_twice, item_group, given_since, item)
        ), judged AS (
            SELECT g.*, l.line_id, t.line_id AS target_id, y.state AS year_state, p.stored_batch,
                coalesce(g.asked_date, v_today) AS business_date,
                g.kind = 4 AND c.skips_reserved OR g.kind = 7 AND c.skips_ordered AS passes_through,
                o.amount AS o_amount, o.line_id AS o_line, o.document AS o_document, o.from_stage AS o_from,
                o.to_stage AS o_to, o.line_id2 AS o_line2, o.document2 AS o_document2, o.from_stage2 AS o_from2,
                o.to_stage2 AS o_to2,
                CASE
                    WHEN g.posting_id IS NULL OR g.posting_id = '' OR length(g.posting_id) > 64
                        OR NOT v_plain_text AND g.posting_id ~ '[[:cntrl:]]' THEN 'invalid_posting_id'
                    WHEN g.is_repeated THEN 'posting_id_repeated'
                    WHEN g.kind NOT BETWEEN 1 AND 13 THEN 'invalid_kind'
                    WHEN NOT p_own AND NOT ledger_allows(v_owner, g.kind) THEN 'kind_not_allowed'
                    WHEN coalesce(ledger_name_owner(g.posting_id), v_owner) <> v_owner AND NOT p_own THEN 'reserved_id'
                    WHEN g.amount < 0 OR g.amount = 0 AND g.kind <> 9 OR g.amount > 1000000000000000
                        THEN 'invalid_amount'
                    WHEN g.currency !~ '^[A-Z]{3}$' THEN 'invalid_currency'
                    WHEN length(g.document) > 64 OR length(g.source_document) > 64
                        OR (g.kind BETWEEN 3 AND 8 OR g.kind IN (11, 13)) AND g.document = ''
                        OR g.source_document <> '' AND (g.kind <> 3 OR g.source_document = g.document)
                        OR g.kind = 12 AND g.document = '' AND g.stage_number > 1 THEN 'invalid_document'
                    WHEN g.kind = 8 AND coalesce(g.stage_number, 1) = 1 OR g.kind = 12 AND g.stage_number IS NULL
                        OR g.kind = 13 AND coalesce(g.stage_number, 1) < 4
                        OR g.kind NOT IN (8, 12, 13) AND g.stage <> '' THEN 'invalid_stage'
                    WHEN (g.kind IN (10, 12)) <> (g.target_line <> '') OR g.target_line = g.line AND g.target_line <> ''
                        THEN 'invalid_target'
                    WHEN (g.kind = 9) <> (g.reverses <> '') OR g.reversed_twice THEN 'invalid_reversal'
                    WHEN length(g.linked_group) > 64 OR p_mode <> 3 AND g.linked_group <> '' THEN 'invalid_group'
                    WHEN length(g.description) > 240 OR length(g.override_reason) > 240
                        OR NOT v_plain_text AND g.document || g.source_document || g.linked_group || g.description
                            || g.override_reason ~ '[[:cntrl:]]' THEN 'invalid_text'
                    WHEN g.asked_date > v_today OR g.original_date > coalesce(g.asked_date, v_today)
                        OR g.expires_on IS NOT NULL AND g.kind <> 3 THEN 'invalid_date'
                    -- What the same identifier said before.
                    WHEN p.refused THEN
                        CASE
                            WHEN p.body::jsonb -> 'content' = ledger_content(
                                g.kind, g.line, g.amount, g.currency, g.document, g.stage, g.reverses, g.description,
                                g.linked_group, g.target_line, g.source_document, g.asked_date, g.original_date,
                                g.expires_on, g.override_reason) THEN p.body::jsonb ->> 'code'
                            ELSE 'posting_id_reused'
                        END
                    WHEN p.stored_batch IS NOT NULL THEN
                        CASE
                            WHEN p.kind = g.kind AND l.currency = g.currency AND p.description = g.description
                                AND p.reverses = g.reverses
                                AND p.linked_group = g.linked_group AND p.override_reason = g.override_reason
                                AND p.business_date = coalesce(g.asked_date, p.business_date)
                                AND p.original_date IS NOT DISTINCT FROM g.original_date
                                AND p.expires_on IS NOT DISTINCT FROM g.expires_on
                                AND p.amount = CASE WHEN g.kind = 9 AND g.amount = 0 THEN o.amount ELSE g.amount END
                                AND CASE
                                    WHEN g.kind = 9 THEN l.line_id IN (p.line_id, coalesce(p.line_id2, p.line_id))
                                    WHEN g.source_document <> '' THEN
                                        p.line_id = l.line_id AND p.document = g.source_document
                                        AND p.document2 = g.document
                                    WHEN g.kind IN (10, 12) THEN
                                        p.line_id = l.line_id AND p.line_id2 = t.line_id AND p.document = g.document
                                        AND p.from_stage = coalesce(g.stage_number, 1)
                                    WHEN g.kind IN (8, 13) THEN
                                        p.line_id = l.line_id AND p.document = g.document
                                        AND p.from_stage = g.stage_number
                                    ELSE p.line_id = l.line_id AND p.document = g.document
                                END THEN 'posted'
                            ELSE 'posting_id_reused'
                        END
                    WHEN l.line_id IS NULL THEN 'unknown_line'
                    WHEN g.target_line <> '' AND t.line_id IS NULL THEN 'unknown_target'
                    WHEN g.currency <> l.currency OR l.currency <> t.currency THEN 'currency_mismatch'
                    WHEN g.kind = 9 AND o.line_id IS NULL THEN 'unknown_posting'
                    WHEN g.kind = 9 AND l.line_id NOT IN (o.line_id, coalesce(o.line_id2, o.line_id)) THEN 'other_line'
                    WHEN g.kind = 9 AND o.kind = 9 THEN 'not_reversible'
                    WHEN g.kind = 9 AND o.reversed THEN 'already_reversed'
                    WHEN g.kind = 9 AND g.amount > o.amount THEN 'exceeds_posting'
                    WHEN w.is_foreign THEN 'document_of_another'
                    -- What stayed payable is ordered and paid after the year; what the bank rejects or returns leaves
                    -- it.
                    WHEN t.state = 3 OR y.state = 3 AND NOT z.goes_on THEN 'year_sealed'
                    WHEN y.state = 2 AND g.kind IN (1, 3) THEN 'year_closing'
                    WHEN coalesce(g.asked_date, v_today) <= greatest(y.sealed_through, t.sealed_through)
                        THEN 'date_sealed'
                    -- A year's end is dated when it is done; so is what goes on after it.
                    WHEN NOT p_own AND g.original_date IS NULL AND g.asked_date IS NOT NULL AND (
                        g.asked_date < lower(ledger_year_days(y.fiscal_year))
                        OR g.asked_date >= upper(ledger_year_days(y.fiscal_year)) AND NOT z.goes_on) THEN 'outside_year'
                    WHEN g.asked_date < v_today AND g.kind <> 1
                        AND g.asked_date < least(ledger_first_money(l.line_id), g.given_since) THEN 'before_money'
                    WHEN g.kind = 3 AND c.skips_reserved OR g.kind = 6 AND c.skips_ordered THEN 'stage_not_used'
                    WHEN v_earmarked AND NOT p_own AND (
                        g.source_document LIKE 'agreement/%' AND NOT EXISTS (
                            SELECT FROM agreement_earmark e
                            WHERE e.line_id = l.line_id AND 'agreement/' || e.agreement = g.source_document
                                AND starts_with(g.document, e.document_prefix))) THEN 'earmarked'
                    WHEN v_earmarked AND (g.source_document LIKE 'agreement/%' OR g.kind = 4) AND NOT p_own
                        AND EXISTS (
                        SELECT FROM agreement_earmark e JOIN agreement a USING (agreement)
                        WHERE e.line_id = l.line_id AND a.state = 3 AND starts_with(g.document, e.document_prefix))
                        THEN 'agreement_suspended'
                    WHEN g.kind = 4 AND h.expires_on < coalesce(g.asked_date, v_today) THEN 'hold_expired'
                    WHEN g.kind = 11 AND y.state = 1 AND coalesce(h.expires_on >= coalesce(g.asked_date, v_today), true)
                        THEN 'hold_not_expired'
                END AS code,
                (p.body::jsonb ->> 'shortfall')::bigint AS shortfall
            FROM given g
            LEFT JOIN LATERAL (SELECT * FROM budget_line z WHERE z.line = g.line OFFSET 0) AS l ON true
            LEFT JOIN budget_scheme c ON c.scheme = l.scheme
            LEFT JOIN fiscal_year y ON y.fiscal_year = l.fiscal_year
            LEFT JOIN LATERAL (
                SELECT z.line_id, z.currency, f.state, f.sealed_through
                FROM budget_line z JOIN fiscal_year f USING (fiscal_year)
                WHERE v_targets AND z.line = g.target_line
            ) AS t ON true
            LEFT JOIN LATERAL (
                SELECT z.batch_id AS stored_batch, z.refused, s.*, u.line_id AS line_id2, u.document AS document2,
                    x.body
                FROM (
                    SELECT *, y.ordinal + 1 AS second FROM budget_posting y
                    WHERE v_stored AND y.posting_id = g.posting_id OFFSET 0
                ) AS z
                LEFT JOIN LATERAL ledger_transfer_of(z.batch_id, z.ordinal, z.posting_id) AS s ON NOT z.refused
                LEFT JOIN LATERAL ledger_transfer_of(z.batch_id, z.second, z.posting_id) AS u ON NOT z.refused
                LEFT JOIN LATERAL (
                    SELECT y.body FROM budget_record y WHERE y.batch_id = z.batch_id AND y.ordinal = z.ordinal OFFSET 0
                ) AS x ON z.refused
            ) AS p ON true
            LEFT JOIN LATERAL (
                SELECT s.*, u.line_id AS line_id2, u.document AS document2, u.from_stage AS from_stage2,
                    u.to_stage AS to_stage2, r.reversed_by IS NOT NULL AS reversed
                FROM (
                    SELECT *, y.ordinal + 1 AS second FROM budget_posting y
                    WHERE v_reverses AND y.posting_id = nullif(g.reverses, '') AND NOT y.refused OFFSET 0
                ) AS z
                CROSS JOIN LATERAL ledger_transfer_of(z.batch_id, z.ordinal, z.posting_id) AS s
                LEFT JOIN LATERAL ledger_transfer_of(z.batch_id, z.second, z.posting_id) AS u ON true
                LEFT JOIN LATERAL (
                    SELECT y.reversed_by FROM budget_reversal y WHERE y.posting_id = z.posting_id OFFSET 0
                ) AS r ON true
            ) AS o ON true
            LEFT JOIN LATERAL (
                SELECT z.expires_on FROM budget_hold z
                WHERE v_lapses AND g.kind IN (4, 11) AND z.line_id = l.line_id AND z.document = g.document OFFSET 0
            ) AS h ON true
            CROSS JOIN LATERAL (
                SELECT g.kind IN (6, 7, 13) OR g.kind = 8 AND g.stage_number IN (4, 5)
                    OR g.kind = 9 AND o.kind IN (6, 7, 13) AS goes_on
            ) AS z
            -- Whether it takes from another's document, or gives to one. What an agreement binds is drawn on by those
            -- whom the earmark names, and given back to it by them.
            LEFT JOIN LATERAL (
                SELECT EXISTS (
                    SELECT FROM (VALUES
                        (CASE
                            WHEN g.kind BETWEEN 3 AND 8 OR g.kind IN (11, 13) OR g.kind = 12 AND g.stage_number > 1
                                THEN g.document
                        END),
                        (CASE WHEN g.source_document NOT LIKE 'agreement/%' THEN g.source_document END),
                        (CASE
                            WHEN greatest(o.from_stage, o.to_stage) > 1
                                AND NOT (o.document LIKE 'agreement/%' AND o.line_id2 IS NOT NULL) THEN o.document
                        END),
                        (CASE WHEN greatest(o.from_stage2, o.to_stage2) > 1 THEN o.document2 END)
                    ) AS d(document)
                    WHERE d.document <> '' AND coalesce(
                        (SELECT b.owner FROM budget_document b WHERE b.document = d.document OFFSET 0),
                        ledger_name_owner(d.document), v_owner) <> v_owner
                ) AS is_foreign
                WHERE NOT p_own AND (v_foreign OR v_reverses)
            ) AS w ON true
        )
        SELECT
            array_agg(
                row(
                    j.item, j.item, j.item_group, j.posting_id, j.kind, j.line,
                    CASE WHEN j.kind = 9 AND j.amount = 0 THEN j.o_amount ELSE j.amount END, j.business_date,
                    j.original_date, j.expires_on, j.reverses, j.linked_group, j.override_reason, j.description,
                    -- The first transfer.
                    CASE WHEN j.kind = 9 THEN coalesce(j.o_line2, j.o_line) ELSE j.line_id END,
                    CASE
                        WHEN j.kind = 9 THEN coalesce(j.o_document2, j.o_document)
                        WHEN j.source_document <> '' THEN j.source_document
                        ELSE j.document
                    END,
                    CASE
                        WHEN j.kind = 9 THEN coalesce(j.o_to2, j.o_to)
                        WHEN j.kind IN (8, 12, 13) THEN j.stage_number
                        WHEN j.source_document <> '' THEN 2
                        WHEN j.passes_through THEN j.kind - 3
                        ELSE ledger_from_stage(j.kind)
                    END,
                    CASE
                        WHEN j.kind = 9 THEN coalesce(j.o_from2, j.o_from)
                        WHEN j.source_document <> '' THEN 1
                        WHEN j.passes_through THEN j.kind - 2
                        -- Nothing can use it any more in a year that ends.
                        WHEN j.kind = 13 THEN CASE WHEN j.year_state = 1 THEN 1 ELSE 0 END
                        ELSE ledger_to_stage(j.kind)
                    END,
                    -- The second, where the posting has one.
                    j.second_line, CASE WHEN j.kind = 9 THEN j.o_document ELSE j.document END,
                    CASE j.kind WHEN 9 THEN j.o_to WHEN 3 THEN 1 WHEN 4 THEN 2 WHEN 7 THEN 5 ELSE 0 END,
                    CASE j.kind
                        WHEN 9 THEN j.o_from WHEN 3 THEN 2 WHEN 4 THEN 3 WHEN 7 THEN 6 WHEN 10 THEN 1
                        ELSE j.stage_number
                    END,
                    j.code, CASE WHEN j.is_answer THEN j.shortfall END, j.is_answer
                )::ledger_item),
            bool_or(j.code IS NOT NULL), bool_or(j.second_line IS NOT NULL)
        INTO v_items, v_known, v_second
        FROM (
            SELECT z.*, z.stored_batch IS NOT NULL AND (z.code = 'posted' OR ledger_remembers(z.code)) AS is_answer,
                CASE
                    WHEN z.kind = 9 THEN CASE WHEN z.o_line2 IS NOT NULL THEN z.o_line END
                    WHEN z.source_document <> '' OR z.passes_through THEN z.line_id
                    WHEN z.kind IN (10, 12) THEN z.target_id
                END AS second_line
            FROM judged z ORDER BY z.item
        ) AS j;
    END IF;

    -- If no account is asked for more than it has, no order of the items can overdraw it.
    WITH leg AS MATERIALIZED (
        SELECT l.line_id, l.document, l.from_stage, l.to_stage, l.amount
        FROM ledger_legs(v_items, v_second) AS l
    )
    SELECT (SELECT count(*) FROM leg), EXISTS (
            SELECT FROM (
                SELECT l.line_id, sum(l.amount) AS amount FROM leg l WHERE l.from_stage = 1 GROUP BY l.line_id
            ) AS d
            WHERE d.amount > (
                SELECT CASE WHEN b.control < 2 THEN b.available END FROM budget_balance b WHERE b.line_id = d.line_id)
        ) OR EXISTS (
            SELECT FROM (
                SELECT l.line_id, l.document, l.from_stage, sum(l.amount) AS amount
                FROM leg l WHERE l.from_stage > 1 GROUP BY l.line_id, l.document, l.from_stage
            ) AS d
            WHERE d.amount > coalesce((
                SELECT ledger_held(h, d.from_stage) FROM budget_hold h
                WHERE h.line_id = d.line_id AND h.document = d.document), 0)
        ) OR v_limited AND EXISTS (
            SELECT FROM (
                SELECT z.limit_id, sum(l.amount) AS amount
                FROM leg l
                CROSS JOIN LATERAL ledger_limits_of(l.line_id) AS z
                WHERE l.from_stage < 2 AND l.to_stage >= 2 GROUP BY z.limit_id
            ) AS d
            JOIN budget_limit m USING (limit_id)
            WHERE m.ceiling - m.used < d.amount
        ) OR EXISTS (
            SELECT FROM (
                SELECT l.line_id, sum(l.amount) AS amount FROM leg l WHERE l.from_stage = 0 GROUP BY l.line_id
            ) AS d
            WHERE d.amount > (
                SELECT 100000000000000000 - b.appropriated FROM budget_balance b WHERE b.line_id = d.line_id)
        )
    INTO v_transfers, v_suspect;
    IF v_suspect THEN
        SELECT z.codes, z.shortfalls INTO v_codes, v_shortfalls FROM ledger_settle(v_items, v_second) AS z;
    END IF;
    IF v_suspect OR v_known OR v_second THEN
        -- The answers, and where the entries stand in the batch. Nothing of a refused atomic batch is written; in the
        -- other modes each group stands alone.
        SELECT array_agg(z.code ORDER BY z.item), array_agg(z.shortfall ORDER BY z.item),
            array_agg(z.ordinal ORDER BY z.item), coalesce(sum(z.legs) FILTER (WHERE z.code IS NULL), 0),
            count(*) FILTER (WHERE v_remember AND NOT z.replayed AND ledger_remembers(z.code))
        INTO v_codes, v_shortfalls, v_ordinals, v_transfers, v_refusals
        FROM (
            SELECT y.*, (
                    sum(CASE WHEN y.code IS NULL THEN y.legs ELSE 0 END) OVER (ORDER BY y.item) - y.legs + 1
                )::integer AS ordinal
            FROM (
                SELECT x.item, x.legs, x.shortfall, x.replayed,
                    CASE
                        WHEN x.code IS NULL AND bool_or(x.code <> 'posted') OVER (PARTITION BY x.item_group) IS true
                            THEN 'group_refused'
                        ELSE x.code
                    END AS code
                FROM (
                    SELECT i.item, i.item_group, 1 + (i.second_line IS NOT NULL)::integer AS legs, i.replayed,
                        coalesce(i.code, v_codes[i.item]) AS code,
                        coalesce(v_shortfalls[i.item], i.shortfall) AS shortfall
                    FROM unnest(v_items) AS i
                ) AS x
            ) AS y
        ) AS z;
        v_items := ARRAY(
            SELECT row(
                i.item, v_ordinals[i.item], i.item_group, i.posting_id, i.kind, i.line, i.amount, i.business_date,
                i.original_date, i.expires_on, i.reverses, i.linked_group, i.override_reason, i.description, i.line_id,
                i.document, i.from_stage, i.to_stage, i.second_line, i.second_document, i.second_from, i.second_to,
                v_codes[i.item], v_shortfalls[i.item], i.replayed)::ledger_item
            FROM unnest(v_items) AS i ORDER BY i.item);
    END IF;
    IF v_transfers + v_refusals > 0 THEN
        v_batch := nextval('budget_batch_number');
        v_now := clock_timestamp();
        v_header := ledger_header(v_batch, v_now, p_actor, p_call, v_transfers + v_refusals);
        INSERT INTO budget_batch VALUES (v_batch, v_now, p_actor, p_call, v_transfers + v_refusals);
        INSERT INTO budget_log_pending VALUES (v_batch, v_transfers + v_refusals);
    END IF;
    IF v_transfers > 0 THEN
        -- The journal, the identifiers, and one update per balance and hold.
        WITH leg AS MATERIALIZED (
            SELECT l.* FROM ledger_legs(v_items, v_second) AS l
        ), transfer AS (
            INSERT INTO budget_transfer
            SELECT v_batch, l.ordinal, l.line_id, l.amount, l.business_date, l.original_date, l.expires_on, l.kind,
                l.from_stage, l.to_stage, l.posting_id, l.document, l.reverses, l.linked_group, l.override_reason,
                l.description,
                ledger_transfer_leaf(
                    v_header, l.ordinal, l.line_id, l.amount, l.business_date, l.original_date, l.expires_on, l.kind,
                    l.from_stage, l.to_stage, l.posting_id, l.document, l.reverses, l.linked_group, l.override_reason,
                    l.description)
            FROM leg l
        ), posting AS (
            INSERT INTO budget_posting SELECT l.posting_id, v_batch, l.ordinal, false FROM leg l WHERE l.leg = 1
        ), reversal AS (
            INSERT INTO budget_reversal
            SELECT l.reverses, l.posting_id FROM leg l WHERE v_reverses AND l.kind = 9 AND l.leg = 1
        ), moved AS MATERIALIZED (
            SELECT l.line_id, l.document, l.from_stage, l.to_stage, ledger_sum(l.amount) AS amount,
                max(l.expires_on) AS expires_on
            FROM leg l GROUP BY l.line_id, l.document, l.from_stage, l.to_stage
        ), balance AS (
            UPDATE budget_balance b
            SET appropriated = b.appropriated + d.appropriated, available = b.available + d.available,
                reserved = b.reserved + d.reserved, committed = b.committed + d.committed,
                accrued = b.accrued + d.accrued, ordered = b.ordered + d.ordered, paid = b.paid + d.paid
            FROM (
                SELECT (SELECT z.ctid FROM budget_balance z WHERE z.line_id = m.line_id) AS place,
                    ledger_sum(CASE 0 WHEN m.from_stage THEN m.amount WHEN m.to_stage THEN -m.amount ELSE 0 END)
                        AS appropriated,
                    ledger_sum(CASE 1 WHEN m.to_stage THEN m.amount WHEN m.from_stage THEN -m.amount ELSE 0 END)
                        AS available,
                    ledger_sum(CASE 2 WHEN m.to_stage THEN m.amount WHEN m.from_stage THEN -m.amount ELSE 0 END)
                        AS reserved,
                    ledger_sum(CASE 3 WHEN m.to_stage THEN m.amount WHEN m.from_stage THEN -m.amount ELSE 0 END)
                        AS committed,
                    ledger_sum(CASE 4 WHEN m.to_stage THEN m.amount WHEN m.from_stage THEN -m.amount ELSE 0 END)
                        AS accrued,
                    ledger_sum(CASE 5 WHEN m.to_stage THEN m.amount WHEN m.from_stage THEN -m.amount ELSE 0 END)
                        AS ordered,
                    ledger_sum(CASE 6 WHEN m.to_stage THEN m.amount WHEN m.from_stage THEN -m.amount ELSE 0 END)
                        AS paid
                FROM moved m GROUP BY m.line_id
            ) AS d
            WHERE b.ctid = d.place
        ), held AS MATERIALIZED (
            SELECT m.line_id, m.document, (
                    SELECT h.ctid FROM budget_hold h WHERE h.line_id = m.line_id AND h.document = m.document) AS place,
                ledger_sum(CASE 2 WHEN m.to_stage THEN m.amount WHEN m.from_stage THEN -m.amount ELSE 0 END)
                    AS reserved,
                ledger_sum(CASE 3 WHEN m.to_stage THEN m.amount WHEN m.from_stage THEN -m.amount ELSE 0 END)
                    AS committed,
                ledger_sum(CASE 4 WHEN m.to_stage THEN m.amount WHEN m.from_stage THEN -m.amount ELSE 0 END)
                    AS accrued,
                ledger_sum(CASE 5 WHEN m.to_stage THEN m.amount WHEN m.from_stage THEN -m.amount ELSE 0 END)
                    AS ordered,
                ledger_sum(CASE 6 WHEN m.to_stage THEN m.amount WHEN m.from_stage THEN -m.amount ELSE 0 END)
                    AS paid,
                max(CASE WHEN m.to_stage > 1 THEN m.expires_on END) AS expires_on
            FROM moved m WHERE m.from_stage > 1 OR m.to_stage > 1 GROUP BY m.line_id, m.document
        ), updated AS (
            UPDATE budget_hold h
            SET reserved = h.reserved + d.reserved, committed = h.committed + d.committed,
                accrued = h.accrued + d.accrued, ordered = h.ordered + d.ordered, paid = h.paid + d.paid,
                expires_on = greatest(h.expires_on, d.expires_on)
            FROM held d
            WHERE h.ctid = d.place
        )
        INSERT INTO budget_hold
        SELECT d.line_id, d.document, d.reserved, d.committed, d.accrued, d.ordered, d.paid, d.expires_on
        FROM held d WHERE d.place IS NULL;
        IF v_limited THEN
            UPDATE budget_limit m SET used = m.used + d.amount
            FROM (
                SELECT z.limit_id, sum(CASE WHEN l.to_stage >= 2 THEN l.amount ELSE -l.amount END)::bigint AS amount
                FROM ledger_legs(v_items, v_second) AS l
                CROSS JOIN LATERAL ledger_limits_of(l.line_id) AS z
                WHERE (l.from_stage < 2) <> (l.to_stage < 2) GROUP BY z.limit_id
            ) AS d
            WHERE m.limit_id = d.limit_id;
        END IF;
    END IF;
    IF v_opens AND v_transfers > 0 THEN
        -- Two that open the same document at once on different lines wait for each other here; the second is told.
        INSERT INTO budget_document
        SELECT DISTINCT l.document, v_owner FROM ledger_legs(v_items, v_second) AS l WHERE l.to_stage > 1 ORDER BY 1
        ON CONFLICT ON CONSTRAINT budget_document_pkey DO NOTHING;
        IF NOT p_own AND EXISTS (
            SELECT FROM ledger_legs(v_items, v_second) AS l
            JOIN LATERAL (SELECT d.owner FROM budget_document d WHERE d.document = l.document OFFSET 0) AS d ON true
            WHERE l.to_stage > 1 AND d.owner <> v_owner
        ) THEN
            RAISE EXCEPTION 'another opened the same document' USING ERRCODE = 'unique_violation',
                CONSTRAINT = 'budget_document_pkey', TABLE = 'budget_document';
        END IF;
    END IF;
    IF v_refusals > 0 THEN
        WITH refusal AS MATERIALIZED (
            SELECT i.posting_id, (v_transfers + row_number() OVER (ORDER BY i.item))::integer AS ordinal,
                json_build_object(
                    'code', i.code, 'shortfall', coalesce(i.shortfall, 0), 'content', ledger_content(
                        i.kind, i.line, p_amount[i.item], p_currency[i.item], p_document[i.item], p_stage[i.item],
                        i.reverses,
                        i.description, i.linked_group, p_target_line[i.item], p_source_document[i.item],
                        nullif(p_business_date[i.item], '')::date, i.original_date, i.expires_on,
                        i.override_reason))::text AS body
            FROM unnest(v_items) AS i
            WHERE NOT i.replayed AND ledger_remembers(i.code)
        ), recorded AS (
            INSERT INTO budget_record
            SELECT v_batch, r.ordinal, 'refusal', r.posting_id, r.body,
                ledger_record_leaf(v_header, r.ordinal, 'refusal', r.posting_id, r.body)
            FROM refusal r
        )
        INSERT INTO budget_posting SELECT r.posting_id, v_batch, r.ordinal, true FROM refusal r;
    END IF;

    RETURN QUERY
    SELECT i.posting_id, coalesce(i.code, 'posted'), coalesce(i.shortfall, 0), i.line, i.replayed
    FROM unnest(v_items) AS i;
END
$$;

-- Whether a refusal is remembered: those that depend on the ledger's state are, those of the request itself are not.
CREATE FUNCTION coordination.ledger_remembers(code text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT code IS NOT NULL AND code NOT LIKE 'invalid\_%'
        AND code NOT IN ('posted', 'posting_id_repeated', 'posting_id_reused', 'kind_not_allowed', 'reserved_id')
$$;

-- A posting's content as a refusal remembers it, so that the same identifier can be compared later.
CREATE FUNCTION coordination.ledger_content(
    kind smallint, line text, amount bigint, currency text, document text, stage text, reverses text,
    description text, linked_group text, target_line text, source_document text, business_date date, original_date date,
    expires_on date, override_reason text
) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'kind', kind, 'line', nullif(line, ''), 'amount', amount, 'currency', nullif(currency, ''),
        'document', nullif(document, ''),
        'stage', nullif(stage, ''), 'reverses', nullif(reverses, ''), 'description', nullif(description, ''),
        'group', nullif(linked_group, ''), 'target_line', nullif(target_line, ''),
        'source_document', nullif(source_document, ''), 'business_date', business_date - date '2000-01-01',
        'original_date', original_date - date '2000-01-01', 'expires_on', expires_on - date '2000-01-01',
        'override_reason', nullif(override_reason, '')))
$$;
