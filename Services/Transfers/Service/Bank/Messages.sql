-- Messages of the bank.
-- import: Contracts, ISO20022

-- name: FindBankMessage :one
-- A message that was applied before, by its bytes.
-- column: left_unknown Whether it spoke of payments or files that were unknown, and nobody has settled that.
SELECT message.kind, message.attempt, EXISTS (
    SELECT FROM transfers.bank_oddity AS odd
    WHERE odd.message_number = message.message_number AND odd.state = 'open'
        AND odd.code IN ('unknown_payment', 'unknown_file')) AS left_unknown
FROM transfers.bank_message AS message WHERE message.sha256 = @sha256 ORDER BY message.attempt DESC LIMIT 1;

-- name: SettleUnknown :exec
-- Settles what an earlier attempt at the same bytes left unknown: the later one has judged it again.
-- parameters: sha256, attempt, person
UPDATE transfers.bank_oddity AS odd
SET state = 'settled', decision = 'pass', settled_by = @person, settled_at = now(), settled_reason = 'imported again'
FROM transfers.bank_message AS earlier
WHERE earlier.sha256 = @sha256 AND earlier.attempt < @attempt AND odd.message_number = earlier.message_number
    AND odd.state = 'open' AND odd.code IN ('unknown_payment', 'unknown_file');

-- name: FindBankMessageById :one
-- The file of the same message, by sender, identifier and page.
SELECT file_name FROM transfers.bank_message
WHERE kind = @kind AND sender = @sender AND message_id = @message_id AND page = @page ORDER BY message_number LIMIT 1;

-- name: InsertBankMessage :one
-- Numbers a message that is being applied.
-- type: head BankMessageHead
INSERT INTO transfers.bank_message (
    kind, version, sender, message_id, page, file_name, sha256, transactions, imported_by, attempt)
VALUES (
    @head.kind.raw_value, @head.version, @sender, @head.message_iD, @head.page, @file_name, @sha256,
    @transactions, @imported_by, @attempt)
RETURNING message_number;

-- name: CountBankMessage :exec
-- Says what a message came to.
-- type: result TransfersV1.BankFileResult
-- parameters: message_number, result
UPDATE transfers.bank_message
SET accepted = @result.accepted, rejected = @result.rejected, paid = @result.paid, returned = @result.returned,
    unchanged = @result.unchanged, odd = @result.odd, passed_over = @result.passed_over
WHERE message_number = @message_number;
