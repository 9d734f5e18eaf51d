-- Calls that are made again and again, by cron expressions on the database's clock, and what the database knows about
-- itself for the queue's metrics.

create table rpc.recurrence (
    name text not null,
    cron text not null,
    method_id smallint not null,
    caller text not null,
    request jsonb not null,
    options jsonb not null,
    next_at timestamptz not null,
    trouble text,
    constraint recurrence_pkey primary key (name),
    constraint recurrence_name_check check (length(name) between 1 and 200),
    constraint recurrence_method_fkey foreign key (method_id) references rpc.method (method_id)
);
comment on column rpc.recurrence.trouble is 'why the last call could not be made; null: it was';

-- The numbers that one field of a cron expression names: `*`, `5`, `1-5`, `*/10`, `8-18/2`, and lists of these.
create function rpc.cron_field(field text, low integer, high integer) returns integer[]
language plpgsql immutable as $$
declare
    part text;
    bounds text[];
    first integer;
    last integer;
    step integer;
    numbers integer[] := '{}';
begin
    foreach part in array string_to_array(field, ',') loop
        if part !~ '^(\*|[0-9]{1,2}(-[0-9]{1,2})?)(/[0-9]{1,2})?$' then
            perform rpc.refuse(3, format('%L is not a field of a cron expression', left(field, 40)));
        end if;
        step := coalesce(nullif(split_part(part, '/', 2), '')::integer, 1);
        part := split_part(part, '/', 1);
        if part = '*' then
            first := low;
            last := high;
        else
            bounds := string_to_array(part, '-');
            first := bounds[1]::integer;
            last := coalesce(bounds[2], bounds[1])::integer;
        end if;
        if first < low or last > high or first > last or step < 1 then
            perform rpc.refuse(3, format('%s-%s is outside %s-%s of a cron expression', first, last, low, high));
        end if;
        numbers := numbers || array(select generate_series(first, last, step));
    end loop;
    if numbers = '{}' then
        perform rpc.refuse(3, 'a field of a cron expression is empty');
    end if;
    return numbers;
end
$$;

-- The first time after `after` that a cron expression of five fields names, in UTC; null if there is none in 8 years
-- (29 February may be that far away).
create function rpc.cron_next(cron text, after timestamptz) returns timestamptz
language plpgsql immutable as $$
declare
    fields text[] := regexp_split_to_array(btrim(cron), '\s+');
    minutes integer[];
    hours integer[];
    days integer[];
    months integer[];
    weekdays integer[];
    day date;
    found_at timestamp;
    earliest timestamp := date_trunc('minute', after at time zone 'UTC') + interval '1 minute';
begin
    if cardinality(fields) <> 5 then
        perform rpc.refuse(3, 'a cron expression has five fields: minute hour day month weekday');
    end if;
    minutes := rpc.cron_field(fields[1], 0, 59);
    hours := rpc.cron_field(fields[2], 0, 23);
    days := rpc.cron_field(fields[3], 1, 31);
    months := rpc.cron_field(fields[4], 1, 12);
    weekdays := rpc.cron_field(fields[5], 0, 7);
    for n in 0..2922 loop
        day := earliest::date + n;
        continue when extract(month from day)::integer <> all (months);
        -- POSIX: when both days are restricted, either suffices.
        continue when not case
            when left(fields[3], 1) <> '*' and left(fields[5], 1) <> '*' then
                extract(day from day)::integer = any (days)
                or extract(dow from day)::integer = any (weekdays) or extract(isodow from day)::integer = any (weekdays)
            else extract(day from day)::integer = any (days) and (
                extract(dow from day)::integer = any (weekdays) or extract(isodow from day)::integer = any (weekdays))
            end;
        select min(day + make_interval(hours => h, mins => m)) into found_at
        from unnest(hours) as h, unnest(minutes) as m
        where day + make_interval(hours => h, mins => m) >= earliest;
        if found_at is not null then
            return found_at at time zone 'UTC';
        end if;
    end loop;
    return null;
end
$$;

-- Sets up or replaces a recurrence in the name of the session's role, which must be allowed to make the call.
create function rpc.recur(name text, cron text, method text, request jsonb, options jsonb default '{}')
returns timestamptz language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    called rpc.method;
    first_at timestamptz := rpc.cron_next(cron, clock_timestamp());
    owner text;
begin
    select * into called from rpc.method m where m.name = recur.method;
    if called.method_id is null then
        perform rpc.refuse(12, 'there is no method ' || left(method, 200));
    end if;
    if not rpc.may_call(called.allowed_roles) then
        perform rpc.refuse(7, format('role %s may not call %s', session_user, called.name));
    end if;
    if first_at is null then
        perform rpc.refuse(3, 'the cron expression names no time');
    end if;
    if request is null or jsonb_typeof(request) <> 'object' then
        perform rpc.refuse(3, 'a request is a JSON object');
    end if;
    if options ?| array['idempotencyKey', 'replyTo', 'parent', 'thenMethod', 'notBefore'] then
        perform rpc.refuse(3, 'a recurrence takes no options that belong to one call');
    end if;
    select r.caller into owner from rpc.recurrence r where r.name = recur.name;
    if owner <> session_user and not rpc.is_operator() then
        perform rpc.refuse(7, 'another role owns the recurrence');
    end if;
    insert into rpc.recurrence values (recur.name, recur.cron, called.method_id, session_user, request, options, first_at, null)
    on conflict on constraint recurrence_pkey do update set
        cron = excluded.cron, method_id = excluded.method_id, caller = excluded.caller, request = excluded.request,
        options = excluded.options, next_at = excluded.next_at, trouble = null;
    return first_at;
end
$$;

create function rpc.end_recurrence(name text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    delete from rpc.recurrence r
    where r.name = end_recurrence.name and (r.caller = session_user or rpc.is_operator());
    return found;
end
$$;

create function rpc.recurrences()
returns table (name text, cron text, method text, caller text, next_at timestamptz, trouble text)
language sql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
    select r.name, r.cron, m.name, r.caller, r.next_at, r.trouble
    from rpc.recurrence r join rpc.method m on m.method_id = r.method_id
    where r.caller = session_user or rpc.is_operator() order by r.name
$$;

-- Makes the calls that are due. The row lock and the new time in the same transaction make each happen once. One that
-- cannot be made is noted and stops no other.
create function rpc.fire_recurrences() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    due rpc.recurrence;
    method rpc.method;
    fired integer := 0;
begin
    for due in
        select * from rpc.recurrence r where r.next_at <= clock_timestamp() order by r.next_at for update skip locked
    loop
        select * into method from rpc.method m where m.method_id = due.method_id;
        begin
            perform rpc.insert_call(rpc.next_id(), due.caller, method, due.request, due.options, null);
            due.trouble := null;
            fired := fired + 1;
        exception when others then
            due.trouble := sqlstate || ' ' || sqlerrm;
        end;
        update rpc.recurrence r set next_at = rpc.cron_next(due.cron, clock_timestamp()), trouble = due.trouble
        where r.name = due.name;
    end loop;
    return fired;
end
$$;

-- For metrics: dead rows and size of the rings, age of the oldest snapshot in transactions, WAL, live workers, and calls
-- made so far.
create function rpc.figures(
    out dead_rows bigint, out ring_bytes bigint, out oldest_snapshot bigint, out wal_bytes bigint, out workers bigint,
    out calls_made bigint
) language sql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
    select
        (select coalesce(sum(s.n_dead_tup), 0)::bigint from pg_stat_all_tables s
            where s.schemaname = 'rpc' and s.relname ~ '^(ready|lease)_[0-3]$'),
        (select coalesce(sum(pg_relation_size(c.oid)), 0)::bigint from pg_class c
            where c.relnamespace = 'rpc'::regnamespace and c.relname ~ '^(ready|lease)_[0-3]$'),
        (select coalesce(max(age(a.backend_xmin)), 0)::bigint from pg_stat_activity a
            where a.datname = current_database()),
        (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint,
        (select count(*) from rpc.worker w where w.expires_at > clock_timestamp()),
        (select coalesce(s.last_value, 0) from pg_sequences s
            where s.schemaname = 'rpc' and s.sequencename = 'call_sequence')
$$;

revoke all on all functions in schema rpc from public;
grant execute on function rpc.recur, rpc.end_recurrence, rpc.recurrences
    to puente_operator, puente_coordination, puente_transfers, puente_projects, puente_reporting;
grant execute on function rpc.fire_recurrences, rpc.figures
    to puente_coordination, puente_transfers, puente_projects, puente_reporting;
