-- Schemas and default privileges. The roles, and the rights on the database itself, are in cluster.sql, which runs
-- before.
REVOKE ALL ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA rpc AUTHORIZATION puente_owner;
CREATE SCHEMA intake AUTHORIZATION puente_owner;
CREATE SCHEMA coordination AUTHORIZATION puente_owner;
CREATE SCHEMA transfers AUTHORIZATION puente_owner;
CREATE SCHEMA projects AUTHORIZATION puente_owner;
CREATE SCHEMA reporting AUTHORIZATION puente_owner;

-- Names can be looked up by every role of the system; what they may do is granted object by object.
GRANT USAGE ON SCHEMA rpc, intake, coordination, transfers, projects, reporting
    TO puente_service, puente_operator, puente_reader;

-- A function is executable by everybody unless that is taken back; later migrations run as puente_owner.
ALTER DEFAULT PRIVILEGES FOR ROLE puente_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
