-- What a supplementary run pays.
-- import: Contracts, TransfersDomain

-- name: HasSentRun :one
-- Whether files of a cycle are written.
SELECT EXISTS (
    SELECT FROM transfers.payment_run
    WHERE cycle_id = @cycle_id AND kind IN ('main', 'recovered') AND state IN ('sent', 'closed'));

-- name: HasReadyPayments :one
-- Whether anything of a cycle can be paid again.
SELECT EXISTS (SELECT FROM transfers.open_payment WHERE cycle_id = @cycle_id AND waits_for = 'ready');

-- name: FreezeOpenRoll :exec
-- Copies whom a supplementary run pays, to which account, and how much.
-- parameters: run_number, cycle_id
WITH ready AS MATERIALIZED (
    SELECT open.household_id, open.amount_minor, household.territory_code, household.department_code,
        payee.holder_person_id, payee.holder_name, payee.bank_bic, payee.account_number
    FROM transfers.open_payment AS open
    JOIN coordination.household_v1 AS household USING (household_id)
    JOIN coordination.payee_v1 AS payee USING (household_id)
    WHERE open.cycle_id = @cycle_id AND open.waits_for = 'ready'
), decided AS (
    INSERT INTO transfers.household_outcome (household_id, run_number, outcome, entitled_minor)
    SELECT household_id, @run_number, 1, amount_minor FROM ready ORDER BY household_id
)
INSERT INTO transfers.roll_household (
    household_id, run_number, territory_code, department_code, holder_person_id, holder_name, bank_bic,
    account_number)
SELECT household_id, @run_number, territory_code, department_code, holder_person_id, holder_name, bank_bic,
    account_number
FROM ready ORDER BY household_id;

-- name: SumDecided :one
-- What was decided for a range of households.
-- type: range ClosedRange<Int64>
-- parameters: run_number, range
SELECT count(*)::integer AS payable_households, coalesce(sum(entitled_minor), 0)::bigint AS total_minor
FROM transfers.household_outcome
WHERE household_id BETWEEN @range.lower_bound AND @range.upper_bound AND run_number = @run_number AND outcome = 1;
