-- Runs that a restored database has forgotten.
-- import: Contracts, Crypto, TransfersDomain

-- name: HasRecoveredRun :one
-- Whether files of a cycle were taken up.
SELECT EXISTS (
    SELECT FROM transfers.payment_run WHERE cycle_id = @cycle_id AND kind = 'recovered' AND state IN ('sent',
        'closed'));

-- name: FindRecoveredFile :one
-- The file of a chunk as it was taken up.
SELECT file_name AS name, sha256 AS digest FROM transfers.recovered_file WHERE run_number = @run_number
    AND chunk = @chunk;

-- name: CutRecoveredChunks :one
-- The chunks of the writing stage of a recovered run: its files, as the chunks of its verification have them.
WITH cut AS (
    INSERT INTO transfers.payment_run_chunk (
        run_number, stage, chunk, first_household, last_household, households, payable_households, total_minor)
    SELECT run_number, 'write', chunk, first_household, last_household, households, payable_households, total_minor
    FROM transfers.payment_run_chunk WHERE run_number = @run_number AND stage = 'verify'
    RETURNING 1
)
SELECT count(*)::integer FROM cut;
