-- The budget lines of a run.
-- import: Contracts

-- name: FindCountry :one
-- The country's definition; no row where no country is loaded.
SELECT definition FROM coordination.country_v1;

-- name: SumLines :exec
-- Sums what the run pays by department.
INSERT INTO transfers.payment_run_line (run_number, department_code, households, amount_minor)
SELECT @run_number, roll.department_code, count(*), sum(decided.entitled_minor)::bigint
FROM transfers.household_outcome AS decided
JOIN transfers.roll_household AS roll USING (household_id, run_number)
WHERE decided.run_number = @run_number AND decided.outcome = 1
GROUP BY roll.department_code
ON CONFLICT DO NOTHING;

-- name: FindLines :exec
-- Looks for the line of each department: one that fits is taken; of several, or of those in another currency only, all
-- are named and none is taken.
-- type: dimensions LineDimensions
-- parameters: run_number, dimensions
WITH fitting AS MATERIALIZED (
    SELECT asked.department_code,
        coalesce(array_agg(budget.line ORDER BY budget.line) FILTER (WHERE budget.currency = @dimensions.currency),
            '{}') AS lines,
        coalesce(array_agg(budget.line ORDER BY budget.line) FILTER (WHERE budget.currency <> @dimensions.currency),
            '{}') AS foreign_lines
    FROM transfers.payment_run_line AS asked
    LEFT JOIN coordination.budget_line_v1 AS budget
        ON budget.territory_code = asked.department_code AND budget.programme = @dimensions.programme
            AND budget.fiscal_year = @dimensions.fiscal_year
        AND (budget.fund = @dimensions.fund OR @dimensions.fund = '')
            AND (budget.ministry = @dimensions.ministry OR @dimensions.ministry = '')
    WHERE asked.run_number = @run_number GROUP BY asked.department_code
)
UPDATE transfers.payment_run_line AS asked SET
    line = CASE WHEN cardinality(fitting.lines) = 1 THEN fitting.lines[1] END,
    obstacle = CASE
        WHEN cardinality(fitting.lines) = 1 THEN ''
        WHEN cardinality(fitting.lines) > 1 THEN 'several_lines'
        WHEN cardinality(fitting.foreign_lines) > 0 THEN 'other_currency'
        ELSE 'no_line'
    END,
    candidates = CASE
        WHEN cardinality(fitting.lines) = 1 THEN '{}'
        WHEN cardinality(fitting.lines) > 1 THEN fitting.lines
        ELSE fitting.foreign_lines
    END
FROM fitting WHERE asked.run_number = @run_number AND fitting.department_code = asked.department_code;

-- name: ListRunLines :many
-- The lines of a run that are known.
-- type: run PaymentRun
-- row: RunLine
SELECT asked.line AS "line!", asked.amount_minor, budget.skips_reserved, budget.skips_ordered,
    budget.available AS available_minor, budget.control = 'none' AS is_unlimited,
    coalesce(held.reserved, 0) AS reserved_minor, coalesce(held.committed, 0) AS committed_minor,
    coalesce(held.accrued, 0) AS accrued_minor, coalesce(held.ordered, 0) AS ordered_minor,
    coalesce(held.paid, 0) AS paid_minor
FROM (
    SELECT line, sum(amount_minor)::bigint AS amount_minor FROM transfers.payment_run_line
    WHERE run_number = @run.run_number AND line IS NOT NULL GROUP BY line
) AS asked
JOIN coordination.budget_line_v1 AS budget ON budget.line = asked.line
LEFT JOIN coordination.budget_document_v1 AS held ON held.line = asked.line AND held.document = @run.document
ORDER BY asked.line;

-- name: ListLineObstacles :many
-- The departments of a run that have no line.
-- row: LineObstacle
SELECT department_code AS department, obstacle, candidates, amount_minor FROM transfers.payment_run_line
WHERE run_number = @run_number AND obstacle <> '' ORDER BY department_code;

-- name: RecordShortfalls :exec
-- Records what each line lacks; lines that are not named lack nothing.
-- type: shortfalls [(line: String, minor: Int64)]
-- parameters: run_number, shortfalls
UPDATE transfers.payment_run_line AS asked
SET shortfall_minor = coalesce(
    (SELECT max(lack.minor) FROM unnest(@shortfalls.line::text[], @shortfalls.minor::bigint[]) AS lack (line, minor)
        WHERE lack.line = asked.line), 0)
WHERE run_number = @run_number;
