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

CREATE VIEW coordination.country_v1 AS
SELECT version, country, currency, time_zone, definition FROM coordination.country ORDER BY version DESC LIMIT 1;

-- The day of the country at an instant. Days begin and end there, whatever the server's time zone is; where no country is
-- loaded, by UTC.
CREATE FUNCTION coordination.civil_day(instant timestamptz DEFAULT statement_timestamp()) RETURNS date
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    RETURN (instant AT TIME ZONE coalesce((SELECT time_zone FROM coordination.country_v1), 'UTC'))::date;
END
$$;

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

CREATE TABLE coordination.household (
    household_id bigint NOT NULL,
    residence_since date NOT NULL,
    poverty_class smallint NOT NULL,
    territory_code text COLLATE "C" NOT NULL,
    CONSTRAINT household_pkey PRIMARY KEY (household_id),
    CONSTRAINT household_poverty_class_check CHECK (poverty_class BETWEEN 1 AND 3)
);
COMMENT ON TABLE coordination.household IS 'Households by national number; poverty class 1 extreme poor, 2 poor, 3 not poor.';

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
    'What each changed account of a household was and became, by which import; intake.import says why a mass change was right.';

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
COMMENT ON COLUMN coordination.staged_member.is_nameless IS 'No Latin letter stands in the names: a bank cannot be told them.';

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
    'Every version of a programme''s definition (canonical JSON of coordination.v1.ProgrammeDefinition); the last is in force.';

CREATE VIEW coordination.territory_v1 AS
SELECT
    territory.territory_code, territory.name, territory.level, territory.parent_code, territory.department_code,
    department.name AS department_name, territory.poverty_rate_hundredths
FROM coordination.territory AS territory
JOIN coordination.territory AS department ON department.territory_code = territory.department_code;

CREATE VIEW coordination.household_v1 AS
SELECT
    household.household_id, household.territory_code, territory.department_code, household.poverty_class,
    household.residence_since
FROM coordination.household AS household
JOIN coordination.territory AS territory USING (territory_code);

CREATE VIEW coordination.member_v1 AS
SELECT household_id, person_id, birth_date, sex::character(1) AS sex, pregnant, relationship FROM coordination.member;

CREATE VIEW coordination.payee_v1 AS
SELECT
    account.household_id, account.holder_person_id, holder.given_names || ' ' || holder.surnames AS holder_name,
    account.bank_bic, account.account_number
FROM coordination.account AS account
JOIN coordination.member AS holder
    ON holder.household_id = account.household_id AND holder.person_id = account.holder_person_id;

-- An account number as it may be shown to whoever approves: its last four characters.
CREATE FUNCTION coordination.masked_account(account text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN repeat('*', greatest(length(account) - 4, 0)) || right(account, least(4, length(account) / 2));

CREATE VIEW coordination.account_change_v1 AS
SELECT
    change.household_id, change.changed_at, change.changed_by, change.import_id,
    change.from_holder_person_id <> change.to_holder_person_id AS holder_changed,
    change.from_bank_bic, coordination.masked_account(change.from_account_number) AS from_account,
    change.to_bank_bic, coordination.masked_account(change.to_account_number) AS to_account,
    import.accepted_changes AS reason
FROM coordination.account_change AS change
JOIN intake.import AS import USING (import_id);

CREATE VIEW coordination.programme_v1 AS
SELECT
    programme, version, definition, kind,
    version = max(version) OVER (PARTITION BY programme) AS in_force
FROM coordination.programme;

-- Stores the staged members that the registry does not have, in the order of households, so that whoever reads a range of
-- households later reads neighbouring pages. The first import builds the keys when all rows are there: sorting once costs
-- a fraction of finding the place of three million scattered numbers one by one. Dropping keys needs the owner, and shuts
-- others out until the import commits; they would find nothing yet.
CREATE FUNCTION coordination.store_new_members() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET maintenance_work_mem = '256MB'
AS $$
DECLARE
    is_first boolean := NOT EXISTS (SELECT FROM coordination.member);
BEGIN
    IF is_first THEN
        ALTER TABLE coordination.member DROP CONSTRAINT member_pkey, DROP CONSTRAINT member_person_key;
    END IF;
    INSERT INTO coordination.member (
        household_id, person_id, birth_date, relationship, pregnant, sex, given_names, surnames)
    SELECT household_id, person_id, birth_date, relationship, pregnant, sex, given_names, surnames
    FROM coordination.staged_member AS staged
    WHERE is_first OR NOT EXISTS (
        SELECT FROM coordination.member AS held
        WHERE held.household_id = staged.household_id AND held.person_id = staged.person_id)
    ORDER BY household_id, person_id;
    IF is_first THEN
        ALTER TABLE coordination.member
            ADD CONSTRAINT member_pkey PRIMARY KEY (household_id, person_id),
            ADD CONSTRAINT member_person_key UNIQUE (person_id);
    END IF;
END
$$;

-- Statistics of what an import has gathered, and of what it has stored. ANALYZE needs the owner.
CREATE FUNCTION coordination.analyze_staged_registry() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    ANALYZE
        coordination.staged_territory, coordination.staged_household, coordination.staged_member,
        coordination.staged_account;
END
$$;

CREATE FUNCTION coordination.analyze_registry() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    ANALYZE coordination.territory, coordination.household, coordination.member, coordination.account;
END
$$;
REVOKE EXECUTE ON FUNCTION
    coordination.store_new_members(), coordination.analyze_staged_registry(), coordination.analyze_registry()
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    coordination.store_new_members(), coordination.analyze_staged_registry(), coordination.analyze_registry()
TO puente_coordination;

GRANT SELECT, INSERT, UPDATE ON
    coordination.territory, coordination.household, coordination.member, coordination.account
TO puente_coordination;
GRANT SELECT, INSERT, DELETE, TRUNCATE ON
    coordination.staged_territory, coordination.staged_household, coordination.staged_member,
    coordination.staged_account
TO puente_coordination;
GRANT SELECT, INSERT ON coordination.programme, coordination.country, coordination.account_change
TO puente_coordination;
GRANT SELECT ON coordination.territory_v1, coordination.household_v1, coordination.member_v1, coordination.programme_v1,
    coordination.country_v1
TO puente_coordination, puente_transfers, puente_projects, puente_reporting, puente_reader, puente_operator;
GRANT SELECT ON coordination.account_change_v1 TO puente_coordination, puente_transfers, puente_operator;
GRANT EXECUTE ON FUNCTION coordination.masked_account(text)
TO puente_coordination, puente_transfers, puente_operator;
GRANT EXECUTE ON FUNCTION coordination.civil_day(timestamptz)
TO puente_coordination, puente_transfers, puente_projects, puente_reporting, puente_reader, puente_operator;
-- Names and account numbers: for those who pay, and nobody else.
GRANT SELECT ON coordination.payee_v1 TO puente_transfers;
