-- The lines that a limit covers. A territory covers those below it.
CREATE FUNCTION coordination.ledger_limited_lines(budget_limit coordination.budget_limit)
RETURNS SETOF coordination.budget_line LANGUAGE sql STABLE AS $$
    WITH RECURSIVE covered AS (
        SELECT budget_limit.territory_code
        UNION
        SELECT t.territory_code FROM coordination.territory t JOIN covered c ON t.parent_code = c.territory_code
    )
    SELECT l.* FROM coordination.budget_line l
    WHERE l.fiscal_year = budget_limit.fiscal_year AND l.currency = budget_limit.currency
        AND l.fund = coalesce(budget_limit.fund, l.fund)
        AND l.ministry = coalesce(budget_limit.ministry, l.ministry)
        AND l.programme = coalesce(budget_limit.programme, l.programme)
        AND (budget_limit.territory_code IS NULL OR l.territory_code IN (SELECT c.territory_code FROM covered c))
$$;

-- Opens lines; a line that exists with the same dimensions is left alone, with others it is refused, as is a new one
-- whose territory or programme is not loaded.
CREATE FUNCTION coordination.ledger_open_lines(
    p_actor text, p_call bigint, p_line text[], p_fiscal_year integer[], p_fund text[], p_ministry text[],
    p_programme text[], p_territory text[], p_currency text[], p_control smallint[], p_scheme text[]
) RETURNS TABLE (line text, outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = coordination, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_new text[];
    v_bodies text[];
BEGIN
    -- Years that are new open with their first line.
    PERFORM pg_advisory_xact_lock(hashtextextended('coordination.ledger_open_lines', 0));
    INSERT INTO fiscal_year (fiscal_year)
    SELECT DISTINCT y FROM unnest(p_fiscal_year) AS y
    WHERE NOT EXISTS (SELECT FROM fiscal_year f WHERE f.fiscal_year = y);
    WITH given AS (
        SELECT DISTINCT ON (g.line) g.*
        FROM unnest(
            p_line, p_fiscal_year, p_fund, p_ministry, p_programme, p_territory, p_currency, p_control, p_scheme
        ) WITH ordinality AS g(
            line, fiscal_year, fund, ministry, programme, territory_code, currency, control, scheme, n)
        ORDER BY g.line, g.n
    ), added AS (
        INSERT INTO budget_line (line, fiscal_year, fund, ministry, programme, territory_code, currency, scheme)
        SELECT g.line, g.fiscal_year, g.fund, g.ministry, g.programme, g.territory_code, g.currency,
            coalesce(nullif(g.scheme, ''), 'standard')
        FROM given g JOIN fiscal_year y USING (fiscal_year)
        WHERE y.state = 1 AND NOT EXISTS (SELECT FROM budget_line l WHERE l.line = g.line)
            AND EXISTS (SELECT FROM territory t WHERE t.territory_code = g.territory_code)
            AND EXISTS (SELECT FROM programme p WHERE p.programme = g.programme)
        ORDER BY g.n
        RETURNING budget_line.line_id, budget_line.line, budget_line.scheme
    ), balance AS (
        INSERT INTO budget_balance (line_id, control)
        SELECT a.line_id, coalesce(g.control, 0) FROM added a JOIN given g USING (line)
    )
    SELECT array_agg(a.line ORDER BY a.line_id) INTO v_new FROM added a;
    INSERT INTO budget_limit_line
    SELECT l.line_id, m.limit_id FROM budget_limit m, ledger_limited_lines(m) AS l WHERE l.line = ANY (v_new);
    IF v_new IS NOT NULL THEN
        SELECT array_agg(
            json_build_object(
                'line_id', l.line_id, 'fiscal_year', l.fiscal_year, 'fund', l.fund, 'ministry', l.ministry,
                'programme', l.programme, 'territory_code', l.territory_code, 'currency', l.currency,
                'control', b.control, 'scheme', l.scheme, 'limits', (
                    SELECT coalesce(json_agg(z.limit_id ORDER BY z.limit_id), '[]')
                    FROM budget_limit_line z WHERE z.line_id = l.line_id))::text
            ORDER BY l.line_id)
        INTO v_bodies
        FROM budget_line l JOIN budget_balance b USING (line_id) WHERE l.line = ANY (v_new);
        PERFORM ledger_write_records(
            p_actor, p_call, array_fill('line'::text, ARRAY[cardinality(v_new)]), v_new, v_bodies);
    END IF;
    RETURN QUERY
    SELECT g.line,
        CASE
            WHEN l.line IS NULL AND NOT EXISTS (SELECT FROM territory t WHERE t.territory_code = g.territory_code)
                THEN 'unknown_territory'
            WHEN l.line IS NULL AND NOT EXISTS (SELECT FROM programme p WHERE p.programme = g.programme)
                THEN 'unknown_programme'
            WHEN l.line IS NULL THEN 'year_not_open'
            WHEN (l.fiscal_year, l.fund, l.ministry, l.programme, l.territory_code, l.currency) IS DISTINCT FROM
                (g.fiscal_year, g.fund, g.ministry, g.programme, g.territory_code, g.currency)
                OR l.scheme <> g.scheme AND g.scheme <> ''
                THEN 'other_dimensions'
            WHEN g.line = ANY(v_new) THEN 'opened'
            ELSE 'unchanged'
        END
    FROM unnest(p_line, p_fiscal_year, p_fund, p_ministry, p_programme, p_territory, p_currency, p_scheme)
        WITH ordinality AS g(line, fiscal_year, fund, ministry, programme, territory_code, currency, scheme, n)
    LEFT JOIN budget_line l USING (line)
    ORDER BY g.n;
END
$$;
