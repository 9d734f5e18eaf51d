CREATE VIEW transfers.cycle_v1 AS
SELECT programme, code AS cycle, first_day, last_day, rule_version, state, overlap_exception,
    (SELECT coalesce(sum(upper(part) - lower(part)), 0) FROM unnest(shared_days) AS part)::integer AS shared_days,
    considered_households, affiliated_households, suspended_households, exited_households, opened_by, opened_at
FROM transfers.cycle WHERE state <> 'void';

-- Cycles that were opened by mistake and closed empty.
CREATE VIEW transfers.void_cycle_v1 AS
SELECT programme, code AS cycle, first_day, last_day, opened_by, opened_at, voided_by, voided_at, void_reason
FROM transfers.cycle WHERE state = 'void';

-- Leave to open a cycle over days that others have, asked for and signed; cycle_state is NULL until it is used.
CREATE VIEW transfers.overlap_exception_v1 AS
SELECT asked.exception_number, asked.programme, asked.code AS cycle, asked.first_day, asked.last_day, asked.others,
    asked.reason, asked.requested_by, asked.requested_at, asked.signed_by, asked.signed_at, cycle.state AS cycle_state
FROM transfers.overlap_exception AS asked
LEFT JOIN transfers.cycle AS cycle ON cycle.overlap_exception = asked.exception_number;

-- Households that the ladder of sanctions leaves unpaid in a cycle (suspended) or out of the programme (exit).
CREATE VIEW transfers.sanction_v1 AS
SELECT cycle.programme, cycle.code AS cycle, affiliation.household_id, affiliation.consecutive_not_met,
    (affiliation.refusals = 0 OR affiliation.kept_by IS NOT NULL) AS affiliated,
    CASE affiliation.sanction WHEN 2 THEN 'suspended' ELSE 'exit' END AS sanction
FROM transfers.affiliation AS affiliation
JOIN transfers.cycle AS cycle USING (cycle_id)
WHERE affiliation.sanction > 1 AND cycle.state <> 'void';

-- Whom each programme serves, by the decisions of its latest cycle.
CREATE VIEW transfers.served_household_v1 AS
SELECT latest.programme, latest.code AS cycle, affiliation.household_id
FROM (
    SELECT DISTINCT ON (programme) programme, code, cycle_id
    FROM transfers.cycle WHERE state <> 'void' ORDER BY programme, last_day DESC, cycle_id DESC
) AS latest
JOIN transfers.affiliation AS affiliation USING (cycle_id)
WHERE affiliation.refusals = 0 OR affiliation.kept_by IS NOT NULL;

-- Each household of a cycle's main run, and its last order of the cycle, of whatever run.
CREATE VIEW transfers.cycle_household_v1 AS
SELECT
    cycle.programme, cycle.code AS cycle, roll.household_id, roll.territory_code, roll.department_code,
    true AS affiliated,
    coalesce(decided.outcome IN (1, 4, 5), false) AS verified,
    coalesce(decided.entitled_minor, 0) AS entitled_minor,
    CASE
        WHEN payment.state = 'ordered' AND paying.state IN ('sent', 'closed') THEN 'sent'
        ELSE payment.state
    END AS order_state,
    CASE WHEN payment.state = 'paid' THEN payment.amount_minor ELSE 0 END AS paid_minor,
    roll.suspended
FROM transfers.cycle AS cycle
JOIN (
    (
        SELECT DISTINCT ON (cycle_id) cycle_id, run_number, kind
        FROM transfers.payment_run WHERE kind = 'main' AND state NOT IN ('withdrawing', 'withdrawn')
        ORDER BY cycle_id, sequence DESC
    )
    UNION ALL
    SELECT cycle_id, run_number, kind
    FROM transfers.payment_run WHERE kind = 'recovered' AND state NOT IN ('withdrawing', 'withdrawn')
) AS run USING (cycle_id)
JOIN transfers.roll_household AS roll ON roll.run_number = run.run_number
LEFT JOIN transfers.household_outcome AS decided
    ON decided.household_id = roll.household_id AND decided.run_number = roll.run_number
LEFT JOIN (
    SELECT made.* FROM transfers.payment_order AS made
    WHERE NOT EXISTS (
        SELECT FROM transfers.payment_order AS later
        WHERE later.household_id = made.household_id AND later.cycle_id = made.cycle_id
            AND later.order_number > made.order_number)
) AS payment ON payment.household_id = roll.household_id AND payment.cycle_id = cycle.cycle_id
LEFT JOIN transfers.payment_run AS paying ON paying.run_number = payment.run_number
WHERE cycle.state <> 'void' AND (run.kind = 'main' OR NOT EXISTS (
    -- Whom a main run, or an earlier one that was taken up, has on its roll counts there.
    SELECT FROM transfers.payment_run AS other JOIN transfers.roll_household AS counted USING (run_number)
    WHERE other.cycle_id = run.cycle_id AND counted.household_id = roll.household_id
        AND other.state NOT IN ('withdrawing', 'withdrawn')
        AND (other.kind = 'main' OR other.kind = 'recovered' AND other.run_number < run.run_number)));
