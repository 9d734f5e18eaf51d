-- What was decided of a household, for replaying it.
-- import: Contracts, TransfersDomain, Vocabulary

-- name: FindOutcome :one
-- What a run stored about one household; no row when it was not on the roll.
-- row: HouseholdReplay.StoredOutcome
-- parameters: run_number, household_id
SELECT roll.account_number IS NOT NULL AS has_account, roll.suspended, decided.outcome AS "outcome?",
    coalesce(decided.entitled_minor, 0) AS entitled_minor
FROM transfers.roll_household AS roll
LEFT JOIN transfers.household_outcome AS decided USING (household_id, run_number)
WHERE roll.household_id = @household_id AND roll.run_number = @run_number;

-- name: ListEntitlements :many
-- The entitlements of one household in a run.
-- row: Entitlement
-- parameters: run_number, household_id
SELECT component, units, unit_minor, amount_minor FROM transfers.entitlement
WHERE household_id = @household_id AND run_number = @run_number ORDER BY component;

-- name: FindSanctionHistory :one
-- The history of a programme before a day. Counts are carried from the cycle that counted most of the same runs in the
-- same order: a run that was decided late or withdrawn since is therefore counted as it is now.
-- type: first_day CalendarDate
-- row: SanctionHistory
WITH decided AS (
    SELECT DISTINCT ON (cycle.cycle_id) cycle.first_day, run.run_number
    FROM transfers.cycle AS cycle JOIN transfers.payment_run AS run USING (cycle_id)
    WHERE cycle.programme = @programme AND cycle.last_day < @first_day.days_since_epoch2000 AND cycle.state <> 'void'
        AND cycle.overlap_exception IS NULL
        AND run.state NOT IN ('freezing', 'verifying', 'empty', 'withdrawing', 'withdrawn')
    ORDER BY cycle.cycle_id, run.sequence
), history AS (
    SELECT coalesce(array_agg(run_number ORDER BY first_day), '{}') AS runs FROM decided
)
SELECT history.runs, base.cycle_id AS "base?", coalesce(cardinality(base.counted_runs), 0) AS carried
FROM history
LEFT JOIN LATERAL (
    SELECT cycle.cycle_id, cycle.counted_runs FROM transfers.cycle AS cycle
    WHERE cycle.programme = @programme AND cycle.state <> 'void' AND cardinality(cycle.counted_runs) > 0
        AND cycle.counted_runs = history.runs[1:cardinality(cycle.counted_runs)]
    ORDER BY cardinality(cycle.counted_runs) DESC, cycle.cycle_id DESC LIMIT 1
) AS base ON true;
