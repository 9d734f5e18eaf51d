-- What other services and reports read.
CREATE VIEW coordination.budget_line_v1 AS
SELECT l.line, l.fiscal_year, l.fund, l.ministry, l.programme, l.territory_code, l.currency,
    b.appropriated, b.available,
    b.reserved + b.committed + b.accrued + b.ordered + b.paid AS reserved,
    b.committed + b.accrued + b.ordered + b.paid AS committed,
    b.accrued + b.ordered + b.paid AS accrued,
    b.ordered + b.paid AS ordered,
    b.paid, l.scheme, c.skips_reserved, c.skips_ordered,
    (ARRAY['open', 'closing', 'sealed'])[y.state] AS year_state,
    greatest(
        y.sealed_through + 1, lower(coordination.ledger_year_days(l.fiscal_year)), (
            SELECT min(t.business_date) FROM coordination.budget_transfer t
            WHERE t.line_id = l.line_id AND t.from_stage = 0)) AS first_open_day,
    (ARRAY['absolute', 'advisory', 'none'])[b.control + 1] AS control
FROM coordination.budget_line l
JOIN coordination.budget_scheme c USING (scheme)
JOIN coordination.fiscal_year y USING (fiscal_year)
JOIN coordination.budget_balance b USING (line_id);
COMMENT ON VIEW coordination.budget_line_v1 IS
    'Budget lines; each stage is the amount that reached it, so paid <= ordered <= ... <= appropriated. Callers post no'
    ' RESERVE where skips_reserved, and no ORDER where skips_ordered. A posting can be dated from first_open_day on.';

CREATE VIEW coordination.budget_document_v1 AS
SELECT l.line, h.document,
    h.reserved + h.committed + h.accrued + h.ordered + h.paid AS reserved,
    h.committed + h.accrued + h.ordered + h.paid AS committed,
    h.accrued + h.ordered + h.paid AS accrued,
    h.ordered + h.paid AS ordered,
    h.paid, l.currency, l.fiscal_year, (ARRAY['transfers', 'projects', 'coordination', 'people'])[d.owner] AS owner,
    h.reserved + h.committed + h.accrued + h.ordered AS bound
FROM coordination.budget_hold h
JOIN coordination.budget_line l USING (line_id)
JOIN coordination.budget_document d USING (document);
COMMENT ON VIEW coordination.budget_document_v1 IS
    'What each document holds of a line, by stage reached, and whose it is; bound is what is neither paid nor free.';

CREATE VIEW coordination.budget_appropriation_v1 AS
SELECT l.line, t.document, l.currency, l.fiscal_year,
    sum(CASE WHEN t.from_stage = 0 THEN t.amount ELSE -t.amount END) AS appropriated, count(*) AS transfers
FROM coordination.budget_transfer t
JOIN coordination.budget_line l USING (line_id)
WHERE t.from_stage = 0 OR t.to_stage = 0
GROUP BY l.line, t.document, l.currency, l.fiscal_year;
COMMENT ON VIEW coordination.budget_appropriation_v1 IS
    'What each law, decree or other document gave to each line, less what it took.';

GRANT SELECT ON coordination.budget_appropriation_v1 TO puente_coordination, puente_reader, puente_operator;
GRANT SELECT ON coordination.budget_line_v1, coordination.budget_document_v1
    TO puente_service, puente_reader, puente_operator;
