-- What an instalment orders and commits, and what keeps it from that.
-- import: ProjectsDomain

-- name: FindLineRule :one
-- How the country says which lines pay a programme.
-- row: LineRule
SELECT coalesce(country.definition #>> '{budgetLine,fund}', '') AS fund,
    CASE WHEN (country.definition #>> '{budgetLine,ownMinistry}')::boolean
        THEN coalesce(programme.definition ->> 'ministry', '') ELSE '' END AS ministry
FROM coordination.country_v1 AS country, coordination.programme_v1 AS programme
WHERE programme.programme = @programme AND programme.in_force;

-- name: FindRolls :many
-- The projects that have not had an instalment, with the budget lines of their departments that fit them by the
-- country's rule.
-- type: key InstalmentKey
-- type: rule LineRule
-- parameters: key, currency, rule
-- column: lines The lines that fit; the project can be paid when there is one.
-- column: foreign_lines Where none fits: those that would, but for their currency.
-- column: available_minor What the line has available; nil: no limit.
-- column: earmark_left_minor What is left of the earmark, where an agreement has one.
WITH earmark AS MATERIALIZED (
    SELECT agreement, line, document_prefix, remaining FROM coordination.agreement_earmark_v1
    WHERE state IN ('active', 'suspended')
), budget AS MATERIALIZED (
    SELECT territory_code,
        coalesce(array_agg(line ORDER BY line) FILTER (WHERE currency = @currency), '{}') AS lines,
        coalesce(array_agg(line ORDER BY line) FILTER (WHERE currency <> @currency), '{}') AS foreign_lines
    FROM coordination.budget_line_v1
    WHERE programme = @key.programme AND fiscal_year = @key.fiscal_year
        AND (fund = @rule.fund OR @rule.fund = '') AND (ministry = @rule.ministry OR @rule.ministry = '')
    GROUP BY territory_code
)
SELECT project.project_code AS project, project.department_code AS department, enrolled.households,
    project.committed_minor, coalesce(budget.lines, '{}') AS lines,
    coalesce(budget.foreign_lines, '{}') AS foreign_lines, coalesce(line.skips_reserved, false) AS skips_reserved,
    coalesce(line.skips_ordered, false) AS skips_ordered,
    CASE WHEN line.control <> 'none' THEN line.available END AS "available_minor?",
    earmark.agreement AS "agreement?", earmark.remaining AS "earmark_left_minor?"
FROM projects.project AS project
JOIN (
    SELECT project_code, count(DISTINCT household_id) AS households
    FROM projects.participant WHERE starts_with IS NOT NULL GROUP BY project_code
) AS enrolled USING (project_code)
LEFT JOIN budget ON budget.territory_code = project.department_code
LEFT JOIN coordination.budget_line_v1 AS line
    ON cardinality(budget.lines) = 1 AND line.line = budget.lines[1]
LEFT JOIN earmark ON earmark.line = line.line AND starts_with(project.project_code, earmark.document_prefix)
WHERE project.programme = @key.programme AND project.instalments_ordered = @key.instalment - 1
ORDER BY project.project_code;

-- name: FindModuleCounts :many
-- How many households of each project that has not had an instalment take each module.
-- type: key InstalmentKey
-- type: count ProjectRoll.ModuleCount
SELECT participant.project_code AS project, participant.module_code AS "count.module",
    count(*) AS "count.households"
FROM projects.participant AS participant
JOIN projects.project AS project USING (project_code)
WHERE project.programme = @key.programme AND project.instalments_ordered = @key.instalment - 1
    AND participant.starts_with IS NOT NULL
GROUP BY 1, 2 ORDER BY 1, 2;

-- name: ForgetObstacles :exec
-- Forgets what kept an instalment from being asked for.
-- type: key InstalmentKey
DELETE FROM projects.instalment_obstacle
WHERE programme = @key.programme AND fiscal_year = @key.fiscal_year AND instalment = @key.instalment;

-- name: StoreObstacle :exec
-- Keeps what keeps an instalment from being asked for.
-- type: key InstalmentKey
-- type: found PlanObstacle
INSERT INTO projects.instalment_obstacle (
    programme, fiscal_year, instalment, territory_code, obstacle, candidates, amount_minor)
VALUES (
    @key.programme, @key.fiscal_year, @key.instalment, @found.territory, @found.obstacle, @found.candidates,
    @found.amount_minor);

-- name: ListObstacles :many
-- What keeps an instalment from being asked for.
-- type: key InstalmentKey
-- row: PlanObstacle
SELECT territory_code AS territory, obstacle, candidates, amount_minor FROM projects.instalment_obstacle
WHERE programme = @key.programme AND fiscal_year = @key.fiscal_year AND instalment = @key.instalment
ORDER BY territory_code;

-- name: StorePlan :exec
-- Keeps what an attempt commits and orders for one project.
-- type: key InstalmentKey
-- type: plan InstalmentPlan
-- parameters: key, attempt, plan, line
INSERT INTO projects.instalment_project (
    programme, fiscal_year, instalment, attempt, project_code, line, households, committed_minor, ordered_minor)
VALUES (
    @key.programme, @key.fiscal_year, @key.instalment, @attempt, @plan.project, @line, @plan.households,
    @plan.commit_minor, @plan.order_minor);

-- name: StoreOrder :exec
-- Keeps a purchase order as an attempt plans it.
-- type: key InstalmentKey
-- type: order PurchaseOrder
INSERT INTO projects.instalment_order (
    programme, fiscal_year, instalment, attempt, project_code, module_code, quantity, unit_minor, amount_minor)
VALUES (
    @key.programme, @key.fiscal_year, @key.instalment, @attempt, @project, @order.module, @order.quantity,
    @order.unit_minor, @order.amount_minor);

-- name: MarkProjectsOrdered :exec
-- Counts what the ledger has posted of an attempt.
-- type: key InstalmentKey
UPDATE projects.project AS project
SET committed_minor = project.committed_minor + part.committed_minor,
    ordered_minor = project.ordered_minor + part.ordered_minor, instalments_ordered = part.instalment
FROM projects.instalment_project AS part
WHERE part.programme = @key.programme AND part.fiscal_year = @key.fiscal_year AND part.instalment = @key.instalment
    AND part.attempt = @attempt AND part.posted_at IS NULL AND project.project_code = part.project_code;

-- name: MakePurchaseOrders :exec
-- Makes the purchase orders that the ledger has posted.
-- type: key InstalmentKey
INSERT INTO projects.purchase_order (
    purchase_order_id, project_code, instalment, module_code, quantity, unit_minor, amount_minor)
SELECT project_code || '/' || instalment || '/' || module_code, project_code, instalment, module_code, quantity,
    unit_minor, amount_minor
FROM projects.instalment_order
WHERE programme = @key.programme AND fiscal_year = @key.fiscal_year AND instalment = @key.instalment
    AND attempt = @attempt;

-- name: MarkPlanPosted :exec
-- Says that the ledger has posted an attempt.
-- type: key InstalmentKey
UPDATE projects.instalment_project SET posted_at = now()
WHERE programme = @key.programme AND fiscal_year = @key.fiscal_year AND instalment = @key.instalment
    AND attempt = @attempt AND posted_at IS NULL;
