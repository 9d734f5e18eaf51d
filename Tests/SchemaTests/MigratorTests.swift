import Postgres
import Schema
import TestSupport
import Testing

private struct MigrationCount: Statement {
    static let sql = "SELECT count(*) FROM public.schema_migration"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

@Test func migratingTwiceChangesNothing() async throws {
    try await withEmptyDatabase { database in
        let first = try await Migrator().migrate(database.configuration)
        #expect(first == SchemaChange(migrations: Migration.all.map(\.name), routines: Routine.all.map(\.name)))
        #expect(try await Migrator().pending(database.configuration).isEmpty)
        #expect(try await Migrator().migrate(database.configuration).isEmpty)
    }
}

@Test func twoMigratorsAtOnceApplyEachMigrationOnce() async throws {
    try await withEmptyDatabase { database in
        let applied = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<4 { group.addTask { try await Migrator().migrate(database.configuration).migrations } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(applied.sorted() == Migration.all.map(\.name))
        #expect(try await database.pool().queryOne(MigrationCount()) == Int64(Migration.all.count))
    }
}

@Test func aNewerDatabaseIsRefused() async throws {
    try await withEmptyDatabase { database in
        let future = Migration(name: "m9999_future", sql: "SELECT 1")
        try await Migrator(migrations: Migration.all + [future], routines: Routine.all).migrate(database.configuration)
        await #expect(throws: MigrationError.databaseIsNewer(unknown: ["m9999_future"])) {
            try await Migrator().migrate(database.configuration)
        }
    }
}

@Test func aChangedMigrationIsRefused() async throws {
    try await withEmptyDatabase { database in
        try await Migrator(migrations: [Migration(name: "m0001_a", sql: "SELECT 1")], routines: []).migrate(
            database.configuration)
        await #expect(throws: MigrationError.changed(name: "m0001_a")) {
            try await Migrator(migrations: [Migration(name: "m0001_a", sql: "SELECT 2")], routines: [])
                .migrate(database.configuration)
        }
    }
}

@Test func aMigrationThatWouldComeTooLateIsRefused() async throws {
    try await withEmptyDatabase { database in
        let second = Migration(name: "m0002_b", sql: "SELECT 1")
        try await Migrator(migrations: [second], routines: []).migrate(database.configuration)
        await #expect(throws: MigrationError.outOfOrder(name: "m0001_a", after: "m0002_b")) {
            try await Migrator(migrations: [Migration(name: "m0001_a", sql: "SELECT 1"), second], routines: [])
                .migrate(database.configuration)
        }
    }
}

@Test func aFailedMigrationLeavesNothingBehind() async throws {
    try await withEmptyDatabase { database in
        let broken = Migration(name: "m0001_a", sql: "CREATE TABLE half (id int); SELECT 1 / 0")
        await #expect(throws: PostgresError.self) {
            try await Migrator(migrations: [broken], routines: []).migrate(database.configuration)
        }
        let pending = try await Migrator(migrations: [broken], routines: []).pending(database.configuration)
        #expect(pending.migrations == ["m0001_a"])
        try await database.pool().script("CREATE TABLE half (id int)")
    }
}
