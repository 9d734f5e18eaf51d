-- Motions that a condition has lapsed or holds again.

-- name: OpenMotion :one
-- The motion that a condition has lapsed or holds again: the one that waits for signatures, or a new one.
-- parameters: agreement, version, kind, condition, body, opened_by
WITH waiting AS (
    SELECT motion_id FROM coordination.agreement_motion
    WHERE agreement = @agreement AND version = @version AND kind = @kind AND body = @body AND carried_at IS NULL
), opened AS (
    INSERT INTO coordination.agreement_motion (agreement, version, kind, condition, body, opened_by)
    SELECT @agreement, @version, @kind, @condition, @body, @opened_by WHERE NOT EXISTS (SELECT FROM waiting)
    RETURNING motion_id
)
SELECT motion_id FROM waiting UNION ALL SELECT motion_id FROM opened;

-- name: StoreMotionSignature :exec
-- Keeps a signature under a motion; signing twice is signing once.
INSERT INTO coordination.agreement_motion_signature (motion_id, signed_by, party, reason)
VALUES (@motion, @signed_by, @party, @reason)
ON CONFLICT (motion_id, signed_by) WHERE withdrawn_at IS NULL DO NOTHING;

-- name: WithdrawMotionSignature :exec
-- Takes a person's signature under a motion that is not carried back.
UPDATE coordination.agreement_motion_signature s SET withdrawn_at = clock_timestamp()
FROM coordination.agreement_motion m
WHERE m.agreement = @agreement AND m.version = @version AND m.kind = @kind AND m.condition = @condition
    AND m.carried_at IS NULL
    AND s.motion_id = m.motion_id AND s.signed_by = @signed_by AND s.withdrawn_at IS NULL;

-- name: MotionSigners :many
-- Who has signed a motion.
SELECT signed_by FROM coordination.agreement_motion_signature
WHERE motion_id = @motion AND withdrawn_at IS NULL ORDER BY signed_by;

-- name: CarryMotion :exec
-- Marks a motion as carried.
UPDATE coordination.agreement_motion SET carried_at = clock_timestamp() WHERE motion_id = @motion;
