import Contracts
import Postgres

/// What a service does about one method: unary, or one-way (which returns `CommonV1.Empty`).
///
/// The handler runs in the transaction that also stores its reply and sends its follow-up calls: all of it is committed,
/// or none. It may run again after a failure; what it did in `call.transaction` was then rolled back.
public protocol Handler: Sendable {
    /// What the method takes.
    associatedtype Request: Message
    /// What it returns.
    associatedtype Response: Message
    /// The method, from the contracts.
    static var method: Method<Request, Response> { get }
    /// Answers one call. Throw `RPCError` to say what the caller may know.
    func handle(_ request: Request, _ call: borrowing CallContext) async throws -> Response
}

/// What a service does about a server-streaming method.
public protocol StreamingHandler: Sendable {
    /// What the method takes.
    associatedtype Request: Message
    /// What it sends, any number of times.
    associatedtype Response: Message
    /// The method, from the contracts.
    static var method: Method<Request, Response> { get }
    /// Answers one call through `stream`; the call is finished when this returns.
    func handle(
        _ request: Request, _ call: borrowing CallContext, _ stream: ResponseStream<Response>
    ) async throws
}

/// What a service does about many calls of one method at once, in one transaction.
///
/// When it throws, every call of the batch is tried by itself, so one bad call does not take the others with it.
public protocol BatchHandler: Sendable {
    /// What the method takes.
    associatedtype Request: Message
    /// What it returns.
    associatedtype Response: Message
    /// The method, from the contracts; its policy's `batch_size` bounds a batch.
    static var method: Method<Request, Response> { get }
    /// Answers the calls: one response for each request, in the same order.
    func handle(_ requests: [Request], _ batch: borrowing BatchContext) async throws -> [Response]
}
