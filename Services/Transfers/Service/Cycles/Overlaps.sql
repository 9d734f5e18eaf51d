-- Cycles over the same days, and who may be paid by both.
-- import: Contracts, Vocabulary

-- name: FindSignedException :one
-- The signed exception for exactly this cycle, these days and these others, if no cycle was opened by it yet.
-- type: days CycleDays
SELECT exception_number FROM transfers.overlap_exception AS asked
WHERE programme = @programme AND code = @code AND first_day = @days.first_day.days_since_epoch2000
    AND last_day = @days.last_day.days_since_epoch2000 AND others = @others AND is_signed
    AND NOT EXISTS (SELECT FROM transfers.cycle WHERE overlap_exception = asked.exception_number)
ORDER BY exception_number DESC LIMIT 1;

-- name: AskForException :one
-- Asks for an exception; the same request that waits for a signature already is found, not made again.
-- type: days CycleDays
WITH waiting AS (
    SELECT exception_number FROM transfers.overlap_exception
    WHERE programme = @programme AND code = @code AND first_day = @days.first_day.days_since_epoch2000
        AND last_day = @days.last_day.days_since_epoch2000 AND others = @others AND reason = @reason
        AND requested_by = @requested_by AND NOT is_signed
    ORDER BY exception_number DESC LIMIT 1
), asked AS (
    INSERT INTO transfers.overlap_exception (
        programme, code, first_day, last_day, others, reason, requested_by)
    SELECT @programme, @code, @days.first_day.days_since_epoch2000, @days.last_day.days_since_epoch2000, @others,
        @reason, @requested_by WHERE NOT EXISTS (SELECT FROM waiting)
    RETURNING exception_number
)
SELECT exception_number FROM waiting UNION ALL SELECT exception_number FROM asked;

-- name: SignException :exec
-- Signs an exception.
-- parameters: exception_number, signed_by
UPDATE transfers.overlap_exception SET signed_by = @signed_by, signed_at = now()
    WHERE exception_number = @exception_number;
