-- Files for the bank, what the bank answers, and what follows from its answers.

CREATE TABLE transfers.payment_file (
    run_number integer NOT NULL CONSTRAINT payment_file_run_fkey REFERENCES transfers.payment_run,
    chunk integer NOT NULL,
    message_id text NOT NULL,
    payment_information_id text NOT NULL,
    file_name text NOT NULL,
    path text NOT NULL,
    first_household bigint NOT NULL,
    last_household bigint NOT NULL,
    transactions integer NOT NULL,
    total_minor bigint NOT NULL,
    byte_count bigint NOT NULL,
    sha256 bytea NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT payment_file_pkey PRIMARY KEY (run_number, chunk),
    CONSTRAINT payment_file_message_id_key UNIQUE (message_id),
    CONSTRAINT payment_file_file_name_key UNIQUE (file_name),
    CONSTRAINT payment_file_range_check CHECK (first_household <= last_household),
    CONSTRAINT payment_file_totals_check CHECK (transactions > 0 AND total_minor > 0 AND byte_count > 0),
    CONSTRAINT payment_file_sha256_check CHECK (length(sha256) = 32)
);
COMMENT ON TABLE transfers.payment_file IS
    'A bank file as it was written. Its identifiers and bytes follow from the run and the chunk: written again, it is the same.';

CREATE TABLE transfers.bank_message (
    message_number integer GENERATED ALWAYS AS IDENTITY CONSTRAINT bank_message_pkey PRIMARY KEY,
    kind text NOT NULL,
    version text NOT NULL,
    message_id text NOT NULL,
    file_name text NOT NULL,
    sha256 bytea NOT NULL,
    transactions bigint NOT NULL,
    accepted bigint NOT NULL,
    rejected bigint NOT NULL,
    paid bigint NOT NULL,
    returned bigint NOT NULL,
    unchanged bigint NOT NULL,
    imported_by text NOT NULL,
    imported_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT bank_message_kind_check CHECK (kind IN ('pain.002', 'camt.053', 'camt.054')),
    CONSTRAINT bank_message_id_key UNIQUE (kind, message_id),
    CONSTRAINT bank_message_sha256_key UNIQUE (sha256),
    CONSTRAINT bank_message_sha256_check CHECK (length(sha256) = 32)
);
COMMENT ON TABLE transfers.bank_message IS 'A message of the bank that was applied, once: by its identifier and by its bytes.';

CREATE TABLE transfers.bank_refusal (
    refusal_number integer GENERATED ALWAYS AS IDENTITY CONSTRAINT bank_refusal_pkey PRIMARY KEY,
    file_name text NOT NULL,
    sha256 bytea NOT NULL,
    line integer NOT NULL,
    reason text NOT NULL,
    refused_for text NOT NULL,
    refused_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE transfers.bank_refusal IS 'A file that was refused whole, where and why. Reasons carry no personal data.';

-- What the bank said about an order, in the order in which the messages were applied. Household first in the key; no
-- foreign keys, because a check per row would cost more than the row.
CREATE TABLE transfers.payment_event (
    household_id bigint NOT NULL,
    amount_minor bigint,
    cycle_id integer NOT NULL,
    message_number integer NOT NULL,
    line integer NOT NULL,
    booked_on date,
    order_number smallint NOT NULL,
    event text NOT NULL,
    code text NOT NULL,
    reason text,
    CONSTRAINT payment_event_pkey PRIMARY KEY (household_id, cycle_id, order_number, message_number, event),
    CONSTRAINT payment_event_event_check CHECK (
        event IN ('accepted', 'rejected', 'check', 'paid', 'returned', 'noted'))
);
COMMENT ON TABLE transfers.payment_event IS
    'What the bank said about an order; never changed. check: the bank calls it a duplicate, so it is looked for and never sent'
    ' again; noted: nothing is decided by it.';

CREATE TABLE transfers.bank_movement (
    message_number integer NOT NULL CONSTRAINT bank_movement_message_fkey REFERENCES transfers.bank_message,
    run_number integer NOT NULL CONSTRAINT bank_movement_run_fkey REFERENCES transfers.payment_run,
    line text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    orders bigint NOT NULL,
    amount_minor bigint NOT NULL,
    CONSTRAINT bank_movement_pkey PRIMARY KEY (message_number, run_number, line, from_state, to_state),
    CONSTRAINT bank_movement_states_check CHECK (from_state <> to_state),
    CONSTRAINT bank_movement_amount_check CHECK (orders > 0 AND amount_minor > 0)
);
CREATE INDEX bank_movement_run_idx ON transfers.bank_movement (run_number);
COMMENT ON TABLE transfers.bank_movement IS 'The orders that a message moved from one state to another, by budget line.';

CREATE TABLE transfers.bank_posting (
    posting_id text CONSTRAINT bank_posting_pkey PRIMARY KEY,
    message_number integer NOT NULL CONSTRAINT bank_posting_message_fkey REFERENCES transfers.bank_message,
    run_number integer NOT NULL CONSTRAINT bank_posting_run_fkey REFERENCES transfers.payment_run,
    ordinal integer NOT NULL,
    line text NOT NULL,
    kind text NOT NULL,
    stage text NOT NULL,
    amount_minor bigint NOT NULL,
    outcome text NOT NULL DEFAULT 'asked',
    CONSTRAINT bank_posting_kind_check CHECK (kind IN ('pay', 'release')),
    CONSTRAINT bank_posting_stage_check CHECK (
        CASE kind WHEN 'pay' THEN stage = '' ELSE stage IN ('ordered', 'paid') END),
    CONSTRAINT bank_posting_amount_check CHECK (amount_minor > 0)
);
CREATE INDEX bank_posting_message_idx ON transfers.bank_posting (message_number);
CREATE INDEX bank_posting_run_idx ON transfers.bank_posting (run_number);
COMMENT ON TABLE transfers.bank_posting IS
    'What the ledger is asked to post after a message: outcome asked, posted, or why not.';

CREATE TABLE transfers.entitlement_reopened (
    household_id bigint NOT NULL,
    amount_minor bigint NOT NULL,
    cycle_id integer NOT NULL,
    run_number integer NOT NULL,
    order_number smallint NOT NULL,
    message_number integer,
    cause text NOT NULL,
    reason text,
    handling text NOT NULL,
    CONSTRAINT entitlement_reopened_pkey PRIMARY KEY (household_id, cycle_id, order_number),
    CONSTRAINT entitlement_reopened_cause_check CHECK (
        cause IN ('rejected', 'returned', 'withdrawn') AND (message_number IS NULL) = (cause = 'withdrawn')),
    CONSTRAINT entitlement_reopened_handling_check CHECK (
        handling IN ('repair', 'terminal', 'payer', 'check', 'unspecified'))
);
COMMENT ON TABLE transfers.entitlement_reopened IS
    'Entitlements that are open again because their order was rejected, came back or was withdrawn. The same entitlement,'
    ' not another: handling says what must happen before it can be paid.';

-- A household's next order of a cycle follows only one that is open again; the first follows none.
ALTER TABLE transfers.payment_order ADD CONSTRAINT payment_order_reopened_fkey
    FOREIGN KEY (household_id, cycle_id, previous_order)
    REFERENCES transfers.entitlement_reopened (household_id, cycle_id, order_number);

-- Where an import gathers what one file says before it checks it; empty but for the length of one import.
CREATE UNLOGGED TABLE transfers.staged_bank_report (
    household_id bigint,
    amount_minor bigint,
    uetr uuid,
    cycle_id integer,
    line integer NOT NULL,
    booked_on date,
    order_number smallint,
    event text NOT NULL,
    code text NOT NULL,
    currency text,
    reason text
);

-- Statistics of what an import has gathered. ANALYZE needs the owner.
CREATE FUNCTION transfers.analyze_staged_bank_report() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    ANALYZE transfers.staged_bank_report;
END
$$;
REVOKE EXECUTE ON FUNCTION transfers.analyze_staged_bank_report() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION transfers.analyze_staged_bank_report() TO puente_transfers;

CREATE VIEW transfers.payment_event_v1 AS
SELECT
    cycle.programme, cycle.code AS cycle, event.household_id, message.kind, message.message_id, message.imported_at,
    event.event, event.code, event.reason, event.amount_minor, event.booked_on, event.line, event.order_number
FROM transfers.payment_event AS event
JOIN transfers.cycle AS cycle USING (cycle_id)
JOIN transfers.bank_message AS message USING (message_number);

CREATE VIEW transfers.bank_outcome_v1 AS
SELECT
    cycle.programme, cycle.code AS cycle, run.run_id, movement.line, movement.to_state AS state,
    sum(movement.orders)::bigint AS orders, sum(movement.amount_minor)::bigint AS amount_minor
FROM transfers.bank_movement AS movement
JOIN transfers.payment_run AS run USING (run_number)
JOIN transfers.cycle AS cycle USING (cycle_id)
GROUP BY cycle.programme, cycle.code, run.run_id, movement.line, movement.to_state;
COMMENT ON VIEW transfers.bank_outcome_v1 IS
    'How many orders the bank''s messages moved into each state, by line; an order that moved twice counts in both states.';

CREATE VIEW transfers.reopened_v1 AS
SELECT
    cycle.programme, cycle.code AS cycle, reopened.household_id, reopened.order_number, reopened.amount_minor, reopened.cause, reopened.reason,
    reopened.handling
FROM transfers.entitlement_reopened AS reopened
JOIN transfers.cycle AS cycle USING (cycle_id);

GRANT SELECT, INSERT ON
    transfers.payment_file, transfers.bank_message, transfers.bank_refusal, transfers.payment_event,
    transfers.bank_movement, transfers.bank_posting, transfers.entitlement_reopened
TO puente_transfers;
GRANT UPDATE (outcome) ON transfers.bank_posting TO puente_transfers;
GRANT UPDATE (accepted, rejected, paid, returned, unchanged) ON transfers.bank_message TO puente_transfers;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON transfers.staged_bank_report TO puente_transfers;
GRANT SELECT ON transfers.payment_event_v1, transfers.bank_outcome_v1, transfers.reopened_v1
TO puente_transfers, puente_projects, puente_reporting, puente_reader, puente_operator;
