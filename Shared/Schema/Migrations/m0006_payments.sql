-- Cycles, affiliation, the frozen roll, verdicts, entitlements, payment runs and payment orders.
--
-- The tables with a row per household or member carry no foreign keys: a check per row would cost more than the row.
-- Their writers insert whole chunks under a lock on the chunk, and primary keys keep anything from happening twice.

-- Equality of texts in the exclusion constraint below; a trusted extension, in the schema that nobody may use by name.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE TABLE transfers.overlap_exception (
    exception_number integer GENERATED ALWAYS AS IDENTITY CONSTRAINT overlap_exception_pkey PRIMARY KEY,
    programme text NOT NULL,
    code text NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    others text[] NOT NULL,
    reason text NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT now(),
    signed_by text,
    signed_at timestamptz,
    is_signed boolean NOT NULL GENERATED ALWAYS AS (signed_by IS NOT NULL) STORED,
    CONSTRAINT overlap_exception_signed_key UNIQUE (exception_number, programme, code, is_signed),
    CONSTRAINT overlap_exception_second_person_check CHECK (signed_by <> requested_by),
    CONSTRAINT overlap_exception_signed_check CHECK ((signed_by IS NULL) = (signed_at IS NULL)),
    CONSTRAINT overlap_exception_reason_check CHECK (reason ~ '[^[:space:]]' AND length(reason) <= 500),
    CONSTRAINT overlap_exception_others_check CHECK (cardinality(others) > 0)
);
COMMENT ON TABLE transfers.overlap_exception IS
    'Leave to open a cycle over days that other cycles of the programme (others, by their codes) have already: asked'
    ' for by'
    ' one person and signed by another. What was asked for never changes: anything else is another request.';

-- What every identifier of a cycle's payments begins with: the programme's first six letters and digits, and 24 bits of
-- a hash of programme and code. It follows from the names, so a restored database makes the same identifiers again.
CREATE FUNCTION transfers.payment_key(programme text, code text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN upper(left(regexp_replace(programme, '[^A-Za-z0-9]', '', 'g'), 6)
    || left(encode(sha256(convert_to(programme || '/' || code, 'UTF8')), 'hex'), 6));

CREATE TABLE transfers.cycle (
    cycle_id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT cycle_pkey PRIMARY KEY,
    programme text NOT NULL,
    code text NOT NULL,
    payment_key text NOT NULL GENERATED ALWAYS AS (transfers.payment_key(programme, code)) STORED,
    first_day date NOT NULL,
    last_day date NOT NULL,
    rule_version integer NOT NULL,
    rules jsonb NOT NULL,
    state text NOT NULL DEFAULT 'open',
    affiliated_households bigint NOT NULL DEFAULT 0,
    considered_households bigint NOT NULL DEFAULT 0,
    opened_by text NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    suspended_households bigint NOT NULL DEFAULT 0,
    exited_households bigint NOT NULL DEFAULT 0,
    counted_runs integer[] NOT NULL DEFAULT '{}',
    overlap_exception integer CONSTRAINT cycle_overlap_exception_key UNIQUE,
    needs_signature boolean GENERATED ALWAYS AS (CASE WHEN overlap_exception IS NOT NULL THEN true END) STORED,
    shared_days datemultirange NOT NULL DEFAULT '{}',
    counted_days datemultirange NOT NULL GENERATED ALWAYS AS (
        CASE WHEN first_day <= last_day THEN datemultirange(daterange(first_day, last_day, '[]')) - shared_days
            ELSE '{}'::datemultirange END) STORED,
    voided_by text,
    voided_at timestamptz,
    void_reason text,
    CONSTRAINT cycle_days_check CHECK (first_day <= last_day),
    CONSTRAINT cycle_code_check CHECK (code ~ '^[A-Za-z0-9-]{1,20}$'),
    CONSTRAINT cycle_state_check CHECK (state IN ('open', 'closed', 'void')),
    CONSTRAINT cycle_void_check CHECK (
        (state = 'void') = (voided_by IS NOT NULL AND voided_at IS NOT NULL AND void_reason IS NOT NULL)),
    CONSTRAINT cycle_void_reason_check CHECK (void_reason ~ '[^[:space:]]' AND length(void_reason) <= 500),
    CONSTRAINT cycle_overlap_exception_signed_fkey FOREIGN KEY (overlap_exception, programme, code, needs_signature)
        REFERENCES transfers.overlap_exception (exception_number, programme, code, is_signed),
    CONSTRAINT cycle_shared_days_check CHECK (shared_days = '{}' OR overlap_exception IS NOT NULL),
    CONSTRAINT cycle_period_once_excl EXCLUDE USING gist (programme WITH =, counted_days WITH &&)
        WHERE (state <> 'void')
);
COMMENT ON TABLE transfers.cycle IS
    'A payment cycle with the version of the rules that it was opened under. counted_days are the days whose evidence'
    ' it'
    ' decides on: no two cycles of a programme have one in common, so a day is paid once. A cycle opened by a signed'
    ' exception leaves shared_days to the cycles that had them. counted_runs are the runs whose outcomes the ladder of'
    ' sanctions counted when the cycle was opened, in order of their days. A void cycle was opened by mistake and'
    ' closed'
    ' empty: its code and its days are free again.';

-- A void cycle had no orders, so whoever opens its code again makes the identifiers of its first orders.
CREATE UNIQUE INDEX cycle_programme_code_key ON transfers.cycle (programme, code) WHERE state <> 'void';
CREATE UNIQUE INDEX cycle_payment_key_key ON transfers.cycle (payment_key) WHERE state <> 'void';

CREATE TABLE transfers.affiliation (
    household_id bigint NOT NULL,
    cycle_id integer NOT NULL,
    refusals integer NOT NULL,
    poverty_class smallint NOT NULL,
    territory_poverty_hundredths integer,
    residence_since date NOT NULL,
    youngest_birth date,
    any_pregnant boolean NOT NULL,
    kept_by text,
    consecutive_not_met integer NOT NULL DEFAULT 0,
    sanction smallint NOT NULL DEFAULT 0,
    CONSTRAINT affiliation_pkey PRIMARY KEY (household_id, cycle_id),
    CONSTRAINT affiliation_refusals_check CHECK (refusals BETWEEN 0 AND 31),
    CONSTRAINT affiliation_kept_check CHECK (kept_by IS NULL OR refusals BETWEEN 1 AND 15),
    CONSTRAINT affiliation_sanction_check CHECK (
        sanction BETWEEN 0 AND 3 AND consecutive_not_met >= sign(sanction) AND (sanction = 3) = (refusals >= 16))
);
COMMENT ON TABLE transfers.affiliation IS
    'Who is served in a cycle and why not: refusals is a set of bits (1 poverty class, 2 residence, 4 members,'
    ' 8 territory, 16 left by sanction), 0 means affiliated; kept_by names the agreement and its version by which a'
    ' household'
    ' stays affiliated all the same; consecutive_not_met cycles of the programme before this one were not met, and the'
    ' sanction that follows is 0 none, 1 unpaid, 2 suspended, 3 exit; the other columns are the facts of the decision.';

-- Few rows: what reports count.
CREATE INDEX affiliation_sanction_idx ON transfers.affiliation (cycle_id, household_id) WHERE sanction > 1;

CREATE TABLE transfers.payment_run (
    run_number integer GENERATED ALWAYS AS IDENTITY CONSTRAINT payment_run_pkey PRIMARY KEY,
    run_id uuid NOT NULL CONSTRAINT payment_run_id_key UNIQUE,
    cycle_id integer NOT NULL CONSTRAINT payment_run_cycle_fkey REFERENCES transfers.cycle,
    sequence integer NOT NULL,
    kind text NOT NULL DEFAULT 'main',
    pay_on date NOT NULL,
    fiscal_year integer NOT NULL,
    currency text NOT NULL,
    state text NOT NULL,
    stage text NOT NULL,
    chunks integer NOT NULL DEFAULT 0,
    chunks_done integer NOT NULL DEFAULT 0,
    households bigint NOT NULL DEFAULT 0,
    payable_households bigint NOT NULL DEFAULT 0,
    total_minor bigint NOT NULL DEFAULT 0,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT now(),
    start_call_id bigint,
    approved_by text,
    approved_at timestamptz,
    withdrawn_by text,
    withdrawn_at timestamptz,
    withdrawn_reason text,
    sent_at timestamptz,
    closed_at timestamptz,
    CONSTRAINT payment_run_cycle_sequence_key UNIQUE (cycle_id, sequence),
    CONSTRAINT payment_run_kind_check CHECK (kind IN ('main', 'supplementary', 'recovered')),
    CONSTRAINT payment_run_fiscal_year_check CHECK (fiscal_year BETWEEN 2000 AND 2999),
    CONSTRAINT payment_run_state_check CHECK (state IN (
        'freezing', 'verifying', 'reserving', 'awaiting_budget', 'awaiting_approval', 'committing', 'ordering',
        'writing', 'sent', 'closed', 'empty', 'withdrawing', 'withdrawn')),
    CONSTRAINT payment_run_stage_check CHECK (stage IN ('freeze', 'verify', 'order', 'write')),
    CONSTRAINT payment_run_second_person_check CHECK (approved_by <> requested_by),
    CONSTRAINT payment_run_approval_check CHECK (
        approved_by IS NOT NULL OR state NOT IN ('committing', 'ordering', 'writing', 'sent', 'closed')),
    CONSTRAINT payment_run_withdrawn_check CHECK (
        (state IN ('withdrawing', 'withdrawn')) =
            (withdrawn_by IS NOT NULL AND withdrawn_at IS NOT NULL AND withdrawn_reason IS NOT NULL)),
    CONSTRAINT payment_run_withdrawn_reason_check CHECK (
        withdrawn_reason ~ '[^[:space:]]' AND length(withdrawn_reason) <= 500),
    CONSTRAINT payment_run_chunks_check CHECK (chunks_done BETWEEN 0 AND chunks),
    CONSTRAINT payment_run_total_check CHECK (total_minor >= 0 AND payable_households BETWEEN 0 AND households)
);
COMMENT ON TABLE transfers.payment_run IS
    'A payment run: one payment of one cycle. A cycle has one main run, another only after one that paid nobody or was'
    ' withdrawn; supplementary runs pay what is open again after it. fiscal_year is the year whose budget lines pay.';

-- One main run pays a cycle, and one run of a cycle moves at a time.
CREATE UNIQUE INDEX payment_run_main_once_key ON transfers.payment_run (cycle_id)
WHERE kind = 'main' AND state NOT IN ('empty', 'withdrawn');
CREATE UNIQUE INDEX payment_run_one_moves_key ON transfers.payment_run (cycle_id)
WHERE state NOT IN ('empty', 'withdrawn', 'sent', 'closed');

CREATE TABLE transfers.payment_run_chunk (
    run_number integer NOT NULL CONSTRAINT payment_run_chunk_run_fkey REFERENCES transfers.payment_run,
    stage text NOT NULL,
    chunk integer NOT NULL,
    first_household bigint NOT NULL,
    last_household bigint NOT NULL,
    households integer NOT NULL,
    payable_households integer NOT NULL DEFAULT 0,
    total_minor bigint NOT NULL DEFAULT 0,
    call_id bigint,
    done_at timestamptz,
    CONSTRAINT payment_run_chunk_pkey PRIMARY KEY (run_number, stage, chunk),
    CONSTRAINT payment_run_chunk_stage_check CHECK (stage IN ('freeze', 'verify', 'order', 'write')),
    CONSTRAINT payment_run_chunk_range_check CHECK (first_household <= last_household)
);
COMMENT ON TABLE transfers.payment_run_chunk IS
    'A range of households that one call does in one transaction; call_id is the call that was sent for it last,'
    ' done_at says'
    ' that it is done. One file per write chunk.';

CREATE TABLE transfers.payment_run_line (
    run_number integer NOT NULL CONSTRAINT payment_run_line_run_fkey REFERENCES transfers.payment_run,
    department_code text NOT NULL,
    line text,
    households bigint NOT NULL,
    amount_minor bigint NOT NULL,
    shortfall_minor bigint NOT NULL DEFAULT 0,
    obstacle text NOT NULL DEFAULT '',
    candidates text[] NOT NULL DEFAULT '{}',
    CONSTRAINT payment_run_line_pkey PRIMARY KEY (run_number, department_code),
    CONSTRAINT payment_run_line_amount_check CHECK (amount_minor > 0 AND shortfall_minor >= 0),
    CONSTRAINT payment_run_line_obstacle_check CHECK (
        obstacle IN ('', 'no_line', 'several_lines', 'other_currency') AND (line IS NULL OR obstacle = ''))
);
COMMENT ON TABLE transfers.payment_run_line IS
    'What a run takes from the budget of each department, from which line, and what the line lacked. line is NULL'
    ' until one'
    ' is found: none fits, several fit (candidates), or those that fit are in another currency (candidates). It is'
    ' looked up'
    ' by its dimensions and stays as it is once the ledger was asked.';

CREATE TABLE transfers.payment_run_approval (
    run_number integer NOT NULL CONSTRAINT payment_run_approval_run_fkey REFERENCES transfers.payment_run,
    approver text NOT NULL,
    decision text NOT NULL,
    reason text,
    seen jsonb NOT NULL,
    digest bytea NOT NULL,
    total_minor bigint NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT now(),
    call_id bigint NOT NULL,
    CONSTRAINT payment_run_approval_pkey PRIMARY KEY (run_number),
    CONSTRAINT payment_run_approval_decision_check CHECK (decision IN ('approved', 'refused')),
    CONSTRAINT payment_run_approval_reason_check CHECK (
        decision = 'approved' OR reason ~ '[^[:space:]]' AND length(reason) <= 500),
    CONSTRAINT payment_run_approval_digest_check CHECK (digest = sha256(convert_to(seen::text, 'UTF8')))
);
COMMENT ON TABLE transfers.payment_run_approval IS
    'What the second person decided about a run, with what that person saw and its digest. Written by'
    ' transfers.decide_run'
    ' alone, which takes the person from the call.';

CREATE TABLE transfers.payment_run_exception (
    run_number integer NOT NULL CONSTRAINT payment_run_exception_run_fkey REFERENCES transfers.payment_run,
    code text NOT NULL,
    figures jsonb NOT NULL,
    reason text NOT NULL,
    signed_by text NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT payment_run_exception_pkey PRIMARY KEY (run_number, code),
    CONSTRAINT payment_run_exception_reason_check CHECK (reason ~ '[^[:space:]]' AND length(reason) <= 500)
);
COMMENT ON TABLE transfers.payment_run_exception IS
    'What was odd when a run was started, with its figures, and why a person started it all the same.';

CREATE TABLE transfers.roll_household (
    household_id bigint NOT NULL,
    run_number integer NOT NULL,
    territory_code text NOT NULL,
    department_code text NOT NULL,
    holder_person_id bigint,
    holder_name text,
    bank_bic text,
    account_number text,
    suspended boolean NOT NULL DEFAULT false,
    CONSTRAINT roll_household_pkey PRIMARY KEY (household_id, run_number)
);
COMMENT ON TABLE transfers.roll_household IS
    'The roll of a run as it was frozen: households, their accounts, and who is suspended and therefore not paid.';

CREATE TABLE transfers.roll_member (
    household_id bigint NOT NULL,
    run_number integer NOT NULL,
    person_id bigint NOT NULL,
    birth_date date NOT NULL,
    pregnant boolean NOT NULL,
    CONSTRAINT roll_member_pkey PRIMARY KEY (household_id, run_number, person_id)
);
COMMENT ON TABLE transfers.roll_member IS 'The members of the frozen roll whom a condition or a component can concern.';

CREATE TABLE transfers.roll_evidence (
    household_id bigint NOT NULL,
    person_id bigint NOT NULL,
    run_number integer NOT NULL,
    school_days integer NOT NULL,
    days_attended integer NOT NULL,
    growth_checks integer NOT NULL,
    prenatal_checks integer NOT NULL,
    level smallint,
    CONSTRAINT roll_evidence_pkey PRIMARY KEY (household_id, run_number, person_id)
);
COMMENT ON TABLE transfers.roll_evidence IS
    'What a run knew about a member of its roll when it decided, summed over the cycle''s counted days; no row:'
    ' nothing.'
    ' level is NULL where no school reported. A replay reads this, so that it does not depend on what is imported'
    ' later.';

CREATE TABLE transfers.verdict (
    household_id bigint NOT NULL,
    person_id bigint NOT NULL,
    run_number integer NOT NULL,
    condition smallint NOT NULL,
    outcome smallint NOT NULL,
    reason smallint NOT NULL,
    school_level smallint,
    measured integer NOT NULL,
    possible integer NOT NULL,
    CONSTRAINT verdict_pkey PRIMARY KEY (household_id, run_number, person_id, condition),
    CONSTRAINT verdict_outcome_check CHECK (outcome BETWEEN 1 AND 4),
    CONSTRAINT verdict_evidence_check CHECK (measured >= 0 AND possible >= 0)
);
COMMENT ON TABLE transfers.verdict IS
    'What was decided about a member and a condition (its position in the cycle''s rules): outcome 1 met, 2 not met,'
    ' 3 held,'
    ' 4 exempt; the evidence it rests on: measured of possible.';

CREATE TABLE transfers.household_outcome (
    household_id bigint NOT NULL,
    run_number integer NOT NULL,
    outcome smallint NOT NULL,
    entitled_minor bigint NOT NULL,
    CONSTRAINT household_outcome_pkey PRIMARY KEY (household_id, run_number),
    CONSTRAINT household_outcome_amount_check CHECK ((outcome IN (1, 4)) = (entitled_minor > 0))
);
COMMENT ON TABLE transfers.household_outcome IS
    'What a run decided about a household: outcome 1 payable, 2 not met, 3 held, 4 entitled but without account,'
    ' 5 met but suspended, 6 nothing was due.';

CREATE TABLE transfers.entitlement (
    household_id bigint NOT NULL,
    unit_minor bigint NOT NULL,
    amount_minor bigint NOT NULL,
    cycle_id integer NOT NULL,
    run_number integer NOT NULL,
    units integer NOT NULL,
    component smallint NOT NULL,
    currency text COLLATE "C" NOT NULL,
    CONSTRAINT entitlement_never_twice_key PRIMARY KEY (household_id, run_number, component),
    CONSTRAINT entitlement_amount_check CHECK (units > 0 AND amount_minor > 0 AND amount_minor = units * unit_minor)
);
COMMENT ON TABLE transfers.entitlement IS 
    'What a run found a household to be entitled to, component by component. Never changed; what is paid of it are'
    ' orders.';

CREATE TABLE transfers.payment_order (
    household_id bigint NOT NULL,
    amount_minor bigint NOT NULL,
    cycle_id integer NOT NULL,
    run_number integer NOT NULL,
    order_number smallint NOT NULL DEFAULT 1,
    previous_order smallint,
    uetr uuid NOT NULL,
    end_to_end_id text NOT NULL,
    currency text COLLATE "C" NOT NULL,
    state text NOT NULL DEFAULT 'ordered',
    previous_given_back boolean
        GENERATED ALWAYS AS (CASE WHEN previous_order IS NOT NULL THEN false END) STORED,
    CONSTRAINT payment_order_never_twice_key PRIMARY KEY (household_id, cycle_id, order_number),
    CONSTRAINT payment_order_number_check CHECK (order_number = coalesce(previous_order, 0) + 1),
    CONSTRAINT payment_order_amount_check CHECK (amount_minor > 0),
    CONSTRAINT payment_order_end_to_end_id_check CHECK (length(end_to_end_id) <= 35),
    CONSTRAINT payment_order_state_check CHECK (
        state IN ('ordered', 'accepted', 'paid', 'rejected', 'returned', 'withdrawn'))
) WITH (fillfactor = 80);
COMMENT ON TABLE transfers.payment_order IS
    'The orders of a household in a cycle: 1, and another only when the one before is open again, by the foreign key to'
    ' entitlement_reopened. The state is what the bank said last; an order that the bank has not spoken about stays'
    ' ''ordered'', and counts as sent from the moment its run is sent. withdrawn: taken back before the bank had it.'
    ' uetr and'
    ' end_to_end_id follow from programme, cycle, household and number: unique because the primary key is.';
