-- How many leaves the log has.
CREATE FUNCTION coordination.ledger_log_size() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT s.first_leaf + s.entries FROM coordination.budget_log_span s ORDER BY s.first_leaf DESC LIMIT 1), 0)
$$;

-- The hashes of leaves first … last - 1, in order.
CREATE FUNCTION coordination.ledger_leaves(p_first bigint, p_last bigint)
RETURNS TABLE (leaf bigint, hash bytea) LANGUAGE sql STABLE AS $$
    SELECT s.first_leaf + e.ordinal - 1, e.leaf_hash
    FROM (
        SELECT * FROM coordination.budget_log_span s
        WHERE s.first_leaf < p_last AND s.first_leaf >= coalesce((
            SELECT max(z.first_leaf) FROM coordination.budget_log_span z WHERE z.first_leaf <= p_first), 0)
    ) AS s
    CROSS JOIN LATERAL (
        (
            SELECT t.ordinal, t.leaf_hash FROM coordination.budget_transfer t
            WHERE t.batch_id = s.batch_id AND t.ordinal BETWEEN p_first - s.first_leaf + 1 AND p_last - s.first_leaf
            OFFSET 0
        )
        UNION ALL
        (
            SELECT r.ordinal, r.leaf_hash FROM coordination.budget_record r
            WHERE r.batch_id = s.batch_id AND r.ordinal BETWEEN p_first - s.first_leaf + 1 AND p_last - s.first_leaf
            OFFSET 0
        )
    ) AS e
    ORDER BY 1
$$;

-- The roots of complete subtrees over 256 hashes of 32 bytes each, one after the other in their order, as are the
-- hashes.
CREATE FUNCTION coordination.ledger_subtrees(hashes bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    FOR height IN 1..8 LOOP
        hashes := (
            SELECT string_agg(sha256('\x01'::bytea || substring(hashes FROM p.place + 1 FOR 64)), '' ORDER BY p.place)
            FROM generate_series(0, octet_length(hashes) - 64, 64) AS p(place));
    END LOOP;
    RETURN hashes;
END
$$;

-- The next link of the chain over the spans.
CREATE FUNCTION coordination.ledger_chain(
    BEFORE bytea, first_leaf bigint, batch_id bigint, entries integer, sequenced_at timestamptz
) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sha256(BEFORE || convert_to(
        '1|' || first_leaf || '|' || batch_id || '|' || entries || '|'
            || (extract(epoch FROM sequenced_at) * 1000000)::bigint, 'UTF8'));

-- Begins a new era of batch numbers when the current one has enough leaves, and makes the partition of the one after.
CREATE FUNCTION coordination.ledger_begin_era(p_leaves bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_last bigint := (SELECT last_value FROM coordination.budget_batch_number);
    v_era bigint := v_last / 1000000000000;
BEGIN
    IF coordination.ledger_log_size() - (
        SELECT s.first_leaf FROM coordination.budget_log_span s WHERE s.batch_id >= v_era * 1000000000000
        ORDER BY s.batch_id LIMIT 1
    ) < p_leaves THEN
        RETURN;
    END IF;
    EXECUTE format(
        'create table if not exists coordination.budget_transfer_era_%s partition of coordination.budget_transfer'
        ' for values from (%s) to (%s)',
        v_era + 2, (v_era + 2) * 1000000000000, (v_era + 3) * 1000000000000);
    PERFORM setval('coordination.budget_batch_number', (v_era + 1) * 1000000000000);
END
$$;

-- Gives committed batches their places in the log, at most p_batches of them; returns how many leaves were added. Only
-- one session at a time does so; the others wait, or with p_wait false leave it to that one.
CREATE FUNCTION coordination.ledger_sequence(
    p_batches integer DEFAULT 100000, p_era_leaves bigint DEFAULT 10000000, p_wait boolean DEFAULT true
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = coordination, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    v_before bigint;
    v_old bigint;
    v_new bigint;
    v_now timestamptz;
    v_first bigint;
    v_chain bytea;
    v_span record;
BEGIN
    IF p_wait THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('coordination.ledger_sequence', 0));
    ELSIF NOT pg_try_advisory_xact_lock(hashtextextended('coordination.ledger_sequence', 0)) THEN
        RETURN 0;
    END IF;
    v_before := ledger_log_size();
    v_old := v_before;
    v_first := v_before;
    -- The last span is the latest and ends the chain; there are too many to look at all.
    SELECT greatest(clock_timestamp(), z.sequenced_at), coalesce(z.chain_hash, sha256(''::bytea)) INTO v_now, v_chain
    FROM (SELECT) AS one
    LEFT JOIN (SELECT * FROM budget_log_span s ORDER BY s.first_leaf DESC LIMIT 1) AS z ON true;
    FOR v_span IN
        WITH taken AS (
            DELETE FROM budget_log_pending p
            WHERE p.ctid = ANY (ARRAY(
                SELECT q.ctid FROM budget_log_pending q ORDER BY q.batch_id LIMIT p_batches FOR UPDATE SKIP LOCKED))
            RETURNING p.batch_id, p.entries
        )
        SELECT t.batch_id, t.entries FROM taken t ORDER BY t.batch_id
    LOOP
        v_chain := ledger_chain(v_chain, v_first, v_span.batch_id, v_span.entries, v_now);
        INSERT INTO budget_log_span VALUES (v_first, v_span.batch_id, v_span.entries, v_now, v_chain);
        v_first := v_first + v_span.entries;
    END LOOP;
    v_new := ledger_log_size();
    IF v_new / 256 > v_old / 256 THEN
        -- Bounded in memory, however long the backlog is.
        FOR v_part IN v_old / 256..v_new / 256 - 1 BY 4096 LOOP
            INSERT INTO budget_log_node
            SELECT 1, v_part + n.number, substring(z.hashes FROM n.number * 32 + 1 FOR 32)
            FROM ledger_subtrees((
                SELECT string_agg(l.hash, '' ORDER BY l.leaf)
                FROM ledger_leaves(v_part * 256, least(v_part + 4096, v_new / 256) * 256) AS l
            )) AS z(hashes)
            CROSS JOIN generate_series(0, octet_length(z.hashes) / 32 - 1) AS n(number);
        END LOOP;
        FOR v_level IN 2..7 LOOP
            v_old := v_old / 256;
            v_new := v_new / 256;
            EXIT WHEN v_new / 256 = v_old / 256;
            INSERT INTO budget_log_node
            SELECT v_level, v_old / 256 + n.number, substring(z.hashes FROM n.number * 32 + 1 FOR 32)
            FROM ledger_subtrees((
                SELECT string_agg(n.hash, '' ORDER BY n.number) FROM budget_log_node n
                WHERE n.level = v_level - 1 AND n.number >= v_old / 256 * 256 AND n.number < v_new / 256 * 256
            )) AS z(hashes)
            CROSS JOIN generate_series(0, octet_length(z.hashes) / 32 - 1) AS n(number);
        END LOOP;
    END IF;
    PERFORM ledger_begin_era(p_era_leaves);
    RETURN ledger_log_size() - v_before;
END
$$;

-- Stores a signed checkpoint and its key; a size that has one keeps it.
CREATE FUNCTION coordination.ledger_keep_checkpoint(p_leaves bigint, p_note text, p_key_line text)
RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = coordination, pg_temp AS $$
    INSERT INTO budget_log_key VALUES (p_key_line) ON CONFLICT ON CONSTRAINT budget_log_key_pkey DO NOTHING;
    INSERT INTO budget_checkpoint VALUES (p_leaves, p_note) ON CONFLICT ON CONSTRAINT budget_checkpoint_pkey DO NOTHING;
    SELECT c.note FROM budget_checkpoint c WHERE c.leaves = p_leaves
$$;

GRANT EXECUTE ON FUNCTION coordination.ledger_sequence, coordination.ledger_keep_checkpoint,
    coordination.ledger_log_size, coordination.ledger_leaves TO puente_coordination;
GRANT EXECUTE ON FUNCTION coordination.ledger_log_size, coordination.ledger_leaves TO puente_operator, puente_reader;

-- How far the ledger's log goes, and the last link of its chain there.
CREATE VIEW coordination.ledger_log_v1 AS
SELECT first_leaf + entries AS leaves, chain_hash FROM coordination.budget_log_span;
COMMENT ON VIEW coordination.ledger_log_v1 IS
    'The log''s length and chain after each batch: who kept a pair can tell whether the ledger still has what it had'
    ' then.';

GRANT SELECT ON coordination.ledger_log_v1 TO puente_transfers, puente_operator, puente_reader;
