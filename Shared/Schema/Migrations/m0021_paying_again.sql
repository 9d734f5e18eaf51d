-- What happens after a run's files are written: payments that are open again, what two persons decide about them, files that
-- are recalled, and files that the outbox knows and the database has forgotten.

ALTER TABLE transfers.payment_run
    DROP CONSTRAINT payment_run_kind_check,
    ADD CONSTRAINT payment_run_kind_check CHECK (kind IN ('main', 'supplementary', 'recovered'));

-- Decisions that need two persons. A proposal is stored by the one, decided by another; the database takes both from the
-- calls that they made, so no program can put another name there.
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
COMMENT ON TABLE transfers.proposal IS 'What one person proposed about payments, why, and what another decided. Never deleted.';

CREATE FUNCTION transfers.propose(
    call_id bigint, kind text, cycle_id integer, request jsonb, households bigint, total_minor bigint, currency text,
    reason text
) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
BEGIN ATOMIC
    INSERT INTO transfers.proposal (
        kind, cycle_id, request, households, total_minor, currency, reason, proposed_by)
    VALUES ($2, $3, $4, $5, $6, $7, $8, (transfers.person_who_asked($1, 'puente.transfers.v1.Proposals/Make')).caller)
    RETURNING proposal_number;
END;

-- Decides a proposal that nobody decided yet; null: somebody did.
CREATE FUNCTION transfers.decide_proposal(call_id bigint, number bigint, confirm boolean, reason text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
BEGIN ATOMIC
    UPDATE transfers.proposal SET
        state = CASE WHEN $3 THEN 'confirmed' ELSE 'declined' END, decision_reason = nullif($4, ''),
        decided_by = (transfers.person_who_asked($1, 'puente.transfers.v1.Proposals/Decide')).caller, decided_at = clock_timestamp()
    WHERE proposal_number = $2 AND state = 'proposed'
    RETURNING proposal_number;
END;

-- An entitlement whose money was given back is not paid any more, and one that is being paid again cannot be given back:
-- the next order's foreign key names the row as not given back.
ALTER TABLE transfers.entitlement_reopened
    ADD COLUMN given_back boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT entitlement_reopened_given_back_key UNIQUE (household_id, cycle_id, order_number, given_back);
ALTER TABLE transfers.payment_order
    ADD COLUMN previous_given_back boolean GENERATED ALWAYS AS (CASE WHEN previous_order IS NOT NULL THEN false END) STORED,
    DROP CONSTRAINT payment_order_reopened_fkey,
    ADD CONSTRAINT payment_order_reopened_fkey
        FOREIGN KEY (household_id, cycle_id, previous_order, previous_given_back)
        REFERENCES transfers.entitlement_reopened (household_id, cycle_id, order_number, given_back);

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

-- What a cycle owes and has not paid, household by household, and what each waits for. `ready`: a supplementary run pays it.
CREATE VIEW transfers.open_payment AS
SELECT
    open.cycle_id, open.household_id, open.order_number, open.amount_minor, open.cause, open.reason,
    CASE
        -- The bank says something else about it, for instance that it was paid after all: nobody pays it again before a
        -- person has settled that.
        WHEN EXISTS (
            SELECT FROM transfers.bank_oddity AS odd
            WHERE odd.household_id = open.household_id AND odd.cycle_id = open.cycle_id
                AND odd.order_number = open.order_number AND odd.state = 'open') THEN 'odd'
        WHEN payee.account_number IS NULL THEN 'account_missing'
        WHEN open.cause = 'withdrawn' OR open.handling IN ('payer', 'unspecified') OR settled.household_id IS NOT NULL
            THEN 'ready'
        WHEN open.handling = 'check' THEN 'check'
        WHEN (payee.bank_bic, payee.account_number, payee.holder_name)
            IS DISTINCT FROM (paid_to.bank_bic, paid_to.account_number, paid_to.holder_name) THEN 'ready'
        ELSE open.handling
    END AS waits_for
FROM transfers.entitlement_reopened AS open
JOIN transfers.payment_order AS failed
    ON failed.household_id = open.household_id AND failed.cycle_id = open.cycle_id
    AND failed.order_number = open.order_number AND failed.state IN ('rejected', 'returned', 'withdrawn')
JOIN transfers.payment_run AS failing
    ON failing.run_number = failed.run_number AND failing.state <> 'withdrawing'
    -- A main run that was taken back is followed by another, which decides anew; what another kind had ordered is open again.
    AND (failing.state <> 'withdrawn' OR failing.kind <> 'main')
LEFT JOIN transfers.roll_household AS paid_to
    ON paid_to.household_id = open.household_id AND paid_to.run_number = failed.run_number
LEFT JOIN transfers.order_settled AS settled
    ON settled.household_id = open.household_id AND settled.cycle_id = open.cycle_id
    AND settled.order_number = open.order_number
LEFT JOIN coordination.payee_v1 AS payee ON payee.household_id = open.household_id
WHERE NOT open.given_back AND NOT EXISTS (
    SELECT FROM transfers.payment_order AS next
    WHERE next.household_id = open.household_id AND next.cycle_id = open.cycle_id
        AND next.order_number = open.order_number + 1)
UNION ALL
SELECT
    run.cycle_id, decided.household_id, 0::smallint, decided.entitled_minor, 'no_account', NULL,
    CASE WHEN payee.account_number IS NULL THEN 'account_missing' ELSE 'ready' END
FROM transfers.payment_run AS run
JOIN transfers.household_outcome AS decided ON decided.run_number = run.run_number AND decided.outcome = 4
LEFT JOIN coordination.payee_v1 AS payee ON payee.household_id = decided.household_id
WHERE run.kind = 'main' AND run.state IN ('sent', 'closed')
    AND NOT EXISTS (
        SELECT FROM transfers.payment_order AS made JOIN transfers.payment_run AS making USING (run_number)
        WHERE made.household_id = decided.household_id AND made.cycle_id = run.cycle_id
            AND (making.kind <> 'main' OR making.state <> 'withdrawn'))
    AND NOT EXISTS (
        SELECT FROM transfers.given_back AS given
        WHERE given.household_id = decided.household_id AND given.cycle_id = run.cycle_id);
COMMENT ON VIEW transfers.open_payment IS 'Internal to the transfers service; its published form is a reply of OpenPayments/List.';

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
    'A bank file that the database had forgotten, as the manifest told of it (entry), and who took it up (the proposal).';

CREATE TABLE transfers.outbox_trouble (
    one boolean NOT NULL DEFAULT true CONSTRAINT outbox_trouble_pkey PRIMARY KEY,
    directory text NOT NULL,
    reason text NOT NULL,
    noticed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT outbox_trouble_one_check CHECK (one)
);
COMMENT ON TABLE transfers.outbox_trouble IS 'Which directory for bank files could not be written to last, and why; one row.';

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

-- Stores a run that takes up forgotten files: requested by who proposed it, approved by who confirmed it, both as the
-- proposal has them; its total is the files'. The staging table holds their orders.
CREATE FUNCTION transfers.take_up_run(
    call_id bigint, proposal bigint, in_cycle integer, day_of_payment date, in_currency text, paying_year integer,
    names text[], digests bytea[], entries jsonb[]
) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    confirmer text := (transfers.person_who_asked(call_id, 'puente.transfers.v1.Proposals/Decide')).caller;
    signed transfers.proposal;
    named transfers.cycle;
    next integer;
    taken record;
    started transfers.payment_run;
    seen jsonb := to_jsonb(entries);
BEGIN
    SELECT * INTO signed FROM transfers.proposal AS made
    WHERE made.proposal_number = proposal AND made.kind = 'take_up' AND made.state = 'confirmed'
        AND made.decided_by = confirmer AND made.request -> 'files' ?& names;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'these files are taken up by no confirmed proposal of the caller'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO STRICT named FROM transfers.cycle WHERE cycle_id = in_cycle FOR NO KEY UPDATE;
    SELECT coalesce(max(run.sequence), 0) + 1 INTO next
    FROM transfers.payment_run AS run JOIN transfers.cycle AS same USING (cycle_id)
    WHERE same.programme = named.programme AND same.code = named.code;
    SELECT count(*) AS households, sum(amount_minor)::bigint AS total_minor, count(DISTINCT chunk)::integer AS files
    INTO taken FROM transfers.staged_recovered_order;
    -- What was confirmed bounds what is ordered, whatever a program gathered.
    IF taken.households > signed.households OR taken.total_minor > signed.total_minor THEN
        RAISE EXCEPTION 'more is taken up than was confirmed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO transfers.payment_run (
        run_id, cycle_id, sequence, kind, pay_on, fiscal_year, currency, state, stage, chunks, chunks_done, households,
        payable_households, total_minor, requested_by, approved_by, approved_at)
    VALUES (
        transfers.payment_run_id(named.programme, named.code, next), in_cycle, next, 'recovered', day_of_payment,
        paying_year, in_currency, 'verifying', 'verify', taken.files, taken.files, taken.households, taken.households,
        taken.total_minor, signed.proposed_by, confirmer, now())
    RETURNING * INTO started;
    INSERT INTO transfers.payment_run_approval (
        run_number, approver, decision, reason, seen, digest, total_minor, call_id)
    VALUES (
        started.run_number, confirmer, 'approved', signed.reason, seen, sha256(convert_to(seen::text, 'UTF8')),
        taken.total_minor, take_up_run.call_id);
    INSERT INTO transfers.recovered_file (run_number, chunk, file_name, sha256, entry, proposal_number)
    SELECT started.run_number, part.number - 1, part.name, part.digest, part.entry, proposal
    FROM unnest(names, digests, entries) WITH ORDINALITY AS part (name, digest, entry, number);
    RETURN started.run_id;
END
$$;

-- How far the ledger's log goes, and the last link of its chain there.
CREATE VIEW coordination.ledger_log_v1 AS
SELECT first_leaf + entries AS leaves, chain_hash FROM coordination.budget_log_span;
COMMENT ON VIEW coordination.ledger_log_v1 IS
    'The log''s length and chain after each batch: who kept a pair can tell whether the ledger still has what it had then.';

GRANT SELECT ON coordination.ledger_log_v1 TO puente_transfers, puente_operator, puente_reader;
GRANT SELECT ON transfers.proposal, transfers.open_payment TO puente_transfers;
GRANT SELECT, INSERT ON transfers.given_back, transfers.order_settled, transfers.recalled_file, transfers.recovered_file
TO puente_transfers;
GRANT SELECT, INSERT, UPDATE ON transfers.outbox_trouble TO puente_transfers;
GRANT UPDATE (given_back) ON transfers.entitlement_reopened TO puente_transfers;
GRANT SELECT, INSERT, DELETE, TRUNCATE ON transfers.staged_recovered_order TO puente_transfers;
REVOKE EXECUTE ON FUNCTION
    transfers.propose(bigint, text, integer, jsonb, bigint, bigint, text, text),
    transfers.decide_proposal(bigint, bigint, boolean, text),
    transfers.take_up_run(bigint, bigint, integer, date, text, integer, text[], bytea[], jsonb[])
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    transfers.propose(bigint, text, integer, jsonb, bigint, bigint, text, text),
    transfers.decide_proposal(bigint, bigint, boolean, text),
    transfers.take_up_run(bigint, bigint, integer, date, text, integer, text[], bytea[], jsonb[])
TO puente_transfers;
