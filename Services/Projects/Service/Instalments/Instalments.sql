-- Where an instalment is, and how it moves.
-- import: ProjectsDomain

-- name: ProductiveProgrammes :many
-- The productive programmes in force.
SELECT programme FROM coordination.programme_v1 WHERE kind = 'productive_project' AND in_force ORDER BY 1;

-- name: FindDefinition :one
-- A productive programme's definition in force.
SELECT definition FROM coordination.programme_v1
WHERE programme = @programme AND kind = 'productive_project' AND in_force;

-- name: OpenInstalment :exec
-- Begins an instalment, unless it has begun.
-- type: key InstalmentKey
INSERT INTO projects.instalment (programme, fiscal_year, instalment, state, attempt, requested_by, currency)
VALUES (@key.programme, @key.fiscal_year, @key.instalment, 'empty', 0, @requested_by, @currency)
ON CONFLICT DO NOTHING;

-- name: LockInstalment :one
-- Where an instalment is, locked.
-- type: key InstalmentKey
-- type: state InstalmentState
SELECT state, attempt FROM projects.instalment
WHERE programme = @key.programme AND fiscal_year = @key.fiscal_year AND instalment = @key.instalment FOR UPDATE;

-- name: LockInstalmentOfDocument :one
-- The instalment that a document is about, locked.
-- type: key InstalmentKey
-- type: state InstalmentState
SELECT programme AS "key.programme", fiscal_year AS "key.fiscal_year", instalment AS "key.instalment", state, attempt
FROM projects.instalment WHERE document = @document FOR UPDATE;

-- name: FindInstalment :one
-- Where an instalment is: what was ordered, once it was, and otherwise whom the last attempt covers.
-- type: key InstalmentKey
-- type: state InstalmentState
SELECT instalment.state, instalment.currency, count(part.project_code) AS projects,
    coalesce(sum(part.households), 0)::bigint AS households,
    coalesce(sum(part.committed_minor), 0)::bigint AS committed_minor,
    coalesce(sum(part.ordered_minor), 0)::bigint AS ordered_minor,
    (SELECT count(*) FROM projects.purchase_order AS bought
        JOIN projects.instalment_project AS had USING (project_code, instalment)
        WHERE (had.programme, had.fiscal_year, had.instalment) = (@key.programme, @key.fiscal_year, @key.instalment)
            AND had.posted_at IS NOT NULL) AS purchase_orders,
    (SELECT count(DISTINCT start.household_id) FROM projects.start_decision AS start
        WHERE start.programme = @key.programme AND start.fiscal_year = @key.fiscal_year
            AND start.instalment = @key.instalment AND start.attempt = instalment.attempt AND start.outcome = 3
    ) AS households_not_started
FROM projects.instalment AS instalment
LEFT JOIN projects.instalment_project AS part
    ON (part.programme, part.fiscal_year, part.instalment) = (@key.programme, @key.fiscal_year, @key.instalment)
    AND CASE instalment.state
        WHEN 'ordered' THEN part.posted_at IS NOT NULL ELSE part.attempt = instalment.attempt END
WHERE instalment.programme = @key.programme AND instalment.fiscal_year = @key.fiscal_year
    AND instalment.instalment = @key.instalment
GROUP BY instalment.programme, instalment.fiscal_year, instalment.instalment;

-- name: MoveInstalment :exec
-- Moves an instalment, whoever asked for it.
-- type: key InstalmentKey
-- type: state InstalmentState
-- parameters: key, state, attempt
UPDATE projects.instalment SET state = @state, attempt = @attempt
WHERE programme = @key.programme AND fiscal_year = @key.fiscal_year AND instalment = @key.instalment;

-- name: MoveRequestedInstalment :exec
-- Moves an instalment for who asks for it now.
-- type: key InstalmentKey
-- type: state InstalmentState
-- parameters: key, state, attempt, currency, requested_by
UPDATE projects.instalment
SET state = @state, attempt = @attempt, currency = @currency, requested_by = @requested_by, requested_at = now()
WHERE programme = @key.programme AND fiscal_year = @key.fiscal_year AND instalment = @key.instalment;
