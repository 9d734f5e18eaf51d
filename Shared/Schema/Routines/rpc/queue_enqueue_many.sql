-- Makes those of the calls that need nothing but a place among the waiting: no idempotency key, no later time, no
-- parent, no continuation. `methods` and `options` are one for all requests or one for each. Returns the ids in the
-- requests' order, growing; null for what is not so plain or is to be refused, which make_call does.
CREATE FUNCTION rpc.make_plain(methods text[], requests jsonb[], options jsonb[]) RETURNS bigint[]
LANGUAGE plpgsql AS $$
DECLARE
    BEFORE bigint := rpc.next_id();
    before_number bigint := currval('rpc.call_sequence');
    ids bigint[];
BEGIN
    WITH contract AS MATERIALIZED (
        SELECT m.*, rpc.is_served(m.method_id) AS is_served FROM rpc.method m
        WHERE m.name = ANY (methods) AND NOT m.key_required AND rpc.may_call(m.allowed_roles)
    ), option AS MATERIALIZED (
        SELECT u.n, u.o ->> 'orderingKey' AS ordering_key, (u.o ->> 'priority')::smallint AS priority,
            (u.o ->> 'deadlineMs')::bigint AS deadline_ms, u.o ->> 'replyTo' AS reply_to,
            substr(u.o ->> 'traceparent', 4, 32) AS trace, u.o -> 'metadata' AS metadata,
            coalesce((u.o ->> 'waitForReady')::boolean, false) AS waits
        FROM unnest(options) WITH ordinality AS u (o, n)
        WHERE NOT u.o ?| ARRAY['idempotencyKey', 'notBefore', 'delayMs', 'parent', 'thenMethod']
            AND (u.o - 'replyTo' = '{}' AND (u.o ->> 'replyTo' ~ '^rpc_client_[a-z0-9]{1,40}$') IS NOT false
                OR rpc.check_options(u.o, NULL))
    ), item AS (
        SELECT u.n, u.body, m.method_id, m.service, k.key, o.reply_to, o.trace, o.metadata,
            coalesce(o.deadline_ms, m.deadline_ms) AS deadline_ms,
            -- The order of a key must not depend on who asks for more priority.
            coalesce(CASE WHEN k.key IS NULL THEN o.priority END, m.priority) AS priority,
            k.key IS NOT NULL OR m.max_concurrency > 0 OR m.max_rate_per_second > 0 AS gated
        FROM unnest(requests) WITH ordinality AS u (body, n)
        JOIN option o ON o.n = least(u.n, cardinality(options))
        JOIN contract m ON m.name = methods[least(u.n, cardinality(methods))]
        CROSS JOIN LATERAL (SELECT nullif(coalesce(o.ordering_key, u.body ->> m.ordering_field), '')) AS k (key)
        WHERE jsonb_typeof(u.body) = 'object' AND (m.kind = 2 OR o.waits OR m.is_served)
            AND pg_column_size(u.body) <= m.max_request_bytes AND (octet_length(k.key) <= 200) IS NOT false
            AND (o.priority IS NULL OR o.priority >= m.priority OR rpc.is_service(session_user))
        ORDER BY u.n
    ), made AS (
        SELECT i.*, BEFORE + (nextval('rpc.call_sequence') - before_number) AS id FROM item i
    ), kept AS (
        INSERT INTO rpc.call (
            call_id, method_id, priority, caller, request, deadline_at, ordering_key, reply_to, trace, metadata)
        SELECT m.id, m.method_id, m.priority, session_user, m.body,
            clock_timestamp() + m.deadline_ms * interval '1 millisecond', m.key, m.reply_to, m.trace, m.metadata
        FROM made m
    ), offered AS (
        INSERT INTO rpc.ready
        SELECT r.current_slot, m.method_id, 1, 0, rpc.rank_of(m.id, m.priority), m.id, false
        FROM made m, rpc.ring r WHERE NOT m.gated
    ), arrived AS (
        INSERT INTO rpc.arrival
        SELECT m.id, m.method_id, 1, 0, rpc.rank_of(m.id, m.priority), m.key FROM made m WHERE m.gated
    ), announced AS (
        SELECT count(pg_notify('rpc_service_' || s.service, '')) FROM (SELECT DISTINCT service FROM made) AS s
    )
    SELECT coalesce(array_agg(m.id ORDER BY u.n), '{}') INTO ids
    FROM generate_series(1, cardinality(requests)) AS u (n) LEFT JOIN made m USING (n), announced;
    RETURN ids;
END
$$;

-- Many calls of one method with the same options, all or none.
CREATE FUNCTION rpc.enqueue_all(method text, requests jsonb[], options jsonb DEFAULT '{}') RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    ids bigint[];
BEGIN
    IF requests IS NULL OR jsonb_typeof(options) IS DISTINCT FROM 'object' THEN
        PERFORM rpc.refuse(3, 'there must be an array of requests, and options must be a JSON object');
    END IF;
    ids := rpc.make_plain(ARRAY[method], requests, ARRAY[options]);
    IF array_position(ids, NULL) IS NULL THEN
        RETURN ids;
    END IF;
    RETURN ARRAY(
        SELECT coalesce(r.id, rpc.make_call(method, r.body, options))
        FROM unnest(requests, ids) WITH ordinality AS r (body, id, n) ORDER BY r.n);
END
$$;

-- Several calls of several methods, each refused or accepted by itself: what a busy client sends in one go.
CREATE FUNCTION rpc.enqueue_each(methods text[], requests jsonb[], options jsonb[])
RETURNS TABLE (call_id bigint, code text, message text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    ids bigint[];
BEGIN
    IF (cardinality(methods) = cardinality(requests) AND cardinality(methods) = cardinality(options)) IS NOT true THEN
        PERFORM rpc.refuse(3, 'methods, requests and options must be arrays of one length');
    END IF;
    BEGIN
        ids := rpc.make_plain(methods, requests, options);
    EXCEPTION WHEN others THEN
        ids := NULL;  -- One by one, so that only the wrong ones are refused.
    END;
    FOR n IN 1..cardinality(methods) LOOP
        call_id := ids[n];
        code := NULL;
        message := NULL;
        IF call_id IS NULL THEN
            BEGIN
                call_id := rpc.make_call(methods[n], requests[n], options[n]);
            EXCEPTION WHEN others THEN
                code := sqlstate;
                message := left(sqlerrm, 2000);
            END;
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;
