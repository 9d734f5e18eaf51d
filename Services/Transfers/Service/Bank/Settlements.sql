-- Oddities that a person settles.
-- import: Contracts, ISO20022, TransfersDomain, Vocabulary

-- name: MoveOddOrder :exec
-- Moves one order.
-- type: odd StoredOddity
-- type: state PaymentOrderState
-- parameters: odd, state
UPDATE transfers.payment_order SET state = @state.stored
WHERE household_id = @odd.household_id? AND cycle_id = @odd.cycle_id? AND order_number = @odd.order_number?
    AND state <> @state.stored;

-- name: InsertTakenEvent :exec
-- Keeps what the bank said, now that it is taken.
-- type: odd StoredOddity
INSERT INTO transfers.payment_event (
    household_id, amount_minor, cycle_id, order_number, message_number, line, booked_on, event, code, reason,
    servicer_reference)
VALUES (
    @odd.household_id?, @odd.amount_minor, @odd.cycle_id?, @odd.order_number?, @odd.message_number, @odd.line,
    @odd.booked_on?, @odd.event, @odd.status_code, @odd.reason?, @odd.servicer_reference?)
ON CONFLICT ON CONSTRAINT payment_event_pkey DO NOTHING;

-- name: InsertDifference :exec
-- Keeps what is paid of an order beyond, or below, what its state says.
-- type: odd StoredOddity
-- parameters: odd, run_number, paid_minor
INSERT INTO transfers.payment_difference (
    household_id, paid_minor, cycle_id, run_number, oddity_number, order_number)
VALUES (@odd.household_id?, @paid_minor, @odd.cycle_id?, @run_number, @odd.number, @odd.order_number?);

-- name: CloseReopening :exec
-- Closes an entitlement that was open again: it is paid after all.
-- type: odd StoredOddity
DELETE FROM transfers.entitlement_reopened WHERE household_id = @odd.household_id? AND cycle_id = @odd.cycle_id?
    AND order_number = @odd.order_number?;

-- name: SettleOddity :exec
-- Records what a person decided.
-- parameters: number, decision, moves_money, settled_by, reason
UPDATE transfers.bank_oddity
SET state = 'settled', decision = @decision, moves_money = @moves_money, settled_by = @settled_by,
    settled_reason = @reason, settled_at = now()
WHERE oddity_number = @number;

-- name: ListSentCycles :many
-- The cycles that have orders with the bank; a payment of a closed run may still come back, and one that was taken back
-- may be paid.
-- row: SentCycle
SELECT cycle.payment_key, cycle.cycle_id, coalesce(cycle.rules #>> '{payments,debtorAccount}', '') AS account,
    coalesce(cycle.rules ->> 'currency', '') AS currency
FROM transfers.cycle AS cycle
WHERE EXISTS (
    SELECT FROM transfers.payment_run AS run
    WHERE run.cycle_id = cycle.cycle_id AND run.state IN ('writing', 'sent', 'closed', 'withdrawn'));
