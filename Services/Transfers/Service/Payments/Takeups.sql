-- Files of a run that a restored database takes up again.
-- import: Contracts, Crypto, Foundation, TransfersDomain, Vocabulary

-- name: FindUnsealedYear :one
-- The first fiscal year of a programme's lines, from a year on, that is not sealed; none where no line of that year is
-- sealed.
SELECT fiscal_year FROM coordination.budget_line_v1
WHERE programme = @programme AND fiscal_year > @year AND year_state <> 'sealed' AND EXISTS (
    SELECT FROM coordination.budget_line_v1 WHERE fiscal_year = @year AND year_state = 'sealed')
ORDER BY fiscal_year LIMIT 1;

-- name: DecideRecoveredRoll :exec
-- The amounts are the files'.
INSERT INTO transfers.household_outcome (household_id, run_number, outcome, entitled_minor)
SELECT household_id, @run_number, 1, amount_minor FROM transfers.staged_recovered_order ORDER BY household_id;

-- name: CutRecoveredFiles :exec
-- One chunk of verification for each file, done.
INSERT INTO transfers.payment_run_chunk (
    run_number, stage, chunk, first_household, last_household, households, payable_households, total_minor, done_at)
SELECT @run_number, 'verify', chunk, min(household_id), max(household_id), count(*), count(*), sum(amount_minor),
    now()
FROM transfers.staged_recovered_order GROUP BY chunk;
