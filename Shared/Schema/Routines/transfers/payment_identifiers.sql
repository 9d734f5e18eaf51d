-- Identifiers are hashes of what they name, shaped as version 4 UUIDs: a step that is repeated after a crash makes the
-- same ones, and no two steps make the same. Written as one expression, so that the planner inlines them.
CREATE FUNCTION transfers.payment_run_id(programme text, cycle text, sequence integer) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN overlay(overlay(
    substr(encode(sha256(convert_to(programme || '/' || cycle || '/' || sequence, 'UTF8')), 'hex'), 1, 32)
    PLACING '4' FROM 13) PLACING 'a' FROM 17)::uuid;

-- A run's document in the ledger: names that begin so belong to this service, so nobody else can open it first.
CREATE FUNCTION transfers.run_document(run_id uuid) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN 'run/' || run_id;

-- The identifier that follows one payment through every bank: of the cycle's key, the household and the number of its
-- order.
CREATE FUNCTION transfers.payment_uetr(cycle_key text, household_id bigint, order_number smallint) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN overlay(overlay(
    substr(encode(sha256(convert_to(cycle_key, 'UTF8') || int8send(household_id) || int2send(order_number)), 'hex'),
        1, 32)
    PLACING '4' FROM 13) PLACING 'a' FROM 17)::uuid;

-- The EndToEndId of an order: at most 12 letters of the key, a hyphen, the household, and the number of its order
-- where it is not the first; at most 35 characters, as ISO 20022 allows.
CREATE FUNCTION transfers.end_to_end_id(cycle_key text, household_id bigint, order_number smallint) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN cycle_key || '-' || household_id || CASE WHEN order_number = 1 THEN '' ELSE '-' || order_number END;
