-- The days of a fiscal year.
CREATE FUNCTION coordination.ledger_year_days(fiscal_year integer) RETURNS daterange LANGUAGE sql IMMUTABLE AS $$
    SELECT daterange(make_date(fiscal_year, 1, 1), make_date(fiscal_year + 1, 1, 1))
$$;

-- The stages' names.
CREATE FUNCTION coordination.ledger_stage(stage smallint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (ARRAY['available', 'reserved', 'committed', 'accrued', 'ordered', 'paid'])[stage]
$$;

GRANT EXECUTE ON FUNCTION coordination.ledger_year_days
    TO puente_service, puente_reader, puente_operator;

-- What closing a year does to each hold, as the line's scheme says, and the line of the next year that has the same
-- dimensions where it goes there; where several have them it goes to none. What an agreement still binds lapses: the
-- authority to spend it ends with the year.
CREATE FUNCTION coordination.ledger_year_end(p_fiscal_year integer)
RETURNS TABLE (
    line text, document text, stage text, amount bigint, treatment smallint, target_line text,
    target_skips_reserved boolean, currency text, candidates text[]
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = coordination, pg_temp AS $$
    SELECT l.line, h.document, ledger_stage(s.stage), s.amount, z.treatment,
        CASE WHEN cardinality(n.lines) = 1 THEN n.lines[1] END,
        CASE WHEN cardinality(n.lines) = 1 THEN n.skips_reserved END, l.currency,
        CASE WHEN cardinality(n.lines) > 1 THEN n.lines ELSE '{}' END
    FROM budget_line l
    JOIN budget_scheme c USING (scheme)
    JOIN budget_hold h USING (line_id)
    CROSS JOIN LATERAL (
        VALUES (2::smallint, h.reserved, c.reserved_at_year_end), (3::smallint, h.committed, c.committed_at_year_end),
            (4::smallint, h.accrued, c.accrued_at_year_end), (5::smallint, h.ordered, c.ordered_at_year_end)
    ) AS s(stage, amount, treatment)
    CROSS JOIN LATERAL (
        SELECT CASE WHEN h.document LIKE 'agreement/%' THEN 1::smallint ELSE s.treatment END AS treatment) AS z
    LEFT JOIN LATERAL (
        SELECT array_agg(o.line ORDER BY o.line) AS lines, bool_or(d.skips_reserved) AS skips_reserved
        FROM budget_line o JOIN budget_scheme d USING (scheme)
        WHERE z.treatment IN (2, 3)
            AND (o.fiscal_year, o.fund, o.ministry, o.programme, o.territory_code, o.currency)
                = (l.fiscal_year + 1, l.fund, l.ministry, l.programme, l.territory_code, l.currency)
    ) AS n ON true
    WHERE l.fiscal_year = p_fiscal_year AND s.amount > 0
    ORDER BY l.line, h.document, s.stage
$$;

-- The stage accounts of every line as of a business date and as known at an instant; null means the latest. What was
-- known is what the log had numbered by then.
CREATE FUNCTION coordination.ledger_as_of(p_business_date date, p_known_at timestamptz)
RETURNS TABLE (
    line_id integer, appropriated bigint, available bigint, reserved bigint, committed bigint, accrued bigint,
    ordered bigint, paid bigint
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = coordination, pg_temp AS $$
    SELECT t.line_id, coalesce(-sum(m.amount) FILTER (WHERE m.stage = 0), 0)::bigint,
        coalesce(sum(m.amount) FILTER (WHERE m.stage = 1), 0)::bigint,
        coalesce(sum(m.amount) FILTER (WHERE m.stage = 2), 0)::bigint,
        coalesce(sum(m.amount) FILTER (WHERE m.stage = 3), 0)::bigint,
        coalesce(sum(m.amount) FILTER (WHERE m.stage = 4), 0)::bigint,
        coalesce(sum(m.amount) FILTER (WHERE m.stage = 5), 0)::bigint,
        coalesce(sum(m.amount) FILTER (WHERE m.stage = 6), 0)::bigint
    FROM budget_transfer t
    CROSS JOIN LATERAL (VALUES (t.from_stage, -t.amount), (t.to_stage, t.amount)) AS m(stage, amount)
    WHERE (p_business_date IS NULL OR t.business_date <= p_business_date)
        AND (p_known_at IS NULL OR EXISTS (
            SELECT FROM budget_log_span s WHERE s.batch_id = t.batch_id AND s.sequenced_at <= p_known_at))
    GROUP BY t.line_id
$$;

GRANT EXECUTE ON FUNCTION coordination.ledger_as_of TO puente_operator, puente_reader;
