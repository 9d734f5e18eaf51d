-- What callers and operators ask of the queue: results, streams, cancellation, inspection and steering.

-- Whether the session may see the call: its caller may, and operators.
create function rpc.require_access(call_id bigint) returns rpc.call language plpgsql stable as $$
declare
    found_call rpc.call;
begin
    select * into found_call from rpc.call c where c.call_id = require_access.call_id;
    if found_call.call_id is null then
        perform rpc.refuse(5, 'there is no call ' || coalesce(call_id::text, 'null'));
    end if;
    if found_call.caller <> session_user and not rpc.is_operator() then
        perform rpc.refuse(7, 'another role made this call');
    end if;
    return found_call;
end
$$;

-- The result of a call: one row when it is finished, none before. Stable interface.
create function rpc.result(
    call_id bigint, out status smallint, out message text, out details jsonb, out response jsonb, out trailers jsonb
) returns setof record language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
    perform rpc.require_access(result.call_id);
    return query select o.status, o.message, o.details, o.response, o.trailers
    from rpc.outcome o where o.call_id = result.call_id;
end
$$;

-- Results of many calls at once, for a client that waits for many.
create function rpc.results(call_ids bigint[])
returns table (
    call_id bigint, status smallint, message text, details jsonb, response jsonb, trailers jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
    first_id bigint;
    last_id bigint;
begin
    select min(i.call_id), max(i.call_id) into first_id, last_id from unnest(call_ids) as i (call_id);
    return query select o.call_id, o.status, o.message, o.details, o.response, o.trailers
    from unnest(call_ids) as i (call_id)
    cross join lateral (
        select * from rpc.outcome k where k.call_id = i.call_id and k.call_id between first_id and last_id offset 0) as o
    cross join lateral (
        select k.caller from rpc.call k where k.call_id = i.call_id and k.call_id between first_id and last_id offset 0) as c
    where c.caller = session_user or rpc.is_operator();
end
$$;

-- Messages of a server-streaming call after `after` (0: from the beginning). Stable interface.
create function rpc.stream(call_id bigint, after bigint default 0)
returns table (seq bigint, body jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
    perform rpc.require_access(stream.call_id);
    return query select m.seq, m.body from rpc.message m
    where m.call_id = stream.call_id and m.seq > stream.after order by m.seq limit 1000;
end
$$;

-- Waits for a call to finish, and returns its result; no row when `patience` passes first. Stable interface. For
-- clients without LISTEN; call it outside the transaction that made the call.
create function rpc.await(
    call_id bigint, patience interval default '60 seconds', out status smallint, out message text, out details jsonb,
    out response jsonb, out trailers jsonb
) returns setof record language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
    give_up timestamptz := clock_timestamp() + await.patience;
    pause double precision := 0.002;
    awaited rpc.call := rpc.require_access(await.call_id);
begin
    loop
        return query select o.status, o.message, o.details, o.response, o.trailers
        from rpc.outcome o where o.call_id = await.call_id;
        exit when found or clock_timestamp() >= give_up;
        if awaited.deadline_at < clock_timestamp() then
            perform rpc.expire_waiting(await.call_id);
        end if;
        perform pg_sleep(pause);
        pause := least(pause * 1.5, 0.1);
    end loop;
end
$$;

-- Takes a call from wherever it waits. Null when it is running or finished. The rank is for the index; a call made five minutes
-- earlier with a higher priority may have the same.
create function rpc.withdraw(
    taken rpc.call, out attempt smallint, out gated boolean
) language plpgsql as $$
begin
    delete from rpc.ready r
    where r.method_id = taken.method_id and r.rank = rpc.rank_of(taken.call_id, taken.priority)
        and r.call_id = taken.call_id
    returning r.attempt, r.gated into attempt, gated;
    if attempt is not null then
        return;
    end if;
    delete from rpc.scheduled s where s.call_id = taken.call_id returning s.attempt, s.admitted into attempt, gated;
    if attempt is not null then
        return;
    end if;
    delete from rpc.arrival a
    where a.method_id = taken.method_id and a.rank = rpc.rank_of(taken.call_id, taken.priority)
        and a.call_id = taken.call_id
    returning a.attempt, false into attempt, gated;
    if attempt is not null then
        return;
    end if;
    delete from rpc.waiting w
    where w.method_id = taken.method_id and w.ordering_key = taken.ordering_key
        and w.rank = rpc.rank_of(taken.call_id, taken.priority) and w.call_id = taken.call_id
    returning w.attempt, false into attempt, gated;
end
$$;

-- Finishes a waiting call whose deadline has passed; a worker does the same when it meets one.
create function rpc.expire_waiting(call_id bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    late rpc.call := rpc.require_access(call_id);
    place record;
begin
    if late.deadline_at >= clock_timestamp() then
        return false;
    end if;
    place := rpc.withdraw(late);
    if place.attempt is null then
        return false;
    end if;
    perform rpc.expire(call_id, place.attempt, place.gated);
    return true;
end
$$;

-- Cancels a call and the calls made on its behalf. A running handler is told at once and rolled back. Returns whether
-- the call was still unfinished; then nothing of it is committed any more. Stable interface.
create function rpc.cancel(call_id bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    root rpc.call := rpc.require_access(call_id);
    target rpc.call;
    place record;
    method rpc.method;
    unfinished boolean := false;
    lease bigint;
    is_held boolean;
    is_finished boolean;
begin
    for target in
        with recursive tree as (
            select root.call_id as id
            union
            select c.call_id from tree t
            cross join lateral (select k.call_id from rpc.call k where k.parent_id = t.id offset 0) as c
        )
        select c.* from tree t cross join lateral (select * from rpc.call k where k.call_id = t.id offset 0) as c
        where not exists (select from rpc.outcome o where o.call_id = t.id offset 0)
        order by c.call_id  -- One order of locks for all.
    loop
        if target.call_id = root.call_id then
            unfinished := true;
        end if;
        insert into rpc.cancellation (call_id, requested_by) values (target.call_id, session_user)
        on conflict do nothing;
        is_held := false;
        is_finished := false;
        -- The call may move while it is looked for: from one place to another, or from worker to worker.
        for round in 1..100 loop
            place := rpc.withdraw(target);
            exit when place.attempt is not null;
            -- A completion that is being committed keeps the lease locked and goes first; one that comes later waits
            -- for this lock, and then meets the cancellation.
            select l.lease_id into lease from rpc.lease l where target.call_id = any (l.call_ids);
            if found then
                perform pg_advisory_xact_lock(1919968101, rpc.lease_lock(lease));
                is_held := exists (
                    select from rpc.lease l
                    where l.slot = (lease & 3)::smallint and l.lease_id = lease and target.call_id = any (l.call_ids));
            end if;
            is_finished := exists (select from rpc.outcome o where o.call_id = target.call_id);
            exit when is_held or is_finished;
        end loop;
        if is_finished then
            delete from rpc.cancellation c where c.call_id = target.call_id;
            unfinished := unfinished and target.call_id <> root.call_id;
            continue;
        end if;
        select * into method from rpc.method m where m.method_id = target.method_id;
        if place.attempt is not null then
            delete from rpc.cancellation c where c.call_id = target.call_id;
            perform rpc.finish(
                target.call_id, method, place.attempt, 1::smallint, 'the call was cancelled', null, null, place.gated,
                null, null, false);
        elsif is_held then
            perform pg_notify('rpc_cancel_' || method.service, target.call_id::text);
        else
            perform rpc.refuse(14, 'the call moves too fast to be cancelled; try again');
        end if;
    end loop;
    return unfinished;
end
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Inspection.

-- Where every unfinished call is.
create view rpc.unfinished as
    select r.call_id, r.method_id, r.attempt, 'ready'::text as state, null::timestamptz as due_at, null::bigint as worker_id
    from rpc.ready r
    union all
    select s.call_id, s.method_id, s.attempt, 'scheduled', s.due_at, null from rpc.scheduled s
    union all
    select a.call_id, a.method_id, a.attempt, 'blocked', null, null from rpc.arrival a
    union all
    select w.call_id, w.method_id, w.attempt, 'blocked', null, null from rpc.waiting w
    union all
    select u.call_id, l.method_id, u.attempt, 'running', null, l.worker_id
    from rpc.lease l cross join lateral unnest(l.call_ids, l.attempts) as u (call_id, attempt)
    where not exists (select from rpc.outcome o where o.call_id = u.call_id offset 0);

-- Depth per method: how many calls are where, how long the oldest has waited, and whether anybody serves it.
create function rpc.stats()
returns table (
    method text, kind smallint, paused boolean, serving boolean, ready bigint, scheduled bigint, blocked bigint,
    running bigint, dead bigint, oldest_ready_ms bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    if not (rpc.is_operator() or rpc.may_call(array['transfers', 'projects', 'coordination', 'reporting'])) then
        perform rpc.require_operator();
    end if;
    return query
    with counts as (
        select u.method_id, count(*) filter (where u.state = 'ready') as ready,
            count(*) filter (where u.state = 'scheduled') as scheduled,
            count(*) filter (where u.state = 'blocked') as blocked,
            count(*) filter (where u.state = 'running') as running,
            min(u.call_id) filter (where u.state = 'ready') as oldest
        from rpc.unfinished u group by u.method_id
    ), graves as (
        select d.method_id, count(*) as dead from rpc.dead d group by d.method_id
    )
    select m.name, m.kind, m.paused, rpc.is_served(m.method_id), coalesce(c.ready, 0), coalesce(c.scheduled, 0),
        coalesce(c.blocked, 0), coalesce(c.running, 0), coalesce(g.dead, 0),
        (extract(epoch from clock_timestamp() - rpc.time_of(c.oldest)) * 1000)::bigint
    from rpc.method m left join counts c using (method_id) left join graves g using (method_id)
    order by m.name;
end
$$;

-- The latest calls, newest first, by state (ready, scheduled, blocked, running, dead, finished) and method; null: any.
-- Planned each time, for the number of rows that is asked for: a general plan would read everything.
create function rpc.list(in_state text default null, of_method text default null, most integer default 50)
returns table (
    call_id bigint, method text, caller text, state text, attempt smallint, status smallint, made_at timestamptz,
    due_at timestamptz, message text)
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
    perform rpc.require_operator();
    return query
    with found_calls as (
        (select u.call_id, u.state, u.attempt, null::smallint as status, u.due_at, null::text as message
        from rpc.unfinished u join rpc.method m on m.method_id = u.method_id
        where (in_state is null or in_state = u.state) and (of_method is null or m.name = of_method)
        order by u.call_id desc limit most)
        union all
        (select d.call_id, 'dead', o.attempt, d.status, null, o.message
        from rpc.dead d join rpc.outcome o on o.call_id = d.call_id join rpc.method m on m.method_id = d.method_id
        where (in_state is null or in_state = 'dead') and (of_method is null or m.name = of_method)
        order by d.call_id desc limit most)
        union all
        (select o.call_id, 'finished', o.attempt, o.status, null, o.message
        from rpc.outcome o join rpc.call c on c.call_id = o.call_id join rpc.method m on m.method_id = c.method_id
        where (in_state is null or in_state = 'finished') and (of_method is null or m.name = of_method)
            and not exists (select from rpc.dead d where d.call_id = o.call_id)
        order by o.call_id desc limit most)
    )
    select f.call_id, m.name, c.caller, f.state, f.attempt, f.status, rpc.time_of(f.call_id), f.due_at, f.message
    from found_calls f join rpc.call c on c.call_id = f.call_id join rpc.method m on m.method_id = c.method_id
    order by f.call_id desc limit most;
end
$$;

-- Everything about one call, payloads included.
create function rpc.show(call_id bigint) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    shown rpc.call := rpc.require_access(call_id);
begin
    return jsonb_build_object(
        'callId', shown.call_id::text,
        'method', (select m.name from rpc.method m where m.method_id = shown.method_id),
        'caller', shown.caller, 'madeAt', rpc.time_of(shown.call_id), 'deadlineAt', shown.deadline_at,
        'priority', shown.priority, 'orderingKey', shown.ordering_key, 'idempotencyKey', shown.idempotency_key,
        'parentId', shown.parent_id::text, 'request', shown.request, 'metadata', shown.metadata,
        'state', coalesce(
            (select case when d.call_id is null then 'finished' else 'dead' end from rpc.outcome o
                left join rpc.dead d on d.call_id = o.call_id where o.call_id = shown.call_id),
            (select u.state from rpc.unfinished u where u.call_id = shown.call_id)),
        'outcome', (select to_jsonb(o) - 'call_id' from rpc.outcome o where o.call_id = shown.call_id),
        'failures', (select coalesce(jsonb_agg(to_jsonb(f) - 'call_id' order by f.failed_at), '[]')
            from rpc.failure f where f.call_id = shown.call_id),
        'messages', (select count(*) from rpc.message g where g.call_id = shown.call_id),
        'children', (select coalesce(jsonb_agg(c.call_id::text order by c.call_id), '[]')
            from rpc.call c where c.parent_id = shown.call_id));
end
$$;

-- The tree of calls that a call belongs to, parents before children, with times and outcomes.
create function rpc.trace(of_call bigint)
returns table (
    call_id bigint, depth integer, method text, caller text, made_at timestamptz, started_at timestamptz,
    finished_at timestamptz, attempt smallint, status smallint, message text)
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
    perform rpc.require_access(of_call);
    return query
    with recursive ancestry as (
        select c.call_id, c.parent_id from rpc.call c where c.call_id = of_call
        union all
        select c.call_id, c.parent_id from ancestry a
        cross join lateral (select * from rpc.call k where k.call_id = a.parent_id offset 0) as c
    ), tree as (
        select a.call_id, 0 as depth, array[a.call_id] as path from ancestry a
        where a.parent_id is null or not exists (select from rpc.call c where c.call_id = a.parent_id offset 0)
        union all
        select c.call_id, t.depth + 1, t.path || c.call_id from tree t
        cross join lateral (select k.call_id from rpc.call k where k.parent_id = t.call_id offset 0) as c
    )
    select t.call_id, t.depth, m.name, c.caller, rpc.time_of(t.call_id), o.started_at, o.finished_at, o.attempt,
        o.status, o.message
    from tree t cross join lateral (select * from rpc.call k where k.call_id = t.call_id offset 0) as c
    join rpc.method m on m.method_id = c.method_id
    left join lateral (select * from rpc.outcome k where k.call_id = t.call_id offset 0) as o on true
    order by t.path;
end
$$;

-- Health of a method or service, or of everything (null): serving, not_serving, or unknown when nothing is published by
-- that name. A service serves when each of its methods does. A service comes with its methods.
create function rpc.healths(of_name text) returns table (name text, health text)
language sql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
    with methods as (
        select m.name, m.service, rpc.is_served(m.method_id) and not m.paused as serves from rpc.method m
        where $1 is null or $1 in (m.name, m.service)
    ), entries as (
        select 1 as place, s.service as name, bool_and(s.serves) as serves from methods s
        where $1 is null or $1 = s.service group by s.service
        union all
        select 2, m.name, m.serves from methods m
        union all
        select 1, $1, null where $1 is not null and not exists (select from methods)
    )
    select e.name, case when e.serves then 'serving' when not e.serves then 'not_serving' else 'unknown' end
    from entries e order by e.place, e.name
$$;

-- The same for one name. Stable interface.
create function rpc.health(name text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
    select h.health from rpc.healths($1) h where h.name = $1
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Steering.

-- Offers a dead call again, with a fresh deadline and fresh attempts. Its history is kept.
create function rpc.retry(call_id bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_variable
declare
    revived rpc.call;
    method rpc.method;
    ended rpc.outcome;
begin
    perform rpc.require_operator();
    delete from rpc.dead d where d.call_id = call_id;
    if not found then
        return false;
    end if;
    delete from rpc.outcome o where o.call_id = call_id returning * into ended;
    -- Attempts are in the history already; an end without an attempt is noted now.
    insert into rpc.failure (call_id, attempt, status, message, worker_id, started_at, failed_at)
    select call_id, ended.attempt, ended.status, ended.message, ended.worker_id, ended.started_at, ended.finished_at
    where not exists (select from rpc.failure f where f.call_id = call_id and f.status = ended.status);
    select * into revived from rpc.call c where c.call_id = call_id;
    select * into method from rpc.method m where m.method_id = revived.method_id;
    update rpc.call c set deadline_at = clock_timestamp() + method.deadline_ms * interval '1 millisecond'
    where c.call_id = call_id;
    perform rpc.place(
        call_id, method, rpc.rank_of(call_id, revived.priority), revived.ordering_key, 1::smallint, 0::smallint);
    return true;
end
$$;

-- Dead calls by method and status (null: any), the oldest first.
create function rpc.dead_calls(of_method text, of_status smallint, most bigint) returns setof bigint
language plpgsql stable as $$
declare
    wanted smallint;
begin
    if of_method is not null then
        select m.method_id into wanted from rpc.method m where m.name = of_method;
        if wanted is null then
            perform rpc.refuse(5, 'there is no method ' || left(of_method, 200));
        end if;
    end if;
    return query select d.call_id from rpc.dead d
    where (wanted is null or d.method_id = wanted) and (of_status is null or d.status = of_status)
    order by d.call_id limit most;
end
$$;

-- Offers dead calls again. Returns how many.
create function rpc.retry_all(
    of_method text default null, of_status smallint default null, most bigint default null
) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    perform rpc.require_operator();
    return (select count(*) filter (where rpc.retry(d.call_id)) from rpc.dead_calls(of_method, of_status, most) as d (call_id));
end
$$;

-- Takes a dead call off the list; its outcome stays.
create function rpc.discard(call_id bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    perform rpc.require_operator();
    delete from rpc.dead d where d.call_id = discard.call_id;
    return found;
end
$$;

-- Takes dead calls off the list; their outcomes stay. Returns how many.
create function rpc.discard_all(
    of_method text default null, of_status smallint default null, most bigint default null
) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    discarded bigint;
begin
    perform rpc.require_operator();
    delete from rpc.dead d using rpc.dead_calls(of_method, of_status, most) as g (call_id) where d.call_id = g.call_id;
    get diagnostics discarded = row_count;
    return discarded;
end
$$;

-- Stops or resumes the claiming of a method, or of a service's methods (`transfers`). Returns how many methods.
create function rpc.pause(name text, pausing boolean default true) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    changed integer;
begin
    perform rpc.require_operator();
    update rpc.method m set paused = pausing where pause.name in (m.name, m.service);
    get diagnostics changed = row_count;
    if changed = 0 then
        perform rpc.refuse(5, 'there is no method or service ' || left(name, 200));
    end if;
    perform pg_notify('rpc_service_' || s.service, '') from (
        select distinct m.service from rpc.method m where pause.name in (m.name, m.service)) as s;
    return changed;
end
$$;

-- Keeps finished calls for so long from now on. Their days are dropped as a whole.
create function rpc.keep(kept interval) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    perform rpc.require_operator();
    if kept is null or kept < interval '1 hour' then
        perform rpc.refuse(3, 'finished calls are kept for an hour at least');
    end if;
    update rpc.retention r set kept = keep.kept;
end
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Grants: nobody touches the tables; everybody calls functions, which look at session_user.

revoke all on all functions in schema rpc from public;
grant usage on schema rpc to puente_operator, puente_coordination, puente_transfers, puente_projects, puente_reporting;
do $$
declare
    f record;
begin
    for f in
        select p.oid::regprocedure as signature, p.proname as name from pg_proc p
        where p.pronamespace = 'rpc'::regnamespace
    loop
        if f.name in (
            'enqueue', 'enqueue_all', 'enqueue_each', 'result', 'results', 'await', 'stream', 'cancel', 'expire_waiting',
            'health', 'healths', 'stats', 'show', 'trace', 'time_of')
        then
            execute format('grant execute on function %s to puente_operator, puente_coordination, puente_transfers, '
                'puente_projects, puente_reporting', f.signature);
        elsif f.name in (
            'register', 'heartbeat', 'leave', 'claim', 'complete', 'fail', 'push', 'promote', 'reap',
            'rotate', 'compact', 'retain', 'drop_leases', 'reconcile')
        then
            execute format('grant execute on function %s to puente_coordination, puente_transfers, puente_projects, '
                'puente_reporting', f.signature);
        elsif f.name in ('list', 'retry', 'retry_all', 'discard', 'discard_all', 'pause', 'keep') then
            execute format('grant execute on function %s to puente_operator', f.signature);
        end if;
    end loop;
end
$$;
