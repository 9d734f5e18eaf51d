-- Whether a dump is under way. Its snapshot is older than its locks: what is truncated in between would be missing
-- from it, with calls that are nowhere.
CREATE FUNCTION rpc.is_dumped() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_stat_clear_snapshot();
    RETURN EXISTS (
        SELECT FROM pg_stat_activity a
        WHERE a.datname = current_database() AND a.application_name IN ('pg_dump', 'pg_dumpall'));
END
$$;

-- Truncates drained tables of the rings and moves inserts on to one, so that dead rows stay bounded although another
-- session holds an old snapshot. Never waits long for a lock. Returns the number of tables truncated.
CREATE FUNCTION rpc.rotate(minimum_bytes bigint DEFAULT 1048576) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    here smallint;
    target smallint;
    ready_table regclass;
    lease_table regclass;
    occupied boolean;
    truncated integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(1919968099, 2) THEN
        RETURN 0;
    END IF;
    SELECT r.current_slot INTO here FROM rpc.ring r;
    PERFORM set_config('lock_timeout', '10ms', true);
    BEGIN
        FOR n IN 1..3 LOOP
            target := (here + n) % 4;
            ready_table := format('rpc.ready_%s', target)::regclass;
            lease_table := format('rpc.lease_%s', target)::regclass;
            FOREACH ready_table IN ARRAY ARRAY[ready_table, lease_table] LOOP
                CONTINUE WHEN pg_relation_size(ready_table) = 0;
                BEGIN
                    -- A cheap look first: the lock is worth trying only if the table seems to be empty.
                    EXECUTE format('select exists (select from %s)', ready_table) INTO occupied;
                    CONTINUE WHEN occupied;
                    EXECUTE format('lock table %s in access exclusive mode', ready_table);
                    EXECUTE format('select exists (select from %s)', ready_table) INTO occupied;
                    IF NOT occupied THEN
                        EXECUTE format('truncate %s', ready_table);
                        truncated := truncated + 1;
                    END IF;
                EXCEPTION WHEN lock_not_available THEN
                    NULL;
                END;
            END LOOP;
        END LOOP;
        -- The last thing before the commit: a dump that begins now sees all of it.
        IF truncated > 0 AND rpc.is_dumped() THEN
            RAISE lock_not_available;
        END IF;
    EXCEPTION WHEN lock_not_available THEN
        truncated := 0;
    END;
    IF pg_relation_size(format('rpc.ready_%s', here)::regclass)
        + pg_relation_size(format('rpc.lease_%s', here)::regclass) >= minimum_bytes
    THEN
        FOR n IN 1..3 LOOP
            target := (here + n) % 4;
            IF pg_relation_size(format('rpc.ready_%s', target)::regclass) = 0
                AND pg_relation_size(format('rpc.lease_%s', target)::regclass) = 0
            THEN
                PERFORM setval('rpc.ring_slot', target);
                EXIT;
            END IF;
        END LOOP;
    END IF;
    RETURN truncated;
END
$$;

-- Writes the tables anew whose rows are deleted or changed one by one, when they are large for the few rows they hold:
-- vacuum leaves dead rows while any session holds an older snapshot, and admissions would walk over ever more of them.
-- Never waits long for a lock. Only for tables that volatile functions alone read: a statement that took its snapshot
-- before would find nothing. Returns the number of tables written.
CREATE FUNCTION rpc.compact(minimum_bytes bigint DEFAULT 4194304) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    most constant integer := 10000;
    name text;
    kept jsonb;
    live integer;
    compacted integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(1919968099, 4) THEN
        RETURN 0;
    END IF;
    PERFORM set_config('lock_timeout', '10ms', true);
    BEGIN
        FOREACH name IN ARRAY ARRAY['scheduled', 'arrival', 'waiting', 'permit', 'released', 'bucket', 'worker'] LOOP
            CONTINUE WHEN pg_relation_size(format('rpc.%I', name)::regclass) <= minimum_bytes;
            EXECUTE format('select count(*) from (select from rpc.%I limit %s) as s', name, most) INTO live;
            CONTINUE WHEN live = most;
            BEGIN
                EXECUTE format('lock table rpc.%I in access exclusive mode', name);
                EXECUTE format('select jsonb_agg(to_jsonb(t)) from rpc.%I t', name) INTO kept;
                EXECUTE format('truncate rpc.%I', name);
                EXECUTE format('insert into rpc.%1$I select * from jsonb_populate_recordset(null::rpc.%1$I, $1)', name)
                USING coalesce(kept, '[]');
                compacted := compacted + 1;
            EXCEPTION WHEN lock_not_available THEN
                NULL;
            END;
        END LOOP;
        IF compacted > 0 AND rpc.is_dumped() THEN
            RAISE lock_not_available;
        END IF;
    EXCEPTION WHEN lock_not_available THEN
        compacted := 0;
    END;
    RETURN compacted;
END
$$;

-- Drops partitions that retention has passed, and creates the next days'.
CREATE FUNCTION rpc.retain() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    part record;
    bound bigint;
    dropped integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(1919968099, 3) THEN
        RETURN 0;
    END IF;
    PERFORM rpc.extend_partitions();
    SELECT rpc.first_id(date_trunc('day', clock_timestamp() - r.kept, 'UTC')) INTO bound FROM rpc.retention r;
    PERFORM set_config('lock_timeout', '200ms', true);
    FOR part IN
        SELECT p.relname AS parent, c.oid::regclass AS name,
            substring(pg_get_expr(c.relpartbound, c.oid) FROM $re$FROM \('(-?\d+)'\)$re$)::bigint AS low,
            substring(pg_get_expr(c.relpartbound, c.oid) FROM $re$TO \('(-?\d+)'\)$re$)::bigint AS high
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        JOIN pg_class p ON p.oid = i.inhparent
        WHERE p.oid IN ('rpc.call'::regclass, 'rpc.outcome'::regclass, 'rpc.message'::regclass, 'rpc.failure'::regclass)
        ORDER BY c.relname
    LOOP
        CONTINUE WHEN part.high > bound;
        -- A call may still be waiting in a partition whose day is over: then the day is kept.
        CONTINUE WHEN EXISTS (
            SELECT FROM (
                SELECT s.call_id FROM rpc.scheduled s UNION ALL
                SELECT r.call_id FROM rpc.ready r UNION ALL
                SELECT a.call_id FROM rpc.arrival a UNION ALL
                SELECT w.call_id FROM rpc.waiting w UNION ALL
                SELECT unnest(l.call_ids) FROM rpc.lease l
            ) AS u WHERE u.call_id >= part.low AND u.call_id < part.high);
        BEGIN
            EXECUTE format('drop table %s', part.name);
            dropped := dropped + 1;
        EXCEPTION WHEN lock_not_available THEN
            NULL;
        END;
    END LOOP;
    IF dropped > 0 THEN
        DELETE FROM rpc.idempotency i
        WHERE i.call_id < bound AND NOT EXISTS (SELECT FROM rpc.call c WHERE c.call_id = i.call_id);
        DELETE FROM rpc.dead d
        WHERE d.call_id < bound AND NOT EXISTS (SELECT FROM rpc.call c WHERE c.call_id = d.call_id);
    END IF;
    RETURN dropped;
END
$$;
