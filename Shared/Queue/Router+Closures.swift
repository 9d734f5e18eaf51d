import Contracts

extension Router {
    /// Serves a unary or one-way method with a closure.
    public mutating func register<Request: Message, Response: Message>(
        _ method: Method<Request, Response>,
        _ body: @escaping @Sendable (Request, borrowing CallContext) async throws -> Response
    ) {
        add(SingleClosure(name: method.name, body: body))
    }

    /// Serves a server-streaming method with a closure.
    public mutating func register<Request: Message, Response: Message>(
        streaming method: Method<Request, Response>,
        _ body: @escaping @Sendable (Request, borrowing CallContext, ResponseStream<Response>) async throws -> Void
    ) {
        add(StreamingClosure(name: method.name, body: body))
    }

    /// Serves a unary or one-way method in batches with a closure.
    public mutating func register<Request: Message, Response: Message>(
        batch method: Method<Request, Response>,
        _ body: @escaping @Sendable ([Request], borrowing BatchContext) async throws -> [Response]
    ) {
        add(BatchClosure(name: method.name, size: max(2, Int(method.policy.batchSize)), body: body))
    }
}

private struct SingleClosure<Request: Message, Response: Message>: ServedMethod {
    let name: String
    let body: @Sendable (Request, borrowing CallContext) async throws -> Response
    func run(_ request: [UInt8], _ call: borrowing CallContext, _ sink: StreamSink?) async throws -> [UInt8]? {
        try await body(Request(json: request), call).json()
    }
}

private struct StreamingClosure<Request: Message, Response: Message>: ServedMethod {
    let name: String
    let body: @Sendable (Request, borrowing CallContext, ResponseStream<Response>) async throws -> Void
    var isStreaming: Bool { true }
    func run(_ request: [UInt8], _ call: borrowing CallContext, _ sink: StreamSink?) async throws -> [UInt8]? {
        guard let sink else { throw RPCError.internal("\(name) has no stream") }
        try await body(Request(json: request), call, ResponseStream(sink: sink))
        return nil
    }
}

private struct BatchClosure<Request: Message, Response: Message>: ServedMethod {
    let name: String
    let size: Int
    let body: @Sendable ([Request], borrowing BatchContext) async throws -> [Response]
    var batchSize: Int { size }

    func run(_ request: [UInt8], _ call: borrowing CallContext, _ sink: StreamSink?) async throws
        -> [UInt8]?
    {
        let batch = BatchContext(
            calls: [call.info], transaction: call.transaction.duplicated(), pool: call.pool,
            trailers: [call.trailers])
        return try await runBatch([request], batch).first
    }

    func runBatch(_ requests: [[UInt8]], _ batch: borrowing BatchContext) async throws -> [[UInt8]] {
        let responses = try await body(try requests.map { try Request(json: $0) }, batch)
        guard responses.count == requests.count else {
            throw RPCError.internal("\(name) answered \(responses.count) of \(requests.count) calls")
        }
        return responses.map { $0.json() }
    }
}
