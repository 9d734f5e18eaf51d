import Contracts
import Postgres
import Queue
import Synchronization
import TestSupport

/// Methods that exist only here, and handlers made of closures.
enum Probe {
    static func method<Response: Message>(
        _ name: String, kind: MethodKind = .unary, returning: Response.Type = CommonV1.Money.self,
        _ change: (inout MethodPolicy) -> Void = { _ in }
    ) -> Method<CommonV1.Money, Response> {
        var policy = MethodPolicy()
        policy.priority = 5
        policy.allowedRoles = ["operator", "transfers"]
        policy.deadline = .seconds(30)
        change(&policy)
        return Method(name: "puente.transfers.v1.Probe/\(name)", kind: kind, policy: policy)
    }

    static let echo = method("Echo")
    static let note = method("Note", kind: .oneWay, returning: CommonV1.Empty.self)
    static let other = method("Other", kind: .oneWay, returning: CommonV1.Empty.self)
    static let count = method("Count", kind: .serverStreaming)
    static let answered = Method<RPCV1.Continuation, CommonV1.Empty>(
        name: "puente.transfers.v1.Probe/Answered", kind: .oneWay, policy: note.policy)

    static func retry(_ attempts: Int32, codes: [String] = ["UNAVAILABLE"], backoff: Duration = .milliseconds(20))
        -> RPCV1.RetryPolicy
    {
        RPCV1.RetryPolicy(
            maxAttempts: attempts, initialBackoff: backoff, maxBackoff: .seconds(1), multiplierHundredths: 200,
            retryableCodes: codes)
    }
}

/// A database with published probe methods, and clients and workers on it.
struct QueueFixture: Sendable {
    let database: TestDatabase
    /// The superuser's: to look at tables, to damage and to mend them. To the queue a superuser is nobody.
    let pool: ConnectionPool
    /// An operator, as the client and the operations know them.
    let person: ConnectionConfiguration
    let client: QueueClient
    let operations: QueueOperations

    /// Makes what follows in a script the act of a worker of service transfers.
    static let asWorker = "SET LOCAL SESSION AUTHORIZATION puente_transfers;"

    /// Runs a worker of service transfers while the body runs, then drains it.
    func serving<Value: Sendable>(
        _ router: Router, _ options: WorkerOptions = .init(), _ body: () async throws -> Value
    ) async throws -> Value {
        let worker = Worker(
            service: "transfers", router: router, configuration: database.configuration(as: "puente_transfers"),
            options: options)
        let task = Task { try await worker.run() }
        do {
            try await waitUntil("the worker serves") { try await isServed(router.methods) }
            let value = try await body()
            task.cancel()
            try await task.value
            return value
        } catch {
            task.cancel()
            _ = await task.result
            throw error
        }
    }

    private func isServed(_ methods: [String]) async throws -> Bool {
        try await operations.statistics().filter { methods.contains($0.method) }.allSatisfy(\.isServed)
    }

    /// Waits until the condition holds; fails after forty seconds.
    func waitUntil(_ what: String, _ condition: () async throws -> Bool) async throws {
        let giveUp = ContinuousClock.now + .seconds(40)
        while !(try await condition()) {
            guard ContinuousClock.now < giveUp else { throw TimedOut(what: what) }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    func execute(_ sql: String) async throws { try await pool.script(sql) }
}

struct TimedOut: Error, CustomStringConvertible {
    let what: String
    var description: String { "gave up waiting until \(what)" }
}

func withQueue<Value: Sendable>(
    _ methods: [any AnyMethod], _ body: (QueueFixture) async throws -> Value
) async throws -> Value {
    try await withDatabase { database in
        let pool = database.pool()
        let person = try await database.person("ana")
        let client = QueueClient(person)
        let operators = ConnectionPool(person, size: 4)
        try await MethodCatalog.publish(methods, pool)
        try await pool.script("GRANT ALL ON SCHEMA public TO PUBLIC")
        let result: Result<Value, any Error>
        do {
            result = .success(
                try await body(
                    QueueFixture(
                        database: database, pool: pool, person: person, client: client,
                        operations: QueueOperations(operators))))
        } catch {
            result = .failure(error)
        }
        await client.close()
        await operators.close()
        await pool.close()
        return try result.get()
    }
}

/// A list that handlers add to from any task.
final class Record<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])
    var all: [Element] { elements.withLock { $0 } }
    func add(_ element: Element) { elements.withLock { $0.append(element) } }
}
