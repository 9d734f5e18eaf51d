-- Offers again the unfinished calls of a lease and deletes it. Returns the number of leases taken back: none while an
-- attempt that ends, or another session, has it.
CREATE FUNCTION rpc.take_back(lease_id bigint) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    orphan rpc.lease;
    entry record;
    method rpc.method;
BEGIN
    IF NOT pg_try_advisory_xact_lock(1919968101, rpc.lease_lock(lease_id)) THEN
        RETURN 0;
    END IF;
    DELETE FROM rpc.lease l WHERE l.slot = (take_back.lease_id & 3)::smallint AND l.lease_id = take_back.lease_id
    RETURNING * INTO orphan;
    IF orphan.lease_id IS NULL THEN
        RETURN 0;
    END IF;
    -- Durable before anybody sees it: its worker forgets calls of a lease that is gone, and a crash must not bring it
    -- back.
    PERFORM set_config('synchronous_commit', 'on', true);
    SELECT * INTO method FROM rpc.method m WHERE m.method_id = orphan.method_id;
    FOR entry IN
        SELECT u.attempt, u.lost, c.call
        FROM unnest(orphan.call_ids, orphan.attempts, orphan.losts) AS u (call_id, attempt, lost)
        CROSS JOIN LATERAL (SELECT k AS call FROM rpc.call k WHERE k.call_id = u.call_id OFFSET 0) AS c
        WHERE NOT EXISTS (SELECT FROM rpc.outcome o WHERE o.call_id = u.call_id OFFSET 0)
    LOOP
        INSERT INTO rpc.failure (call_id, attempt, status, message, worker_id, started_at) VALUES (
            (entry.call).call_id, entry.attempt, 14, 'the worker died or lost its lease', orphan.worker_id,
            orphan.claimed_at);
        IF entry.lost < 3 AND NOT method.decision
            AND NOT EXISTS (SELECT FROM rpc.cancellation c WHERE c.call_id = (entry.call).call_id)
        THEN
            INSERT INTO rpc.ready
            SELECT r.current_slot, orphan.method_id, entry.attempt, entry.lost + 1,
                rpc.rank_of((entry.call).call_id, (entry.call).priority), (entry.call).call_id, orphan.gated
            FROM rpc.ring r;
        ELSE
            PERFORM rpc.settle(
                entry.call, method, entry.attempt, entry.lost, 14::smallint,
                'the worker died while running the call'
                    || CASE WHEN method.decision THEN '; nothing was decided, give it again' ELSE '' END,
                NULL, NULL, NULL, true, orphan.gated, orphan.claimed_at, orphan.worker_id);
        END IF;
    END LOOP;
    PERFORM pg_notify('rpc_service_' || method.service, '');
    RETURN 1;
END
$$;

-- Takes back several leases; one that cannot be taken back stays, is named in the server's log, and keeps no other.
CREATE FUNCTION rpc.take_back_each(lease_ids bigint[]) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    taken integer := 0;
    EACH bigint;
BEGIN
    FOREACH EACH IN array lease_ids LOOP
        BEGIN
            taken := taken + rpc.take_back(EACH);
        EXCEPTION WHEN others THEN
            RAISE WARNING 'lease % cannot be taken back: % %', EACH, sqlstate, sqlerrm;
        END;
    END LOOP;
    RETURN taken;
END
$$;

-- Offers again what workers held that have died or gone silent. Returns the number of leases taken back.
CREATE FUNCTION rpc.reap() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    -- A call may finish although it was just cancelled.
    DELETE FROM rpc.cancellation c WHERE EXISTS (SELECT FROM rpc.outcome o WHERE o.call_id = c.call_id OFFSET 0);
    DELETE FROM rpc.worker w WHERE w.worker_id IN (
        SELECT s.worker_id FROM rpc.worker s WHERE s.expires_at < clock_timestamp() FOR UPDATE SKIP LOCKED);
    RETURN rpc.take_back_each(ARRAY(
        SELECT l.lease_id FROM rpc.lease l
        WHERE NOT EXISTS (SELECT FROM rpc.worker w WHERE w.worker_id = l.worker_id)));
END
$$;
