import Contracts
import FoundationEssentials
import Postgres
import Synchronization

/// Serves a service's methods until its task is cancelled.
///
/// A worker registers as a process of the service, claims calls in batches, runs each in a transaction of its own, and
/// renews its leases by a heartbeat. When its leases are lost, it stops what it runs and registers again.
public final class Worker: Sendable {
    let service: String
    let router: Router
    let options: WorkerOptions
    /// Handlers' transactions: durable commits.
    let handlerPool: ConnectionPool
    /// Work that handlers do outside their transaction.
    let servicePool: ConnectionPool
    /// Claims, duties and streamed messages: commits may be lost in a crash, because leases fence them.
    let claimPool: ConnectionPool
    /// Tells callers of replies.
    let notices: ReplyNotices
    private let noticePool: ConnectionPool
    /// The heartbeat must never wait for other work.
    let heartbeatPool: ConnectionPool
    let configuration: ConnectionConfiguration
    let metrics = WorkerMetrics()
    private let drain = DrainSignal()
    private let state = Mutex(State())

    private struct State {
        var core: Task<Void, any Error>?
        var session: WorkerSession?
    }

    /// A worker of `service` (`transfers`) that serves the router's methods.
    public init(
        service: String, router: Router, configuration: ConnectionConfiguration, options: WorkerOptions = .init()
    ) {
        self.service = service
        self.router = router
        self.options = options
        self.configuration = configuration
        var lazy = configuration
        let given = lazy["options"].map { $0 + " " } ?? ""
        lazy["options"] = given + "-c synchronous_commit=off"
        handlerPool = ConnectionPool(configuration, size: options.concurrency)
        servicePool = ConnectionPool(configuration, size: options.concurrency)
        claimPool = ConnectionPool(lazy, size: 3)
        heartbeatPool = ConnectionPool(lazy, size: 1)
        noticePool = ConnectionPool(lazy, size: 1)
        notices = ReplyNotices(noticePool)
    }

    /// Runs until the task is cancelled; then takes no more calls, lets the running ones finish, and returns.
    ///
    /// Throws only when the database refuses the worker, because its methods are not published, its role may not serve
    /// them or the schema is not the worker's.
    public func run() async throws {
        // Cancellation must not reach the handlers at once, so they run outside this task's tree.
        let core = Task { try await serve() }
        state.withLock { $0.core = core }
        let result = await withTaskCancellationHandler {
            await core.result
        } onCancel: {
            drain.begin()
        }
        for pool in [handlerPool, servicePool, claimPool, heartbeatPool, noticePool] {
            await pool.close()
        }
        options.report(.stopped)
        try result.get()
    }

    /// Stops at once, as SIGKILL would: nothing is finished, recorded or given back. For fault tests.
    package func kill() {
        drain.begin()
        let (core, session) = state.withLock { ($0.core, $0.session) }
        session?.running.stopAll(.leaseLost)
        core?.cancel()
    }

    private func serve() async throws {
        var failures = 0
        while !drain.hasBegun {
            do {
                let session = try await register()
                state.withLock { $0.session = session }
                failures = 0
                let end = await session.run()
                switch end {
                case .drained: return
                case .lost(let reason): options.report(.leasesLost(reason: reason))
                }
            } catch let error as PostgresError where !error.isLasting {
                failures += 1
                options.report(.databaseTrouble(error.description))
                try await Task.sleep(for: Backoff.delay(afterFailures: failures))
            }
        }
    }

    private func register() async throws -> WorkerSession {
        let statement = RegisterWorker(
            service: service, methods: router.methods, host: ProcessInfo.processInfo.hostName,
            pid: ProcessInfo.processInfo.processIdentifier,
            expiryMilliseconds: Int32(clamping: options.expiry.milliseconds))
        let asked = options.clock()
        do {
            guard let registered = try await heartbeatPool.queryOne(statement) else {
                throw RPCError.internal("the worker was not registered")
            }
            options.report(.serving(worker: registered.worker, methods: registered.methods.count))
            return WorkerSession(
                self, id: registered.worker,
                methods: zip(registered.methods, router.methods).map { (Int16(truncatingIfNeeded: $0), $1) },
                renewedAt: asked, drain: drain)
        } catch let error as PostgresError {
            throw RPCError(queueRefusal: error) ?? error
        }
    }
}

extension PostgresError {
    /// Whether trying again cannot help: class 42 (rights, or a schema that lacks what is asked for) and 3F, and a pooler
    /// that shares sessions.
    fileprivate var isLasting: Bool { ["42", "3F"].contains(sqlState?.prefix(2)) || self == .sharedSession }
}

/// Tells a worker to finish what it runs and to take no more.
final class DrainSignal: Sendable {
    private struct State {
        var begun: ContinuousClock.Instant?
        var wake: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    var hasBegun: Bool { beganAt != nil }
    var beganAt: ContinuousClock.Instant? { state.withLock(\.begun) }

    func begin() {
        let wake = state.withLock { state in
            if state.begun == nil { state.begun = .now }
            return state.wake
        }
        wake?()
    }

    func onBegin(_ wake: @escaping @Sendable () -> Void) {
        state.withLock { $0.wake = wake }
    }
}

/// Growing pauses between attempts to reach the database.
enum Backoff {
    static func delay(afterFailures failures: Int) -> Duration {
        let base = min(2000, 50 << min(failures, 6))
        return .milliseconds(Int64(Double(base) * Double.random(in: 0.8...1.2)))
    }
}
