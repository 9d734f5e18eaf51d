import Foundation
import Postgres
import TestSupport
import Testing

private struct BackendNumber: Statement {
    static let sql = "SELECT pg_backend_pid()"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 { try row.int32(0) }
}

private struct Terminate: Statement {
    typealias Row = Never
    static let sql = "SELECT pg_terminate_backend($1, 5000)"
    let backend: Int32
    func bind(into parameters: inout Parameters) { parameters.add(backend) }
}

@Test func anIdleConnectionThatTheServerEndedIsReplaced() async throws {
    try await withEmptyDatabase { database in
        let pool = database.pool(size: 1)
        let other = database.pool(size: 1)
        let backend = try #require(try await pool.queryOne(BackendNumber()))
        try await other.execute(Terminate(backend: backend))
        let next = try await pool.queryOne(BackendNumber())
        #expect(next != nil && next != backend)
    }
}

@Test func aConnectionLostInATransactionIsReportedAndReplaced() async throws {
    try await withEmptyDatabase { database in
        let pool = database.pool(size: 1)
        let other = database.pool(size: 1)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.transaction { transaction in
                let backend = try #require(try await transaction.queryOne(BackendNumber()))
                try await other.execute(Terminate(backend: backend))
                try await transaction.execute(Sleep())
            }
        }
        #expect(error?.kind == .connection)
        let answer = try await pool.queryOne(Sum(values: [4]))?.first
        #expect(answer == 4)
    }
}

@Test func aListenerHearsAgainAfterItsConnectionBroke() async throws {
    try await withEmptyDatabase { database in
        let pool = database.pool(size: 1)
        let events = Listener(database.configuration.with(applicationName: "listener")).notifications(on: ["Work"])
        var reader = events.makeAsyncIterator()
        #expect(await reader.next() == .listening)
        try await pool.script(#"NOTIFY "Work", '1'"#)
        #expect(await reader.next() == .notification(channel: "Work", payload: "1"))
        try await pool.script(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = 'listener' AND datname = current_database()
            """)
        #expect(await reader.next() == .listening)
        try await pool.script(#"NOTIFY "Work", '2'"#)
        #expect(await reader.next() == .notification(channel: "Work", payload: "2"))
    }
}

@Test func cancellingTheTaskEndsACopy() async throws {
    try await withEmptyDatabase { database in
        let pool = database.pool(size: 1)
        let task = Task {
            try await pool.transaction { transaction in
                try await transaction.copyOut(
                    "COPY (SELECT pg_sleep(0.01) FROM generate_series(1, 3000)) TO STDOUT (FORMAT binary)"
                ) { _ in }
            }
        }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        let answer = try await pool.queryOne(Sum(values: [4]))?.first
        #expect(answer == 4)
    }
}

@Test func aValueThatTheServerRefusesInACopyIsTheServersError() async throws {
    try await withEmptyDatabase { database in
        let pool = database.pool(size: 1)
        try await pool.script(createItem)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.transaction { transaction in
                try await transaction.copyIn("COPY item FROM STDIN (FORMAT binary)") { writer in
                    for id in 0..<Int64(200_000) {
                        writer.startRow(columns: 2)
                        writer.add(id % 50_000)
                        writer.add("x")
                    }
                }
            }
        }
        #expect(error?.constraint == "item_pkey")
    }
}

@Test func aTaskThatStopsWaitingForAConnectionIsCancelled() async throws {
    try await withEmptyDatabase { database in
        let pool = database.pool(size: 1)
        try await pool.transaction { _ in
            let waiting = Task { try await pool.queryOne(BackendNumber()) }
            try await Task.sleep(for: .milliseconds(50))
            waiting.cancel()
            let error = await #expect(throws: PostgresError.self) { try await waiting.value }
            #expect(error?.kind == .cancelled)
        }
    }
}

@Test func aFailedSavepointUndoesOnlyItself() async throws {
    try await withEmptyDatabase { database in
        let pool = database.pool(size: 1)
        try await pool.script(createItem)
        try await pool.transaction { transaction in
            try await transaction.execute(InsertItem(id: 1, name: "a"))
            await #expect(throws: PostgresError.self) {
                try await transaction.savepoint { try await $0.execute(InsertItem(id: 1, name: "again")) }
            }
            try await transaction.execute(InsertItem(id: 2, name: "b"))
        }
        let answer = try await pool.queryOne(CountItems())
        #expect(answer == 2)
    }
}

@Test func aKilledServerLosesTheConnectionAndNoCommittedRow() async throws {
    try await withPrivateServer { server in
        let pool = ConnectionPool(server.configuration, size: 2)
        try await pool.script(createItem)
        try await pool.transaction { try await $0.executeMany((1...500).map { InsertItem(id: $0, name: "n") }) }
        try await server.kill()
        let error = await #expect(throws: PostgresError.self) { try await pool.queryOne(CountItems()) }
        #expect(error?.kind == .connection)
        try await server.restart()
        let answer = try await pool.queryOne(CountItems())
        #expect(answer == 500)
        await pool.close()
    }
}
