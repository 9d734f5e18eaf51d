import Foundation
import Postgres
import Schema

/// A migrated database for one test, dropped when the test ends.
public struct TestDatabase: Sendable {
    /// The database as a superuser.
    public let configuration: ConnectionConfiguration

    /// A database that was made by other means.
    public init(configuration: ConnectionConfiguration) {
        self.configuration = configuration
    }

    /// Its name.
    public var name: String { configuration.database ?? "" }

    /// How other programs reach it as a superuser: libpq's variables.
    public var environment: [String: String] {
        let variables = ["PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password"]
        return variables.compactMapValues { configuration[$0] }.merging(["PGDATABASE": name]) { $1 }
    }

    /// How `puente_<service>` reaches it. On a server that asks for passwords, the test's roles have the superuser's.
    public func configuration(as role: String) -> ConnectionConfiguration {
        var copy = configuration.with(user: role)
        copy["password"] = configuration["password"]
        return copy
    }

    /// A new operator of this database only, who is dropped with it; returns how that person connects.
    public func person(_ name: String) async throws -> ConnectionConfiguration {
        let role = "\(self.name)_\(name)"
        let pool = pool(size: 1)
        try await pool.script("CREATE ROLE \(role) LOGIN IN ROLE puente_operator \(passwordClause(configuration))")
        await pool.close()
        return configuration(as: role)
    }

    /// An operator of this database only, under a name that the `puente` command takes after `--as`.
    public func namedOperator(_ name: String) async throws -> String {
        let role = "\(name)_\(self.name.suffix(20))"
        let pool = pool(size: 1)
        if try await pool.queryOne(RoleExists(name: role)) != true {
            try await pool.script("CREATE ROLE \(role) LOGIN IN ROLE puente_operator \(passwordClause(configuration))")
        }
        await pool.close()
        return role
    }

    /// A pool of the superuser's connections; close it before the test ends, or the drop does.
    public func pool(as role: String? = nil, size: Int = 4) -> ConnectionPool {
        ConnectionPool(role.map { configuration(as: $0) } ?? configuration, size: size)
    }
}

/// Why a test has no database.
public struct TestServerMissing: Error, CustomStringConvertible {
    /// What to do.
    public var description: String {
        "PUENTE_TEST_SERVER is not set: run the tests with deploy/test, or set it to the URL of a PostgreSQL superuser"
    }
}

/// The server that tests use.
public func testServer() throws -> ConnectionConfiguration {
    guard let url = ProcessInfo.processInfo.environment["PUENTE_TEST_SERVER"], !url.isEmpty else {
        throw TestServerMissing()
    }
    var server = try ConnectionConfiguration(url: url).with(applicationName: "puente-test")
    // Without a name libpq takes the user's, which need not exist.
    if server.database == nil { server.database = "postgres" }
    return server
}

/// Runs the body with a new, migrated database. Without a test server it throws: the test fails, it is never skipped.
public func withDatabase<Value>(
    _ body: (TestDatabase) async throws -> Value
) async throws -> Value {
    let server = try testServer()
    let template = try await TemplateDatabase.shared.name(server, Migration.all)
    return try await withPlace { try await withNewDatabase(server, template: template, body) }
}

/// Runs the body with a new, empty database.
public func withEmptyDatabase<Value>(
    _ body: (TestDatabase) async throws -> Value
) async throws -> Value {
    let server = try testServer()
    return try await withPlace { try await withNewDatabase(server, template: "template0", body) }
}

/// Runs the body with another, empty database, for a test that has one and thereby its place among the tests.
public func withSecondDatabase<Value>(_ body: (TestDatabase) async throws -> Value) async throws -> Value {
    try await withNewDatabase(try testServer(), template: "template0", body)
}

private func withPlace<Value>(_ body: () async throws -> Value) async throws -> Value {
    await TestPlaces.shared.enter()
    do {
        let value = try await body()
        await TestPlaces.shared.leave()
        return value
    } catch {
        await TestPlaces.shared.leave()
        throw error
    }
}

private func withNewDatabase<Value>(
    _ server: ConnectionConfiguration, template: String, _ body: (TestDatabase) async throws -> Value
) async throws -> Value {
    let name = "test_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "").prefix(20)
    let administration = ConnectionPool(server, size: 1)
    try await retryWhileTemplateIsBusy {
        try await administration.script("CREATE DATABASE \(name) TEMPLATE \(template)")
    }
    let drop = {
        try await administration.script("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        for role in try await administration.query(RolesOfTest(database: name)) {
            try await administration.script("DROP ROLE IF EXISTS \(role)")
        }
    }
    do {
        try await administration.script("GRANT CONNECT, TEMPORARY ON DATABASE \(name) TO \(serviceRoles(template))")
        let value = try await body(TestDatabase(configuration: server.with(database: name)))
        try await drop()
        await administration.close()
        return value
    } catch {
        // A cancelled test still drops its database.
        try await Task { try await drop() }.value
        throw error
    }
}

/// Gives a role of the tests the superuser's password, where there is one.
private func passwordClause(_ server: ConnectionConfiguration) -> String {
    server["password"].map { "PASSWORD '\($0.replacingOccurrences(of: "'", with: "''"))'" } ?? ""
}

private struct RolesOfTest: Statement {
    static let sql = """
        SELECT rolname FROM pg_roles WHERE starts_with(rolname, $1 || '_') OR rolname LIKE '%\\_' || right($1, 20)
        """
    let database: String
    func bind(into parameters: inout Parameters) { parameters.add(database) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// `CREATE DATABASE … TEMPLATE` does not copy the grants on the database itself. An empty database needs none.
private func serviceRoles(_ template: String) -> String {
    template == "template0"
        ? "PUBLIC"
        : "puente_owner, puente_operator, puente_reader, "
            + ServiceCatalogue.all.map(ServiceCatalogue.role(of:)).joined(separator: ", ")
}

/// PostgreSQL refuses to copy a template while another copy is being made or somebody is connected to it.
private func retryWhileTemplateIsBusy(_ body: () async throws -> Void) async throws {
    for attempt in 0... {
        do {
            return try await body()
        } catch let error as PostgresError where error.sqlState == "55006" && attempt < 100 {
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

/// Migrates one template database per state of the migrations, shared by all test processes.
actor TemplateDatabase {
    static let shared = TemplateDatabase()
    private var names: [String: Task<String, any Error>] = [:]

    func name(_ server: ConnectionConfiguration, _ migrations: [Migration]) async throws -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for checksum in migrations.map(\.checksum) + Routine.all.map(\.checksum) {
            hash = (hash ^ UInt64(bitPattern: checksum)) &* 0x100_0000_01b3
        }
        let name = "puente_template_" + String(hash, radix: 16)
        if let task = names[name] { return try await task.value }
        let task = Task { try await Self.make(name, server, migrations) }
        names[name] = task
        return try await task.value
    }

    private static func make(
        _ name: String, _ server: ConnectionConfiguration, _ migrations: [Migration]
    ) async throws -> String {
        let administration = ConnectionPool(server, size: 1)
        let building = "\(name)_building"
        // One session lock per cluster: two processes must not build the same template, nor create roles, at once.
        let finished = try await administration.transaction { transaction in
            try await transaction.script("SELECT pg_advisory_xact_lock(7236118437)")
            if try await transaction.queryOne(DatabaseExists(name: name)) == true { return true }
            let work = ConnectionPool(server, size: 1)
            try await work.script("DROP DATABASE IF EXISTS \(building) WITH (FORCE)")
            try await work.script("CREATE DATABASE \(building) TEMPLATE template0")
            try await Migrator(migrations: migrations, routines: Routine.all).migrate(server.with(database: building))
            if server["password"] != nil {
                for service in ServiceCatalogue.all {
                    try await work.script("ALTER ROLE \(ServiceCatalogue.role(of: service)) \(passwordClause(server))")
                }
            }
            try await retryWhileTemplateIsBusy {
                try await work.script("ALTER DATABASE \(building) RENAME TO \(name)")
            }
            await work.close()
            return true
        }
        await administration.close()
        precondition(finished)
        return name
    }
}

private struct RoleExists: Statement {
    static let sql = "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)"
    let name: String
    func bind(into parameters: inout Parameters) { parameters.add(name) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

private struct DatabaseExists: Statement {
    static let sql = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)"
    let name: String
    func bind(into parameters: inout Parameters) { parameters.add(name) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}
