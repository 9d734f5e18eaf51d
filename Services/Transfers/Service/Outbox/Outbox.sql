-- The files of the outbox, compared with the database.
-- import: Contracts, Crypto, Foundation, Glibc, TransfersDomain, Vocabulary

-- name: ListRecalledNames :many
-- Files that were recalled, those that the database never knew included.
SELECT file_name FROM transfers.recalled_file;

-- name: FindLedgerPosition :one
-- How far the ledger's log goes.
SELECT leaves, encode(chain_hash, 'hex') AS chain FROM coordination.ledger_log_v1 ORDER BY leaves DESC LIMIT 1;

-- name: HasLedgerPosition :one
-- Whether the ledger has what it had when its log was so long.
SELECT EXISTS (
    SELECT FROM coordination.ledger_log_v1 WHERE leaves = @leaves AND chain_hash = decode(@chain, 'hex'));

-- name: ListRecoveredNames :many
-- The files that a recovered run takes up.
SELECT file_name FROM transfers.recovered_file WHERE run_number = @run_number ORDER BY chunk;

-- name: NoteOutboxTrouble :exec
-- Keeps which directory could not be written to, beside the attempt that failed: its own transaction keeps nothing.
INSERT INTO transfers.outbox_trouble (directory, reason) VALUES (@directory, @reason)
ON CONFLICT ON CONSTRAINT outbox_trouble_pkey DO UPDATE
SET directory = excluded.directory, reason = excluded.reason, noticed_at = clock_timestamp();

-- name: FindOutboxTrouble :one
-- The directory that could not be written to last.
SELECT directory FROM transfers.outbox_trouble;
