-- Admits calls of those of the methods that have any to admit. Where that fails, they are admitted one by one, and the
-- call that cannot be is buried.
CREATE FUNCTION rpc.admit_all(method_ids smallint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    wanted smallint;
BEGIN
    FOR wanted IN
        SELECT u.method_id FROM unnest(method_ids) AS u (method_id)
        WHERE EXISTS (SELECT FROM rpc.arrival a WHERE a.method_id = u.method_id)
            OR EXISTS (SELECT FROM rpc.released f WHERE f.method_id = u.method_id)
    LOOP
        BEGIN
            PERFORM rpc.admit(wanted, 200, false);
        EXCEPTION WHEN others THEN
            PERFORM rpc.admit(wanted, 200, true);
        END;
    END LOOP;
END
$$;

-- Finishes a call that nobody holds as DEADLINE_EXCEEDED.
CREATE FUNCTION rpc.expire(call_id bigint, attempt smallint, gated boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    method rpc.method;
BEGIN
    SELECT m.* INTO method FROM rpc.call c JOIN rpc.method m ON m.method_id = c.method_id
    WHERE c.call_id = expire.call_id;
    DELETE FROM rpc.cancellation c WHERE c.call_id = expire.call_id;
    PERFORM rpc.finish(
        call_id, method, attempt, 4::smallint, 'the deadline passed before the call could run', NULL, NULL, gated, NULL,
        NULL, method.kind = 2);
END
$$;

-- Admits calls of a method under its key and limits: those behind released keys first, then arrivals by rank. One
-- admission at a time per method, so that counting permits is enough to keep every limit.
CREATE FUNCTION rpc.admit(method_id smallint, most integer, careful boolean) RETURNS integer LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    method rpc.method;
    room integer := most;
    budget double precision := most;
    burst double precision;
    key_room integer;
    admitted integer := 0;
    freed record;
    candidate record;
BEGIN
    IF NOT pg_try_advisory_xact_lock(1919968100, admit.method_id) THEN
        RETURN 0;
    END IF;
    SELECT * INTO method FROM rpc.method m WHERE m.method_id = admit.method_id;
    IF method.max_concurrency > 0 THEN
        room := least(room, method.max_concurrency
            - (SELECT count(*) FROM rpc.permit p WHERE p.method_id = admit.method_id)::integer);
    END IF;
    IF method.max_rate_per_second > 0 THEN
        -- The bucket never lets more than the rate through in any one second: what it may hold is taken off the refill.
        burst := greatest(1, method.max_rate_per_second / 10);
        INSERT INTO rpc.bucket VALUES (admit.method_id, burst, clock_timestamp()) ON CONFLICT DO NOTHING;
        UPDATE rpc.bucket b SET
            tokens = least(burst, b.tokens + extract(epoch FROM clock_timestamp() - b.refilled_at)
                * CASE WHEN burst > 1 THEN method.max_rate_per_second - burst ELSE method.max_rate_per_second END),
            refilled_at = clock_timestamp()
        WHERE b.method_id = admit.method_id RETURNING b.tokens INTO budget;
        room := least(room, floor(budget)::integer);
    END IF;
    FOR freed IN
        SELECT f.ctid AS place, f.ordering_key FROM rpc.released f WHERE f.method_id = admit.method_id
    LOOP
        EXIT WHEN room <= admitted;
        IF freed.ordering_key <> '' THEN
            key_room := greatest(1, method.max_concurrency_per_key) - (
                SELECT count(*) FROM rpc.permit p
                WHERE p.method_id = admit.method_id AND p.ordering_key = freed.ordering_key)::integer;
            FOR candidate IN
                SELECT w.ctid AS place, w.* FROM rpc.waiting w
                WHERE w.method_id = admit.method_id AND w.ordering_key = freed.ordering_key
                ORDER BY w.rank LIMIT least(key_room, room - admitted)
            LOOP
                DELETE FROM rpc.waiting w WHERE w.ctid = candidate.place;
                CONTINUE WHEN NOT found;
                admitted := admitted + rpc.let_in(
                    candidate.call_id, admit.method_id, candidate.attempt, candidate.lost, candidate.rank,
                    candidate.ordering_key, careful);
            END LOOP;
        END IF;
        DELETE FROM rpc.released f WHERE f.ctid = freed.place;
    END LOOP;
    FOR candidate IN
        SELECT a.ctid AS place, a.* FROM rpc.arrival a WHERE a.method_id = admit.method_id ORDER BY a.rank LIMIT most
    LOOP
        EXIT WHEN room <= admitted;
        DELETE FROM rpc.arrival a WHERE a.ctid = candidate.place;
        CONTINUE WHEN NOT found;
        IF candidate.ordering_key IS NOT NULL AND (
            EXISTS (SELECT FROM rpc.waiting w
                WHERE w.method_id = admit.method_id AND w.ordering_key = candidate.ordering_key)
            OR (SELECT count(*) FROM rpc.permit p
                WHERE p.method_id = admit.method_id AND p.ordering_key = candidate.ordering_key)
                >= greatest(1, method.max_concurrency_per_key))
        THEN
            INSERT INTO rpc.waiting VALUES (
                candidate.call_id, admit.method_id, candidate.attempt, candidate.lost, candidate.rank,
                    candidate.ordering_key);
        ELSE
            admitted := admitted + rpc.let_in(
                candidate.call_id, admit.method_id, candidate.attempt, candidate.lost, candidate.rank,
                candidate.ordering_key, careful);
        END IF;
    END LOOP;
    IF method.max_rate_per_second > 0 AND admitted > 0 THEN
        UPDATE rpc.bucket b SET tokens = b.tokens - admitted WHERE b.method_id = admit.method_id;
    END IF;
    RETURN admitted;
END
$$;

-- Lets a call in, and returns 1. `careful`: one that cannot be let in is buried, and does not count.
CREATE FUNCTION rpc.let_in(
    call_id bigint, method_id smallint, attempt smallint, lost smallint, rank bigint, ordering_key text, careful boolean
) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    IF careful THEN
        BEGIN
            RETURN rpc.let_in(call_id, method_id, attempt, lost, rank, ordering_key, false);
        EXCEPTION WHEN others THEN
            PERFORM rpc.bury(call_id, attempt, false, sqlstate);
            RETURN 0;
        END;
    END IF;
    INSERT INTO rpc.permit VALUES (let_in.call_id, let_in.method_id, coalesce(let_in.ordering_key, ''));
    INSERT INTO rpc.ready
    SELECT r.current_slot, let_in.method_id, let_in.attempt, let_in.lost, let_in.rank, let_in.call_id, true
        FROM rpc.ring r;
    RETURN 1;
END
$$;

-- Moves calls whose time has come to where they wait. Where that fails, they are moved one by one, and the call that
-- cannot be is buried. Returns milliseconds until the next one is due; null: none within the hour.
CREATE FUNCTION rpc.promote(most integer DEFAULT 500) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    moment timestamptz := clock_timestamp();
    due record;
BEGIN
    BEGIN
        PERFORM rpc.promote_due(NULL, least(most, 10000));
    EXCEPTION WHEN others THEN
        FOR due IN
            SELECT s.call_id, s.attempt, s.gated AND s.admitted AS holds FROM rpc.scheduled s
            WHERE s.due_at <= moment ORDER BY s.due_at LIMIT least(most, 10000) FOR UPDATE SKIP LOCKED
        LOOP
            BEGIN
                PERFORM rpc.promote_due(due.call_id, 1);
            EXCEPTION WHEN others THEN
                DELETE FROM rpc.scheduled s WHERE s.call_id = due.call_id;
                PERFORM rpc.bury(due.call_id, due.attempt, due.holds, sqlstate);
            END;
        END LOOP;
    END;
    RETURN (
        SELECT greatest(0, extract(epoch FROM s.due_at - clock_timestamp()) * 1000)::bigint FROM rpc.scheduled s
        WHERE s.due_at < moment + interval '1 hour' ORDER BY s.due_at LIMIT 1);
END
$$;

-- Moves those of the calls that are due, or one of them.
CREATE FUNCTION rpc.promote_due(one bigint, most integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    services text[];
BEGIN
    WITH due AS (
        DELETE FROM rpc.scheduled s WHERE s.ctid = ANY (ARRAY(
            SELECT h.ctid FROM rpc.scheduled h
            WHERE h.due_at <= clock_timestamp() AND (one IS NULL OR h.call_id = one)
            ORDER BY h.due_at LIMIT most FOR UPDATE SKIP LOCKED))
        RETURNING s.*
    ), readied AS (
        INSERT INTO rpc.ready
        SELECT r.current_slot, d.method_id, d.attempt, d.lost, d.rank, d.call_id, d.gated FROM due d CROSS
            JOIN rpc.ring r
        WHERE d.admitted OR NOT d.gated
    ), arrived AS (
        INSERT INTO rpc.arrival
        SELECT d.call_id, d.method_id, d.attempt, d.lost, d.rank, c.ordering_key
        FROM due d CROSS JOIN LATERAL (SELECT * FROM rpc.call k WHERE k.call_id = d.call_id OFFSET 0) AS c
        WHERE d.gated AND NOT d.admitted
    )
    SELECT array_agg(DISTINCT m.service) INTO services FROM due d JOIN rpc.method m ON m.method_id = d.method_id;
    PERFORM pg_notify('rpc_service_' || s.name, '') FROM unnest(services) AS s (name);
END
$$;
