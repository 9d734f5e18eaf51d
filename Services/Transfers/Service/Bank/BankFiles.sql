-- The bank's files and what came of them.

-- name: FindPaymentFile :one
-- Finds a file by its message's or its block's identifier.
-- row: SentFile
SELECT file.run_number, run.cycle_id, file.message_id, file.payment_information_id, file.first_household,
    file.last_household, file.transactions::bigint AS transactions, file.total_minor, run.currency
FROM transfers.payment_file AS file JOIN transfers.payment_run AS run USING (run_number)
WHERE (file.message_id = @message_id? OR @message_id? IS NULL
    AND file.payment_information_id = @payment_information_id?)
    AND run.state IN ('writing', 'sent', 'closed', 'withdrawn');

-- name: StageUnlisted :exec
-- Gives the orders of a file that the message does not list the status of the whole.
-- type: file SentFile
-- parameters: file, line, event, code, reason
INSERT INTO transfers.staged_bank_report (
    household_id, amount_minor, cycle_id, order_number, line, entry, report, is_ours, has_charges, event, code,
        reason)
SELECT sent.household_id, sent.amount_minor, sent.cycle_id, sent.order_number, @line, 0, 0, true, false, @event,
    @code, @reason?
FROM transfers.payment_order AS sent
WHERE sent.household_id BETWEEN @file.first_household AND @file.last_household AND sent.run_number = @file.run_number
    AND NOT EXISTS (
    SELECT FROM transfers.staged_bank_report AS report
    WHERE report.household_id = sent.household_id AND report.cycle_id = sent.cycle_id
        AND report.order_number = sent.order_number);

-- name: SumFilePayments :one
-- What of a file a booking in one sum can be about: the payments that were not rejected or withdrawn, and those of them
-- that were paid, or are in the same message, or not.
-- type: standing PaymentSum
-- type: unpaid PaymentSum
-- type: paid PaymentSum
-- type: file SentFile
SELECT count(*) AS "standing.count", coalesce(sum(amount_minor), 0)::bigint AS "standing.sum_minor",
    count(*) FILTER (WHERE NOT is_paid) AS "unpaid.count",
    coalesce(sum(amount_minor) FILTER (WHERE NOT is_paid), 0)::bigint AS "unpaid.sum_minor",
    count(*) FILTER (WHERE state = 'paid') AS "paid.count",
    coalesce(sum(amount_minor) FILTER (WHERE state = 'paid'), 0)::bigint AS "paid.sum_minor"
FROM (
    SELECT sent.amount_minor, sent.state, sent.state IN ('paid', 'returned') OR EXISTS (
            SELECT FROM transfers.staged_bank_report AS report
            WHERE report.household_id = sent.household_id AND report.cycle_id = sent.cycle_id
                AND report.order_number = sent.order_number AND report.event = 'paid') AS is_paid
    FROM transfers.payment_order AS sent
    WHERE sent.household_id BETWEEN @file.first_household AND @file.last_household
        AND sent.run_number = @file.run_number
        AND sent.state NOT IN ('rejected', 'withdrawn')
) AS standing;

-- name: StageBatch :exec
-- Stages the payments of a file as booked in one sum: all that stand, those that were not paid, or those that were.
-- type: file SentFile
-- type: batch StagedBatch
-- parameters: file, batch, event, which
INSERT INTO transfers.staged_bank_report (
    household_id, amount_minor, cycle_id, order_number, line, entry, report, booked_on, is_ours, has_charges, event,
    code, currency, servicer_reference)
SELECT sent.household_id, sent.amount_minor, sent.cycle_id, sent.order_number, @batch.line, @batch.entry,
    @batch.report, @batch.booked_on?, true, false, @event, @batch.status_code,
    sent.currency, @batch.servicer_reference?
FROM transfers.payment_order AS sent
WHERE sent.household_id BETWEEN @file.first_household AND @file.last_household AND sent.run_number = @file.run_number
    AND sent.state NOT IN ('rejected', 'withdrawn')
    AND CASE @which
        WHEN 'paid' THEN sent.state = 'paid'
        WHEN 'unpaid' THEN sent.state NOT IN ('paid', 'returned') AND NOT EXISTS (
            SELECT FROM transfers.staged_bank_report AS report
            WHERE report.household_id = sent.household_id AND report.cycle_id = sent.cycle_id
                AND report.order_number = sent.order_number AND report.event = 'paid')
        ELSE true
    END;

-- name: IsBatchKnown :one
-- Whether a file's payments were all booked before under the same reference of the bank, or on the same day where one
-- of the bookings has none: a statement tells in one sum what a notification told one by one.
-- type: file SentFile
-- type: batch StagedBatch
-- parameters: file, batch, event
SELECT coalesce(bool_or(CASE
    WHEN event.servicer_reference IS NULL OR @batch.servicer_reference?::text IS NULL
        THEN event.booked_on IS NOT DISTINCT FROM @batch.booked_on?::date
    ELSE event.servicer_reference = @batch.servicer_reference? END), false)
FROM transfers.payment_order AS sent
JOIN transfers.payment_event AS event
    ON event.household_id = sent.household_id AND event.cycle_id = sent.cycle_id
    AND event.order_number = sent.order_number AND event.event = @event
WHERE sent.household_id BETWEEN @file.first_household AND @file.last_household AND sent.run_number = @file.run_number;
