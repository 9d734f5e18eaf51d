-- Evidence of a cycle.
-- import: Contracts, Intake

-- name: HasCycle :one
-- Whether a programme has a cycle of this code.
SELECT EXISTS (SELECT FROM transfers.cycle WHERE code = @code AND state <> 'void');
