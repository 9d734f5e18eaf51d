-- The files of a run for the bank.
-- import: Contracts, Crypto

-- name: InsertPaymentFile :exec
-- Records a file that is in the outbox.
-- type: range ClosedRange<Int64>
INSERT INTO transfers.payment_file (
    run_number, chunk, message_id, payment_information_id, file_name, path, first_household, last_household,
    transactions, total_minor, byte_count, sha256)
VALUES (
    @run_number, @chunk, @message_id, @payment_information_id, @file_name, @path, @range.lower_bound,
    @range.upper_bound, @transactions, @total_minor, @byte_count, @sha256);

-- name: ListPaymentFiles :many
-- The files of a run.
-- row: TransfersV1.BankFile
SELECT file_name AS name, path, transactions, total_minor, encode(sha256, 'hex') AS sha256
FROM transfers.payment_file WHERE run_number = @run_number ORDER BY chunk;
