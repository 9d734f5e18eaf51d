-- Productive projects: their participants, the instalments of inputs, and the purchase orders that these come to.

CREATE TABLE projects.project (
    project_code text COLLATE "C" NOT NULL,
    programme text COLLATE "C" NOT NULL,
    department_code text COLLATE "C" NOT NULL,
    committed_minor bigint NOT NULL DEFAULT 0,
    ordered_minor bigint NOT NULL DEFAULT 0,
    instalments_ordered integer NOT NULL DEFAULT 0,
    CONSTRAINT project_pkey PRIMARY KEY (project_code),
    CONSTRAINT project_amounts_check CHECK (ordered_minor >= 0 AND committed_minor >= ordered_minor),
    CONSTRAINT project_instalments_check CHECK (instalments_ordered >= 0)
);
COMMENT ON TABLE projects.project IS
    'A project of one executing body, within one department. Amounts are what the ledger has posted for it.';

-- Without foreign keys, like the registry: only the import writes participants, and it checks whole files.
CREATE TABLE projects.participant (
    household_id bigint NOT NULL,
    project_code text COLLATE "C" NOT NULL,
    module_code text COLLATE "C" NOT NULL,
    enrolled_on date NOT NULL,
    starts_with integer,
    CONSTRAINT participant_pkey PRIMARY KEY (household_id, project_code, module_code),
    CONSTRAINT participant_starts_with_check CHECK (starts_with >= 1)
);
CREATE INDEX participant_project_idx ON projects.participant (project_code);
COMMENT ON TABLE projects.participant IS
    'A household in a project, once for each module of inputs that it takes. starts_with: the instalment that is planned to'
    ' bring its first inputs; it has started when the project has that instalment.';

CREATE UNLOGGED TABLE projects.staged_participant (
    household_id bigint NOT NULL,
    line integer NOT NULL,
    enrolled_on date NOT NULL,
    file smallint NOT NULL,
    project_code text COLLATE "C" NOT NULL,
    module_code text COLLATE "C" NOT NULL
);
COMMENT ON TABLE projects.staged_participant IS 'Rows of an import under way.';

CREATE TABLE projects.instalment (
    programme text COLLATE "C" NOT NULL,
    fiscal_year integer NOT NULL,
    instalment integer NOT NULL,
    state text NOT NULL,
    attempt integer NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT now(),
    currency text NOT NULL,
    document text COLLATE "C" NOT NULL GENERATED ALWAYS AS (
        'instalment/' || programme || '/' || fiscal_year::text || '/' || instalment::text) STORED
        CONSTRAINT instalment_document_key UNIQUE,
    CONSTRAINT instalment_pkey PRIMARY KEY (programme, fiscal_year, instalment),
    CONSTRAINT instalment_number_check CHECK (instalment >= 1 AND fiscal_year BETWEEN 2000 AND 2999),
    CONSTRAINT instalment_state_check CHECK (state IN ('reserving', 'awaiting_budget', 'ordered', 'empty'))
);
COMMENT ON TABLE projects.instalment IS
    'One instalment of inputs of a programme. Each attempt plans anew, because participants and budget may have changed, and'
    ' is one request to the ledger under document.';

CREATE TABLE projects.instalment_project (
    programme text COLLATE "C" NOT NULL,
    fiscal_year integer NOT NULL,
    instalment integer NOT NULL,
    attempt integer NOT NULL,
    project_code text COLLATE "C" NOT NULL,
    line text COLLATE "C" NOT NULL,
    households bigint NOT NULL,
    committed_minor bigint NOT NULL,
    ordered_minor bigint NOT NULL,
    posted_at timestamptz,
    CONSTRAINT instalment_project_pkey PRIMARY KEY (programme, fiscal_year, instalment, attempt, project_code),
    CONSTRAINT instalment_project_instalment_fkey
        FOREIGN KEY (programme, fiscal_year, instalment) REFERENCES projects.instalment,
    CONSTRAINT instalment_project_project_fkey FOREIGN KEY (project_code) REFERENCES projects.project,
    CONSTRAINT instalment_project_amounts_check CHECK (
        households > 0 AND committed_minor >= 0 AND ordered_minor >= 0)
);
COMMENT ON TABLE projects.instalment_project IS
    'What an attempt at an instalment commits and orders for one project, on one budget line; posted_at: the ledger has done it.';

CREATE TABLE projects.instalment_order (
    programme text COLLATE "C" NOT NULL,
    fiscal_year integer NOT NULL,
    instalment integer NOT NULL,
    attempt integer NOT NULL,
    project_code text COLLATE "C" NOT NULL,
    module_code text COLLATE "C" NOT NULL,
    quantity bigint NOT NULL,
    unit_minor bigint NOT NULL,
    amount_minor bigint NOT NULL,
    CONSTRAINT instalment_order_pkey
        PRIMARY KEY (programme, fiscal_year, instalment, attempt, project_code, module_code),
    CONSTRAINT instalment_order_project_fkey
        FOREIGN KEY (programme, fiscal_year, instalment, attempt, project_code) REFERENCES projects.instalment_project,
    CONSTRAINT instalment_order_amount_check CHECK (
        quantity > 0 AND unit_minor > 0 AND amount_minor = quantity * unit_minor)
);
COMMENT ON TABLE projects.instalment_order IS
    'The purchase orders that an attempt at an instalment asks for: they exist once the ledger has posted it.';

CREATE TABLE projects.instalment_obstacle (
    programme text COLLATE "C" NOT NULL,
    fiscal_year integer NOT NULL,
    instalment integer NOT NULL,
    territory_code text COLLATE "C" NOT NULL,
    obstacle text NOT NULL,
    candidates text[] NOT NULL,
    amount_minor bigint NOT NULL,
    CONSTRAINT instalment_obstacle_pkey PRIMARY KEY (programme, fiscal_year, instalment, territory_code),
    CONSTRAINT instalment_obstacle_instalment_fkey
        FOREIGN KEY (programme, fiscal_year, instalment) REFERENCES projects.instalment,
    CONSTRAINT instalment_obstacle_obstacle_check CHECK (
        obstacle IN ('no_line', 'several_lines', 'other_currency', 'budget_short') AND amount_minor >= 0)
);
COMMENT ON TABLE projects.instalment_obstacle IS
    'What kept the last attempt from being asked: departments without a line of their own (candidates: the lines that fit, or'
    ' those in another currency), and lines without a reservation that have too little available.';

-- The identifier is made of what it names, so that ordering the same thing twice is one order.
CREATE TABLE projects.purchase_order (
    purchase_order_id text COLLATE "C" NOT NULL,
    project_code text COLLATE "C" NOT NULL,
    instalment integer NOT NULL,
    module_code text COLLATE "C" NOT NULL,
    quantity bigint NOT NULL,
    unit_minor bigint NOT NULL,
    amount_minor bigint NOT NULL,
    CONSTRAINT purchase_order_pkey PRIMARY KEY (purchase_order_id),
    CONSTRAINT purchase_order_never_twice_key UNIQUE (project_code, instalment, module_code),
    CONSTRAINT purchase_order_project_fkey FOREIGN KEY (project_code) REFERENCES projects.project,
    CONSTRAINT purchase_order_amount_check CHECK (
        quantity > 0 AND unit_minor > 0 AND amount_minor = quantity * unit_minor)
);
COMMENT ON TABLE projects.purchase_order IS 'Inputs of one module for one project whose money the ledger has ordered.';

-- An order that the ledger has posted is never changed or deleted, whatever a program does.
CREATE FUNCTION projects.refuse_change_of_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
    RAISE EXCEPTION 'a posted purchase order stays as it is'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'purchase_order_final_check', TABLE = 'purchase_order';
END
$$;
CREATE TRIGGER purchase_order_final_check BEFORE UPDATE OR DELETE ON projects.purchase_order
    FOR EACH ROW EXECUTE FUNCTION projects.refuse_change_of_order();

-- ANALYZE needs the owner.
CREATE FUNCTION projects.analyze_staged_participants() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    ANALYZE projects.staged_participant;
END
$$;
CREATE FUNCTION projects.analyze_participants() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    -- A table that is known to be empty is read from end to end for each row of the next import.
    IF EXISTS (SELECT FROM projects.participant) THEN
        ANALYZE projects.project, projects.participant;
    END IF;
    IF EXISTS (SELECT FROM projects.admission) THEN
        ANALYZE projects.admission;
    END IF;
END
$$;

CREATE VIEW projects.project_v1 AS
SELECT
    project.project_code, project.programme, project.department_code AS territory_code,
    coalesce(enrolled.households, 0) AS households, project.committed_minor, project.ordered_minor,
    CASE
        WHEN project.ordered_minor > 0 THEN 'ordered'
        WHEN project.committed_minor > 0 THEN 'committed'
        ELSE 'enrolled'
    END AS state
FROM projects.project AS project
LEFT JOIN (
    SELECT project_code, count(DISTINCT household_id) AS households FROM projects.participant GROUP BY project_code
) AS enrolled USING (project_code);

CREATE VIEW projects.participant_v1 AS
SELECT participant.household_id, participant.project_code, project.programme, participant.module_code,
    participant.enrolled_on, coalesce(
        bool_or(participant.starts_with <= project.instalments_ordered)
            OVER (PARTITION BY participant.household_id, participant.project_code), false) AS started
FROM projects.participant AS participant
JOIN projects.project AS project USING (project_code);
COMMENT ON VIEW projects.participant_v1 IS 'Participants, and whether the household''s first inputs in the project are ordered.';

CREATE VIEW projects.purchase_order_v1 AS
SELECT purchase_order_id, project_code, instalment, module_code, quantity, unit_minor, amount_minor,
    'ordered' AS state
FROM projects.purchase_order;

GRANT SELECT, INSERT ON projects.project, projects.participant, projects.instalment TO puente_projects;
GRANT UPDATE (committed_minor, ordered_minor, instalments_ordered) ON projects.project TO puente_projects;
GRANT UPDATE (enrolled_on, starts_with) ON projects.participant TO puente_projects;
GRANT UPDATE (state, attempt, requested_by, requested_at, currency) ON projects.instalment TO puente_projects;
GRANT SELECT, INSERT ON projects.instalment_project, projects.instalment_order, projects.purchase_order TO puente_projects;
GRANT UPDATE (posted_at) ON projects.instalment_project TO puente_projects;
GRANT SELECT, INSERT, DELETE ON projects.instalment_obstacle TO puente_projects;
GRANT SELECT, INSERT, DELETE, TRUNCATE ON projects.staged_participant TO puente_projects;
GRANT EXECUTE ON FUNCTION projects.analyze_staged_participants(), projects.analyze_participants() TO puente_projects;
GRANT SELECT ON projects.project_v1, projects.participant_v1, projects.purchase_order_v1
TO puente_coordination, puente_transfers, puente_projects, puente_reporting, puente_reader, puente_operator;
