-- The queue's side of a worker: registering, claiming, finishing and failing calls, and picking up after dead workers.

-- ---------------------------------------------------------------------------------------------------------------------
-- Finishing.

-- Tells whoever waits for the calls, and frees their permits. Called with outcomes already inserted.
create function rpc.announce(call_ids bigint[], gated boolean) returns void language plpgsql as $$
declare
    follow record;
    follower rpc.method;
begin
    for follow in
        select c.*, m.name as method_name, o.status, o.message, o.response
        from unnest(call_ids) as i (call_id)
        cross join lateral (select * from rpc.call k where k.call_id = i.call_id offset 0) as c
        cross join lateral (select * from rpc.outcome k where k.call_id = i.call_id offset 0) as o
        join rpc.method m on m.method_id = c.method_id
        where c.reply_to is not null or c.then_method_id is not null
    loop
        if follow.reply_to is not null then
            perform pg_notify(follow.reply_to, follow.call_id::text);
        end if;
        if follow.then_method_id is not null then
            select * into follower from rpc.method m where m.method_id = follow.then_method_id;
            perform rpc.insert_call(
                rpc.next_id(), follow.caller, follower,
                jsonb_strip_nulls(jsonb_build_object(
                    'callId', follow.call_id::text, 'method', follow.method_name, 'status', follow.status,
                    'message', follow.message, 'replyJson', follow.response::text,
                    'stateJson', follow.then_state::text)),
                jsonb_build_object('parent', follow.call_id), null);
        end if;
    end loop;
    if gated then
        perform rpc.release(call_ids);
    end if;
end
$$;

-- Gives back the permits of calls and wakes the service for whoever waits behind them.
create function rpc.release(call_ids bigint[]) returns void language plpgsql as $$
declare
    name text;
begin
    for name in
        with freed as (
            delete from rpc.permit p where p.call_id = any (release.call_ids) returning p.method_id, p.ordering_key
        ), noted as (
            insert into rpc.released select method_id, ordering_key from freed
        )
        select distinct m.service from freed f join rpc.method m using (method_id)
    loop
        perform pg_notify('rpc_service_' || name, '');
    end loop;
end
$$;

-- Finishes one call with any status. Nothing else may write outcomes of calls that no worker holds.
create function rpc.finish(
    call_id bigint, method rpc.method, attempt smallint, status smallint, message text, details jsonb, trailers jsonb,
    gated boolean, started_at timestamptz, worker_id bigint, dead boolean
) returns void language plpgsql as $$
begin
    insert into rpc.outcome (call_id, started_at, worker_id, attempt, status, message, details, trailers)
    values (finish.call_id, finish.started_at, finish.worker_id, finish.attempt, finish.status,
        left(finish.message, 2000), finish.details, finish.trailers);
    if finish.dead then
        insert into rpc.dead (call_id, method_id, status) values (finish.call_id, method.method_id, finish.status)
        on conflict do nothing;
    end if;
    perform rpc.announce(array[finish.call_id], finish.gated);
end
$$;

-- Ends a call that nobody holds and that could not be moved on, so that it stops no other. Neither its caller nor a
-- follow-up is made to hear of it where that is what fails.
create function rpc.bury(call_id bigint, attempt smallint, gated boolean, state text) returns void
language plpgsql as $$
declare
    method rpc.method;
    reason constant text := format('the queue could not take this call on (SQLSTATE %s)', state);
begin
    select m.* into method from rpc.call c join rpc.method m on m.method_id = c.method_id
    where c.call_id = bury.call_id;
    perform rpc.finish(bury.call_id, method, attempt, 13::smallint, reason, null, null, gated, null, null, true);
exception when others then
    insert into rpc.outcome (call_id, attempt, status, message) values (bury.call_id, bury.attempt, 13, reason)
    on conflict do nothing;
    insert into rpc.dead (call_id, method_id, status)
    select c.call_id, c.method_id, 13 from rpc.call c where c.call_id = bury.call_id
    on conflict do nothing;
    delete from rpc.permit p where p.call_id = bury.call_id;
end
$$;

-- Refuses an attempt that another worker has. No refusal of a caller has this SQLSTATE.
create function rpc.lose_lease() returns void language plpgsql as $$
begin
    raise exception using errcode = 'PQ100', message = 'the lease of this attempt is lost';
end
$$;

-- The lock of a lease: shared by attempts that end, exclusive for whoever takes it back or cancels a call of it.
-- An advisory one, because locking the row itself would write it for each of its calls.
create function rpc.lease_lock(lease_id bigint) returns integer language sql immutable parallel safe as
$$ select (lease_id & 2147483647)::integer $$;

-- Takes the lease of an ending attempt, if it is one of a worker of the session's role; `last`: the worker says that
-- these calls are all that is left, and deletes it. Without it the attempt has been given to another worker, and
-- nothing of it may be committed; nor may a lease be deleted with calls that its worker has forgotten.
create function rpc.hold_lease(lease_id bigint, last boolean, ending bigint[]) returns rpc.lease language plpgsql as $$
declare
    held rpc.lease;
begin
    perform pg_advisory_xact_lock_shared(1919968101, rpc.lease_lock(lease_id));
    if last then
        delete from rpc.lease l
        where l.slot = (hold_lease.lease_id & 3)::smallint and l.lease_id = hold_lease.lease_id
            and l.role = session_user
        returning * into held;
        if cardinality(held.call_ids) > cardinality(ending) and exists (
            select from unnest(held.call_ids) as u (call_id)
            where u.call_id <> all (ending)
                and not exists (select from rpc.outcome o where o.call_id = u.call_id offset 0))
        then
            perform rpc.lose_lease();
        end if;
    else
        select * into held from rpc.lease l
        where l.slot = (hold_lease.lease_id & 3)::smallint and l.lease_id = hold_lease.lease_id
            and l.role = session_user;
    end if;
    if held.lease_id is null then
        perform rpc.lose_lease();
    end if;
    return held;
end
$$;

-- Takes a call out of a lease that goes on with others.
create function rpc.leave_lease(held rpc.lease, call_id bigint) returns void language sql as $$
    update rpc.lease l set (call_ids, attempts, losts) = (
        select array_agg(u.call_id), array_agg(u.attempt), array_agg(u.lost)
        from unnest(l.call_ids, l.attempts, l.losts) as u (call_id, attempt, lost) where u.call_id <> $2)
    where l.slot = held.slot and l.lease_id = held.lease_id
$$;

-- Finishes calls of one lease as OK, in the transaction of their effects. channels: whom to tell, in the calls' order, or
-- empty; continued: a reply comes back as a call; deadline: the earliest of the calls, null: none has one. Refuses with
-- CANCELLED or DEADLINE_EXCEEDED when it is too late, so that no effect of a call comes after its cancellation or its
-- deadline. The caller sends COMMIT along.
create function rpc.complete(
    lease_id bigint, last boolean, call_ids bigint[], responses jsonb[], trailers jsonb[], channels text[],
    continued boolean, deadline timestamptz
) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    held rpc.lease := rpc.hold_lease(lease_id, last, call_ids);
    ended integer;
begin
    if exists (select from rpc.cancellation c where c.call_id = any (call_ids)) then
        perform rpc.refuse(1, 'the call was cancelled');
    end if;
    insert into rpc.outcome (call_id, started_at, worker_id, attempt, status, response, trailers)
    select d.call_id, held.claimed_at, held.worker_id, held.attempts[h.place], 0, d.response, d.trailers
    from unnest(complete.call_ids, complete.responses, complete.trailers) as d (call_id, response, trailers)
    cross join lateral (select array_position(held.call_ids, d.call_id) as place offset 0) as h
    where h.place is not null;
    get diagnostics ended = row_count;
    if ended <> cardinality(call_ids) then
        perform rpc.lose_lease();  -- Of a call that is not in the lease nobody has a word to say.
    end if;
    if cardinality(channels) > 0 then
        perform pg_notify(n.channel, n.call_id::text)
        from unnest(complete.channels, complete.call_ids) as n (channel, call_id) where n.channel is not null;
    end if;
    if continued then
        perform rpc.announce(call_ids, held.gated);
    elsif held.gated then
        perform rpc.release(call_ids);
    end if;
    if clock_timestamp() >= deadline then
        perform rpc.refuse(4, 'the deadline passed before the call was done');
    end if;
end
$$;

-- Ends an attempt that failed: another attempt if the contract allows one, the outcome otherwise. `transient`: the
-- transaction was rolled back by the database's doing (deadlock, lost connection), which the contract does not count.
-- pushback_ms: the handler's own wait; negative: no more attempts. Returns whether there will be another attempt.
create function rpc.fail(
    lease_id bigint, last boolean, call_id bigint, status smallint, message text, details jsonb, trailers jsonb,
    pushback_ms bigint, transient boolean
) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    held rpc.lease := rpc.hold_lease(lease_id, last, array[call_id]);
    place_in_lease integer := array_position(held.call_ids, call_id);
    failed rpc.call;
    method rpc.method;
    attempt smallint := held.attempts[place_in_lease];
    lost smallint := held.losts[place_in_lease];
begin
    if place_in_lease is null then
        perform rpc.lose_lease();
    end if;
    select * into failed from rpc.call c where c.call_id = fail.call_id;
    select * into method from rpc.method m where m.method_id = held.method_id;
    if not last then
        perform rpc.leave_lease(held, call_id);
    end if;
    -- A connection that broke at COMMIT leaves the worker in doubt: the attempt may have succeeded.
    if exists (select from rpc.outcome o where o.call_id = fail.call_id) then
        perform rpc.release(array[fail.call_id]);
        return false;
    end if;
    insert into rpc.failure (call_id, attempt, status, message, worker_id, started_at)
    values (fail.call_id, attempt, fail.status, left(fail.message, 2000), held.worker_id, held.claimed_at);
    return rpc.settle(
        failed, method, attempt, lost, status, message, details, trailers, pushback_ms, transient, held.gated,
        held.claimed_at, held.worker_id);
end
$$;

-- Decides what becomes of a call whose attempt ended without success, and writes it. A decision is never tried again:
-- what failed was rolled back, and whoever decides gives it again. An attempt that the database or a dead worker undid
-- is repeated quickly ten times, then once a minute for ten minutes: a full disk needs a person.
create function rpc.settle(
    failed rpc.call, method rpc.method, attempt smallint, lost smallint, status smallint, message text, details jsonb,
    trailers jsonb, pushback_ms bigint, transient boolean, gated boolean, claimed_at timestamptz, worker_id bigint
) returns boolean language plpgsql as $$
declare
    again boolean;
    wait_ms double precision;
    due timestamptz;
    cancelled boolean;
begin
    delete from rpc.cancellation c where c.call_id = failed.call_id;
    cancelled := found;
    if cancelled then
        status := 1;
        message := 'the call was cancelled';
        again := false;
    elsif method.decision then
        again := false;
    elsif transient then
        again := lost < 20;
        lost := lost + 1;
        wait_ms := case when lost <= 10 then least(2000, 20 * power(2, lost)) else 60000 end;
    else
        again := status = any (method.retryable_codes) and attempt < method.max_attempts
            and coalesce(pushback_ms, 0) >= 0;
        wait_ms := coalesce(case when pushback_ms > 7776000000 then 7776000000 else pushback_ms end, least(
            method.max_backoff_ms,
            method.initial_backoff_ms * power(method.multiplier_hundredths / 100.0, least(attempt - 1, 20))));
        attempt := attempt + 1;
    end if;
    if again then
        -- ±20 % jitter, so that calls that failed together do not come back together.
        due := clock_timestamp() + wait_ms * (0.8 + 0.4 * random()) * interval '1 millisecond';
        if due >= failed.deadline_at then
            again := false;
            if transient then
                status := 4;
                message := 'the deadline passed';
            end if;
        end if;
    end if;
    if again then
        -- An ordered call keeps its place; one under a mere limit lets others use it meanwhile.
        if gated and failed.ordering_key is null then
            perform rpc.release(array[failed.call_id]);
        end if;
        insert into rpc.scheduled values (
            due, failed.call_id, method.method_id, attempt, lost, rpc.rank_of(failed.call_id, failed.priority), gated,
            gated and failed.ordering_key is not null);
        return true;
    end if;
    perform rpc.finish(
        failed.call_id, method,
        case when cancelled or transient or method.decision then attempt else attempt - 1 end::smallint, status,
        message, details, trailers, gated, claimed_at, worker_id,
        status <> 1 and not method.decision
            and (method.kind = 2 or transient or status = any (method.retryable_codes) or status in (2, 13, 15)));
    return false;
end
$$;

-- Which run of a call this is: it grows with every lease, whether the last one failed, was lost or died.
create function rpc.run_of(attempt smallint, lost smallint) returns bigint language sql immutable parallel safe as
$$ select attempt::bigint * 64 + least(lost, 63) $$;

-- Adds message `number` of this lease to a server-streaming call, unless it is cancelled or its deadline has passed.
create function rpc.push(
    lease_id bigint, call_id bigint, number bigint, body jsonb, reply_to text, deadline timestamptz
) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    held rpc.lease := rpc.hold_lease(lease_id, false, '{}');
    place_in_lease integer := array_position(held.call_ids, call_id);
begin
    if place_in_lease is null or number not between 1 and 4294967295 then
        perform rpc.lose_lease();
    end if;
    if exists (select from rpc.cancellation c where c.call_id = push.call_id) then
        perform rpc.refuse(1, 'the call was cancelled');
    end if;
    insert into rpc.message (call_id, seq, body) values (
        push.call_id,
        rpc.run_of(held.attempts[place_in_lease], held.losts[place_in_lease]) << 32 | push.number, push.body);
    if clock_timestamp() >= deadline then
        perform rpc.refuse(4, 'the deadline passed before the call was done');
    end if;
    if reply_to is not null then
        perform pg_notify(reply_to, call_id::text);
    end if;
end
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Workers.

-- Registers a worker process; returns its id and the ids of its methods, in order.
create function rpc.register(
    service text, methods text[], host text, pid integer, expiry_ms integer, out worker_id bigint,
    out method_ids smallint[]
) language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    unknown text;
begin
    if not rpc.may_call(array[service]) then
        perform rpc.refuse(7, format('role %s may not serve %s', session_user, service));
    end if;
    if expiry_ms is null or expiry_ms not between 1 and 86400000 then
        perform rpc.refuse(3, 'leases last 1 ms to a day');
    end if;
    select n.name into unknown from unnest(methods) as n (name)
    where not exists (select from rpc.method m where m.name = n.name and m.service = register.service) limit 1;
    if unknown is not null then
        perform rpc.refuse(9, format('service %s has no published method %s', service, unknown));
    end if;
    select array_agg(m.method_id order by n.place) into method_ids
    from unnest(methods) with ordinality as n (name, place) join rpc.method m on m.name = n.name;
    worker_id := rpc.timed_number('rpc.worker_sequence', 16);
    insert into rpc.worker (worker_id, service, role, host, pid, method_ids, expires_at)
    values (register.worker_id, register.service, session_user, register.host, register.pid,
        coalesce(register.method_ids, '{}'), clock_timestamp() + expiry_ms * interval '1 millisecond');
end
$$;

-- Renews a worker's leases. alive false: they are lost, and everything it runs must stop. cancelled: calls of its
-- leases that someone has cancelled.
create function rpc.heartbeat(
    worker_id bigint, expiry_ms integer, draining boolean, out alive boolean, out cancelled bigint[]
) language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    update rpc.worker w
    set expires_at = clock_timestamp() + expiry_ms * interval '1 millisecond', draining = heartbeat.draining
    where w.worker_id = heartbeat.worker_id and w.role = session_user
        and heartbeat.expiry_ms between 1 and 86400000;
    alive := found;
    cancelled := rpc.cancelled(worker_id);
end
$$;

-- Calls of the worker's leases that someone has cancelled. A NOTIFY makes a worker look here, and does nothing else.
create function rpc.cancelled(of_worker bigint) returns bigint[]
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    if not exists (select from rpc.cancellation) then
        return '{}';
    end if;
    return array(
        select c.call_id from rpc.cancellation c join rpc.lease l on c.call_id = any (l.call_ids)
        where l.worker_id = of_worker and l.role = session_user);
end
$$;

-- Deletes leases of the session's role whose calls are all finished.
create function rpc.drop_leases(lease_ids bigint[]) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    delete from rpc.lease l using unnest(lease_ids) as i (lease_id)
    where l.slot = (i.lease_id & 3)::smallint and l.lease_id = i.lease_id and l.role = session_user
        and not exists (
            select from unnest(l.call_ids) as u (call_id)
            where not exists (select from rpc.outcome o where o.call_id = u.call_id offset 0));
end
$$;

-- Takes back leases that their own worker does not know of: it lost the answer to a claim.
create function rpc.reconcile(of_worker bigint, known bigint[]) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return rpc.take_back_each(array(
        select l.lease_id from rpc.lease l
        where l.worker_id = of_worker and l.role = session_user and l.lease_id <> all (known)
            and l.claimed_at < clock_timestamp() - interval '2 seconds'));
end
$$;

-- Takes a worker off the list when it has drained.
create function rpc.leave(worker_id bigint) returns void language sql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as
$$ delete from rpc.worker w where w.worker_id = $1 and w.role = session_user $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Claiming.

-- A method whose calls wait in a table of the ring, and the rank of its first.
create type rpc.head as (rank bigint, slot smallint, method_id smallint, wanted integer, floor bigint);

-- heads_0 … heads_3: the methods whose calls wait in one table of the ring. `floors`: below these ranks the worker has
-- taken everything a moment ago; starting there spares it from stepping over what is not vacuumed yet.
-- take_0 … take_3: removes the first calls of a method from one table of the ring, in order of rank from `floor` on.
do $$
begin
    for k in 0..3 loop
        execute format($f$
            create function rpc.heads_%1$s(method_ids smallint[], wanted integer[], floors bigint[])
            returns rpc.head[] language plpgsql stable as $b$
            begin
                return array(
                    select (r.rank, %1$s, u.method_id, u.wanted, u.floor)::rpc.head
                    from unnest(heads_%1$s.method_ids, heads_%1$s.wanted, heads_%1$s.floors)
                        as u (method_id, wanted, floor)
                    join rpc.method m on m.method_id = u.method_id and not m.paused
                    cross join lateral (
                        select h.rank from rpc.ready_%1$s h where h.method_id = u.method_id and h.rank >= u.floor
                        order by h.rank limit 1) as r
                    where u.wanted > 0);
            end
            $b$ $f$, k);
        execute format($f$
            create function rpc.take_%1$s(
                method_id smallint, wanted integer, floor bigint, out call_ids bigint[], out attempts smallint[],
                out losts smallint[], out gated boolean, out first_id bigint, out last_id bigint
            ) language plpgsql as $b$
            begin
                with taken as (
                    delete from rpc.ready_%1$s r where r.ctid = any (array(
                        select h.ctid from rpc.ready_%1$s h where h.method_id = take_%1$s.method_id and h.rank >= floor
                        order by h.rank limit wanted for update skip locked))
                    returning r.*
                )
                select array_agg(t.call_id order by t.rank), array_agg(t.attempt order by t.rank),
                    array_agg(t.lost order by t.rank), bool_or(t.gated), min(t.call_id), max(t.call_id)
                into call_ids, attempts, losts, gated, first_id, last_id
                from taken t;
            end
            $b$ $f$, k);
    end loop;
end
$$;

-- Where the first waiting calls of these methods are, the first of all first.
create function rpc.heads(method_ids smallint[], wanted integer[], floors bigint[]) returns rpc.head[]
language plpgsql stable as $$
declare
    found_heads rpc.head[] := '{}';
begin
    if pg_relation_size('rpc.ready_0') > 0 then
        found_heads := rpc.heads_0(method_ids, wanted, floors);
    end if;
    if pg_relation_size('rpc.ready_1') > 0 then
        found_heads := found_heads || rpc.heads_1(method_ids, wanted, floors);
    end if;
    if pg_relation_size('rpc.ready_2') > 0 then
        found_heads := found_heads || rpc.heads_2(method_ids, wanted, floors);
    end if;
    if pg_relation_size('rpc.ready_3') > 0 then
        found_heads := found_heads || rpc.heads_3(method_ids, wanted, floors);
    end if;
    if cardinality(found_heads) > 1 then
        found_heads := array(select h from unnest(found_heads) as h order by h.rank);
    end if;
    return found_heads;
end
$$;

-- Claims up to wanted[n] calls of method_ids[n], which the worker has registered for, of one method at a time. Rows
-- share one lease. Expired calls are finished instead. `more`: others were seen waiting. The caller commits
-- asynchronously: what a crash undoes here is offered again.
create function rpc.claim(of_worker bigint, method_ids smallint[], wanted integer[], floors bigint[])
returns table (
    lease_id bigint, method_id smallint, call_id bigint, attempt smallint, rank bigint, caller text, request jsonb,
    deadline_at timestamptz, remaining_ms bigint, reply_to text, continued boolean, traceparent text, metadata jsonb,
    waited_ms bigint, more boolean
) language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
    heads rpc.head[];
    head rpc.head;
    taken record;
    lease bigint;
    moment timestamptz := clock_timestamp();
    cancelled bigint[];
    alive integer;
    any_more boolean;
    met_late boolean;
    from_ranks bigint[] := claim.floors;
begin
    select array(select c.call_id from rpc.cancellation c) into cancelled from rpc.worker w
    where w.worker_id = of_worker and w.role = session_user and w.expires_at > moment
        and w.method_ids @> claim.method_ids;
    if not found then
        perform rpc.refuse(10, 'the worker is not registered');
    end if;
    if pg_relation_size('rpc.arrival') > 0 or pg_relation_size('rpc.released') > 0 then
        perform rpc.admit_all(claim.method_ids);
    end if;
    for pass in 1..10 loop
        met_late := false;
        heads := rpc.heads(claim.method_ids, claim.wanted, from_ranks);
        foreach head in array heads loop
            case head.slot
                when 0 then taken := rpc.take_0(head.method_id, head.wanted, head.floor);
                when 1 then taken := rpc.take_1(head.method_id, head.wanted, head.floor);
                when 2 then taken := rpc.take_2(head.method_id, head.wanted, head.floor);
                when 3 then taken := rpc.take_3(head.method_id, head.wanted, head.floor);
            end case;
            continue when taken.call_ids is null;
            lease := (rpc.timed_number('rpc.lease_sequence', 16) << 2) | (select r.current_slot from rpc.ring r);
            any_more := cardinality(heads) > 1 or cardinality(taken.call_ids) >= head.wanted;
            return query
            select lease, head.method_id, c.call_id, u.attempt, rpc.rank_of(c.call_id, c.priority), c.caller, c.request,
                c.deadline_at, floor(extract(epoch from c.deadline_at - moment) * 1000)::bigint, c.reply_to,
                c.then_method_id is not null,
                '00-' || coalesce(c.trace, lpad(to_hex(c.call_id), 32, '0')) || '-'
                    || lpad(to_hex(c.call_id), 16, '0') || '-01',
                c.metadata, (extract(epoch from moment) * 1000)::bigint - (c.call_id >> 20), any_more
            from unnest(taken.call_ids, taken.attempts) with ordinality as u (call_id, attempt, place)
            cross join lateral (
                select * from rpc.call k
                where k.call_id = u.call_id and k.call_id between taken.first_id and taken.last_id offset 0
            ) as c
            where (c.deadline_at <= moment) is not true and c.call_id <> all (cancelled)
            order by u.place;
            get diagnostics alive = row_count;
            if alive < cardinality(taken.call_ids) then
                taken := rpc.drop_late(taken.call_ids, taken.attempts, taken.losts, taken.gated, moment, cancelled);
            end if;
            if alive > 0 then
                insert into rpc.lease values (
                    (lease & 3)::smallint, lease, of_worker, session_user, head.method_id, moment, taken.gated,
                    taken.call_ids, taken.attempts, taken.losts);
                return;
            end if;
            met_late := true;
        end loop;
        continue when met_late;
        exit when not (0 < any (from_ranks));
        -- Nothing above the floors: what came late or urgently lies below them.
        from_ranks := array_fill(0::bigint, array[cardinality(from_ranks)]);
    end loop;
end
$$;

-- Finishes those of the calls whose deadline has passed or that are cancelled; returns the others.
create function rpc.drop_late(
    inout call_ids bigint[], inout attempts smallint[], inout losts smallint[], inout gated boolean, moment timestamptz,
    cancelled bigint[]
) language plpgsql as $$
declare
    dropped record;
begin
    for dropped in
        select c.call_id, u.attempt, u.place, c.deadline_at <= moment as is_late
        from unnest(call_ids, attempts) with ordinality as u (call_id, attempt, place)
        cross join lateral (select * from rpc.call k where k.call_id = u.call_id offset 0) as c
        where c.deadline_at <= moment or c.call_id = any (cancelled)
        order by u.place desc
    loop
        begin
            if dropped.is_late then
                perform rpc.expire(dropped.call_id, dropped.attempt, gated);
            else
                delete from rpc.cancellation x where x.call_id = dropped.call_id;
                perform rpc.finish(
                    dropped.call_id, null, dropped.attempt, 1::smallint, 'the call was cancelled', null, null, gated,
                    null, null, false);
            end if;
        exception when others then
            perform rpc.bury(dropped.call_id, dropped.attempt, gated, sqlstate);
        end;
        call_ids := call_ids[:dropped.place - 1] || call_ids[dropped.place + 1:];
        attempts := attempts[:dropped.place - 1] || attempts[dropped.place + 1:];
        losts := losts[:dropped.place - 1] || losts[dropped.place + 1:];
    end loop;
end
$$;

-- Admits calls of those of the methods that have any to admit. Where that fails, they are admitted one by one, and the
-- call that cannot be is buried.
create function rpc.admit_all(method_ids smallint[]) returns void language plpgsql as $$
declare
    wanted smallint;
begin
    for wanted in
        select u.method_id from unnest(method_ids) as u (method_id)
        where exists (select from rpc.arrival a where a.method_id = u.method_id)
            or exists (select from rpc.released f where f.method_id = u.method_id)
    loop
        begin
            perform rpc.admit(wanted, 200, false);
        exception when others then
            perform rpc.admit(wanted, 200, true);
        end;
    end loop;
end
$$;

-- Finishes a call that nobody holds as DEADLINE_EXCEEDED.
create function rpc.expire(call_id bigint, attempt smallint, gated boolean) returns void language plpgsql as $$
declare
    method rpc.method;
begin
    select m.* into method from rpc.call c join rpc.method m on m.method_id = c.method_id
    where c.call_id = expire.call_id;
    delete from rpc.cancellation c where c.call_id = expire.call_id;
    perform rpc.finish(
        call_id, method, attempt, 4::smallint, 'the deadline passed before the call could run', null, null, gated, null,
        null, method.kind = 2);
end
$$;

-- Admits calls of a method under its key and limits: those behind released keys first, then arrivals by rank. One
-- admission at a time per method, so that counting permits is enough to keep every limit.
create function rpc.admit(method_id smallint, most integer, careful boolean) returns integer language plpgsql as $$
#variable_conflict use_column
declare
    method rpc.method;
    room integer := most;
    budget double precision := most;
    burst double precision;
    key_room integer;
    admitted integer := 0;
    freed record;
    candidate record;
begin
    if not pg_try_advisory_xact_lock(1919968100, admit.method_id) then
        return 0;
    end if;
    select * into method from rpc.method m where m.method_id = admit.method_id;
    if method.max_concurrency > 0 then
        room := least(room, method.max_concurrency
            - (select count(*) from rpc.permit p where p.method_id = admit.method_id)::integer);
    end if;
    if method.max_rate_per_second > 0 then
        -- The bucket never lets more than the rate through in any one second: what it may hold is taken off the refill.
        burst := greatest(1, method.max_rate_per_second / 10);
        insert into rpc.bucket values (admit.method_id, burst, clock_timestamp()) on conflict do nothing;
        update rpc.bucket b set
            tokens = least(burst, b.tokens + extract(epoch from clock_timestamp() - b.refilled_at)
                * case when burst > 1 then method.max_rate_per_second - burst else method.max_rate_per_second end),
            refilled_at = clock_timestamp()
        where b.method_id = admit.method_id returning b.tokens into budget;
        room := least(room, floor(budget)::integer);
    end if;
    for freed in
        select f.ctid as place, f.ordering_key from rpc.released f where f.method_id = admit.method_id
    loop
        exit when room <= admitted;
        if freed.ordering_key <> '' then
            key_room := greatest(1, method.max_concurrency_per_key) - (
                select count(*) from rpc.permit p
                where p.method_id = admit.method_id and p.ordering_key = freed.ordering_key)::integer;
            for candidate in
                select w.ctid as place, w.* from rpc.waiting w
                where w.method_id = admit.method_id and w.ordering_key = freed.ordering_key
                order by w.rank limit least(key_room, room - admitted)
            loop
                delete from rpc.waiting w where w.ctid = candidate.place;
                continue when not found;
                admitted := admitted + rpc.let_in(
                    candidate.call_id, admit.method_id, candidate.attempt, candidate.lost, candidate.rank,
                    candidate.ordering_key, careful);
            end loop;
        end if;
        delete from rpc.released f where f.ctid = freed.place;
    end loop;
    for candidate in
        select a.ctid as place, a.* from rpc.arrival a where a.method_id = admit.method_id order by a.rank limit most
    loop
        exit when room <= admitted;
        delete from rpc.arrival a where a.ctid = candidate.place;
        continue when not found;
        if candidate.ordering_key is not null and (
            exists (select from rpc.waiting w
                where w.method_id = admit.method_id and w.ordering_key = candidate.ordering_key)
            or (select count(*) from rpc.permit p
                where p.method_id = admit.method_id and p.ordering_key = candidate.ordering_key)
                >= greatest(1, method.max_concurrency_per_key))
        then
            insert into rpc.waiting values (
                candidate.call_id, admit.method_id, candidate.attempt, candidate.lost, candidate.rank, candidate.ordering_key);
        else
            admitted := admitted + rpc.let_in(
                candidate.call_id, admit.method_id, candidate.attempt, candidate.lost, candidate.rank,
                candidate.ordering_key, careful);
        end if;
    end loop;
    if method.max_rate_per_second > 0 and admitted > 0 then
        update rpc.bucket b set tokens = b.tokens - admitted where b.method_id = admit.method_id;
    end if;
    return admitted;
end
$$;

-- Lets a call in, and returns 1. `careful`: one that cannot be let in is buried, and does not count.
create function rpc.let_in(
    call_id bigint, method_id smallint, attempt smallint, lost smallint, rank bigint, ordering_key text, careful boolean
) returns integer language plpgsql as $$
begin
    if careful then
        begin
            return rpc.let_in(call_id, method_id, attempt, lost, rank, ordering_key, false);
        exception when others then
            perform rpc.bury(call_id, attempt, false, sqlstate);
            return 0;
        end;
    end if;
    insert into rpc.permit values (let_in.call_id, let_in.method_id, coalesce(let_in.ordering_key, ''));
    insert into rpc.ready
    select r.current_slot, let_in.method_id, let_in.attempt, let_in.lost, let_in.rank, let_in.call_id, true from rpc.ring r;
    return 1;
end
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Duties that any worker does for all.

-- Moves calls whose time has come to where they wait. Where that fails, they are moved one by one, and the call that
-- cannot be is buried. Returns milliseconds until the next one is due; null: none within the hour.
create function rpc.promote(most integer default 500) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    moment timestamptz := clock_timestamp();
    due record;
begin
    begin
        perform rpc.promote_due(null, least(most, 10000));
    exception when others then
        for due in
            select s.call_id, s.attempt, s.gated and s.admitted as holds from rpc.scheduled s
            where s.due_at <= moment order by s.due_at limit least(most, 10000) for update skip locked
        loop
            begin
                perform rpc.promote_due(due.call_id, 1);
            exception when others then
                delete from rpc.scheduled s where s.call_id = due.call_id;
                perform rpc.bury(due.call_id, due.attempt, due.holds, sqlstate);
            end;
        end loop;
    end;
    return (
        select greatest(0, extract(epoch from s.due_at - clock_timestamp()) * 1000)::bigint from rpc.scheduled s
        where s.due_at < moment + interval '1 hour' order by s.due_at limit 1);
end
$$;

-- Moves those of the calls that are due, or one of them.
create function rpc.promote_due(one bigint, most integer) returns void language plpgsql as $$
declare
    services text[];
begin
    with due as (
        delete from rpc.scheduled s where s.ctid = any (array(
            select h.ctid from rpc.scheduled h
            where h.due_at <= clock_timestamp() and (one is null or h.call_id = one)
            order by h.due_at limit most for update skip locked))
        returning s.*
    ), readied as (
        insert into rpc.ready
        select r.current_slot, d.method_id, d.attempt, d.lost, d.rank, d.call_id, d.gated from due d cross join rpc.ring r
        where d.admitted or not d.gated
    ), arrived as (
        insert into rpc.arrival
        select d.call_id, d.method_id, d.attempt, d.lost, d.rank, c.ordering_key
        from due d cross join lateral (select * from rpc.call k where k.call_id = d.call_id offset 0) as c
        where d.gated and not d.admitted
    )
    select array_agg(distinct m.service) into services from due d join rpc.method m on m.method_id = d.method_id;
    perform pg_notify('rpc_service_' || s.name, '') from unnest(services) as s (name);
end
$$;

-- Offers again the unfinished calls of a lease and deletes it. Returns the number of leases taken back: none while an attempt
-- that ends, or another session, has it.
create function rpc.take_back(lease_id bigint) returns integer language plpgsql as $$
declare
    orphan rpc.lease;
    entry record;
    method rpc.method;
begin
    if not pg_try_advisory_xact_lock(1919968101, rpc.lease_lock(lease_id)) then
        return 0;
    end if;
    delete from rpc.lease l where l.slot = (take_back.lease_id & 3)::smallint and l.lease_id = take_back.lease_id
    returning * into orphan;
    if orphan.lease_id is null then
        return 0;
    end if;
    -- Durable before anybody sees it: its worker forgets calls of a lease that is gone, and a crash must not bring it back.
    perform set_config('synchronous_commit', 'on', true);
    select * into method from rpc.method m where m.method_id = orphan.method_id;
    for entry in
        select u.attempt, u.lost, c.call
        from unnest(orphan.call_ids, orphan.attempts, orphan.losts) as u (call_id, attempt, lost)
        cross join lateral (select k as call from rpc.call k where k.call_id = u.call_id offset 0) as c
        where not exists (select from rpc.outcome o where o.call_id = u.call_id offset 0)
    loop
        insert into rpc.failure (call_id, attempt, status, message, worker_id, started_at) values (
            (entry.call).call_id, entry.attempt, 14, 'the worker died or lost its lease', orphan.worker_id,
            orphan.claimed_at);
        if entry.lost < 3 and not method.decision
            and not exists (select from rpc.cancellation c where c.call_id = (entry.call).call_id)
        then
            insert into rpc.ready
            select r.current_slot, orphan.method_id, entry.attempt, entry.lost + 1,
                rpc.rank_of((entry.call).call_id, (entry.call).priority), (entry.call).call_id, orphan.gated
            from rpc.ring r;
        else
            perform rpc.settle(
                entry.call, method, entry.attempt, entry.lost, 14::smallint,
                'the worker died while running the call'
                    || case when method.decision then '; nothing was decided, give it again' else '' end,
                null, null, null, true, orphan.gated, orphan.claimed_at, orphan.worker_id);
        end if;
    end loop;
    perform pg_notify('rpc_service_' || method.service, '');
    return 1;
end
$$;

-- Takes back several leases; one that cannot be taken back stays, is named in the server's log, and keeps no other.
create function rpc.take_back_each(lease_ids bigint[]) returns integer language plpgsql as $$
declare
    taken integer := 0;
    each bigint;
begin
    foreach each in array lease_ids loop
        begin
            taken := taken + rpc.take_back(each);
        exception when others then
            raise warning 'lease % cannot be taken back: % %', each, sqlstate, sqlerrm;
        end;
    end loop;
    return taken;
end
$$;

-- Offers again what workers held that have died or gone silent. Returns the number of leases taken back.
create function rpc.reap() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    -- A call may finish although it was just cancelled.
    delete from rpc.cancellation c where exists (select from rpc.outcome o where o.call_id = c.call_id offset 0);
    delete from rpc.worker w where w.worker_id in (
        select s.worker_id from rpc.worker s where s.expires_at < clock_timestamp() for update skip locked);
    return rpc.take_back_each(array(
        select l.lease_id from rpc.lease l
        where not exists (select from rpc.worker w where w.worker_id = l.worker_id)));
end
$$;

-- Whether a dump is under way. Its snapshot is older than its locks: what is truncated in between would be missing from it,
-- with calls that are nowhere.
create function rpc.is_dumped() returns boolean language plpgsql as $$
begin
    perform pg_stat_clear_snapshot();
    return exists (
        select from pg_stat_activity a
        where a.datname = current_database() and a.application_name in ('pg_dump', 'pg_dumpall'));
end
$$;

-- Truncates drained tables of the rings and moves inserts on to one, so that dead rows stay bounded although another
-- session holds an old snapshot. Never waits long for a lock. Returns the number of tables truncated.
create function rpc.rotate(minimum_bytes bigint default 1048576) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    here smallint;
    target smallint;
    ready_table regclass;
    lease_table regclass;
    occupied boolean;
    truncated integer := 0;
begin
    if not pg_try_advisory_xact_lock(1919968099, 2) then
        return 0;
    end if;
    select r.current_slot into here from rpc.ring r;
    perform set_config('lock_timeout', '10ms', true);
    begin
        for n in 1..3 loop
            target := (here + n) % 4;
            ready_table := format('rpc.ready_%s', target)::regclass;
            lease_table := format('rpc.lease_%s', target)::regclass;
            foreach ready_table in array array[ready_table, lease_table] loop
                continue when pg_relation_size(ready_table) = 0;
                begin
                    -- A cheap look first: the lock is worth trying only if the table seems to be empty.
                    execute format('select exists (select from %s)', ready_table) into occupied;
                    continue when occupied;
                    execute format('lock table %s in access exclusive mode', ready_table);
                    execute format('select exists (select from %s)', ready_table) into occupied;
                    if not occupied then
                        execute format('truncate %s', ready_table);
                        truncated := truncated + 1;
                    end if;
                exception when lock_not_available then
                    null;
                end;
            end loop;
        end loop;
        -- The last thing before the commit: a dump that begins now sees all of it.
        if truncated > 0 and rpc.is_dumped() then
            raise lock_not_available;
        end if;
    exception when lock_not_available then
        truncated := 0;
    end;
    if pg_relation_size(format('rpc.ready_%s', here)::regclass)
        + pg_relation_size(format('rpc.lease_%s', here)::regclass) >= minimum_bytes
    then
        for n in 1..3 loop
            target := (here + n) % 4;
            if pg_relation_size(format('rpc.ready_%s', target)::regclass) = 0
                and pg_relation_size(format('rpc.lease_%s', target)::regclass) = 0
            then
                perform setval('rpc.ring_slot', target);
                exit;
            end if;
        end loop;
    end if;
    return truncated;
end
$$;

-- Writes the tables anew whose rows are deleted or changed one by one, when they are large for the few rows they hold: vacuum leaves dead
-- rows while any session holds an older snapshot, and admissions would walk over ever more of them. Never waits long for a
-- lock. Only for tables that volatile functions alone read: a statement that took its snapshot before would find
-- nothing. Returns the number of tables written.
create function rpc.compact(minimum_bytes bigint default 4194304) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    most constant integer := 10000;
    name text;
    kept jsonb;
    live integer;
    compacted integer := 0;
begin
    if not pg_try_advisory_xact_lock(1919968099, 4) then
        return 0;
    end if;
    perform set_config('lock_timeout', '10ms', true);
    begin
        foreach name in array array['scheduled', 'arrival', 'waiting', 'permit', 'released', 'bucket', 'worker'] loop
            continue when pg_relation_size(format('rpc.%I', name)::regclass) <= minimum_bytes;
            execute format('select count(*) from (select from rpc.%I limit %s) as s', name, most) into live;
            continue when live = most;
            begin
                execute format('lock table rpc.%I in access exclusive mode', name);
                execute format('select jsonb_agg(to_jsonb(t)) from rpc.%I t', name) into kept;
                execute format('truncate rpc.%I', name);
                execute format('insert into rpc.%1$I select * from jsonb_populate_recordset(null::rpc.%1$I, $1)', name)
                using coalesce(kept, '[]');
                compacted := compacted + 1;
            exception when lock_not_available then
                null;
            end;
        end loop;
        if compacted > 0 and rpc.is_dumped() then
            raise lock_not_available;
        end if;
    exception when lock_not_available then
        compacted := 0;
    end;
    return compacted;
end
$$;

-- Drops partitions that retention has passed, and creates the next days'.
create function rpc.retain() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    part record;
    bound bigint;
    dropped integer := 0;
begin
    if not pg_try_advisory_xact_lock(1919968099, 3) then
        return 0;
    end if;
    perform rpc.extend_partitions();
    select rpc.first_id(date_trunc('day', clock_timestamp() - r.kept, 'UTC')) into bound from rpc.retention r;
    perform set_config('lock_timeout', '200ms', true);
    for part in
        select p.relname as parent, c.oid::regclass as name,
            substring(pg_get_expr(c.relpartbound, c.oid) from $re$FROM \('(-?\d+)'\)$re$)::bigint as low,
            substring(pg_get_expr(c.relpartbound, c.oid) from $re$TO \('(-?\d+)'\)$re$)::bigint as high
        from pg_inherits i
        join pg_class c on c.oid = i.inhrelid
        join pg_class p on p.oid = i.inhparent
        where p.oid in ('rpc.call'::regclass, 'rpc.outcome'::regclass, 'rpc.message'::regclass, 'rpc.failure'::regclass)
        order by c.relname
    loop
        continue when part.high > bound;
        -- A call may still be waiting in a partition whose day is over: then the day is kept.
        continue when exists (
            select from (
                select s.call_id from rpc.scheduled s union all
                select r.call_id from rpc.ready r union all
                select a.call_id from rpc.arrival a union all
                select w.call_id from rpc.waiting w union all
                select unnest(l.call_ids) from rpc.lease l
            ) as u where u.call_id >= part.low and u.call_id < part.high);
        begin
            execute format('drop table %s', part.name);
            dropped := dropped + 1;
        exception when lock_not_available then
            null;
        end;
    end loop;
    if dropped > 0 then
        delete from rpc.idempotency i
        where i.call_id < bound and not exists (select from rpc.call c where c.call_id = i.call_id);
        delete from rpc.dead d
        where d.call_id < bound and not exists (select from rpc.call c where c.call_id = d.call_id);
    end if;
    return dropped;
end
$$;
