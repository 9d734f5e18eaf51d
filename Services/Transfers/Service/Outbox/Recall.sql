-- Files that are taken back, and orders that are found in files.
-- import: Contracts, Foundation, ISO20022, TransfersDomain

-- name: CountBankWords :one
-- Payments of a file that the bank has spoken about.
-- type: range ClosedRange<Int64>
SELECT count(*) FROM transfers.payment_order AS sent
WHERE sent.run_number = @run_number AND sent.household_id BETWEEN @range.lower_bound AND @range.upper_bound AND (
    sent.state <> 'ordered'
    OR EXISTS (
        SELECT FROM transfers.payment_event AS said
        WHERE said.household_id = sent.household_id AND said.cycle_id = sent.cycle_id
            AND said.order_number = sent.order_number));

-- name: SumRecalledLines :many
-- What a file took from each budget line.
-- type: range ClosedRange<Int64>
SELECT asked.line AS "line!", sum(sent.amount_minor)::bigint AS amount_minor, budget.skips_ordered
FROM transfers.payment_order AS sent
JOIN transfers.roll_household AS roll USING (household_id, run_number)
JOIN transfers.payment_run_line AS asked
    ON asked.run_number = sent.run_number AND asked.department_code = roll.department_code
JOIN coordination.budget_line_v1 AS budget ON budget.line = asked.line
WHERE sent.run_number = @run_number AND sent.household_id BETWEEN @range.lower_bound AND @range.upper_bound
    AND sent.state = 'ordered'
GROUP BY asked.line, budget.skips_ordered ORDER BY asked.line;

-- name: WithdrawFileOrders :exec
-- Takes back the orders of a file that the bank has not spoken about.
-- type: range ClosedRange<Int64>
UPDATE transfers.payment_order SET state = 'withdrawn'
WHERE run_number = @run_number AND household_id BETWEEN @range.lower_bound AND @range.upper_bound
    AND state = 'ordered';

-- name: ReopenWithdrawn :exec
-- Opens the entitlements of withdrawn orders again.
-- type: range ClosedRange<Int64>
INSERT INTO transfers.entitlement_reopened (
    household_id, amount_minor, cycle_id, run_number, order_number, cause, handling)
SELECT household_id, amount_minor, cycle_id, run_number, order_number, 'withdrawn', 'payer'
FROM transfers.payment_order
WHERE run_number = @run_number AND household_id BETWEEN @range.lower_bound AND @range.upper_bound
    AND state = 'withdrawn';

-- name: InsertRecalledFile :exec
-- Keeps that a file was taken back.
INSERT INTO transfers.recalled_file (file_name, sha256, run_number, proposal_number) VALUES (@name, @digest,
    @run_number?, @proposal);

-- name: EmptyRecoveredOrders :exec
-- Empties the staging table of what this transaction gathered.
DELETE FROM transfers.staged_recovered_order;

-- name: FindCycleByKey :one
-- The cycle whose payments' identifiers begin with a key.
SELECT cycle_id, programme, code, payment_key AS key, first_day::text AS first_day, last_day::text AS last_day,
    EXISTS (
        SELECT FROM transfers.payment_run AS run
        WHERE run.cycle_id = cycle.cycle_id AND run.state IN ('sent', 'closed')) AS was_run
FROM transfers.cycle AS cycle WHERE payment_key = @key AND state <> 'void';
