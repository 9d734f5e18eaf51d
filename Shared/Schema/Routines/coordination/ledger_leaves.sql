-- Canonical bytes, version 1. Numbers in decimal, dates as days since 2000-01-01, absent values empty, texts as
-- netstrings (`length:bytes`), joined by `|`. The header carries the batch's columns. (Declared stable and not
-- immutable, as concatenation is, or PostgreSQL would call it row by row instead of expanding it in place.)
CREATE FUNCTION coordination.ledger_netstring(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN octet_length(value) || ':' || value;

-- The beginning of every leaf of a batch: which batch, when and by whom.
CREATE FUNCTION coordination.ledger_header(
    batch_id bigint, posted_at timestamptz, posted_by text, call_id bigint, entries integer
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN '1|' || batch_id || '|' || (extract(epoch FROM posted_at) * 1000000)::bigint || '|'
        || coordination.ledger_netstring(posted_by) || '|' || coalesce(call_id::text, '') || '|' || entries;

-- The leaf of one transfer: everything that the journal says of it, so that no change of it goes unseen.
CREATE FUNCTION coordination.ledger_transfer_leaf(
    header text, ordinal integer, line_id integer, amount bigint, business_date date, original_date date,
    expires_on date, kind smallint, from_stage smallint, to_stage smallint, posting_id text, document text,
    reverses text, linked_group text, override_reason text, description text
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
    RETURN sha256('\x00'::bytea || convert_to(
        header || '|transfer|' || ordinal || '|' || line_id || '|' || amount || '|'
        || (business_date - date '2000-01-01') || '|' || coalesce((original_date - date '2000-01-01')::text, '') || '|'
        || coalesce((expires_on - date '2000-01-01')::text, '') || '|' || kind || '|' || from_stage || '|'
        || to_stage || '|' || octet_length(posting_id) || ':' || posting_id || '|' || octet_length(document) || ':'
        || document || '|' || CASE
            -- Most postings have none of these.
            WHEN reverses = '' AND linked_group = '' AND override_reason = '' THEN '0:|0:|0:|'
            ELSE octet_length(reverses) || ':' || reverses || '|' || octet_length(linked_group) || ':' || linked_group
                || '|' || octet_length(override_reason) || ':' || override_reason || '|'
        END || octet_length(description) || ':' || description, 'UTF8'));

-- The leaf of one record of a setting.
CREATE FUNCTION coordination.ledger_record_leaf(header text, ordinal integer, kind text, key text, body text)
    RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sha256('\x00'::bytea || convert_to(
        header || '|record|' || ordinal || '|' || coordination.ledger_netstring(kind) || '|'
        || coordination.ledger_netstring(key) || '|' || coordination.ledger_netstring(body), 'UTF8'));

-- Writes records as one batch and returns its number.
CREATE FUNCTION coordination.ledger_write_records(
    p_actor text, p_call bigint, p_kinds text[], p_keys text[], p_bodies text[]
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_batch bigint := nextval('coordination.budget_batch_number');
    v_now timestamptz := clock_timestamp();
    v_header text;
BEGIN
    INSERT INTO coordination.budget_batch VALUES (v_batch, v_now, p_actor, p_call, cardinality(p_kinds));
    v_header := coordination.ledger_header(v_batch, v_now, p_actor, p_call, cardinality(p_kinds));
    INSERT INTO coordination.budget_record
    SELECT v_batch, i.ordinal, i.kind, i.key, i.body,
        coordination.ledger_record_leaf(v_header, i.ordinal::integer, i.kind, i.key, i.body)
    FROM unnest(p_kinds, p_keys, p_bodies) WITH ordinality AS i(kind, key, body, ordinal);
    INSERT INTO coordination.budget_log_pending VALUES (v_batch, cardinality(p_kinds));
    RETURN v_batch;
END
$$;
