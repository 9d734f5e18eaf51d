-- Agreements: their state, texts, signatures, conditions and overrides.
-- import: Contracts, CoordinationDomain

-- name: LockAgreement :one
-- An agreement, locked, with its latest terms and those in force.
SELECT a.state, a.version, a.version_in_force AS "in_force?", v.terms AS latest, f.terms AS "binding?"
FROM coordination.agreement a
JOIN coordination.agreement_version v ON v.agreement = a.agreement AND v.version = a.version
LEFT JOIN coordination.agreement_version f ON f.agreement = a.agreement AND f.version = a.version_in_force
WHERE a.agreement = @agreement
FOR UPDATE OF a;

-- name: StoreAgreement :exec
-- Stores an agreement's state.
-- type: state AgreementState
INSERT INTO coordination.agreement (agreement, state, version, version_in_force) VALUES (@agreement, @state,
    @version, @in_force?)
ON CONFLICT ON CONSTRAINT agreement_pkey DO UPDATE
SET state = excluded.state, version = excluded.version, version_in_force = excluded.version_in_force;

-- name: StoreAgreementVersion :exec
-- Keeps a proposed text.
INSERT INTO coordination.agreement_version (agreement, version, terms, reason, proposed_by)
VALUES (@agreement, @version, @terms, @reason, @proposed_by);

-- name: StoreSignature :exec
-- Keeps a signature; signing twice is signing once.
INSERT INTO coordination.agreement_signature (agreement, version, act, signed_by, party)
VALUES (@agreement, @version, @act, @signed_by, @party)
ON CONFLICT (agreement, version, act, signed_by) WHERE withdrawn_at IS NULL DO NOTHING;

-- name: Signers :many
-- Who has signed a version, or its end.
SELECT signed_by FROM coordination.agreement_signature
WHERE agreement = @agreement AND version = @version AND act = @act AND withdrawn_at IS NULL ORDER BY signed_by;

-- name: WithdrawSignature :exec
-- Takes a person's signature under a version, or its end, back.
UPDATE coordination.agreement_signature SET withdrawn_at = clock_timestamp()
WHERE agreement = @agreement AND version = @version AND act = @act AND signed_by = @signed_by
    AND withdrawn_at IS NULL;

-- name: StoreAgreementEvent :exec
-- Keeps who did what.
INSERT INTO coordination.agreement_event (agreement, version, action, done_by, reason, call_id)
VALUES (@agreement, @version, @action, @done_by, @reason, @call_id);

-- name: LapsedConditions :many
-- The release conditions that were last recorded as lapsed, by their text.
SELECT body FROM coordination.agreement_condition_v1 WHERE agreement = @agreement AND NOT holds;

-- name: StoreCondition :exec
-- Keeps what was found about a release condition.
INSERT INTO coordination.agreement_condition (
    agreement, version, condition, body, holds, recorded_by, reason, motion_id)
VALUES (@agreement, @version, @condition, @body, @holds, @recorded_by, @reason, @motion);

-- name: StoreOverride :exec
-- Keeps a signed override; none where the household has one.
-- parameters: agreement, version, signed_by, subject, reason, call_id
INSERT INTO coordination.agreement_override (agreement, version, subject, signed_by, reason, call_id)
VALUES (@agreement, @version, @subject, @signed_by, @reason, @call_id)
ON CONFLICT ON CONSTRAINT agreement_override_once_key DO NOTHING;

-- name: HouseholdExists :one
-- Whether the registry has a household.
SELECT EXISTS (SELECT FROM coordination.household WHERE household_id = @household);

-- name: UnknownProgrammes :many
-- Of these programmes, those that are not loaded.
SELECT code FROM unnest(@programmes::text[]) AS code
WHERE NOT EXISTS (SELECT FROM coordination.programme p WHERE p.programme = code);

-- name: DatabaseDay :one
-- The country's day, in days since 2000-01-01.
SELECT coordination.civil_day() - date '2000-01-01';
