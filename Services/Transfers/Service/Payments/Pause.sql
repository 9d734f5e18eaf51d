-- The pause of all payments.
-- import: Contracts

-- name: NoticeRestore :one
-- Pauses payments when this is another database than the one that was known.
SELECT transfers.notice_restore();

-- name: RecordPause :one
-- Records a person's pause; the database takes the person from the call.
SELECT transfers.pause_payments(@call_id, @reason);

-- name: RecordContinuation :one
-- Records a person's "go on"; no row when another pause holds than the one that was seen.
SELECT event FROM transfers.continue_payments(@call_id, @seen, @reason) AS event WHERE event IS NOT NULL;

-- name: ArePaymentsPaused :one
-- Whether no money may leave: somebody said so, or this is another database than the one that was known.
SELECT transfers.payments_paused();

-- name: FindPause :one
-- The pause that holds, or the last event that ended one.
-- row: TransfersV1.PaymentPause
SELECT paused, coalesce(cause, '') AS cause, details,
    to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since, said_by AS by, event
FROM transfers.payment_pause_v1;
