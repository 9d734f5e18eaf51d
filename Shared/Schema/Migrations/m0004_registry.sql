-- The social registry (territories, households, members, accounts) and the programmes' definitions.
--
-- Households and members carry no foreign keys: a check per row would cost more than the row. Only the import writes
-- them; it checks every reference for whole files before it stores anything.

-- What holds for the whole country: its currency, its civil day, and what its file says besides. A file that is loaded
-- again with other content is the next version; the latest is in force.
CREATE TABLE coordination.country (
    version integer NOT NULL,
    country text COLLATE "C" NOT NULL,
    currency text COLLATE "C" NOT NULL,
    time_zone text COLLATE "C" NOT NULL,
    definition jsonb NOT NULL,
    loaded_by text NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT country_pkey PRIMARY KEY (version),
    CONSTRAINT country_version_check CHECK (version >= 1),
    CONSTRAINT country_country_check CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT country_currency_check CHECK (currency ~ '^[A-Z]{3}$')
);
COMMENT ON TABLE coordination.country IS
    'The country that the site serves, by ISO 3166 code, in the versions of its file; one country a site.';

CREATE TABLE coordination.territory (
    territory_code text COLLATE "C" NOT NULL,
    name text NOT NULL,
    level smallint NOT NULL,
    parent_code text COLLATE "C",
    department_code text COLLATE "C" NOT NULL,
    poverty_rate_hundredths integer,
    CONSTRAINT territory_pkey PRIMARY KEY (territory_code),
    CONSTRAINT territory_parent_fkey FOREIGN KEY (parent_code) REFERENCES coordination.territory
        DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT territory_department_fkey FOREIGN KEY (department_code) REFERENCES coordination.territory
        DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT territory_level_check CHECK (level BETWEEN 1 AND 3),
    CONSTRAINT territory_parent_check CHECK ((level = 1) = (parent_code IS NULL)),
    CONSTRAINT territory_poverty_rate_check CHECK (poverty_rate_hundredths BETWEEN 0 AND 10000)
);
COMMENT ON TABLE coordination.territory IS
    'Administrative units: level 1 department, 2 province, 3 district; the poverty rate in hundredths of a percent.';
COMMENT ON COLUMN coordination.territory.level IS '1 department, 2 province, 3 district';

CREATE TABLE coordination.household (
    household_id bigint NOT NULL,
    residence_since date NOT NULL,
    poverty_class smallint NOT NULL,
    territory_code text COLLATE "C" NOT NULL,
    CONSTRAINT household_pkey PRIMARY KEY (household_id),
    CONSTRAINT household_poverty_class_check CHECK (poverty_class BETWEEN 1 AND 3)
);
COMMENT ON TABLE coordination.household IS
    'Households by national number; poverty class 1 extreme poor, 2 poor, 3 not poor.';
COMMENT ON COLUMN coordination.household.poverty_class IS '1 extreme_poor, 2 poor, 3 non_poor';

-- The second key says that nobody belongs to two households. It is the one obstacle to distributing the table by
-- household; the import checks the same thing, so it could be dropped then.
CREATE TABLE coordination.member (
    household_id bigint NOT NULL,
    person_id bigint NOT NULL,
    birth_date date NOT NULL,
    relationship smallint NOT NULL,
    pregnant boolean NOT NULL,
    sex "char" NOT NULL,
    given_names text NOT NULL,
    surnames text NOT NULL,
    CONSTRAINT member_pkey PRIMARY KEY (household_id, person_id),
    CONSTRAINT member_person_key UNIQUE (person_id),
    CONSTRAINT member_relationship_check CHECK (relationship BETWEEN 1 AND 4),
    CONSTRAINT member_sex_check CHECK (sex IN ('F', 'M'))
);
COMMENT ON TABLE coordination.member IS
    'Members by national number; relationship 1 head, 2 spouse, 3 child, 4 other. Names are personal data.';
COMMENT ON COLUMN coordination.member.relationship IS '1 head, 2 spouse, 3 child, 4 other';

CREATE TABLE coordination.account (
    household_id bigint NOT NULL,
    holder_person_id bigint NOT NULL,
    bank_bic text COLLATE "C" NOT NULL,
    account_number text COLLATE "C" NOT NULL,
    CONSTRAINT account_pkey PRIMARY KEY (household_id)
);
COMMENT ON TABLE coordination.account IS 'The account that a household is paid on; its holder is a member.';

-- Every account that replaced another. Only additions are granted: who reads of a change can rely on its being whole.
CREATE TABLE coordination.account_change (
    household_id bigint NOT NULL,
    import_id uuid NOT NULL CONSTRAINT account_change_import_fkey REFERENCES intake.import,
    from_holder_person_id bigint NOT NULL,
    from_bank_bic text COLLATE "C" NOT NULL,
    from_account_number text COLLATE "C" NOT NULL,
    to_holder_person_id bigint NOT NULL,
    to_bank_bic text COLLATE "C" NOT NULL,
    to_account_number text COLLATE "C" NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT account_change_pkey PRIMARY KEY (household_id, import_id),
    CONSTRAINT account_change_differs_check CHECK (
        (from_holder_person_id, from_bank_bic, from_account_number)
            <> (to_holder_person_id, to_bank_bic, to_account_number))
);
CREATE INDEX account_change_import_idx ON coordination.account_change (import_id, household_id);
COMMENT ON TABLE coordination.account_change IS
    'What each changed account of a household was and became, by which import; intake.import says why a mass change'
    ' was right.';

-- Where an import gathers the rows of its files before it checks them against one another and against the registry.
-- Unlogged and without keys: they are empty but for the length of one import, which truncates them first and last.
-- file counts the files of the import from 1; line is the row's place in it.
CREATE UNLOGGED TABLE coordination.staged_territory (
    line integer NOT NULL,
    file smallint NOT NULL,
    level smallint NOT NULL,
    poverty_rate_hundredths integer,
    territory_code text COLLATE "C" NOT NULL,
    parent_code text COLLATE "C",
    name text NOT NULL
);

CREATE UNLOGGED TABLE coordination.staged_household (
    household_id bigint NOT NULL,
    line integer NOT NULL,
    residence_since date NOT NULL,
    file smallint NOT NULL,
    poverty_class smallint NOT NULL,
    territory_code text COLLATE "C" NOT NULL
);

CREATE UNLOGGED TABLE coordination.staged_member (
    household_id bigint NOT NULL,
    person_id bigint NOT NULL,
    line integer NOT NULL,
    birth_date date NOT NULL,
    file smallint NOT NULL,
    relationship smallint NOT NULL,
    pregnant boolean NOT NULL,
    sex "char" NOT NULL,
    is_nameless boolean NOT NULL,
    given_names text NOT NULL,
    surnames text NOT NULL
);
COMMENT ON COLUMN coordination.staged_member.is_nameless IS
    'No Latin letter stands in the names: a bank cannot be told them.';

CREATE UNLOGGED TABLE coordination.staged_account (
    household_id bigint NOT NULL,
    holder_person_id bigint NOT NULL,
    line integer NOT NULL,
    file smallint NOT NULL,
    bank_bic text COLLATE "C" NOT NULL,
    account_number text COLLATE "C" NOT NULL
);

CREATE TABLE coordination.programme (
    programme text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    definition jsonb NOT NULL,
    loaded_by text NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT programme_pkey PRIMARY KEY (programme, version),
    CONSTRAINT programme_version_check CHECK (version >= 1),
    CONSTRAINT programme_kind_check CHECK (kind IN ('conditional_transfer', 'productive_project'))
);
COMMENT ON TABLE coordination.programme IS
    'Every version of a programme''s definition (canonical JSON of coordination.v1.ProgrammeDefinition); the last is'
    ' in force.';
