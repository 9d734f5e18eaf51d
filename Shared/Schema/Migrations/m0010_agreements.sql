-- Agreements between institutions, working groups, and the decisions that follow from them.
--
-- An agreement's terms are kept as the message that was proposed, version by version. What binds is beside them: the
-- earmarks, which the ledger's rules obey, the signatures with the database role that made them, and the events.
CREATE TABLE coordination.agreement (
    agreement text COLLATE "C" NOT NULL,
    state smallint NOT NULL,
    version integer NOT NULL,
    version_in_force integer,
    CONSTRAINT agreement_pkey PRIMARY KEY (agreement),
    CONSTRAINT agreement_agreement_check CHECK (agreement ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
    CONSTRAINT agreement_state_check CHECK (state BETWEEN 1 AND 4),
    CONSTRAINT agreement_version_check CHECK (version >= 1 AND version_in_force <= version),
    CONSTRAINT agreement_in_force_check CHECK ((state IN (2, 3)) <= (version_in_force IS NOT NULL))
);
COMMENT ON TABLE coordination.agreement IS 'States: 1 proposed, 2 active, 3 suspended, 4 ended.';

-- Every text that was ever proposed stays readable.
CREATE TABLE coordination.agreement_version (
    agreement text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    terms jsonb NOT NULL,
    reason text NOT NULL,
    proposed_by text COLLATE "C" NOT NULL,
    proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT agreement_version_pkey PRIMARY KEY (agreement, version),
    CONSTRAINT agreement_version_agreement_fkey FOREIGN KEY (agreement) REFERENCES coordination.agreement,
    CONSTRAINT agreement_version_days_check
        CHECK ((terms ->> 'firstDay')::date <= (terms ->> 'lastDay')::date IS true),
    CONSTRAINT agreement_version_reason_check CHECK (length(reason) <= 240)
);

-- A member of a party signs as the database role that they are: the terms of a version, or its end. What waits for
-- others can be taken back; it stays readable as withdrawn.
CREATE TABLE coordination.agreement_signature (
    agreement text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    act text COLLATE "C" NOT NULL,
    signed_by text COLLATE "C" NOT NULL,
    party text COLLATE "C" NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    withdrawn_at timestamptz,
    signature_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    CONSTRAINT agreement_signature_pkey PRIMARY KEY (signature_id),
    CONSTRAINT agreement_signature_act_check CHECK (act IN ('terms', 'end')),
    CONSTRAINT agreement_signature_version_fkey FOREIGN KEY (agreement, version)
        REFERENCES coordination.agreement_version
);
CREATE UNIQUE INDEX agreement_signature_key ON coordination.agreement_signature (agreement, version, act, signed_by)
    WHERE withdrawn_at IS NULL;

-- Who did what to an agreement, and why.
CREATE TABLE coordination.agreement_event (
    event_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    agreement text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    action text COLLATE "C" NOT NULL,
    done_by text COLLATE "C" NOT NULL,
    done_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason text NOT NULL,
    call_id bigint,
    CONSTRAINT agreement_event_pkey PRIMARY KEY (event_id),
    CONSTRAINT agreement_event_agreement_fkey FOREIGN KEY (agreement) REFERENCES coordination.agreement,
    CONSTRAINT agreement_event_reason_check CHECK (length(reason) <= 240)
);
CREATE INDEX agreement_event_agreement_idx ON coordination.agreement_event (agreement, event_id);

-- That a release condition has lapsed, or holds again: signed by deciding members of the parties to the text in force,
-- and carried with their quorum, of one party for a lapse, of every party for the other. Condition 0 is what the
-- reasons say.
CREATE TABLE coordination.agreement_motion (
    motion_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    agreement text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    kind text COLLATE "C" NOT NULL,
    condition integer NOT NULL,
    body text NOT NULL,
    opened_by text COLLATE "C" NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    carried_at timestamptz,
    CONSTRAINT agreement_motion_pkey PRIMARY KEY (motion_id),
    CONSTRAINT agreement_motion_version_fkey FOREIGN KEY (agreement, version)
        REFERENCES coordination.agreement_version,
    CONSTRAINT agreement_motion_kind_check CHECK (kind IN ('suspend', 'resume')),
    CONSTRAINT agreement_motion_body_check CHECK ((condition = 0) = (body = '') AND condition >= 0)
);
CREATE UNIQUE INDEX agreement_motion_open_key ON coordination.agreement_motion (agreement, version, kind, body)
    WHERE carried_at IS NULL;
CREATE INDEX agreement_motion_agreement_idx ON coordination.agreement_motion (agreement, motion_id);

CREATE TABLE coordination.agreement_motion_signature (
    motion_id bigint NOT NULL,
    signed_by text COLLATE "C" NOT NULL,
    party text COLLATE "C" NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason text NOT NULL,
    withdrawn_at timestamptz,
    signature_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    CONSTRAINT agreement_motion_signature_pkey PRIMARY KEY (signature_id),
    CONSTRAINT agreement_motion_signature_motion_fkey FOREIGN KEY (motion_id) REFERENCES coordination.agreement_motion,
    CONSTRAINT agreement_motion_signature_reason_check CHECK (length(reason) BETWEEN 1 AND 240)
);
CREATE UNIQUE INDEX agreement_motion_signature_key ON coordination.agreement_motion_signature (motion_id, signed_by)
    WHERE withdrawn_at IS NULL;

-- Whether the release conditions hold: what was recorded last counts. Condition 0 is what the reason says.
CREATE TABLE coordination.agreement_condition (
    record_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    agreement text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    condition integer NOT NULL,
    body text NOT NULL,
    holds boolean NOT NULL,
    recorded_by text COLLATE "C" NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason text NOT NULL,
    motion_id bigint NOT NULL,
    CONSTRAINT agreement_condition_pkey PRIMARY KEY (record_id),
    CONSTRAINT agreement_condition_motion_key UNIQUE (motion_id),
    CONSTRAINT agreement_condition_motion_fkey FOREIGN KEY (motion_id) REFERENCES coordination.agreement_motion,
    CONSTRAINT agreement_condition_version_fkey FOREIGN KEY (agreement, version)
        REFERENCES coordination.agreement_version,
    CONSTRAINT agreement_condition_body_check CHECK ((condition = 0) = (body = '') AND condition >= 0),
    CONSTRAINT agreement_condition_reason_check CHECK (length(reason) BETWEEN 1 AND 240)
);
CREATE INDEX agreement_condition_agreement_idx ON coordination.agreement_condition (agreement, body, record_id);

-- What an agreement binds: money of a line that only the documents that begin with a prefix may draw on.
CREATE TABLE coordination.agreement_earmark (
    agreement text COLLATE "C" NOT NULL,
    line_id integer NOT NULL,
    institution text COLLATE "C" NOT NULL,
    document_prefix text COLLATE "C" NOT NULL,
    amount bigint NOT NULL,
    CONSTRAINT agreement_earmark_pkey PRIMARY KEY (agreement, line_id),
    CONSTRAINT agreement_earmark_agreement_fkey FOREIGN KEY (agreement) REFERENCES coordination.agreement,
    CONSTRAINT agreement_earmark_line_fkey FOREIGN KEY (line_id) REFERENCES coordination.budget_line,
    CONSTRAINT agreement_earmark_amount_check CHECK (amount > 0),
    CONSTRAINT agreement_earmark_prefix_check CHECK (length(document_prefix) BETWEEN 1 AND 64)
);
CREATE INDEX agreement_earmark_line_idx ON coordination.agreement_earmark (line_id);

-- A household that is served against the agreement's rules, and why. Signed once for a household.
CREATE TABLE coordination.agreement_override (
    override_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    agreement text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    subject text COLLATE "C" NOT NULL,
    signed_by text COLLATE "C" NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason text NOT NULL,
    call_id bigint,
    CONSTRAINT agreement_override_pkey PRIMARY KEY (override_id),
    CONSTRAINT agreement_override_once_key UNIQUE (agreement, subject),
    CONSTRAINT agreement_override_agreement_fkey FOREIGN KEY (agreement) REFERENCES coordination.agreement,
    CONSTRAINT agreement_override_subject_check CHECK (subject ~ '^[1-9][0-9]{0,17}$'),
    CONSTRAINT agreement_override_reason_check CHECK (length(reason) BETWEEN 1 AND 240)
);

-- A group that meets. Members who may not decide can record minutes and proposals, and nothing else.
CREATE TABLE coordination.working_group (
    working_group text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    CONSTRAINT working_group_pkey PRIMARY KEY (working_group),
    CONSTRAINT working_group_code_check CHECK (working_group ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
    CONSTRAINT working_group_version_check CHECK (version >= 1)
);

-- Its members now and before.
CREATE TABLE coordination.working_group_version (
    working_group text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    formation jsonb NOT NULL,
    formed_by text COLLATE "C" NOT NULL,
    formed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT working_group_version_pkey PRIMARY KEY (working_group, version),
    CONSTRAINT working_group_version_group_fkey FOREIGN KEY (working_group) REFERENCES coordination.working_group
);

CREATE TABLE coordination.working_group_record (
    record_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    working_group text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    body text NOT NULL,
    recorded_by text COLLATE "C" NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT working_group_record_pkey PRIMARY KEY (record_id),
    CONSTRAINT working_group_record_group_fkey FOREIGN KEY (working_group) REFERENCES coordination.working_group,
    CONSTRAINT working_group_record_kind_check CHECK (kind IN ('minutes', 'proposal')),
    CONSTRAINT working_group_record_body_check CHECK (length(body) BETWEEN 1 AND 4000)
);

-- What was decided, by whom and on what grounds, and what became of it. What was decided never changes.
CREATE TABLE coordination.decision (
    decision_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    subject text COLLATE "C" NOT NULL,
    body text NOT NULL,
    grounds text NOT NULL,
    decided_by text[] NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    owner text COLLATE "C" NOT NULL,
    due_on date NOT NULL,
    escalates_to text[] NOT NULL,
    escalates_after_days integer NOT NULL DEFAULT 0,
    executed_at timestamptz,
    executed_by text COLLATE "C",
    executed_call bigint,
    escalated_at timestamptz,
    CONSTRAINT decision_pkey PRIMARY KEY (decision_id),
    CONSTRAINT decision_body_check CHECK (length(body) BETWEEN 1 AND 4000),
    CONSTRAINT decision_grounds_check CHECK (length(grounds) BETWEEN 1 AND 4000),
    CONSTRAINT decision_decided_by_check CHECK (cardinality(decided_by) >= 1),
    CONSTRAINT decision_escalates_check CHECK (cardinality(escalates_to) >= 1 AND escalates_after_days >= 0),
    CONSTRAINT decision_executed_check CHECK (
        (executed_at IS NULL) = (executed_by IS NULL) AND (executed_at IS NULL) = (executed_call IS NULL))
);
CREATE INDEX decision_open_idx ON coordination.decision (due_on) WHERE executed_at IS NULL;
CREATE INDEX decision_subject_idx ON coordination.decision (subject, decision_id);

-- What a person is told about an overdue decision: once as its owner, once as the one it escalates to.
CREATE TABLE coordination.notice (
    notice_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    decision_id bigint NOT NULL,
    person text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT notice_pkey PRIMARY KEY (notice_id),
    CONSTRAINT notice_once_key UNIQUE (decision_id, person, kind),
    CONSTRAINT notice_decision_fkey FOREIGN KEY (decision_id) REFERENCES coordination.decision,
    CONSTRAINT notice_kind_check CHECK (kind IN ('overdue', 'escalated'))
);
CREATE INDEX notice_person_idx ON coordination.notice (person, notice_id);
