import Foundation
import Postgres
import Schema
import TestSupport
import Testing

/// A database that holds the rows of another one, or its own older rows, starts with payments paused.
@Suite struct RestoreTests {
    private func isPaused(_ database: TestDatabase) async throws -> [String] {
        let pool = database.pool(size: 1)
        let rows = try await pool.texts(
            of: """
                SELECT transfers.payments_paused() AS asked, (SELECT cause FROM transfers.payment_pause_v1) AS cause
                """)
        await pool.close()
        return rows
    }

    private func execute(_ database: TestDatabase, as role: String? = nil, _ script: String) async throws {
        let pool = database.pool(as: role, size: 1)
        do {
            try await pool.script(script)
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
    }

    private func withDump(of database: TestDatabase, _ body: (String) async throws -> Void) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(database.name).dump").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        let dump = try runProgram("pg_dump", ["-Fc", "-f", file], environment: database.environment)
        #expect(dump.status == 0, "\(dump.output)")
        try await body(file)
    }

    @Test func aDatabaseInUseIsNotPaused() async throws {
        try await withDatabase { database in
            #expect(try await isPaused(database) == ["(f,)"])
            for _ in 0..<3 { try await execute(database, as: "puente_transfers", "SELECT transfers.notice_restore()") }
            #expect(try await isPaused(database) == ["(f,)"])
        }
    }

    @Test func aDumpInAnotherDatabaseIsPausedBeforeAndAfterItIsNoticed() async throws {
        try await withDatabase { database in
            try await execute(database, "SELECT transfers.notice_restore()")
            try await withDump(of: database) { file in
                try await withSecondDatabase { copy in
                    let restore = try runProgram(
                        "pg_restore", ["--exit-on-error", "-d", copy.name, file], environment: copy.environment)
                    #expect(restore.status == 0, "\(restore.output)")
                    #expect(try await isPaused(copy) == ["(t,)"])
                    try await execute(copy, as: "puente_transfers", "SELECT transfers.notice_restore()")
                    #expect(try await isPaused(copy) == ["(t,restored)"])
                    try await execute(copy, "SELECT transfers.notice_restore()")
                    let pool = copy.pool(size: 1)
                    let events = try await pool.texts(
                        of:
                            "SELECT act, cause, said_by, details LIKE '%, now \(copy.name) %' FROM transfers.payment_pause_event"
                    )
                    #expect(events == ["(paused,restored,puente_transfers,t)"])
                    await pool.close()
                }
            }
        }
    }

    @Test func aDumpOverTheSameDatabaseIsNoticed() async throws {
        try await withDatabase { database in
            try await execute(database, "SELECT transfers.notice_restore()")
            try await withDump(of: database) { file in
                let schemas = (["rpc", "intake"] + ServiceCatalogue.all).joined(separator: ", ")
                try await execute(
                    database,
                    "DROP SCHEMA IF EXISTS \(schemas) CASCADE; DROP TABLE public.schema_migration, public.schema_routine"
                )
                let restore = try runProgram(
                    "pg_restore", ["--exit-on-error", "-d", database.name, file], environment: database.environment)
                #expect(restore.status == 0, "\(restore.output)")
                #expect(try await isPaused(database) == ["(t,)"])
            }
        }
    }

    @Test func aCopyWithinTheServerIsNoticed() async throws {
        try await withDatabase { database in
            try await execute(database, "SELECT transfers.notice_restore()")
            let server = TestDatabase(configuration: database.configuration.with(database: "postgres"))
            let copy = TestDatabase(configuration: database.configuration.with(database: "\(database.name)_copy"))
            try await execute(server, "CREATE DATABASE \(copy.name) TEMPLATE \(database.name)")
            let found = try await isPaused(copy)
            try await execute(server, "DROP DATABASE \(copy.name) WITH (FORCE)")
            #expect(found == ["(t,)"])
        }
    }

    @Test(arguments: ["timeline = timeline - 1", "system_identifier = system_identifier + 1"])
    func anotherServerOrTimelineIsNoticed(change: String) async throws {
        try await withDatabase { database in
            try await execute(database, "SELECT transfers.notice_restore()")
            try await execute(database, "UPDATE transfers.database_identity SET \(change)")
            #expect(try await isPaused(database) == ["(t,)"])
        }
    }

    @Test func evidenceFromOutsideTheDatabaseCounts() async throws {
        try await withDatabase { database in
            try await execute(database, "SELECT transfers.notice_restore()")
            try await execute(
                database, as: "puente_transfers", "SELECT transfers.notice_restore('restored', 'position 0/2, now 0/1')"
            )
            #expect(try await isPaused(database) == ["(t,restored)"])
        }
    }

    @Test func eventsAreKeptAndNobodyWritesThemDirectly() async throws {
        try await withDatabase { database in
            try await execute(database, "SELECT transfers.notice_restore('rehearsal')")
            #expect(try await isPaused(database) == ["(t,rehearsal)"])
            for statement in [
                "DELETE FROM transfers.payment_pause_event", "UPDATE transfers.payment_pause_event SET details = 'x'",
                "TRUNCATE transfers.payment_pause_event",
            ] {
                await #expect(throws: PostgresError.self) { try await execute(database, statement) }
            }
            for role in ["puente_transfers", "puente_coordination"] {
                await #expect(throws: PostgresError.self) {
                    try await execute(database, as: role, "UPDATE transfers.payment_pause SET paused = false")
                }
                await #expect(throws: PostgresError.self) {
                    try await execute(database, as: role, "SELECT transfers.continue_payments(1, 1, 'x')")
                }
            }
        }
    }
}
