-- What people did to the queue is added, never changed.
CREATE FUNCTION rpc.keep_steering() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'PQ007', message = 'what was done to the queue is kept as it is';
END
$$;

CREATE TRIGGER steering_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON rpc.steering
    FOR EACH STATEMENT EXECUTE FUNCTION rpc.keep_steering();

-- Keeps what a person does to the queue, and why. A reason is at most 500 characters.
CREATE FUNCTION rpc.note_steering(act text, call_id bigint, subject text, reason text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF length(btrim(note_steering.reason)) > 500 THEN
        PERFORM rpc.refuse(3, 'a reason has 500 characters at most');
    END IF;
    INSERT INTO rpc.steering (act, call_id, subject, reason)
    VALUES (note_steering.act, note_steering.call_id, left(note_steering.subject, 300),
        nullif(btrim(note_steering.reason), ''));
END
$$;

-- The work that a call made by a service belongs to, in words.
CREATE FUNCTION rpc.belonging(call rpc.call) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    origin record;
BEGIN
    WITH RECURSIVE ancestry AS (
        SELECT call.call_id AS id, call.parent_id, 0 AS depth
        UNION ALL
        SELECT c.call_id, c.parent_id, a.depth + 1 FROM ancestry a
        CROSS JOIN LATERAL (SELECT * FROM rpc.call k WHERE k.call_id = a.parent_id OFFSET 0) AS c
        WHERE a.depth < 1000
    )
    SELECT m.name, c.caller, c.call_id INTO origin
    FROM (SELECT * FROM ancestry ORDER BY depth DESC LIMIT 1) AS a
    CROSS JOIN LATERAL (SELECT * FROM rpc.call k WHERE k.call_id = a.id OFFSET 0) AS c
    JOIN rpc.method m ON m.method_id = c.method_id;
    IF origin.call_id = call.call_id THEN
        RETURN format('%s made call %s for itself', call.caller, call.call_id);
    END IF;
    RETURN format('%s made call %s for %s of %s (call %s)',
        call.caller, call.call_id, origin.name, origin.caller, origin.call_id);
END
$$;

-- Refuses a person who would break a service's work by an act on a call that the service made, unless they say that
-- they mean it (internal) and why.
CREATE FUNCTION rpc.require_meant(call rpc.call, act text, internal boolean, reason text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT rpc.is_service(call.caller) OR rpc.is_service(session_user) THEN
        RETURN;
    END IF;
    IF internal IS NOT true THEN
        PERFORM rpc.refuse(9, rpc.belonging(call) || CASE act
            WHEN 'retry' THEN ': if that work was asked for again meanwhile, repeating this call does it twice'
            ELSE ': without it that work stands still, and what waits for its answer gets none' END
            || '. Whoever means it says internal, and the reason');
    ELSIF coalesce(btrim(reason), '') = '' THEN
        PERFORM rpc.refuse(3, format('whoever %s a call that a service made says why',
            CASE act WHEN 'retry' THEN 'repeats' WHEN 'cancel' THEN 'cancels' ELSE 'discards' END));
    END IF;
END
$$;

-- What was done, the latest first: for operators.
CREATE VIEW rpc.steering_v1 AS
    SELECT s.steering_id, s.acted_at, s.actor, s.act, s.call_id, s.subject, s.reason FROM rpc.steering s;
COMMENT ON VIEW rpc.steering_v1 IS 'what people did to the queue and to others'' calls';

-- Why the session may not repeat a dead call; null: it may. A decision is given again and never repeated; a person's
-- call is repeated by that person alone, because it runs in their name.
CREATE FUNCTION rpc.retry_fault(call rpc.call, method rpc.method) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN CASE
        WHEN method.decision THEN 'a decision is never repeated: whoever decides gives it again'
        WHEN call.caller = session_user AND NOT rpc.may_call(method.allowed_roles) THEN
            format('role %s may not call %s any more', session_user, method.name)
        WHEN call.caller <> session_user AND NOT rpc.is_service(call.caller) THEN
            format('only %s repeats a call of theirs', call.caller)
    END;
END
$$;

-- Offers a dead call again, with a fresh deadline and fresh attempts. Its history is kept; what it streamed is not.
CREATE FUNCTION rpc.retry(call_id bigint, internal boolean DEFAULT false, reason text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_variable
DECLARE
    revived rpc.call := rpc.require_access(call_id);
    method rpc.method;
    ended rpc.outcome;
    fault text;
BEGIN
    SELECT * INTO method FROM rpc.method m WHERE m.method_id = revived.method_id;
    fault := rpc.retry_fault(revived, method);
    IF fault IS NOT NULL THEN
        PERFORM rpc.refuse(CASE WHEN method.decision THEN 9 ELSE 7 END, fault);
    END IF;
    PERFORM rpc.require_meant(revived, 'retry', internal, reason);
    DELETE FROM rpc.dead d WHERE d.call_id = call_id;
    IF NOT found THEN
        RETURN false;
    END IF;
    DELETE FROM rpc.outcome o WHERE o.call_id = call_id RETURNING * INTO ended;
    DELETE FROM rpc.message g WHERE g.call_id = call_id;
    -- Attempts are in the history already; an end without an attempt is noted now.
    INSERT INTO rpc.failure (call_id, attempt, status, message, worker_id, started_at, failed_at)
    SELECT call_id, ended.attempt, ended.status, ended.message, ended.worker_id, ended.started_at, ended.finished_at
    WHERE NOT EXISTS (SELECT FROM rpc.failure f WHERE f.call_id = call_id AND f.status = ended.status);
    UPDATE rpc.call c SET deadline_at = clock_timestamp() + method.deadline_ms * interval '1 millisecond'
    WHERE c.call_id = call_id;
    PERFORM rpc.place(
        call_id, method, rpc.rank_of(call_id, revived.priority), revived.ordering_key, 1::smallint, 0::smallint);
    PERFORM rpc.note_steering('retry', call_id, method.name, reason);
    RETURN true;
END
$$;

-- Dead calls by method and status (null: any), the oldest first.
CREATE FUNCTION rpc.dead_calls(of_method text, of_status smallint, most bigint) RETURNS SETOF rpc.call
LANGUAGE plpgsql STABLE AS $$
DECLARE
    wanted smallint;
BEGIN
    IF of_method IS NOT NULL THEN
        SELECT m.method_id INTO wanted FROM rpc.method m WHERE m.name = of_method;
        IF wanted IS NULL THEN
            PERFORM rpc.refuse(5, 'there is no method ' || left(of_method, 200));
        END IF;
    END IF;
    RETURN QUERY SELECT c.* FROM (
        SELECT d.call_id FROM rpc.dead d
        WHERE (wanted IS NULL OR d.method_id = wanted) AND (of_status IS NULL OR d.status = of_status)
        ORDER BY d.call_id LIMIT greatest(most, 0)) AS g
    CROSS JOIN LATERAL (SELECT * FROM rpc.call k WHERE k.call_id = g.call_id OFFSET 0) AS c;
END
$$;

-- Offers dead calls again: those that the session may repeat. left_alone: the others that the filter names.
CREATE FUNCTION rpc.retry_all(
    of_method text DEFAULT NULL, of_status smallint DEFAULT NULL, most bigint DEFAULT NULL,
    internal boolean DEFAULT false, reason text DEFAULT NULL, OUT retried bigint, OUT left_alone bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    dead rpc.call;
    method rpc.method;
BEGIN
    PERFORM rpc.require_operator();
    retried := 0;
    left_alone := 0;
    FOR dead IN SELECT * FROM rpc.dead_calls(of_method, of_status, most) LOOP
        SELECT * INTO method FROM rpc.method m WHERE m.method_id = dead.method_id;
        IF rpc.retry_fault(dead, method) IS NULL AND (internal OR NOT rpc.is_service(dead.caller)) THEN
            retried := retried + rpc.retry(dead.call_id, internal, reason)::integer;
        ELSE
            left_alone := left_alone + 1;
        END IF;
    END LOOP;
END
$$;

-- Takes a dead call off the list; its outcome stays.
CREATE FUNCTION rpc.discard(call_id bigint, internal boolean DEFAULT false, reason text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    discarded rpc.call := rpc.require_access(call_id);
BEGIN
    PERFORM rpc.require_operator();
    PERFORM rpc.require_meant(discarded, 'discard', internal, reason);
    DELETE FROM rpc.dead d WHERE d.call_id = discard.call_id;
    IF NOT found THEN
        RETURN false;
    END IF;
    PERFORM rpc.note_steering('discard', discard.call_id,
        (SELECT m.name FROM rpc.method m WHERE m.method_id = discarded.method_id), reason);
    RETURN true;
END
$$;

-- Takes dead calls off the list; their outcomes stay. left_alone: those that services made, unless they are meant.
CREATE FUNCTION rpc.discard_all(
    of_method text DEFAULT NULL, of_status smallint DEFAULT NULL, most bigint DEFAULT NULL,
    internal boolean DEFAULT false, reason text DEFAULT NULL, OUT discarded bigint, OUT left_alone bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    dead rpc.call;
BEGIN
    PERFORM rpc.require_operator();
    discarded := 0;
    left_alone := 0;
    FOR dead IN SELECT * FROM rpc.dead_calls(of_method, of_status, most) LOOP
        IF internal OR NOT rpc.is_service(dead.caller) THEN
            discarded := discarded + rpc.discard(dead.call_id, internal, reason)::integer;
        ELSE
            left_alone := left_alone + 1;
        END IF;
    END LOOP;
END
$$;

-- Stops or resumes the claiming of a method, or of a service's methods (`transfers`). Returns how many methods.
CREATE FUNCTION rpc.pause(name text, pausing boolean DEFAULT true, reason text DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    changed integer;
BEGIN
    PERFORM rpc.require_operator();
    UPDATE rpc.method m SET paused = pausing WHERE pause.name IN (m.name, m.service);
    GET DIAGNOSTICS changed = row_count;
    IF changed = 0 THEN
        PERFORM rpc.refuse(5, 'there is no method or service ' || coalesce(left(name, 200), 'without a name'));
    END IF;
    PERFORM rpc.note_steering(CASE WHEN pausing THEN 'pause' ELSE 'resume' END, NULL, name, reason);
    PERFORM pg_notify('rpc_service_' || s.service, '') FROM (
        SELECT DISTINCT m.service FROM rpc.method m WHERE pause.name IN (m.name, m.service)) AS s;
    RETURN changed;
END
$$;

-- Keeps finished calls for so long from now on. Their days are dropped as a whole.
CREATE FUNCTION rpc.keep(kept interval, reason text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    BEFORE interval;
BEGIN
    PERFORM rpc.require_operator();
    IF (kept BETWEEN interval '1 day' AND interval '3650 days') IS NOT true THEN
        PERFORM rpc.refuse(3, 'finished calls are kept for 1 day to 3650 days');
    END IF;
    SELECT r.kept INTO BEFORE FROM rpc.retention r FOR UPDATE;
    UPDATE rpc.retention r SET kept = keep.kept;
    PERFORM rpc.note_steering('keep', NULL, format('%s -> %s', BEFORE, kept), reason);
END
$$;

-- What the queue allows, each limit by its code and, where it has one, its method.
CREATE FUNCTION rpc.limits() RETURNS TABLE (name text, method text, value bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
    AS $$
    SELECT l.name, l.method, l.value FROM (
        SELECT 1, 'kept_days', '', (extract(epoch FROM r.kept) / 86400)::bigint FROM rpc.retention r
        UNION ALL SELECT 2, 'days_ahead', '', 90
        UNION ALL SELECT 3, 'key_bytes', '', 200
        UNION ALL SELECT 4, 'message_characters', '', 2000
        UNION ALL SELECT 5, 'request_bytes', m.name, m.max_request_bytes FROM rpc.method m
    ) AS l (place, name, method, value) ORDER BY l.place, l.method
$$;

GRANT SELECT ON rpc.steering_v1 TO puente_operator;
