-- Proposals that wait for a second person.
-- import: Contracts

-- name: RecordDecision :one
-- Records a decision; no row when somebody decided before.
SELECT number FROM transfers.decide_proposal(@call_id, @number, @confirm, @reason) AS number WHERE number IS NOT NULL;
