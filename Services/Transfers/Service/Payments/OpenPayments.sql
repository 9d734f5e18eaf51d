-- What is still open of a cycle's payments.
-- import: Contracts

-- name: FindCycleNumber :one
-- A cycle by its names.
SELECT cycle_id, first_day::text AS first_day, last_day::text AS last_day FROM transfers.cycle
WHERE programme = @programme AND code = @cycle AND state <> 'void';

-- name: FindCycleCurrency :one
-- The currency that a cycle's rules pay in.
SELECT coalesce(rules ->> 'currency', '') FROM transfers.cycle WHERE cycle_id = @cycle_id;

-- name: ListOpenHouseholds :many
-- Households that are owed something, by number.
-- row: TransfersV1.OpenPayment
SELECT household_id, order_number::integer AS order_number, amount_minor, waits_for, cause,
    coalesce(reason, '') AS reason
FROM transfers.open_payment WHERE cycle_id = @cycle_id AND household_id > @after
ORDER BY household_id LIMIT @limit::integer;

-- name: SettleOrders :many
-- Settles the open orders of households; answers the households that have one.
WITH asked AS (
    SELECT open.household_id, open.cycle_id, open.order_number
    FROM transfers.open_payment AS open
    WHERE open.cycle_id = @cycle_id AND open.household_id = ANY (@households) AND open.order_number > 0
), kept AS (
    INSERT INTO transfers.order_settled (household_id, cycle_id, order_number, reason, settled_by)
    SELECT household_id, cycle_id, order_number, @reason, @person FROM asked
    ON CONFLICT ON CONSTRAINT order_settled_pkey DO NOTHING
)
SELECT household_id FROM asked;
