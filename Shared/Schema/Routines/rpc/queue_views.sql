-- Where every unfinished call is.
CREATE VIEW rpc.unfinished AS
    SELECT r.call_id, r.method_id, r.attempt, 'ready'::text AS state, NULL::timestamptz AS due_at, NULL::bigint
        AS worker_id
    FROM rpc.ready r
    UNION ALL
    SELECT s.call_id, s.method_id, s.attempt, 'scheduled', s.due_at, NULL FROM rpc.scheduled s
    UNION ALL
    SELECT a.call_id, a.method_id, a.attempt, 'blocked', NULL, NULL FROM rpc.arrival a
    UNION ALL
    SELECT w.call_id, w.method_id, w.attempt, 'blocked', NULL, NULL FROM rpc.waiting w
    UNION ALL
    SELECT u.call_id, l.method_id, u.attempt, 'running', NULL, l.worker_id
    FROM rpc.lease l CROSS JOIN LATERAL unnest(l.call_ids, l.attempts) AS u (call_id, attempt)
    WHERE NOT EXISTS (SELECT FROM rpc.outcome o WHERE o.call_id = u.call_id OFFSET 0);

-- Depth per method: how many calls are where, how long the oldest has waited, and whether anybody serves it. Figures
-- only, for whoever may use the function, the administrator's status too.
CREATE FUNCTION rpc.stats()
RETURNS TABLE (
    method text, kind smallint, paused boolean, serving boolean, ready bigint, scheduled bigint, blocked bigint,
    running bigint, dead bigint, oldest_ready_ms bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    WITH counts AS (
        SELECT u.method_id, count(*) FILTER (WHERE u.state = 'ready') AS ready,
            count(*) FILTER (WHERE u.state = 'scheduled') AS scheduled,
            count(*) FILTER (WHERE u.state = 'blocked') AS blocked,
            count(*) FILTER (WHERE u.state = 'running') AS running,
            min(u.call_id) FILTER (WHERE u.state = 'ready') AS oldest
        FROM rpc.unfinished u GROUP BY u.method_id
    ), graves AS (
        SELECT d.method_id, count(*) AS dead FROM rpc.dead d GROUP BY d.method_id
    )
    SELECT m.name, m.kind, m.paused, rpc.is_served(m.method_id), coalesce(c.ready, 0), coalesce(c.scheduled, 0),
        coalesce(c.blocked, 0), coalesce(c.running, 0), coalesce(g.dead, 0),
        (extract(epoch FROM clock_timestamp() - rpc.time_of(c.oldest)) * 1000)::bigint
    FROM rpc.method m LEFT JOIN counts c USING (method_id) LEFT JOIN graves g USING (method_id)
    ORDER BY m.name;
END
$$;

-- The latest calls, newest first, their messages cut, by state (ready, scheduled, blocked, running, dead, finished) and
-- method; null: any. Planned each time, for the number of rows that is asked for: a general plan would read everything.
CREATE FUNCTION rpc.list(in_state text DEFAULT NULL, of_method text DEFAULT NULL, most integer DEFAULT 50)
RETURNS TABLE (
    call_id bigint, method text, caller text, state text, attempt smallint, status smallint, made_at timestamptz,
    due_at timestamptz, message text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
    PERFORM rpc.require_operator();
    RETURN QUERY
    WITH found_calls AS (
        (SELECT u.call_id, u.state, u.attempt, NULL::smallint AS status, u.due_at, NULL::text AS message
        FROM rpc.unfinished u JOIN rpc.method m ON m.method_id = u.method_id
        WHERE (in_state IS NULL OR in_state = u.state) AND (of_method IS NULL OR m.name = of_method)
        ORDER BY u.call_id DESC LIMIT most)
        UNION ALL
        (SELECT d.call_id, 'dead', o.attempt, d.status, NULL, o.message
        FROM rpc.dead d JOIN rpc.outcome o ON o.call_id = d.call_id JOIN rpc.method m ON m.method_id = d.method_id
        WHERE (in_state IS NULL OR in_state = 'dead') AND (of_method IS NULL OR m.name = of_method)
        ORDER BY d.call_id DESC LIMIT most)
        UNION ALL
        (SELECT o.call_id, 'finished', o.attempt, o.status, NULL, o.message
        FROM rpc.outcome o JOIN rpc.call c ON c.call_id = o.call_id JOIN rpc.method m ON m.method_id = c.method_id
        WHERE (in_state IS NULL OR in_state = 'finished') AND (of_method IS NULL OR m.name = of_method)
            AND NOT EXISTS (SELECT FROM rpc.dead d WHERE d.call_id = o.call_id)
        ORDER BY o.call_id DESC LIMIT most)
    )
    SELECT f.call_id, m.name, c.caller, f.state, f.attempt, f.status, rpc.time_of(f.call_id), f.due_at,
        rpc.cut(f.message, 200)
    FROM found_calls f JOIN rpc.call c ON c.call_id = f.call_id JOIN rpc.method m ON m.method_id = c.method_id
    ORDER BY f.call_id DESC LIMIT most;
END
$$;

-- Everything about one call, payloads included; long ones are cut unless `whole`.
CREATE FUNCTION rpc.show(call_id bigint, whole boolean DEFAULT false) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    shown rpc.call := rpc.require_access(call_id);
BEGIN
    RETURN jsonb_build_object(
        'callId', shown.call_id::text,
        'method', (SELECT m.name FROM rpc.method m WHERE m.method_id = shown.method_id),
        'caller', shown.caller, 'madeAt', rpc.time_of(shown.call_id), 'deadlineAt', shown.deadline_at,
        'priority', shown.priority, 'orderingKey', shown.ordering_key, 'idempotencyKey', shown.idempotency_key,
        'parentId', shown.parent_id::text, 'request', rpc.cut_payload(shown.request, whole),
        'metadata', shown.metadata,
        'state', coalesce(
            (SELECT CASE WHEN d.call_id IS NULL THEN 'finished' ELSE 'dead' END FROM rpc.outcome o
                LEFT JOIN rpc.dead d ON d.call_id = o.call_id WHERE o.call_id = shown.call_id),
            (SELECT u.state FROM rpc.unfinished u WHERE u.call_id = shown.call_id)),
        'outcome', (SELECT to_jsonb(o) - 'call_id' || jsonb_build_object(
                'response', rpc.cut_payload(o.response, whole), 'details', rpc.cut_payload(o.details, whole))
            FROM rpc.outcome o WHERE o.call_id = shown.call_id),
        'failures', (SELECT coalesce(jsonb_agg(to_jsonb(f) - 'call_id' ORDER BY f.failed_at), '[]')
            FROM (SELECT * FROM rpc.failure k WHERE k.call_id = shown.call_id
                ORDER BY k.failed_at DESC LIMIT CASE WHEN whole THEN NULL ELSE 50 END) AS f),
        'steering', (SELECT coalesce(
                jsonb_agg(to_jsonb(s) - '{steering_id,call_id}'::text[] ORDER BY s.steering_id), '[]')
            FROM rpc.steering s WHERE s.call_id = shown.call_id),
        'messages', (SELECT count(*) FROM rpc.message g WHERE g.call_id = shown.call_id),
        'children', (SELECT coalesce(jsonb_agg(c.call_id::text ORDER BY c.call_id), '[]')
            FROM (SELECT k.call_id FROM rpc.call k WHERE k.parent_id = shown.call_id
                ORDER BY k.call_id LIMIT CASE WHEN whole THEN NULL ELSE 200 END) AS c));
END
$$;

-- The tree of calls that a call belongs to, parents before children, with times and outcomes.
CREATE FUNCTION rpc.trace(of_call bigint)
RETURNS TABLE (
    call_id bigint, depth integer, method text, caller text, made_at timestamptz, started_at timestamptz,
    finished_at timestamptz, attempt smallint, status smallint, message text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    PERFORM rpc.require_access(of_call);
    RETURN QUERY
    WITH RECURSIVE ancestry AS (
        SELECT c.call_id, c.parent_id FROM rpc.call c WHERE c.call_id = of_call
        UNION ALL
        SELECT c.call_id, c.parent_id FROM ancestry a
        CROSS JOIN LATERAL (SELECT * FROM rpc.call k WHERE k.call_id = a.parent_id OFFSET 0) AS c
    ), tree AS (
        SELECT a.call_id, 0 AS depth, ARRAY[a.call_id] AS path FROM ancestry a
        WHERE a.parent_id IS NULL OR NOT EXISTS (SELECT FROM rpc.call c WHERE c.call_id = a.parent_id OFFSET 0)
        UNION ALL
        SELECT c.call_id, t.depth + 1, t.path || c.call_id FROM tree t
        CROSS JOIN LATERAL (SELECT k.call_id FROM rpc.call k WHERE k.parent_id = t.call_id OFFSET 0) AS c
    )
    SELECT t.call_id, t.depth, m.name, c.caller, rpc.time_of(t.call_id), o.started_at, o.finished_at, o.attempt,
        o.status, o.message
    FROM tree t CROSS JOIN LATERAL (SELECT * FROM rpc.call k WHERE k.call_id = t.call_id OFFSET 0) AS c
    JOIN rpc.method m ON m.method_id = c.method_id
    LEFT JOIN LATERAL (SELECT * FROM rpc.outcome k WHERE k.call_id = t.call_id OFFSET 0) AS o ON true
    ORDER BY t.path;
END
$$;

-- Health of a method or service, or of everything (null): serving, not_serving, or unknown when nothing is published by
-- that name. A service serves when each of its methods does. A service comes with its methods.
CREATE FUNCTION rpc.healths(of_name text) RETURNS TABLE (name text, health text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
    AS $$
    WITH methods AS (
        SELECT m.name, m.service, rpc.is_served(m.method_id) AND NOT m.paused AS serves FROM rpc.method m
        WHERE $1 IS NULL OR $1 IN (m.name, m.service)
    ), entries AS (
        SELECT 1 AS place, s.service AS name, bool_and(s.serves) AS serves FROM methods s
        WHERE $1 IS NULL OR $1 = s.service GROUP BY s.service
        UNION ALL
        SELECT 2, m.name, m.serves FROM methods m
        UNION ALL
        SELECT 1, $1, NULL WHERE $1 IS NOT NULL AND NOT EXISTS (SELECT FROM methods)
    )
    SELECT e.name, CASE WHEN e.serves THEN 'serving' WHEN NOT e.serves THEN 'not_serving' ELSE 'unknown' END
    FROM entries e ORDER BY e.place, e.name
$$;

-- The same for one name. Stable interface.
CREATE FUNCTION rpc.health(name text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
    AS $$
    SELECT h.health FROM rpc.healths($1) h WHERE h.name = $1
$$;

-- For metrics: dead rows and size of the rings, age of the oldest snapshot in transactions, WAL, live workers, and
-- calls made so far.
CREATE FUNCTION rpc.figures(
    OUT dead_rows bigint, OUT ring_bytes bigint, OUT oldest_snapshot bigint, OUT wal_bytes bigint, OUT workers bigint,
    OUT calls_made bigint
) LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
    SELECT
        (SELECT coalesce(sum(s.n_dead_tup), 0)::bigint FROM pg_stat_all_tables s
            WHERE s.schemaname = 'rpc' AND s.relname ~ '^(ready|lease)_[0-3]$'),
        (SELECT coalesce(sum(pg_relation_size(c.oid)), 0)::bigint FROM pg_class c
            WHERE c.relnamespace = 'rpc'::regnamespace AND c.relname ~ '^(ready|lease)_[0-3]$'),
        (SELECT coalesce(max(age(a.backend_xmin)), 0)::bigint FROM pg_stat_activity a
            WHERE a.datname = current_database()),
        (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint,
        (SELECT count(*) FROM rpc.worker w WHERE w.expires_at > clock_timestamp()),
        (SELECT coalesce(s.last_value, 0) FROM pg_sequences s
            WHERE s.schemaname = 'rpc' AND s.sequencename = 'call_sequence')
$$;
