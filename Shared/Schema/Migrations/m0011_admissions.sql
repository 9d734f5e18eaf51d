-- Who is admitted to a productive programme under an agreement, and who is not, with the reason.

-- A household takes one place, whatever modules it takes. Without foreign keys, like the participants.
CREATE TABLE projects.admission (
    household_id bigint NOT NULL,
    programme text COLLATE "C" NOT NULL,
    agreement text COLLATE "C" NOT NULL,
    import_id uuid NOT NULL,
    agreement_version integer NOT NULL,
    outcome smallint NOT NULL,
    override_id bigint,
    reserved bigint NOT NULL,
    filled bigint NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT admission_pkey PRIMARY KEY (household_id, programme, agreement, import_id),
    CONSTRAINT admission_outcome_check CHECK (outcome BETWEEN 1 AND 6),
    CONSTRAINT admission_override_check CHECK ((outcome = 3) = (override_id IS NOT NULL)),
    CONSTRAINT admission_places_check CHECK (reserved >= 0 AND filled >= 0)
);
CREATE UNIQUE INDEX admission_once_key ON projects.admission (household_id, programme, agreement) WHERE outcome <= 3;
COMMENT ON TABLE projects.admission IS
    'Decisions under agreements, never changed. Admitted: 1 of the target population, 2 others, 3 by a signed override.'
    ' Refused: 4 reserved places are not filled, 5 receives no transfer, 6 no place is left. Evidence: how many places'
    ' are reserved, and how many the target population fills after the import.';

CREATE UNLOGGED TABLE projects.staged_admission (
    household_id bigint NOT NULL,
    place bigint NOT NULL,
    agreement text COLLATE "C" NOT NULL,
    agreement_version integer NOT NULL,
    is_target boolean NOT NULL,
    receives_transfer boolean NOT NULL,
    override_id bigint,
    outcome smallint,
    reserved bigint,
    filled bigint
);
COMMENT ON TABLE projects.staged_admission IS 'Households of an import under way that ask for a place, by agreement.';

-- Whether a household may get its first inputs, where an agreement says that a project starts only while the household
-- receives transfers. Decided when an instalment is planned, at every attempt, whatever its admission said.
CREATE TABLE projects.start_decision (
    household_id bigint NOT NULL,
    programme text COLLATE "C" NOT NULL,
    agreement text COLLATE "C" NOT NULL,
    fiscal_year integer NOT NULL,
    instalment integer NOT NULL,
    attempt integer NOT NULL,
    agreement_version integer NOT NULL,
    outcome smallint NOT NULL,
    override_id bigint,
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT start_decision_pkey PRIMARY KEY (household_id, programme, agreement, fiscal_year, instalment, attempt),
    CONSTRAINT start_decision_instalment_fkey
        FOREIGN KEY (programme, fiscal_year, instalment) REFERENCES projects.instalment,
    CONSTRAINT start_decision_outcome_check CHECK (outcome BETWEEN 1 AND 3),
    CONSTRAINT start_decision_override_check CHECK ((outcome = 2) = (override_id IS NOT NULL))
);
CREATE INDEX start_decision_refused_idx ON projects.start_decision (programme, fiscal_year, instalment, attempt)
    WHERE outcome = 3;
COMMENT ON TABLE projects.start_decision IS
    'Decisions under agreements, never changed. Starts: 1 receives a transfer, 2 by a signed override. Does not start:'
    ' 3 receives no transfer.';
