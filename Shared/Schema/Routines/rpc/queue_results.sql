-- Whether the session may see the call: its caller may, and operators.
CREATE FUNCTION rpc.require_access(call_id bigint) RETURNS rpc.call LANGUAGE plpgsql STABLE AS $$
DECLARE
    found_call rpc.call;
BEGIN
    SELECT * INTO found_call FROM rpc.call c WHERE c.call_id = require_access.call_id;
    IF found_call.call_id IS NULL THEN
        PERFORM rpc.refuse(5, 'there is no call ' || coalesce(call_id::text, 'null'));
    END IF;
    IF found_call.caller <> session_user AND NOT rpc.is_operator() THEN
        PERFORM rpc.refuse(7, 'another role made this call');
    END IF;
    RETURN found_call;
END
$$;

-- The result of a call: one row when it is finished, none before. Stable interface.
CREATE FUNCTION rpc.result(
    call_id bigint, OUT status smallint, OUT message text, OUT details jsonb, OUT response jsonb, OUT trailers jsonb
) RETURNS SETOF record LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode
    = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    PERFORM rpc.require_access(result.call_id);
    RETURN QUERY SELECT o.status, o.message, o.details, o.response, o.trailers
    FROM rpc.outcome o WHERE o.call_id = result.call_id;
END
$$;

-- Results of many calls at once, for a client that waits for many.
CREATE FUNCTION rpc.results(call_ids bigint[])
RETURNS TABLE (
    call_id bigint, status smallint, message text, details jsonb, response jsonb, trailers jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    first_id bigint;
    last_id bigint;
BEGIN
    SELECT min(i.call_id), max(i.call_id) INTO first_id, last_id FROM unnest(call_ids) AS i (call_id);
    RETURN QUERY SELECT o.call_id, o.status, o.message, o.details, o.response, o.trailers
    FROM unnest(call_ids) AS i (call_id)
    CROSS JOIN LATERAL (
        SELECT * FROM rpc.outcome k WHERE k.call_id = i.call_id AND k.call_id BETWEEN first_id AND last_id OFFSET 0)
            AS o
    CROSS JOIN LATERAL (
        SELECT k.caller FROM rpc.call k WHERE k.call_id = i.call_id AND k.call_id BETWEEN first_id
            AND last_id OFFSET 0) AS c
    WHERE c.caller = session_user OR rpc.is_operator();
END
$$;

-- Messages of a server-streaming call after `after` (0: from the beginning). seq >> 32 numbers the runs of the call:
-- what came under a smaller number is void when a larger one comes, because the handler began anew. Only the latest run
-- that has sent anything is shown. Stable interface.
CREATE FUNCTION rpc.stream(call_id bigint, AFTER bigint DEFAULT 0)
RETURNS TABLE (seq bigint, body jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    PERFORM rpc.require_access(stream.call_id);
    RETURN QUERY SELECT m.seq, m.body FROM rpc.message m
    WHERE m.call_id = stream.call_id AND m.seq > greatest(stream.after, (
        SELECT (k.seq >> 32) << 32 FROM rpc.message k WHERE k.call_id = stream.call_id ORDER BY k.seq DESC LIMIT 1))
    ORDER BY m.seq LIMIT 1000;
END
$$;

-- Waits for a call to finish, and returns its result; no row when `patience` passes first. Stable interface. For
-- clients without LISTEN; call it outside the transaction that made the call.
CREATE FUNCTION rpc.await(
    call_id bigint, patience interval DEFAULT '60 seconds', OUT status smallint, OUT message text, OUT details jsonb,
    OUT response jsonb, OUT trailers jsonb
) RETURNS SETOF record LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode
    = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    give_up timestamptz := clock_timestamp() + greatest('0', least(await.patience, interval '1 day'));
    pause double precision := 0.002;
    awaited rpc.call := rpc.require_access(await.call_id);
BEGIN
    LOOP
        RETURN QUERY SELECT o.status, o.message, o.details, o.response, o.trailers
        FROM rpc.outcome o WHERE o.call_id = await.call_id;
        EXIT WHEN found OR clock_timestamp() >= give_up;
        IF awaited.deadline_at < clock_timestamp() THEN
            PERFORM rpc.expire_waiting(await.call_id);
        END IF;
        PERFORM pg_sleep(pause);
        pause := least(pause * 1.5, 0.1);
    END LOOP;
END
$$;
