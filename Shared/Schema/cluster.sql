-- What a dump of the database does not carry: the roles, which belong to the whole cluster, and the rights and
-- settings on the database itself. Runs before every migration and before a restore, and changes only what is missing.
-- Other databases of the cluster may be migrated at the same moment: the checks make this safe.
DO $$
DECLARE
    group_role text;
    service text;
BEGIN
    -- pg_advisory_lock is per database; a lock on the shared catalogue is per cluster, but needs a superuser. A role
    -- that appears between the check and the creation is therefore accepted below.
    FOREACH group_role IN ARRAY ARRAY['puente_owner', 'puente_operator', 'puente_reader', 'puente_service'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = group_role) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', group_role);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END;
        END IF;
    END LOOP;
    -- The services, as the program names them (ServiceCatalogue): each is a member of the group that has what all of
    -- them may.
    FOREACH service IN ARRAY string_to_array(current_setting('puente.services'), ',') LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'puente_' || service) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I LOGIN', 'puente_' || service);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END;
        ELSIF NOT (SELECT rolcanlogin FROM pg_roles WHERE rolname = 'puente_' || service) THEN
            EXECUTE format('ALTER ROLE %I LOGIN', 'puente_' || service);
        END IF;
        IF NOT pg_has_role('puente_' || service, 'puente_service', 'member') THEN
            BEGIN
                EXECUTE format('GRANT puente_service TO %I', 'puente_' || service);
            EXCEPTION WHEN unique_violation OR internal_error THEN NULL;
            END;
        END IF;
    END LOOP;
    -- Reports read the published views and nothing else.
    IF NOT pg_has_role('puente_reporting', 'puente_reader', 'member') THEN
        BEGIN
            GRANT puente_reader TO puente_reporting;
        EXCEPTION WHEN unique_violation OR internal_error THEN NULL;
        END;
    END IF;
    IF EXISTS (
        SELECT FROM pg_database AS here, aclexplode(coalesce(here.datacl, acldefault('d', here.datdba))) AS held
        WHERE here.datname = current_database() AND held.grantee = 0)
    THEN
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    END IF;
    IF NOT has_database_privilege('puente_owner', current_database(), 'CREATE') THEN
        EXECUTE format('GRANT CREATE, CONNECT, TEMPORARY ON DATABASE %I TO puente_owner', current_database());
    END IF;
    IF NOT has_database_privilege('puente_operator', current_database(), 'CONNECT') THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO puente_operator, puente_reader', current_database());
    END IF;
    FOREACH service IN ARRAY string_to_array(current_setting('puente.services'), ',') LOOP
        IF NOT has_database_privilege('puente_' || service, current_database(), 'TEMPORARY') THEN
            EXECUTE format(
                'GRANT CONNECT, TEMPORARY ON DATABASE %I TO %I', current_database(), 'puente_' || service);
        END IF;
        -- A process that hangs in a transaction keeps its locks no longer than this. A long import is never idle in
        -- one.
        IF NOT EXISTS (
            SELECT FROM pg_db_role_setting AS held
            JOIN pg_database AS here ON here.oid = held.setdatabase AND here.datname = current_database()
            JOIN pg_roles AS role ON role.oid = held.setrole AND role.rolname = 'puente_' || service)
        THEN
            BEGIN
                EXECUTE format(
                    'ALTER ROLE %I IN DATABASE %I SET idle_in_transaction_session_timeout = %L',
                    'puente_' || service, current_database(), '5min');
            -- An administrator who may not set it migrates all the same.
            EXCEPTION WHEN insufficient_privilege THEN NULL;
            END;
        END IF;
    END LOOP;
END
$$;
