-- Money that is given back to the budget.
-- import: Contracts

-- name: SumGiveBack :one
-- What a give-back would come to.
SELECT count(*) AS households, coalesce(sum(amount_minor), 0)::bigint AS total_minor FROM transfers.open_payment
WHERE cycle_id = @cycle_id AND (household_id = ANY (@households) OR waits_for = @waits_for);

-- name: InsertGivenBack :exec
-- Keeps what was given back.
-- parameters: cycle_id, households, waits_for, proposal
INSERT INTO transfers.given_back (household_id, amount_minor, cycle_id, order_number, proposal_number)
SELECT household_id, amount_minor, cycle_id, order_number, @proposal FROM transfers.open_payment
WHERE cycle_id = @cycle_id AND (household_id = ANY (@households) OR waits_for = @waits_for);

-- name: MarkGivenBack :exec
-- Closes the entitlements that were given back to another order.
-- parameters: cycle_id, proposal
UPDATE transfers.entitlement_reopened AS open SET given_back = true
FROM transfers.given_back AS given
WHERE given.proposal_number = @proposal AND open.household_id = given.household_id AND open.cycle_id = @cycle_id
    AND open.order_number = given.order_number;

-- name: FindMovingRun :one
-- The run of a cycle that is on its way.
SELECT run_number FROM transfers.payment_run
WHERE cycle_id = @cycle_id AND state NOT IN ('empty', 'withdrawn', 'sent', 'closed') LIMIT 1;
