-- Tells whoever waits for the calls, and frees their permits. Called with outcomes already inserted.
CREATE FUNCTION rpc.announce(call_ids bigint[], gated boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    follow record;
    follower rpc.method;
BEGIN
    FOR follow IN
        SELECT c.*, m.name AS method_name, o.status, o.message, o.response
        FROM unnest(call_ids) AS i (call_id)
        CROSS JOIN LATERAL (SELECT * FROM rpc.call k WHERE k.call_id = i.call_id OFFSET 0) AS c
        CROSS JOIN LATERAL (SELECT * FROM rpc.outcome k WHERE k.call_id = i.call_id OFFSET 0) AS o
        JOIN rpc.method m ON m.method_id = c.method_id
        WHERE c.reply_to IS NOT NULL OR c.then_method_id IS NOT NULL
    LOOP
        IF follow.reply_to IS NOT NULL THEN
            PERFORM pg_notify(follow.reply_to, follow.call_id::text);
        END IF;
        IF follow.then_method_id IS NOT NULL THEN
            SELECT * INTO follower FROM rpc.method m WHERE m.method_id = follow.then_method_id;
            PERFORM rpc.insert_call(
                rpc.next_id(), follow.caller, follower,
                jsonb_strip_nulls(jsonb_build_object(
                    'callId', follow.call_id::text, 'method', follow.method_name, 'status', follow.status,
                    'message', follow.message, 'replyJson', follow.response::text,
                    'stateJson', follow.then_state::text)),
                jsonb_build_object('parent', follow.call_id), NULL);
        END IF;
    END LOOP;
    IF gated THEN
        PERFORM rpc.release(call_ids);
    END IF;
END
$$;

-- Gives back the permits of calls and wakes the service for whoever waits behind them.
CREATE FUNCTION rpc.release(call_ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    FOR name IN
        WITH freed AS (
            DELETE FROM rpc.permit p WHERE p.call_id = ANY (release.call_ids) RETURNING p.method_id, p.ordering_key
        ), noted AS (
            INSERT INTO rpc.released SELECT method_id, ordering_key FROM freed
        )
        SELECT DISTINCT m.service FROM freed f JOIN rpc.method m USING (method_id)
    LOOP
        PERFORM pg_notify('rpc_service_' || name, '');
    END LOOP;
END
$$;

-- Finishes one call with any status. Nothing else may write outcomes of calls that no worker holds.
CREATE FUNCTION rpc.finish(
    call_id bigint, method rpc.method, attempt smallint, status smallint, message text, details jsonb, trailers jsonb,
    gated boolean, started_at timestamptz, worker_id bigint, dead boolean
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO rpc.outcome (call_id, started_at, worker_id, attempt, status, message, details, trailers)
    VALUES (finish.call_id, finish.started_at, finish.worker_id, finish.attempt, finish.status,
        left(finish.message, 2000), finish.details, finish.trailers);
    IF finish.dead THEN
        INSERT INTO rpc.dead (call_id, method_id, status) VALUES (finish.call_id, method.method_id, finish.status)
        ON CONFLICT DO NOTHING;
    END IF;
    PERFORM rpc.announce(ARRAY[finish.call_id], finish.gated);
END
$$;

-- Ends a call that nobody holds and that could not be moved on, so that it stops no other. Neither its caller nor a
-- follow-up is made to hear of it where that is what fails.
CREATE FUNCTION rpc.bury(call_id bigint, attempt smallint, gated boolean, state text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    method rpc.method;
    reason constant text := format('the queue could not take this call on (SQLSTATE %s)', state);
BEGIN
    SELECT m.* INTO method FROM rpc.call c JOIN rpc.method m ON m.method_id = c.method_id
    WHERE c.call_id = bury.call_id;
    PERFORM rpc.finish(bury.call_id, method, attempt, 13::smallint, reason, NULL, NULL, gated, NULL, NULL, true);
EXCEPTION WHEN others THEN
    INSERT INTO rpc.outcome (call_id, attempt, status, message) VALUES (bury.call_id, bury.attempt, 13, reason)
    ON CONFLICT DO NOTHING;
    INSERT INTO rpc.dead (call_id, method_id, status)
    SELECT c.call_id, c.method_id, 13 FROM rpc.call c WHERE c.call_id = bury.call_id
    ON CONFLICT DO NOTHING;
    DELETE FROM rpc.permit p WHERE p.call_id = bury.call_id;
END
$$;

-- Refuses an attempt that another worker has. No refusal of a caller has this SQLSTATE.
CREATE FUNCTION rpc.lose_lease() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'PQ100', message = 'the lease of this attempt is lost';
END
$$;

-- The lock of a lease: shared by attempts that end, exclusive for whoever takes it back or cancels a call of it.
-- An advisory one, because locking the row itself would write it for each of its calls.
CREATE FUNCTION rpc.lease_lock(lease_id bigint) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (lease_id & 2147483647)::integer $$;

-- Takes the lease of an ending attempt, if it is one of a worker of the session's role; `last`: the worker says that
-- these calls are all that is left, and deletes it. Without it the attempt has been given to another worker, and
-- nothing of it may be committed; nor may a lease be deleted with calls that its worker has forgotten.
CREATE FUNCTION rpc.hold_lease(lease_id bigint, last boolean, ending bigint[]) RETURNS rpc.lease LANGUAGE plpgsql AS $$
DECLARE
    held rpc.lease;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1919968101, rpc.lease_lock(lease_id));
    IF last THEN
        DELETE FROM rpc.lease l
        WHERE l.slot = (hold_lease.lease_id & 3)::smallint AND l.lease_id = hold_lease.lease_id
            AND l.role = session_user
        RETURNING * INTO held;
        IF cardinality(held.call_ids) > cardinality(ending) AND EXISTS (
            SELECT FROM unnest(held.call_ids) AS u (call_id)
            WHERE u.call_id <> ALL (ending)
                AND NOT EXISTS (SELECT FROM rpc.outcome o WHERE o.call_id = u.call_id OFFSET 0))
        THEN
            PERFORM rpc.lose_lease();
        END IF;
    ELSE
        SELECT * INTO held FROM rpc.lease l
        WHERE l.slot = (hold_lease.lease_id & 3)::smallint AND l.lease_id = hold_lease.lease_id
            AND l.role = session_user;
    END IF;
    IF held.lease_id IS NULL THEN
        PERFORM rpc.lose_lease();
    END IF;
    RETURN held;
END
$$;

-- Takes a call out of a lease that goes on with others.
CREATE FUNCTION rpc.leave_lease(held rpc.lease, call_id bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE rpc.lease l SET (call_ids, attempts, losts) = (
        SELECT array_agg(u.call_id), array_agg(u.attempt), array_agg(u.lost)
        FROM unnest(l.call_ids, l.attempts, l.losts) AS u (call_id, attempt, lost) WHERE u.call_id <> $2)
    WHERE l.slot = held.slot AND l.lease_id = held.lease_id
$$;

-- Finishes calls of one lease as OK, in the transaction of their effects. channels: whom to tell, in the calls' order,
-- or empty; continued: a reply comes back as a call; deadline: the earliest of the calls, null: none has one. Refuses
-- with CANCELLED or DEADLINE_EXCEEDED when it is too late, so that no effect of a call comes after its cancellation or
-- its deadline. The caller sends COMMIT along.
CREATE FUNCTION rpc.complete(
    lease_id bigint, last boolean, call_ids bigint[], responses jsonb[], trailers jsonb[], channels text[],
    continued boolean, deadline timestamptz
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode
    = force_generic_plan AS $$
DECLARE
    held rpc.lease := rpc.hold_lease(lease_id, last, call_ids);
    ended integer;
BEGIN
    IF EXISTS (SELECT FROM rpc.cancellation c WHERE c.call_id = ANY (call_ids)) THEN
        PERFORM rpc.refuse(1, 'the call was cancelled');
    END IF;
    INSERT INTO rpc.outcome (call_id, started_at, worker_id, attempt, status, response, trailers)
    SELECT d.call_id, held.claimed_at, held.worker_id, held.attempts[h.place], 0, d.response, d.trailers
    FROM unnest(complete.call_ids, complete.responses, complete.trailers) AS d (call_id, response, trailers)
    CROSS JOIN LATERAL (SELECT array_position(held.call_ids, d.call_id) AS place OFFSET 0) AS h
    WHERE h.place IS NOT NULL;
    GET DIAGNOSTICS ended = row_count;
    IF ended <> cardinality(call_ids) THEN
        PERFORM rpc.lose_lease();  -- Of a call that is not in the lease nobody has a word to say.
    END IF;
    IF cardinality(channels) > 0 THEN
        PERFORM pg_notify(n.channel, n.call_id::text)
        FROM unnest(complete.channels, complete.call_ids) AS n (channel, call_id) WHERE n.channel IS NOT NULL;
    END IF;
    IF continued THEN
        PERFORM rpc.announce(call_ids, held.gated);
    ELSIF held.gated THEN
        PERFORM rpc.release(call_ids);
    END IF;
    IF clock_timestamp() >= deadline THEN
        PERFORM rpc.refuse(4, 'the deadline passed before the call was done');
    END IF;
END
$$;

-- Ends an attempt that failed: another attempt if the contract allows one, the outcome otherwise. `transient`: the
-- transaction was rolled back by the database's doing (deadlock, lost connection), which the contract does not count.
-- pushback_ms: the handler's own wait; negative: no more attempts. Returns whether there will be another attempt.
CREATE FUNCTION rpc.fail(
    lease_id bigint, last boolean, call_id bigint, status smallint, message text, details jsonb, trailers jsonb,
    pushback_ms bigint, transient boolean
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode
    = force_generic_plan AS $$
DECLARE
    held rpc.lease := rpc.hold_lease(lease_id, last, ARRAY[call_id]);
    place_in_lease integer := array_position(held.call_ids, call_id);
    failed rpc.call;
    method rpc.method;
    attempt smallint := held.attempts[place_in_lease];
    lost smallint := held.losts[place_in_lease];
BEGIN
    IF place_in_lease IS NULL THEN
        PERFORM rpc.lose_lease();
    END IF;
    SELECT * INTO failed FROM rpc.call c WHERE c.call_id = fail.call_id;
    SELECT * INTO method FROM rpc.method m WHERE m.method_id = held.method_id;
    IF NOT last THEN
        PERFORM rpc.leave_lease(held, call_id);
    END IF;
    -- A connection that broke at COMMIT leaves the worker in doubt: the attempt may have succeeded.
    IF EXISTS (SELECT FROM rpc.outcome o WHERE o.call_id = fail.call_id) THEN
        PERFORM rpc.release(ARRAY[fail.call_id]);
        RETURN false;
    END IF;
    INSERT INTO rpc.failure (call_id, attempt, status, message, worker_id, started_at)
    VALUES (fail.call_id, attempt, fail.status, left(fail.message, 2000), held.worker_id, held.claimed_at);
    RETURN rpc.settle(
        failed, method, attempt, lost, status, message, details, trailers, pushback_ms, transient, held.gated,
        held.claimed_at, held.worker_id);
END
$$;

-- Decides what becomes of a call whose attempt ended without success, and writes it. A decision is never tried again:
-- what failed was rolled back, and whoever decides gives it again. An attempt that the database or a dead worker undid
-- is repeated quickly ten times, then once a minute for ten minutes: a full disk needs a person.
CREATE FUNCTION rpc.settle(
    failed rpc.call, method rpc.method, attempt smallint, lost smallint, status smallint, message text, details jsonb,
    trailers jsonb, pushback_ms bigint, transient boolean, gated boolean, claimed_at timestamptz, worker_id bigint
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    again boolean;
    wait_ms double precision;
    due timestamptz;
    cancelled boolean;
BEGIN
    DELETE FROM rpc.cancellation c WHERE c.call_id = failed.call_id;
    cancelled := found;
    IF cancelled THEN
        status := 1;
        message := 'the call was cancelled';
        again := false;
    ELSIF method.decision THEN
        again := false;
    ELSIF transient THEN
        again := lost < 20;
        lost := lost + 1;
        wait_ms := CASE WHEN lost <= 10 THEN least(2000, 20 * power(2, lost)) ELSE 60000 END;
    ELSE
        again := status = ANY (method.retryable_codes) AND attempt < method.max_attempts
            AND coalesce(pushback_ms, 0) >= 0;
        wait_ms := coalesce(CASE WHEN pushback_ms > 7776000000 THEN 7776000000 ELSE pushback_ms END, least(
            method.max_backoff_ms,
            method.initial_backoff_ms * power(method.multiplier_hundredths / 100.0, least(attempt - 1, 20))));
        attempt := attempt + 1;
    END IF;
    IF again THEN
        -- ±20 % jitter, so that calls that failed together do not come back together.
        due := clock_timestamp() + wait_ms * (0.8 + 0.4 * random()) * interval '1 millisecond';
        IF due >= failed.deadline_at THEN
            again := false;
            IF transient THEN
                status := 4;
                message := 'the deadline passed';
            END IF;
        END IF;
    END IF;
    IF again THEN
        -- An ordered call keeps its place; one under a mere limit lets others use it meanwhile.
        IF gated AND failed.ordering_key IS NULL THEN
            PERFORM rpc.release(ARRAY[failed.call_id]);
        END IF;
        INSERT INTO rpc.scheduled VALUES (
            due, failed.call_id, method.method_id, attempt, lost, rpc.rank_of(failed.call_id, failed.priority), gated,
            gated AND failed.ordering_key IS NOT NULL);
        RETURN true;
    END IF;
    PERFORM rpc.finish(
        failed.call_id, method,
        CASE WHEN cancelled OR transient OR method.decision THEN attempt ELSE attempt - 1 END::smallint, status,
        message, details, trailers, gated, claimed_at, worker_id,
        status <> 1 AND NOT method.decision
            AND (method.kind = 2 OR transient OR status = ANY (method.retryable_codes) OR status IN (2, 13, 15)));
    RETURN false;
END
$$;

-- Adds message `number` of this lease to a server-streaming call, unless it is cancelled or its deadline has passed.
CREATE FUNCTION rpc.push(
    lease_id bigint, call_id bigint, number bigint, body jsonb, reply_to text, deadline timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    held rpc.lease := rpc.hold_lease(lease_id, false, '{}');
    place_in_lease integer := array_position(held.call_ids, call_id);
BEGIN
    IF place_in_lease IS NULL OR number NOT BETWEEN 1 AND 4294967295 THEN
        PERFORM rpc.lose_lease();
    END IF;
    IF EXISTS (SELECT FROM rpc.cancellation c WHERE c.call_id = push.call_id) THEN
        PERFORM rpc.refuse(1, 'the call was cancelled');
    END IF;
    INSERT INTO rpc.message (call_id, seq, body) VALUES (
        push.call_id,
        rpc.run_of(held.attempts[place_in_lease], held.losts[place_in_lease]) << 32 | push.number, push.body);
    IF clock_timestamp() >= deadline THEN
        PERFORM rpc.refuse(4, 'the deadline passed before the call was done');
    END IF;
    IF reply_to IS NOT NULL THEN
        PERFORM pg_notify(reply_to, call_id::text);
    END IF;
END
$$;
