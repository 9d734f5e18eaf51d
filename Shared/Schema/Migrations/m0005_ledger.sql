-- The ledger's evidence: an RFC 6962 Merkle log over the canonical bytes of every entry of the journal.
--
-- A leaf's hash is written with its entry. Its place in the log is given after the batch has committed: a batch waits
-- in budget_log_pending, which only committed transactions fill, so a batch that commits late is numbered late and
-- can never be passed over. The log is what was known, in the order in which it became known.

-- The budget ledger: journal, balances, holds, and the evidence over them.
--
-- Every change is one call of coordination.ledger_apply (batches of postings) or of a function that writes a record
-- (lines, years, limits). The journal is append-only; balances and holds are sums of it, kept under a lock per line.
-- Stages: 0 source, 1 available, 2 reserved, 3 committed, 4 accrued, 5 ordered, 6 paid. A posting moves an amount
-- from one stage account of a line to another, so the seven accounts of a line always sum to zero.
CREATE TABLE coordination.fiscal_year (
    fiscal_year integer NOT NULL,
    state smallint NOT NULL DEFAULT 1,
    sealed_through date,
    CONSTRAINT fiscal_year_pkey PRIMARY KEY (fiscal_year),
    CONSTRAINT fiscal_year_range_check CHECK (fiscal_year BETWEEN 1900 AND 2999),
    CONSTRAINT fiscal_year_state_check CHECK (state BETWEEN 1 AND 3)
);
COMMENT ON TABLE coordination.fiscal_year IS 'States: 1 open, 2 closing (nothing new is reserved), 3 sealed.';

-- How a country calls the stages, and which of them it does without: a posting to the stage after one that is skipped
-- passes through it. At the end of a year what a stage holds 1 lapses, 2 is carried over, 3 is charged to the next
-- year, 4 stays payable.
CREATE TABLE coordination.budget_scheme (
    scheme text COLLATE "C" NOT NULL,
    appropriated text NOT NULL,
    available text NOT NULL,
    reserved text NOT NULL,
    committed text NOT NULL,
    accrued text NOT NULL,
    ordered text NOT NULL,
    paid text NOT NULL,
    skips_reserved boolean NOT NULL,
    skips_ordered boolean NOT NULL,
    source text NOT NULL,
    reserved_at_year_end smallint NOT NULL,
    committed_at_year_end smallint NOT NULL,
    accrued_at_year_end smallint NOT NULL,
    ordered_at_year_end smallint NOT NULL,
    year_end_source text NOT NULL,
    CONSTRAINT budget_scheme_pkey PRIMARY KEY (scheme),
    CONSTRAINT budget_scheme_scheme_check CHECK (scheme ~ '^[a-z][a-z0-9_]{0,31}$'),
    CONSTRAINT budget_scheme_source_check CHECK (length(source) BETWEEN 1 AND 1000),
    CONSTRAINT budget_scheme_year_end_source_check CHECK (length(year_end_source) BETWEEN 1 AND 1000),
    -- What is ordered is with the bank: it neither lapses nor goes to another line. Where there is no order, what is
    -- accrued is.
    CONSTRAINT budget_scheme_year_end_check CHECK (
        reserved_at_year_end BETWEEN 1 AND 3 AND committed_at_year_end BETWEEN 1 AND 3
        AND accrued_at_year_end IN (1, 2, 4) AND ordered_at_year_end = 4
        AND (accrued_at_year_end = 4 OR NOT skips_ordered)),
    CONSTRAINT budget_scheme_names_check CHECK (
        length(appropriated) BETWEEN 1 AND 40 AND length(available) BETWEEN 1 AND 40
        AND length(reserved) BETWEEN 1 AND 40 AND length(committed) BETWEEN 1 AND 40
        AND length(accrued) BETWEEN 1 AND 40 AND length(ordered) BETWEEN 1 AND 40 AND length(paid) BETWEEN 1 AND 40)
);

INSERT INTO coordination.budget_scheme VALUES (
    'standard', 'appropriated', 'available', 'reserved', 'committed', 'accrued', 'ordered', 'paid', false, false,
    'the ledger''s own names', 1, 2, 2, 4, 'the ledger''s own rules');

CREATE TABLE coordination.budget_line (
    line_id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    line text COLLATE "C" NOT NULL,
    fiscal_year integer NOT NULL,
    fund text COLLATE "C" NOT NULL,
    ministry text COLLATE "C" NOT NULL,
    programme text COLLATE "C" NOT NULL,
    territory_code text COLLATE "C" NOT NULL,
    currency text COLLATE "C" NOT NULL,
    scheme text COLLATE "C" NOT NULL DEFAULT 'standard',
    CONSTRAINT budget_line_pkey PRIMARY KEY (line_id),
    CONSTRAINT budget_line_line_key UNIQUE (line),
    CONSTRAINT budget_line_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES coordination.fiscal_year,
    CONSTRAINT budget_line_scheme_fkey FOREIGN KEY (scheme) REFERENCES coordination.budget_scheme,
    CONSTRAINT budget_line_line_check CHECK (line ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$'),
    CONSTRAINT budget_line_fund_check CHECK (fund ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,31}$'),
    CONSTRAINT budget_line_ministry_check CHECK (ministry ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,31}$'),
    CONSTRAINT budget_line_programme_check CHECK (programme ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,31}$'),
    CONSTRAINT budget_line_territory_check CHECK (territory_code ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,15}$'),
    CONSTRAINT budget_line_currency_check CHECK (currency ~ '^[A-Z]{3}$')
);

-- The stage accounts of a line in one row. No account goes below zero, except available on a line whose control
-- level is advisory (1) or none (2). That each stage stays within the one before it follows: what reached a stage is
-- the sum of its account and of the later ones.
CREATE TABLE coordination.budget_balance (
    line_id integer NOT NULL,
    control smallint NOT NULL DEFAULT 0,
    appropriated bigint NOT NULL DEFAULT 0,
    available bigint NOT NULL DEFAULT 0,
    reserved bigint NOT NULL DEFAULT 0,
    committed bigint NOT NULL DEFAULT 0,
    accrued bigint NOT NULL DEFAULT 0,
    ordered bigint NOT NULL DEFAULT 0,
    paid bigint NOT NULL DEFAULT 0,
    CONSTRAINT budget_balance_pkey PRIMARY KEY (line_id),
    CONSTRAINT budget_balance_line_fkey FOREIGN KEY (line_id) REFERENCES coordination.budget_line,
    CONSTRAINT budget_balance_control_check CHECK (control BETWEEN 0 AND 2),
    -- Far more than any budget, and far from where sums of 64 bits end: 10^17 minor units of a line.
    CONSTRAINT budget_balance_bound_check
        CHECK (appropriated <= 100000000000000000 AND available >= -100000000000000000),
    CONSTRAINT budget_balance_available_check CHECK (available >= 0 OR control > 0),
    CONSTRAINT budget_balance_reserved_check CHECK (reserved >= 0),
    CONSTRAINT budget_balance_committed_check CHECK (committed >= 0),
    CONSTRAINT budget_balance_accrued_check CHECK (accrued >= 0),
    CONSTRAINT budget_balance_ordered_check CHECK (ordered >= 0),
    CONSTRAINT budget_balance_paid_check CHECK (paid >= 0),
    CONSTRAINT budget_balance_conservation_check
        CHECK (appropriated = available + reserved + committed + accrued + ordered + paid)
) WITH (fillfactor = 50);

-- A ceiling over many lines, by any of their dimensions (a ministry, a programme of a ministry, a department with its
-- provinces): what is reserved in them together cannot exceed it.
CREATE TABLE coordination.budget_limit (
    limit_id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    code text COLLATE "C" NOT NULL,
    fiscal_year integer NOT NULL,
    currency text COLLATE "C" NOT NULL,
    fund text COLLATE "C",
    ministry text COLLATE "C",
    programme text COLLATE "C",
    territory_code text COLLATE "C",
    ceiling bigint NOT NULL,
    used bigint NOT NULL,
    CONSTRAINT budget_limit_pkey PRIMARY KEY (limit_id),
    CONSTRAINT budget_limit_code_key UNIQUE (code),
    CONSTRAINT budget_limit_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES coordination.fiscal_year,
    CONSTRAINT budget_limit_code_check CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$'),
    CONSTRAINT budget_limit_ceiling_check CHECK (used <= ceiling),
    CONSTRAINT budget_limit_bound_check CHECK (ceiling <= 100000000000000000)
) WITH (fillfactor = 50);

CREATE TABLE coordination.budget_limit_line (
    line_id integer NOT NULL,
    limit_id integer NOT NULL,
    CONSTRAINT budget_limit_line_pkey PRIMARY KEY (line_id, limit_id),
    CONSTRAINT budget_limit_line_line_fkey FOREIGN KEY (line_id) REFERENCES coordination.budget_line,
    CONSTRAINT budget_limit_line_limit_fkey FOREIGN KEY (limit_id) REFERENCES coordination.budget_limit
);

-- Whose each document is: who opened it, and nobody else, posts on it. The ledger's own acts (a year's end,
-- reservations that lapse) touch the documents of all.
CREATE TABLE coordination.budget_document (
    document text COLLATE "C" NOT NULL,
    owner smallint NOT NULL,
    CONSTRAINT budget_document_pkey PRIMARY KEY (document),
    CONSTRAINT budget_document_owner_check CHECK (owner BETWEEN 1 AND 4)
);
COMMENT ON TABLE coordination.budget_document IS 'Owners: 1 transfers, 2 projects, 3 coordination, 4 people.';

-- What each document holds of a line, by stage; the sum over the documents of a line is the line's account.
CREATE TABLE coordination.budget_hold (
    line_id integer NOT NULL,
    document text COLLATE "C" NOT NULL,
    reserved bigint NOT NULL DEFAULT 0,
    committed bigint NOT NULL DEFAULT 0,
    accrued bigint NOT NULL DEFAULT 0,
    ordered bigint NOT NULL DEFAULT 0,
    paid bigint NOT NULL DEFAULT 0,
    expires_on date,
    CONSTRAINT budget_hold_pkey PRIMARY KEY (line_id, document),
    CONSTRAINT budget_hold_line_fkey FOREIGN KEY (line_id) REFERENCES coordination.budget_line,
    CONSTRAINT budget_hold_reserved_check CHECK (reserved >= 0),
    CONSTRAINT budget_hold_committed_check CHECK (committed >= 0),
    CONSTRAINT budget_hold_accrued_check CHECK (accrued >= 0),
    CONSTRAINT budget_hold_ordered_check CHECK (ordered >= 0),
    CONSTRAINT budget_hold_paid_check CHECK (paid >= 0)
) WITH (fillfactor = 70);
CREATE INDEX budget_hold_expires_on_idx ON coordination.budget_hold (expires_on)
    WHERE expires_on IS NOT NULL AND reserved > 0;

-- One row per call that wrote something. Batches are numbered before they commit; the log numbers them after.
CREATE TABLE coordination.budget_batch (
    batch_id bigint NOT NULL,
    posted_at timestamptz NOT NULL,
    posted_by text COLLATE "C" NOT NULL,
    call_id bigint,
    entries integer NOT NULL,
    CONSTRAINT budget_batch_pkey PRIMARY KEY (batch_id),
    CONSTRAINT budget_batch_entries_check CHECK (entries > 0)
);

CREATE SEQUENCE coordination.budget_batch_number AS bigint;

-- The journal. A posting is one transfer, or two when it moves money between lines or between documents.
CREATE TABLE coordination.budget_transfer (
    batch_id bigint NOT NULL,
    ordinal integer NOT NULL,
    line_id integer NOT NULL,
    amount bigint NOT NULL,
    business_date date NOT NULL,
    original_date date,
    expires_on date,
    kind smallint NOT NULL,
    from_stage smallint NOT NULL,
    to_stage smallint NOT NULL,
    posting_id text COLLATE "C" NOT NULL,
    document text COLLATE "C" NOT NULL,
    reverses text COLLATE "C" NOT NULL,
    linked_group text COLLATE "C" NOT NULL,
    override_reason text NOT NULL,
    description text NOT NULL,
    leaf_hash bytea NOT NULL,
    CONSTRAINT budget_transfer_amount_check CHECK (amount BETWEEN 1 AND 1000000000000000),
    CONSTRAINT budget_transfer_kind_check CHECK (kind BETWEEN 1 AND 13),
    CONSTRAINT budget_transfer_stage_check
        CHECK (from_stage BETWEEN 0 AND 6 AND to_stage BETWEEN 0 AND 6 AND from_stage <> to_stage),
    CONSTRAINT budget_transfer_document_check CHECK (document <> '' OR (from_stage < 2 AND to_stage < 2))
) PARTITION BY RANGE (batch_id);

-- Batches are numbered from 10^12 * era: the log's numbering begins a new era, with a partition of its own, when the
-- current one has grown large.
CREATE TABLE coordination.budget_transfer_era_0 PARTITION OF coordination.budget_transfer
    FOR values FROM (0) TO (1000000000000);

CREATE TABLE coordination.budget_transfer_era_1 PARTITION OF coordination.budget_transfer
    FOR values FROM (1000000000000) TO (2000000000000);
CREATE INDEX budget_transfer_line_idx ON coordination.budget_transfer (line_id, batch_id);

-- What came into lines and left them: when they first had money, and what each law or decree gave.
CREATE INDEX budget_transfer_source_idx ON coordination.budget_transfer (line_id, business_date)
    WHERE from_stage = 0 OR to_stage = 0;

-- What was drawn on agreements, and where documents were carried over to.
CREATE INDEX budget_transfer_followed_idx ON coordination.budget_transfer (line_id, document)
    WHERE kind = 12 OR document LIKE 'agreement/%';

-- After the others: of two indexes that seem equally good for an empty partition, the planner takes the one made last.
ALTER TABLE coordination.budget_transfer ADD CONSTRAINT budget_transfer_pkey PRIMARY KEY (batch_id, ordinal);

-- Everything else that changes the ledger or is remembered by it: lines, years, control levels, limits, refusals.
CREATE TABLE coordination.budget_record (
    batch_id bigint NOT NULL,
    ordinal integer NOT NULL,
    kind text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    body text NOT NULL,
    leaf_hash bytea NOT NULL,
    CONSTRAINT budget_record_pkey PRIMARY KEY (batch_id, ordinal),
    CONSTRAINT budget_record_kind_check
        CHECK (kind IN ('line', 'year', 'control', 'limit', 'refusal', 'scheme')),
    CONSTRAINT budget_record_body_check CHECK (jsonb_typeof(body::jsonb) = 'object')
);
CREATE INDEX budget_record_kind_idx ON coordination.budget_record (kind, key);
CREATE INDEX budget_record_refused_line_idx
    ON coordination.budget_record ((body::jsonb -> 'content' ->> 'line'), batch_id) WHERE kind = 'refusal';

-- The callers' identifiers, unique for ever: where the posting's transfers, or the record of its refusal, are.
CREATE TABLE coordination.budget_posting (
    posting_id text COLLATE "C" NOT NULL,
    batch_id bigint NOT NULL,
    ordinal integer NOT NULL,
    refused boolean NOT NULL,
    CONSTRAINT budget_posting_pkey PRIMARY KEY (posting_id)
);

-- A posting is reversed at most once.
CREATE TABLE coordination.budget_reversal (
    posting_id text COLLATE "C" NOT NULL,
    reversed_by text COLLATE "C" NOT NULL,
    CONSTRAINT budget_reversal_pkey PRIMARY KEY (posting_id),
    CONSTRAINT budget_reversal_reversed_by_key UNIQUE (reversed_by)
);

-- Batches that are committed and not yet numbered in the log.
CREATE TABLE coordination.budget_log_pending (
    batch_id bigint NOT NULL,
    entries integer NOT NULL,
    CONSTRAINT budget_log_pending_pkey PRIMARY KEY (batch_id)
);

-- The leaves of a batch are consecutive: entry `ordinal` is leaf `first_leaf + ordinal - 1`, counted from 0. The chain
-- binds when each batch became known; a checkpoint carries its last link, so its signature covers that too.
CREATE TABLE coordination.budget_log_span (
    first_leaf bigint NOT NULL,
    batch_id bigint NOT NULL,
    entries integer NOT NULL,
    sequenced_at timestamptz NOT NULL,
    chain_hash bytea NOT NULL,
    CONSTRAINT budget_log_span_pkey PRIMARY KEY (first_leaf),
    CONSTRAINT budget_log_span_batch_id_key UNIQUE (batch_id),
    CONSTRAINT budget_log_span_batch_fkey FOREIGN KEY (batch_id) REFERENCES coordination.budget_batch,
    CONSTRAINT budget_log_span_first_leaf_check CHECK (first_leaf >= 0),
    CONSTRAINT budget_log_span_entries_check CHECK (entries > 0)
);

-- Roots of complete subtrees of 256^level leaves: enough to prove anything with a few hundred hashes read.
CREATE TABLE coordination.budget_log_node (
    level smallint NOT NULL,
    number bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT budget_log_node_pkey PRIMARY KEY (level, number),
    CONSTRAINT budget_log_node_level_check CHECK (level BETWEEN 1 AND 7),
    CONSTRAINT budget_log_node_hash_check CHECK (octet_length(hash) = 32)
);

-- The public keys that sign checkpoints, as `name+hash+base64`. Who must not trust this table keeps the key elsewhere.
CREATE TABLE coordination.budget_log_key (
    key_line text COLLATE "C" NOT NULL,
    CONSTRAINT budget_log_key_pkey PRIMARY KEY (key_line),
    CONSTRAINT budget_log_key_line_check CHECK (key_line ~ '^[^+]+[+][0-9a-f]{8}[+][A-Za-z0-9+/]{44}$')
);

-- Signed statements of the log's size and root, as signed notes. The ministries keep copies.
CREATE TABLE coordination.budget_checkpoint (
    leaves bigint NOT NULL,
    note text NOT NULL,
    CONSTRAINT budget_checkpoint_pkey PRIMARY KEY (leaves),
    CONSTRAINT budget_checkpoint_note_check CHECK (split_part(note, E'\n', 2) = leaves::text)
);
