-- What happens after a run's files are written: payments that are open again, what two persons decide about them,
-- files that are recalled, and files that the outbox knows and the database has forgotten.

-- Decisions that need two persons. A proposal is stored by the one, decided by another; the database takes both from
-- the calls that they made, so no program can put another name there.
CREATE TABLE transfers.proposal (
    proposal_number bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT proposal_pkey PRIMARY KEY,
    kind text NOT NULL,
    cycle_id integer CONSTRAINT proposal_cycle_fkey REFERENCES transfers.cycle,
    request jsonb NOT NULL,
    households bigint NOT NULL,
    total_minor bigint NOT NULL,
    currency text NOT NULL,
    reason text NOT NULL,
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    state text NOT NULL DEFAULT 'proposed',
    decided_by text,
    decided_at timestamptz,
    decision_reason text,
    CONSTRAINT proposal_kind_check CHECK (kind IN ('give_back', 'recall', 'take_up', 'never_sent')),
    CONSTRAINT proposal_state_check CHECK (state IN ('proposed', 'confirmed', 'declined')),
    CONSTRAINT proposal_decided_check CHECK ((state = 'proposed') = (decided_by IS NULL)),
    CONSTRAINT proposal_second_person_check CHECK (state <> 'confirmed' OR decided_by <> proposed_by),
    CONSTRAINT proposal_reason_check CHECK (length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT proposal_totals_check CHECK (households >= 0 AND total_minor >= 0)
);
COMMENT ON TABLE transfers.proposal IS
    'What one person proposed about payments, why, and what another decided. Never deleted.';

CREATE TABLE transfers.given_back (
    household_id bigint NOT NULL,
    amount_minor bigint NOT NULL,
    cycle_id integer NOT NULL,
    order_number smallint NOT NULL,
    proposal_number bigint NOT NULL CONSTRAINT given_back_proposal_fkey REFERENCES transfers.proposal,
    CONSTRAINT given_back_pkey PRIMARY KEY (household_id, cycle_id, order_number),
    CONSTRAINT given_back_amount_check CHECK (amount_minor > 0 AND order_number >= 0)
);
COMMENT ON TABLE transfers.given_back IS
    'What a household is not paid any more, by two persons'' word; order_number 0: no order was ever made.';

CREATE TABLE transfers.order_settled (
    household_id bigint NOT NULL,
    cycle_id integer NOT NULL,
    order_number smallint NOT NULL,
    reason text NOT NULL,
    settled_by text NOT NULL,
    settled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT order_settled_pkey PRIMARY KEY (household_id, cycle_id, order_number),
    CONSTRAINT order_settled_reason_check CHECK (length(reason) BETWEEN 1 AND 2000)
);
COMMENT ON TABLE transfers.order_settled IS
    'A person''s word that what stopped a payment is put right outside the registry, so that it can be paid again.';

CREATE TABLE transfers.recalled_file (
    file_name text CONSTRAINT recalled_file_pkey PRIMARY KEY,
    sha256 bytea NOT NULL,
    run_number integer CONSTRAINT recalled_file_run_fkey REFERENCES transfers.payment_run,
    proposal_number bigint NOT NULL CONSTRAINT recalled_file_proposal_fkey REFERENCES transfers.proposal,
    CONSTRAINT recalled_file_sha256_check CHECK (length(sha256) = 32)
);
COMMENT ON TABLE transfers.recalled_file IS
    'A file that was taken back before the bank had it; without a run where the database never knew it.';

-- The files whose orders a run of kind recovered takes up, one chunk of its writing stage each.
CREATE TABLE transfers.recovered_file (
    run_number integer NOT NULL CONSTRAINT recovered_file_run_fkey REFERENCES transfers.payment_run,
    chunk integer NOT NULL,
    file_name text NOT NULL,
    sha256 bytea NOT NULL,
    entry jsonb NOT NULL,
    proposal_number bigint NOT NULL CONSTRAINT recovered_file_proposal_fkey REFERENCES transfers.proposal,
    CONSTRAINT recovered_file_pkey PRIMARY KEY (run_number, chunk),
    CONSTRAINT recovered_file_sha256_check CHECK (length(sha256) = 32)
);
COMMENT ON TABLE transfers.recovered_file IS
    'A bank file that the database had forgotten, as the manifest told of it (entry), and who took it up (the'
    ' proposal).';

CREATE TABLE transfers.outbox_trouble (
    one boolean NOT NULL DEFAULT true CONSTRAINT outbox_trouble_pkey PRIMARY KEY,
    directory text NOT NULL,
    reason text NOT NULL,
    noticed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT outbox_trouble_one_check CHECK (one)
);
COMMENT ON TABLE transfers.outbox_trouble IS
    'Which directory for bank files could not be written to last, and why; one row.';

-- Where a file's orders are gathered while it is taken up; empty but for the length of one call.
CREATE UNLOGGED TABLE transfers.staged_recovered_order (
    household_id bigint NOT NULL,
    amount_minor bigint NOT NULL,
    uetr uuid NOT NULL,
    order_number smallint NOT NULL,
    chunk integer NOT NULL,
    end_to_end_id text NOT NULL,
    bank_bic text NOT NULL,
    holder_name text NOT NULL,
    account_number text NOT NULL
);
