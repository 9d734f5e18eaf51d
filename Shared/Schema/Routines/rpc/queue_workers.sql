-- Registers a worker process; returns its id and the ids of its methods, in order.
CREATE FUNCTION rpc.register(
    service text, methods text[], host text, pid integer, expiry_ms integer, OUT worker_id bigint,
    OUT method_ids smallint[]
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    unknown text;
BEGIN
    IF NOT rpc.may_call(ARRAY[service]) THEN
        PERFORM rpc.refuse(7, format('role %s may not serve %s', session_user, service));
    END IF;
    IF expiry_ms IS NULL OR expiry_ms NOT BETWEEN 1 AND 86400000 THEN
        PERFORM rpc.refuse(3, 'leases last 1 ms to a day');
    END IF;
    SELECT n.name INTO unknown FROM unnest(methods) AS n (name)
    WHERE NOT EXISTS (SELECT FROM rpc.method m WHERE m.name = n.name AND m.service = register.service) LIMIT 1;
    IF unknown IS NOT NULL THEN
        PERFORM rpc.refuse(9, format('service %s has no published method %s', service, unknown));
    END IF;
    SELECT array_agg(m.method_id ORDER BY n.place) INTO method_ids
    FROM unnest(methods) WITH ordinality AS n (name, place) JOIN rpc.method m ON m.name = n.name;
    worker_id := rpc.timed_number('rpc.worker_sequence', 16);
    INSERT INTO rpc.worker (worker_id, service, role, host, pid, method_ids, expires_at)
    VALUES (register.worker_id, register.service, session_user, register.host, register.pid,
        coalesce(register.method_ids, '{}'), clock_timestamp() + expiry_ms * interval '1 millisecond');
END
$$;

-- Renews a worker's leases. alive false: they are lost, and everything it runs must stop. cancelled: calls of its
-- leases that someone has cancelled.
CREATE FUNCTION rpc.heartbeat(
    worker_id bigint, expiry_ms integer, draining boolean, OUT alive boolean, OUT cancelled bigint[]
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    UPDATE rpc.worker w
    SET expires_at = clock_timestamp() + expiry_ms * interval '1 millisecond', draining = heartbeat.draining
    WHERE w.worker_id = heartbeat.worker_id AND w.role = session_user
        AND heartbeat.expiry_ms BETWEEN 1 AND 86400000;
    alive := found;
    cancelled := rpc.cancelled(worker_id);
END
$$;

-- Calls of the worker's leases that someone has cancelled. A NOTIFY makes a worker look here, and does nothing else.
CREATE FUNCTION rpc.cancelled(of_worker bigint) RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM rpc.cancellation) THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT c.call_id FROM rpc.cancellation c JOIN rpc.lease l ON c.call_id = ANY (l.call_ids)
        WHERE l.worker_id = of_worker AND l.role = session_user);
END
$$;

-- Deletes leases of the session's role whose calls are all finished.
CREATE FUNCTION rpc.drop_leases(lease_ids bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    DELETE FROM rpc.lease l USING unnest(lease_ids) AS i (lease_id)
    WHERE l.slot = (i.lease_id & 3)::smallint AND l.lease_id = i.lease_id AND l.role = session_user
        AND NOT EXISTS (
            SELECT FROM unnest(l.call_ids) AS u (call_id)
            WHERE NOT EXISTS (SELECT FROM rpc.outcome o WHERE o.call_id = u.call_id OFFSET 0));
END
$$;

-- Takes back leases that their own worker does not know of: it lost the answer to a claim.
CREATE FUNCTION rpc.reconcile(of_worker bigint, known bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN rpc.take_back_each(ARRAY(
        SELECT l.lease_id FROM rpc.lease l
        WHERE l.worker_id = of_worker AND l.role = session_user AND l.lease_id <> ALL (known)
            AND l.claimed_at < clock_timestamp() - interval '2 seconds'));
END
$$;

-- Takes a worker off the list when it has drained.
CREATE FUNCTION rpc.leave(worker_id bigint) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$ DELETE FROM rpc.worker w WHERE w.worker_id = $1 AND w.role = session_user $$;
