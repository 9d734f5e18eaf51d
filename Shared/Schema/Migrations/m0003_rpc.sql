-- The job queue: calls, replies and the work between them. Shared/Queue/Queue.md explains the design.
--
-- rpc.call, rpc.outcome and rpc.message are only ever inserted into and are partitioned by call id, so that retention
-- drops partitions. What moves (ready, lease) lives in rings of small tables that are truncated when drained, so that
-- dead rows stay bounded even while another session holds an old snapshot.

-- A call's id carries its time: milliseconds since 1970 << 20 | sequence.
create sequence rpc.call_sequence;
create sequence rpc.lease_sequence cache 32;
create sequence rpc.worker_sequence;

-- Methods, published from the contracts.
create table rpc.method (
    method_id smallint generated always as identity,
    name text not null,
    service text not null,
    kind smallint not null,
    key_required boolean not null default false,
    max_attempts smallint not null default 1,
    initial_backoff_ms integer not null default 100,
    max_backoff_ms integer not null default 10000,
    multiplier_hundredths integer not null default 200,
    retryable_codes smallint[] not null default '{}',
    deadline_ms bigint,
    ordering_field text,
    priority smallint not null default 5,
    allowed_roles text[] not null default '{}',
    max_concurrency integer not null default 0,
    max_rate_per_second integer not null default 0,
    batch_size integer not null default 0,
    max_concurrency_per_key integer not null default 0,
    decision boolean not null default false,
    max_request_bytes integer not null default 8388608,
    paused boolean not null default false,
    constraint method_pkey primary key (method_id),
    constraint method_name_key unique (name),
    constraint method_kind_check check (kind in (0, 1, 2)),
    constraint method_priority_check check (priority between 0 and 9),
    constraint method_limits_check check (
        max_attempts >= 1 and max_concurrency >= 0 and max_rate_per_second >= 0 and max_concurrency_per_key >= 0),
    constraint method_request_check check (max_request_bytes between 1024 and 268435456),
    constraint method_decision_check check (not decision or kind = 0 and max_attempts = 1 and retryable_codes = '{}')
);
comment on column rpc.method.kind is '0 unary, 1 server streaming, 2 one-way';
comment on column rpc.method.decision is 'taken when it is given: never scheduled, never repeated';
comment on column rpc.method.max_request_bytes is 'set by the administrator; what is published leaves it as it is';

-- Which table of each ring takes new rows. It lives in a sequence, which every call and claim reads, because a row that is
-- updated at every turn would leave dead versions behind for as long as somebody holds an old snapshot.
create sequence rpc.ring_slot minvalue 0 maxvalue 3 start 0;
create view rpc.ring as select coalesce(pg_sequence_last_value('rpc.ring_slot'), 0)::smallint as current_slot;

-- One row: how long finished calls are kept.
create table rpc.retention (
    retention_id boolean not null default true,
    kept interval not null default '7 days',
    constraint retention_pkey primary key (retention_id),
    constraint retention_single_check check (retention_id),
    constraint retention_kept_check check (kept between interval '1 day' and interval '3650 days')
);
insert into rpc.retention default values;

create table rpc.call (
    call_id bigint not null,
    method_id smallint not null,
    priority smallint not null,
    caller text not null,
    request jsonb not null,
    deadline_at timestamptz,
    ordering_key text,
    idempotency_key text,
    reply_to text,
    parent_id bigint,
    trace text,
    then_method_id smallint,
    then_state jsonb,
    metadata jsonb,
    constraint call_pkey primary key (call_id),
    -- What is in an index, and what is reckoned with: a call that breaks these would stop others.
    constraint call_key_check check (octet_length(ordering_key) between 1 and 200),
    constraint call_deadline_check check (isfinite(deadline_at))
) partition by range (call_id);
create index call_parent_idx on rpc.call (parent_id) where parent_id is not null;
comment on column rpc.call.trace is 'trace id (32 hexadecimal digits); null: the call is the root of its trace';

create table rpc.outcome (
    call_id bigint not null,
    finished_at timestamptz not null default clock_timestamp(),
    started_at timestamptz,
    worker_id bigint,
    attempt smallint not null,
    status smallint not null,
    response jsonb,
    message text,
    details jsonb,
    trailers jsonb,
    constraint outcome_pkey primary key (call_id),
    constraint outcome_status_check check (status between 0 and 16)
) partition by range (call_id);

-- Messages of server-streaming calls. seq = run << 32 | number. Each lease of a call is another run (rpc.run_of), so
-- that seq only grows, and what an ended attempt has sent is told apart from what the next one sends.
create table rpc.message (
    call_id bigint not null,
    seq bigint not null,
    body jsonb not null,
    sent_at timestamptz not null default clock_timestamp(),
    constraint message_pkey primary key (call_id, seq)
) partition by range (call_id);

-- Attempts that failed; successes are in rpc.outcome.
create table rpc.failure (
    call_id bigint not null,
    attempt smallint not null,
    status smallint not null,
    message text,
    worker_id bigint,
    started_at timestamptz,
    failed_at timestamptz not null default clock_timestamp()
) partition by range (call_id);
create index failure_call_idx on rpc.failure (call_id);

create table rpc.idempotency (
    caller text not null,
    method_id smallint not null,
    idempotency_key text not null,
    call_id bigint not null,
    content_hash bytea not null,
    constraint idempotency_pkey primary key (caller, method_id, idempotency_key),
    constraint idempotency_key_check check (octet_length(idempotency_key) between 1 and 200)
);
create index idempotency_call_idx on rpc.idempotency (call_id);

-- Work that a worker may take. rank orders it: call_id + priority * (five minutes), so that waiting work ages.
create table rpc.ready (
    slot smallint not null,
    method_id smallint not null,
    attempt smallint not null,
    lost smallint not null,
    rank bigint not null,
    call_id bigint not null,
    gated boolean not null
) partition by list (slot);
create index ready_rank_idx on rpc.ready (method_id, rank);

-- Batches that workers hold. role: the database role of the worker, who alone may end them.
create table rpc.lease (
    slot smallint not null,
    lease_id bigint not null,
    worker_id bigint not null,
    role name not null,
    method_id smallint not null,
    claimed_at timestamptz not null,
    gated boolean not null,
    call_ids bigint[] not null,
    attempts smallint[] not null,
    losts smallint[] not null,
    constraint lease_pkey primary key (slot, lease_id)
) partition by list (slot);

do $$
begin
    for k in 0..3 loop
        execute format('create table rpc.ready_%s partition of rpc.ready for values in (%s) '
            'with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000)', k, k);
        execute format('create table rpc.lease_%s partition of rpc.lease for values in (%s) '
            'with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)', k, k);
    end loop;
end
$$;

-- Calls for later: not-before times and retries.
create table rpc.scheduled (
    due_at timestamptz not null,
    call_id bigint not null,
    method_id smallint not null,
    attempt smallint not null,
    lost smallint not null,
    rank bigint not null,
    gated boolean not null,
    admitted boolean not null,
    constraint scheduled_pkey primary key (call_id),
    constraint scheduled_due_check check (isfinite(due_at))
);
create index scheduled_due_idx on rpc.scheduled (due_at);

-- Calls under an ordering key or a limit, before admission (arrival), and those behind a busy key (waiting).
create table rpc.arrival (
    call_id bigint not null,
    method_id smallint not null,
    attempt smallint not null,
    lost smallint not null,
    rank bigint not null,
    ordering_key text
);
create index arrival_rank_idx on rpc.arrival (method_id, rank);
create table rpc.waiting (like rpc.arrival);
alter table rpc.waiting alter column ordering_key set not null;
create index waiting_key_idx on rpc.waiting (method_id, ordering_key, rank);
-- One row per admitted call; removed when the call is finished, leaving its key in released.
create table rpc.permit (
    call_id bigint not null,
    method_id smallint not null,
    ordering_key text not null default '',
    constraint permit_pkey primary key (call_id)
);
create index permit_key_idx on rpc.permit (method_id, ordering_key);
create table rpc.released (
    method_id smallint not null,
    ordering_key text not null
);
create index released_method_idx on rpc.released (method_id);
-- Token bucket of a method with a rate limit.
create table rpc.bucket (
    method_id smallint not null,
    tokens double precision not null,
    refilled_at timestamptz not null,
    constraint bucket_pkey primary key (method_id)
);

-- Running calls that someone has cancelled.
create table rpc.cancellation (
    call_id bigint not null,
    requested_by text not null,
    requested_at timestamptz not null default clock_timestamp(),
    constraint cancellation_pkey primary key (call_id)
);

-- Calls that failed for good and that nobody waits for, or whose attempts are used up.
create table rpc.dead (
    call_id bigint not null,
    method_id smallint not null,
    status smallint not null,
    died_at timestamptz not null default clock_timestamp(),
    constraint dead_pkey primary key (call_id)
);
create index dead_method_idx on rpc.dead (method_id, died_at);

-- Worker processes. Unlogged: after a crash of the server every worker must register again.
create unlogged table rpc.worker (
    worker_id bigint not null,
    service text not null,
    role text not null,
    host text not null,
    pid integer not null,
    method_ids smallint[] not null,
    started_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    draining boolean not null default false,
    constraint worker_pkey primary key (worker_id)
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);

-- What people did to the queue and to others' calls. Nothing of it is changed or taken away.
create table rpc.steering (
    steering_id bigint generated always as identity,
    acted_at timestamptz not null default clock_timestamp(),
    actor text not null default session_user,
    act text not null,
    call_id bigint,
    subject text not null,
    reason text,
    constraint steering_pkey primary key (steering_id),
    constraint steering_act_check check (act in (
        'retry', 'discard', 'cancel', 'pause', 'resume', 'keep', 'recur', 'end recurrence')),
    constraint steering_reason_check check (length(reason) between 1 and 500)
);
create index steering_call_idx on rpc.steering (call_id) where call_id is not null;
comment on column rpc.steering.subject is 'the method, service or recurrence; for keep, from how long to how long';

create function rpc.keep_steering() returns trigger language plpgsql as $$
begin
    raise exception using errcode = 'PQ007', message = 'what was done to the queue is kept as it is';
end
$$;
create trigger steering_is_kept before update or delete or truncate on rpc.steering
    for each statement execute function rpc.keep_steering();

-- ---------------------------------------------------------------------------------------------------------------------
-- Ids, partitions and refusals.

-- Refuses with gRPC status `code`; clients read it from SQLSTATE PQ0nn.
create function rpc.refuse(code integer, message text) returns void language plpgsql as $$
begin
    raise exception using errcode = 'PQ0' || lpad(code::text, 2, '0'), message = message;
end
$$;

create function rpc.first_id(moment timestamptz) returns bigint language sql immutable parallel safe as
$$ select (extract(epoch from moment) * 1000)::bigint << 20 $$;

create function rpc.time_of(call_id bigint) returns timestamptz language sql immutable parallel safe as
$$ select to_timestamp((call_id >> 20) / 1000.0) $$;

create function rpc.rank_of(call_id bigint, priority smallint) returns bigint language sql immutable parallel safe as
$$ select call_id + (priority::bigint * 300000 << 20) $$;

-- Creates the daily partitions until the day after tomorrow.
create function rpc.extend_partitions(days integer default 2) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    first_day date := (clock_timestamp() at time zone 'UTC')::date;
    parent text;
    low bigint;
    high bigint;
begin
    perform pg_advisory_xact_lock(1919968099, 1);
    for n in 0..days loop
        low := rpc.first_id((first_day + n)::timestamp at time zone 'UTC');
        high := rpc.first_id((first_day + n + 1)::timestamp at time zone 'UTC');
        if n = 0 and not exists (select from pg_inherits i where i.inhparent = 'rpc.call'::regclass) then
            low := 0;  -- The first partition takes everything older, such as ids from a skewed clock.
        end if;
        foreach parent in array array['call', 'outcome', 'message', 'failure'] loop
            if to_regclass(format('rpc.%s_%s', parent, to_char(first_day + n, 'YYYYMMDD'))) is null then
                execute format('create table rpc.%s_%s partition of rpc.%s for values from (%s) to (%s) '
                    'with (autovacuum_vacuum_insert_scale_factor = 0.2)',
                    parent, to_char(first_day + n, 'YYYYMMDD'), parent, low, high);
            end if;
        end loop;
    end loop;
end
$$;
select rpc.extend_partitions(2);

-- A number that is not given again: the milliseconds since 1970, and as many bits of a sequence. A sequence alone may be set
-- back by a crash, together with the commits that did not wait for the disk.
create function rpc.timed_number(sequence regclass, bits integer) returns bigint language sql volatile as
$$ select ((extract(epoch from clock_timestamp()) * 1000)::bigint << $2) | (nextval($1) & ((1::bigint << $2) - 1)) $$;

-- The id of a new call.
create function rpc.next_id() returns bigint language plpgsql volatile as $$
begin
    if to_regclass('rpc.call_' || to_char(clock_timestamp() at time zone 'UTC', 'YYYYMMDD')) is null then
        perform rpc.extend_partitions();
    end if;
    return rpc.timed_number('rpc.call_sequence', 20);
end
$$;

-- Functions that are not inlined are in PL/pgSQL, which keeps their plans for the session; SQL functions plan each time.
-- Rows of rpc.call and rpc.outcome are looked up in `lateral (… offset 0)`: a plan that is made while a day's table is still
-- small, and kept, would otherwise join it whole for one id. Where it counts, a range that is known beforehand (the first
-- and last id) keeps the executor from opening every day.
-- force_generic_plan: planning anew for each call's arguments never finds a better plan here and costs more than running
-- it (claim 0.57 ms against 0.33 ms, result 0.28 ms against 0.10 ms).

-- Whether the role is one of the services'.
create function rpc.is_service(role text) returns boolean language sql immutable parallel safe as $$
    select role in ('puente_coordination', 'puente_transfers', 'puente_projects', 'puente_reporting')
$$;

-- Whether the role is a person's: one that may log in and was made a member of the operators. A superuser, whom
-- PostgreSQL takes for a member of every role, is nobody here; nor are the schema's owner and the services.
create function rpc.is_person(role text) returns boolean language plpgsql stable as $$
begin
    return exists (
        select from pg_roles r
        where r.rolname = is_person.role and r.rolcanlogin and not r.rolsuper
            and pg_has_role(r.oid, 'puente_operator', 'member') and not pg_has_role(r.oid, 'puente_owner', 'member')
            and not pg_has_role(r.oid, 'puente_coordination', 'member')
            and not pg_has_role(r.oid, 'puente_transfers', 'member')
            and not pg_has_role(r.oid, 'puente_projects', 'member')
            and not pg_has_role(r.oid, 'puente_reporting', 'member'));
end
$$;

-- Whether `role` may make calls restricted to `roles`: a service as itself, a person as an operator.
create function rpc.may_call(role text, roles text[]) returns boolean language plpgsql stable as $$
begin
    return case when rpc.is_service(role) then substr(role, 8) = any (roles)
        else 'operator' = any (roles) and rpc.is_person(role) end;
end
$$;

-- The same of the session's role.
create function rpc.may_call(roles text[]) returns boolean language plpgsql stable as $$
begin
    return rpc.may_call(session_user::text, roles);
end
$$;

create function rpc.is_operator() returns boolean language plpgsql stable as $$
begin
    return rpc.is_person(session_user);
end
$$;

create function rpc.require_operator() returns void language plpgsql stable as $$
begin
    if not rpc.is_operator() then
        perform rpc.refuse(7, 'only operators may do this');
    end if;
end
$$;

-- Whether a live worker serves the method. Volatile, so that it looks after rpc.compact and never while.
create function rpc.is_served(method_id smallint) returns boolean language plpgsql volatile as $$
begin
    return exists (
        select from rpc.worker w
        where w.method_ids @> array[is_served.method_id] and w.expires_at > clock_timestamp() and not w.draining);
end
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- What a caller may ask.

-- What is wrong with a whole number between two bounds; null: nothing. `text`: as jsonb writes it.
create function rpc.number_fault(kind text, text text, low bigint, high bigint) returns text
language plpgsql immutable as $$
begin
    if kind = 'number' and text ~ '^[0-9]{1,12}$' and text::bigint between low and high then
        return null;
    end if;
    return format('must be a whole number from %s to %s', low, high);
end
$$;

-- What is wrong with a moment; null: nothing.
create function rpc.moment_fault(kind text, text text) returns text language plpgsql stable as $$
begin
    if kind = 'string'
        and text ~ ('^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?'
            '(Z|[+-][0-9]{2}:?[0-9]{2})$')
        and text::timestamptz <= clock_timestamp() + interval '90 days'
    then
        return null;
    end if;
    return 'must be a moment with its zone, at most 90 days ahead, such as 2031-05-01T06:00:00-05:00';
exception when datetime_field_overflow or invalid_datetime_format or invalid_time_zone_displacement_value then
    return 'is no moment of the calendar';
end
$$;

-- What is wrong with one option; null: nothing.
create function rpc.option_fault(name text, value jsonb) returns text language plpgsql stable as $$
declare
    kind text := jsonb_typeof(value);
    text text := value #>> '{}';
begin
    case name
        when 'deadlineMs', 'delayMs' then
            return rpc.number_fault(kind, text, 0, 7776000000);
        when 'notBefore' then
            return rpc.moment_fault(kind, text);
        when 'priority' then
            return rpc.number_fault(kind, text, 0, 9);
        when 'idempotencyKey', 'orderingKey' then
            if kind <> 'string' or octet_length(text) not between 1 and 200 then
                return 'must be a text of 1 to 200 bytes';
            end if;
        when 'waitForReady', 'inheritDeadline' then
            if kind <> 'boolean' then
                return 'must be true or false';
            end if;
        when 'traceparent' then
            if kind <> 'string' or text !~ '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' then
                return 'must be a traceparent of W3C trace context';
            end if;
        when 'metadata' then
            if kind <> 'object' or octet_length(text) > 8192
                or exists (select from jsonb_each(value) as e where jsonb_typeof(e.value) <> 'string')
            then
                return 'must be an object of texts, of 8192 bytes at most';
            end if;
        when 'replyTo' then
            if kind <> 'string' or text !~ '^rpc_client_[a-z0-9]{1,40}$' then
                return 'must be a channel rpc_client_…';
            end if;
        when 'parent' then
            if kind not in ('number', 'string') or text !~ '^[1-9][0-9]{0,18}$'
                or text::numeric > 9223372036854775807
            then
                return 'must be the number of a call';
            end if;
        when 'thenMethod' then
            if kind <> 'string' then
                return 'must be the name of a method';
            end if;
        when 'thenState' then
            if kind <> 'object' or pg_column_size(value) > 1048576 then
                return 'must be an object of 1 MiB at most';
            end if;
        else
            return 'is no option; there are deadlineMs, delayMs, notBefore, priority, idempotencyKey, orderingKey, '
                'waitForReady, metadata, traceparent, replyTo, parent, inheritDeadline, thenMethod and thenState';
    end case;
    return null;
end
$$;

-- Refuses options that are wrong, each with its name and the reason. True otherwise. method null: of any.
create function rpc.check_options(options jsonb, method rpc.method) returns boolean language plpgsql stable as $$
declare
    faults text;
begin
    if jsonb_typeof(options) is distinct from 'object' then
        perform rpc.refuse(3, 'options must be a JSON object');
    end if;
    select string_agg(left(f.name, 60) || ' ' || f.fault, '; ' order by f.name) into faults
    from (select e.key, rpc.option_fault(e.key, e.value) from jsonb_each(options) as e limit 20) as f (name, fault)
    where f.fault is not null;
    if faults is null and options ?& array['notBefore', 'delayMs'] then
        faults := 'notBefore and delayMs exclude each other';
    elsif faults is null and options ? 'thenState' and not options ? 'thenMethod' then
        faults := 'thenState belongs to a thenMethod';
    elsif faults is null and method.decision and options ?| array['notBefore', 'delayMs', 'thenMethod'] then
        faults := 'a decision is taken when it is given: it has no notBefore, delayMs or thenMethod';
    elsif faults is null and (options ->> 'priority')::smallint < method.priority
        and not rpc.is_service(session_user)
    then
        faults := format('priority must be %s to 9 here: only services go before others', method.priority);
    end if;
    if faults is not null then
        perform rpc.refuse(3, faults);
    end if;
    return true;
end
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Calling.

-- Puts a call where it waits: arrival when a key or limit governs it, ready otherwise.
create function rpc.place(
    call_id bigint, method rpc.method, rank bigint, ordering_key text, attempt smallint, lost smallint
) returns void language plpgsql as $$
begin
    if place.ordering_key is not null or method.max_concurrency > 0 or method.max_rate_per_second > 0 then
        insert into rpc.arrival values (
            place.call_id, method.method_id, place.attempt, place.lost, place.rank, place.ordering_key);
    else
        insert into rpc.ready
        select r.current_slot, method.method_id, place.attempt, place.lost, place.rank, place.call_id, false
        from rpc.ring r;
    end if;
    perform pg_notify('rpc_service_' || method.service, '');
end
$$;

-- Makes a call that has passed every check. `caller` is the role that makes it.
create function rpc.insert_call(
    id bigint, caller text, method rpc.method, request jsonb, options jsonb, then_method_id smallint
) returns void language plpgsql as $$
#variable_conflict use_variable
declare
    not_before timestamptz;
    parent_trace text;
    parent_deadline timestamptz;
    made record;
begin
    if options ?| array['notBefore', 'delayMs'] then
        not_before := coalesce(
            (options ->> 'notBefore')::timestamptz,
            clock_timestamp() + (options ->> 'delayMs')::bigint * interval '1 millisecond');
    end if;
    if options ? 'parent' then
        -- Work that nobody waits for outlives its caller; a unary or streaming child does not.
        select coalesce(c.trace, lpad(to_hex(c.call_id), 32, '0')),
            case when coalesce((options ->> 'inheritDeadline')::boolean, method.kind <> 2 and then_method_id is null)
                then c.deadline_at end
        into parent_trace, parent_deadline
        from rpc.call c where c.call_id = (options ->> 'parent')::bigint
            -- Whoever names another's call as the parent would see it in the trace.
            and (c.caller = caller
                or 'puente_' || (select m.service from rpc.method m where m.method_id = c.method_id) = caller);
        if not found then
            perform rpc.refuse(3, 'parent must be a call that you made or that was made to you');
        end if;
    end if;
    if octet_length(coalesce(options ->> 'orderingKey', request ->> method.ordering_field)) > 200 then
        perform rpc.refuse(3, format('%s must have 200 bytes at most: it orders the calls of %s',
            method.ordering_field, method.name));
    end if;
    -- The order of a key must not depend on who asks for more priority.
    insert into rpc.call as c
    select id, method.method_id,
        case when k.key is null then coalesce((options ->> 'priority')::smallint, method.priority)
            else method.priority end,
        caller, request,
        least(parent_deadline, greatest(clock_timestamp(), not_before)
            + coalesce((options ->> 'deadlineMs')::bigint, method.deadline_ms) * interval '1 millisecond'),
        k.key, options ->> 'idempotencyKey', options ->> 'replyTo', (options ->> 'parent')::bigint,
        coalesce(substr(options ->> 'traceparent', 4, 32), parent_trace), then_method_id, options -> 'thenState',
        options -> 'metadata'
    from (select nullif(coalesce(options ->> 'orderingKey', request ->> method.ordering_field), '')) as k (key)
    returning c.priority, c.ordering_key, rpc.rank_of(c.call_id, c.priority) as rank into made;
    if not_before > clock_timestamp() then
        insert into rpc.scheduled values (
            not_before, id, method.method_id, 1, 0, made.rank,
            made.ordering_key is not null or method.max_concurrency > 0 or method.max_rate_per_second > 0, false);
        perform pg_notify('rpc_service_' || method.service, '');
    else
        perform rpc.place(id, method, made.rank, made.ordering_key, 1::smallint, 0::smallint);
    end if;
end
$$;

-- Checks a call and makes it, in the name of the session's role. Called by the functions below, which have the rights: what
-- changes a setting for each call costs as much as a third of making it. Every expression is made ready anew in
-- each transaction, so the checks of an ordinary call are few, and its usual options are known at one look.
create function rpc.make_call(method text, request jsonb, options jsonb) returns bigint language plpgsql as $$
declare
    called record;
    follower rpc.method;
    id bigint;
begin
    select m as contract, rpc.may_call(m.allowed_roles) as is_allowed,
        m.kind = 2 or options ?| array['parent', 'notBefore', 'delayMs', 'thenMethod']
            or coalesce(options -> 'waitForReady' = 'true', false) or rpc.is_served(m.method_id) as is_served,
        jsonb_typeof(request) = 'object' and pg_column_size(request) <= m.max_request_bytes as is_fit,
        case when jsonb_typeof(options) = 'object' then
            options - '{replyTo,parent}'::text[] = '{}' and (options ->> 'parent' ~ '^[1-8][0-9]{0,18}$') is not false
                and (options ->> 'replyTo' ~ '^rpc_client_[a-z0-9]{1,40}$') is not false
        end as is_usual
    into called from rpc.method m where m.name = make_call.method;
    if called.is_allowed and called.is_usual is not true then
        perform rpc.check_options(options, called.contract);
    end if;
    if called.is_allowed is not true or called.is_fit is not true
        or not called.is_served and not options ? 'idempotencyKey' or (called.contract).key_required and not options ? 'idempotencyKey'
    then
        perform rpc.refuse_call(make_call.method, called.contract, called.is_allowed, request, options);
    end if;
    if options ? 'thenMethod' then
        select * into follower from rpc.method m where m.name = options ->> 'thenMethod';
        if follower.method_id is null then
            perform rpc.refuse(12, 'there is no method ' || left(options ->> 'thenMethod', 200));
        end if;
        if follower.decision or not rpc.may_call(follower.allowed_roles) then
            perform rpc.refuse(7, format('role %s may not call %s', session_user, follower.name));
        end if;
    end if;
    id := rpc.next_id();
    if options ? 'idempotencyKey' then
        id := rpc.claim_key((called.contract).method_id, options ->> 'idempotencyKey', request, id);
        if id < 0 then
            return -id;
        elsif not called.is_served then
            perform rpc.refuse_call(make_call.method, called.contract, true, request, options);
        end if;
    end if;
    perform rpc.insert_call(id, session_user, called.contract, request, options, follower.method_id);
    return id;
end
$$;

-- Says why a call is refused.
create function rpc.refuse_call(name text, contract rpc.method, is_allowed boolean, request jsonb, options jsonb)
returns void language plpgsql as $$
begin
    if contract.method_id is null then
        perform rpc.refuse(12, 'there is no method ' || coalesce(left(name, 200), 'without a name'));
    elsif not is_allowed then
        perform rpc.refuse(7, format('role %s may not call %s', session_user, name));
    elsif jsonb_typeof(request) is distinct from 'object' then
        perform rpc.refuse(3, 'a request is a JSON object');
    elsif pg_column_size(request) > contract.max_request_bytes then
        perform rpc.refuse(3, format('the request has %s bytes; one to %s has %s at most',
            pg_column_size(request), name, contract.max_request_bytes));
    elsif contract.key_required and not options ? 'idempotencyKey' then
        perform rpc.refuse(3, name || ' needs an idempotency key');
    else
        perform rpc.refuse(14, 'nobody serves ' || name || ' now');
    end if;
end
$$;

-- Takes an idempotency key for a new call, whose id it returns; minus the id of the call that has it already.
create function rpc.claim_key(method_id smallint, key text, request jsonb, id bigint) returns bigint
language plpgsql as $$
declare
    content bytea := sha256(convert_to(request::text, 'UTF8'));
    known record;
begin
    loop
        select i.call_id, i.content_hash into known from rpc.idempotency i
        where i.caller = session_user and i.method_id = claim_key.method_id and i.idempotency_key = key;
        if found then
            if known.content_hash <> content then
                perform rpc.refuse(6, 'the idempotency key was used before with another request');
            end if;
            return -known.call_id;
        end if;
        insert into rpc.idempotency values (session_user, claim_key.method_id, key, id, content)
        on conflict do nothing;
        if found then
            return id;
        end if;
    end loop;
end
$$;

-- Makes a call. Stable interface; options: deadlineMs, notBefore, delayMs, priority, idempotencyKey, orderingKey,
-- waitForReady, metadata, traceparent, replyTo, parent, inheritDeadline, thenMethod, thenState.
create function rpc.enqueue(method text, request jsonb, options jsonb default '{}') returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return rpc.make_call(method, request, options);
end
$$;

-- Makes those of the calls that need nothing but a place among the waiting: no idempotency key, no later time, no parent,
-- no continuation. `methods` and `options` are one for all requests or one for each. Returns the ids in the requests'
-- order, growing; null for what is not so plain or is to be refused, which make_call does.
create function rpc.make_plain(methods text[], requests jsonb[], options jsonb[]) returns bigint[]
language plpgsql as $$
declare
    before bigint := rpc.next_id();
    before_number bigint := currval('rpc.call_sequence');
    ids bigint[];
begin
    with contract as materialized (
        select m.*, rpc.is_served(m.method_id) as is_served from rpc.method m
        where m.name = any (methods) and not m.key_required and rpc.may_call(m.allowed_roles)
    ), option as materialized (
        select u.n, u.o ->> 'orderingKey' as ordering_key, (u.o ->> 'priority')::smallint as priority,
            (u.o ->> 'deadlineMs')::bigint as deadline_ms, u.o ->> 'replyTo' as reply_to,
            substr(u.o ->> 'traceparent', 4, 32) as trace, u.o -> 'metadata' as metadata,
            coalesce((u.o ->> 'waitForReady')::boolean, false) as waits
        from unnest(options) with ordinality as u (o, n)
        where not u.o ?| array['idempotencyKey', 'notBefore', 'delayMs', 'parent', 'thenMethod']
            and (u.o - 'replyTo' = '{}' and (u.o ->> 'replyTo' ~ '^rpc_client_[a-z0-9]{1,40}$') is not false
                or rpc.check_options(u.o, null))
    ), item as (
        select u.n, u.body, m.method_id, m.service, k.key, o.reply_to, o.trace, o.metadata,
            coalesce(o.deadline_ms, m.deadline_ms) as deadline_ms,
            -- The order of a key must not depend on who asks for more priority.
            coalesce(case when k.key is null then o.priority end, m.priority) as priority,
            k.key is not null or m.max_concurrency > 0 or m.max_rate_per_second > 0 as gated
        from unnest(requests) with ordinality as u (body, n)
        join option o on o.n = least(u.n, cardinality(options))
        join contract m on m.name = methods[least(u.n, cardinality(methods))]
        cross join lateral (select nullif(coalesce(o.ordering_key, u.body ->> m.ordering_field), '')) as k (key)
        where jsonb_typeof(u.body) = 'object' and (m.kind = 2 or o.waits or m.is_served)
            and pg_column_size(u.body) <= m.max_request_bytes and (octet_length(k.key) <= 200) is not false
            and (o.priority is null or o.priority >= m.priority or rpc.is_service(session_user))
        order by u.n
    ), made as (
        select i.*, before + (nextval('rpc.call_sequence') - before_number) as id from item i
    ), kept as (
        insert into rpc.call (
            call_id, method_id, priority, caller, request, deadline_at, ordering_key, reply_to, trace, metadata)
        select m.id, m.method_id, m.priority, session_user, m.body,
            clock_timestamp() + m.deadline_ms * interval '1 millisecond', m.key, m.reply_to, m.trace, m.metadata
        from made m
    ), offered as (
        insert into rpc.ready
        select r.current_slot, m.method_id, 1, 0, rpc.rank_of(m.id, m.priority), m.id, false
        from made m, rpc.ring r where not m.gated
    ), arrived as (
        insert into rpc.arrival
        select m.id, m.method_id, 1, 0, rpc.rank_of(m.id, m.priority), m.key from made m where m.gated
    ), announced as (
        select count(pg_notify('rpc_service_' || s.service, '')) from (select distinct service from made) as s
    )
    select coalesce(array_agg(m.id order by u.n), '{}') into ids
    from generate_series(1, cardinality(requests)) as u (n) left join made m using (n), announced;
    return ids;
end
$$;

-- Many calls of one method with the same options, all or none.
create function rpc.enqueue_all(method text, requests jsonb[], options jsonb default '{}') returns bigint[]
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    ids bigint[];
begin
    if requests is null or jsonb_typeof(options) is distinct from 'object' then
        perform rpc.refuse(3, 'there must be an array of requests, and options must be a JSON object');
    end if;
    ids := rpc.make_plain(array[method], requests, array[options]);
    if array_position(ids, null) is null then
        return ids;
    end if;
    return array(
        select coalesce(r.id, rpc.make_call(method, r.body, options))
        from unnest(requests, ids) with ordinality as r (body, id, n) order by r.n);
end
$$;

-- Several calls of several methods, each refused or accepted by itself: what a busy client sends in one go.
create function rpc.enqueue_each(methods text[], requests jsonb[], options jsonb[])
returns table (call_id bigint, code text, message text)
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    ids bigint[];
begin
    if (cardinality(methods) = cardinality(requests) and cardinality(methods) = cardinality(options)) is not true then
        perform rpc.refuse(3, 'methods, requests and options must be arrays of one length');
    end if;
    begin
        ids := rpc.make_plain(methods, requests, options);
    exception when others then
        ids := null;  -- One by one, so that only the wrong ones are refused.
    end;
    for n in 1..cardinality(methods) loop
        call_id := ids[n];
        code := null;
        message := null;
        if call_id is null then
            begin
                call_id := rpc.make_call(methods[n], requests[n], options[n]);
            exception when others then
                code := sqlstate;
                message := left(sqlerrm, 2000);
            end;
        end if;
        return next;
    end loop;
end
$$;
