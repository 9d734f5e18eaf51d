-- The budget ledger: journal, balances, holds, and the evidence over them.
--
-- Every change is one call of coordination.ledger_post (batches of postings) or of a function that writes a record
-- (lines, years, limits). The journal is append-only; balances and holds are sums of it, kept under a lock per line.
-- Stages: 0 source, 1 available, 2 reserved, 3 committed, 4 accrued, 5 ordered, 6 paid. A posting moves an amount
-- from one stage account of a line to another, so the seven accounts of a line always sum to zero.

create table coordination.fiscal_year (
    fiscal_year integer not null,
    state smallint not null default 1,
    sealed_through date,
    constraint fiscal_year_pkey primary key (fiscal_year),
    constraint fiscal_year_range_check check (fiscal_year between 1900 and 2999),
    constraint fiscal_year_state_check check (state between 1 and 3)
);
comment on table coordination.fiscal_year is 'States: 1 open, 2 closing (nothing new is reserved), 3 sealed.';

-- How a country calls the stages, and which of them it does without: a posting to the stage after one that is skipped
-- passes through it. At the end of a year what a stage holds 1 lapses, 2 is carried over, 3 is charged to the next year,
-- 4 stays payable.
create table coordination.budget_scheme (
    scheme text collate "C" not null,
    appropriated text not null,
    available text not null,
    reserved text not null,
    committed text not null,
    accrued text not null,
    ordered text not null,
    paid text not null,
    skips_reserved boolean not null,
    skips_ordered boolean not null,
    source text not null,
    reserved_at_year_end smallint not null,
    committed_at_year_end smallint not null,
    accrued_at_year_end smallint not null,
    ordered_at_year_end smallint not null,
    year_end_source text not null,
    constraint budget_scheme_pkey primary key (scheme),
    constraint budget_scheme_scheme_check check (scheme ~ '^[a-z][a-z0-9_]{0,31}$'),
    constraint budget_scheme_source_check check (length(source) between 1 and 1000),
    constraint budget_scheme_year_end_source_check check (length(year_end_source) between 1 and 1000),
    -- What is ordered is with the bank: it neither lapses nor goes to another line. Where there is no order, what is accrued is.
    constraint budget_scheme_year_end_check check (
        reserved_at_year_end between 1 and 3 and committed_at_year_end between 1 and 3
        and accrued_at_year_end in (1, 2, 4) and ordered_at_year_end = 4
        and (accrued_at_year_end = 4 or not skips_ordered)),
    constraint budget_scheme_names_check check (
        length(appropriated) between 1 and 40 and length(available) between 1 and 40
        and length(reserved) between 1 and 40 and length(committed) between 1 and 40
        and length(accrued) between 1 and 40 and length(ordered) between 1 and 40 and length(paid) between 1 and 40)
);
insert into coordination.budget_scheme values (
    'standard', 'appropriated', 'available', 'reserved', 'committed', 'accrued', 'ordered', 'paid', false, false,
    'the ledger''s own names', 1, 2, 2, 4, 'the ledger''s own rules');

create table coordination.budget_line (
    line_id integer not null generated always as identity,
    line text collate "C" not null,
    fiscal_year integer not null,
    fund text collate "C" not null,
    ministry text collate "C" not null,
    programme text collate "C" not null,
    territory_code text collate "C" not null,
    currency text collate "C" not null,
    scheme text collate "C" not null default 'standard',
    constraint budget_line_pkey primary key (line_id),
    constraint budget_line_line_key unique (line),
    constraint budget_line_fiscal_year_fkey foreign key (fiscal_year) references coordination.fiscal_year,
    constraint budget_line_scheme_fkey foreign key (scheme) references coordination.budget_scheme,
    constraint budget_line_line_check check (line ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$'),
    constraint budget_line_fund_check check (fund ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,31}$'),
    constraint budget_line_ministry_check check (ministry ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,31}$'),
    constraint budget_line_programme_check check (programme ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,31}$'),
    constraint budget_line_territory_check check (territory_code ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,15}$'),
    constraint budget_line_currency_check check (currency ~ '^[A-Z]{3}$')
);

-- The stage accounts of a line in one row. No account goes below zero, except available on a line whose control
-- level is advisory (1) or none (2). That each stage stays within the one before it follows: what reached a stage is
-- the sum of its account and of the later ones.
create table coordination.budget_balance (
    line_id integer not null,
    control smallint not null default 0,
    appropriated bigint not null default 0,
    available bigint not null default 0,
    reserved bigint not null default 0,
    committed bigint not null default 0,
    accrued bigint not null default 0,
    ordered bigint not null default 0,
    paid bigint not null default 0,
    constraint budget_balance_pkey primary key (line_id),
    constraint budget_balance_line_fkey foreign key (line_id) references coordination.budget_line,
    constraint budget_balance_control_check check (control between 0 and 2),
    -- Far more than any budget, and far from where sums of 64 bits end: 10^17 minor units of a line.
    constraint budget_balance_bound_check
        check (appropriated <= 100000000000000000 and available >= -100000000000000000),
    constraint budget_balance_available_check check (available >= 0 or control > 0),
    constraint budget_balance_reserved_check check (reserved >= 0),
    constraint budget_balance_committed_check check (committed >= 0),
    constraint budget_balance_accrued_check check (accrued >= 0),
    constraint budget_balance_ordered_check check (ordered >= 0),
    constraint budget_balance_paid_check check (paid >= 0),
    constraint budget_balance_conservation_check
        check (appropriated = available + reserved + committed + accrued + ordered + paid)
) with (fillfactor = 50);

-- A ceiling over many lines, by any of their dimensions (a ministry, a programme of a ministry, a department with its
-- provinces): what is reserved in them together cannot exceed it.
create table coordination.budget_limit (
    limit_id integer not null generated always as identity,
    code text collate "C" not null,
    fiscal_year integer not null,
    currency text collate "C" not null,
    fund text collate "C",
    ministry text collate "C",
    programme text collate "C",
    territory_code text collate "C",
    ceiling bigint not null,
    used bigint not null,
    constraint budget_limit_pkey primary key (limit_id),
    constraint budget_limit_code_key unique (code),
    constraint budget_limit_fiscal_year_fkey foreign key (fiscal_year) references coordination.fiscal_year,
    constraint budget_limit_code_check check (code ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$'),
    constraint budget_limit_ceiling_check check (used <= ceiling),
    constraint budget_limit_bound_check check (ceiling <= 100000000000000000)
) with (fillfactor = 50);
create table coordination.budget_limit_line (
    line_id integer not null,
    limit_id integer not null,
    constraint budget_limit_line_pkey primary key (line_id, limit_id),
    constraint budget_limit_line_line_fkey foreign key (line_id) references coordination.budget_line,
    constraint budget_limit_line_limit_fkey foreign key (limit_id) references coordination.budget_limit
);

-- Whose each document is: who opened it, and nobody else, posts on it. The ledger's own acts (a year's end, reservations
-- that lapse) touch the documents of all.
create table coordination.budget_document (
    document text collate "C" not null,
    owner smallint not null,
    constraint budget_document_pkey primary key (document),
    constraint budget_document_owner_check check (owner between 1 and 4)
);
comment on table coordination.budget_document is 'Owners: 1 transfers, 2 projects, 3 coordination, 4 people.';

-- What each document holds of a line, by stage; the sum over the documents of a line is the line's account.
create table coordination.budget_hold (
    line_id integer not null,
    document text collate "C" not null,
    reserved bigint not null default 0,
    committed bigint not null default 0,
    accrued bigint not null default 0,
    ordered bigint not null default 0,
    paid bigint not null default 0,
    expires_on date,
    constraint budget_hold_pkey primary key (line_id, document),
    constraint budget_hold_line_fkey foreign key (line_id) references coordination.budget_line,
    constraint budget_hold_reserved_check check (reserved >= 0),
    constraint budget_hold_committed_check check (committed >= 0),
    constraint budget_hold_accrued_check check (accrued >= 0),
    constraint budget_hold_ordered_check check (ordered >= 0),
    constraint budget_hold_paid_check check (paid >= 0)
) with (fillfactor = 70);
create index budget_hold_expires_on_idx on coordination.budget_hold (expires_on)
    where expires_on is not null and reserved > 0;

-- One row per call that wrote something. Batches are numbered before they commit; the log numbers them after.
create table coordination.budget_batch (
    batch_id bigint not null,
    posted_at timestamptz not null,
    posted_by text collate "C" not null,
    call_id bigint,
    entries integer not null,
    constraint budget_batch_pkey primary key (batch_id),
    constraint budget_batch_entries_check check (entries > 0)
);
create sequence coordination.budget_batch_number as bigint;

-- The journal. A posting is one transfer, or two when it moves money between lines or between documents.
create table coordination.budget_transfer (
    batch_id bigint not null,
    ordinal integer not null,
    line_id integer not null,
    amount bigint not null,
    business_date date not null,
    original_date date,
    expires_on date,
    kind smallint not null,
    from_stage smallint not null,
    to_stage smallint not null,
    posting_id text collate "C" not null,
    document text collate "C" not null,
    reverses text collate "C" not null,
    linked_group text collate "C" not null,
    override_reason text not null,
    description text not null,
    leaf_hash bytea not null,
    constraint budget_transfer_amount_check check (amount between 1 and 1000000000000000),
    constraint budget_transfer_kind_check check (kind between 1 and 13),
    constraint budget_transfer_stage_check
        check (from_stage between 0 and 6 and to_stage between 0 and 6 and from_stage <> to_stage),
    constraint budget_transfer_document_check check (document <> '' or (from_stage < 2 and to_stage < 2))
) partition by range (batch_id);
-- Batches are numbered from 10^12 * era: the log's numbering begins a new era, with a partition of its own, when the
-- current one has grown large.
create table coordination.budget_transfer_era_0 partition of coordination.budget_transfer
    for values from (0) to (1000000000000);
create table coordination.budget_transfer_era_1 partition of coordination.budget_transfer
    for values from (1000000000000) to (2000000000000);
create index budget_transfer_line_idx on coordination.budget_transfer (line_id, batch_id);
-- What came into lines and left them: when they first had money, and what each law or decree gave.
create index budget_transfer_source_idx on coordination.budget_transfer (line_id, business_date)
    where from_stage = 0 or to_stage = 0;
-- What was drawn on agreements, and where documents were carried over to.
create index budget_transfer_followed_idx on coordination.budget_transfer (line_id, document)
    where kind = 12 or document like 'agreement/%';
-- After the others: of two indexes that seem equally good for an empty partition, the planner takes the one made last.
alter table coordination.budget_transfer add constraint budget_transfer_pkey primary key (batch_id, ordinal);

-- Everything else that changes the ledger or is remembered by it: lines, years, control levels, limits, refusals.
create table coordination.budget_record (
    batch_id bigint not null,
    ordinal integer not null,
    kind text collate "C" not null,
    key text collate "C" not null,
    body text not null,
    leaf_hash bytea not null,
    constraint budget_record_pkey primary key (batch_id, ordinal),
    constraint budget_record_kind_check
        check (kind in ('line', 'year', 'control', 'limit', 'refusal', 'scheme')),
    constraint budget_record_body_check check (jsonb_typeof(body::jsonb) = 'object')
);
create index budget_record_kind_idx on coordination.budget_record (kind, key);
create index budget_record_refused_line_idx
    on coordination.budget_record ((body::jsonb -> 'content' ->> 'line'), batch_id) where kind = 'refusal';

-- The callers' identifiers, unique for ever: where the posting's transfers, or the record of its refusal, are.
create table coordination.budget_posting (
    posting_id text collate "C" not null,
    batch_id bigint not null,
    ordinal integer not null,
    refused boolean not null,
    constraint budget_posting_pkey primary key (posting_id)
);

-- A posting is reversed at most once.
create table coordination.budget_reversal (
    posting_id text collate "C" not null,
    reversed_by text collate "C" not null,
    constraint budget_reversal_pkey primary key (posting_id),
    constraint budget_reversal_reversed_by_key unique (reversed_by)
);

-- Batches that are committed and not yet numbered in the log.
create table coordination.budget_log_pending (
    batch_id bigint not null,
    entries integer not null,
    constraint budget_log_pending_pkey primary key (batch_id)
);

-- The journal can only grow.
create function coordination.ledger_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger''s journal is append-only' using errcode = 'restrict_violation';
end
$$;
create trigger budget_batch_append_only before update or delete or truncate on coordination.budget_batch
    for each statement execute function coordination.ledger_refuse_change();
create trigger budget_transfer_append_only before update or delete or truncate on coordination.budget_transfer
    for each statement execute function coordination.ledger_refuse_change();
create trigger budget_record_append_only before update or delete or truncate on coordination.budget_record
    for each statement execute function coordination.ledger_refuse_change();
create trigger budget_posting_append_only before update or delete or truncate on coordination.budget_posting
    for each statement execute function coordination.ledger_refuse_change();
create trigger budget_document_append_only before update or delete or truncate on coordination.budget_document
    for each statement execute function coordination.ledger_refuse_change();
create trigger budget_reversal_append_only before update or delete or truncate on coordination.budget_reversal
    for each statement execute function coordination.ledger_refuse_change();

-- Canonical bytes, version 1. Numbers in decimal, dates as days since 2000-01-01, absent values empty, texts as
-- netstrings (`length:bytes`), joined by `|`. The header carries the batch's columns. (Declared stable and not immutable,
-- as concatenation is, or PostgreSQL would call it row by row instead of expanding it in place.)
create function coordination.ledger_netstring(value text) returns text language sql immutable parallel safe
    return octet_length(value) || ':' || value;

create function coordination.ledger_header(
    batch_id bigint, posted_at timestamptz, posted_by text, call_id bigint, entries integer
) returns text language sql immutable parallel safe
    return '1|' || batch_id || '|' || (extract(epoch from posted_at) * 1000000)::bigint || '|'
        || coordination.ledger_netstring(posted_by) || '|' || coalesce(call_id::text, '') || '|' || entries;

create function coordination.ledger_transfer_leaf(
    header text, ordinal integer, line_id integer, amount bigint, business_date date, original_date date,
    expires_on date, kind smallint, from_stage smallint, to_stage smallint, posting_id text, document text,
    reverses text, linked_group text, override_reason text, description text
) returns bytea language sql stable parallel safe
    return sha256('\x00'::bytea || convert_to(
        header || '|transfer|' || ordinal || '|' || line_id || '|' || amount || '|'
        || (business_date - date '2000-01-01') || '|' || coalesce((original_date - date '2000-01-01')::text, '') || '|'
        || coalesce((expires_on - date '2000-01-01')::text, '') || '|' || kind || '|' || from_stage || '|'
        || to_stage || '|' || octet_length(posting_id) || ':' || posting_id || '|' || octet_length(document) || ':'
        || document || '|' || case
            -- Most postings have none of these.
            when reverses = '' and linked_group = '' and override_reason = '' then '0:|0:|0:|'
            else octet_length(reverses) || ':' || reverses || '|' || octet_length(linked_group) || ':' || linked_group
                || '|' || octet_length(override_reason) || ':' || override_reason || '|'
        end || octet_length(description) || ':' || description, 'UTF8'));

create function coordination.ledger_record_leaf(header text, ordinal integer, kind text, key text, body text)
    returns bytea language sql immutable parallel safe
    return sha256('\x00'::bytea || convert_to(
        header || '|record|' || ordinal || '|' || coordination.ledger_netstring(kind) || '|'
        || coordination.ledger_netstring(key) || '|' || coordination.ledger_netstring(body), 'UTF8'));

-- Writes records as one batch and returns its number.
create function coordination.ledger_write_records(
    p_actor text, p_call bigint, p_kinds text[], p_keys text[], p_bodies text[]
) returns bigint language plpgsql as $$
declare
    v_batch bigint := nextval('coordination.budget_batch_number');
    v_now timestamptz := clock_timestamp();
    v_header text;
begin
    insert into coordination.budget_batch values (v_batch, v_now, p_actor, p_call, cardinality(p_kinds));
    v_header := coordination.ledger_header(v_batch, v_now, p_actor, p_call, cardinality(p_kinds));
    insert into coordination.budget_record
    select v_batch, i.ordinal, i.kind, i.key, i.body,
        coordination.ledger_record_leaf(v_header, i.ordinal::integer, i.kind, i.key, i.body)
    from unnest(p_kinds, p_keys, p_bodies) with ordinality as i(kind, key, body, ordinal);
    insert into coordination.budget_log_pending values (v_batch, cardinality(p_kinds));
    return v_batch;
end
$$;

-- The lines that a limit covers. A territory covers those below it.
create function coordination.ledger_limited_lines(budget_limit coordination.budget_limit)
returns setof coordination.budget_line language sql stable as $$
    with recursive covered as (
        select budget_limit.territory_code
        union
        select t.territory_code from coordination.territory t join covered c on t.parent_code = c.territory_code
    )
    select l.* from coordination.budget_line l
    where l.fiscal_year = budget_limit.fiscal_year and l.currency = budget_limit.currency
        and l.fund = coalesce(budget_limit.fund, l.fund)
        and l.ministry = coalesce(budget_limit.ministry, l.ministry)
        and l.programme = coalesce(budget_limit.programme, l.programme)
        and (budget_limit.territory_code is null or l.territory_code in (select c.territory_code from covered c))
$$;

-- Opens lines; a line that exists with the same dimensions is left alone, with others it is refused, as is a new one whose
-- territory or programme is not loaded.
create function coordination.ledger_open_lines(
    p_actor text, p_call bigint, p_line text[], p_fiscal_year integer[], p_fund text[], p_ministry text[],
    p_programme text[], p_territory text[], p_currency text[], p_control smallint[], p_scheme text[]
) returns table (line text, outcome text)
language plpgsql security definer set search_path = coordination, pg_temp as $$
#variable_conflict use_column
declare
    v_new text[];
    v_bodies text[];
begin
    -- Years that are new open with their first line.
    perform pg_advisory_xact_lock(hashtextextended('coordination.ledger_open_lines', 0));
    insert into fiscal_year (fiscal_year)
    select distinct y from unnest(p_fiscal_year) as y
    where not exists (select from fiscal_year f where f.fiscal_year = y);
    with given as (
        select distinct on (g.line) g.*
        from unnest(
            p_line, p_fiscal_year, p_fund, p_ministry, p_programme, p_territory, p_currency, p_control, p_scheme
        ) with ordinality as g(
            line, fiscal_year, fund, ministry, programme, territory_code, currency, control, scheme, n)
        order by g.line, g.n
    ), added as (
        insert into budget_line (line, fiscal_year, fund, ministry, programme, territory_code, currency, scheme)
        select g.line, g.fiscal_year, g.fund, g.ministry, g.programme, g.territory_code, g.currency,
            coalesce(nullif(g.scheme, ''), 'standard')
        from given g join fiscal_year y using (fiscal_year)
        where y.state = 1 and not exists (select from budget_line l where l.line = g.line)
            and exists (select from territory t where t.territory_code = g.territory_code)
            and exists (select from programme p where p.programme = g.programme)
        order by g.n
        returning budget_line.line_id, budget_line.line, budget_line.scheme
    ), balance as (
        insert into budget_balance (line_id, control)
        select a.line_id, coalesce(g.control, 0) from added a join given g using (line)
    )
    select array_agg(a.line order by a.line_id) into v_new from added a;
    insert into budget_limit_line
    select l.line_id, m.limit_id from budget_limit m, ledger_limited_lines(m) as l where l.line = any (v_new);
    if v_new is not null then
        select array_agg(
            json_build_object(
                'line_id', l.line_id, 'fiscal_year', l.fiscal_year, 'fund', l.fund, 'ministry', l.ministry,
                'programme', l.programme, 'territory_code', l.territory_code, 'currency', l.currency,
                'control', b.control, 'scheme', l.scheme, 'limits', (
                    select coalesce(json_agg(z.limit_id order by z.limit_id), '[]')
                    from budget_limit_line z where z.line_id = l.line_id))::text
            order by l.line_id)
        into v_bodies
        from budget_line l join budget_balance b using (line_id) where l.line = any (v_new);
        perform ledger_write_records(
            p_actor, p_call, array_fill('line'::text, array[cardinality(v_new)]), v_new, v_bodies);
    end if;
    return query
    select g.line,
        case
            when l.line is null and not exists (select from territory t where t.territory_code = g.territory_code)
                then 'unknown_territory'
            when l.line is null and not exists (select from programme p where p.programme = g.programme)
                then 'unknown_programme'
            when l.line is null then 'year_not_open'
            when (l.fiscal_year, l.fund, l.ministry, l.programme, l.territory_code, l.currency) is distinct from
                (g.fiscal_year, g.fund, g.ministry, g.programme, g.territory_code, g.currency)
                or l.scheme <> g.scheme and g.scheme <> ''
                then 'other_dimensions'
            when g.line = any(v_new) then 'opened'
            else 'unchanged'
        end
    from unnest(p_line, p_fiscal_year, p_fund, p_ministry, p_programme, p_territory, p_currency, p_scheme)
        with ordinality as g(line, fiscal_year, fund, ministry, programme, territory_code, currency, scheme, n)
    left join budget_line l using (line)
    order by g.n;
end
$$;

-- A posting of a batch as ledger_post has judged it: what it moves, which is nothing where it has a code already, and the
-- ordinal of its first transfer. One array of these is far cheaper to go through than an array for each column.
create type coordination.ledger_item as (
    item integer,
    ordinal integer,
    item_group integer,
    posting_id text collate "C",
    kind smallint,
    line text collate "C",
    amount bigint,
    business_date date,
    original_date date,
    expires_on date,
    reverses text collate "C",
    linked_group text collate "C",
    override_reason text,
    description text,
    line_id integer,
    document text collate "C",
    from_stage smallint,
    to_stage smallint,
    second_line integer,
    second_document text collate "C",
    second_from smallint,
    second_to smallint,
    code text collate "C",
    shortfall bigint,
    replayed boolean
);

-- The transfers of the items that have no code, that is, are not refused and not answered before. Whether any item has a
-- second transfer is said by the caller.
create function coordination.ledger_legs(items coordination.ledger_item[], doubles boolean)
returns table (
    item integer, item_group integer, leg integer, ordinal integer, line_id integer, document text,
    from_stage smallint, to_stage smallint, amount bigint, business_date date, original_date date, expires_on date,
    kind smallint, posting_id text, reverses text, linked_group text, override_reason text, description text
) language sql immutable rows 1000 as $$
    select i.item, i.item_group, 1, i.ordinal, i.line_id, i.document, i.from_stage, i.to_stage, i.amount,
        i.business_date, i.original_date, i.expires_on, i.kind, i.posting_id, i.reverses, i.linked_group,
        i.override_reason, i.description
    from unnest(items) as i where i.code is null
    union all
    select i.item, i.item_group, 2, i.ordinal + 1, i.second_line, i.second_document, i.second_from, i.second_to,
        i.amount, i.business_date, i.original_date, i.expires_on, i.kind, i.posting_id, i.reverses, i.linked_group,
        i.override_reason, i.description
    from unnest(items) as i where doubles and i.code is null and i.second_line is not null
$$;

-- Who posts: 1 transfers, 2 projects, 3 coordination, 4 people; null for another service (they are called `puente_…`), which
-- has no business with the ledger.
create function coordination.ledger_owner(actor text) returns smallint language sql immutable as $$
    select case
        when actor = 'puente_transfers' then 1
        when actor = 'puente_projects' then 2
        when actor = 'puente_coordination' then 3
        when actor !~ '^puente_[a-z]+$' then 4
    end::smallint
$$;

-- Whose the identifiers and documents are that begin in some ways; null where anybody may use them.
create function coordination.ledger_name_owner(name text) returns smallint language sql immutable as $$
    select case left(name, strpos(name, '/'))
        when 'run/' then 1 when 'bank/' then 1
        when 'instalment/' then 2 when 'project/' then 2
        when 'agreement/' then 3 when 'year/' then 3 when 'expire/' then 3
    end::smallint
$$;

-- The kinds of posting that each of them may ask for: programmes spend and give back, only people change appropriations.
create function coordination.ledger_allows(owner smallint, kind smallint) returns boolean
language sql immutable as $$
    select case owner
        when 1 then kind in (3, 4, 5, 6, 7, 8, 9, 13)
        when 2 then kind in (3, 4, 5, 6, 7, 8, 9, 13)
        when 3 then kind in (3, 4, 8, 11, 12)
        when 4 then kind between 1 and 13
        else false
    end
$$;

-- The days of a fiscal year.
create function coordination.ledger_year_days(fiscal_year integer) returns daterange language sql immutable as $$
    select daterange(make_date(fiscal_year, 1, 1), make_date(fiscal_year + 1, 1, 1))
$$;

-- The first day on which a line has money; null where it never had any.
create function coordination.ledger_first_money(line integer) returns date language sql stable as $$
    select min(t.business_date) from coordination.budget_transfer t where t.line_id = line and t.from_stage = 0
$$;

-- The stages' names in requests, records and codes.
create function coordination.ledger_stage(stage smallint) returns text language sql immutable as $$
    select (array['available', 'reserved', 'committed', 'accrued', 'ordered', 'paid'])[stage]
$$;

-- The stages between which a kind of posting moves money, where its kind alone says that.
create function coordination.ledger_from_stage(kind smallint) returns smallint language sql immutable as $$
    select (array[0, 1, 1, 2, 3, 4, 5, null, null, 1, 2, null, null])[kind]::smallint
$$;
create function coordination.ledger_to_stage(kind smallint) returns smallint language sql immutable as $$
    select (array[1, 0, 2, 3, 4, 5, 6, 1, null, 0, 1, 0, null])[kind]::smallint
$$;

-- The stage account's balance in a hold.
create function coordination.ledger_held(hold coordination.budget_hold, stage smallint) returns bigint
language sql immutable as $$
    select case stage
        when 2 then hold.reserved when 3 then hold.committed when 4 then hold.accrued
        when 5 then hold.ordered when 6 then hold.paid
    end
$$;

-- A transfer of a posting. (`offset 0` here and below: the look-up stays one by the table's key, whatever the planner
-- thinks of the table's size when it makes the plan that serves the session from then on.)
create function coordination.ledger_transfer_of(batch bigint, place integer, posting text)
returns setof coordination.budget_transfer language sql stable rows 1 as $$
    select * from coordination.budget_transfer t
    where t.batch_id = batch and t.ordinal = place and t.posting_id = posting offset 0
$$;

-- The limits that a line counts against.
create function coordination.ledger_limits_of(line integer) returns setof coordination.budget_limit_line
language sql stable as $$
    select * from coordination.budget_limit_line z where z.line_id = line offset 0
$$;

-- Settles items one after the other against the balances, group by group: a group that any of its items would
-- overdraw is undone as a whole. Called only when the sums alone cannot prove that every order of the items is
-- covered. Within a group every item is charged even after one fell short, so that the shortfalls of a line add up
-- to all that the line lacks. A group with an item that is refused already is undone too. Returns codes and shortfalls
-- at the places of the items that fell short.
create function coordination.ledger_settle(
    items coordination.ledger_item[], doubles boolean, out codes text[], out shortfalls bigint[]
) language plpgsql as $$
#variable_conflict use_column
declare
    balances bigint[];
    controls smallint[];
    move_items integer[];
    move_groups integer[];
    move_accounts integer[];
    move_amounts bigint[];
    move_stages smallint[];
    move_overrides boolean[];
    move_doomed boolean[];
    account integer;
    item integer;
    code text;
    first_of_group integer := 1;
    failed boolean;
    refused integer[];
begin
    codes := array_fill(null::text, array[cardinality(items)]);
    shortfalls := array_fill(null::bigint, array[cardinality(items)]);
    refused := array(select distinct i.item_group from unnest(items) as i where i.code <> 'posted');

    -- Each transfer is two moves: from one account and to another. An account that has all that is asked of it cannot fall
    -- short, in whatever order and whoever is undone; only the moves of the others are gone through.
    with leg as materialized (
        select l.item, l.item_group, l.leg, l.line_id, l.document, l.from_stage, l.to_stage, l.amount,
            l.override_reason <> '' as overridden
        from ledger_legs(items, doubles) as l
    ), move as not materialized (
        select l.item, l.item_group, l.leg, -1 as side, l.overridden, l.line_id, l.from_stage as stage,
            -l.amount as amount, case when l.from_stage > 1 then l.document else '' end as document
        from leg l where l.from_stage > 0
        union all
        select l.item, l.item_group, l.leg, 1, l.overridden, l.line_id, l.to_stage, l.amount,
            case when l.to_stage > 1 then l.document else '' end
        from leg l where l.to_stage > 0
        union all
        -- What a limit leaves is an account too, in stage 7: reserving takes from it.
        select l.item, l.item_group, l.leg, s.side, false, z.limit_id, 7::smallint, s.side * l.amount, ''
        from leg l
        cross join lateral ledger_limits_of(l.line_id) as z
        cross join lateral (values (case when l.to_stage >= 2 then -1 else 1 end)) as s(side)
        where (l.from_stage < 2) <> (l.to_stage < 2)
        union all
        -- So is what a line may still be given, in stage 8.
        select l.item, l.item_group, l.leg, s.side, false, l.line_id, 8::smallint, s.side * l.amount, ''
        from leg l
        cross join lateral (values (case when l.from_stage = 0 then -1 else 1 end)) as s(side)
        where l.from_stage = 0 or l.to_stage = 0
    ), opening as (
        select a.line_id, a.stage, a.document, a.asked,
            case a.stage
                when 1 then b.available when 7 then z.ceiling - z.used when 8 then 100000000000000000 - b.appropriated
                else coalesce(ledger_held(h, a.stage), 0)
            end as balance,
            case when a.stage = 1 then b.control else 0 end as control
        from (
            select m.line_id, m.stage, m.document, -sum(m.amount) as asked
            from move m where m.side < 0 group by m.line_id, m.stage, m.document
        ) as a
        left join budget_balance b on a.stage in (1, 8) and b.line_id = a.line_id
        left join budget_limit z on a.stage = 7 and z.limit_id = a.line_id
        left join budget_hold h on a.stage between 2 and 6 and h.line_id = a.line_id and h.document = a.document
    ), short as materialized (
        select o.* from opening o where o.control < 2 and o.balance < o.asked
    )
    select o.balances, o.controls, m.items, m.groups, m.accounts, m.amounts, m.stages, m.overrides, m.doomed
    into balances, controls, move_items, move_groups, move_accounts, move_amounts, move_stages, move_overrides,
        move_doomed
    from (
        select array_agg(o.balance order by o.line_id, o.stage, o.document) as balances,
            array_agg(o.control order by o.line_id, o.stage, o.document) as controls
        from short o
    ) as o, (
        select array_agg(m.item) as items, array_agg(m.item_group) as groups, array_agg(m.account) as accounts,
            array_agg(m.amount) as amounts, array_agg(m.stage) as stages, array_agg(m.overridden) as overrides,
            array_agg((m.item_group in (select unnest(refused))) is true) as doomed
        from (
            -- The accounts are numbered as they are ordered above.
            select m.*, dense_rank() over (order by m.line_id, m.stage, m.document) as account
            from move m
            -- `is true` keeps this a hashed look-up: as a join it would be planned for few rows, and be quadratic.
            where ((m.line_id, m.stage, m.document) in (select o.line_id, o.stage, o.document from short o)) is true
            order by m.item_group, m.item, m.leg, m.side
        ) as m
    ) as m;

    failed := move_doomed[1];
    for i in 1..coalesce(cardinality(move_items), 0) loop
        if move_groups[i] <> move_groups[first_of_group] then
            if failed then
                for undone in first_of_group..i - 1 loop
                    account := move_accounts[undone];
                    balances[account] := balances[account] - move_amounts[undone];
                end loop;
            end if;
            first_of_group := i;
            failed := move_doomed[i];
        end if;
        account := move_accounts[i];
        balances[account] := balances[account] + move_amounts[i];
        if balances[account] < 0 and move_amounts[i] < 0 and controls[account] < 2
            and not (controls[account] = 1 and move_overrides[i]) then
            failed := true;
            item := move_items[i];
            code := case
                when controls[account] = 1 then 'override_required'
                when move_stages[i] = 7 then 'limit_exceeded'
                when move_stages[i] = 8 then 'line_bound_exceeded'
                else 'insufficient_' || ledger_stage(move_stages[i])
            end;
            if codes[item] is null or code < codes[item] then
                codes[item] := code;
                shortfalls[item] := least(-move_amounts[i], -balances[account]);
            end if;
        end if;
    end loop;
end
$$;

-- sum() of bigint is numeric, which costs more than the sums of a batch are worth. Raises an error beyond 2^63.
create aggregate coordination.ledger_sum (bigint) (sfunc = int8pl, stype = bigint);

-- Posts a batch: the only writer of transfers, balances and holds.
--
-- Modes: 1 atomic, 2 each posting on its own, 3 per group (postings with the same p_group hang together). Arrays are
-- parallel; optional ones may be null. One code per posting, the first that applies of:
--   1 invalid_posting_id, posting_id_repeated, invalid_kind, kind_not_allowed, reserved_id, invalid_amount,
--     invalid_currency, invalid_document, invalid_stage, invalid_target, invalid_reversal, invalid_group, invalid_text,
--     invalid_date                                                    (the request is wrong)
--   2 posting_id_reused                                             (the identifier has other content)
--   3 the answer that was given before                              (replayed)
--   4 unknown_line, unknown_target, currency_mismatch
--   5 unknown_posting, other_line, not_reversible, already_reversed, exceeds_posting
--   6 document_of_another
--   7 year_sealed, year_closing, date_sealed, outside_year, before_money, stage_not_used
--   8 earmarked, agreement_suspended, hold_expired, hold_not_expired
--   9 insufficient_<stage>, limit_exceeded, override_required, line_bound_exceeded       (with the shortfall)
--  10 group_refused                                                 (another posting of the group was refused)
-- A refused atomic batch leaves nothing behind unless p_remember says so. In the other modes refusals of classes 4
-- and later are remembered: the same posting is answered the same for ever.
--
-- With p_own the batch is an act of the ledger itself (an agreement's money, reservations that lapse, a year's end): its
-- identifiers may be the reserved ones, and it touches the documents of all. Money that an agreement binds (document
-- `agreement/<code>`) is drawn on by RESERVE with that source_document, for the agreement's documents only.
--
-- Every look-up goes from the postings to a table by its key, and the settings and subqueries keep it so: one plan, made
-- once in a session, serves batches and tables of every size. (Planning anew would take far longer than one posting.)
create function coordination.ledger_post(
    p_mode smallint, p_remember boolean, p_own boolean, p_actor text, p_call bigint,
    p_posting_id text[], p_kind smallint[], p_line text[], p_amount bigint[], p_currency text[], p_document text[],
    p_stage text[],
    p_reverses text[], p_description text[], p_group text[], p_target_line text[], p_source_document text[],
    p_business_date text[], p_original_date text[], p_expires_on text[], p_override_reason text[]
) returns table (posting_id text, code text, shortfall bigint, line text, replayed boolean)
language plpgsql security definer set search_path = coordination, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off as $$
#variable_conflict use_column
declare
    v_named integer[];
    v_years integer[];
    v_schemes text[];
    v_lines integer[];
    v_locked integer[];
    v_limited boolean;
    v_earmarked boolean;
    v_owner smallint := case when p_own then 3 else ledger_owner(p_actor) end;
    v_foreign boolean;
    v_opens boolean;
    v_dated boolean;
    v_given date[];
    v_repeated boolean[];
    v_groups integer[];
    v_reversed_twice boolean[];
    v_stored boolean;
    v_ordinary boolean;
    v_reverses boolean;
    v_targets boolean;
    v_lapses boolean;
    v_plain_text boolean;
    v_items ledger_item[];
    v_second boolean := false;
    v_codes text[];
    v_shortfalls bigint[];
    v_ordinals integer[];
    v_known boolean := false;
    v_suspect boolean;
    v_remember boolean := p_mode <> 1 or p_remember;
    v_batch bigint;
    v_now timestamptz;
    v_header text;
    v_refusals integer := 0;
    v_transfers integer := 0;
    v_today date := civil_day();
begin
    if coalesce(cardinality(p_posting_id), 0) = 0 then
        return;
    end if;

    -- Work that only some batches need is done only for them.
    v_reverses := exists (select from unnest(p_reverses) as r where r <> '');
    v_targets := exists (select from unnest(p_target_line) as t where t <> '');
    v_lapses := 4 = any (p_kind) or 11 = any (p_kind);
    v_dated := concat(array_to_string(p_business_date, '')) <> '';
    v_plain_text := array_to_string(
        p_posting_id || p_document || p_source_document || p_group || p_description || p_override_reason, '')
        !~ '[[:cntrl:]]';
    if (select count(*) from (select from unnest(p_posting_id) as i group by i collate "C") as z)
        < cardinality(p_posting_id) then
        select array_agg(z.nth > 1 order by z.item) into v_repeated
        from (
            select i.item, row_number() over (partition by i.posting_id collate "C" order by i.item) as nth
            from unnest(p_posting_id) with ordinality as i(posting_id, item)
        ) as z;
    end if;
    if p_mode = 3 then
        select array_agg(case when z.linked_group <> '' then z.first else z.item end order by z.item) into v_groups
        from (
            select i.item, i.linked_group, min(i.item) over (partition by i.linked_group collate "C") as first
            from unnest(p_group) with ordinality as i(linked_group, item)
        ) as z;
    end if;
    if v_reverses then
        select array_agg(z.reverses <> '' and z.nth > 1 order by z.item) into v_reversed_twice
        from (
            select i.item, i.reverses, row_number() over (partition by i.reverses collate "C" order by i.item) as nth
            from unnest(p_reverses) with ordinality as i(reverses, item)
        ) as z;
    end if;

    if v_dated and 1 = any (p_kind) then
        -- What the batch itself gives to a line, and since when.
        select array_agg(z.first order by z.item) into v_given
        from (
            select i.item, min(
                    case when i.kind = 1 then coalesce(nullif(i.business_date, '')::date, v_today) end
                ) over (partition by i.line collate "C") as first
            from unnest(p_kind, p_line, p_business_date) with ordinality as i(kind, line, business_date, item)
        ) as z;
    end if;

    -- Every line of the batch, locked in one statement in the order of line_id. Whoever holds a line's balance holds
    -- its documents and its year's state too.
    -- A posting that is reversed may be written by another batch while this one waits; then its lines are locked too.
    select array_agg(l.line_id order by l.line_id), array_agg(distinct l.fiscal_year), array_agg(distinct l.scheme)
    into v_named, v_years, v_schemes
    from budget_line l where l.line = any (p_line || p_target_line);
    v_lines := v_named;
    loop
        if v_reverses then
            v_lines := array(
                select unnest(v_named)
                union
                select t.line_id
                from budget_posting p
                cross join lateral (values (p.ordinal), (p.ordinal + 1)) as o(place)
                cross join lateral ledger_transfer_of(p.batch_id, o.place, p.posting_id) as t
                where p.posting_id = any (p_reverses) and not p.refused
                order by 1);
        end if;
        perform from budget_balance b where b.line_id = any (v_lines) order by b.line_id for update;
        exit when not v_reverses or v_lines is not distinct from v_locked;
        v_locked := v_lines;
    end loop;
    perform from budget_limit m
    where m.limit_id in (select z.limit_id from budget_limit_line z where z.line_id = any (v_lines))
    order by m.limit_id for update;
    v_limited := found;
    v_earmarked := exists (select from agreement_earmark e where e.line_id = any (v_lines));
    v_stored := exists (select from budget_posting p where p.posting_id = any (p_posting_id));
    -- Whether a document of the batch is another's, by who opened it or by its name, and whether one is opened now.
    select coalesce(bool_or(coalesce(w.owner, ledger_name_owner(d.document)) <> v_owner), false),
        coalesce(bool_or(w.owner is null), false)
    into v_foreign, v_opens
    from (
        select distinct i collate "C" as document from unnest(p_document || p_source_document) as i where i <> ''
    ) as d
    left join lateral (select z.owner from budget_document z where z.document = d.document offset 0) as w on true;

    -- Whether none of the batch's postings can have one of the rarer faults.
    v_ordinary := v_plain_text and v_repeated is null
        and not (v_reverses or v_targets or v_earmarked or v_stored or v_foreign or v_dated or p_own)
        and (p_mode = 3 or concat(array_to_string(p_group, '')) = '')
        and concat(
            array_to_string(p_stage, ''), array_to_string(p_source_document, ''),
            array_to_string(p_original_date, ''), array_to_string(p_expires_on, '')) = ''
        and not exists (
            select from fiscal_year y
            where y.fiscal_year = any (v_years) and (y.state <> 1 or y.sealed_through is not null))
        and not exists (
            select from budget_scheme c where c.scheme = any (v_schemes) and (c.skips_reserved or c.skips_ordered));
    if v_ordinary then
        -- Most batches need no further look: each rule below is one that this excludes.
        select
            array_agg(
                row(
                    g.item, g.item, case when p_mode = 1 then 1 else coalesce(g.item_group, g.item) end,
                    g.posting_id, g.kind, g.line, g.amount, v_today, null, null, '', coalesce(g.linked_group, ''),
                    coalesce(g.override_reason, ''), coalesce(g.description, ''), l.line_id, g.document,
                    ledger_from_stage(g.kind), ledger_to_stage(g.kind), null, null, null, null, null, null, false
                )::ledger_item order by g.item),
            bool_and((
                g.kind in (3, 5, 6, 7) and g.amount between 1 and 1000000000000000
                and octet_length(g.posting_id) between 1 and 64
                and coalesce(ledger_name_owner(g.posting_id), v_owner) = v_owner
                and g.currency = l.currency
                and octet_length(g.document) between 1 and 64 and octet_length(coalesce(g.linked_group, '')) <= 64
                and octet_length(coalesce(g.description, '')) <= 240
                and octet_length(coalesce(g.override_reason, '')) <= 240 and l.line_id is not null) is true)
        into v_items, v_ordinary
        from unnest(
            p_posting_id, p_kind, p_line, p_amount, p_currency, p_document, p_group, p_description, p_override_reason,
            v_groups
        ) with ordinality as g(
            posting_id, kind, line, amount, currency, document, linked_group, description, override_reason, item_group,
            item)
        left join lateral (select * from budget_line z where z.line = g.line offset 0) as l on true;
    end if;
    if not v_ordinary then
        -- What each posting asks for, and what is wrong with it regardless of balances.
        with given as materialized (
            select g.item::integer, g.posting_id collate "C" as posting_id, coalesce(g.kind, 0::smallint) as kind,
                coalesce(g.line, '') as line, coalesce(g.amount, 0) as amount,
                coalesce(g.currency, '') collate "C" as currency, coalesce(g.document, '') as document,
                coalesce(g.stage, '') as stage, coalesce(g.reverses, '') as reverses,
                coalesce(g.description, '') as description, coalesce(g.linked_group, '') as linked_group,
                coalesce(g.target_line, '') as target_line, coalesce(g.source_document, '') as source_document,
                nullif(g.business_date, '')::date as asked_date, nullif(g.original_date, '')::date as original_date,
                nullif(g.expires_on, '')::date as expires_on, coalesce(g.override_reason, '') as override_reason,
                case g.stage
                    when 'available' then 1 when 'reserved' then 2 when 'committed' then 3 when 'accrued' then 4
                    when 'ordered' then 5 when 'paid' then 6
                end as stage_number,
                g.is_repeated, g.reversed_twice, g.given_since,
                case when p_mode = 1 then 1 else coalesce(g.item_group, g.item::integer) end as item_group
            from unnest(
                p_posting_id, p_kind, p_line, p_amount, p_currency, p_document, p_stage, p_reverses, p_description,
                p_group, p_target_line, p_source_document, p_business_date, p_original_date, p_expires_on,
                p_override_reason, v_repeated, v_reversed_twice, v_groups, v_given
            ) with ordinality as g(
                posting_id, kind, line, amount, currency, document, stage, reverses, description, linked_group,
                target_line, source_document, business_date, original_date, expires_on, override_reason, is_repeated,
                reversed_twice, item_group, given_since, item)
        ), judged as (
            select g.*, l.line_id, t.line_id as target_id, y.state as year_state, p.stored_batch,
                coalesce(g.asked_date, v_today) as business_date,
                g.kind = 4 and c.skips_reserved or g.kind = 7 and c.skips_ordered as passes_through,
                o.amount as o_amount, o.line_id as o_line, o.document as o_document, o.from_stage as o_from,
                o.to_stage as o_to, o.line_id2 as o_line2, o.document2 as o_document2, o.from_stage2 as o_from2,
                o.to_stage2 as o_to2,
                case
                    when g.posting_id is null or g.posting_id = '' or length(g.posting_id) > 64
                        or not v_plain_text and g.posting_id ~ '[[:cntrl:]]' then 'invalid_posting_id'
                    when g.is_repeated then 'posting_id_repeated'
                    when g.kind not between 1 and 13 then 'invalid_kind'
                    when not p_own and not ledger_allows(v_owner, g.kind) then 'kind_not_allowed'
                    when coalesce(ledger_name_owner(g.posting_id), v_owner) <> v_owner and not p_own then 'reserved_id'
                    when g.amount < 0 or g.amount = 0 and g.kind <> 9 or g.amount > 1000000000000000
                        then 'invalid_amount'
                    when g.currency !~ '^[A-Z]{3}$' then 'invalid_currency'
                    when length(g.document) > 64 or length(g.source_document) > 64
                        or (g.kind between 3 and 8 or g.kind in (11, 13)) and g.document = ''
                        or g.source_document <> '' and (g.kind <> 3 or g.source_document = g.document)
                        or g.kind = 12 and g.document = '' and g.stage_number > 1 then 'invalid_document'
                    when g.kind = 8 and coalesce(g.stage_number, 1) = 1 or g.kind = 12 and g.stage_number is null
                        or g.kind = 13 and coalesce(g.stage_number, 1) < 4
                        or g.kind not in (8, 12, 13) and g.stage <> '' then 'invalid_stage'
                    when (g.kind in (10, 12)) <> (g.target_line <> '') or g.target_line = g.line and g.target_line <> ''
                        then 'invalid_target'
                    when (g.kind = 9) <> (g.reverses <> '') or g.reversed_twice then 'invalid_reversal'
                    when length(g.linked_group) > 64 or p_mode <> 3 and g.linked_group <> '' then 'invalid_group'
                    when length(g.description) > 240 or length(g.override_reason) > 240
                        or not v_plain_text and g.document || g.source_document || g.linked_group || g.description
                            || g.override_reason ~ '[[:cntrl:]]' then 'invalid_text'
                    when g.asked_date > v_today or g.original_date > coalesce(g.asked_date, v_today)
                        or g.expires_on is not null and g.kind <> 3 then 'invalid_date'
                    -- What the same identifier said before.
                    when p.refused then
                        case
                            when p.body::jsonb -> 'content' = ledger_content(
                                g.kind, g.line, g.amount, g.currency, g.document, g.stage, g.reverses, g.description,
                                g.linked_group, g.target_line, g.source_document, g.asked_date, g.original_date,
                                g.expires_on, g.override_reason) then p.body::jsonb ->> 'code'
                            else 'posting_id_reused'
                        end
                    when p.stored_batch is not null then
                        case
                            when p.kind = g.kind and l.currency = g.currency and p.description = g.description
                                and p.reverses = g.reverses
                                and p.linked_group = g.linked_group and p.override_reason = g.override_reason
                                and p.business_date = coalesce(g.asked_date, p.business_date)
                                and p.original_date is not distinct from g.original_date
                                and p.expires_on is not distinct from g.expires_on
                                and p.amount = case when g.kind = 9 and g.amount = 0 then o.amount else g.amount end
                                and case
                                    when g.kind = 9 then l.line_id in (p.line_id, coalesce(p.line_id2, p.line_id))
                                    when g.source_document <> '' then
                                        p.line_id = l.line_id and p.document = g.source_document
                                        and p.document2 = g.document
                                    when g.kind in (10, 12) then
                                        p.line_id = l.line_id and p.line_id2 = t.line_id and p.document = g.document
                                        and p.from_stage = coalesce(g.stage_number, 1)
                                    when g.kind in (8, 13) then
                                        p.line_id = l.line_id and p.document = g.document
                                        and p.from_stage = g.stage_number
                                    else p.line_id = l.line_id and p.document = g.document
                                end then 'posted'
                            else 'posting_id_reused'
                        end
                    when l.line_id is null then 'unknown_line'
                    when g.target_line <> '' and t.line_id is null then 'unknown_target'
                    when g.currency <> l.currency or l.currency <> t.currency then 'currency_mismatch'
                    when g.kind = 9 and o.line_id is null then 'unknown_posting'
                    when g.kind = 9 and l.line_id not in (o.line_id, coalesce(o.line_id2, o.line_id)) then 'other_line'
                    when g.kind = 9 and o.kind = 9 then 'not_reversible'
                    when g.kind = 9 and o.reversed then 'already_reversed'
                    when g.kind = 9 and g.amount > o.amount then 'exceeds_posting'
                    when w.is_foreign then 'document_of_another'
                    -- What stayed payable is ordered and paid after the year; what the bank rejects or returns leaves it.
                    when t.state = 3 or y.state = 3 and not z.goes_on then 'year_sealed'
                    when y.state = 2 and g.kind in (1, 3) then 'year_closing'
                    when coalesce(g.asked_date, v_today) <= greatest(y.sealed_through, t.sealed_through)
                        then 'date_sealed'
                    -- A year's end is dated when it is done; so is what goes on after it.
                    when not p_own and g.original_date is null and g.asked_date is not null and (
                        g.asked_date < lower(ledger_year_days(y.fiscal_year))
                        or g.asked_date >= upper(ledger_year_days(y.fiscal_year)) and not z.goes_on) then 'outside_year'
                    when g.asked_date < v_today and g.kind <> 1
                        and g.asked_date < least(ledger_first_money(l.line_id), g.given_since) then 'before_money'
                    when g.kind = 3 and c.skips_reserved or g.kind = 6 and c.skips_ordered then 'stage_not_used'
                    when v_earmarked and not p_own and (
                        g.source_document like 'agreement/%' and not exists (
                            select from agreement_earmark e
                            where e.line_id = l.line_id and 'agreement/' || e.agreement = g.source_document
                                and starts_with(g.document, e.document_prefix))) then 'earmarked'
                    when v_earmarked and (g.source_document like 'agreement/%' or g.kind = 4) and not p_own
                        and exists (
                        select from agreement_earmark e join agreement a using (agreement)
                        where e.line_id = l.line_id and a.state = 3 and starts_with(g.document, e.document_prefix))
                        then 'agreement_suspended'
                    when g.kind = 4 and h.expires_on < coalesce(g.asked_date, v_today) then 'hold_expired'
                    when g.kind = 11 and y.state = 1 and coalesce(h.expires_on >= coalesce(g.asked_date, v_today), true)
                        then 'hold_not_expired'
                end as code,
                (p.body::jsonb ->> 'shortfall')::bigint as shortfall
            from given g
            left join lateral (select * from budget_line z where z.line = g.line offset 0) as l on true
            left join budget_scheme c on c.scheme = l.scheme
            left join fiscal_year y on y.fiscal_year = l.fiscal_year
            left join lateral (
                select z.line_id, z.currency, f.state, f.sealed_through
                from budget_line z join fiscal_year f using (fiscal_year)
                where v_targets and z.line = g.target_line
            ) as t on true
            left join lateral (
                select z.batch_id as stored_batch, z.refused, s.*, u.line_id as line_id2, u.document as document2,
                    x.body
                from (
                    select *, y.ordinal + 1 as second from budget_posting y
                    where v_stored and y.posting_id = g.posting_id offset 0
                ) as z
                left join lateral ledger_transfer_of(z.batch_id, z.ordinal, z.posting_id) as s on not z.refused
                left join lateral ledger_transfer_of(z.batch_id, z.second, z.posting_id) as u on not z.refused
                left join lateral (
                    select y.body from budget_record y where y.batch_id = z.batch_id and y.ordinal = z.ordinal offset 0
                ) as x on z.refused
            ) as p on true
            left join lateral (
                select s.*, u.line_id as line_id2, u.document as document2, u.from_stage as from_stage2,
                    u.to_stage as to_stage2, r.reversed_by is not null as reversed
                from (
                    select *, y.ordinal + 1 as second from budget_posting y
                    where v_reverses and y.posting_id = nullif(g.reverses, '') and not y.refused offset 0
                ) as z
                cross join lateral ledger_transfer_of(z.batch_id, z.ordinal, z.posting_id) as s
                left join lateral ledger_transfer_of(z.batch_id, z.second, z.posting_id) as u on true
                left join lateral (
                    select y.reversed_by from budget_reversal y where y.posting_id = z.posting_id offset 0
                ) as r on true
            ) as o on true
            left join lateral (
                select z.expires_on from budget_hold z
                where v_lapses and g.kind in (4, 11) and z.line_id = l.line_id and z.document = g.document offset 0
            ) as h on true
            cross join lateral (
                select g.kind in (6, 7, 13) or g.kind = 8 and g.stage_number in (4, 5)
                    or g.kind = 9 and o.kind in (6, 7, 13) as goes_on
            ) as z
            -- Whether it takes from another's document, or gives to one. What an agreement binds is drawn on by those whom
            -- the earmark names, and given back to it by them.
            left join lateral (
                select exists (
                    select from (values
                        (case
                            when g.kind between 3 and 8 or g.kind in (11, 13) or g.kind = 12 and g.stage_number > 1
                                then g.document
                        end),
                        (case when g.source_document not like 'agreement/%' then g.source_document end),
                        (case
                            when greatest(o.from_stage, o.to_stage) > 1
                                and not (o.document like 'agreement/%' and o.line_id2 is not null) then o.document
                        end),
                        (case when greatest(o.from_stage2, o.to_stage2) > 1 then o.document2 end)
                    ) as d(document)
                    where d.document <> '' and coalesce(
                        (select b.owner from budget_document b where b.document = d.document offset 0),
                        ledger_name_owner(d.document), v_owner) <> v_owner
                ) as is_foreign
                where not p_own and (v_foreign or v_reverses)
            ) as w on true
        )
        select
            array_agg(
                row(
                    j.item, j.item, j.item_group, j.posting_id, j.kind, j.line,
                    case when j.kind = 9 and j.amount = 0 then j.o_amount else j.amount end, j.business_date,
                    j.original_date, j.expires_on, j.reverses, j.linked_group, j.override_reason, j.description,
                    -- The first transfer.
                    case when j.kind = 9 then coalesce(j.o_line2, j.o_line) else j.line_id end,
                    case
                        when j.kind = 9 then coalesce(j.o_document2, j.o_document)
                        when j.source_document <> '' then j.source_document
                        else j.document
                    end,
                    case
                        when j.kind = 9 then coalesce(j.o_to2, j.o_to)
                        when j.kind in (8, 12, 13) then j.stage_number
                        when j.source_document <> '' then 2
                        when j.passes_through then j.kind - 3
                        else ledger_from_stage(j.kind)
                    end,
                    case
                        when j.kind = 9 then coalesce(j.o_from2, j.o_from)
                        when j.source_document <> '' then 1
                        when j.passes_through then j.kind - 2
                        -- Nothing can use it any more in a year that ends.
                        when j.kind = 13 then case when j.year_state = 1 then 1 else 0 end
                        else ledger_to_stage(j.kind)
                    end,
                    -- The second, where the posting has one.
                    j.second_line, case when j.kind = 9 then j.o_document else j.document end,
                    case j.kind when 9 then j.o_to when 3 then 1 when 4 then 2 when 7 then 5 else 0 end,
                    case j.kind
                        when 9 then j.o_from when 3 then 2 when 4 then 3 when 7 then 6 when 10 then 1
                        else j.stage_number
                    end,
                    j.code, case when j.is_answer then j.shortfall end, j.is_answer
                )::ledger_item),
            bool_or(j.code is not null), bool_or(j.second_line is not null)
        into v_items, v_known, v_second
        from (
            select z.*, z.stored_batch is not null and (z.code = 'posted' or ledger_remembers(z.code)) as is_answer,
                case
                    when z.kind = 9 then case when z.o_line2 is not null then z.o_line end
                    when z.source_document <> '' or z.passes_through then z.line_id
                    when z.kind in (10, 12) then z.target_id
                end as second_line
            from judged z order by z.item
        ) as j;
    end if;

    -- If no account is asked for more than it has, no order of the items can overdraw it.
    with leg as materialized (
        select l.line_id, l.document, l.from_stage, l.to_stage, l.amount
        from ledger_legs(v_items, v_second) as l
    )
    select (select count(*) from leg), exists (
            select from (
                select l.line_id, sum(l.amount) as amount from leg l where l.from_stage = 1 group by l.line_id
            ) as d
            where d.amount > (
                select case when b.control < 2 then b.available end from budget_balance b where b.line_id = d.line_id)
        ) or exists (
            select from (
                select l.line_id, l.document, l.from_stage, sum(l.amount) as amount
                from leg l where l.from_stage > 1 group by l.line_id, l.document, l.from_stage
            ) as d
            where d.amount > coalesce((
                select ledger_held(h, d.from_stage) from budget_hold h
                where h.line_id = d.line_id and h.document = d.document), 0)
        ) or v_limited and exists (
            select from (
                select z.limit_id, sum(l.amount) as amount
                from leg l
                cross join lateral ledger_limits_of(l.line_id) as z
                where l.from_stage < 2 and l.to_stage >= 2 group by z.limit_id
            ) as d
            join budget_limit m using (limit_id)
            where m.ceiling - m.used < d.amount
        ) or exists (
            select from (
                select l.line_id, sum(l.amount) as amount from leg l where l.from_stage = 0 group by l.line_id
            ) as d
            where d.amount > (
                select 100000000000000000 - b.appropriated from budget_balance b where b.line_id = d.line_id)
        )
    into v_transfers, v_suspect;
    if v_suspect then
        select z.codes, z.shortfalls into v_codes, v_shortfalls from ledger_settle(v_items, v_second) as z;
    end if;
    if v_suspect or v_known or v_second then
        -- The answers, and where the entries stand in the batch. Nothing of a refused atomic batch is written; in the other
        -- modes each group stands alone.
        select array_agg(z.code order by z.item), array_agg(z.shortfall order by z.item),
            array_agg(z.ordinal order by z.item), coalesce(sum(z.legs) filter (where z.code is null), 0),
            count(*) filter (where v_remember and not z.replayed and ledger_remembers(z.code))
        into v_codes, v_shortfalls, v_ordinals, v_transfers, v_refusals
        from (
            select y.*, (
                    sum(case when y.code is null then y.legs else 0 end) over (order by y.item) - y.legs + 1
                )::integer as ordinal
            from (
                select x.item, x.legs, x.shortfall, x.replayed,
                    case
                        when x.code is null and bool_or(x.code <> 'posted') over (partition by x.item_group) is true
                            then 'group_refused'
                        else x.code
                    end as code
                from (
                    select i.item, i.item_group, 1 + (i.second_line is not null)::integer as legs, i.replayed,
                        coalesce(i.code, v_codes[i.item]) as code,
                        coalesce(v_shortfalls[i.item], i.shortfall) as shortfall
                    from unnest(v_items) as i
                ) as x
            ) as y
        ) as z;
        v_items := array(
            select row(
                i.item, v_ordinals[i.item], i.item_group, i.posting_id, i.kind, i.line, i.amount, i.business_date,
                i.original_date, i.expires_on, i.reverses, i.linked_group, i.override_reason, i.description, i.line_id,
                i.document, i.from_stage, i.to_stage, i.second_line, i.second_document, i.second_from, i.second_to,
                v_codes[i.item], v_shortfalls[i.item], i.replayed)::ledger_item
            from unnest(v_items) as i order by i.item);
    end if;
    if v_transfers + v_refusals > 0 then
        v_batch := nextval('budget_batch_number');
        v_now := clock_timestamp();
        v_header := ledger_header(v_batch, v_now, p_actor, p_call, v_transfers + v_refusals);
        insert into budget_batch values (v_batch, v_now, p_actor, p_call, v_transfers + v_refusals);
        insert into budget_log_pending values (v_batch, v_transfers + v_refusals);
    end if;
    if v_transfers > 0 then
        -- The journal, the identifiers, and one update per balance and hold.
        with leg as materialized (
            select l.* from ledger_legs(v_items, v_second) as l
        ), transfer as (
            insert into budget_transfer
            select v_batch, l.ordinal, l.line_id, l.amount, l.business_date, l.original_date, l.expires_on, l.kind,
                l.from_stage, l.to_stage, l.posting_id, l.document, l.reverses, l.linked_group, l.override_reason,
                l.description,
                ledger_transfer_leaf(
                    v_header, l.ordinal, l.line_id, l.amount, l.business_date, l.original_date, l.expires_on, l.kind,
                    l.from_stage, l.to_stage, l.posting_id, l.document, l.reverses, l.linked_group, l.override_reason,
                    l.description)
            from leg l
        ), posting as (
            insert into budget_posting select l.posting_id, v_batch, l.ordinal, false from leg l where l.leg = 1
        ), reversal as (
            insert into budget_reversal
            select l.reverses, l.posting_id from leg l where v_reverses and l.kind = 9 and l.leg = 1
        ), moved as materialized (
            select l.line_id, l.document, l.from_stage, l.to_stage, ledger_sum(l.amount) as amount,
                max(l.expires_on) as expires_on
            from leg l group by l.line_id, l.document, l.from_stage, l.to_stage
        ), balance as (
            update budget_balance b
            set appropriated = b.appropriated + d.appropriated, available = b.available + d.available,
                reserved = b.reserved + d.reserved, committed = b.committed + d.committed,
                accrued = b.accrued + d.accrued, ordered = b.ordered + d.ordered, paid = b.paid + d.paid
            from (
                select (select z.ctid from budget_balance z where z.line_id = m.line_id) as place,
                    ledger_sum(case 0 when m.from_stage then m.amount when m.to_stage then -m.amount else 0 end)
                        as appropriated,
                    ledger_sum(case 1 when m.to_stage then m.amount when m.from_stage then -m.amount else 0 end)
                        as available,
                    ledger_sum(case 2 when m.to_stage then m.amount when m.from_stage then -m.amount else 0 end)
                        as reserved,
                    ledger_sum(case 3 when m.to_stage then m.amount when m.from_stage then -m.amount else 0 end)
                        as committed,
                    ledger_sum(case 4 when m.to_stage then m.amount when m.from_stage then -m.amount else 0 end)
                        as accrued,
                    ledger_sum(case 5 when m.to_stage then m.amount when m.from_stage then -m.amount else 0 end)
                        as ordered,
                    ledger_sum(case 6 when m.to_stage then m.amount when m.from_stage then -m.amount else 0 end)
                        as paid
                from moved m group by m.line_id
            ) as d
            where b.ctid = d.place
        ), held as materialized (
            select m.line_id, m.document, (
                    select h.ctid from budget_hold h where h.line_id = m.line_id and h.document = m.document) as place,
                ledger_sum(case 2 when m.to_stage then m.amount when m.from_stage then -m.amount else 0 end)
                    as reserved,
                ledger_sum(case 3 when m.to_stage then m.amount when m.from_stage then -m.amount else 0 end)
                    as committed,
                ledger_sum(case 4 when m.to_stage then m.amount when m.from_stage then -m.amount else 0 end)
                    as accrued,
                ledger_sum(case 5 when m.to_stage then m.amount when m.from_stage then -m.amount else 0 end)
                    as ordered,
                ledger_sum(case 6 when m.to_stage then m.amount when m.from_stage then -m.amount else 0 end)
                    as paid,
                max(case when m.to_stage > 1 then m.expires_on end) as expires_on
            from moved m where m.from_stage > 1 or m.to_stage > 1 group by m.line_id, m.document
        ), updated as (
            update budget_hold h
            set reserved = h.reserved + d.reserved, committed = h.committed + d.committed,
                accrued = h.accrued + d.accrued, ordered = h.ordered + d.ordered, paid = h.paid + d.paid,
                expires_on = greatest(h.expires_on, d.expires_on)
            from held d
            where h.ctid = d.place
        )
        insert into budget_hold
        select d.line_id, d.document, d.reserved, d.committed, d.accrued, d.ordered, d.paid, d.expires_on
        from held d where d.place is null;
        if v_limited then
            update budget_limit m set used = m.used + d.amount
            from (
                select z.limit_id, sum(case when l.to_stage >= 2 then l.amount else -l.amount end)::bigint as amount
                from ledger_legs(v_items, v_second) as l
                cross join lateral ledger_limits_of(l.line_id) as z
                where (l.from_stage < 2) <> (l.to_stage < 2) group by z.limit_id
            ) as d
            where m.limit_id = d.limit_id;
        end if;
    end if;
    if v_opens and v_transfers > 0 then
        -- Two that open the same document at once on different lines wait for each other here; the second is told.
        insert into budget_document
        select distinct l.document, v_owner from ledger_legs(v_items, v_second) as l where l.to_stage > 1 order by 1
        on conflict on constraint budget_document_pkey do nothing;
        if not p_own and exists (
            select from ledger_legs(v_items, v_second) as l
            join lateral (select d.owner from budget_document d where d.document = l.document offset 0) as d on true
            where l.to_stage > 1 and d.owner <> v_owner
        ) then
            raise exception 'another opened the same document' using errcode = 'unique_violation',
                constraint = 'budget_document_pkey', table = 'budget_document';
        end if;
    end if;
    if v_refusals > 0 then
        with refusal as materialized (
            select i.posting_id, (v_transfers + row_number() over (order by i.item))::integer as ordinal,
                json_build_object(
                    'code', i.code, 'shortfall', coalesce(i.shortfall, 0), 'content', ledger_content(
                        i.kind, i.line, p_amount[i.item], p_currency[i.item], p_document[i.item], p_stage[i.item],
                        i.reverses,
                        i.description, i.linked_group, p_target_line[i.item], p_source_document[i.item],
                        nullif(p_business_date[i.item], '')::date, i.original_date, i.expires_on,
                        i.override_reason))::text as body
            from unnest(v_items) as i
            where not i.replayed and ledger_remembers(i.code)
        ), recorded as (
            insert into budget_record
            select v_batch, r.ordinal, 'refusal', r.posting_id, r.body,
                ledger_record_leaf(v_header, r.ordinal, 'refusal', r.posting_id, r.body)
            from refusal r
        )
        insert into budget_posting select r.posting_id, v_batch, r.ordinal, true from refusal r;
    end if;

    return query
    select i.posting_id, coalesce(i.code, 'posted'), coalesce(i.shortfall, 0), i.line, i.replayed
    from unnest(v_items) as i;
end
$$;

-- Whether a refusal is remembered: those that depend on the ledger's state are, those of the request itself are not.
create function coordination.ledger_remembers(code text) returns boolean language sql immutable as $$
    select code is not null and code not like 'invalid\_%'
        and code not in ('posted', 'posting_id_repeated', 'posting_id_reused', 'kind_not_allowed', 'reserved_id')
$$;

-- A posting's content as a refusal remembers it, so that the same identifier can be compared later.
create function coordination.ledger_content(
    kind smallint, line text, amount bigint, currency text, document text, stage text, reverses text,
    description text, linked_group text, target_line text, source_document text, business_date date, original_date date,
    expires_on date, override_reason text
) returns jsonb language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'kind', kind, 'line', nullif(line, ''), 'amount', amount, 'currency', nullif(currency, ''),
        'document', nullif(document, ''),
        'stage', nullif(stage, ''), 'reverses', nullif(reverses, ''), 'description', nullif(description, ''),
        'group', nullif(linked_group, ''), 'target_line', nullif(target_line, ''),
        'source_document', nullif(source_document, ''), 'business_date', business_date - date '2000-01-01',
        'original_date', original_date - date '2000-01-01', 'expires_on', expires_on - date '2000-01-01',
        'override_reason', nullif(override_reason, '')))
$$;

-- What other services and reports read.
create view coordination.budget_line_v1 as
select l.line, l.fiscal_year, l.fund, l.ministry, l.programme, l.territory_code, l.currency,
    b.appropriated, b.available,
    b.reserved + b.committed + b.accrued + b.ordered + b.paid as reserved,
    b.committed + b.accrued + b.ordered + b.paid as committed,
    b.accrued + b.ordered + b.paid as accrued,
    b.ordered + b.paid as ordered,
    b.paid, l.scheme, c.skips_reserved, c.skips_ordered,
    (array['open', 'closing', 'sealed'])[y.state] as year_state,
    greatest(
        y.sealed_through + 1, lower(coordination.ledger_year_days(l.fiscal_year)), (
            select min(t.business_date) from coordination.budget_transfer t
            where t.line_id = l.line_id and t.from_stage = 0)) as first_open_day,
    (array['absolute', 'advisory', 'none'])[b.control + 1] as control
from coordination.budget_line l
join coordination.budget_scheme c using (scheme)
join coordination.fiscal_year y using (fiscal_year)
join coordination.budget_balance b using (line_id);
comment on view coordination.budget_line_v1 is
    'Budget lines; each stage is the amount that reached it, so paid <= ordered <= ... <= appropriated. Callers post no'
    ' RESERVE where skips_reserved, and no ORDER where skips_ordered. A posting can be dated from first_open_day on.';

create view coordination.budget_document_v1 as
select l.line, h.document,
    h.reserved + h.committed + h.accrued + h.ordered + h.paid as reserved,
    h.committed + h.accrued + h.ordered + h.paid as committed,
    h.accrued + h.ordered + h.paid as accrued,
    h.ordered + h.paid as ordered,
    h.paid, l.currency, l.fiscal_year, (array['transfers', 'projects', 'coordination', 'people'])[d.owner] as owner,
    h.reserved + h.committed + h.accrued + h.ordered as bound
from coordination.budget_hold h
join coordination.budget_line l using (line_id)
join coordination.budget_document d using (document);
comment on view coordination.budget_document_v1 is
    'What each document holds of a line, by stage reached, and whose it is; bound is what is neither paid nor free.';

create view coordination.budget_appropriation_v1 as
select l.line, t.document, l.currency, l.fiscal_year,
    sum(case when t.from_stage = 0 then t.amount else -t.amount end) as appropriated, count(*) as transfers
from coordination.budget_transfer t
join coordination.budget_line l using (line_id)
where t.from_stage = 0 or t.to_stage = 0
group by l.line, t.document, l.currency, l.fiscal_year;
comment on view coordination.budget_appropriation_v1 is
    'What each law, decree or other document gave to each line, less what it took.';

grant execute on function coordination.ledger_open_lines, coordination.ledger_post to puente_coordination;
grant select on coordination.fiscal_year, coordination.budget_scheme, coordination.budget_line,
    coordination.budget_balance, coordination.budget_limit, coordination.budget_limit_line,
    coordination.budget_hold, coordination.budget_batch, coordination.budget_transfer, coordination.budget_record,
    coordination.budget_posting, coordination.budget_reversal, coordination.budget_log_pending,
    coordination.budget_document
    to puente_coordination;
grant execute on function coordination.ledger_year_days
    to puente_coordination, puente_transfers, puente_projects, puente_reader, puente_operator;
grant select on coordination.budget_appropriation_v1 to puente_coordination, puente_reader, puente_operator;
grant select on coordination.budget_line_v1, coordination.budget_document_v1
    to puente_coordination, puente_transfers, puente_projects, puente_reader, puente_operator;
