-- Cycles and the households affiliated in them.
-- import: Contracts, Vocabulary

-- name: FindProgramme :one
-- The rules of a programme that are in force.
SELECT version, definition FROM coordination.programme_v1 WHERE programme = @programme AND in_force;

-- name: InsertCycle :one
-- A new cycle; no row when it is there already. Days that other cycles of the programme have stay theirs: only a signed
-- exception lets a cycle be opened over them.
-- type: days CycleDays
INSERT INTO transfers.cycle (
    programme, code, first_day, last_day, rule_version, rules, opened_by, counted_runs, overlap_exception,
    shared_days)
SELECT @programme, @code, @days.first_day.days_since_epoch2000, @days.last_day.days_since_epoch2000, @rule_version,
    @rules, @opened_by, @counted_runs::integer[], @overlap_exception?::integer,
    CASE WHEN @overlap_exception?::integer IS NULL THEN '{}' ELSE coalesce((
        SELECT range_agg(other.counted_days) * datemultirange(daterange(@days.first_day.days_since_epoch2000,
            @days.last_day.days_since_epoch2000, '[]'))
        FROM transfers.cycle AS other WHERE other.programme = @programme AND other.state <> 'void'
    ), '{}') END
ON CONFLICT (programme, code) WHERE state <> 'void' DO NOTHING
RETURNING cycle_id;

-- name: FindCycle :one
-- A cycle that is there.
-- type: totals AffiliationTotals
SELECT cycle_id, first_day, last_day, rule_version, rules, considered_households AS "totals.households",
    affiliated_households AS "totals.affiliated", suspended_households AS "totals.suspended",
    exited_households AS "totals.exited", overlap_exception AS "overlap_exception?",
    (SELECT coalesce(sum(upper(part) - lower(part)), 0) FROM unnest(shared_days) AS part)::integer AS shared_days
FROM transfers.cycle WHERE programme = @programme AND code = @code AND state <> 'void';

-- name: NextHouseholds :one
-- The last of the next so many households; NULL when there are none.
SELECT max(household_id) AS "household_id?" FROM (
    SELECT household_id FROM coordination.household_v1 WHERE household_id > @after ORDER BY household_id LIMIT @limit
) AS following;

-- name: FindSequencedCycle :one
-- The cycle before, where an agreement in force asks that no transfer of the programme ends before the project has
-- started; no row where none does, or where there was no cycle before.
SELECT before.cycle_id
FROM transfers.cycle AS cycle
JOIN transfers.cycle AS before ON before.programme = cycle.programme AND before.last_day < cycle.first_day
    AND before.state <> 'void'
WHERE cycle.cycle_id = @cycle_id AND EXISTS (
    SELECT FROM coordination.agreement_in_force_v1 AS rule
    WHERE rule.programme = cycle.programme
        AND rule.sequencing = 'SEQUENCING_RULE_PROJECT_BEFORE_TRANSFER_ENDS')
ORDER BY before.last_day DESC, before.cycle_id DESC LIMIT 1;

-- name: CloseCycle :exec
-- Closes a cycle whose run is closed.
UPDATE transfers.cycle SET state = 'closed' WHERE cycle_id = @cycle_id;

-- name: CountAffiliation :exec
-- Stores how many households were decided about.
-- type: totals AffiliationTotals
-- parameters: cycle_id, totals
UPDATE transfers.cycle
SET considered_households = @totals.households, affiliated_households = @totals.affiliated,
    suspended_households = @totals.suspended, exited_households = @totals.exited
WHERE cycle_id = @cycle_id;

-- name: LockCycleToClose :one
-- A cycle, locked against a run being started at the same time.
SELECT cycle_id, first_day, last_day FROM transfers.cycle
WHERE programme = @programme AND code = @code AND state <> 'void' FOR UPDATE;

-- name: FindUseOfCycle :one
-- What stands against closing a cycle empty: orders (a chunk of orders is marked in the transaction that makes them),
-- or the state of a run that paid somebody or may.
SELECT EXISTS (
        SELECT FROM transfers.payment_run AS run JOIN transfers.payment_run_chunk AS chunk USING (run_number)
        WHERE run.cycle_id = @cycle_id AND chunk.stage = 'order' AND chunk.done_at IS NOT NULL) AS has_orders,
    (SELECT state FROM transfers.payment_run
        WHERE cycle_id = @cycle_id AND state NOT IN ('empty', 'withdrawn')
            ORDER BY sequence DESC LIMIT 1) AS "run_state?";

-- name: MarkCycleVoid :exec
-- Marks a cycle as opened by mistake.
-- parameters: cycle_id, voided_by, reason
UPDATE transfers.cycle SET state = 'void', voided_by = @voided_by, voided_at = now(), void_reason = @reason
WHERE cycle_id = @cycle_id;
