-- What the bank's answers do to orders.
-- import: Contracts, Crypto, ISO20022, LedgerConversation, TransfersDomain, Vocabulary

-- name: InsertPaymentEvents :exec
-- Keeps what the bank said about each order.
INSERT INTO transfers.payment_event (
    household_id, amount_minor, cycle_id, order_number, message_number, line, booked_on, event, code, reason,
    servicer_reference)
SELECT household_id, amount_minor, cycle_id, order_number, @message_number, line, booked_on, event, code, reason,
    servicer_reference
FROM transfers.staged_bank_report WHERE oddity IS NULL;

-- name: InsertMovement :exec
-- Keeps what a message moved.
-- type: movement BankMovement
INSERT INTO transfers.bank_movement (
    message_number, run_number, line, from_state, to_state, booked_on, orders, amount_minor, oddity_number)
VALUES (
    @message_number, @movement.run_number, @movement.line, @movement.from_state, @movement.to_state,
    @movement.booked_on, @movement.orders, @movement.amount_minor, @movement.oddity_number);

-- name: CountStaged :one
-- How many transactions are staged and clear.
SELECT count(*) FROM transfers.staged_bank_report WHERE oddity IS NULL;

-- name: CountOpenOdditiesOfRun :one
-- What is odd about a run's payments and waits for a person.
SELECT count(*) FROM transfers.bank_oddity WHERE run_number = @run_number AND state = 'open';

-- name: SumDifferences :one
-- What of a run's orders is paid beyond, or below, what their states say.
SELECT coalesce(sum(paid_minor), 0)::bigint FROM transfers.payment_difference WHERE run_number = @run_number;

-- name: FindMessageName :one
-- Finds what a message is called.
-- row: MessageName
SELECT message_id, left(encode(sha256, 'hex'), 16) || CASE WHEN attempt > 1 THEN 'x' || attempt ELSE '' END AS digest
FROM transfers.bank_message WHERE message_number = @message_number;

-- name: FindLedgerLines :many
-- Finds the lines.
-- row: LedgerLine
SELECT run.run_number, budget.line, transfers.run_document(run.run_id) AS document, run.currency,
    budget.skips_reserved, budget.skips_ordered, budget.first_open_day AS "first_open_day?",
    coordination.civil_day() AS today
FROM (SELECT DISTINCT * FROM unnest(@run_numbers::integer[], @lines::text[])) AS asked (run_number, line)
JOIN transfers.payment_run AS run USING (run_number)
JOIN coordination.budget_line_v1 AS budget ON budget.line = asked.line
ORDER BY run.run_number, budget.line;
