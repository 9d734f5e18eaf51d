import Foundation
import Postgres
import Schema

/// A migrated database for one run.
enum ScratchDatabase {
    /// Makes it on a server, lends it, and drops it.
    static func with<Value: Sendable>(
        _ server: String, _ body: (ConnectionPool) async throws -> Value
    ) async throws -> Value {
        let server = try ConnectionConfiguration(url: server)
        let name = "statements_\(ProcessInfo.processInfo.processIdentifier)"
        let administration = ConnectionPool(server, size: 1)
        try await administration.script("CREATE DATABASE \(name) TEMPLATE template0")
        let pool = ConnectionPool(server.with(database: name), size: 1)
        let result: Result<Value, any Error>
        do {
            try await Migrator(migrations: Migration.all, routines: Routine.all).migrate(server.with(database: name))
            result = .success(try await body(pool))
        } catch {
            result = .failure(error)
        }
        await pool.close()
        try await administration.script("DROP DATABASE \(name) WITH (FORCE)")
        await administration.close()
        return try result.get()
    }
}
