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
                .map(CallSummary.init)
        }
    }

    /// Everything about one call as JSON, payloads included; long ones are cut unless `whole`.
    public func show(_ call: Int64, whole: Bool = false) async throws -> [UInt8] {
        try await refusing { try await pool.queryOne(ShowCall(call: call, isWhole: whole)) ?? [] }
    }

    /// The tree of calls that a call belongs to.
    public func trace(_ call: Int64) async throws -> [TracedCall] {
        try await refusing { try await pool.query(TraceCall(call: call)).map(TracedCall.init) }
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

extension CallSummary {
    fileprivate init(_ row: ListCalls.Row) {
        self.init(
            id: row.id, method: row.method, caller: row.caller, state: row.state, attempt: Int(row.attempt),
            status: row.status.flatMap { StatusCode(rawValue: Int($0)) }, message: row.message, madeAt: row.madeAt,
            dueAt: row.dueAt)
    }
}

extension TracedCall {
    fileprivate init(_ row: TraceCall.Row) {
        self.init(
            id: row.id, depth: Int(row.depth), method: row.method, caller: row.caller, madeAt: row.madeAt,
            startedAt: row.startedAt, finishedAt: row.finishedAt, attempt: row.attempt.map(Int.init),
            status: row.status.flatMap { StatusCode(rawValue: Int($0)) }, message: row.message)
    }
}
