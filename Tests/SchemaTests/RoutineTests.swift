import Postgres
import Schema
import TestSupport
import Testing

/// Routines are made anew as a whole: what changed is replaced, what no file declares any more is gone, tables stay.
@Suite struct RoutineTests {
    private func migrator(_ change: (String) -> String) -> Migrator {
        Migrator(
            migrations: Migration.all,
            routines: Routine.all.map {
                Routine(name: $0.name, sql: $0.name == "rpc/queue_ring" ? change($0.sql) : $0.sql)
            })
    }

    @Test func whatNoFileDeclaresAnyMoreIsGoneAndTheTablesStay() async throws {
        try await withEmptyDatabase { database in
            let pool = database.pool(size: 1)
            try await migrator {
                "\($0)\nCREATE FUNCTION rpc.for_a_while() RETURNS integer LANGUAGE sql AS 'SELECT 1';"
            }
            .migrate(database.configuration)
            try await pool.script("INSERT INTO transfers.outbox_trouble (directory, reason) VALUES ('d', 'full')")
            let there =
                "SELECT to_regprocedure('rpc.for_a_while()') IS NOT NULL, (SELECT reason FROM transfers.outbox_trouble)"
            #expect(try await pool.texts(of: there) == ["(t,full)"])
            let pending = try await Migrator().pending(database.configuration)
            #expect(pending == SchemaChange(routines: ["rpc/queue_ring"]))
            #expect(try await Migrator().migrate(database.configuration) == pending)
            #expect(try await pool.texts(of: there) == ["(f,full)"])
            await pool.close()
        }
    }

    @Test func aRoutineThatCannotBeMadeLeavesEverythingAsItWas() async throws {
        try await withDatabase { database in
            // It names a table that is not there: functions are checked once all are made.
            let broken = migrator {
                "\($0)\nCREATE FUNCTION rpc.broken() RETURNS integer LANGUAGE sql AS 'SELECT a FROM b';"
            }
            await #expect(throws: PostgresError.self) { try await broken.migrate(database.configuration) }
            let pending = try await Migrator().pending(database.configuration)
            #expect(pending.isEmpty)
            let pool = database.pool(size: 1)
            let views = "SELECT count(*) > 30 FROM pg_views WHERE schemaname IN ('transfers', 'coordination', 'rpc')"
            #expect(try await pool.texts(of: views) == ["(t)"])
            await pool.close()
        }
    }
}
