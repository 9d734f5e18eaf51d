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
    'A bank file as it was written. Its identifiers and bytes follow from the run and the chunk: written again, it is'
    ' the same.';

CREATE TABLE transfers.bank_message (
    message_number integer GENERATED ALWAYS AS IDENTITY CONSTRAINT bank_message_pkey PRIMARY KEY,
    kind text NOT NULL,
    version text NOT NULL,
    sender text NOT NULL,
    message_id text NOT NULL,
    page bigint NOT NULL,
    file_name text NOT NULL,
    sha256 bytea NOT NULL,
    attempt integer NOT NULL DEFAULT 1,
    transactions bigint NOT NULL,
    accepted bigint NOT NULL DEFAULT 0,
    rejected bigint NOT NULL DEFAULT 0,
    paid bigint NOT NULL DEFAULT 0,
    returned bigint NOT NULL DEFAULT 0,
    unchanged bigint NOT NULL DEFAULT 0,
    odd bigint NOT NULL DEFAULT 0,
    passed_over bigint NOT NULL DEFAULT 0,
    imported_by text NOT NULL,
    imported_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT bank_message_kind_check CHECK (kind IN ('pain.002', 'camt.053', 'camt.054')),
    CONSTRAINT bank_message_sha256_key UNIQUE (sha256, attempt),
    CONSTRAINT bank_message_attempt_check CHECK (attempt > 0),
    CONSTRAINT bank_message_sha256_check CHECK (length(sha256) = 32)
);
CREATE INDEX bank_message_id_idx ON transfers.bank_message (message_id, kind);
COMMENT ON TABLE transfers.bank_message IS
    'A message of the bank that was applied: once by its bytes, and again (attempt) only while it left payments on'
    ' the list that'
    ' were unknown then. Its identifier is its sender''s (a bank''s BIC, or the account), and'
    ' every page of a message has the same. passed_over: what is none of ours.';

CREATE TABLE transfers.bank_refusal (
    refusal_number integer GENERATED ALWAYS AS IDENTITY CONSTRAINT bank_refusal_pkey PRIMARY KEY,
    file_name text NOT NULL,
    sha256 bytea NOT NULL,
    line integer NOT NULL,
    code text NOT NULL,
    values jsonb NOT NULL,
    refused_for text NOT NULL,
    refused_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE transfers.bank_refusal IS
    'A file that was refused whole, where and why: a code and its values, which carry no personal data.';

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
    servicer_reference text,
    CONSTRAINT payment_event_pkey PRIMARY KEY (household_id, cycle_id, order_number, message_number, event, line),
    CONSTRAINT payment_event_event_check CHECK (
        event IN ('accepted', 'rejected', 'check', 'paid', 'returned', 'noted'))
);
COMMENT ON TABLE transfers.payment_event IS
    'What the bank said about an order and was taken; never changed. check: the bank calls it a duplicate, so it is'
    ' looked for and'
    ' never sent again; noted: nothing is decided by it. servicer_reference: the bank''s own, of a booking.';

-- What is odd about one thing that the bank said, until a person settles it.
CREATE TABLE transfers.bank_oddity (
    oddity_number integer GENERATED ALWAYS AS IDENTITY CONSTRAINT bank_oddity_pkey PRIMARY KEY,
    message_number integer NOT NULL CONSTRAINT bank_oddity_message_fkey REFERENCES transfers.bank_message,
    imported_by text NOT NULL,
    line integer NOT NULL,
    code text NOT NULL,
    proposal text NOT NULL,
    household_id bigint,
    cycle_id integer,
    order_number smallint,
    run_number integer CONSTRAINT bank_oddity_run_fkey REFERENCES transfers.payment_run,
    event text,
    status_code text NOT NULL,
    reason text,
    booked_on date,
    amount_minor bigint,
    currency text,
    servicer_reference text,
    values jsonb NOT NULL DEFAULT '{}',
    state text NOT NULL DEFAULT 'open',
    decision text,
    moves_money boolean NOT NULL DEFAULT false,
    settled_by text,
    settled_reason text,
    settled_at timestamptz,
    CONSTRAINT bank_oddity_code_check CHECK (code ~ '^[a-z_]{1,40}$' AND proposal ~ '^[a-z_]{1,40}$'),
    CONSTRAINT bank_oddity_state_check CHECK (state IN ('open', 'settled')),
    CONSTRAINT bank_oddity_settled_check CHECK (
        (state = 'settled') = (decision IS NOT NULL) AND (state = 'settled') = (settled_by IS NOT NULL)
        AND (state = 'settled') = (settled_reason IS NOT NULL) AND (state = 'settled') = (settled_at IS NOT NULL)),
    CONSTRAINT bank_oddity_decision_check CHECK (decision IN ('take', 'pass') AND (decision = 'take'
        OR NOT moves_money)),
    CONSTRAINT bank_oddity_reason_check CHECK (settled_reason <> '' AND length(settled_reason) <= 1000),
    CONSTRAINT bank_oddity_second_person_check CHECK (NOT moves_money OR settled_by <> imported_by)
);
CREATE INDEX bank_oddity_order_idx ON transfers.bank_oddity (household_id, cycle_id, order_number);
CREATE INDEX bank_oddity_message_idx ON transfers.bank_oddity (message_number, code);
CREATE INDEX bank_oddity_run_idx ON transfers.bank_oddity (run_number) WHERE state = 'open';
CREATE INDEX bank_oddity_open_idx ON transfers.bank_oddity (oddity_number) WHERE state = 'open';
COMMENT ON TABLE transfers.bank_oddity IS
    'What waits for a person: which message and line, which order where it is known, what the bank says (event,'
    ' amount, day), what'
    ' is odd about it (code, values without personal data), and what is advised. Whoever takes money as paid or come'
    ' back is not'
    ' who imported the message.';

-- What is paid of an order beyond what its state says, or below it: parts that came back of a paid order (below zero),
-- charges that were kept of one that came back (above).
CREATE TABLE transfers.payment_difference (
    household_id bigint NOT NULL,
    paid_minor bigint NOT NULL,
    cycle_id integer NOT NULL,
    run_number integer NOT NULL,
    oddity_number integer NOT NULL,
    order_number smallint NOT NULL,
    CONSTRAINT payment_difference_pkey PRIMARY KEY (household_id, cycle_id, order_number, oddity_number),
    CONSTRAINT payment_difference_amount_check CHECK (paid_minor <> 0)
);
CREATE INDEX payment_difference_run_idx ON transfers.payment_difference (run_number);
COMMENT ON TABLE transfers.payment_difference IS
    'paid_minor is added to what the orders in state ''paid'' come to, and taken from what those in ''returned'' do.';

CREATE TABLE transfers.bank_movement (
    message_number integer NOT NULL CONSTRAINT bank_movement_message_fkey REFERENCES transfers.bank_message,
    run_number integer NOT NULL CONSTRAINT bank_movement_run_fkey REFERENCES transfers.payment_run,
    oddity_number integer NOT NULL DEFAULT 0,
    line text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    booked_on date NOT NULL,
    orders bigint NOT NULL,
    amount_minor bigint NOT NULL,
    CONSTRAINT bank_movement_pkey PRIMARY KEY (
        message_number, oddity_number, run_number, line, from_state, to_state, booked_on),
    CONSTRAINT bank_movement_states_check CHECK (from_state <> to_state),
    CONSTRAINT bank_movement_amount_check CHECK (orders >= 0 AND amount_minor > 0)
);
CREATE INDEX bank_movement_run_idx ON transfers.bank_movement (run_number);
COMMENT ON TABLE transfers.bank_movement IS
    'The orders that a message moved from one state to another, by budget line and day of booking; with an'
    ' oddity_number, what a'
    ' person took of it afterwards. No orders: a part of one.';

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
    given_back boolean NOT NULL DEFAULT false,
    CONSTRAINT entitlement_reopened_pkey PRIMARY KEY (household_id, cycle_id, order_number),
    CONSTRAINT entitlement_reopened_given_back_key UNIQUE (household_id, cycle_id, order_number, given_back),
    CONSTRAINT entitlement_reopened_cause_check CHECK (
        cause IN ('rejected', 'returned', 'withdrawn') AND (message_number IS NULL) = (cause = 'withdrawn')),
    CONSTRAINT entitlement_reopened_handling_check CHECK (
        handling IN ('repair', 'terminal', 'payer', 'check', 'unspecified'))
);
COMMENT ON TABLE transfers.entitlement_reopened IS
    'Entitlements that are open again because their order was rejected, came back or was withdrawn. The same'
    ' entitlement,'
    ' not another: handling says what must happen before it can be paid.';

-- A household's next order of a cycle follows only one that is open again and not given back; the first follows none.
-- What is being paid again cannot be given back.
ALTER TABLE transfers.payment_order ADD CONSTRAINT payment_order_reopened_fkey
    FOREIGN KEY (household_id, cycle_id, previous_order, previous_given_back)
    REFERENCES transfers.entitlement_reopened (household_id, cycle_id, order_number, given_back);

-- Where an import gathers what one file says before it checks it; empty but for the length of one import. is_ours: it
-- is named in our way; oddity: why it is not applied.
CREATE UNLOGGED TABLE transfers.staged_bank_report (
    household_id bigint,
    amount_minor bigint,
    instructed_minor bigint,
    uetr uuid,
    cycle_id integer,
    line integer NOT NULL,
    entry integer NOT NULL,
    report integer NOT NULL,
    booked_on date,
    order_number smallint,
    is_ours boolean NOT NULL,
    has_charges boolean NOT NULL,
    event text NOT NULL,
    code text NOT NULL,
    currency text,
    reason text,
    servicer_reference text,
    oddity text
);

-- The entries whose transactions must be added up here.
CREATE UNLOGGED TABLE transfers.staged_bank_entry (
    entry integer NOT NULL,
    line integer NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    transactions bigint NOT NULL
);
