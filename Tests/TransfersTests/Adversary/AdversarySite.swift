import Contracts
import CoordinationService
import Foundation
import Postgres
import Queue
import TestSupport
import TransfersService

/// A database with both services in this process, which can be killed, stopped, cut off, and set back to an earlier state;
/// and people who use them.
final class AdversarySite {
    let database: TestDatabase
    let outbox: String
    /// The superuser, who looks at everything and is asked by no service.
    private(set) var watcher: ConnectionPool
    private var people: [AdversaryMove.Person: ConnectionConfiguration] = [:]
    private var clients: [AdversaryMove.Person: QueueClient] = [:]
    /// The first person's own connection, for uploads and for the queue.
    private(set) var operatorPool: ConnectionPool
    private var workers: [AdversaryMove.Service: (worker: Worker, task: Task<Void, Never>)] = [:]
    private(set) var hasSnapshot = false
    /// What services said that is nobody's doing.
    let unexpected = AdversaryLog()

    init(_ database: TestDatabase, outbox: String) async throws {
        self.database = database
        self.outbox = outbox
        watcher = database.pool(size: 1)
        for person in AdversaryMove.Person.allCases {
            people[person] = try await database.person(person.rawValue)
        }
        operatorPool = ConnectionPool(people[.ana]!, size: 1)
        connect()
    }

    private func connect() {
        clients = people.mapValues { QueueClient($0, connections: 1) }
    }

    func client(_ person: AdversaryMove.Person) -> QueueClient { clients[person]! }

    /// Nobody waits longer than this for an answer; who serves nothing is not waited for.
    func options(_ service: AdversaryMove.Service) -> CallOptions {
        isServed(service) ? CallOptions(deadline: .seconds(20), waitForReady: true) : CallOptions(deadline: .seconds(1))
    }

    /// The first column of a query's rows, as texts.
    func rows(_ query: String) async throws -> [String] {
        let found = AdversaryLog()
        try await watcher.transaction { transaction in
            try await transaction.copyOut(
                "COPY (SELECT q.line::text FROM (\(query)) AS q (line)) TO STDOUT (FORMAT binary)"
            ) {
                found.note(try $0.string(0))
            }
        }
        return found.lines
    }

    /// A query's one number.
    func number(_ query: String) async throws -> Int64 { try await rows(query).first.flatMap { Int64($0) } ?? 0 }

    // MARK: Services

    func isServed(_ service: AdversaryMove.Service) -> Bool { workers[service] != nil }

    func start(_ service: AdversaryMove.Service) {
        guard workers[service] == nil else { return }
        var router = Router()
        switch service {
        case .transfers:
            TransfersService.register(
                on: &router, environment: TransfersEnvironment(outboxDirectory: outbox, householdsPerChunk: 8))
        case .coordination: CoordinationService.register(on: &router)
        }
        let log = unexpected
        let options = WorkerOptions(
            concurrency: 3, heartbeat: .milliseconds(150), expiry: .milliseconds(1_200), poll: .milliseconds(50),
            drain: .seconds(10)
        ) { event in
            if case .unexpected(let call, let method, let description) = event {
                log.note("call \(call) of \(method): \(description)")
            }
        }
        let worker = Worker(
            service: service.rawValue, router: router,
            configuration: database.configuration(as: "puente_\(service)"), options: options)
        let task = Task {
            do {
                try await worker.run()
            } catch is CancellationError {
                // It was killed.
            } catch {
                log.note("the worker of \(service) ended: \(error)")
            }
        }
        workers[service] = (worker, task)
    }

    /// Lets a service finish what it does, and take no more.
    func stop(_ service: AdversaryMove.Service) async {
        guard let (_, task) = workers.removeValue(forKey: service) else { return }
        task.cancel()
        await task.value
    }

    /// Ends a service at whatever it does, as SIGKILL would.
    func kill(_ service: AdversaryMove.Service) async {
        guard let (worker, task) = workers.removeValue(forKey: service) else { return }
        worker.kill()
        await task.value
    }

    /// Ends the sessions of a service on the server.
    func cut(_ service: AdversaryMove.Service) async throws {
        _ = try await rows(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND usename = 'puente_\(service)'
            """)
    }

    /// Waits, a short time at most, until the queue has nothing that goes on by itself within so many seconds.
    func quiet(dueWithin seconds: Int = 1, for limit: Duration = .seconds(4)) async throws {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end, AdversaryMove.Service.allCases.allSatisfy(isServed) {
            let busy = try await number(
                """
                SELECT count(*) FROM rpc.unfinished AS open
                WHERE open.state <> 'scheduled' OR open.due_at < now() + interval '\(seconds) s'
                """)
            if busy == 0 { return }
            try await Task.sleep(for: .milliseconds(15))
        }
    }

    // MARK: Copies

    private var copy: String { "\(database.name)_copy" }

    /// Copies the database as it is, with the services stopped.
    func snapshot() async throws {
        try await withClosedDatabase { server in
            try await server.script("DROP DATABASE IF EXISTS \(copy) WITH (FORCE)")
            try await clone(database.name, to: copy, server)
        }
        hasSnapshot = true
    }

    /// Puts the copy in the place of the database; the outbox and the bank stay as they are.
    func restore() async throws {
        try await withClosedDatabase { server in
            try await server.script("DROP DATABASE \(database.name) WITH (FORCE)")
            try await clone(copy, to: database.name, server)
        }
    }

    private func clone(_ name: String, to target: String, _ server: ConnectionPool) async throws {
        try await server.script("CREATE DATABASE \(target) TEMPLATE \(name)")
        try await server.script(
            """
            GRANT CONNECT, TEMPORARY ON DATABASE \(target)
            TO puente_owner, puente_coordination, puente_transfers, puente_operator, puente_reader
            """)
    }

    private func withClosedDatabase(_ body: (ConnectionPool) async throws -> Void) async throws {
        for service in AdversaryMove.Service.allCases { await stop(service) }
        await closePools()
        let server = ConnectionPool(try testServer(), size: 1)
        try await server.script(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname IN ('\(database.name)', '\(copy)') AND pid <> pg_backend_pid()
            """)
        try await body(server)
        await server.close()
        watcher = database.pool(size: 1)
        operatorPool = ConnectionPool(people[.ana]!, size: 1)
        connect()
        // As the service's program does before it serves.
        try await watcher.script("SELECT transfers.notice_restore()")
        for service in AdversaryMove.Service.allCases { start(service) }
    }

    private func closePools() async {
        for client in clients.values { await client.close() }
        await operatorPool.close()
        await watcher.close()
    }

    /// Stops everything; the copy is dropped.
    func close() async throws {
        for service in AdversaryMove.Service.allCases { await stop(service) }
        await closePools()
        guard hasSnapshot else { return }
        let server = ConnectionPool(try testServer(), size: 1)
        try await server.script("DROP DATABASE IF EXISTS \(copy) WITH (FORCE)")
        await server.close()
    }
}

/// What was said, by whoever.
final class AdversaryLog: @unchecked Sendable {
    private let lock = NSLock()
    private var said: [String] = []

    func note(_ text: String) { lock.withLock { said.append(text) } }
    var lines: [String] { lock.withLock { said } }
}
