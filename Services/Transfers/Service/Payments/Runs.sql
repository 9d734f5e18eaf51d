-- Payment runs and how they move.
-- import: Contracts, Foundation, LedgerConversation, TransfersDomain, Vocabulary

-- name: LockCycle :one
-- A cycle, locked against a second run being started at the same time. Runs of a void cycle of the same code have taken
-- their sequences, which their ids follow from.
SELECT cycle_id, rules, last_day, payment_key
FROM transfers.cycle AS cycle WHERE programme = @programme AND code = @cycle AND state <> 'void' FOR NO KEY UPDATE;

-- name: InsertRun :one
-- A new run, in the name of the person whose call asks for it; its id follows from programme, cycle and sequence.
-- type: pay_on CalendarDate
-- type: accepted [AcceptedFinding]
SELECT transfers.start_run(@call_id, @cycle_id, @kind, @pay_on.days_since_epoch2000, @fiscal_year, @currency,
    @accepted.code, @accepted.figures, @accepted.reason);

-- name: FindRunRules :one
-- The frozen rules of a run's cycle, and its first and last day.
SELECT cycle.rules, cycle.first_day, cycle.last_day, run.pay_on
FROM transfers.payment_run AS run JOIN transfers.cycle AS cycle USING (cycle_id) WHERE run.run_number = @run_number;

-- name: WithdrawOrders :exec
-- Opens again what the orders of a run were for: they stay, as withdrawn.
-- type: run PaymentRun
WITH withdrawn AS (
    UPDATE transfers.payment_order SET state = 'withdrawn'
    WHERE run_number = @run.run_number AND cycle_id = @run.cycle_id AND state = 'ordered'
    RETURNING household_id, amount_minor, cycle_id, run_number, order_number
)
INSERT INTO transfers.entitlement_reopened (
    household_id, amount_minor, cycle_id, run_number, order_number, cause, handling)
SELECT household_id, amount_minor, cycle_id, run_number, order_number, 'withdrawn', 'unspecified' FROM withdrawn;

-- name: NoteWithdrawal :exec
-- Notes who took a run back, and why. The state follows in the same transaction.
-- parameters: run_number, by, reason
UPDATE transfers.payment_run
SET state = 'withdrawing', withdrawn_by = @by, withdrawn_at = now(), withdrawn_reason = @reason
WHERE run_number = @run_number;
