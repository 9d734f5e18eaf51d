-- What agreements bind of the budget.
-- import: Contracts

-- name: BoundMoney :many
-- What an agreement binds now: earmarked by line, and what is left of it.
-- column: is_sealed Whether the line's year is sealed: nothing can be bound or released there any more.
SELECT l.line, e.amount AS earmarked, coalesce(h.reserved, 0) AS "left", y.state = 3 AS is_sealed, l.currency
FROM coordination.agreement_earmark e
JOIN coordination.budget_line l USING (line_id)
JOIN coordination.fiscal_year y USING (fiscal_year)
LEFT JOIN coordination.budget_hold h ON h.line_id = e.line_id AND h.document = 'agreement/' || e.agreement
WHERE e.agreement = @agreement ORDER BY l.line;

-- name: ReplaceEarmarks :exec
-- Replaces what an agreement binds, except on the lines of sealed years.
-- type: earmarks [CoordinationV1.Earmark]
-- parameters: agreement, earmarks
WITH given AS (
    SELECT l.line_id, g.prefix, g.amount, g.institution
    FROM unnest(
            @earmarks.line::text[], @earmarks.document_prefix::text[], @earmarks.amount_minor::bigint[],
            @earmarks.institution::text[]
        ) AS g(line, prefix, amount, institution)
    JOIN coordination.budget_line l USING (line)
), gone AS (
    DELETE FROM coordination.agreement_earmark e
    WHERE e.agreement = @agreement AND e.line_id NOT IN (SELECT line_id FROM given) AND NOT EXISTS (
        SELECT FROM coordination.budget_line l JOIN coordination.fiscal_year y USING (fiscal_year)
        WHERE l.line_id = e.line_id AND y.state = 3)
)
INSERT INTO coordination.agreement_earmark (agreement, line_id, document_prefix, amount, institution)
SELECT @agreement, line_id, prefix, amount, institution FROM given
ON CONFLICT ON CONSTRAINT agreement_earmark_pkey DO UPDATE
SET document_prefix = excluded.document_prefix, amount = excluded.amount, institution = excluded.institution;

-- name: OverlappingEarmarks :one
-- Money that another agreement in force binds for documents of these earmarks.
-- type: earmarks [CoordinationV1.Earmark]
-- parameters: agreement, earmarks
SELECT e.agreement, l.line
FROM unnest(@earmarks.line::text[], @earmarks.document_prefix::text[]) AS g(line, prefix)
JOIN coordination.budget_line l USING (line)
JOIN coordination.agreement_earmark e USING (line_id)
JOIN coordination.agreement a USING (agreement)
WHERE e.agreement <> @agreement AND a.state IN (2, 3)
    AND (starts_with(e.document_prefix, g.prefix) OR starts_with(g.prefix, e.document_prefix))
ORDER BY l.line LIMIT 1;
