-- Roles, schemas and default privileges. Roles belong to the whole cluster, and other databases of the cluster may be
-- migrated at the same moment: the lock, which migrations of every database take, and the checks make this safe.
DO $$
DECLARE
    service text;
BEGIN
    -- pg_advisory_lock is per database; a lock on the shared catalogue is per cluster, but needs a superuser. A role that
    -- appears between the check and the creation is therefore accepted below.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'puente_owner') THEN
        BEGIN
            CREATE ROLE puente_owner NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'puente_operator') THEN
        BEGIN
            CREATE ROLE puente_operator NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'puente_reader') THEN
        BEGIN
            CREATE ROLE puente_reader NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    FOREACH service IN ARRAY ARRAY['coordination', 'transfers', 'projects', 'reporting'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'puente_' || service) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I LOGIN', 'puente_' || service);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END;
        ELSIF NOT (SELECT rolcanlogin FROM pg_roles WHERE rolname = 'puente_' || service) THEN
            EXECUTE format('ALTER ROLE %I LOGIN', 'puente_' || service);
        END IF;
    END LOOP;
    -- Reports read the published views and nothing else.
    IF NOT pg_has_role('puente_reporting', 'puente_reader', 'member') THEN
        BEGIN
            GRANT puente_reader TO puente_reporting;
        EXCEPTION WHEN unique_violation OR internal_error THEN NULL;
        END;
    END IF;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CREATE, CONNECT, TEMPORARY ON DATABASE %I TO puente_owner', current_database());
    EXECUTE format(
        'GRANT CONNECT, TEMPORARY ON DATABASE %I TO puente_coordination, puente_transfers, puente_projects, puente_reporting',
        current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO puente_operator, puente_reader', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA rpc AUTHORIZATION puente_owner;
CREATE SCHEMA intake AUTHORIZATION puente_owner;
CREATE SCHEMA coordination AUTHORIZATION puente_owner;
CREATE SCHEMA transfers AUTHORIZATION puente_owner;
CREATE SCHEMA projects AUTHORIZATION puente_owner;
CREATE SCHEMA reporting AUTHORIZATION puente_owner;

-- Names can be looked up by every role of the system; what they may do is granted object by object.
GRANT USAGE ON SCHEMA rpc, intake, coordination, transfers, projects, reporting
    TO puente_coordination, puente_transfers, puente_projects, puente_reporting, puente_operator, puente_reader;

-- A function is executable by everybody unless that is taken back; later migrations run as puente_owner.
ALTER DEFAULT PRIVILEGES FOR ROLE puente_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
