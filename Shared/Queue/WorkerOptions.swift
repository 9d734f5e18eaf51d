/// How a worker process works.
public struct WorkerOptions: Sendable {
    /// How many handlers run at once; each has its own connection.
    public var concurrency: Int
    /// The most calls that a batch handler gets at once, whatever its contract allows.
    public var largestBatch: Int
    /// How often the worker renews its leases.
    public var heartbeat: Duration
    /// How long leases last without renewal: a dead worker's calls are offered again after about this time.
    public var expiry: Duration
    /// How long an idle worker waits before it looks without having been notified.
    public var poll: Duration
    /// How long handlers may go on when the worker is told to stop.
    public var drain: Duration
    /// Told of everything an operator should see. It must return quickly.
    public var report: @Sendable (WorkerEvent) -> Void
    /// Whether a notification is heard: fault tests lose some.
    package var hears: @Sendable () -> Bool = { true }
    /// The worker's only clock, monotonic: fault tests skew it.
    package var clock: @Sendable () -> ContinuousClock.Instant = { .now }

    /// Usual values.
    public init(
        concurrency: Int = 8, largestBatch: Int = 500, heartbeat: Duration = .seconds(1),
        expiry: Duration = .seconds(4), poll: Duration = .milliseconds(100), drain: Duration = .seconds(20),
        report: @escaping @Sendable (WorkerEvent) -> Void = { _ in }
    ) {
        self.concurrency = concurrency
        self.largestBatch = largestBatch
        self.heartbeat = heartbeat
        self.expiry = expiry
        self.poll = poll
        self.drain = drain
        self.report = report
    }
}

/// What happens in a worker that an operator should see. It carries no payloads.
public enum WorkerEvent: Sendable, CustomStringConvertible {
    /// The worker is registered and claims calls.
    case serving(worker: Int64, methods: Int)
    /// An attempt failed.
    case attemptFailed(call: Int64, method: String, code: String, message: String, retried: Bool)
    /// A handler threw an error that callers are not told of.
    case unexpected(call: Int64, method: String, description: String)
    /// The leases were lost; what ran was stopped, and the worker registers again.
    case leasesLost(reason: String)
    /// The database could not be reached or refused something; the worker tries again.
    case databaseTrouble(String)
    /// What had failed works again.
    case recovered
    /// Leases of dead workers were taken back.
    case reaped(leases: Int)
    /// The worker takes no more calls and waits for those that run.
    case draining(running: Int)
    /// The worker has stopped.
    case stopped

    /// One line for a log.
    public var description: String {
        switch self {
        case .serving(let worker, let methods): "serving \(methods) methods as worker \(worker)"
        case .attemptFailed(let call, let method, let code, let message, let retried):
            "call \(call) of \(method): \(code): \(message)\(retried ? " (will be tried again)" : "")"
        case .unexpected(let call, let method, let description): "call \(call) of \(method): unexpected \(description)"
        case .leasesLost(let reason): "leases lost: \(reason)"
        case .databaseTrouble(let message): "database: \(message)"
        case .recovered: "the database's trouble is over"
        case .reaped(let leases): "took back \(leases) leases of dead workers"
        case .draining(let running): "draining, \(running) calls running"
        case .stopped: "stopped"
        }
    }
}
