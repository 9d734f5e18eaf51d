-- The lowest number of a call that could be made at a moment.
CREATE FUNCTION rpc.first_id(moment timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (extract(epoch FROM moment) * 1000)::bigint << 20 $$;

-- The moment that a call's number begins with.
CREATE FUNCTION rpc.time_of(call_id bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT to_timestamp((call_id >> 20) / 1000.0) $$;

-- Where a call stands among those that wait: by priority, then by its number.
CREATE FUNCTION rpc.rank_of(call_id bigint, priority smallint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT call_id + (priority::bigint * 300000 << 20) $$;

-- Creates the daily partitions until the day after tomorrow.
CREATE FUNCTION rpc.extend_partitions(days integer DEFAULT 2) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    first_day date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
    parent text;
    low bigint;
    high bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(1919968099, 1);
    FOR n IN 0..days LOOP
        low := rpc.first_id((first_day + n)::timestamp AT TIME ZONE 'UTC');
        high := rpc.first_id((first_day + n + 1)::timestamp AT TIME ZONE 'UTC');
        IF n = 0 AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = 'rpc.call'::regclass) THEN
            low := 0;  -- The first partition takes everything older, such as ids from a skewed clock.
        END IF;
        FOREACH parent IN ARRAY ARRAY['call', 'outcome', 'message', 'failure'] LOOP
            IF to_regclass(format('rpc.%s_%s', parent, to_char(first_day + n, 'YYYYMMDD'))) IS NULL THEN
                EXECUTE format('create table rpc.%s_%s partition of rpc.%s for values from (%s) to (%s) '
                    'with (autovacuum_vacuum_insert_scale_factor = 0.2)',
                    parent, to_char(first_day + n, 'YYYYMMDD'), parent, low, high);
            END IF;
        END LOOP;
    END LOOP;
END
$$;

SELECT rpc.extend_partitions(2);

-- A number that is not given again: the milliseconds since 1970, and as many bits of a sequence. A sequence alone may
-- be set back by a crash, together with the commits that did not wait for the disk.
CREATE FUNCTION rpc.timed_number(sequence regclass, bits integer) RETURNS bigint LANGUAGE sql VOLATILE AS
$$ SELECT ((extract(epoch FROM clock_timestamp()) * 1000)::bigint << $2) | (nextval($1) & ((1::bigint << $2) - 1)) $$;

-- The id of a new call.
CREATE FUNCTION rpc.next_id() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF to_regclass('rpc.call_' || to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD')) IS NULL THEN
        PERFORM rpc.extend_partitions();
    END IF;
    RETURN rpc.timed_number('rpc.call_sequence', 20);
END
$$;

-- Which run of a call this is: it grows with every lease, whether the last one failed, was lost or died.
CREATE FUNCTION rpc.run_of(attempt smallint, lost smallint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT attempt::bigint * 64 + least(lost, 63) $$;
