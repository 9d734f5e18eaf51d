-- Decisions, who must execute them, and what time brings.
-- import: Contracts

-- name: StoreDecision :one
-- Keeps a decision that somebody must execute.
INSERT INTO coordination.decision (
    subject, body, grounds, decided_by, owner, due_on, escalates_to, escalates_after_days)
VALUES (@subject, @body, @grounds, @decided_by, @owner, @due_on, @escalates_to, @escalates_after_days)
RETURNING decision_id;

-- name: StoreExecutedDecision :exec
-- Keeps a decision that this call executes.
INSERT INTO coordination.decision (
    subject, body, grounds, decided_by, owner, due_on, escalates_to, executed_at, executed_by, executed_call)
VALUES (
    @subject, @body, @grounds, @decided_by, @executed_by, coordination.civil_day(), ARRAY[@executed_by],
    clock_timestamp(), @executed_by, @call);

-- name: StoreExecution :exec
-- Marks a decision as executed by its owner, or by whom it escalated to.
-- parameters: decision, executed_by, call
UPDATE coordination.decision SET executed_at = clock_timestamp(), executed_by = @executed_by, executed_call = @call
WHERE decision_id = @decision AND executed_at IS NULL
    AND (@executed_by = owner OR escalated_at IS NOT NULL AND @executed_by = ANY (escalates_to));

-- name: FindDecision :one
-- Whose a decision is, and whether it is executed.
SELECT owner, executed_at IS NOT NULL AS is_executed FROM coordination.decision WHERE decision_id = @decision;

-- name: IsOperator :one
-- Whether somebody is an operator.
SELECT EXISTS (
    SELECT FROM pg_auth_members m
    JOIN pg_roles crew ON crew.oid = m.roleid JOIN pg_roles person ON person.oid = m.member
    WHERE crew.rolname = 'puente_operator' AND person.rolname = @name::text);

-- name: OverdueDecisions :many
-- Decisions whose day has passed and that are not executed, locked.
SELECT decision_id AS id, owner, escalates_to, coordination.civil_day() - due_on AS days_overdue,
    escalates_after_days AS grace_days
FROM coordination.decision WHERE executed_at IS NULL AND due_on < coordination.civil_day()
ORDER BY decision_id FOR UPDATE;

-- name: StoreNotices :exec
-- Writes notices; who was told already is not told again.
-- type: notices [Notice]
INSERT INTO coordination.notice (decision_id, person, kind)
SELECT decision_id, person, kind
FROM unnest(@notices.decision::bigint[], @notices.person::text[], @notices.kind::text[]) AS n(decision_id, person, kind)
ON CONFLICT ON CONSTRAINT notice_once_key DO NOTHING;

-- name: StoreEscalations :exec
-- Hands decisions to whom they escalate, once.
UPDATE coordination.decision SET escalated_at = clock_timestamp()
WHERE decision_id = ANY (@decisions) AND escalated_at IS NULL;

-- name: LapsedAgreements :many
-- Agreements in force whose last day has passed, locked, with who had signed them.
SELECT a.agreement, a.version, a.version_in_force AS "in_force!", array(
    SELECT s.signed_by FROM coordination.agreement_signature s
    WHERE s.agreement = a.agreement AND s.version = a.version_in_force AND s.act = 'terms'
        AND s.withdrawn_at IS NULL
    ORDER BY 1) AS signers
FROM coordination.agreement a
JOIN coordination.agreement_version v ON v.agreement = a.agreement AND v.version = a.version_in_force
WHERE a.state IN (2, 3) AND (v.terms ->> 'lastDay')::date < coordination.civil_day()
ORDER BY a.agreement FOR UPDATE OF a;
