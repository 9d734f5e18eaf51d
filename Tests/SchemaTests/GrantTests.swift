import Postgres
import Schema
import TestSupport
import Testing

/// Privileges that a role holds and should not, as `role: privilege on schema.table`.
///
/// The budget ledger's journal may be read by whoever may read reports: an auditor checks the views against it. Nothing in
/// it is about persons.
private struct ForbiddenPrivileges: Statement {
    static let sql = """
        SELECT role.name || ': ' || privilege.name || ' on ' || space.nspname || '.' || relation.relname
        FROM pg_class relation
        JOIN pg_namespace space ON space.oid = relation.relnamespace
        CROSS JOIN unnest($1::text[]) AS role (name)
        CROSS JOIN unnest($2::text[]) AS privilege (name)
        WHERE relation.relkind = ANY (ARRAY['r', 'p', 'f', 'm']::"char"[])
          AND space.nspname = ANY ($3::text[])
          AND 'puente_' || space.nspname <> role.name
          AND has_table_privilege(role.name, relation.oid, privilege.name)
          AND NOT (
              privilege.name = 'SELECT' AND space.nspname = 'coordination'
              AND (starts_with(relation.relname, 'budget_') OR relation.relname = 'fiscal_year'))
        ORDER BY 1
        """
    let roles: [String]
    let privileges: [String]
    var schemas = ServiceCatalogue.all
    func bind(into parameters: inout Parameters) {
        parameters.add(roles)
        parameters.add(privileges)
        parameters.add(schemas)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

private struct TableCount: Statement {
    static let sql = """
        SELECT count(*) FROM information_schema.tables
        WHERE table_type = 'BASE TABLE' AND table_schema IN (
            SELECT nspname FROM pg_namespace WHERE nspowner = 'puente_owner'::regrole)
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

private struct PublicFunctions: Statement {
    static let sql = """
        SELECT routine.oid::regprocedure::text
        FROM pg_proc routine
        JOIN pg_namespace space ON space.oid = routine.pronamespace
        WHERE space.nspowner = 'puente_owner'::regrole
          AND EXISTS (
              SELECT FROM aclexplode(coalesce(routine.proacl, acldefault('f', routine.proowner))) AS held
              WHERE held.grantee = 0)
        ORDER BY 1
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

private struct UnsafeDefiners: Statement {
    static let sql = """
        SELECT routine.oid::regprocedure::text
        FROM pg_proc routine
        JOIN pg_namespace space ON space.oid = routine.pronamespace
        WHERE routine.prosecdef AND space.nspname NOT IN ('pg_catalog', 'information_schema')
          AND NOT EXISTS (SELECT FROM unnest(routine.proconfig) AS setting WHERE setting LIKE 'search_path=%')
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

private let services = ServiceCatalogue.all.map(ServiceCatalogue.role(of:))
private let writes = ["INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]

@Test func noServiceReadsOrWritesAnotherServicesTables() async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 1)
        #expect(try await pool.queryOne(TableCount()) ?? 0 > 10)
        let held = try await pool.query(ForbiddenPrivileges(roles: services, privileges: writes + ["SELECT"]))
        #expect(held == [])
    }
}

@Test func readersAndOperatorsTouchNoServicesTables() async throws {
    try await withDatabase { database in
        let statement = ForbiddenPrivileges(
            roles: ["puente_reader", "puente_operator"], privileges: writes + ["SELECT"])
        let held = try await database.pool(size: 1).query(statement)
        #expect(held == [])
    }
}

@Test func readersReadNoQueuedMessages() async throws {
    try await withDatabase { database in
        let statement = ForbiddenPrivileges(
            roles: ["puente_reader"], privileges: writes + ["SELECT"], schemas: ["rpc", "intake"])
        let held = try await database.pool(size: 1).query(statement)
        #expect(held == [])
    }
}

@Test func noFunctionIsOpenToEverybody() async throws {
    try await withDatabase { database in
        let held = try await database.pool(size: 1).query(PublicFunctions())
        #expect(held == [])
    }
}

@Test func everyFunctionWithItsOwnersRightsFixesItsSearchPath() async throws {
    try await withDatabase { database in
        let held = try await database.pool(size: 1).query(UnsafeDefiners())
        #expect(held == [])
    }
}

@Test func aServiceCannotWriteWhereItHasNoRight() async throws {
    try await withDatabase { database in
        let pool = database.pool(as: "puente_transfers", size: 1)
        var error: PostgresError?
        do {
            try await pool.script("DELETE FROM coordination.territory")
        } catch let caught as PostgresError {
            error = caught
        }
        #expect(error?.sqlState == "42501", "\(String(describing: error))")
    }
}
