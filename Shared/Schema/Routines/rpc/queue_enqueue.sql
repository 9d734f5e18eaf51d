-- Puts a call where it waits: arrival when a key or limit governs it, ready otherwise.
CREATE FUNCTION rpc.place(
    call_id bigint, method rpc.method, rank bigint, ordering_key text, attempt smallint, lost smallint
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF place.ordering_key IS NOT NULL OR method.max_concurrency > 0 OR method.max_rate_per_second > 0 THEN
        INSERT INTO rpc.arrival VALUES (
            place.call_id, method.method_id, place.attempt, place.lost, place.rank, place.ordering_key);
    ELSE
        INSERT INTO rpc.ready
        SELECT r.current_slot, method.method_id, place.attempt, place.lost, place.rank, place.call_id, false
        FROM rpc.ring r;
    END IF;
    PERFORM pg_notify('rpc_service_' || method.service, '');
END
$$;

-- Makes a call that has passed every check. `caller` is the role that makes it.
CREATE FUNCTION rpc.insert_call(
    id bigint, caller text, method rpc.method, request jsonb, options jsonb, then_method_id smallint
) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
    not_before timestamptz;
    parent_trace text;
    parent_deadline timestamptz;
    made record;
BEGIN
    IF options ?| ARRAY['notBefore', 'delayMs'] THEN
        not_before := coalesce(
            (options ->> 'notBefore')::timestamptz,
            clock_timestamp() + (options ->> 'delayMs')::bigint * interval '1 millisecond');
    END IF;
    IF options ? 'parent' THEN
        -- Work that nobody waits for outlives its caller; a unary or streaming child does not.
        SELECT coalesce(c.trace, lpad(to_hex(c.call_id), 32, '0')),
            CASE WHEN coalesce((options ->> 'inheritDeadline')::boolean, method.kind <> 2 AND then_method_id IS NULL)
                THEN c.deadline_at END
        INTO parent_trace, parent_deadline
        FROM rpc.call c WHERE c.call_id = (options ->> 'parent')::bigint
            -- Whoever names another's call as the parent would see it in the trace.
            AND (c.caller = caller
                OR 'puente_' || (SELECT m.service FROM rpc.method m WHERE m.method_id = c.method_id) = caller);
        IF NOT found THEN
            PERFORM rpc.refuse(3, 'parent must be a call that you made or that was made to you');
        END IF;
    END IF;
    IF octet_length(coalesce(options ->> 'orderingKey', request ->> method.ordering_field)) > 200 THEN
        PERFORM rpc.refuse(3, format('%s must have 200 bytes at most: it orders the calls of %s',
            method.ordering_field, method.name));
    END IF;
    -- The order of a key must not depend on who asks for more priority.
    INSERT INTO rpc.call AS c
    SELECT id, method.method_id,
        CASE WHEN k.key IS NULL THEN coalesce((options ->> 'priority')::smallint, method.priority)
            ELSE method.priority END,
        caller, request,
        least(parent_deadline, greatest(clock_timestamp(), not_before)
            + coalesce((options ->> 'deadlineMs')::bigint, method.deadline_ms) * interval '1 millisecond'),
        k.key, options ->> 'idempotencyKey', options ->> 'replyTo', (options ->> 'parent')::bigint,
        coalesce(substr(options ->> 'traceparent', 4, 32), parent_trace), then_method_id, options -> 'thenState',
        options -> 'metadata'
    FROM (SELECT nullif(coalesce(options ->> 'orderingKey', request ->> method.ordering_field), '')) AS k (key)
    RETURNING c.priority, c.ordering_key, rpc.rank_of(c.call_id, c.priority) AS rank INTO made;
    IF not_before > clock_timestamp() THEN
        INSERT INTO rpc.scheduled VALUES (
            not_before, id, method.method_id, 1, 0, made.rank,
            made.ordering_key IS NOT NULL OR method.max_concurrency > 0 OR method.max_rate_per_second > 0, false);
        PERFORM pg_notify('rpc_service_' || method.service, '');
    ELSE
        PERFORM rpc.place(id, method, made.rank, made.ordering_key, 1::smallint, 0::smallint);
    END IF;
END
$$;

-- Checks a call and makes it, in the name of the session's role. Called by the functions below, which have the rights:
-- what changes a setting for each call costs as much as a third of making it. Every expression is made ready anew in
-- each transaction, so the checks of an ordinary call are few, and its usual options are known at one look.
CREATE FUNCTION rpc.make_call(method text, request jsonb, options jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    called record;
    follower rpc.method;
    id bigint;
BEGIN
    SELECT m AS contract, rpc.may_call(m.allowed_roles) AS is_allowed,
        m.kind = 2 OR options ?| ARRAY['parent', 'notBefore', 'delayMs', 'thenMethod']
            OR coalesce(options -> 'waitForReady' = 'true', false) OR rpc.is_served(m.method_id) AS is_served,
        jsonb_typeof(request) = 'object' AND pg_column_size(request) <= m.max_request_bytes AS is_fit,
        CASE WHEN jsonb_typeof(options) = 'object' THEN
            options - '{replyTo,parent}'::text[] = '{}' AND (options ->> 'parent' ~ '^[1-8][0-9]{0,18}$') IS NOT false
                AND (options ->> 'replyTo' ~ '^rpc_client_[a-z0-9]{1,40}$') IS NOT false
        END AS is_usual
    INTO called FROM rpc.method m WHERE m.name = make_call.method;
    IF called.is_allowed AND called.is_usual IS NOT true THEN
        PERFORM rpc.check_options(options, called.contract);
    END IF;
    IF called.is_allowed IS NOT true OR called.is_fit IS NOT true
        OR NOT called.is_served AND NOT options ? 'idempotencyKey' OR (called.contract).key_required AND NOT options ?
            'idempotencyKey'
    THEN
        PERFORM rpc.refuse_call(make_call.method, called.contract, called.is_allowed, request, options);
    END IF;
    IF options ? 'thenMethod' THEN
        SELECT * INTO follower FROM rpc.method m WHERE m.name = options ->> 'thenMethod';
        IF follower.method_id IS NULL THEN
            PERFORM rpc.refuse(12, 'there is no method ' || left(options ->> 'thenMethod', 200));
        END IF;
        IF follower.decision OR NOT rpc.may_call(follower.allowed_roles) THEN
            PERFORM rpc.refuse(7, format('role %s may not call %s', session_user, follower.name));
        END IF;
    END IF;
    id := rpc.next_id();
    IF options ? 'idempotencyKey' THEN
        id := rpc.claim_key((called.contract).method_id, options ->> 'idempotencyKey', request, id);
        IF id < 0 THEN
            RETURN -id;
        ELSIF NOT called.is_served THEN
            PERFORM rpc.refuse_call(make_call.method, called.contract, true, request, options);
        END IF;
    END IF;
    PERFORM rpc.insert_call(id, session_user, called.contract, request, options, follower.method_id);
    RETURN id;
END
$$;

-- Says why a call is refused.
CREATE FUNCTION rpc.refuse_call(name text, contract rpc.method, is_allowed boolean, request jsonb, options jsonb)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF contract.method_id IS NULL THEN
        PERFORM rpc.refuse(12, 'there is no method ' || coalesce(left(name, 200), 'without a name'));
    ELSIF NOT is_allowed THEN
        PERFORM rpc.refuse(7, format('role %s may not call %s', session_user, name));
    ELSIF jsonb_typeof(request) IS DISTINCT FROM 'object' THEN
        PERFORM rpc.refuse(3, 'a request is a JSON object');
    ELSIF pg_column_size(request) > contract.max_request_bytes THEN
        PERFORM rpc.refuse(3, format('the request has %s bytes; one to %s has %s at most',
            pg_column_size(request), name, contract.max_request_bytes));
    ELSIF contract.key_required AND NOT options ? 'idempotencyKey' THEN
        PERFORM rpc.refuse(3, name || ' needs an idempotency key');
    ELSE
        PERFORM rpc.refuse(14, 'nobody serves ' || name || ' now');
    END IF;
END
$$;

-- Takes an idempotency key for a new call, whose id it returns; minus the id of the call that has it already.
CREATE FUNCTION rpc.claim_key(method_id smallint, key text, request jsonb, id bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    content bytea := sha256(convert_to(request::text, 'UTF8'));
    known record;
BEGIN
    LOOP
        SELECT i.call_id, i.content_hash INTO known FROM rpc.idempotency i
        WHERE i.caller = session_user AND i.method_id = claim_key.method_id AND i.idempotency_key = key;
        IF found THEN
            IF known.content_hash <> content THEN
                PERFORM rpc.refuse(6, 'the idempotency key was used before with another request');
            END IF;
            RETURN -known.call_id;
        END IF;
        INSERT INTO rpc.idempotency VALUES (session_user, claim_key.method_id, key, id, content)
        ON CONFLICT DO NOTHING;
        IF found THEN
            RETURN id;
        END IF;
    END LOOP;
END
$$;

-- Makes a call. Stable interface; options: deadlineMs, notBefore, delayMs, priority, idempotencyKey, orderingKey,
-- waitForReady, metadata, traceparent, replyTo, parent, inheritDeadline, thenMethod, thenState.
CREATE FUNCTION rpc.enqueue(method text, request jsonb, options jsonb DEFAULT '{}') RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN rpc.make_call(method, request, options);
END
$$;
