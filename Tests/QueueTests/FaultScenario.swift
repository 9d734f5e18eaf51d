import Contracts
import Postgres
import Queue
import Synchronization
import TestSupport

/// Numbers from a seed, so that a failing run can be repeated. SplitMix64, after Steele, Lea and Flood (2014).
struct SeededNumbers: RandomNumberGenerator, Sendable {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// One randomised run: workers that die or whose clocks are wrong, connections that are cut, heartbeats that are late,
/// notifications that are lost, servers that restart. What must hold afterwards is in `FaultInvariants`.
struct FaultScenario: Sendable {
    static let free = Probe.method("Free", kind: .oneWay, returning: CommonV1.Empty.self) {
        $0.retry = Probe.retry(4, backoff: .milliseconds(10))
    }
    static let ordered = Probe.method("Ordered", kind: .oneWay, returning: CommonV1.Empty.self) {
        $0.retry = Probe.retry(6, backoff: .milliseconds(10))
        $0.orderingKey = "currency"
    }
    static let limited = Probe.method("Limited", kind: .oneWay, returning: CommonV1.Empty.self) {
        $0.retry = Probe.retry(4, backoff: .milliseconds(10))
        $0.maxConcurrency = 2
    }
    static let batched = Probe.method("Batched", kind: .oneWay, returning: CommonV1.Empty.self) {
        $0.retry = Probe.retry(4, backoff: .milliseconds(10))
        $0.batchSize = 20
    }
    static let child = Probe.method("Child", kind: .oneWay, returning: CommonV1.Empty.self) {
        $0.retry = Probe.retry(4, backoff: .milliseconds(10))
    }
    static let methods: [any AnyMethod] = [free, ordered, limited, batched, child]

    let seed: UInt64
    let queue: QueueFixture
    /// Restarts the server; nil when this run may not.
    let restartServer: (@Sendable () async throws -> Void)?

    static let tables = """
        CREATE TABLE IF NOT EXISTS public.effect (
            call_id bigint NOT NULL, began_at timestamptz NOT NULL,
            seq bigint GENERATED ALWAYS AS IDENTITY);
        CREATE TABLE IF NOT EXISTS public.cancelled (call_id bigint NOT NULL);
        GRANT USAGE ON SCHEMA public TO PUBLIC; GRANT ALL ON public.effect, public.cancelled TO PUBLIC
        """

    private func router() -> Router {
        var router = Router()
        for method in [Self.free, Self.ordered, Self.limited, Self.child] {
            router.register(method) { request, call in
                try await Self.work(request, call.info, call.transaction)
                if method.name == Self.free.name, request.minorUnits % 3 == 0 {
                    try await call.send(Self.child, .init(minorUnits: 1))
                }
                return CommonV1.Empty()
            }
        }
        router.register(batch: Self.batched) { requests, batch in
            for (request, call) in zip(requests, batch.calls) { try await Self.work(request, call, batch.transaction) }
            return requests.map { _ in CommonV1.Empty() }
        }
        return router
    }

    /// What a handler does depends on its request and attempt only: some fail once, some always, some take a while.
    private static func work(
        _ request: CommonV1.Money, _ call: CallInfo, _ transaction: borrowing Transaction
    ) async throws {
        try await transaction.execute(AddEffect(call: call.id))
        let kind = request.minorUnits % 11
        if kind == 1, call.attempt < 3 { throw RPCError.unavailable("Not yet.") }
        if kind == 2 { throw RPCError.unavailable("Never.") }
        if kind == 3 { throw RPCError.invalidArgument("Wrong.") }
        if kind > 6 { try await transaction.execute(Doze(seconds: Double(kind) / 500)) }
    }

    func run() async throws {
        var numbers = SeededNumbers(seed: seed)
        try await persistently { try await queue.execute(Self.tables) }
        let workers = Workers(router: router(), configuration: queue.database.configuration(as: "puente_transfers"))
        for _ in 0..<3 { workers.add(&numbers) }
        let sender = Task { [numbers] in try await send(numbers) }
        for _ in 0..<Int.random(in: 4...8, using: &numbers) {
            try await Task.sleep(for: .milliseconds(Int.random(in: 30...200, using: &numbers)))
            switch Int.random(in: 0..<10, using: &numbers) {
            case 0...3:
                workers.killOne(&numbers)
                workers.add(&numbers)
            case 4...6: await cutConnections(share: Double.random(in: 0.1...1, using: &numbers))
            case 7...8: delayHeartbeats(for: .milliseconds(Int.random(in: 300...900, using: &numbers)))
            default: try await restartServer?()
            }
            try? await queue.execute("SELECT rpc.compact(0)")
        }
        try await sender.value
        do {
            try await wait("every call is finished") { try await queue.pool.queryOne(CountUnfinished()) }
            try await wait("nothing is left behind") { try await queue.pool.queryOne(CountLeftBehind()) }
        } catch {
            var left: [String]
            do {
                left = try await queue.pool.query(ShowUnfinished())
                left += try await queue.pool.query(ShowSessions())
            } catch {
                left = ["what is left cannot be read: \(error)"]
            }
            await workers.stop()
            throw StuckCalls(error: "\(error)", left: left + workers.reports)
        }
        await workers.stop()
    }

    /// Waits until the count is zero; fails when it is not after forty seconds with a server that answers. One that another run
    /// has restarted may need as long by itself until it does, on a machine that is busy.
    private func wait(_ what: String, _ count: () async throws -> Int64?) async throws {
        var giveUp = ContinuousClock.now + .seconds(40)
        while true {
            do {
                if try await count() == 0 { return }
            } catch let error as PostgresError where error.kind == .connection {
                giveUp = ContinuousClock.now + .seconds(40)
            }
            guard ContinuousClock.now < giveUp else { throw TimedOut(what: what) }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Sends calls with keys, so that sending again after a lost connection is harmless; cancels a few.
    private func send(_ seeded: SeededNumbers) async throws {
        var numbers = seeded
        for n in 0..<60 {
            let method = [Self.free, Self.ordered, Self.limited, Self.batched].randomElement(using: &numbers)
            let key = ["A", "B", "C"].randomElement(using: &numbers) ?? "A"
            var options = CallOptions(idempotencyKey: "\(seed)/\(n)")
            let draw = Int.random(in: 0..<12, using: &numbers)
            // A call for later has its place among the calls of its key when it comes, not when it was made.
            if draw == 0, method?.name != Self.ordered.name { options.notBefore = .milliseconds(100) }
            if draw == 1 { options.deadline = .milliseconds(Int64.random(in: 5...300, using: &numbers)) }
            guard let method else { continue }
            let id = try await persistently {
                try await queue.client.send(method, .init(minorUnits: Int64(n), currency: key), options)
            }
            if draw == 2, try await persistently({ try await queue.client.cancel(id) }) {
                _ = try await persistently { try await queue.pool.execute(NoteCancellation(call: id)) }
            }
            if n % 6 == 0 { try await Task.sleep(for: .milliseconds(Int.random(in: 0...60, using: &numbers))) }
        }
    }

    /// Again and again while connections are being cut or the server restarts.
    func persistently<Value>(_ body: () async throws -> Value) async throws -> Value {
        let giveUp = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try await body()
            } catch let error as PostgresError where error.kind == .connection && ContinuousClock.now < giveUp {
                try await Task.sleep(for: .milliseconds(25))
            } catch let error as RPCError where error.code == .unavailable && ContinuousClock.now < giveUp {
                try await Task.sleep(for: .milliseconds(25))
            }
        }
    }

    private func cutConnections(share: Double) async {
        _ = try? await queue.pool.script(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < \(share)
            """)
    }

    /// A lock on the workers' rows makes heartbeats wait until they are too late.
    private func delayHeartbeats(for duration: Duration) {
        let pool = queue.pool
        let seconds = duration / .seconds(1)
        Task {
            _ = try? await pool.transaction { (transaction: borrowing Transaction) in
                try await transaction.script("SELECT FROM rpc.worker FOR UPDATE")
                try await transaction.execute(Doze(seconds: seconds))
            }
        }
    }
}

/// The workers of a scenario.
final class Workers: Sendable {
    private let router: Router
    private let configuration: ConnectionConfiguration
    private let running = Mutex<[(worker: Worker, task: Task<Void, any Error>)]>([])
    private let said = Mutex<[String]>([])
    /// What the workers reported last.
    var reports: [String] { said.withLock { $0 } }

    init(router: Router, configuration: ConnectionConfiguration) {
        self.router = router
        self.configuration = configuration
    }

    /// A worker that hears some notifications only, and whose clock goes wrong.
    func add(_ numbers: inout SeededNumbers) {
        let share = Double.random(in: 0...1, using: &numbers)
        let clock = SkewedClock(&numbers)
        var options = WorkerOptions(
            concurrency: 3, heartbeat: .milliseconds(100), expiry: .milliseconds(500), poll: .milliseconds(50))
        options.hears = { Double.random(in: 0..<1) < share }
        options.clock = { clock.now }
        let tag = "worker \(numbers.next() % 1000)"
        options.report = { [weak self] in self?.note("\(tag) \($0)") }
        let worker = Worker(
            service: "transfers", router: router, configuration: configuration, options: options)
        let task = Task { [weak self] in
            do {
                try await worker.run()
            } catch {
                self?.note("\(tag) ended: \(error)")
                throw error
            }
        }
        running.withLock { $0.append((worker, task)) }
    }

    private func note(_ text: String) {
        said.withLock { said in
            if said.count >= 40 { said.removeFirst() }
            said.append(text)
        }
    }

    func killOne(_ numbers: inout SeededNumbers) {
        let place = Int.random(in: 0..<1000, using: &numbers)
        let victim = running.withLock { running in
            running.isEmpty ? nil : running.remove(at: place % running.count)
        }
        victim?.worker.kill()
    }

    func stop() async {
        let all = running.withLock { $0 }
        for (_, task) in all { task.cancel() }
        for (_, task) in all { _ = await task.result }
    }
}

/// A clock that goes too slow or too fast, and jumps once.
struct SkewedClock: Sendable {
    private let start = ContinuousClock.now
    private let rate: Double
    private let jumpAfter: Duration
    private let jump: Duration

    init(_ numbers: inout SeededNumbers) {
        rate = Bool.random(using: &numbers) ? 1 : Double.random(in: 0.2...2, using: &numbers)
        jumpAfter = .milliseconds(Int.random(in: 0...2000, using: &numbers))
        jump = .milliseconds(Int.random(in: -2000...500, using: &numbers))
    }

    var now: ContinuousClock.Instant {
        let passed = ContinuousClock.now - start
        return start + passed * rate + (passed > jumpAfter ? jump : .zero)
    }
}

struct NoteCancellation: Statement {
    typealias Row = Never
    static let sql = "INSERT INTO public.cancelled VALUES ($1)"
    let call: Int64
    func bind(into parameters: inout Parameters) { parameters.add(call) }
}

struct AddEffect: Statement {
    typealias Row = Never
    static let sql = "INSERT INTO public.effect (call_id, began_at) VALUES ($1, clock_timestamp())"
    let call: Int64
    func bind(into parameters: inout Parameters) { parameters.add(call) }
}

struct Doze: Statement {
    static let sql = "SELECT pg_sleep(($1::text)::double precision) IS NULL"
    let seconds: Double
    func bind(into parameters: inout Parameters) { parameters.add(String(seconds)) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

/// Calls that did not come to an end, and where they are.
struct StuckCalls: Error, CustomStringConvertible {
    let error: String
    let left: [String]
    var description: String { "\(error): \(left.joined(separator: ", "))" }
}

struct ShowUnfinished: Statement {
    static let sql = """
        SELECT concat_ws(' ', c.call_id, m.name, c.ordering_key, coalesce(u.state, 'nowhere'), u.attempt, u.worker_id,
            (SELECT count(*) FROM rpc.permit p WHERE p.method_id = c.method_id), 'permits',
            (SELECT count(*) FROM rpc.worker w WHERE w.worker_id = u.worker_id), 'worker')
        FROM rpc.call c JOIN rpc.method m ON m.method_id = c.method_id
        LEFT JOIN rpc.unfinished u ON u.call_id = c.call_id
        WHERE NOT EXISTS (SELECT FROM rpc.outcome o WHERE o.call_id = c.call_id) ORDER BY c.call_id LIMIT 5
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// Who is at work or waits, and the advisory locks that are held.
struct ShowSessions: Statement {
    static let sql = """
        SELECT concat_ws(' ', 'session', a.pid, a.state, a.wait_event, now() - a.xact_start, left(a.query, 60),
            (SELECT string_agg(concat_ws('/', l.classid, l.objid, l.mode, l.granted), ' ')
                FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'advisory'))
        FROM pg_stat_activity a WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
        UNION ALL
        SELECT concat_ws(' ', 'worker', w.worker_id, w.expires_at - now()) FROM rpc.worker w
        UNION ALL
        SELECT concat_ws(' ', 'lease', l.lease_id, l.worker_id, l.call_ids::text) FROM rpc.lease l
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

struct CountUnfinished: Statement {
    static let sql = """
        SELECT (SELECT count(*) FROM rpc.call c WHERE NOT EXISTS (
            SELECT FROM rpc.outcome o WHERE o.call_id = c.call_id))
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// Cancellations of calls that finished all the same are swept a little later.
struct CountLeftBehind: Statement {
    static let sql = "SELECT (SELECT count(*) FROM rpc.cancellation) + (SELECT count(*) FROM rpc.lease)"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}
