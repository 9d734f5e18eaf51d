import Contracts
import Postgres

/// What a handler knows about the call it answers.
public struct CallInfo: Sendable {
    /// The call's id.
    public let id: Int64
    /// Full name of the method.
    public let method: String
    /// The database role that made the call.
    public let caller: String
    /// Which attempt this is, from 1. Attempts that were rolled back by the database's doing are not counted.
    public let attempt: Int
    /// When the handler is stopped; nil: never.
    public let deadline: ContinuousClock.Instant?
    /// W3C trace context: the trace, and this call as the parent of what it calls.
    public let traceparent: String
    /// What the caller sent along.
    public let metadata: [String: String]
}

/// What a handler works with while it answers one call. It cannot be kept.
public struct CallContext: ~Copyable {
    /// The call.
    public let info: CallInfo
    /// The transaction that stores the reply; the handler's own writes belong here.
    public let transaction: Transaction
    /// The service's connections, for work in transactions of its own. Such work is not undone with the call, so it
    /// must be safe to repeat.
    public let pool: ConnectionPool
    /// What the caller gets besides the reply or the error.
    public let trailers: Trailers

    /// Sends a call in this transaction; it exists when this one commits. Returns its id.
    @discardableResult
    public func send<Request: Message, Response: Message>(
        _ method: Method<Request, Response>, _ request: Request, _ options: CallOptions = .init()
    ) async throws -> Int64 {
        try await transaction.send(method, request, options.json(parent: info.id))
    }

    /// Sends a call in this transaction whose reply comes back as a call of `continuation`, together with `state`.
    @discardableResult
    public func send<Request: Message, Response: Message>(
        _ method: Method<Request, Response>, _ request: Request,
        then continuation: Method<RPCV1.Continuation, CommonV1.Empty>, state: some Message,
        _ options: CallOptions = .init()
    ) async throws -> Int64 {
        try await transaction.send(
            method, request, options.json(parent: info.id, then: continuation.name, state: state.json()))
    }

    /// Sends many calls of one method in this transaction, in one step. Returns their ids.
    @discardableResult
    public func sendAll<Request: Message, Response: Message>(
        _ method: Method<Request, Response>, _ requests: [Request], _ options: CallOptions = .init()
    ) async throws -> [Int64] {
        try await transaction.sendAll(method, requests, options.json(parent: info.id))
    }
}

/// What a batch handler works with.
public struct BatchContext: ~Copyable {
    /// The calls, in the order of the requests.
    public let calls: [CallInfo]
    /// The transaction that stores the replies.
    public let transaction: Transaction
    /// The service's connections, for work in transactions of its own.
    public let pool: ConnectionPool
    /// What each caller gets besides its reply, in the order of the requests.
    public let trailers: [Trailers]

    /// Sends a call on behalf of one of the batch, in its transaction.
    @discardableResult
    public func send<Request: Message, Response: Message>(
        from call: CallInfo, _ method: Method<Request, Response>, _ request: Request, _ options: CallOptions = .init()
    ) async throws -> Int64 {
        try await transaction.send(method, request, options.json(parent: call.id))
    }
}

extension Transaction {
    /// Sends a call in this transaction; it exists when the transaction commits. Returns its id.
    @discardableResult
    public func send<Request: Message, Response: Message>(
        _ method: Method<Request, Response>, _ request: Request, _ options: CallOptions = .init()
    ) async throws -> Int64 {
        try await send(method, request, options.json())
    }

    func send<Request: Message, Response: Message>(
        _ method: Method<Request, Response>, _ request: Request, _ options: [UInt8]
    ) async throws -> Int64 {
        do {
            let statement = EnqueueCall(method: method.name, request: request.json(), options: options)
            guard let id = try await queryOne(statement) else { throw RPCError.internal("a call got no id") }
            return id
        } catch let error as PostgresError {
            throw RPCError(queueRefusal: error) ?? error
        }
    }

    func sendAll<Request: Message, Response: Message>(
        _ method: Method<Request, Response>, _ requests: [Request], _ options: [UInt8]
    ) async throws -> [Int64] {
        do {
            let statement = EnqueueCalls(method: method.name, requests: requests.map { $0.json() }, options: options)
            return try await queryOne(statement) ?? []
        } catch let error as PostgresError {
            throw RPCError(queueRefusal: error) ?? error
        }
    }
}
