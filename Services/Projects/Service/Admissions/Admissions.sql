-- Which households of an import get a place under the agreements in force.
-- import: Intake, ProjectsDomain, Vocabulary

-- name: FindPlaceRules :many
-- The agreements in force for a programme.
-- row: PlaceRule
-- type: places AgreementPlaces
-- type: filled AgreementPlaces.Count
SELECT rule.agreement, rule.reserved_places AS "places.reserved_places",
    rule.reserved_share_hundredths AS "places.share_hundredths", rule.places AS "places.places",
    rule.sequencing = 'SEQUENCING_RULE_PROJECT_DURING_TRANSFER' AS "places.needs_transfer",
    coalesce(filled.target_population, 0) AS "filled.target", coalesce(filled.others, 0) AS "filled.others"
FROM coordination.agreement_in_force_v1 AS rule
LEFT JOIN projects.agreement_places_v1 AS filled USING (agreement, programme)
WHERE rule.programme = @programme ORDER BY rule.agreement;

-- name: StageAdmissions :exec
-- Lays ready every household that is not in the programme yet, with what each agreement knows of it.
WITH rule AS MATERIALIZED (
    SELECT * FROM coordination.agreement_in_force_v1 WHERE programme = @programme
), asking AS MATERIALIZED (
    SELECT staged.household_id, min(staged.file::bigint << 32 | staged.line) AS place
    FROM projects.staged_participant AS staged
    WHERE NOT EXISTS (
        SELECT FROM projects.participant AS held JOIN projects.project AS project USING (project_code)
        WHERE held.household_id = staged.household_id AND project.programme = @programme)
    GROUP BY staged.household_id
), served AS (
    SELECT rule.agreement, served.household_id, bool_or(served.programme = rule.served_by) AS by_target
    FROM rule
    JOIN coordination.agreement_in_force_v1 AS transfer
        ON transfer.agreement = rule.agreement AND transfer.kind = 'conditional_transfer'
    JOIN transfers.served_household_v1 AS served ON served.programme = transfer.programme
    JOIN asking ON asking.household_id = served.household_id
    GROUP BY rule.agreement, served.household_id
)
INSERT INTO projects.staged_admission (
    household_id, place, agreement, agreement_version, is_target, receives_transfer, override_id)
SELECT asking.household_id, asking.place, rule.agreement, rule.version,
    (rule.served_by = '' OR coalesce(served.by_target, false))
        AND (cardinality(rule.poverty_classes) = 0 OR household.poverty_class = ANY (rule.poverty_classes))
        AND (cardinality(rule.departments) = 0 OR household.department_code = ANY (rule.departments)),
    served.household_id IS NOT NULL, signed.override_id
FROM asking
JOIN coordination.household_v1 AS household USING (household_id)
CROSS JOIN rule
LEFT JOIN served ON served.agreement = rule.agreement AND served.household_id = asking.household_id
LEFT JOIN coordination.agreement_override_v1 AS signed
    ON signed.agreement = rule.agreement AND signed.household_id = asking.household_id;

-- name: ForgetRefusedElsewhere :exec
-- Makes every household that is still asking undecided again, and forgets what other agreements thought of those
-- refused.
WITH refused AS (
    SELECT DISTINCT household_id FROM projects.staged_admission WHERE outcome > 3
), forgotten AS (
    DELETE FROM projects.staged_admission AS staged USING refused
    WHERE staged.household_id = refused.household_id AND coalesce(staged.outcome, 0) <= 3
)
UPDATE projects.staged_admission AS staged SET outcome = NULL
WHERE outcome <= 3 AND NOT EXISTS (SELECT FROM refused WHERE refused.household_id = staged.household_id);

-- name: CountClaims :many
-- How many households ask with each kind of claim.
SELECT (is_target::integer + 2 * receives_transfer::integer + 4 * (override_id IS NOT NULL)::integer)::bigint AS key,
    count(*) AS households
FROM projects.staged_admission WHERE agreement = @agreement AND outcome IS NULL GROUP BY 1;

-- name: StoreOutcomes :exec
-- Gives each household its outcome: places go by the order of the files' lines.
-- type: outcomes [ClaimOutcome]
-- parameters: agreement, outcomes, reserved, filled
WITH ranked AS (
    SELECT staged.household_id, claim.wanted, claim.most, claim.otherwise,
        row_number() OVER (PARTITION BY claim.wanted ORDER BY staged.place) AS position
    FROM projects.staged_admission AS staged
    JOIN unnest(
            @outcomes.claim.key::bigint[], @outcomes.wanted.raw_value::smallint[], @outcomes.limit::bigint[],
            @outcomes.otherwise.raw_value::smallint[]
        ) AS claim(key, wanted, most, otherwise)
        ON claim.key = staged.is_target::integer + 2 * staged.receives_transfer::integer
            + 4 * (staged.override_id IS NOT NULL)::integer
    WHERE staged.agreement = @agreement AND staged.outcome IS NULL
)
UPDATE projects.staged_admission AS staged
SET outcome = CASE WHEN ranked.position <= ranked.most THEN ranked.wanted ELSE ranked.otherwise END,
    reserved = @reserved, filled = @filled
FROM ranked WHERE staged.agreement = @agreement AND staged.household_id = ranked.household_id;

-- name: RefuseRows :one
-- Moves the rows of refused households out of staging, with a sentence for each reason; returns how many households
-- these are.
-- type: scope ImportScope
-- type: reserved_places_open Sentence
-- type: no_transfer Sentence
-- type: no_place_left Sentence
-- parameters: scope, agreement, reserved_places_open, no_transfer, no_place_left
WITH refused AS (
    DELETE FROM projects.staged_participant AS staged USING projects.staged_admission AS decided
    WHERE decided.agreement = @agreement AND decided.outcome > 3 AND decided.household_id = staged.household_id
    RETURNING staged.file, staged.line, staged.household_id, decided.outcome, decided.agreement,
        decided.agreement_version, decided.reserved, decided.filled
), rejected AS (
    INSERT INTO intake.reject (import_id, upload_id, line, field, reason, pattern, fillings)
    SELECT @scope.import_id, (@scope.upload_ids::uuid[])[file], line, 'household_id',
        (ARRAY['reserved_places_open', 'no_transfer', 'no_place_left'])[outcome - 3],
        CASE outcome
            WHEN 4 THEN @reserved_places_open.pattern WHEN 5 THEN @no_transfer.pattern ELSE @no_place_left.pattern
        END,
        CASE outcome WHEN 4 THEN ARRAY[agreement, agreement_version::text, reserved::text, filled::text]
            ELSE ARRAY[agreement, agreement_version::text] END
    FROM refused
)
SELECT count(DISTINCT household_id) FROM refused;
