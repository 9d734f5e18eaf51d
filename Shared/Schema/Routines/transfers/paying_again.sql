-- Keeps what one person proposes and another has to confirm; the person is taken from the call.
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
        decided_by = (transfers.person_who_asked($1, 'puente.transfers.v1.Proposals/Decide')).caller, decided_at
            = clock_timestamp()
    WHERE proposal_number = $2 AND state = 'proposed'
    RETURNING proposal_number;
END;

-- What a cycle owes and has not paid, household by household, and what each waits for. `ready`: a supplementary run
-- pays it.
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
    -- A main run that was taken back is followed by another, which decides anew; what another kind had ordered is open
    -- again.
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
COMMENT ON VIEW transfers.open_payment IS
    'Internal to the transfers service; its published form is a reply of OpenPayments/List.';

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
