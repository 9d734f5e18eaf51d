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

-- Stores the staged members that the registry does not have, in the order of households, so that whoever reads a range
-- of households later reads neighbouring pages. The first import builds the keys when all rows are there: sorting once
-- costs a fraction of finding the place of three million scattered numbers one by one. Dropping keys needs the owner,
-- and shuts others out until the import commits; they would find nothing yet.
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

-- Gathers statistics on the registry after an import, so that what reads it next is planned with them.
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
GRANT SELECT ON coordination.account_change_v1 TO puente_coordination, puente_transfers, puente_operator;
GRANT EXECUTE ON FUNCTION coordination.masked_account(text)
TO puente_coordination, puente_transfers, puente_operator;

-- Names and account numbers: for those who pay, and nobody else.
GRANT SELECT ON coordination.payee_v1 TO puente_transfers;
