-- Takes a call from wherever it waits. Null when it is running or finished. The rank is for the index; a call made
-- five minutes earlier with a higher priority may have the same.
CREATE FUNCTION rpc.withdraw(
    taken rpc.call, OUT attempt smallint, OUT gated boolean
) LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM rpc.ready r
    WHERE r.method_id = taken.method_id AND r.rank = rpc.rank_of(taken.call_id, taken.priority)
        AND r.call_id = taken.call_id
    RETURNING r.attempt, r.gated INTO attempt, gated;
    IF attempt IS NOT NULL THEN
        RETURN;
    END IF;
    DELETE FROM rpc.scheduled s WHERE s.call_id = taken.call_id RETURNING s.attempt, s.admitted INTO attempt, gated;
    IF attempt IS NOT NULL THEN
        RETURN;
    END IF;
    DELETE FROM rpc.arrival a
    WHERE a.method_id = taken.method_id AND a.rank = rpc.rank_of(taken.call_id, taken.priority)
        AND a.call_id = taken.call_id
    RETURNING a.attempt, false INTO attempt, gated;
    IF attempt IS NOT NULL THEN
        RETURN;
    END IF;
    DELETE FROM rpc.waiting w
    WHERE w.method_id = taken.method_id AND w.ordering_key = taken.ordering_key
        AND w.rank = rpc.rank_of(taken.call_id, taken.priority) AND w.call_id = taken.call_id
    RETURNING w.attempt, false INTO attempt, gated;
END
$$;

-- Finishes a waiting call whose deadline has passed; a worker does the same when it meets one.
CREATE FUNCTION rpc.expire_waiting(call_id bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    late rpc.call := rpc.require_access(call_id);
    place record;
BEGIN
    IF late.deadline_at >= clock_timestamp() THEN
        RETURN false;
    END IF;
    place := rpc.withdraw(late);
    IF place.attempt IS NULL THEN
        RETURN false;
    END IF;
    PERFORM rpc.expire(call_id, place.attempt, place.gated);
    RETURN true;
END
$$;

-- Cancels a call and the calls made on its behalf. A running handler is told at once and rolled back. Returns whether
-- the call was still unfinished; then nothing of it is committed any more. Calls that a service made are left to it
-- when a person cancels, unless that is meant (internal); then it needs a reason. Stable interface.
CREATE FUNCTION rpc.cancel(call_id bigint, internal boolean DEFAULT false, reason text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    root rpc.call := rpc.require_access(call_id);
    target rpc.call;
    state text;
    unfinished boolean := false;
BEGIN
    PERFORM rpc.require_meant(root, 'cancel', internal, reason);
    IF internal AND NOT rpc.is_service(session_user) AND coalesce(btrim(reason), '') = '' THEN
        PERFORM rpc.refuse(3, 'whoever cancels calls that services made says why');
    END IF;
    FOR target IN
        WITH RECURSIVE tree AS (
            SELECT root.call_id AS id
            UNION
            SELECT c.call_id FROM tree t
            CROSS JOIN LATERAL (SELECT k.call_id FROM rpc.call k WHERE k.parent_id = t.id OFFSET 0) AS c
        )
        SELECT c.* FROM tree t CROSS JOIN LATERAL (SELECT * FROM rpc.call k WHERE k.call_id = t.id OFFSET 0) AS c
        WHERE NOT EXISTS (SELECT FROM rpc.outcome o WHERE o.call_id = t.id OFFSET 0)
            AND (internal OR NOT rpc.is_service(c.caller) OR rpc.is_service(session_user))
        ORDER BY c.call_id  -- One order of locks for all.
    LOOP
        state := rpc.cancel_one(target);
        unfinished := unfinished OR target.call_id = root.call_id AND state = 'cancelled';
        IF state = 'cancelled' AND target.caller <> session_user AND NOT rpc.is_service(session_user) THEN
            PERFORM rpc.note_steering('cancel', target.call_id,
                (SELECT m.name FROM rpc.method m WHERE m.method_id = target.method_id), reason);
        END IF;
    END LOOP;
    RETURN unfinished;
END
$$;

-- Cancels one unfinished call: `cancelled`, or `finished` when it was too late.
CREATE FUNCTION rpc.cancel_one(target rpc.call) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    place record;
    method rpc.method;
    lease bigint;
    is_held boolean := false;
    is_finished boolean := false;
BEGIN
    INSERT INTO rpc.cancellation (call_id, requested_by) VALUES (target.call_id, session_user)
    ON CONFLICT DO NOTHING;
    -- The call may move while it is looked for: from one place to another, or from worker to worker.
    FOR round IN 1..100 LOOP
        place := rpc.withdraw(target);
        EXIT WHEN place.attempt IS NOT NULL;
        -- A completion that is being committed keeps the lease locked and goes first; one that comes later waits
        -- for this lock, and then meets the cancellation.
        SELECT l.lease_id INTO lease FROM rpc.lease l WHERE target.call_id = ANY (l.call_ids);
        IF found THEN
            PERFORM pg_advisory_xact_lock(1919968101, rpc.lease_lock(lease));
            is_held := EXISTS (
                SELECT FROM rpc.lease l
                WHERE l.slot = (lease & 3)::smallint AND l.lease_id = lease AND target.call_id = ANY (l.call_ids));
        END IF;
        is_finished := EXISTS (SELECT FROM rpc.outcome o WHERE o.call_id = target.call_id);
        EXIT WHEN is_held OR is_finished;
    END LOOP;
    IF is_finished THEN
        DELETE FROM rpc.cancellation c WHERE c.call_id = target.call_id;
        RETURN 'finished';
    END IF;
    SELECT * INTO method FROM rpc.method m WHERE m.method_id = target.method_id;
    IF place.attempt IS NOT NULL THEN
        DELETE FROM rpc.cancellation c WHERE c.call_id = target.call_id;
        PERFORM rpc.finish(
            target.call_id, method, place.attempt, 1::smallint, 'the call was cancelled', NULL, NULL, place.gated,
            NULL, NULL, false);
    ELSIF is_held THEN
        PERFORM pg_notify('rpc_cancel_' || method.service, '');
    ELSE
        PERFORM rpc.refuse(14, 'the call moves too fast to be cancelled; try again');
    END IF;
    RETURN 'cancelled';
END
$$;
