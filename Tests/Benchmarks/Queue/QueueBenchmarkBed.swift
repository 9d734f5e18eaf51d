import Contracts
import Foundation
import Postgres
import Queue
import Schema

/// Methods that only the benchmark serves.
enum BenchmarkMethods {
    static let note = method("Note", CommonV1.Empty.self, .oneWay)
    static let echo = method("Echo", CommonV1.Money.self, .unary)
    static let echoInBatches = method("EchoInBatches", CommonV1.Money.self, .unary)
    /// Its handler waits for something outside the database.
    static let wait = method("Wait", CommonV1.Empty.self, .oneWay)
    static let all: [any AnyMethod] = [note, echo, echoInBatches, wait]

    private static func method<Response: Message>(
        _ name: String, _ response: Response.Type, _ kind: MethodKind
    ) -> Method<CommonV1.Money, Response> {
        var policy = MethodPolicy()
        policy.priority = 5
        policy.batchSize = 500
        policy.allowedRoles = ["operator", "transfers"]
        return Method(name: "puente.transfers.v1.Bench/\(name)", kind: kind, policy: policy)
    }
}

/// A migrated database with the benchmark's methods.
struct QueueBenchmarkBed: Sendable {
    let server: ConnectionConfiguration
    let options: QueueBenchmarkOptions
    let results = QueueResults()

    init(_ server: ConnectionConfiguration, _ options: QueueBenchmarkOptions) {
        self.server = server
        self.options = options
    }

    /// The administrator of a database: for what is measured beside the queue, which the queue's own role may not do.
    func administrator(of name: String) -> ConnectionConfiguration { server.with(database: name) }

    /// Runs the body with a fresh, migrated database, as the service that calls and works, and with its administrator's pool.
    func withDatabase<Value>(
        _ name: String, _ body: (ConnectionConfiguration, ConnectionPool) async throws -> Value
    ) async throws -> Value {
        let administration = ConnectionPool(server, size: 1)
        try await administration.script("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        try await administration.script("CREATE DATABASE \(name) TEMPLATE template0")
        let database = server.with(database: name)
        try await Migrator().migrate(database)
        let pool = ConnectionPool(database, size: 4)
        try await MethodCatalog.publish(BenchmarkMethods.all, pool)
        try await administration.script("CHECKPOINT")
        // A superuser is nobody to the queue; the service calls itself, as it calls others.
        var service = database.with(user: "puente_transfers")
        service["password"] = database["password"]
        if let password = database["password"] {
            let quoted = password.replacing("'", with: "''")
            try await administration.script("ALTER ROLE puente_transfers PASSWORD '\(quoted)'")
        }
        try await administration.script("GRANT CONNECT ON DATABASE \(name) TO puente_transfers")
        let result: Result<Value, any Error>
        do { result = .success(try await body(service, pool)) } catch { result = .failure(error) }
        await pool.close()
        try await administration.script("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        await administration.close()
        return try result.get()
    }

    /// Sends `count` one-way calls, a thousand a statement.
    func fill(
        _ database: ConnectionConfiguration, _ method: Method<CommonV1.Money, CommonV1.Empty>, _ count: Int
    ) async throws {
        let client = QueueClient(database)
        var sent = 0
        while sent < count {
            let size = min(1000, count - sent)
            try await client.sendAll(method, (0..<size).map { .init(minorUnits: Int64(sent + $0), currency: "PEN") })
            sent += size
        }
        await client.close()
    }

    /// Waits until no call waits or runs; calls per second from first claim to last outcome.
    func finishRate(_ pool: ConnectionPool) async throws -> Double {
        let giveUp = ContinuousClock.now + .seconds(600)
        while try await pool.queryOne(CountUnfinished()) ?? 0 > 0 {
            guard ContinuousClock.now < giveUp else { throw QueueBenchmarkFailure("the calls did not finish") }
            try await Task.sleep(for: .milliseconds(50))
        }
        return try await pool.queryOne(MeasureFinished()) ?? 0
    }
}

/// Reads the small tables that work moves through: reading all outcomes would disturb what is measured.
struct CountUnfinished: Statement {
    static let sql = "SELECT (SELECT count(*) FROM rpc.ready) + (SELECT count(*) FROM rpc.lease)"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

struct MeasureFinished: Statement {
    static let sql = """
        SELECT (count(*) / extract(epoch FROM max(finished_at) - min(started_at)) * 1000)::bigint
        FROM rpc.outcome WHERE worker_id IS NOT NULL
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Double { Double(try row.int64(0)) / 1000 }
}

/// A worker in a process of its own.
final class QueueWorkerProcess {
    private let process = Process()

    init(_ database: ConnectionConfiguration, concurrency: Int = 4, batch: Int = 500) throws {
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments = ["queue-worker", String(concurrency), String(batch)]
        var environment = ProcessInfo.processInfo.environment
        for (name, keyword) in [
            ("PGHOST", "host"), ("PGPORT", "port"), ("PGUSER", "user"), ("PGDATABASE", "dbname"),
            ("PGPASSWORD", "password"),
        ] { environment[name] = database[keyword] }
        process.environment = environment
        try process.run()
    }

    func stop() {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }
}

/// The child's side: `puente-bench queue-worker CONCURRENCY BATCH`, with PG… in the environment.
enum QueueBenchmarkWorker {
    static func run(arguments: [String]) async throws {
        guard arguments.count == 2, let concurrency = Int(arguments[0]), let batch = Int(arguments[1]) else {
            throw QueueBenchmarkFailure("usage: queue-worker CONCURRENCY BATCH")
        }
        var router = Router()
        router.register(batch: BenchmarkMethods.note) { requests, _ in requests.map { _ in CommonV1.Empty() } }
        router.register(batch: BenchmarkMethods.echoInBatches) { requests, _ in requests }
        router.register(BenchmarkMethods.echo) { request, _ in request }
        router.register(BenchmarkMethods.wait) { _, _ in
            try await Task.sleep(for: .milliseconds(25))
            return CommonV1.Empty()
        }
        let worker = Worker(
            service: "transfers", router: router, configuration: try ConnectionConfiguration(url: "postgresql://"),
            options: WorkerOptions(concurrency: concurrency, largestBatch: batch) { event in
                switch event {
                case .serving, .attemptFailed, .recovered, .reaped, .draining, .stopped: break
                case .unexpected, .leasesLost, .databaseTrouble: queueSay("worker: \(event)")
                }
            })
        let task = Task { try await worker.run() }
        signal(SIGTERM, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGTERM)
        source.setEventHandler { task.cancel() }
        source.resume()
        try await task.value
        // As in the services: the libraries' exit handlers would free what closing connections use.
        fflush(nil)
        _exit(0)
    }
}
