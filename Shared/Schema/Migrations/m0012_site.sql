-- Which database this is, and whether payments are paused. A copy or an older state of the database would pay again
-- what the bank has been told already: it starts with payments paused until a person says go on.

CREATE TABLE transfers.database_identity (
    one boolean NOT NULL DEFAULT true,
    system_identifier bigint NOT NULL,
    timeline integer NOT NULL,
    database_oid bigint NOT NULL,
    database_name text NOT NULL,
    relation_oid bigint NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT database_identity_pkey PRIMARY KEY (one),
    CONSTRAINT database_identity_one_check CHECK (one)
);
COMMENT ON TABLE transfers.database_identity IS
    'The database that these rows were last used in; none before the first use.';

CREATE TABLE transfers.payment_pause (
    one boolean NOT NULL DEFAULT true,
    paused boolean NOT NULL,
    cause text,
    details text NOT NULL,
    since timestamptz NOT NULL,
    said_by text NOT NULL,
    event bigint NOT NULL,
    CONSTRAINT payment_pause_pkey PRIMARY KEY (one),
    CONSTRAINT payment_pause_one_check CHECK (one),
    CONSTRAINT payment_pause_cause_check CHECK (cause IN ('restored', 'rehearsal', 'asked')),
    CONSTRAINT payment_pause_paused_check CHECK (paused = (cause IS NOT NULL))
);
COMMENT ON TABLE transfers.payment_pause IS 'Whether payments are paused, and since which event; one row.';

CREATE TABLE transfers.payment_pause_event (
    event bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    act text NOT NULL,
    cause text NOT NULL,
    details text NOT NULL,
    said_by text NOT NULL,
    call_id bigint,
    CONSTRAINT payment_pause_event_pkey PRIMARY KEY (event),
    CONSTRAINT payment_pause_event_act_check CHECK (act IN ('paused', 'continued')),
    CONSTRAINT payment_pause_event_person_check CHECK ((cause = 'asked' OR act = 'continued') = (call_id IS NOT NULL)),
    CONSTRAINT payment_pause_event_reason_check CHECK (length(details) BETWEEN 1 AND 2000)
);
COMMENT ON TABLE transfers.payment_pause_event IS
    'Every pause and every "go on", with who and why; never changed. What the system itself notices has no call.';
