import Synchronization

/// Connections to one database as one role, opened when first needed, at most `size` at a time.
public final class ConnectionPool: Sendable {
    private enum Grant: Sendable {
        case use(Connection)
        case open
    }

    private struct State: ~Copyable {
        var pool: PoolState<Connection, UInt64>
        var continuations: [UInt64: CheckedContinuation<Grant, any Error>] = [:]
        var lastWaiter: UInt64 = 0
    }

    /// How the pool reaches the database.
    public let configuration: ConnectionConfiguration
    /// The most connections it opens.
    public let size: Int
    private let state: Mutex<State>

    /// A pool without connections yet.
    public init(_ configuration: ConnectionConfiguration, size: Int) {
        self.configuration = configuration
        self.size = size
        state = Mutex(State(pool: PoolState(size: size)))
    }

    /// Runs the body in a transaction: committed when it returns, rolled back when it throws. Retrying is the caller's
    /// business.
    @concurrent
    @discardableResult
    public func transaction<Value: Sendable>(
        isolation: IsolationLevel = .readCommitted, _ body: (borrowing Transaction) async throws -> Value
    ) async throws -> Value {
        try await withConnection { connection in
            connection.isSnapshot = isolation == .snapshot
            defer { connection.isSnapshot = false }
            try await connection.perform { _ = try $0.script(isolation.rawValue) }
            let value: Value
            do {
                value = try await body(Transaction(connection: connection))
                try Task.checkCancellation()
            } catch {
                connection.rollback()
                throw error is CancellationError ? Self.cancelled : error
            }
            try connection.commit()
            return value
        }
    }

    /// Runs one statement in a transaction of its own and reads its rows.
    @concurrent
    public func query<S: Statement>(_ statement: S) async throws -> [S.Row] {
        try await withConnection { connection in
            try await connection.perform { try $0.query(statement) }
        }
    }

    /// Runs one statement that returns at most one row, in a transaction of its own.
    @concurrent
    public func queryOne<S: Statement>(_ statement: S) async throws -> S.Row? {
        try await query(statement).first
    }

    /// Runs one statement in a transaction of its own; returns how many rows it affected.
    @concurrent
    @discardableResult
    public func execute<S: Statement>(_ statement: S) async throws -> Int {
        try await withConnection { connection in
            try await connection.perform { try $0.execute(statement) }
        }
    }

    /// Runs text without parameters outside a transaction block (`VACUUM`, `CREATE DATABASE`, …).
    @concurrent
    public func script(_ sql: String) async throws {
        try await withConnection { connection in
            try await connection.perform { _ = try $0.script(sql) }
        }
    }

    /// Asks the server to parse each statement; returns what it refused, by the statement's name.
    @concurrent
    public func prepareAll(_ statements: [any Statement.Type]) async throws -> [String: PostgresError] {
        try await withConnection { connection in
            var refused: [String: PostgresError] = [:]
            for statement in statements {
                do {
                    try connection.checkPreparable(statement.sql)
                } catch let error as PostgresError {
                    if error.kind == .connection { throw error }
                    refused[String(reflecting: statement)] = error
                }
            }
            return refused
        }
    }

    /// Closes idle connections now and the others when they come back; refuses those who wait.
    public func close() async {
        let (idle, refused) = state.withLock { state in
            let (idle, waiters) = state.pool.close()
            return (idle, waiters.compactMap { state.continuations.removeValue(forKey: $0) })
        }
        for continuation in refused { continuation.resume(throwing: Self.closed) }
        // Dropping the last reference closes the connection.
        _ = idle
    }

    // MARK: Leases

    /// Runs the body on the thread of a leased connection, and gives the connection back.
    @concurrent
    func withConnection<Value: Sendable>(_ body: (Connection) async throws -> Value) async throws
        -> Value
    {
        let grant = try await acquire()
        let connection: Connection
        let isNew: Bool
        switch grant {
        case .use(let idle) where idle.isAlive:
            (connection, isNew) = (idle, false)
        case .use, .open:
            (connection, isNew) = (Connection(configuration), true)
        }
        do {
            let value = try await withTaskExecutorPreference(connection.thread) {
                if isNew { try connection.open() }
                return try await body(connection)
            }
            release(connection)
            return value
        } catch {
            release(connection)
            throw error
        }
    }

    private func release(_ connection: Connection) {
        let reusable: Connection? = connection.isReusable ? connection : nil
        let (handover, continuation) = state.withLock { state in
            let handover = state.pool.release(reusable)
            switch handover {
            case .give(_, let waiter), .letOpen(let waiter):
                return (handover, state.continuations.removeValue(forKey: waiter))
            case .close, .keep:
                return (handover, nil)
            }
        }
        switch handover {
        case .give(let connection, _): continuation?.resume(returning: .use(connection))
        case .letOpen: continuation?.resume(returning: .open)
        case .close, .keep: break
        }
    }

    private func acquire() async throws -> Grant {
        if Task.isCancelled { throw Self.cancelled }
        let waiter = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<Grant, any Error>? = state.withLock { state in
                    switch state.pool.acquire(waiter) {
                    case .use(let connection): return .success(.use(connection))
                    case .open: return .success(.open)
                    case .refuse: return .failure(Self.closed)
                    case .wait:
                        state.continuations[waiter] = continuation
                        return nil
                    }
                }
                if let outcome {
                    continuation.resume(with: outcome)
                } else if Task.isCancelled {
                    abandon(waiter)
                }
            }
        } onCancel: {
            abandon(waiter)
        }
    }

    private func abandon(_ waiter: UInt64) {
        let continuation = state.withLock { state in
            state.pool.abandon(waiter) ? state.continuations.removeValue(forKey: waiter) : nil
        }
        continuation?.resume(throwing: Self.cancelled)
    }

    static let cancelled = PostgresError(kind: .cancelled, message: "the task was cancelled")
    private static let closed = PostgresError(kind: .usage, message: "the connection pool is closed")
}
