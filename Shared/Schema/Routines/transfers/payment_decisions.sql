-- The person who made a call of a method that is being worked on now.
CREATE FUNCTION transfers.person_who_asked(asked_call bigint, asked_method text, OUT caller text, OUT request jsonb)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    SELECT made.caller, made.request INTO person_who_asked.caller, person_who_asked.request
    FROM rpc.call AS made JOIN rpc.method AS called USING (method_id)
    WHERE made.call_id = asked_call AND called.name = asked_method
        AND NOT EXISTS (SELECT FROM rpc.outcome AS ended WHERE ended.call_id = made.call_id);
    IF person_who_asked.caller IS NULL THEN
        RAISE EXCEPTION 'call % is no call of % that is being worked on', asked_call, asked_method
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_run_person_check', TABLE = 'payment_run';
    END IF;
END
$$;

-- Stores a new run in the name of the person who asked for it, with what that person accepted although it is odd. The
-- cycle's row is locked by the caller.
CREATE FUNCTION transfers.start_run(
    call_id bigint, in_cycle integer, run_kind text, day_of_payment date, paying_year integer, in_currency text,
    codes text[], figures jsonb[], reasons text[]
) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    asked record := transfers.person_who_asked(call_id, 'puente.transfers.v1.Payments/Run');
    named transfers.cycle;
    next integer;
    started transfers.payment_run;
BEGIN
    SELECT * INTO STRICT named FROM transfers.cycle WHERE cycle_id = in_cycle;
    SELECT coalesce(max(run.sequence), 0) + 1 INTO next
    FROM transfers.payment_run AS run JOIN transfers.cycle AS same USING (cycle_id)
    WHERE same.programme = named.programme AND same.code = named.code;
    INSERT INTO transfers.payment_run (
        run_id, cycle_id, sequence, kind, pay_on, fiscal_year, currency, state, stage, chunks, requested_by,
            start_call_id)
    VALUES (
        transfers.payment_run_id(named.programme, named.code, next), in_cycle, next, run_kind, day_of_payment,
            paying_year,
        in_currency, 'freezing', 'freeze', 1, asked.caller, start_run.call_id)
    RETURNING * INTO started;
    -- The whole roll is one chunk: its call is noted with it, as with every chunk.
    INSERT INTO transfers.payment_run_chunk (run_number, stage, chunk, first_household, last_household, households)
    VALUES (started.run_number, 'freeze', 0, 0, 0, 0);
    INSERT INTO transfers.payment_run_exception (run_number, code, figures, reason, signed_by)
    SELECT started.run_number, odd.code, odd.figures, odd.reason, asked.caller
    FROM unnest(codes, start_run.figures, reasons) AS odd (code, figures, reason);
    RETURN started.run_id;
END
$$;

-- Records what a second person decided about a run: the person, the run and the total are those of the call.
CREATE FUNCTION transfers.decide_run(call_id bigint, approves boolean, seen jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    asked record := transfers.person_who_asked(
        call_id, 'puente.transfers.v1.Payments/' || CASE WHEN approves THEN 'Approve' ELSE 'Refuse' END);
    decided transfers.payment_run;
BEGIN
    SELECT * INTO decided FROM transfers.payment_run AS run
    WHERE run.run_id = (asked.request ->> 'runId')::uuid AND run.state = 'awaiting_approval' FOR NO KEY UPDATE;
    IF decided.run_id IS NULL
        OR approves AND coalesce((asked.request ->> 'expectedTotalMinor')::bigint, 0) <> decided.total_minor THEN
        RAISE EXCEPTION 'what is decided about is not what the person named'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_run_person_check', TABLE = 'payment_run';
    END IF;
    IF decided.requested_by = asked.caller THEN
        RAISE EXCEPTION 'a second person decides about a run'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_run_second_person_check', TABLE = 'payment_run';
    END IF;
    INSERT INTO transfers.payment_run_approval (
        run_number, approver, decision, reason, seen, digest, total_minor, call_id)
    VALUES (
        decided.run_number, asked.caller, CASE WHEN approves THEN 'approved' ELSE 'refused' END,
        asked.request ->> 'reason', decide_run.seen, sha256(convert_to(decide_run.seen::text, 'UTF8')),
        decided.total_minor, decide_run.call_id);
    IF approves THEN
        UPDATE transfers.payment_run AS run SET approved_by = asked.caller, approved_at = now()
        WHERE run.run_number = decided.run_number;
    END IF;
END
$$;

-- What was approved stays as it was approved. The table has a row a run, so a trigger costs nothing.
CREATE FUNCTION transfers.refuse_change_of_approved_run() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
    RAISE EXCEPTION 'an approved run stays as it was approved'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_run_approved_check', TABLE = 'payment_run';
END
$$;

CREATE TRIGGER payment_run_approved_check BEFORE UPDATE ON transfers.payment_run
    FOR EACH ROW WHEN (
        OLD.approved_by IS NOT NULL
        AND (OLD.total_minor, OLD.payable_households, OLD.households, OLD.currency, OLD.pay_on, OLD.fiscal_year,
            OLD.requested_by, OLD.approved_by, OLD.approved_at)
            IS DISTINCT FROM (NEW.total_minor, NEW.payable_households, NEW.households, NEW.currency, NEW.pay_on,
            NEW.fiscal_year, NEW.requested_by, NEW.approved_by, NEW.approved_at))
    EXECUTE FUNCTION transfers.refuse_change_of_approved_run();

-- No order without a second person's approval of the run as it is, and none beyond its total, whatever a program does.
-- Once per statement, not per row.
CREATE FUNCTION transfers.refuse_unapproved_orders() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT run_number, sum(amount_minor) AS amount_minor FROM inserted GROUP BY run_number
        ) AS made
        LEFT JOIN transfers.payment_run AS run USING (run_number)
        LEFT JOIN transfers.payment_run_approval AS signed
            ON signed.run_number = run.run_number AND signed.decision = 'approved'
            AND signed.approver <> run.requested_by AND signed.total_minor = run.total_minor
        WHERE run.state IS DISTINCT FROM 'ordering' OR signed.approver IS NULL OR made.amount_minor > signed.total_minor
    ) THEN
        RAISE EXCEPTION 'payment orders of a run that is not approved'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_order_approved_check', TABLE = 'payment_order';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER payment_order_approved_check AFTER INSERT ON transfers.payment_order
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION transfers.refuse_unapproved_orders();

-- Where the calls are that were sent for the chunks of a run's present stage that are not done, and how the last
-- attempt of each ended. No row in the queue (state 'forgotten'): the call ended and was dropped, or was never sent.
CREATE FUNCTION transfers.chunk_calls(of_run integer)
RETURNS TABLE (chunk integer, call_id bigint, state text, status smallint, message text, attempts integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT part.chunk, part.call_id, coalesce(ended.state, waiting.state, 'forgotten'),
        coalesce(ended.status, failed.status), coalesce(ended.message, failed.message),
        coalesce(ended.attempt, waiting.attempt, 0)::integer
    FROM transfers.payment_run AS run
    JOIN transfers.payment_run_chunk AS part
        ON part.run_number = run.run_number AND part.stage = run.stage AND part.done_at IS NULL
    LEFT JOIN LATERAL (
        SELECT CASE WHEN dead.call_id IS NOT NULL THEN 'dead' ELSE 'ended' END AS state, done.status, done.message,
            done.attempt
        FROM rpc.outcome AS done LEFT JOIN rpc.dead AS dead ON dead.call_id = done.call_id
        WHERE done.call_id = part.call_id
    ) AS ended ON true
    LEFT JOIN LATERAL (
        SELECT open.state, open.attempt FROM rpc.unfinished AS open WHERE open.call_id = part.call_id LIMIT 1
    ) AS waiting ON true
    LEFT JOIN LATERAL (
        SELECT tried.status, tried.message FROM rpc.failure AS tried
        WHERE tried.call_id = part.call_id ORDER BY tried.failed_at DESC LIMIT 1
    ) AS failed ON true
    WHERE run.run_number = of_run
    ORDER BY part.chunk;
END
$$;

-- The requests to the ledger about a document that are asked, and whether their call or what takes its answer is on
-- its way.
CREATE FUNCTION transfers.ledger_calls(of_document text)
RETURNS TABLE (request_id text, call_id bigint, is_alive boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT asked.request_id, asked.call_id, EXISTS (
        SELECT FROM rpc.unfinished AS open
        WHERE open.call_id = asked.call_id
            OR open.call_id IN (SELECT after.call_id FROM rpc.call AS after WHERE after.parent_id = asked.call_id))
    FROM transfers.ledger_request AS asked
    WHERE asked.document = of_document AND asked.state = 'asked';
END
$$;

REVOKE EXECUTE ON FUNCTION transfers.person_who_asked(bigint, text),
    transfers.start_run(bigint, integer, text, date, integer, text, text[], jsonb[], text[]),
    transfers.decide_run(bigint, boolean, jsonb), transfers.chunk_calls(integer),
    transfers.ledger_calls(text)
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    transfers.start_run(bigint, integer, text, date, integer, text, text[], jsonb[], text[]),
    transfers.decide_run(bigint, boolean, jsonb), transfers.chunk_calls(integer),
    transfers.ledger_calls(text)
TO puente_transfers;
