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
    'A household in a project, once for each module of inputs that it takes. starts_with: the instalment that is'
    ' planned to'
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
    'One instalment of inputs of a programme. Each attempt plans anew, because participants and budget may have'
    ' changed, and'
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
    'What an attempt at an instalment commits and orders for one project, on one budget line; posted_at: the ledger'
    ' has done it.';

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
    'What kept the last attempt from being asked: departments without a line of their own (candidates: the lines that'
    ' fit, or'
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
