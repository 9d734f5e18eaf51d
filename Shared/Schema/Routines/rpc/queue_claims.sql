-- heads_0 to heads_3: the methods whose calls wait in one table of the ring. `floors`: below these ranks the worker
-- has taken everything a moment ago; starting there spares it from stepping over what is not vacuumed yet.
-- take_0 … take_3: removes the first calls of a method from one table of the ring, in order of rank from `floor` on.
DO $$
BEGIN
    FOR k IN 0..3 LOOP
        EXECUTE format($f$
            CREATE FUNCTION rpc.heads_%1$s(method_ids smallint[], wanted integer[], floors bigint[])
            RETURNS rpc.head[] LANGUAGE plpgsql STABLE AS $b$
            BEGIN
                RETURN ARRAY(
                    SELECT (r.rank, %1$s, u.method_id, u.wanted, u.floor)::rpc.head
                    FROM unnest(heads_%1$s.method_ids, heads_%1$s.wanted, heads_%1$s.floors)
                        AS u (method_id, wanted, floor)
                    JOIN rpc.method m ON m.method_id = u.method_id AND NOT m.paused
                    CROSS JOIN LATERAL (
                        SELECT h.rank FROM rpc.ready_%1$s h WHERE h.method_id = u.method_id AND h.rank >= u.floor
                        ORDER BY h.rank LIMIT 1) AS r
                    WHERE u.wanted > 0);
            END
            $b$ $f$, k);
        EXECUTE format($f$
            CREATE FUNCTION rpc.take_%1$s(
                method_id smallint, wanted integer, floor bigint, OUT call_ids bigint[], OUT attempts smallint[],
                OUT losts smallint[], OUT gated boolean, OUT first_id bigint, OUT last_id bigint
            ) LANGUAGE plpgsql AS $b$
            BEGIN
                WITH taken AS (
                    DELETE FROM rpc.ready_%1$s r WHERE r.ctid = ANY (ARRAY(
                        SELECT h.ctid FROM rpc.ready_%1$s h WHERE h.method_id = take_%1$s.method_id AND h.rank >= floor
                        ORDER BY h.rank LIMIT wanted FOR UPDATE SKIP LOCKED))
                    RETURNING r.*
                )
                SELECT array_agg(t.call_id ORDER BY t.rank), array_agg(t.attempt ORDER BY t.rank),
                    array_agg(t.lost ORDER BY t.rank), bool_or(t.gated), min(t.call_id), max(t.call_id)
                INTO call_ids, attempts, losts, gated, first_id, last_id
                FROM taken t;
            END
            $b$ $f$, k);
    END LOOP;
END
$$;

-- Where the first waiting calls of these methods are, the first of all first.
CREATE FUNCTION rpc.heads(method_ids smallint[], wanted integer[], floors bigint[]) RETURNS rpc.head[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    found_heads rpc.head[] := '{}';
BEGIN
    IF pg_relation_size('rpc.ready_0') > 0 THEN
        found_heads := rpc.heads_0(method_ids, wanted, floors);
    END IF;
    IF pg_relation_size('rpc.ready_1') > 0 THEN
        found_heads := found_heads || rpc.heads_1(method_ids, wanted, floors);
    END IF;
    IF pg_relation_size('rpc.ready_2') > 0 THEN
        found_heads := found_heads || rpc.heads_2(method_ids, wanted, floors);
    END IF;
    IF pg_relation_size('rpc.ready_3') > 0 THEN
        found_heads := found_heads || rpc.heads_3(method_ids, wanted, floors);
    END IF;
    IF cardinality(found_heads) > 1 THEN
        found_heads := ARRAY(SELECT h FROM unnest(found_heads) AS h ORDER BY h.rank);
    END IF;
    RETURN found_heads;
END
$$;

-- Claims up to wanted[n] calls of method_ids[n], which the worker has registered for, of one method at a time. Rows
-- share one lease. Expired calls are finished instead. `more`: others were seen waiting. The caller commits
-- asynchronously: what a crash undoes here is offered again.
CREATE FUNCTION rpc.claim(of_worker bigint, method_ids smallint[], wanted integer[], floors bigint[])
RETURNS TABLE (
    lease_id bigint, method_id smallint, call_id bigint, attempt smallint, rank bigint, caller text, request jsonb,
    deadline_at timestamptz, remaining_ms bigint, reply_to text, continued boolean, traceparent text, metadata jsonb,
    waited_ms bigint, more boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    heads rpc.head[];
    head rpc.head;
    taken record;
    lease bigint;
    moment timestamptz := clock_timestamp();
    cancelled bigint[];
    alive integer;
    any_more boolean;
    met_late boolean;
    from_ranks bigint[] := claim.floors;
BEGIN
    SELECT ARRAY(SELECT c.call_id FROM rpc.cancellation c) INTO cancelled FROM rpc.worker w
    WHERE w.worker_id = of_worker AND w.role = session_user AND w.expires_at > moment
        AND w.method_ids @> claim.method_ids;
    IF NOT found THEN
        PERFORM rpc.refuse(10, 'the worker is not registered');
    END IF;
    IF pg_relation_size('rpc.arrival') > 0 OR pg_relation_size('rpc.released') > 0 THEN
        PERFORM rpc.admit_all(claim.method_ids);
    END IF;
    FOR pass IN 1..10 LOOP
        met_late := false;
        heads := rpc.heads(claim.method_ids, claim.wanted, from_ranks);
        FOREACH head IN array heads LOOP
            CASE head.slot
                WHEN 0 THEN taken := rpc.take_0(head.method_id, head.wanted, head.floor);
                WHEN 1 THEN taken := rpc.take_1(head.method_id, head.wanted, head.floor);
                WHEN 2 THEN taken := rpc.take_2(head.method_id, head.wanted, head.floor);
                WHEN 3 THEN taken := rpc.take_3(head.method_id, head.wanted, head.floor);
            END CASE;
            CONTINUE WHEN taken.call_ids IS NULL;
            lease := (rpc.timed_number('rpc.lease_sequence', 16) << 2) | (SELECT r.current_slot FROM rpc.ring r);
            any_more := cardinality(heads) > 1 OR cardinality(taken.call_ids) >= head.wanted;
            RETURN QUERY
            SELECT lease, head.method_id, c.call_id, u.attempt, rpc.rank_of(c.call_id, c.priority), c.caller, c.request,
                c.deadline_at, floor(extract(epoch FROM c.deadline_at - moment) * 1000)::bigint, c.reply_to,
                c.then_method_id IS NOT NULL,
                '00-' || coalesce(c.trace, lpad(to_hex(c.call_id), 32, '0')) || '-'
                    || lpad(to_hex(c.call_id), 16, '0') || '-01',
                c.metadata, (extract(epoch FROM moment) * 1000)::bigint - (c.call_id >> 20), any_more
            FROM unnest(taken.call_ids, taken.attempts) WITH ordinality AS u (call_id, attempt, place)
            CROSS JOIN LATERAL (
                SELECT * FROM rpc.call k
                WHERE k.call_id = u.call_id AND k.call_id BETWEEN taken.first_id AND taken.last_id OFFSET 0
            ) AS c
            WHERE (c.deadline_at <= moment) IS NOT true AND c.call_id <> ALL (cancelled)
            ORDER BY u.place;
            GET DIAGNOSTICS alive = row_count;
            IF alive < cardinality(taken.call_ids) THEN
                taken := rpc.drop_late(taken.call_ids, taken.attempts, taken.losts, taken.gated, moment, cancelled);
            END IF;
            IF alive > 0 THEN
                INSERT INTO rpc.lease VALUES (
                    (lease & 3)::smallint, lease, of_worker, session_user, head.method_id, moment, taken.gated,
                    taken.call_ids, taken.attempts, taken.losts);
                RETURN;
            END IF;
            met_late := true;
        END LOOP;
        CONTINUE WHEN met_late;
        EXIT WHEN NOT (0 < ANY (from_ranks));
        -- Nothing above the floors: what came late or urgently lies below them.
        from_ranks := array_fill(0::bigint, ARRAY[cardinality(from_ranks)]);
    END LOOP;
END
$$;

-- Finishes those of the calls whose deadline has passed or that are cancelled; returns the others.
CREATE FUNCTION rpc.drop_late(
    INOUT call_ids bigint[], INOUT attempts smallint[], INOUT losts smallint[], INOUT gated boolean, moment timestamptz,
    cancelled bigint[]
) LANGUAGE plpgsql AS $$
DECLARE
    dropped record;
BEGIN
    FOR dropped IN
        SELECT c.call_id, u.attempt, u.place, c.deadline_at <= moment AS is_late
        FROM unnest(call_ids, attempts) WITH ordinality AS u (call_id, attempt, place)
        CROSS JOIN LATERAL (SELECT * FROM rpc.call k WHERE k.call_id = u.call_id OFFSET 0) AS c
        WHERE c.deadline_at <= moment OR c.call_id = ANY (cancelled)
        ORDER BY u.place DESC
    LOOP
        BEGIN
            IF dropped.is_late THEN
                PERFORM rpc.expire(dropped.call_id, dropped.attempt, gated);
            ELSE
                DELETE FROM rpc.cancellation x WHERE x.call_id = dropped.call_id;
                PERFORM rpc.finish(
                    dropped.call_id, NULL, dropped.attempt, 1::smallint, 'the call was cancelled', NULL, NULL, gated,
                    NULL, NULL, false);
            END IF;
        EXCEPTION WHEN others THEN
            PERFORM rpc.bury(dropped.call_id, dropped.attempt, gated, sqlstate);
        END;
        call_ids := call_ids[:dropped.place - 1] || call_ids[dropped.place + 1:];
        attempts := attempts[:dropped.place - 1] || attempts[dropped.place + 1:];
        losts := losts[:dropped.place - 1] || losts[dropped.place + 1:];
    END LOOP;
END
$$;
