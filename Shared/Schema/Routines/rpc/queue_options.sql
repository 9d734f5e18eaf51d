-- What is wrong with a whole number between two bounds; null: nothing. `text`: as jsonb writes it.
CREATE FUNCTION rpc.number_fault(kind text, text text, low bigint, high bigint) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF kind = 'number' AND text ~ '^[0-9]{1,12}$' AND text::bigint BETWEEN low AND high THEN
        RETURN NULL;
    END IF;
    RETURN format('must be a whole number from %s to %s', low, high);
END
$$;

-- What is wrong with a moment; null: nothing.
CREATE FUNCTION rpc.moment_fault(kind text, text text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF kind = 'string'
        AND text ~ ('^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?'
            '(Z|[+-][0-9]{2}:?[0-9]{2})$')
        AND text::timestamptz <= clock_timestamp() + interval '90 days'
    THEN
        RETURN NULL;
    END IF;
    RETURN 'must be a moment with its zone, at most 90 days ahead, such as 2031-05-01T06:00:00-05:00';
EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format OR invalid_time_zone_displacement_value THEN
    RETURN 'is no moment of the calendar';
END
$$;

-- What is wrong with one option; null: nothing.
CREATE FUNCTION rpc.option_fault(name text, value jsonb) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    kind text := jsonb_typeof(value);
    text text := value #>> '{}';
BEGIN
    CASE name
        WHEN 'deadlineMs', 'delayMs' THEN
            RETURN rpc.number_fault(kind, text, 0, 7776000000);
        WHEN 'notBefore' THEN
            RETURN rpc.moment_fault(kind, text);
        WHEN 'priority' THEN
            RETURN rpc.number_fault(kind, text, 0, 9);
        WHEN 'idempotencyKey', 'orderingKey' THEN
            IF kind <> 'string' OR octet_length(text) NOT BETWEEN 1 AND 200 THEN
                RETURN 'must be a text of 1 to 200 bytes';
            END IF;
        WHEN 'waitForReady', 'inheritDeadline' THEN
            IF kind <> 'boolean' THEN
                RETURN 'must be true or false';
            END IF;
        WHEN 'traceparent' THEN
            IF kind <> 'string' OR text !~ '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' THEN
                RETURN 'must be a traceparent of W3C trace context';
            END IF;
        WHEN 'metadata' THEN
            IF kind <> 'object' OR octet_length(text) > 8192
                OR EXISTS (SELECT FROM jsonb_each(value) AS e WHERE jsonb_typeof(e.value) <> 'string')
            THEN
                RETURN 'must be an object of texts, of 8192 bytes at most';
            END IF;
        WHEN 'replyTo' THEN
            IF kind <> 'string' OR text !~ '^rpc_client_[a-z0-9]{1,40}$' THEN
                RETURN 'must be a channel rpc_client_…';
            END IF;
        WHEN 'parent' THEN
            IF kind NOT IN ('number', 'string') OR text !~ '^[1-9][0-9]{0,18}$'
                OR text::numeric > 9223372036854775807
            THEN
                RETURN 'must be the number of a call';
            END IF;
        WHEN 'thenMethod' THEN
            IF kind <> 'string' THEN
                RETURN 'must be the name of a method';
            END IF;
        WHEN 'thenState' THEN
            IF kind <> 'object' OR pg_column_size(value) > 1048576 THEN
                RETURN 'must be an object of 1 MiB at most';
            END IF;
        ELSE
            RETURN 'is no option (there are deadlineMs, delayMs, notBefore, priority, idempotencyKey, orderingKey, '
                'waitForReady, metadata, traceparent, replyTo, parent, inheritDeadline, thenMethod and thenState)';
    END CASE;
    RETURN NULL;
END
$$;

-- Refuses options that are wrong, each with its name and the reason. True otherwise. method null: of any.
CREATE FUNCTION rpc.check_options(options jsonb, method rpc.method) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    faults text;
BEGIN
    IF jsonb_typeof(options) IS DISTINCT FROM 'object' THEN
        PERFORM rpc.refuse(3, 'options must be a JSON object');
    END IF;
    SELECT string_agg(left(f.name, 60) || ' ' || f.fault, '; ' ORDER BY f.name) INTO faults
    FROM (SELECT e.key, rpc.option_fault(e.key, e.value) FROM jsonb_each(options) AS e LIMIT 20) AS f (name, fault)
    WHERE f.fault IS NOT NULL;
    IF faults IS NULL AND options ?& ARRAY['notBefore', 'delayMs'] THEN
        faults := 'notBefore and delayMs exclude each other';
    ELSIF faults IS NULL AND options ? 'thenState' AND NOT options ? 'thenMethod' THEN
        faults := 'thenState belongs to a thenMethod';
    ELSIF faults IS NULL AND method.decision AND options ?| ARRAY['notBefore', 'delayMs', 'thenMethod'] THEN
        faults := 'a decision is taken when it is given: it has no notBefore, delayMs or thenMethod';
    ELSIF faults IS NULL AND (options ->> 'priority')::smallint < method.priority
        AND NOT rpc.is_service(session_user)
    THEN
        faults := format('priority must be %s to 9 here: only services go before others', method.priority);
    END IF;
    IF faults IS NOT NULL THEN
        PERFORM rpc.refuse(3, faults);
    END IF;
    RETURN true;
END
$$;
