-- Budget lines.
-- import: Contracts, CoordinationDomain

-- name: LineBalances :many
-- The stage accounts of some lines, in the order of their codes.
-- row: CoordinationV1.LineBalance
SELECT l.line, b.appropriated AS appropriated_minor, b.available AS available_minor, b.reserved AS reserved_minor,
    b.committed AS committed_minor, b.accrued AS accrued_minor, b.ordered AS ordered_minor, b.paid AS paid_minor,
    l.currency
FROM coordination.budget_line l JOIN coordination.budget_balance b USING (line_id)
WHERE l.line = ANY (@lines) ORDER BY l.line;

-- name: OpenLines :many
-- Opens budget lines; answers with what became of each.
-- type: lines [CoordinationV1.BudgetLine]
SELECT line, outcome
FROM coordination.ledger_open_lines(
    @actor, @call_id?, @lines.line, @lines.fiscal_year, @lines.fund, @lines.ministry, @lines.programme,
    @lines.territory, @lines.currency, @lines.control.number, @lines.scheme);
