-- The ledger's control, limits, schemes and years.
-- import: Contracts

-- name: ChangeControl :many
-- Changes the control level of lines; answers with those that changed.
-- type: request CoordinationV1.SetControlRequest
SELECT coordination.ledger_set_control(@actor, @call_id, @request.lines, @request.control.number,
    @request.reason) AS "line?";

-- name: ChangeLimit :one
-- Sets a ceiling; answers with what is used of it. A dimension that is empty may be anything.
-- type: request CoordinationV1.SetLimitRequest
SELECT coordination.ledger_set_limit(
    @actor, @call_id, @request.code, @request.fiscal_year, @request.currency, nullif(@request.fund, ''),
    nullif(@request.ministry, ''), nullif(@request.programme, ''), nullif(@request.territory, ''),
    @request.ceiling_minor);

-- name: StoreScheme :one
-- Loads a scheme; answers whether it changed anything.
-- type: scheme CoordinationV1.BudgetScheme
-- type: year_end CoordinationV1.YearEndRules
SELECT coordination.ledger_load_scheme(
    @actor, @call_id, @scheme.scheme,
    ARRAY[
        @scheme.appropriated, @scheme.available, @scheme.reserved, @scheme.committed, @scheme.accrued,
        @scheme.ordered, @scheme.paid],
    @scheme.skips_reserved, @scheme.skips_ordered, @scheme.source,
    ARRAY[
        @year_end.reserved.number, @year_end.committed.number, @year_end.accrued.number,
        @year_end.ordered.number]::smallint[],
    @year_end.source);

-- name: YearEnd :many
-- What closing a year does to each hold.
-- type: hold CoordinationV1.YearEndHold
-- type: hold.treatment CoordinationV1.YearEndTreatment
-- column: target_skips_reserved Whether the line that receives it does without reservations.
SELECT line AS "hold.line", document AS "hold.document", stage AS "hold.stage", amount AS "hold.amount_minor",
    coalesce(target_line, '') AS "hold.target_line", treatment::integer AS "hold.treatment",
    currency AS "hold.currency", candidates AS "hold.candidates",
    target_line IS NOT NULL AND target_skips_reserved AS target_skips_reserved
FROM coordination.ledger_year_end(@year);

-- name: ChangeYear :one
-- Moves a year on, or seals its days; answers with `changed`, `unchanged` or what is in the way.
SELECT coordination.ledger_set_year(@actor, @call_id, @year, @state?, @sealed_through?);

-- name: YearState :one
-- Where a year is: `open`, `closing` or `sealed`.
SELECT (ARRAY['open', 'closing', 'sealed'])[state] FROM coordination.fiscal_year WHERE fiscal_year = @year;

-- name: LapsedHolds :many
-- Reservations that have lapsed by a date.
SELECT l.line, h.document, h.reserved AS amount, l.currency
FROM coordination.budget_hold h
JOIN coordination.budget_line l USING (line_id)
JOIN coordination.fiscal_year y USING (fiscal_year)
WHERE h.expires_on < coalesce(@date?, coordination.civil_day()) AND h.reserved > 0 AND y.state < 3
ORDER BY l.line, h.document;
