import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

private struct Answer: Statement {
    static let sql = "SELECT 42::bigint"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

private struct AddItem: Statement {
    typealias Row = Never
    static let sql = "INSERT INTO item VALUES (1)"
}

/// Sessions that are no longer, or never were, what the program needs.
@Suite struct SessionTests {
    @Test func aSessionThatBecameReadOnlyIsDroppedAndANewOneOpened() async throws {
        try await withEmptyDatabase { database in
            let pool = database.pool(size: 1)
            try await pool.script("CREATE TABLE item (n bigint)")
            try await pool.execute(AddItem())
            try await pool.script("SET default_transaction_read_only = on")
            let error = await #expect(throws: PostgresError.self) { try await pool.execute(AddItem()) }
            #expect(error?.kind == .connection)
            #expect(error?.sqlState == "25006")
            #expect(try await pool.execute(AddItem()) == 1)
            // In a transaction, and with the statement that ends one.
            try await pool.script("SET default_transaction_read_only = on")
            await #expect(throws: PostgresError.self) {
                try await pool.transaction { try await $0.execute(AddItem()) }
            }
            #expect(try await pool.transaction { try await $0.execute(AddItem()) } == 1)
        }
    }

    @Test func aTransactionThatWasToWriteNothingKeepsItsSession() async throws {
        try await withEmptyDatabase { database in
            let pool = database.pool(size: 1)
            try await pool.script("CREATE TABLE item (n bigint); SET puente.mark = 'here'")
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction(isolation: .snapshot) { try await $0.execute(AddItem()) }
            }
            #expect(error?.kind == .server)
            #expect(try await pool.texts(of: "SELECT current_setting('puente.mark', true) AS mark") == ["(here)"])
        }
    }

    @Test(arguments: ["transaction", "statement"])
    func aPoolerThatSharesSessionsIsRefusedInClearWords(mode: String) async throws {
        try await withEmptyDatabase { database in
            try await withPooler(database, mode: mode) { configuration in
                let pool = ConnectionPool(configuration, size: 1)
                let error = await #expect(throws: PostgresError.self) { try await pool.query(Answer()) }
                #expect(error == .sharedSession || mode == "statement" && error != nil, "\(String(describing: error))")
                await pool.close()
            }
        }
    }

    @Test func aPoolerThatKeepsSessionsIsTaken() async throws {
        try await withEmptyDatabase { database in
            try await withPooler(database, mode: "session") { configuration in
                let pool = ConnectionPool(configuration, size: 2)
                let answers = try await pool.query(Answer())
                #expect(answers == [42])
                await pool.close()
            }
        }
    }
}

/// Runs PgBouncer before the database while the body runs.
private func withPooler(
    _ database: TestDatabase, mode: String, _ body: (ConnectionConfiguration) async throws -> Void
) async throws {
    let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("pooler-\(UUID().uuidString.prefix(8))").path
    try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let server = database.configuration
    let user = server.user ?? "postgres"
    var target = "host=\(server["host"] ?? "127.0.0.1") port=\(server["port"] ?? "5432") dbname=\(database.name)"
    target += " user=\(user)" + (server["password"].map { " password=\($0)" } ?? "")
    let settings = """
        [databases]
        \(database.name) = \(target)
        [pgbouncer]
        listen_addr =
        unix_socket_dir = \(directory)
        listen_port = 6432
        auth_type = any
        pool_mode = \(mode)
        default_pool_size = 5
        ignore_startup_parameters = extra_float_digits,options

        """
    let file = "\(directory)/pgbouncer.ini"
    try settings.write(toFile: file, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/sbin/pgbouncer")
    // It does not run as root.
    process.arguments = (getuid() == 0 ? ["-u", "postgres"] : []) + ["-q", file]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer {
        // A child inherits the signals that this thread blocks, SIGTERM among them.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
    var configuration = try ConnectionConfiguration(url: "postgresql:///\(database.name)")
    configuration["host"] = directory
    configuration["port"] = "6432"
    configuration.user = user
    while !FileManager.default.fileExists(atPath: "\(directory)/.s.PGSQL.6432") {
        guard process.isRunning else { throw PostgresError(kind: .usage, message: "pgbouncer did not start") }
        try await Task.sleep(for: .milliseconds(10))
    }
    try await body(configuration)
}
