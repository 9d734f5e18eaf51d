-- The job queue: calls, replies and the work between them. Shared/Queue/Queue.md explains the design.
--
-- rpc.call, rpc.outcome and rpc.message are only ever inserted into and are partitioned by call id, so that retention
-- drops partitions. What moves (ready, lease) lives in rings of small tables that are truncated when drained, so that
-- dead rows stay bounded even while another session holds an old snapshot.

-- A call's id carries its time: milliseconds since 1970 << 20 | sequence.
CREATE SEQUENCE rpc.call_sequence;

CREATE SEQUENCE rpc.lease_sequence CACHE 32;

CREATE SEQUENCE rpc.worker_sequence;

-- Methods, published from the contracts.
CREATE TABLE rpc.method (
    method_id smallint GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL,
    service text NOT NULL,
    kind smallint NOT NULL,
    key_required boolean NOT NULL DEFAULT false,
    max_attempts smallint NOT NULL DEFAULT 1,
    initial_backoff_ms integer NOT NULL DEFAULT 100,
    max_backoff_ms integer NOT NULL DEFAULT 10000,
    multiplier_hundredths integer NOT NULL DEFAULT 200,
    retryable_codes smallint[] NOT NULL DEFAULT '{}',
    deadline_ms bigint,
    ordering_field text,
    priority smallint NOT NULL DEFAULT 5,
    allowed_roles text[] NOT NULL DEFAULT '{}',
    max_concurrency integer NOT NULL DEFAULT 0,
    max_rate_per_second integer NOT NULL DEFAULT 0,
    batch_size integer NOT NULL DEFAULT 0,
    max_concurrency_per_key integer NOT NULL DEFAULT 0,
    decision boolean NOT NULL DEFAULT false,
    max_request_bytes integer NOT NULL DEFAULT 8388608,
    paused boolean NOT NULL DEFAULT false,
    CONSTRAINT method_pkey PRIMARY KEY (method_id),
    CONSTRAINT method_name_key UNIQUE (name),
    CONSTRAINT method_kind_check CHECK (kind IN (0, 1, 2)),
    CONSTRAINT method_priority_check CHECK (priority BETWEEN 0 AND 9),
    CONSTRAINT method_limits_check CHECK (
        max_attempts >= 1 AND max_concurrency >= 0 AND max_rate_per_second >= 0 AND max_concurrency_per_key >= 0),
    CONSTRAINT method_request_check CHECK (max_request_bytes BETWEEN 1024 AND 268435456),
    CONSTRAINT method_decision_check CHECK (NOT decision OR kind = 0 AND max_attempts = 1 AND retryable_codes = '{}')
);
COMMENT ON COLUMN rpc.method.kind IS '0 unary, 1 server streaming, 2 one-way';
COMMENT ON COLUMN rpc.method.decision IS 'taken when it is given: never scheduled, never repeated';
COMMENT ON COLUMN rpc.method.max_request_bytes IS 'set by the administrator; what is published leaves it as it is';

-- Which table of each ring takes new rows. It lives in a sequence, which every call and claim reads, because a row
-- that is updated at every turn would leave dead versions behind for as long as somebody holds an old snapshot.
CREATE SEQUENCE rpc.ring_slot MINVALUE 0 MAXVALUE 3 START 0;

-- One row: how long finished calls are kept.
CREATE TABLE rpc.retention (
    retention_id boolean NOT NULL DEFAULT true,
    kept interval NOT NULL DEFAULT '7 days',
    CONSTRAINT retention_pkey PRIMARY KEY (retention_id),
    CONSTRAINT retention_single_check CHECK (retention_id),
    CONSTRAINT retention_kept_check CHECK (kept BETWEEN interval '1 day' AND interval '3650 days')
);

INSERT INTO rpc.retention DEFAULT VALUES;

CREATE TABLE rpc.call (
    call_id bigint NOT NULL,
    method_id smallint NOT NULL,
    priority smallint NOT NULL,
    caller text NOT NULL,
    request jsonb NOT NULL,
    deadline_at timestamptz,
    ordering_key text,
    idempotency_key text,
    reply_to text,
    parent_id bigint,
    trace text,
    then_method_id smallint,
    then_state jsonb,
    metadata jsonb,
    CONSTRAINT call_pkey PRIMARY KEY (call_id),
    -- What is in an index, and what is reckoned with: a call that breaks these would stop others.
    CONSTRAINT call_key_check CHECK (octet_length(ordering_key) BETWEEN 1 AND 200),
    CONSTRAINT call_deadline_check CHECK (isfinite(deadline_at))
) PARTITION BY RANGE (call_id);
CREATE INDEX call_parent_idx ON rpc.call (parent_id) WHERE parent_id IS NOT NULL;
COMMENT ON COLUMN rpc.call.trace IS 'trace id (32 hexadecimal digits); null: the call is the root of its trace';

CREATE TABLE rpc.outcome (
    call_id bigint NOT NULL,
    finished_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at timestamptz,
    worker_id bigint,
    attempt smallint NOT NULL,
    status smallint NOT NULL,
    response jsonb,
    message text,
    details jsonb,
    trailers jsonb,
    CONSTRAINT outcome_pkey PRIMARY KEY (call_id),
    CONSTRAINT outcome_status_check CHECK (status BETWEEN 0 AND 16)
) PARTITION BY RANGE (call_id);

-- Messages of server-streaming calls. seq = run << 32 | number. Each lease of a call is another run (rpc.run_of), so
-- that seq only grows, and what an ended attempt has sent is told apart from what the next one sends.
CREATE TABLE rpc.message (
    call_id bigint NOT NULL,
    seq bigint NOT NULL,
    body jsonb NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT message_pkey PRIMARY KEY (call_id, seq)
) PARTITION BY RANGE (call_id);

-- Attempts that failed; successes are in rpc.outcome.
CREATE TABLE rpc.failure (
    call_id bigint NOT NULL,
    attempt smallint NOT NULL,
    status smallint NOT NULL,
    message text,
    worker_id bigint,
    started_at timestamptz,
    failed_at timestamptz NOT NULL DEFAULT clock_timestamp()
) PARTITION BY RANGE (call_id);
CREATE INDEX failure_call_idx ON rpc.failure (call_id);

CREATE TABLE rpc.idempotency (
    caller text NOT NULL,
    method_id smallint NOT NULL,
    idempotency_key text NOT NULL,
    call_id bigint NOT NULL,
    content_hash bytea NOT NULL,
    CONSTRAINT idempotency_pkey PRIMARY KEY (caller, method_id, idempotency_key),
    CONSTRAINT idempotency_key_check CHECK (octet_length(idempotency_key) BETWEEN 1 AND 200)
);
CREATE INDEX idempotency_call_idx ON rpc.idempotency (call_id);

-- Work that a worker may take. rank orders it: call_id + priority * (five minutes), so that waiting work ages.
CREATE TABLE rpc.ready (
    slot smallint NOT NULL,
    method_id smallint NOT NULL,
    attempt smallint NOT NULL,
    lost smallint NOT NULL,
    rank bigint NOT NULL,
    call_id bigint NOT NULL,
    gated boolean NOT NULL
) PARTITION BY list (slot);
CREATE INDEX ready_rank_idx ON rpc.ready (method_id, rank);

-- Batches that workers hold. role: the database role of the worker, who alone may end them.
CREATE TABLE rpc.lease (
    slot smallint NOT NULL,
    lease_id bigint NOT NULL,
    worker_id bigint NOT NULL,
    role name NOT NULL,
    method_id smallint NOT NULL,
    claimed_at timestamptz NOT NULL,
    gated boolean NOT NULL,
    call_ids bigint[] NOT NULL,
    attempts smallint[] NOT NULL,
    losts smallint[] NOT NULL,
    CONSTRAINT lease_pkey PRIMARY KEY (slot, lease_id)
) PARTITION BY list (slot);

DO $$
BEGIN
    FOR k IN 0..3 LOOP
        EXECUTE format('create table rpc.ready_%s partition of rpc.ready for values in (%s) '
            'with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000)', k, k);
        EXECUTE format('create table rpc.lease_%s partition of rpc.lease for values in (%s) '
            'with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)', k, k);
    END LOOP;
END
$$;

-- Calls for later: not-before times and retries.
CREATE TABLE rpc.scheduled (
    due_at timestamptz NOT NULL,
    call_id bigint NOT NULL,
    method_id smallint NOT NULL,
    attempt smallint NOT NULL,
    lost smallint NOT NULL,
    rank bigint NOT NULL,
    gated boolean NOT NULL,
    admitted boolean NOT NULL,
    CONSTRAINT scheduled_pkey PRIMARY KEY (call_id),
    CONSTRAINT scheduled_due_check CHECK (isfinite(due_at))
);
CREATE INDEX scheduled_due_idx ON rpc.scheduled (due_at);

-- Calls under an ordering key or a limit, before admission (arrival), and those behind a busy key (waiting).
CREATE TABLE rpc.arrival (
    call_id bigint NOT NULL,
    method_id smallint NOT NULL,
    attempt smallint NOT NULL,
    lost smallint NOT NULL,
    rank bigint NOT NULL,
    ordering_key text
);
CREATE INDEX arrival_rank_idx ON rpc.arrival (method_id, rank);

CREATE TABLE rpc.waiting (LIKE rpc.arrival);

ALTER TABLE rpc.waiting ALTER COLUMN ordering_key SET NOT NULL;

CREATE INDEX waiting_key_idx ON rpc.waiting (method_id, ordering_key, rank);

-- One row per admitted call; removed when the call is finished, leaving its key in released.
CREATE TABLE rpc.permit (
    call_id bigint NOT NULL,
    method_id smallint NOT NULL,
    ordering_key text NOT NULL DEFAULT '',
    CONSTRAINT permit_pkey PRIMARY KEY (call_id)
);
CREATE INDEX permit_key_idx ON rpc.permit (method_id, ordering_key);

CREATE TABLE rpc.released (
    method_id smallint NOT NULL,
    ordering_key text NOT NULL
);
CREATE INDEX released_method_idx ON rpc.released (method_id);

-- Token bucket of a method with a rate limit.
CREATE TABLE rpc.bucket (
    method_id smallint NOT NULL,
    tokens double precision NOT NULL,
    refilled_at timestamptz NOT NULL,
    CONSTRAINT bucket_pkey PRIMARY KEY (method_id)
);

-- Running calls that someone has cancelled.
CREATE TABLE rpc.cancellation (
    call_id bigint NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT cancellation_pkey PRIMARY KEY (call_id)
);

-- Calls that failed for good and that nobody waits for, or whose attempts are used up.
CREATE TABLE rpc.dead (
    call_id bigint NOT NULL,
    method_id smallint NOT NULL,
    status smallint NOT NULL,
    died_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT dead_pkey PRIMARY KEY (call_id)
);
CREATE INDEX dead_method_idx ON rpc.dead (method_id, died_at);

-- Worker processes. Unlogged: after a crash of the server every worker must register again.
CREATE UNLOGGED TABLE rpc.worker (
    worker_id bigint NOT NULL,
    service text NOT NULL,
    role text NOT NULL,
    host text NOT NULL,
    pid integer NOT NULL,
    method_ids smallint[] NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    draining boolean NOT NULL DEFAULT false,
    CONSTRAINT worker_pkey PRIMARY KEY (worker_id)
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);

-- What people did to the queue and to others' calls. Nothing of it is changed or taken away.
CREATE TABLE rpc.steering (
    steering_id bigint GENERATED ALWAYS AS IDENTITY,
    acted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor text NOT NULL DEFAULT session_user,
    act text NOT NULL,
    call_id bigint,
    subject text NOT NULL,
    reason text,
    CONSTRAINT steering_pkey PRIMARY KEY (steering_id),
    CONSTRAINT steering_act_check CHECK (act IN (
        'retry', 'discard', 'cancel', 'pause', 'resume', 'keep', 'recur', 'end recurrence')),
    CONSTRAINT steering_reason_check CHECK (length(reason) BETWEEN 1 AND 500)
);
CREATE INDEX steering_call_idx ON rpc.steering (call_id) WHERE call_id IS NOT NULL;
COMMENT ON COLUMN rpc.steering.subject IS 'the method, service or recurrence; for keep, from how long to how long';

-- A method whose calls wait in a table of the ring, and the rank of its first.
CREATE TYPE rpc.head AS (rank bigint, slot smallint, method_id smallint, wanted integer, floor bigint);

-- Calls that are made again and again, by cron expressions on the database's clock, and what the database knows about
-- itself for the queue's metrics.
CREATE TABLE rpc.recurrence (
    name text NOT NULL,
    cron text NOT NULL,
    method_id smallint NOT NULL,
    caller text NOT NULL,
    request jsonb NOT NULL,
    options jsonb NOT NULL,
    next_at timestamptz NOT NULL,
    trouble text,
    CONSTRAINT recurrence_pkey PRIMARY KEY (name),
    CONSTRAINT recurrence_name_check CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT recurrence_cron_check CHECK (length(cron) <= 200),
    CONSTRAINT recurrence_next_check CHECK (isfinite(next_at)),
    CONSTRAINT recurrence_method_fkey FOREIGN KEY (method_id) REFERENCES rpc.method (method_id)
);
COMMENT ON COLUMN rpc.recurrence.trouble IS 'why the last call could not be made; null: it was';
