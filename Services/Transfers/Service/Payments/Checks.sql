-- What is checked before a run begins.
-- import: Contracts, TransfersDomain, Vocabulary

-- name: FindPreviousRunOf :one
-- The run that a cycle's run follows.
-- row: PreviousRun
SELECT earlier.run_number, before.code AS cycle
FROM transfers.cycle AS present
JOIN transfers.cycle AS before ON before.programme = present.programme AND before.last_day < present.last_day
JOIN transfers.payment_run AS earlier ON earlier.cycle_id = before.cycle_id
WHERE present.cycle_id = @cycle_id AND earlier.kind = 'main' AND earlier.state IN ('sent', 'closed')
ORDER BY before.last_day DESC, earlier.sequence DESC LIMIT 1;

-- name: ListUnfitDepartments :many
-- Departments of affiliated households that no line can pay, or several; of large rolls, of the same sample. All are
-- looked up when the budget is reserved.
-- type: dimensions LineDimensions
-- parameters: cycle_id, dimensions
SELECT department_code AS department,
    CASE WHEN cardinality(lines) > 1 THEN 'several_lines' WHEN cardinality(foreign_lines) > 0 THEN 'other_currency'
        ELSE 'no_line' END AS obstacle,
    CASE WHEN cardinality(lines) > 1 THEN lines ELSE foreign_lines END AS candidates
FROM (
    SELECT living.department_code,
        coalesce(array_agg(budget.line ORDER BY budget.line) FILTER (WHERE budget.currency = @dimensions.currency),
            '{}') AS lines,
        coalesce(array_agg(budget.line ORDER BY budget.line) FILTER (WHERE budget.currency <> @dimensions.currency),
            '{}') AS foreign_lines
    FROM (
        SELECT DISTINCT household.department_code
        FROM (
            SELECT affiliated.household_id FROM transfers.affiliation AS affiliated
            JOIN transfers.cycle AS present USING (cycle_id)
            WHERE affiliated.cycle_id = @cycle_id AND (affiliated.refusals = 0 OR affiliated.kept_by IS NOT NULL)
                AND hashint8extended(affiliated.household_id, 0)
                    % greatest(present.affiliated_households / 4000, 1) = 0
        ) AS looked
        JOIN coordination.household_v1 AS household USING (household_id)
    ) AS living
    LEFT JOIN coordination.budget_line_v1 AS budget
        ON budget.territory_code = living.department_code AND budget.programme = @dimensions.programme
            AND budget.fiscal_year = @dimensions.fiscal_year
        AND (budget.fund = @dimensions.fund OR @dimensions.fund = '')
            AND (budget.ministry = @dimensions.ministry OR @dimensions.ministry = '')
    GROUP BY living.department_code
) AS found
WHERE cardinality(lines) <> 1 ORDER BY department_code;
