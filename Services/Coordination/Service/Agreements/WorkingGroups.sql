-- Working groups and their records.
-- import: Contracts

-- name: LockGroup :one
-- A group, locked, as it is formed now.
SELECT g.version, v.formation
FROM coordination.working_group g JOIN coordination.working_group_version v USING (working_group, version)
WHERE g.working_group = @group FOR UPDATE OF g;

-- name: StoreGroup :exec
-- Stores which version of a group is the present one.
INSERT INTO coordination.working_group (working_group, version) VALUES (@group, @version)
ON CONFLICT ON CONSTRAINT working_group_pkey DO UPDATE SET version = excluded.version;

-- name: StoreGroupVersion :exec
-- Keeps how a group was formed.
INSERT INTO coordination.working_group_version (working_group, version, formation, formed_by)
VALUES (@group, @version, @formation, @formed_by);

-- name: StoreGroupRecord :one
-- Keeps minutes or a proposal.
INSERT INTO coordination.working_group_record (working_group, kind, body, recorded_by)
VALUES (@group, @kind, @body, @recorded_by)
RETURNING record_id;
