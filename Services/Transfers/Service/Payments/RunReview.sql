-- What a person reads of a run before approving it, and later.
-- import: Contracts, TransfersDomain, Vocabulary

-- name: ListDepartmentTotals :many
-- What a run pays, by department.
-- row: TransfersV1.DepartmentTotal
SELECT department_code AS department, coalesce(line, '') AS line, households, amount_minor AS total_minor
FROM transfers.payment_run_line WHERE run_number = @run_number ORDER BY department_code;

-- name: FindPreviousRun :one
-- The main run of the programme's cycle before a run's that was paid.
-- type: run PaymentRun
SELECT earlier.run_number, before.code AS cycle, earlier.payable_households AS households, earlier.total_minor
FROM transfers.cycle AS present
JOIN transfers.cycle AS before ON before.programme = present.programme AND before.last_day < present.last_day
JOIN transfers.payment_run AS earlier ON earlier.cycle_id = before.cycle_id
WHERE present.cycle_id = @run.cycle_id AND earlier.kind = 'main' AND earlier.state IN ('sent', 'closed')
ORDER BY before.last_day DESC, earlier.sequence DESC LIMIT 1;

-- name: CountChangedHouseholds :one
-- How many households a run pays that another did not, and the other way round.
SELECT count(*) FILTER (WHERE before.household_id IS NULL) AS new,
    count(*) FILTER (WHERE now.household_id IS NULL) AS gone
FROM (SELECT household_id FROM transfers.household_outcome WHERE run_number = @run_number AND outcome = 1) AS now
FULL JOIN (
    SELECT household_id FROM transfers.household_outcome WHERE run_number = @previous AND outcome = 1
) AS before USING (household_id);

-- name: ListShortfalls :many
-- What lines lack.
SELECT line AS "line!", shortfall_minor FROM transfers.payment_run_line
WHERE run_number = @run_number AND shortfall_minor > 0 AND line IS NOT NULL ORDER BY line;
