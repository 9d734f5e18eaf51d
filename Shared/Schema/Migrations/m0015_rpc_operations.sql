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

-- Messages of a server-streaming call after `after` (0: from the beginning). seq >> 32 numbers the runs of the call:
-- what came under a smaller number is void when a larger one comes, because the handler began anew. Only the latest run
-- that has sent anything is shown. Stable interface.
create function rpc.stream(call_id bigint, after bigint default 0)
returns table (seq bigint, body jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
    perform rpc.require_access(stream.call_id);
    return query select m.seq, m.body from rpc.message m
    where m.call_id = stream.call_id and m.seq > greatest(stream.after, (
        select (k.seq >> 32) << 32 from rpc.message k where k.call_id = stream.call_id order by k.seq desc limit 1))
    order by m.seq limit 1000;
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
    give_up timestamptz := clock_timestamp() + greatest('0', least(await.patience, interval '1 day'));
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

-- ---------------------------------------------------------------------------------------------------------------------
-- What people do to others' calls.

-- Keeps what a person does to the queue, and why. A reason is at most 500 characters.
create function rpc.note_steering(act text, call_id bigint, subject text, reason text) returns void
language plpgsql as $$
begin
    if length(btrim(note_steering.reason)) > 500 then
        perform rpc.refuse(3, 'a reason has 500 characters at most');
    end if;
    insert into rpc.steering (act, call_id, subject, reason)
    values (note_steering.act, note_steering.call_id, left(note_steering.subject, 300),
        nullif(btrim(note_steering.reason), ''));
end
$$;

-- The work that a call made by a service belongs to, in words.
create function rpc.belonging(call rpc.call) returns text language plpgsql stable as $$
declare
    origin record;
begin
    with recursive ancestry as (
        select call.call_id as id, call.parent_id, 0 as depth
        union all
        select c.call_id, c.parent_id, a.depth + 1 from ancestry a
        cross join lateral (select * from rpc.call k where k.call_id = a.parent_id offset 0) as c
        where a.depth < 1000
    )
    select m.name, c.caller, c.call_id into origin
    from (select * from ancestry order by depth desc limit 1) as a
    cross join lateral (select * from rpc.call k where k.call_id = a.id offset 0) as c
    join rpc.method m on m.method_id = c.method_id;
    if origin.call_id = call.call_id then
        return format('%s made call %s for itself', call.caller, call.call_id);
    end if;
    return format('%s made call %s for %s of %s (call %s)',
        call.caller, call.call_id, origin.name, origin.caller, origin.call_id);
end
$$;

-- Refuses a person who would break a service's work by an act on a call that the service made, unless they say that
-- they mean it (internal) and why.
create function rpc.require_meant(call rpc.call, act text, internal boolean, reason text) returns void
language plpgsql as $$
begin
    if not rpc.is_service(call.caller) or rpc.is_service(session_user) then
        return;
    end if;
    if internal is not true then
        perform rpc.refuse(9, rpc.belonging(call) || case act
            when 'retry' then ': if that work was asked for again meanwhile, repeating this call does it twice'
            else ': without it that work stands still, and what waits for its answer gets none' end
            || '. Whoever means it says internal, and the reason');
    elsif coalesce(btrim(reason), '') = '' then
        perform rpc.refuse(3, format('whoever %s a call that a service made says why',
            case act when 'retry' then 'repeats' when 'cancel' then 'cancels' else 'discards' end));
    end if;
end
$$;

-- What was done, the latest first: for operators.
create view rpc.steering_v1 as
    select s.steering_id, s.acted_at, s.actor, s.act, s.call_id, s.subject, s.reason from rpc.steering s;
comment on view rpc.steering_v1 is 'what people did to the queue and to others'' calls';

-- Cancels a call and the calls made on its behalf. A running handler is told at once and rolled back. Returns whether
-- the call was still unfinished; then nothing of it is committed any more. Calls that a service made are left to it
-- when a person cancels, unless that is meant (internal); then it needs a reason. Stable interface.
create function rpc.cancel(call_id bigint, internal boolean default false, reason text default null) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    root rpc.call := rpc.require_access(call_id);
    target rpc.call;
    state text;
    unfinished boolean := false;
begin
    perform rpc.require_meant(root, 'cancel', internal, reason);
    if internal and not rpc.is_service(session_user) and coalesce(btrim(reason), '') = '' then
        perform rpc.refuse(3, 'whoever cancels calls that services made says why');
    end if;
    for target in
        with recursive tree as (
            select root.call_id as id
            union
            select c.call_id from tree t
            cross join lateral (select k.call_id from rpc.call k where k.parent_id = t.id offset 0) as c
        )
        select c.* from tree t cross join lateral (select * from rpc.call k where k.call_id = t.id offset 0) as c
        where not exists (select from rpc.outcome o where o.call_id = t.id offset 0)
            and (internal or not rpc.is_service(c.caller) or rpc.is_service(session_user))
        order by c.call_id  -- One order of locks for all.
    loop
        state := rpc.cancel_one(target);
        unfinished := unfinished or target.call_id = root.call_id and state = 'cancelled';
        if state = 'cancelled' and target.caller <> session_user and not rpc.is_service(session_user) then
            perform rpc.note_steering('cancel', target.call_id,
                (select m.name from rpc.method m where m.method_id = target.method_id), reason);
        end if;
    end loop;
    return unfinished;
end
$$;

-- Cancels one unfinished call: `cancelled`, or `finished` when it was too late.
create function rpc.cancel_one(target rpc.call) returns text language plpgsql as $$
declare
    place record;
    method rpc.method;
    lease bigint;
    is_held boolean := false;
    is_finished boolean := false;
begin
    insert into rpc.cancellation (call_id, requested_by) values (target.call_id, session_user)
    on conflict do nothing;
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
        return 'finished';
    end if;
    select * into method from rpc.method m where m.method_id = target.method_id;
    if place.attempt is not null then
        delete from rpc.cancellation c where c.call_id = target.call_id;
        perform rpc.finish(
            target.call_id, method, place.attempt, 1::smallint, 'the call was cancelled', null, null, place.gated,
            null, null, false);
    elsif is_held then
        perform pg_notify('rpc_cancel_' || method.service, '');
    else
        perform rpc.refuse(14, 'the call moves too fast to be cancelled; try again');
    end if;
    return 'cancelled';
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

-- Depth per method: how many calls are where, how long the oldest has waited, and whether anybody serves it. Figures
-- only, for whoever may use the function, the administrator's status too.
create function rpc.stats()
returns table (
    method text, kind smallint, paused boolean, serving boolean, ready bigint, scheduled bigint, blocked bigint,
    running bigint, dead bigint, oldest_ready_ms bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
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

-- A text that was cut says so.
create function rpc.cut(text text, most integer) returns text language sql immutable parallel safe as
$$ select case when length($1) <= $2 then $1 else left($1, $2) || '…' end $$;

-- A payload as it is, or, when it is long, its beginning and its size.
create function rpc.cut_payload(payload jsonb, whole boolean) returns jsonb language sql immutable parallel safe as $$
    select case when whole or pg_column_size(payload) <= 20000 then payload
        else jsonb_build_object('cut', left(payload::text, 2000), 'bytes', octet_length(payload::text)) end
$$;

-- The latest calls, newest first, their messages cut, by state (ready, scheduled, blocked, running, dead, finished) and
-- method; null: any. Planned each time, for the number of rows that is asked for: a general plan would read everything.
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
    select f.call_id, m.name, c.caller, f.state, f.attempt, f.status, rpc.time_of(f.call_id), f.due_at,
        rpc.cut(f.message, 200)
    from found_calls f join rpc.call c on c.call_id = f.call_id join rpc.method m on m.method_id = c.method_id
    order by f.call_id desc limit most;
end
$$;

-- Everything about one call, payloads included; long ones are cut unless `whole`.
create function rpc.show(call_id bigint, whole boolean default false) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    shown rpc.call := rpc.require_access(call_id);
begin
    return jsonb_build_object(
        'callId', shown.call_id::text,
        'method', (select m.name from rpc.method m where m.method_id = shown.method_id),
        'caller', shown.caller, 'madeAt', rpc.time_of(shown.call_id), 'deadlineAt', shown.deadline_at,
        'priority', shown.priority, 'orderingKey', shown.ordering_key, 'idempotencyKey', shown.idempotency_key,
        'parentId', shown.parent_id::text, 'request', rpc.cut_payload(shown.request, whole),
        'metadata', shown.metadata,
        'state', coalesce(
            (select case when d.call_id is null then 'finished' else 'dead' end from rpc.outcome o
                left join rpc.dead d on d.call_id = o.call_id where o.call_id = shown.call_id),
            (select u.state from rpc.unfinished u where u.call_id = shown.call_id)),
        'outcome', (select to_jsonb(o) - 'call_id' || jsonb_build_object(
                'response', rpc.cut_payload(o.response, whole), 'details', rpc.cut_payload(o.details, whole))
            from rpc.outcome o where o.call_id = shown.call_id),
        'failures', (select coalesce(jsonb_agg(to_jsonb(f) - 'call_id' order by f.failed_at), '[]')
            from (select * from rpc.failure k where k.call_id = shown.call_id
                order by k.failed_at desc limit case when whole then null else 50 end) as f),
        'steering', (select coalesce(
                jsonb_agg(to_jsonb(s) - '{steering_id,call_id}'::text[] order by s.steering_id), '[]')
            from rpc.steering s where s.call_id = shown.call_id),
        'messages', (select count(*) from rpc.message g where g.call_id = shown.call_id),
        'children', (select coalesce(jsonb_agg(c.call_id::text order by c.call_id), '[]')
            from (select k.call_id from rpc.call k where k.parent_id = shown.call_id
                order by k.call_id limit case when whole then null else 200 end) as c));
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

-- Why the session may not repeat a dead call; null: it may. A decision is given again and never repeated; a person's
-- call is repeated by that person alone, because it runs in their name.
create function rpc.retry_fault(call rpc.call, method rpc.method) returns text language plpgsql stable as $$
begin
    return case
        when method.decision then 'a decision is never repeated: whoever decides gives it again'
        when call.caller = session_user and not rpc.may_call(method.allowed_roles) then
            format('role %s may not call %s any more', session_user, method.name)
        when call.caller <> session_user and not rpc.is_service(call.caller) then
            format('only %s repeats a call of theirs', call.caller)
    end;
end
$$;

-- Offers a dead call again, with a fresh deadline and fresh attempts. Its history is kept; what it streamed is not.
create function rpc.retry(call_id bigint, internal boolean default false, reason text default null) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_variable
declare
    revived rpc.call := rpc.require_access(call_id);
    method rpc.method;
    ended rpc.outcome;
    fault text;
begin
    select * into method from rpc.method m where m.method_id = revived.method_id;
    fault := rpc.retry_fault(revived, method);
    if fault is not null then
        perform rpc.refuse(case when method.decision then 9 else 7 end, fault);
    end if;
    perform rpc.require_meant(revived, 'retry', internal, reason);
    delete from rpc.dead d where d.call_id = call_id;
    if not found then
        return false;
    end if;
    delete from rpc.outcome o where o.call_id = call_id returning * into ended;
    delete from rpc.message g where g.call_id = call_id;
    -- Attempts are in the history already; an end without an attempt is noted now.
    insert into rpc.failure (call_id, attempt, status, message, worker_id, started_at, failed_at)
    select call_id, ended.attempt, ended.status, ended.message, ended.worker_id, ended.started_at, ended.finished_at
    where not exists (select from rpc.failure f where f.call_id = call_id and f.status = ended.status);
    update rpc.call c set deadline_at = clock_timestamp() + method.deadline_ms * interval '1 millisecond'
    where c.call_id = call_id;
    perform rpc.place(
        call_id, method, rpc.rank_of(call_id, revived.priority), revived.ordering_key, 1::smallint, 0::smallint);
    perform rpc.note_steering('retry', call_id, method.name, reason);
    return true;
end
$$;

-- Dead calls by method and status (null: any), the oldest first.
create function rpc.dead_calls(of_method text, of_status smallint, most bigint) returns setof rpc.call
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
    return query select c.* from (
        select d.call_id from rpc.dead d
        where (wanted is null or d.method_id = wanted) and (of_status is null or d.status = of_status)
        order by d.call_id limit greatest(most, 0)) as g
    cross join lateral (select * from rpc.call k where k.call_id = g.call_id offset 0) as c;
end
$$;

-- Offers dead calls again: those that the session may repeat. left_alone: the others that the filter names.
create function rpc.retry_all(
    of_method text default null, of_status smallint default null, most bigint default null,
    internal boolean default false, reason text default null, out retried bigint, out left_alone bigint
) language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    dead rpc.call;
    method rpc.method;
begin
    perform rpc.require_operator();
    retried := 0;
    left_alone := 0;
    for dead in select * from rpc.dead_calls(of_method, of_status, most) loop
        select * into method from rpc.method m where m.method_id = dead.method_id;
        if rpc.retry_fault(dead, method) is null and (internal or not rpc.is_service(dead.caller)) then
            retried := retried + rpc.retry(dead.call_id, internal, reason)::integer;
        else
            left_alone := left_alone + 1;
        end if;
    end loop;
end
$$;

-- Takes a dead call off the list; its outcome stays.
create function rpc.discard(call_id bigint, internal boolean default false, reason text default null) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    discarded rpc.call := rpc.require_access(call_id);
begin
    perform rpc.require_operator();
    perform rpc.require_meant(discarded, 'discard', internal, reason);
    delete from rpc.dead d where d.call_id = discard.call_id;
    if not found then
        return false;
    end if;
    perform rpc.note_steering('discard', discard.call_id,
        (select m.name from rpc.method m where m.method_id = discarded.method_id), reason);
    return true;
end
$$;

-- Takes dead calls off the list; their outcomes stay. left_alone: those that services made, unless they are meant.
create function rpc.discard_all(
    of_method text default null, of_status smallint default null, most bigint default null,
    internal boolean default false, reason text default null, out discarded bigint, out left_alone bigint
) language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    dead rpc.call;
begin
    perform rpc.require_operator();
    discarded := 0;
    left_alone := 0;
    for dead in select * from rpc.dead_calls(of_method, of_status, most) loop
        if internal or not rpc.is_service(dead.caller) then
            discarded := discarded + rpc.discard(dead.call_id, internal, reason)::integer;
        else
            left_alone := left_alone + 1;
        end if;
    end loop;
end
$$;

-- Stops or resumes the claiming of a method, or of a service's methods (`transfers`). Returns how many methods.
create function rpc.pause(name text, pausing boolean default true, reason text default null) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    changed integer;
begin
    perform rpc.require_operator();
    update rpc.method m set paused = pausing where pause.name in (m.name, m.service);
    get diagnostics changed = row_count;
    if changed = 0 then
        perform rpc.refuse(5, 'there is no method or service ' || coalesce(left(name, 200), 'without a name'));
    end if;
    perform rpc.note_steering(case when pausing then 'pause' else 'resume' end, null, name, reason);
    perform pg_notify('rpc_service_' || s.service, '') from (
        select distinct m.service from rpc.method m where pause.name in (m.name, m.service)) as s;
    return changed;
end
$$;

-- Keeps finished calls for so long from now on. Their days are dropped as a whole.
create function rpc.keep(kept interval, reason text default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    before interval;
begin
    perform rpc.require_operator();
    if (kept between interval '1 day' and interval '3650 days') is not true then
        perform rpc.refuse(3, 'finished calls are kept for 1 day to 3650 days');
    end if;
    select r.kept into before from rpc.retention r for update;
    update rpc.retention r set kept = keep.kept;
    perform rpc.note_steering('keep', null, format('%s -> %s', before, kept), reason);
end
$$;

-- What the queue allows, each limit by its code and, where it has one, its method.
create function rpc.limits() returns table (name text, method text, value bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
    select l.name, l.method, l.value from (
        select 1, 'kept_days', '', (extract(epoch from r.kept) / 86400)::bigint from rpc.retention r
        union all select 2, 'days_ahead', '', 90
        union all select 3, 'key_bytes', '', 200
        union all select 4, 'message_characters', '', 2000
        union all select 5, 'request_bytes', m.name, m.max_request_bytes from rpc.method m
    ) as l (place, name, method, value) order by l.place, l.method
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
            'health', 'healths', 'stats', 'show', 'trace', 'time_of', 'limits')
        then
            execute format('grant execute on function %s to puente_operator, puente_coordination, puente_transfers, '
                'puente_projects, puente_reporting', f.signature);
        elsif f.name in (
            'register', 'heartbeat', 'leave', 'claim', 'complete', 'fail', 'push', 'promote', 'reap',
            'rotate', 'compact', 'retain', 'drop_leases', 'reconcile', 'cancelled')
        then
            execute format('grant execute on function %s to puente_coordination, puente_transfers, puente_projects, '
                'puente_reporting', f.signature);
        elsif f.name in ('list', 'retry', 'retry_all', 'discard', 'discard_all', 'pause', 'keep') then
            execute format('grant execute on function %s to puente_operator', f.signature);
        end if;
    end loop;
end
$$;
grant select on rpc.steering_v1 to puente_operator;
