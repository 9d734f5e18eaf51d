-- Which households start with an instalment.
-- import: ProjectsDomain

-- name: DecideStarts :exec
-- Decides, for each household that would get its first inputs with an instalment, whether its project may start under
-- every agreement in force that orders projects after transfers.
-- type: key InstalmentKey
-- type: claims [StartClaim]
-- parameters: key, attempt, claims
WITH rule AS MATERIALIZED (
    SELECT agreement, version FROM coordination.agreement_in_force_v1
    WHERE programme = @key.programme AND sequencing = 'SEQUENCING_RULE_PROJECT_DURING_TRANSFER'
), asking AS MATERIALIZED (
    SELECT participant.household_id
    FROM projects.participant AS participant JOIN projects.project AS project USING (project_code)
    WHERE project.programme = @key.programme AND project.instalments_ordered = @key.instalment - 1
        AND EXISTS (SELECT FROM rule)
    GROUP BY participant.household_id
    HAVING NOT coalesce(bool_or(participant.starts_with <= project.instalments_ordered), false)
), served AS MATERIALIZED (
    SELECT DISTINCT rule.agreement, served.household_id
    FROM rule
    JOIN coordination.agreement_in_force_v1 AS transfer
        ON transfer.agreement = rule.agreement AND transfer.kind = 'conditional_transfer'
    JOIN transfers.served_household_v1 AS served ON served.programme = transfer.programme
    JOIN asking ON asking.household_id = served.household_id
)
INSERT INTO projects.start_decision (
    household_id, programme, agreement, fiscal_year, instalment, attempt, agreement_version, outcome, override_id)
SELECT asking.household_id, @key.programme, rule.agreement, @key.fiscal_year, @key.instalment, @attempt, rule.version,
    decided.outcome, CASE WHEN decided.outcome = 2 THEN signed.override_id END
FROM asking
CROSS JOIN rule
LEFT JOIN served ON served.agreement = rule.agreement AND served.household_id = asking.household_id
LEFT JOIN coordination.agreement_override_v1 AS signed
    ON signed.agreement = rule.agreement AND signed.household_id = asking.household_id
JOIN unnest(@claims.key::bigint[], @claims.outcome.raw_value::smallint[]) AS decided(key, outcome)
    ON decided.key = (served.household_id IS NOT NULL)::integer + 2 * (signed.override_id IS NOT NULL)::integer
ORDER BY asking.household_id;

-- name: MarkStarts :exec
-- Lets households start with an instalment, those excepted that were refused just now. Who was to start with an earlier
-- attempt that was not ordered is decided anew.
-- type: key InstalmentKey
-- parameters: key, attempt
UPDATE projects.participant AS held SET starts_with = CASE WHEN (
        SELECT count(*) FROM projects.start_decision AS refused
        WHERE refused.household_id = held.household_id AND refused.programme = @key.programme
            AND refused.fiscal_year = @key.fiscal_year AND refused.instalment = @key.instalment
            AND refused.attempt = @attempt AND refused.outcome = 3) = 0 THEN @key.instalment END
FROM projects.project AS project
WHERE project.project_code = held.project_code AND project.programme = @key.programme
    AND project.instalments_ordered = @key.instalment - 1
    AND coalesce(held.starts_with, @key.instalment) > project.instalments_ordered;
