import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

/// `deploy/postgres` brings a server back, whatever its end left behind.
@Suite struct PrivateServerTests {
    @Test func aServerStartsAgainAlthoughAProcessOfTheOldOneIsStuck() async throws {
        try await withPrivateServer(durable: false) { server in
            let pool = ConnectionPool(server.configuration, size: 1)
            let stuck = try #require(try await pool.queryOne(BackendProcess()))
            let lockFile = try String(contentsOfFile: "\(server.directory)/postgres/postmaster.pid", encoding: .utf8)
            let first = try #require(lockFile.split(separator: "\n").first.flatMap { Int32($0) })
            // A stopped process does not hear that the first one is gone, and keeps the shared memory.
            #expect(Foundation.kill(stuck, SIGSTOP) == 0)
            #expect(Foundation.kill(first, SIGKILL) == 0)
            try await server.restart()
            await pool.close()
            let again = ConnectionPool(server.configuration, size: 1)
            #expect(try await again.queryOne(BackendProcess()) != stuck)
            await again.close()
        }
    }

    @Test func nothingOfAKilledServerIsLeft() async throws {
        try await withPrivateServer(durable: false) { server in
            let pool = ConnectionPool(server.configuration, size: 1)
            let backend = try #require(try await pool.queryOne(BackendProcess()))
            try await server.kill()
            let state = try? String(contentsOfFile: "/proc/\(backend)/stat", encoding: .utf8)
            #expect(state.map { $0.contains(") Z ") } ?? true)
            await pool.close()
            try await server.restart()
        }
    }

    @Test func startsAtTheSameTimeBringUpOneServer() async throws {
        try await withPrivateServer(durable: false) { server in
            try await server.kill()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 { group.addTask { try await server.restart() } }
                try await group.waitForAll()
            }
            let pool = ConnectionPool(server.configuration, size: 1)
            #expect(try await pool.queryOne(BackendProcess()) != nil)
            await pool.close()
        }
    }

    @Test func theAddressCanBeReadWhileAServerIsStartedAgain() async throws {
        try await withPrivateServer(durable: false) { server in
            let path = "\(server.directory)/postgres.url"
            let address = try String(contentsOfFile: path, encoding: .utf8)
            let isOver = Mutex(false)
            async let looking: Set<String?> = {
                var seen: Set<String?> = []
                while !isOver.withLock({ $0 }) {
                    seen.insert(try? String(contentsOfFile: path, encoding: .utf8))
                    await Task.yield()
                }
                return seen
            }()
            for _ in 0..<10 { try await server.restart() }
            isOver.withLock { $0 = true }
            #expect(await looking == [address])
        }
    }
}

private struct BackendProcess: Statement {
    static let sql = "SELECT pg_backend_pid()"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 { try row.int32(0) }
}
