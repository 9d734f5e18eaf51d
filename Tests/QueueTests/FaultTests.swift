import Foundation
import Postgres
import Queue
import Schema
import Synchronization
import TestSupport
import Testing

/// Randomised runs under faults, on a private server that is killed now and then.
///
/// `PUENTE_FAULT_SEEDS=1-1000` chooses the seeds; one number repeats one run.
@Suite struct FaultTests {
    private static let atOnce = 5

    @Test(.timeLimit(.minutes(30 + FaultTests.seeds.count / 5)))
    func everyInvariantHoldsAfterEveryFault() async throws {
        try await withPrivateServer { server in
            let administration = ConnectionPool(server.configuration, size: 2)
            try await administration.script("CREATE DATABASE fault_template TEMPLATE template0")
            try await Migrator().migrate(server.configuration.with(database: "fault_template"))
            let publishing = ConnectionPool(server.configuration.with(database: "fault_template"), size: 1)
            try await MethodCatalog.publish(FaultScenario.methods, publishing)
            await publishing.close()
            // The workers log in as the service, by the administrator's password.
            let word = (server.configuration["password"] ?? "").replacing("'", with: "''")
            try await administration.script("ALTER ROLE puente_transfers PASSWORD '\(word)'")
            let seeds = Seeds(Self.seeds)
            let restarts = Restarts(server)
            let copying = Copying(administration)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<Self.atOnce {
                    group.addTask {
                        while let seed = seeds.next() {
                            do {
                                let broken = try await run(seed, server, copying, restarts)
                                #expect(broken.isEmpty, "seed \(seed)")
                            } catch {
                                Issue.record("seed \(seed): \(error)")
                            }
                        }
                    }
                }
            }
            await administration.close()
        }
    }

    private static var seeds: [UInt64] {
        let text = ProcessInfo.processInfo.environment["PUENTE_FAULT_SEEDS"] ?? "1-50"
        let bounds = text.split(separator: "-").compactMap { UInt64($0) }
        guard let first = bounds.first, let last = bounds.last, first <= last else { return Array(1...50) }
        return Array(first...last)
    }

    private func run(
        _ seed: UInt64, _ server: PrivateServer, _ copying: Copying, _ restarts: Restarts
    ) async throws -> [String] {
        let name = "fault_\(seed)"
        try await copying.copy(name)
        let configuration = server.configuration.with(database: name)
        let pool = ConnectionPool(configuration, size: 4)
        let database = TestDatabase(configuration: configuration)
        let person = try await copying.person(database)
        let client = QueueClient(person)
        let operators = ConnectionPool(person, size: 1)
        let fixture = QueueFixture(
            database: database, pool: pool, person: person, client: client, operations: QueueOperations(operators))
        var restart: (@Sendable () async throws -> Void)?
        if seed % 10 == 0 { restart = { try await restarts.restart() } }
        let scenario = FaultScenario(seed: seed, queue: fixture, restartServer: restart)
        var broken: [String] = []
        do {
            try await scenario.run()
            broken = try await scenario.persistently { try await FaultInvariants.violations(pool) }
        } catch {
            broken = ["\(error)"]
        }
        await client.close()
        await operators.close()
        await pool.close()
        if broken.isEmpty { try? await copying.drop(name) }
        return broken
    }
}

/// Seeds that are still to be run.
final class Seeds: Sendable {
    private let left: Mutex<[UInt64]>
    init(_ seeds: [UInt64]) { left = Mutex(seeds.reversed()) }
    func next() -> UInt64? { left.withLock { $0.popLast() } }
}

/// Makes databases one at a time, and goes on after a restart.
actor Copying {
    private let pool: ConnectionPool
    init(_ pool: ConnectionPool) { self.pool = pool }

    func copy(_ name: String) async throws {
        try await again { try await self.pool.script("CREATE DATABASE \(name) TEMPLATE fault_template") }
    }

    /// The operator who sends a run's calls; made by an attempt whose answer was lost, perhaps.
    func person(_ database: TestDatabase) async throws -> ConnectionConfiguration {
        try await again { _ = try await database.person("ana") }
        return database.configuration(as: "\(database.name)_ana")
    }

    func drop(_ name: String) async throws {
        try await again { try await self.pool.script("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
    }

    private func again(_ body: @Sendable () async throws -> Void) async throws {
        for attempt in 0... {
            do {
                return try await body()
            } catch let error as PostgresError where attempt < 1000 && !["42P04", "42710"].contains(error.sqlState) {
                try await Task.sleep(for: .milliseconds(50))
            } catch let error as PostgresError where ["42P04", "42710"].contains(error.sqlState) {
                // Made before the connection was lost.
                return
            }
        }
    }
}

/// Kills and restarts the server, one restart at a time.
actor Restarts {
    private let server: PrivateServer
    private var last: Task<Void, any Error>?
    init(_ server: PrivateServer) { self.server = server }

    func restart() async throws {
        let task = Task { [last, server] in
            _ = await last?.result
            try await server.kill()
            try await server.restart()
        }
        last = task
        try await task.value
    }
}
