-- What tells this database from every other one that could hold the same rows.
CREATE FUNCTION transfers.present_identity(
    OUT system_identifier bigint, OUT timeline integer, OUT database_oid bigint, OUT database_name text,
    OUT relation_oid bigint
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
    SELECT
        (SELECT control.system_identifier FROM pg_control_system() AS control),
        (SELECT control.timeline_id FROM pg_control_checkpoint() AS control),
        (SELECT here.oid::bigint FROM pg_database AS here WHERE here.datname = current_database()),
        current_database()::text, to_regclass('transfers.database_identity')::oid::bigint
$$;
COMMENT ON FUNCTION transfers.present_identity() IS
    'The server''s and the database''s own marks: another server, another database of it, a restore from a base backup'
    ' (timeline) or of a dump over the same database (oid of a table) differ in one of them.';

-- Pauses of payments are kept for ever.
CREATE FUNCTION transfers.refuse_pause_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'pauses of payments are kept as they were' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER payment_pause_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transfers.payment_pause_event
    FOR EACH STATEMENT EXECUTE FUNCTION transfers.refuse_pause_change();

-- The identity differs from the one that was noted, said so that a person can compare; null: it is the same, or none
-- was noted yet.
CREATE FUNCTION transfers.identity_difference() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
    SELECT nullif(concat_ws('; ',
        CASE WHEN noted.system_identifier <> present.system_identifier
            THEN format('server %s, now %s', noted.system_identifier, present.system_identifier) END,
        CASE WHEN noted.timeline <> present.timeline
            THEN format('timeline %s, now %s', noted.timeline, present.timeline) END,
        CASE WHEN (noted.database_name, noted.database_oid) <> (present.database_name, present.database_oid)
            THEN format('database %s (%s), now %s (%s)', noted.database_name, noted.database_oid,
                present.database_name, present.database_oid) END,
        CASE WHEN noted.relation_oid <> present.relation_oid
            THEN format('tables made anew (%s, now %s)', noted.relation_oid, present.relation_oid) END), '')
    FROM transfers.database_identity AS noted, transfers.present_identity() AS present
$$;

-- Whether no money may leave: because somebody said so, or because this is another database than the one that was
-- noted, even before anybody has noticed. Ask it in the transaction that lets money go.
CREATE FUNCTION transfers.payments_paused() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
RETURN coalesce((SELECT pause.paused FROM transfers.payment_pause AS pause), false)
    OR transfers.identity_difference() IS NOT NULL;

-- Writes an event and the state that follows from it.
CREATE FUNCTION transfers.record_pause(act text, cause text, details text, said_by text, call_id bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
DECLARE
    recorded transfers.payment_pause_event;
BEGIN
    INSERT INTO transfers.payment_pause_event (act, cause, details, said_by, call_id)
    VALUES (record_pause.act, record_pause.cause, record_pause.details, record_pause.said_by, record_pause.call_id)
    RETURNING * INTO recorded;
    INSERT INTO transfers.payment_pause (paused, cause, details, since, said_by, event)
    VALUES (
        recorded.act = 'paused', CASE WHEN recorded.act = 'paused' THEN recorded.cause END, recorded.details,
        recorded.at, recorded.said_by, recorded.event)
    ON CONFLICT (one) DO UPDATE SET
        paused = excluded.paused, cause = excluded.cause, details = excluded.details, since = excluded.since,
        said_by = excluded.said_by, event = excluded.event;
    RETURN recorded.event;
END
$$;

-- Run by the transfers service before it serves, and by `puente up`, `migrate` and `restore`. `evidence` is what the
-- caller has seen besides: that the database has gone back behind a position that it had reached. True when payments
-- are paused.
CREATE FUNCTION transfers.notice_restore(cause text DEFAULT 'restored', evidence text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
    difference text;
BEGIN
    IF notice_restore.cause NOT IN ('restored', 'rehearsal') THEN
        RAISE EXCEPTION 'no cause of a pause that nobody asked for: %', notice_restore.cause USING ERRCODE = '22023';
    END IF;
    -- Two that notice at once record it once.
    PERFORM pg_advisory_xact_lock(hashtextextended('transfers.notice_restore', 0));
    difference := nullif(concat_ws('; ', transfers.identity_difference(), notice_restore.evidence), '');
    IF difference IS NULL AND notice_restore.cause = 'rehearsal' THEN
        difference := 'a rehearsal';
    END IF;
    IF difference IS NOT NULL THEN
        PERFORM transfers.record_pause('paused', notice_restore.cause, left(difference, 2000), session_user, NULL);
    END IF;
    IF difference IS NOT NULL OR NOT EXISTS (SELECT FROM transfers.database_identity) THEN
        INSERT INTO transfers.database_identity
            (system_identifier, timeline, database_oid, database_name, relation_oid)
        SELECT * FROM transfers.present_identity()
        ON CONFLICT (one) DO UPDATE SET
            system_identifier = excluded.system_identifier, timeline = excluded.timeline,
            database_oid = excluded.database_oid, database_name = excluded.database_name,
            relation_oid = excluded.relation_oid, noted_at = excluded.noted_at;
    END IF;
    RETURN transfers.payments_paused();
END
$$;

-- The person who made a call of the service's; whoever runs the service cannot put another name there.
CREATE FUNCTION transfers.caller_of(call_id bigint, method text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog
AS $$
DECLARE
    found text;
BEGIN
    SELECT made.caller INTO found
    FROM rpc.call AS made JOIN rpc.method AS called USING (method_id)
    WHERE made.call_id = caller_of.call_id AND called.name = caller_of.method;
    IF found IS NULL THEN
        RAISE EXCEPTION 'there is no such call' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN found;
END
$$;

-- A person's pause. Paused already: it stays as it is. Returns the event that holds.
CREATE FUNCTION transfers.pause_payments(call_id bigint, reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
    person text := transfers.caller_of(call_id, 'puente.transfers.v1.Payments/Pause');
    held bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('transfers.notice_restore', 0));
    PERFORM transfers.notice_restore();
    SELECT pause.event INTO held FROM transfers.payment_pause AS pause WHERE pause.paused;
    RETURN coalesce(held, transfers.record_pause('paused', 'asked', reason, person, call_id));
END
$$;

-- A person's "go on", said about the pause `seen` and no other. Null: payments are not paused, or by another event.
CREATE FUNCTION transfers.continue_payments(call_id bigint, seen bigint, reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
    person text := transfers.caller_of(call_id, 'puente.transfers.v1.Payments/Continue');
    held transfers.payment_pause;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('transfers.notice_restore', 0));
    PERFORM transfers.notice_restore();
    SELECT * INTO held FROM transfers.payment_pause AS pause WHERE pause.paused AND pause.event = seen;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    RETURN transfers.record_pause('continued', held.cause, reason, person, call_id);
END
$$;

CREATE VIEW transfers.payment_pause_v1 AS
SELECT pause.paused, pause.cause, pause.details, pause.since, pause.said_by, pause.event FROM transfers.payment_pause
    AS pause;

CREATE VIEW transfers.payment_pause_event_v1 AS
SELECT kept.event, kept.at, kept.act, kept.cause, kept.details, kept.said_by, kept.call_id
FROM transfers.payment_pause_event AS kept;

GRANT SELECT ON transfers.payment_pause_v1, transfers.payment_pause_event_v1
TO puente_service, puente_reader, puente_operator;
GRANT EXECUTE ON FUNCTION
    transfers.payments_paused(), transfers.notice_restore(text, text), transfers.pause_payments(bigint, text),
    transfers.continue_payments(bigint, bigint, text)
TO puente_transfers;
GRANT EXECUTE ON FUNCTION transfers.payments_paused() TO puente_operator, puente_reader;
