import Contracts
import Postgres

/// The methods that a worker serves, and what its database constraints mean to callers.
public struct Router: Sendable {
    /// What a violated constraint says to the caller, by the constraint's name.
    public var constraints: [String: RPCError] = [:]
    private(set) var served: [String: any ServedMethod] = [:]

    /// A router that serves nothing yet.
    public init() {}

    /// Serves a unary or one-way method.
    public mutating func register<H: Handler>(_ handler: H) {
        add(SingleMethod(handler: handler))
    }

    /// Serves a server-streaming method.
    public mutating func register<H: StreamingHandler>(streaming handler: H) {
        add(StreamingMethod(handler: handler))
    }

    /// Serves a unary or one-way method in batches.
    public mutating func register<H: BatchHandler>(batch handler: H) {
        add(BatchMethod(handler: handler))
    }

    /// Full names of the methods served, sorted.
    public var methods: [String] { served.keys.sorted() }

    mutating func add(_ method: some ServedMethod) {
        precondition(served[method.name] == nil, "\(method.name) is served twice")
        served[method.name] = method
    }

    /// What a caller may know of an error that a handler threw.
    func failure(_ error: any Error) -> AttemptFailure {
        switch error {
        case let error as RPCError:
            return AttemptFailure(error: error)
        case let error as PushBack:
            return AttemptFailure(error: error.error, pushBack: error.delay)
        case let error as PostgresError:
            if let refusal = RPCError(queueRefusal: error) { return AttemptFailure(error: refusal) }
            if let constraint = error.constraint, let known = constraints[constraint] {
                return AttemptFailure(error: known)
            }
            if error.sqlState == "40001" {
                return AttemptFailure(error: .aborted("The work conflicted with other work."), isTransient: true)
            }
            if error.isPassing {
                return AttemptFailure(
                    error: .unavailable("The database had no room or lock for the work; nothing of it was done."),
                    isTransient: true)
            }
            switch error.kind {
            case .connection:
                return AttemptFailure(error: .unavailable("The database could not be reached."), isTransient: true)
            case .cancelled where error.sqlState != nil:
                // Nobody here asked for it: the server's own limit, or an administrator.
                return AttemptFailure(
                    error: .unavailable("The database stopped the work; nothing of it was done."), isTransient: true)
            case .cancelled:
                return AttemptFailure(error: .cancelled("The call was stopped."), isTransient: true)
            case .server, .decoding, .usage:
                return AttemptFailure(error: .internal("The service met an error that it did not expect."))
            }
        case is CancellationError:
            return AttemptFailure(error: .cancelled("The call was stopped."), isTransient: true)
        default:
            return AttemptFailure(error: .internal("The service met an error that it did not expect."))
        }
    }
}

/// Thrown by a handler that knows when the next attempt may succeed, or that none will.
public struct PushBack: Error {
    /// What the caller gets when attempts are used up.
    public let error: RPCError
    /// How long to wait before the next attempt; nil: no further attempt.
    public let delay: Duration?

    /// An error with the handler's own wait.
    public init(_ error: RPCError, after delay: Duration?) {
        self.error = error
        self.delay = delay
    }
}

/// Why an attempt failed, as the queue records it.
struct AttemptFailure: Sendable {
    var error: RPCError
    /// The database rolled the attempt back; the contract's attempts do not count it.
    var isTransient = false
    var pushBackMilliseconds: Int64?

    init(error: RPCError, isTransient: Bool = false) {
        self.error = error
        self.isTransient = isTransient
    }

    init(error: RPCError, pushBack: Duration?) {
        self.error = error
        pushBackMilliseconds = pushBack.map(\.milliseconds) ?? -1
    }

    /// The status's code as the queue stores it.
    var code: Int16 { Int16(error.code.rawValue) }
}

extension RPCError {
    /// The status's details as a JSON array; nil when there are none.
    var detailsJson: [UInt8]? {
        let details = status.details
        guard !details.isEmpty else { return nil }
        let list = details.map { $0.json() }.joined(separator: [UInt8(ascii: ",")])
        return [UInt8(ascii: "[")] + list + [UInt8(ascii: "]")]
    }
}

/// A handler without its types.
protocol ServedMethod: Sendable {
    var name: String { get }
    /// The most calls one run may take; 1: `run`, more: `runBatch`.
    var batchSize: Int { get }
    var isStreaming: Bool { get }
    /// Answers one call with the response's JSON; nil for streaming methods.
    func run(_ request: [UInt8], _ call: borrowing CallContext, _ sink: StreamSink?) async throws -> [UInt8]?
    /// Answers many calls with the responses' JSON.
    func runBatch(_ requests: [[UInt8]], _ batch: borrowing BatchContext) async throws -> [[UInt8]]
}

extension ServedMethod {
    var batchSize: Int { 1 }
    var isStreaming: Bool { false }
    func runBatch(_ requests: [[UInt8]], _ batch: borrowing BatchContext) async throws -> [[UInt8]] {
        throw RPCError.internal("\(name) does not take batches")
    }
}

/// What the worker does not serve.
struct UnservedMethod: ServedMethod {
    var name: String { "" }
    func run(_ request: [UInt8], _ call: borrowing CallContext, _ sink: StreamSink?) async throws -> [UInt8]? {
        throw RPCError.unimplemented("This worker does not serve the method.")
    }
}

struct SingleMethod<H: Handler>: ServedMethod {
    let handler: H
    var name: String { H.method.name }
    func run(_ request: [UInt8], _ call: borrowing CallContext, _ sink: StreamSink?) async throws -> [UInt8]? {
        try await handler.handle(H.Request(json: request), call).json()
    }
}

struct StreamingMethod<H: StreamingHandler>: ServedMethod {
    let handler: H
    var name: String { H.method.name }
    var isStreaming: Bool { true }
    func run(_ request: [UInt8], _ call: borrowing CallContext, _ sink: StreamSink?) async throws -> [UInt8]? {
        guard let sink else { throw RPCError.internal("\(name) has no stream") }
        try await handler.handle(H.Request(json: request), call, ResponseStream(sink: sink))
        return nil
    }
}

struct BatchMethod<H: BatchHandler>: ServedMethod {
    let handler: H
    var name: String { H.method.name }
    var batchSize: Int { max(2, Int(H.method.policy.batchSize)) }

    func run(_ request: [UInt8], _ call: borrowing CallContext, _ sink: StreamSink?) async throws
        -> [UInt8]?
    {
        let batch = BatchContext(
            calls: [call.info], transaction: call.transaction.duplicated(), pool: call.pool,
            trailers: [call.trailers])
        return try await runBatch([request], batch).first
    }

    func runBatch(_ requests: [[UInt8]], _ batch: borrowing BatchContext) async throws -> [[UInt8]] {
        let responses = try await handler.handle(try requests.map { try H.Request(json: $0) }, batch)
        guard responses.count == requests.count else {
            throw RPCError.internal("\(name) answered \(responses.count) of \(requests.count) calls")
        }
        return responses.map { $0.json() }
    }
}
