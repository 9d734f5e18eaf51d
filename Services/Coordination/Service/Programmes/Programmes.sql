-- The definitions of programmes.
-- import: Contracts, CoordinationDomain

-- name: LockProgramme :exec
-- Two loads of one programme follow one another, so that each sees the version before it.
SELECT pg_advisory_xact_lock(hashtextextended('coordination.programme/' || @programme::text, 0));

-- name: ProgrammeInForce :one
-- Which version is in force, and whether it says the same.
-- parameters: programme, definition
SELECT version, definition = @definition::jsonb AS is_same FROM coordination.programme WHERE programme = @programme
ORDER BY version DESC LIMIT 1;

-- name: InsertProgramme :exec
-- Keeps the next version.
INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
VALUES (@programme, @version, @kind, @definition, @loaded_by);
