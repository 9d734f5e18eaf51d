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
    constraint recurrence_cron_check check (length(cron) <= 200),
    constraint recurrence_next_check check (isfinite(next_at)),
    constraint recurrence_method_fkey foreign key (method_id) references rpc.method (method_id)
);
comment on column rpc.recurrence.trouble is 'why the last call could not be made; null: it was';

-- The numbers that one field of a cron expression names: `*`, `5`, `1-5`, `*/10`, `8-18/2`, and lists of these.
create function rpc.cron_field(field text, low integer, high integer) returns integer[]
language plpgsql immutable as $$
declare
    part text;
    fault text;
    numbers integer[] := '{}';
begin
    foreach part in array string_to_array(field, ',') loop
        fault := rpc.cron_fault(part, low, high);
        if fault is not null then
            perform rpc.refuse(3, format('%s of a cron expression: %s', left(part, 40), fault));
        end if;
        numbers := numbers || array(
            select generate_series(
                case when split_part(part, '/', 1) = '*' then low
                    else split_part(split_part(part, '/', 1), '-', 1)::integer end,
                case when split_part(part, '/', 1) = '*' then high
                    else coalesce(nullif(split_part(split_part(part, '/', 1), '-', 2), ''),
                        split_part(part, '/', 1))::integer end,
                coalesce(nullif(split_part(part, '/', 2), ''), '1')::integer));
    end loop;
    if numbers = '{}' then
        perform rpc.refuse(3, 'a field of a cron expression is empty');
    end if;
    return numbers;
end
$$;

-- What is wrong with one part of a field; null: nothing.
create function rpc.cron_fault(part text, low integer, high integer) returns text language plpgsql immutable as $$
declare
    numbers text[] := regexp_match(part, '^([*]|([0-9]{1,2})(-([0-9]{1,2}))?)(/([0-9]{1,2}))?$');
    first integer := coalesce(numbers[2]::integer, low);
    last integer := coalesce(numbers[4]::integer, numbers[2]::integer, high);
    step integer := coalesce(numbers[6]::integer, 1);
begin
    return case
        when numbers is null then
            'it must be *, a number such as 5, a range such as 1-5, or these with a step such as */10'
        when step < 1 then 'a step is 1 or more'
        when first < low or last > high then format('%s is outside %s to %s', part, low, high)
        when first > last then format('the range runs backwards; did you mean %s-%s?', last, first)
        when numbers[5] is not null and numbers[2] is not null and numbers[4] is null then
            format('a step needs a range; did you mean %s-%s/%s?', first, high, step)
        when step > greatest(1, last - first) then format('a step of %s is longer than %s to %s', step, first, last)
    end;
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
    if length(cron) > 200 then
        perform rpc.refuse(3, 'a cron expression has 200 characters at most');
    end if;
    if (cardinality(fields) = 5) is not true then
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

-- Sets up or replaces a recurrence in the name of the session's role, which must be allowed to make the call. A person
-- has at most twenty.
create function rpc.recur(name text, cron text, method text, request jsonb, options jsonb default '{}')
returns timestamptz language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    called rpc.method;
    first_at timestamptz := rpc.cron_next(cron, clock_timestamp());
    owner text;
begin
    select * into called from rpc.method m where m.name = recur.method;
    if called.method_id is null or not rpc.may_call(called.allowed_roles) then
        perform rpc.refuse_call(method, called, false, request, options);
    end if;
    if (length(name) between 1 and 200) is not true then
        perform rpc.refuse(3, 'a recurrence has a name of 1 to 200 characters');
    end if;
    if called.decision then
        perform rpc.refuse(3, 'a decision is taken when it is given, not again and again');
    end if;
    if first_at is null then
        perform rpc.refuse(3, 'the cron expression names no time');
    end if;
    if jsonb_typeof(request) is distinct from 'object' or pg_column_size(request) > called.max_request_bytes then
        perform rpc.refuse_call(method, called, true, request, '{}');
    end if;
    perform rpc.check_options(options, called);
    if options ?| array['idempotencyKey', 'replyTo', 'parent', 'thenMethod', 'notBefore'] then
        perform rpc.refuse(3, 'a recurrence takes no options that belong to one call');
    end if;
    select r.caller into owner from rpc.recurrence r where r.name = recur.name;
    if owner <> session_user then
        perform rpc.refuse(7, format('%s owns the recurrence', owner));
    end if;
    if owner is null and not rpc.is_service(session_user)
        and (select count(*) from rpc.recurrence r where r.caller = session_user) >= 20
    then
        perform rpc.refuse(8, 'a person has twenty recurrences at most');
    end if;
    insert into rpc.recurrence values (recur.name, recur.cron, called.method_id, session_user, request, options, first_at, null)
    on conflict on constraint recurrence_pkey do update set
        cron = excluded.cron, method_id = excluded.method_id, request = excluded.request,
        options = excluded.options, next_at = excluded.next_at, trouble = null
        where recurrence.caller = session_user;
    if not rpc.is_service(session_user) then
        perform rpc.note_steering('recur', null, name, format('%s %s', cron, called.name));
    end if;
    return first_at;
end
$$;

-- Ends a recurrence: one's own; a person's by any operator; a service's only when that is meant (internal), with a
-- reason.
create function rpc.end_recurrence(name text, internal boolean default false, reason text default null) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    owner text;
begin
    select r.caller into owner from rpc.recurrence r where r.name = end_recurrence.name;
    if owner is null or owner <> session_user and not rpc.is_operator() then
        return false;
    end if;
    if owner <> session_user and rpc.is_service(owner) then
        if internal is not true then
            perform rpc.refuse(9, format(
                '%s makes this call itself, and what it looks after then is looked after no more until the service '
                'starts again. Whoever means it says internal, and the reason', owner));
        elsif coalesce(btrim(reason), '') = '' then
            perform rpc.refuse(3, 'whoever ends a recurrence of a service says why');
        end if;
    end if;
    delete from rpc.recurrence r where r.name = end_recurrence.name;
    if not rpc.is_service(session_user) then
        perform rpc.note_steering('end recurrence', null, name, reason);
    end if;
    return true;
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
-- cannot be made, or whose owner may not call any more, is noted and stops no other.
create function rpc.fire_recurrences() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    due rpc.recurrence;
    method rpc.method;
    fired integer := 0;
begin
    for due in
        select * from rpc.recurrence r where r.next_at <= clock_timestamp() order by r.next_at limit 200
        for update skip locked
    loop
        select * into method from rpc.method m where m.method_id = due.method_id;
        begin
            if not rpc.may_call(due.caller, method.allowed_roles) then
                perform rpc.refuse(7, format('role %s may not call %s', due.caller, method.name));
            end if;
            perform rpc.insert_call(rpc.next_id(), due.caller, method, due.request, due.options, null);
            due.trouble := null;
            fired := fired + 1;
        exception when others then
            due.trouble := left(sqlstate || ' ' || sqlerrm, 500);
        end;
        begin
            due.next_at := rpc.cron_next(due.cron, clock_timestamp());
        exception when others then
            due.trouble := left(sqlstate || ' ' || sqlerrm, 500);
        end;
        update rpc.recurrence r set trouble = due.trouble,
            next_at = case when due.next_at > clock_timestamp() then due.next_at
                else clock_timestamp() + interval '1 day' end
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
