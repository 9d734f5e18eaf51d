import Contracts
import Foundation
import Postgres
import Queue
import Schema

/// Brings a database to the state that these programs need.
struct Deployment: Sendable {
    /// The four services, in the order in which they start.
    let site: Site
    let environment: [String: String]

    /// What a migration did.
    struct Outcome: Sendable {
        var applied = SchemaChange()
        /// Whether payments are paused.
        var isPaused = false
    }

    /// Makes the database if it is missing, applies the migrations, publishes the methods, notices whether this is a copy of
    /// another database, and sees to it that every service can log in. Run again, it changes nothing.
    func prepare() async throws -> Outcome {
        if site.isPrivate { try await makeDatabase() }
        let pool = ConnectionPool(site.administrator.with(applicationName: "puente migrate"), size: 2)
        do {
            var outcome = Outcome()
            let before = try await Roles.known(pool)
            outcome.applied = try await Migrator().migrate(site.administrator)
            try await MethodCatalog.publish(AllMethods.all, pool)
            outcome.isPaused = try await pool.queryOne(NoticeRestore(cause: "restored")) ?? false
            try await letIn(ServiceCatalogue.all, known: before, pool)
            await pool.close()
            return outcome
        } catch {
            await pool.close()
            throw error
        }
    }

    /// Sees to it that services can log in, without changing the password of a role that has one. `known`: the roles that were
    /// there before; nil: all were.
    func letIn(_ services: [String], known: Set<String>? = nil, _ pool: ConnectionPool) async throws {
        let roles = Roles(site: site, pool: pool)
        for service in services {
            let isNew = known.map { !$0.contains("puente_\(service)") } ?? false
            try await roles.letIn(service, isNew: isNew, environment: environment)
        }
    }

    /// Makes the private server's database if it is missing.
    func makeDatabase() async throws {
        let pool = ConnectionPool(site.administrator.with(database: "postgres"), size: 1)
        do {
            let found = try await pool.query(FindDatabase(name: Site.databaseName))
            if found.isEmpty { try await pool.script("CREATE DATABASE \(Site.databaseName)") }
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }
}

/// Has the database compare itself with the one that its rows were last used in. True: payments are paused.
struct NoticeRestore: Statement {
    static let sql = "SELECT transfers.notice_restore($1, $2)"
    let cause: String
    var evidence: String?
    func bind(into parameters: inout Parameters) {
        parameters.add(cause)
        parameters.add(evidence)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

/// Whether a database exists.
private struct FindDatabase: Statement {
    static let sql = "SELECT 1::bigint FROM pg_database WHERE datname = $1"
    let name: String
    func bind(into parameters: inout Parameters) { parameters.add(name) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}
