-- What other services, people and reports read.
CREATE VIEW coordination.agreement_v1 AS
SELECT a.agreement, (ARRAY['proposed', 'active', 'suspended', 'ended'])[a.state] AS state, a.version,
    a.version_in_force, v.terms,
    (SELECT count(*) FROM coordination.agreement_override o WHERE o.agreement = a.agreement) AS overrides
FROM coordination.agreement a
JOIN coordination.agreement_version v
    ON v.agreement = a.agreement AND v.version = coalesce(a.version_in_force, a.version);
COMMENT ON VIEW coordination.agreement_v1 IS 'Agreements with the terms in force, or proposed where none are yet.';

CREATE VIEW coordination.agreement_version_v1 AS
SELECT agreement, version, terms, reason, proposed_by, proposed_at FROM coordination.agreement_version;

CREATE VIEW coordination.agreement_signature_v1 AS
SELECT agreement, version, act, signed_by, party, signed_at, withdrawn_at FROM coordination.agreement_signature;

CREATE VIEW coordination.agreement_event_v1 AS
SELECT event_id, agreement, version, action, done_by, done_at, reason, call_id FROM coordination.agreement_event;

CREATE VIEW coordination.agreement_condition_v1 AS
SELECT DISTINCT ON (agreement, body) agreement, version, condition, body, holds, recorded_by, recorded_at, reason
FROM coordination.agreement_condition ORDER BY agreement, body, record_id DESC;
COMMENT ON VIEW coordination.agreement_condition_v1 IS 'What was last recorded about each release condition.';

CREATE VIEW coordination.agreement_motion_v1 AS
SELECT m.motion_id, m.agreement, m.version, m.kind, m.condition, m.body, m.opened_by, m.opened_at, m.carried_at, ARRAY(
        SELECT s.signed_by FROM coordination.agreement_motion_signature s
        WHERE s.motion_id = m.motion_id AND s.withdrawn_at IS NULL ORDER BY s.signed_at) AS signed_by, ARRAY(
        SELECT s.reason FROM coordination.agreement_motion_signature s
        WHERE s.motion_id = m.motion_id AND s.withdrawn_at IS NULL ORDER BY s.signed_at) AS reasons
FROM coordination.agreement_motion m;
COMMENT ON VIEW coordination.agreement_motion_v1 IS
    'That conditions have lapsed or hold again, with the signatures so far; it counts when it is carried.';

CREATE VIEW coordination.agreement_override_v1 AS
SELECT override_id, agreement, version, subject::bigint AS household_id, signed_by, signed_at, reason
FROM coordination.agreement_override;

-- What a document drew is followed through the journal: what it drew, less what was reversed, as far as the document
-- still holds or has spent so much, on the line or on those of later years that it was carried over to.
CREATE VIEW coordination.agreement_earmark_v1 AS
SELECT e.agreement, (ARRAY['proposed', 'active', 'suspended', 'ended'])[a.state] AS state, l.line, l.currency,
    e.institution, e.document_prefix, e.amount AS earmarked, coalesce(h.reserved, 0) AS remaining, d.drawn,
    e.amount - coalesce(h.reserved, 0) - d.drawn AS returned, d.committed, d.accrued, d.ordered, d.paid
FROM coordination.agreement_earmark e
JOIN coordination.agreement a USING (agreement)
JOIN coordination.budget_line l USING (line_id)
LEFT JOIN coordination.budget_hold h ON h.line_id = e.line_id AND h.document = 'agreement/' || e.agreement
CROSS JOIN LATERAL (
    SELECT coalesce(sum(least(w.drawn, s.reserved)), 0)::bigint AS drawn,
        coalesce(sum(least(w.drawn, s.committed)), 0)::bigint AS committed,
        coalesce(sum(least(w.drawn, s.accrued)), 0)::bigint AS accrued,
        coalesce(sum(least(w.drawn, s.ordered)), 0)::bigint AS ordered,
        coalesce(sum(least(w.drawn, s.paid)), 0)::bigint AS paid
    FROM (
        SELECT u.document, sum(CASE t.kind WHEN 3 THEN t.amount ELSE -t.amount END) AS drawn
        FROM coordination.budget_transfer t
        JOIN coordination.budget_transfer u ON u.batch_id = t.batch_id AND u.posting_id = t.posting_id
            AND u.ordinal = t.ordinal + CASE t.kind WHEN 3 THEN 1 ELSE -1 END
        WHERE t.line_id = e.line_id AND t.document = 'agreement/' || e.agreement AND t.document LIKE 'agreement/%'
            AND (t.kind = 3 AND t.from_stage = 2 OR t.kind = 9 AND t.to_stage = 2)
        GROUP BY u.document
    ) AS w
    CROSS JOIN LATERAL (
        WITH RECURSIVE place AS (
            SELECT e.line_id
            UNION
            SELECT u.line_id
            FROM place p
            JOIN coordination.budget_transfer t
                ON t.line_id = p.line_id AND t.document = w.document AND t.kind = 12 AND t.from_stage > 1
            JOIN coordination.budget_transfer u
                ON u.batch_id = t.batch_id AND u.posting_id = t.posting_id AND u.ordinal = t.ordinal + 1
        )
        SELECT coalesce(sum(b.reserved + b.committed + b.accrued + b.ordered + b.paid), 0) AS reserved,
            coalesce(sum(b.committed + b.accrued + b.ordered + b.paid), 0) AS committed,
            coalesce(sum(b.accrued + b.ordered + b.paid), 0) AS accrued,
            coalesce(sum(b.ordered + b.paid), 0) AS ordered, coalesce(sum(b.paid), 0) AS paid
        FROM place JOIN coordination.budget_hold b ON b.line_id = place.line_id AND b.document = w.document
    ) AS s
) AS d;
COMMENT ON VIEW coordination.agreement_earmark_v1 IS
    'Money bound by agreements; RESERVE with source_document agreement/<code> draws on it. A document spends what it'
    ' drew'
    ' before other money. earmarked = drawn + remaining + returned; returned: given back at the agreement''s end,'
    ' lapsed at'
    ' the end of the year, or given up by the documents.';

-- What each agreement in force asks of each of its programmes, today.
CREATE VIEW coordination.agreement_in_force_v1 AS
SELECT a.agreement, a.version_in_force AS version, p.programme, g.kind,
    coalesce((v.terms ->> 'reservedPlaces')::integer, 0) AS reserved_places,
    coalesce((v.terms ->> 'reservedShareHundredths')::integer, 0) AS reserved_share_hundredths,
    coalesce((v.terms ->> 'places')::integer, 0) AS places,
    coalesce(v.terms ->> 'sequencing', '') AS sequencing,
    coalesce(v.terms -> 'target' ->> 'servedBy', '') AS served_by,
    ARRAY(
        SELECT array_position(ARRAY['extreme_poor', 'poor', 'non_poor'], c)::smallint
        FROM jsonb_array_elements_text(v.terms -> 'target' -> 'povertyClasses') AS c) AS poverty_classes,
    ARRAY(SELECT d FROM jsonb_array_elements_text(v.terms -> 'target' -> 'departments') AS d) AS departments
FROM coordination.agreement a
JOIN coordination.agreement_version v ON v.agreement = a.agreement AND v.version = a.version_in_force
CROSS JOIN LATERAL jsonb_array_elements_text(v.terms -> 'programmes') AS p(programme)
JOIN coordination.programme_v1 g ON g.programme = p.programme AND g.in_force
WHERE a.state IN (2, 3)
    AND coordination.civil_day() BETWEEN (v.terms ->> 'firstDay')::date AND (v.terms ->> 'lastDay')::date;

CREATE VIEW coordination.working_group_v1 AS
SELECT g.working_group, g.version, v.formation, v.formed_by, v.formed_at
FROM coordination.working_group g JOIN coordination.working_group_version v USING (working_group, version);

CREATE VIEW coordination.working_group_record_v1 AS
SELECT record_id, working_group, kind, body, recorded_by, recorded_at FROM coordination.working_group_record;

CREATE VIEW coordination.decision_v1 AS
SELECT d.decision_id, d.subject, d.body, d.grounds, d.decided_by, d.decided_at, d.owner, d.due_on, d.executed_at,
    d.executed_by, d.executed_call, d.escalates_to, d.escalated_at,
    CASE WHEN d.executed_at IS NULL THEN greatest(coordination.civil_day() - d.due_on, 0) ELSE 0 END AS days_overdue
FROM coordination.decision d;

-- Everybody sees their own.
CREATE VIEW coordination.notice_v1 AS
SELECT n.notice_id, n.decision_id, n.kind, n.written_at, d.subject, d.body, d.owner, d.due_on, d.days_overdue,
    d.executed_at
FROM coordination.notice n JOIN coordination.decision_v1 d USING (decision_id)
WHERE n.person = session_user;

GRANT SELECT ON coordination.agreement_v1, coordination.agreement_earmark_v1, coordination.agreement_override_v1,
    coordination.agreement_in_force_v1, coordination.decision_v1
    TO puente_service, puente_reader, puente_operator;
GRANT SELECT ON coordination.agreement_version_v1, coordination.agreement_signature_v1,
    coordination.agreement_event_v1, coordination.agreement_condition_v1, coordination.agreement_motion_v1
    TO puente_coordination, puente_reader, puente_operator;
GRANT SELECT ON coordination.working_group_v1, coordination.working_group_record_v1, coordination.notice_v1
    TO puente_coordination, puente_operator;
