-- The numbers that one field of a cron expression names: `*`, `5`, `1-5`, `*/10`, `8-18/2`, and lists of these.
CREATE FUNCTION rpc.cron_field(field text, low integer, high integer) RETURNS integer[]
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    part text;
    fault text;
    numbers integer[] := '{}';
BEGIN
    FOREACH part IN array string_to_array(field, ',') LOOP
        fault := rpc.cron_fault(part, low, high);
        IF fault IS NOT NULL THEN
            PERFORM rpc.refuse(3, format('%s of a cron expression: %s', left(part, 40), fault));
        END IF;
        numbers := numbers || ARRAY(
            SELECT generate_series(
                CASE WHEN split_part(part, '/', 1) = '*' THEN low
                    ELSE split_part(split_part(part, '/', 1), '-', 1)::integer END,
                CASE WHEN split_part(part, '/', 1) = '*' THEN high
                    ELSE coalesce(nullif(split_part(split_part(part, '/', 1), '-', 2), ''),
                        split_part(part, '/', 1))::integer END,
                coalesce(nullif(split_part(part, '/', 2), ''), '1')::integer));
    END LOOP;
    IF numbers = '{}' THEN
        PERFORM rpc.refuse(3, 'a field of a cron expression is empty');
    END IF;
    RETURN numbers;
END
$$;

-- What is wrong with one part of a field; null: nothing.
CREATE FUNCTION rpc.cron_fault(part text, low integer, high integer) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    numbers text[] := regexp_match(part, '^([*]|([0-9]{1,2})(-([0-9]{1,2}))?)(/([0-9]{1,2}))?$');
    first integer := coalesce(numbers[2]::integer, low);
    last integer := coalesce(numbers[4]::integer, numbers[2]::integer, high);
    step integer := coalesce(numbers[6]::integer, 1);
BEGIN
    RETURN CASE
        WHEN numbers IS NULL THEN
            'it must be *, a number such as 5, a range such as 1-5, or these with a step such as */10'
        WHEN step < 1 THEN 'a step is 1 or more'
        WHEN first < low OR last > high THEN format('%s is outside %s to %s', part, low, high)
        WHEN first > last THEN format('the range runs backwards; did you mean %s-%s?', last, first)
        WHEN numbers[5] IS NOT NULL AND numbers[2] IS NOT NULL AND numbers[4] IS NULL THEN
            format('a step needs a range; did you mean %s-%s/%s?', first, high, step)
        WHEN step > greatest(1, last - first) THEN format('a step of %s is longer than %s to %s', step, first, last)
    END;
END
$$;

-- The first time after `after` that a cron expression of five fields names, in UTC; null if there is none in 8 years
-- (29 February may be that far away).
CREATE FUNCTION rpc.cron_next(cron text, AFTER timestamptz) RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    fields text[] := regexp_split_to_array(btrim(cron), '\s+');
    minutes integer[];
    hours integer[];
    days integer[];
    months integer[];
    weekdays integer[];
    day date;
    found_at timestamp;
    earliest timestamp := date_trunc('minute', AFTER AT TIME ZONE 'UTC') + interval '1 minute';
BEGIN
    IF length(cron) > 200 THEN
        PERFORM rpc.refuse(3, 'a cron expression has 200 characters at most');
    END IF;
    IF (cardinality(fields) = 5) IS NOT true THEN
        PERFORM rpc.refuse(3, 'a cron expression has five fields: minute hour day month weekday');
    END IF;
    minutes := rpc.cron_field(fields[1], 0, 59);
    hours := rpc.cron_field(fields[2], 0, 23);
    days := rpc.cron_field(fields[3], 1, 31);
    months := rpc.cron_field(fields[4], 1, 12);
    weekdays := rpc.cron_field(fields[5], 0, 7);
    FOR n IN 0..2922 LOOP
        day := earliest::date + n;
        CONTINUE WHEN extract(month FROM day)::integer <> ALL (months);
        -- POSIX: when both days are restricted, either suffices.
        CONTINUE WHEN NOT CASE
            WHEN left(fields[3], 1) <> '*' AND left(fields[5], 1) <> '*' THEN
                extract(day FROM day)::integer = ANY (days)
                OR extract(dow FROM day)::integer = ANY (weekdays) OR extract(isodow FROM day)::integer = ANY (weekdays)
            ELSE extract(day FROM day)::integer = ANY (days) AND (
                extract(dow FROM day)::integer = ANY (weekdays) OR extract(isodow FROM day)::integer = ANY (weekdays))
            END;
        SELECT min(day + make_interval(hours => h, mins => m)) INTO found_at
        FROM unnest(hours) AS h, unnest(minutes) AS m
        WHERE day + make_interval(hours => h, mins => m) >= earliest;
        IF found_at IS NOT NULL THEN
            RETURN found_at AT TIME ZONE 'UTC';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

-- Sets up or replaces a recurrence in the name of the session's role, which must be allowed to make the call. A person
-- has at most twenty.
CREATE FUNCTION rpc.recur(name text, cron text, method text, request jsonb, options jsonb DEFAULT '{}')
RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode
    = force_generic_plan AS $$
DECLARE
    called rpc.method;
    first_at timestamptz := rpc.cron_next(cron, clock_timestamp());
    owner text;
BEGIN
    SELECT * INTO called FROM rpc.method m WHERE m.name = recur.method;
    IF called.method_id IS NULL OR NOT rpc.may_call(called.allowed_roles) THEN
        PERFORM rpc.refuse_call(method, called, false, request, options);
    END IF;
    IF (length(name) BETWEEN 1 AND 200) IS NOT true THEN
        PERFORM rpc.refuse(3, 'a recurrence has a name of 1 to 200 characters');
    END IF;
    IF called.decision THEN
        PERFORM rpc.refuse(3, 'a decision is taken when it is given, not again and again');
    END IF;
    IF first_at IS NULL THEN
        PERFORM rpc.refuse(3, 'the cron expression names no time');
    END IF;
    IF jsonb_typeof(request) IS DISTINCT FROM 'object' OR pg_column_size(request) > called.max_request_bytes THEN
        PERFORM rpc.refuse_call(method, called, true, request, '{}');
    END IF;
    PERFORM rpc.check_options(options, called);
    IF options ?| ARRAY['idempotencyKey', 'replyTo', 'parent', 'thenMethod', 'notBefore'] THEN
        PERFORM rpc.refuse(3, 'a recurrence takes no options that belong to one call');
    END IF;
    SELECT r.caller INTO owner FROM rpc.recurrence r WHERE r.name = recur.name;
    IF owner <> session_user THEN
        PERFORM rpc.refuse(7, format('%s owns the recurrence', owner));
    END IF;
    IF owner IS NULL AND NOT rpc.is_service(session_user)
        AND (SELECT count(*) FROM rpc.recurrence r WHERE r.caller = session_user) >= 20
    THEN
        PERFORM rpc.refuse(8, 'a person has twenty recurrences at most');
    END IF;
    INSERT INTO rpc.recurrence VALUES (recur.name, recur.cron, called.method_id, session_user, request, options,
        first_at, NULL)
    ON CONFLICT ON CONSTRAINT recurrence_pkey DO UPDATE SET
        cron = excluded.cron, method_id = excluded.method_id, request = excluded.request,
        options = excluded.options, next_at = excluded.next_at, trouble = NULL
        WHERE recurrence.caller = session_user;
    IF NOT rpc.is_service(session_user) THEN
        PERFORM rpc.note_steering('recur', NULL, name, format('%s %s', cron, called.name));
    END IF;
    RETURN first_at;
END
$$;

-- Ends a recurrence: one's own; a person's by any operator; a service's only when that is meant (internal), with a
-- reason.
CREATE FUNCTION rpc.end_recurrence(name text, internal boolean DEFAULT false, reason text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    owner text;
BEGIN
    SELECT r.caller INTO owner FROM rpc.recurrence r WHERE r.name = end_recurrence.name;
    IF owner IS NULL OR owner <> session_user AND NOT rpc.is_operator() THEN
        RETURN false;
    END IF;
    IF owner <> session_user AND rpc.is_service(owner) THEN
        IF internal IS NOT true THEN
            PERFORM rpc.refuse(9, format(
                '%s makes this call itself, and what it looks after then is looked after no more until the service '
                'starts again. Whoever means it says internal, and the reason', owner));
        ELSIF coalesce(btrim(reason), '') = '' THEN
            PERFORM rpc.refuse(3, 'whoever ends a recurrence of a service says why');
        END IF;
    END IF;
    DELETE FROM rpc.recurrence r WHERE r.name = end_recurrence.name;
    IF NOT rpc.is_service(session_user) THEN
        PERFORM rpc.note_steering('end recurrence', NULL, name, reason);
    END IF;
    RETURN true;
END
$$;

-- The recurrences that the session may see.
CREATE FUNCTION rpc.recurrences()
RETURNS TABLE (name text, cron text, method text, caller text, next_at timestamptz, trouble text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
    SELECT r.name, r.cron, m.name, r.caller, r.next_at, r.trouble
    FROM rpc.recurrence r JOIN rpc.method m ON m.method_id = r.method_id
    WHERE r.caller = session_user OR rpc.is_operator() ORDER BY r.name
$$;

-- Makes the calls that are due. The row lock and the new time in the same transaction make each happen once. One that
-- cannot be made, or whose owner may not call any more, is noted and stops no other.
CREATE FUNCTION rpc.fire_recurrences() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    due rpc.recurrence;
    method rpc.method;
    fired integer := 0;
BEGIN
    FOR due IN
        SELECT * FROM rpc.recurrence r WHERE r.next_at <= clock_timestamp() ORDER BY r.next_at LIMIT 200
        FOR UPDATE SKIP LOCKED
    LOOP
        SELECT * INTO method FROM rpc.method m WHERE m.method_id = due.method_id;
        BEGIN
            IF NOT rpc.may_call(due.caller, method.allowed_roles) THEN
                PERFORM rpc.refuse(7, format('role %s may not call %s', due.caller, method.name));
            END IF;
            PERFORM rpc.insert_call(rpc.next_id(), due.caller, method, due.request, due.options, NULL);
            due.trouble := NULL;
            fired := fired + 1;
        EXCEPTION WHEN others THEN
            due.trouble := left(sqlstate || ' ' || sqlerrm, 500);
        END;
        BEGIN
            due.next_at := rpc.cron_next(due.cron, clock_timestamp());
        EXCEPTION WHEN others THEN
            due.trouble := left(sqlstate || ' ' || sqlerrm, 500);
        END;
        UPDATE rpc.recurrence r SET trouble = due.trouble,
            next_at = CASE WHEN due.next_at > clock_timestamp() THEN due.next_at
                ELSE clock_timestamp() + interval '1 day' END
        WHERE r.name = due.name;
    END LOOP;
    RETURN fired;
END
$$;

GRANT EXECUTE ON FUNCTION rpc.recur, rpc.end_recurrence, rpc.recurrences
    TO puente_service, puente_operator;
