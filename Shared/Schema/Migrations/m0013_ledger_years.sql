-- The ledger's configuration, its fiscal years, and balances as they were.
--
-- Each of these functions takes the locks that a posting takes, so a batch sees a year either open or closed and never
-- in between, and writes a record into the journal, so that the state can be rebuilt from it.

-- Changes the control level of lines. Levels: 0 absolute, 1 advisory, 2 none. Returns the lines that changed.
create function coordination.ledger_set_control(
    p_actor text, p_call bigint, p_lines text[], p_control smallint, p_reason text
) returns setof text language plpgsql security definer set search_path = coordination, pg_temp as $$
declare
    v_changed text[];
begin
    perform from budget_balance b join budget_line l using (line_id)
    where l.line = any (p_lines) order by b.line_id for update of b;
    with changed as (
        update budget_balance b set control = p_control
        from budget_line l
        where l.line_id = b.line_id and l.line = any (p_lines) and b.control <> p_control
        returning l.line
    )
    select array_agg(c.line order by c.line) into v_changed from changed c;
    if v_changed is not null then
        perform ledger_write_records(
            p_actor, p_call, array_fill('control'::text, array[cardinality(v_changed)]), v_changed,
            array_fill(
                json_build_object('control', p_control, 'reason', p_reason)::text, array[cardinality(v_changed)]));
    end if;
    return query select unnest(v_changed);
end
$$;

-- Sets a ceiling over the lines that match; a null dimension matches every value. A ceiling below what is reserved
-- already is refused by the table's constraint.
create function coordination.ledger_set_limit(
    p_actor text, p_call bigint, p_code text, p_fiscal_year integer, p_currency text, p_fund text, p_ministry text,
    p_programme text, p_territory text, p_ceiling bigint
) returns bigint language plpgsql security definer set search_path = coordination, pg_temp as $$
declare
    v_limit budget_limit;
begin
    perform pg_advisory_xact_lock(hashtextextended('coordination.ledger_open_lines', 0));
    insert into fiscal_year (fiscal_year) values (p_fiscal_year) on conflict on constraint fiscal_year_pkey do nothing;
    perform from budget_balance b join budget_line l using (line_id)
    where l.fiscal_year = p_fiscal_year order by b.line_id for update of b;
    select * into v_limit from budget_limit m where m.code = p_code for update;
    if v_limit.limit_id is null then
        insert into budget_limit (
            code, fiscal_year, currency, fund, ministry, programme, territory_code, ceiling, used)
        values (
            p_code, p_fiscal_year, p_currency, p_fund, p_ministry, p_programme, p_territory, p_ceiling, p_ceiling)
        returning * into v_limit;
        insert into budget_limit_line
        select l.line_id, v_limit.limit_id from ledger_limited_lines(v_limit) as l;
    elsif (v_limit.fiscal_year, v_limit.currency, v_limit.fund, v_limit.ministry, v_limit.programme,
        v_limit.territory_code) is distinct from
        (p_fiscal_year, p_currency, p_fund, p_ministry, p_programme, p_territory) then
        raise exception 'limit % covers other lines', p_code
            using errcode = 'unique_violation', constraint = 'budget_limit_code_key';
    end if;
    update budget_limit m
    set ceiling = p_ceiling, used = coalesce((
            select least(sum(b.reserved + b.committed + b.accrued + b.ordered + b.paid), 1000000000000000000)
            from budget_limit_line z join budget_balance b using (line_id) where z.limit_id = m.limit_id), 0)
    where m.limit_id = v_limit.limit_id
    returning * into v_limit;
    perform ledger_write_records(
        p_actor, p_call, array['limit'], array[p_code], array[json_build_object(
            'limit_id', v_limit.limit_id, 'fiscal_year', p_fiscal_year, 'currency', p_currency, 'fund', p_fund,
            'ministry', p_ministry, 'programme', p_programme, 'territory_code', p_territory, 'ceiling', p_ceiling,
            'lines', (
                select coalesce(json_agg(z.line_id order by z.line_id), '[]')
                from budget_limit_line z where z.limit_id = v_limit.limit_id))::text]);
    return v_limit.used;
end
$$;

-- Loads a country's names of the stages, the stages it does without, and what becomes of reserved, committed, accrued and
-- ordered money at the end of the year; lines that use a scheme fix what it skips.
create function coordination.ledger_load_scheme(
    p_actor text, p_call bigint, p_scheme text, p_names text[], p_skips_reserved boolean, p_skips_ordered boolean,
    p_source text, p_year_end smallint[], p_year_end_source text
) returns boolean language plpgsql security definer set search_path = coordination, pg_temp as $$
declare
    v_old budget_scheme;
    v_new budget_scheme;
begin
    v_new := row(
        p_scheme, p_names[1], p_names[2], p_names[3], p_names[4], p_names[5], p_names[6], p_names[7],
        p_skips_reserved, p_skips_ordered, p_source, p_year_end[1], p_year_end[2], p_year_end[3], p_year_end[4],
        p_year_end_source);
    select * into v_old from budget_scheme s where s.scheme = p_scheme for update;
    if v_old = v_new then
        return false;
    end if;
    if (v_old.skips_reserved, v_old.skips_ordered) <> (p_skips_reserved, p_skips_ordered)
        and exists (select from budget_line l where l.scheme = p_scheme) then
        raise exception 'budget lines use scheme %', p_scheme
            using errcode = 'foreign_key_violation', constraint = 'budget_line_scheme_fkey';
    end if;
    insert into budget_scheme select v_new.*
    on conflict on constraint budget_scheme_pkey do update
    set appropriated = excluded.appropriated, available = excluded.available, reserved = excluded.reserved,
        committed = excluded.committed, accrued = excluded.accrued, ordered = excluded.ordered,
        paid = excluded.paid, skips_reserved = excluded.skips_reserved, skips_ordered = excluded.skips_ordered,
        source = excluded.source, reserved_at_year_end = excluded.reserved_at_year_end,
        committed_at_year_end = excluded.committed_at_year_end, accrued_at_year_end = excluded.accrued_at_year_end,
        ordered_at_year_end = excluded.ordered_at_year_end, year_end_source = excluded.year_end_source;
    perform ledger_write_records(
        p_actor, p_call, array['scheme'], array[p_scheme], array[row_to_json(v_new)::text]);
    return true;
end
$$;

-- Moves a year from open (1) to closing (2) to sealed (3), and from closing back to open, and seals its days. Returns what
-- is wrong, or 'changed' or 'unchanged'. When it is sealed, a year holds nothing between available and paid, except what the line's scheme leaves
-- payable.
create function coordination.ledger_set_year(
    p_actor text, p_call bigint, p_fiscal_year integer, p_state smallint, p_sealed_through date
) returns text language plpgsql security definer set search_path = coordination, pg_temp as $$
declare
    v_year fiscal_year;
begin
    perform from budget_balance b join budget_line l using (line_id)
    where l.fiscal_year = p_fiscal_year order by b.line_id for update of b;
    select * into v_year from fiscal_year y where y.fiscal_year = p_fiscal_year for update;
    if v_year.fiscal_year is null then
        return 'unknown_year';
    elsif v_year.state = 3 and p_state < 3 then
        return 'not_reversible';
    elsif p_sealed_through >= civil_day() then
        return 'date_not_over';
    elsif p_state = 3 and v_year.state < 3 and exists (
        select from budget_balance b join budget_line l using (line_id) join budget_scheme c using (scheme)
        where l.fiscal_year = p_fiscal_year and (
            b.reserved + b.committed > 0 or b.accrued > 0 and c.accrued_at_year_end <> 4
            or b.ordered > 0 and c.ordered_at_year_end <> 4)
    ) then
        return 'open_holds';
    elsif coalesce(p_state, v_year.state) = v_year.state
        and coalesce(p_sealed_through <= v_year.sealed_through, p_sealed_through is null) then
        return 'unchanged';
    end if;
    update fiscal_year y
    set state = coalesce(p_state, y.state), sealed_through = greatest(y.sealed_through, p_sealed_through)
    where y.fiscal_year = p_fiscal_year
    returning * into v_year;
    perform ledger_write_records(
        p_actor, p_call, array['year'], array[p_fiscal_year::text], array[json_build_object(
            'state', v_year.state, 'sealed_through', v_year.sealed_through - date '2000-01-01')::text]);
    return 'changed';
end
$$;

-- What closing a year does to each hold, as the line's scheme says, and the line of the next year that has the same
-- dimensions where it goes there; where several have them it goes to none. What an agreement still binds lapses: the authority to spend it ends with the year.
create function coordination.ledger_year_end(p_fiscal_year integer)
returns table (
    line text, document text, stage text, amount bigint, treatment smallint, target_line text,
    target_skips_reserved boolean, currency text, candidates text[]
) language sql stable security definer set search_path = coordination, pg_temp as $$
    select l.line, h.document, ledger_stage(s.stage), s.amount, z.treatment,
        case when cardinality(n.lines) = 1 then n.lines[1] end,
        case when cardinality(n.lines) = 1 then n.skips_reserved end, l.currency,
        case when cardinality(n.lines) > 1 then n.lines else '{}' end
    from budget_line l
    join budget_scheme c using (scheme)
    join budget_hold h using (line_id)
    cross join lateral (
        values (2::smallint, h.reserved, c.reserved_at_year_end), (3::smallint, h.committed, c.committed_at_year_end),
            (4::smallint, h.accrued, c.accrued_at_year_end), (5::smallint, h.ordered, c.ordered_at_year_end)
    ) as s(stage, amount, treatment)
    cross join lateral (
        select case when h.document like 'agreement/%' then 1::smallint else s.treatment end as treatment) as z
    left join lateral (
        select array_agg(o.line order by o.line) as lines, bool_or(d.skips_reserved) as skips_reserved
        from budget_line o join budget_scheme d using (scheme)
        where z.treatment in (2, 3)
            and (o.fiscal_year, o.fund, o.ministry, o.programme, o.territory_code, o.currency)
                = (l.fiscal_year + 1, l.fund, l.ministry, l.programme, l.territory_code, l.currency)
    ) as n on true
    where l.fiscal_year = p_fiscal_year and s.amount > 0
    order by l.line, h.document, s.stage
$$;

-- The stage accounts of every line as of a business date and as known at an instant; null means the latest. What was
-- known is what the log had numbered by then.
create function coordination.ledger_as_of(p_business_date date, p_known_at timestamptz)
returns table (
    line_id integer, appropriated bigint, available bigint, reserved bigint, committed bigint, accrued bigint,
    ordered bigint, paid bigint
) language sql stable security definer set search_path = coordination, pg_temp as $$
    select t.line_id, coalesce(-sum(m.amount) filter (where m.stage = 0), 0)::bigint,
        coalesce(sum(m.amount) filter (where m.stage = 1), 0)::bigint,
        coalesce(sum(m.amount) filter (where m.stage = 2), 0)::bigint,
        coalesce(sum(m.amount) filter (where m.stage = 3), 0)::bigint,
        coalesce(sum(m.amount) filter (where m.stage = 4), 0)::bigint,
        coalesce(sum(m.amount) filter (where m.stage = 5), 0)::bigint,
        coalesce(sum(m.amount) filter (where m.stage = 6), 0)::bigint
    from budget_transfer t
    cross join lateral (values (t.from_stage, -t.amount), (t.to_stage, t.amount)) as m(stage, amount)
    where (p_business_date is null or t.business_date <= p_business_date)
        and (p_known_at is null or exists (
            select from budget_log_span s where s.batch_id = t.batch_id and s.sequenced_at <= p_known_at))
    group by t.line_id
$$;

grant execute on function coordination.ledger_set_control, coordination.ledger_set_limit,
    coordination.ledger_load_scheme, coordination.ledger_set_year, coordination.ledger_year_end,
    coordination.ledger_as_of to puente_coordination;
grant execute on function coordination.ledger_as_of to puente_operator, puente_reader;
