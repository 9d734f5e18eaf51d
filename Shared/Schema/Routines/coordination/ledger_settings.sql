-- Changes the control level of lines. Levels: 0 absolute, 1 advisory, 2 none. Returns the lines that changed.
CREATE FUNCTION coordination.ledger_set_control(
    p_actor text, p_call bigint, p_lines text[], p_control smallint, p_reason text
) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER SET search_path = coordination, pg_temp AS $$
DECLARE
    v_changed text[];
BEGIN
    PERFORM FROM budget_balance b JOIN budget_line l USING (line_id)
    WHERE l.line = ANY (p_lines) ORDER BY b.line_id FOR UPDATE OF b;
    WITH changed AS (
        UPDATE budget_balance b SET control = p_control
        FROM budget_line l
        WHERE l.line_id = b.line_id AND l.line = ANY (p_lines) AND b.control <> p_control
        RETURNING l.line
    )
    SELECT array_agg(c.line ORDER BY c.line) INTO v_changed FROM changed c;
    IF v_changed IS NOT NULL THEN
        PERFORM ledger_write_records(
            p_actor, p_call, array_fill('control'::text, ARRAY[cardinality(v_changed)]), v_changed,
            array_fill(
                json_build_object('control', p_control, 'reason', p_reason)::text, ARRAY[cardinality(v_changed)]));
    END IF;
    RETURN QUERY SELECT unnest(v_changed);
END
$$;

-- Sets a ceiling over the lines that match; a null dimension matches every value. A ceiling below what is reserved
-- already is refused by the table's constraint.
CREATE FUNCTION coordination.ledger_set_limit(
    p_actor text, p_call bigint, p_code text, p_fiscal_year integer, p_currency text, p_fund text, p_ministry text,
    p_programme text, p_territory text, p_ceiling bigint
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = coordination, pg_temp AS $$
DECLARE
    v_limit budget_limit;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('coordination.ledger_open_lines', 0));
    INSERT INTO fiscal_year (fiscal_year) VALUES (p_fiscal_year) ON CONFLICT ON CONSTRAINT fiscal_year_pkey DO NOTHING;
    PERFORM FROM budget_balance b JOIN budget_line l USING (line_id)
    WHERE l.fiscal_year = p_fiscal_year ORDER BY b.line_id FOR UPDATE OF b;
    SELECT * INTO v_limit FROM budget_limit m WHERE m.code = p_code FOR UPDATE;
    IF v_limit.limit_id IS NULL THEN
        INSERT INTO budget_limit (
            code, fiscal_year, currency, fund, ministry, programme, territory_code, ceiling, used)
        VALUES (
            p_code, p_fiscal_year, p_currency, p_fund, p_ministry, p_programme, p_territory, p_ceiling, p_ceiling)
        RETURNING * INTO v_limit;
        INSERT INTO budget_limit_line
        SELECT l.line_id, v_limit.limit_id FROM ledger_limited_lines(v_limit) AS l;
    ELSIF (v_limit.fiscal_year, v_limit.currency, v_limit.fund, v_limit.ministry, v_limit.programme,
        v_limit.territory_code) IS DISTINCT FROM
        (p_fiscal_year, p_currency, p_fund, p_ministry, p_programme, p_territory) THEN
        RAISE EXCEPTION 'limit % covers other lines', p_code
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'budget_limit_code_key';
    END IF;
    UPDATE budget_limit m
    SET ceiling = p_ceiling, used = coalesce((
            SELECT least(sum(b.reserved + b.committed + b.accrued + b.ordered + b.paid), 1000000000000000000)
            FROM budget_limit_line z JOIN budget_balance b USING (line_id) WHERE z.limit_id = m.limit_id), 0)
    WHERE m.limit_id = v_limit.limit_id
    RETURNING * INTO v_limit;
    PERFORM ledger_write_records(
        p_actor, p_call, ARRAY['limit'], ARRAY[p_code], ARRAY[json_build_object(
            'limit_id', v_limit.limit_id, 'fiscal_year', p_fiscal_year, 'currency', p_currency, 'fund', p_fund,
            'ministry', p_ministry, 'programme', p_programme, 'territory_code', p_territory, 'ceiling', p_ceiling,
            'lines', (
                SELECT coalesce(json_agg(z.line_id ORDER BY z.line_id), '[]')
                FROM budget_limit_line z WHERE z.limit_id = v_limit.limit_id))::text]);
    RETURN v_limit.used;
END
$$;

-- Loads a country's names of the stages, the stages it does without, and what becomes of reserved, committed, accrued
-- and ordered money at the end of the year; lines that use a scheme fix what it skips.
CREATE FUNCTION coordination.ledger_load_scheme(
    p_actor text, p_call bigint, p_scheme text, p_names text[], p_skips_reserved boolean, p_skips_ordered boolean,
    p_source text, p_year_end smallint[], p_year_end_source text
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = coordination, pg_temp AS $$
DECLARE
    v_old budget_scheme;
    v_new budget_scheme;
BEGIN
    v_new := row(
        p_scheme, p_names[1], p_names[2], p_names[3], p_names[4], p_names[5], p_names[6], p_names[7],
        p_skips_reserved, p_skips_ordered, p_source, p_year_end[1], p_year_end[2], p_year_end[3], p_year_end[4],
        p_year_end_source);
    SELECT * INTO v_old FROM budget_scheme s WHERE s.scheme = p_scheme FOR UPDATE;
    IF v_old = v_new THEN
        RETURN false;
    END IF;
    IF (v_old.skips_reserved, v_old.skips_ordered) <> (p_skips_reserved, p_skips_ordered)
        AND EXISTS (SELECT FROM budget_line l WHERE l.scheme = p_scheme) THEN
        RAISE EXCEPTION 'budget lines use scheme %', p_scheme
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'budget_line_scheme_fkey';
    END IF;
    INSERT INTO budget_scheme SELECT v_new.*
    ON CONFLICT ON CONSTRAINT budget_scheme_pkey DO UPDATE
    SET appropriated = excluded.appropriated, available = excluded.available, reserved = excluded.reserved,
        committed = excluded.committed, accrued = excluded.accrued, ordered = excluded.ordered,
        paid = excluded.paid, skips_reserved = excluded.skips_reserved, skips_ordered = excluded.skips_ordered,
        source = excluded.source, reserved_at_year_end = excluded.reserved_at_year_end,
        committed_at_year_end = excluded.committed_at_year_end, accrued_at_year_end = excluded.accrued_at_year_end,
        ordered_at_year_end = excluded.ordered_at_year_end, year_end_source = excluded.year_end_source;
    PERFORM ledger_write_records(
        p_actor, p_call, ARRAY['scheme'], ARRAY[p_scheme], ARRAY[row_to_json(v_new)::text]);
    RETURN true;
END
$$;

-- Moves a year from open (1) to closing (2) to sealed (3), and from closing back to open, and seals its days. Returns
-- what is wrong, or 'changed' or 'unchanged'. When it is sealed, a year holds nothing between available and paid,
-- except what the line's scheme leaves payable.
CREATE FUNCTION coordination.ledger_set_year(
    p_actor text, p_call bigint, p_fiscal_year integer, p_state smallint, p_sealed_through date
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = coordination, pg_temp AS $$
DECLARE
    v_year fiscal_year;
BEGIN
    PERFORM FROM budget_balance b JOIN budget_line l USING (line_id)
    WHERE l.fiscal_year = p_fiscal_year ORDER BY b.line_id FOR UPDATE OF b;
    SELECT * INTO v_year FROM fiscal_year y WHERE y.fiscal_year = p_fiscal_year FOR UPDATE;
    IF v_year.fiscal_year IS NULL THEN
        RETURN 'unknown_year';
    ELSIF v_year.state = 3 AND p_state < 3 THEN
        RETURN 'not_reversible';
    ELSIF p_sealed_through >= civil_day() THEN
        RETURN 'date_not_over';
    ELSIF p_state = 3 AND v_year.state < 3 AND EXISTS (
        SELECT FROM budget_balance b JOIN budget_line l USING (line_id) JOIN budget_scheme c USING (scheme)
        WHERE l.fiscal_year = p_fiscal_year AND (
            b.reserved + b.committed > 0 OR b.accrued > 0 AND c.accrued_at_year_end <> 4
            OR b.ordered > 0 AND c.ordered_at_year_end <> 4)
    ) THEN
        RETURN 'open_holds';
    ELSIF coalesce(p_state, v_year.state) = v_year.state
        AND coalesce(p_sealed_through <= v_year.sealed_through, p_sealed_through IS NULL) THEN
        RETURN 'unchanged';
    END IF;
    UPDATE fiscal_year y
    SET state = coalesce(p_state, y.state), sealed_through = greatest(y.sealed_through, p_sealed_through)
    WHERE y.fiscal_year = p_fiscal_year
    RETURNING * INTO v_year;
    PERFORM ledger_write_records(
        p_actor, p_call, ARRAY['year'], ARRAY[p_fiscal_year::text], ARRAY[json_build_object(
            'state', v_year.state, 'sealed_through', v_year.sealed_through - date '2000-01-01')::text]);
    RETURN 'changed';
END
$$;
