import Contracts
import Postgres

/// How deep the queue of one method is.
public struct MethodStatistics: Sendable, Equatable {
    /// Full name of the method.
    public let method: String
    /// Whether its claiming is stopped.
    public let isPaused: Bool
    /// Whether a live worker serves it.
    public let isServed: Bool
    /// Calls that a worker may take now.
    public let ready: Int64
    /// Calls for later: not-before times and retries.
    public let scheduled: Int64
    /// Calls behind an ordering key or a limit.
    public let blocked: Int64
    /// Calls that workers hold.
    public let running: Int64
    /// Calls that failed for good.
    public let dead: Int64
    /// How long the oldest ready call has waited.
    public let oldestReadyMilliseconds: Int64?
}

/// One line of a list of calls.
public struct CallSummary: Sendable, Equatable {
    /// The call's id.
    public let id: Int64
    /// Full name of the method.
    public let method: String
    /// The role that made it.
    public let caller: String
    /// ready, scheduled, blocked, running, dead or finished.
    public let state: String
    /// Attempts so far.
    public let attempt: Int
    /// How it ended; nil: it has not.
    public let status: StatusCode?
    /// The outcome's message.
    public let message: String?
    /// When it was made, microseconds since 1970.
    public let madeAt: Int64
    /// When it is due, microseconds since 1970, if it is scheduled.
    public let dueAt: Int64?
}

/// One call of a trace.
public struct TracedCall: Sendable, Equatable {
    /// The call's id.
    public let id: Int64
    /// 0 for the root.
    public let depth: Int
    /// Full name of the method.
    public let method: String
    /// The role that made it.
    public let caller: String
    /// When it was made, microseconds since 1970.
    public let madeAt: Int64
    /// When its last attempt was claimed, microseconds since 1970.
    public let startedAt: Int64?
    /// When it was finished, microseconds since 1970.
    public let finishedAt: Int64?
    /// Attempts so far.
    public let attempt: Int?
    /// How it ended; nil: it has not.
    public let status: StatusCode?
    /// The outcome's message.
    public let message: String?
}

/// Which dead calls are meant: the oldest first.
public struct DeadFilter: Sendable {
    /// Of this method; nil: of any.
    public var method: String?
    /// That ended so; nil: however.
    public var status: StatusCode?
    /// At most so many.
    public var limit: Int64

    /// A filter; without arguments it means every dead call.
    public init(method: String? = nil, status: StatusCode? = nil, limit: Int64 = .max) {
        self.method = method
        self.status = status
        self.limit = limit
    }
}

/// What operators ask of the queue and do to it. The database checks that the role is an operator's.
public struct QueueOperations: Sendable {
    let pool: ConnectionPool

    /// Operations on the pool's connections.
    public init(_ pool: ConnectionPool) {
        self.pool = pool
    }

    /// Depth per method.
    public func statistics() async throws -> [MethodStatistics] {
        try await refusing { try await pool.query(QueueStatistics()) }
    }

    /// The latest calls, newest first.
    public func list(state: String? = nil, method: String? = nil, limit: Int = 50) async throws -> [CallSummary] {
        try await refusing {
            try await pool.query(ListCalls(state: state, method: method, limit: Int32(clamping: limit)))
        }
    }

    /// Everything about one call as JSON, payloads included.
    public func show(_ call: Int64) async throws -> [UInt8] {
        try await refusing { try await pool.queryOne(ShowCall(call: call)) ?? [] }
    }

    /// The tree of calls that a call belongs to.
    public func trace(_ call: Int64) async throws -> [TracedCall] {
        try await refusing { try await pool.query(TraceCall(call: call)) }
    }

    /// Offers a dead call again; false if it is not dead.
    public func retry(_ call: Int64) async throws -> Bool {
        try await refusing { try await pool.queryOne(RetryCall(call: call)) ?? false }
    }

    /// Offers dead calls again; returns how many.
    public func retryAll(_ filter: DeadFilter = .init()) async throws -> Int64 {
        try await refusing { try await pool.queryOne(RetryCalls(filter: filter)) ?? 0 }
    }

    /// Takes a dead call off the list; false if it is not on it.
    public func discard(_ call: Int64) async throws -> Bool {
        try await refusing { try await pool.queryOne(DiscardCall(call: call)) ?? false }
    }

    /// Takes dead calls off the list; returns how many.
    public func discardAll(_ filter: DeadFilter = .init()) async throws -> Int64 {
        try await refusing { try await pool.queryOne(DiscardCalls(filter: filter)) ?? 0 }
    }

    /// Cancels a call and the calls made on its behalf; false if it was finished already.
    public func cancel(_ call: Int64) async throws -> Bool {
        try await refusing { try await pool.queryOne(CancelCall(call: call)) ?? false }
    }

    /// Stops the claiming of a method, or of all methods of a service (`transfers`); returns how many methods.
    public func pause(_ name: String) async throws -> Int {
        try await refusing { try await pool.queryOne(PauseMethods(name: name, pausing: true)) ?? 0 }
    }

    /// Undoes `pause`.
    public func resume(_ name: String) async throws -> Int {
        try await refusing { try await pool.queryOne(PauseMethods(name: name, pausing: false)) ?? 0 }
    }

    /// Keeps finished calls for so many days from now on; whole days are dropped, none of which a call still waits.
    public func keep(days: Int) async throws {
        _ = try await refusing { try await pool.execute(KeepFinished(days: Int32(clamping: days))) }
    }

    /// Turns the queue's own refusals into the errors they are.
    func refusing<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as PostgresError {
            throw RPCError(refusal: error) ?? error
        }
    }
}
