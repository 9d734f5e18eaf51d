-- The signed log of the ledger.
-- import: Contracts, Crypto, LedgerAudit

-- name: KeepCheckpoint :one
-- Stores a signed checkpoint; answers with the one that is kept for its size.
SELECT coordination.ledger_keep_checkpoint(@size, @note, @key_line);

-- name: SequenceBatches :one
-- Gives committed batches their places in the log, unless another session is doing it and this one need not wait.
-- access: package
SELECT coordination.ledger_sequence(@most, 10000000, @waits) AS added, coordination.ledger_log_size() AS size;

-- name: LogSize :one
-- How many leaves the log has.
SELECT coordination.ledger_log_size();
