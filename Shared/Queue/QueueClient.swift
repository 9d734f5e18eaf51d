import Contracts
import Postgres

/// Makes calls and waits for their replies: for commands, tests and other edges. Handlers send through their context.
///
/// A client that waits goes on waiting while the database restarts.
public final class QueueClient: Sendable {
    private let exchange: Exchange

    /// A client as the configuration's role. Its connections are opened when first needed.
    public init(_ configuration: ConnectionConfiguration, connections: Int = 2) {
        exchange = Exchange(configuration, connections: connections)
    }

    deinit {
        exchange.stop()
    }

    /// Calls a unary method and waits for its reply.
    public func call<Request: Message, Response: Message>(
        _ method: Method<Request, Response>, _ request: Request, _ options: CallOptions = .init()
    ) async throws -> Response {
        try Response(json: try await call(Submission(method, request.json(), options)))
    }

    /// Calls a unary method and waits; returns how it ended, with the trailers that the handler set.
    public func result<Request: Message, Response: Message>(
        of method: Method<Request, Response>, _ request: Request, _ options: CallOptions = .init()
    ) async throws -> CallResult<Response> {
        let outcome = try await outcome(Submission(method, request.json(), options))
        let trailers = [String: String](textMembersOf: outcome.trailers)
        if let error = outcome.error {
            return CallResult(response: .failure(error), trailers: trailers)
        }
        let response = try Response(json: outcome.response ?? Self.emptyObject)
        return CallResult(response: .success(response), trailers: trailers)
    }

    /// Calls a server-streaming method; its messages come as they are sent. When the handler began anew, because its worker
    /// died for instance, they come anew too: whoever puts them together takes `streamEvents`.
    public func stream<Request: Message, Response: Message>(
        _ method: Method<Request, Response>, _ request: Request, _ options: CallOptions = .init()
    ) -> AsyncThrowingStream<Response, any Error> {
        stream(Submission(method, request.json(), options)) { event in
            guard case .message(let json) = event else { return nil }
            return try Response(json: json)
        }
    }

    /// The same, and between the messages of one run and of the next the word that those before are void.
    public func streamEvents<Request: Message, Response: Message>(
        _ method: Method<Request, Response>, _ request: Request, _ options: CallOptions = .init()
    ) -> AsyncThrowingStream<StreamEvent<Response>, any Error> {
        stream(Submission(method, request.json(), options)) { event in
            switch event {
            case .message(let json): .message(try Response(json: json))
            case .restarted: .restarted
            }
        }
    }

    /// Sends a call and does not wait. Returns its id.
    @discardableResult
    public func send<Request: Message, Response: Message>(
        _ method: Method<Request, Response>, _ request: Request, _ options: CallOptions = .init()
    ) async throws -> Int64 {
        try await exchange.submit(Submission(method, request.json(), options), wantsReply: false)
    }

    /// Sends many calls of one method in one step and does not wait. Returns their ids.
    @discardableResult
    public func sendAll<Request: Message, Response: Message>(
        _ method: Method<Request, Response>, _ requests: [Request], _ options: CallOptions = .init()
    ) async throws -> [Int64] {
        try await exchange.pool.transaction { (transaction: borrowing Transaction) in
            try await transaction.sendAll(method, requests, options.json())
        }
    }

    /// Waits for a call that was sent before, and returns its reply.
    public func reply<Request: Message, Response: Message>(
        to call: Int64, of method: Method<Request, Response>
    ) async throws -> Response {
        let outcome = try await exchange.outcome(of: call, giveUpAt: nil)
        if let error = outcome.error { throw error }
        return try Response(json: outcome.response ?? Self.emptyObject)
    }

    /// Cancels a call and the calls made on its behalf; false if it was finished already.
    @discardableResult
    public func cancel(_ call: Int64) async throws -> Bool {
        do {
            return try await exchange.pool.queryOne(CancelCall(call: call)) ?? false
        } catch let error as PostgresError {
            throw RPCError(refusal: error) ?? error
        }
    }

    /// Calls a unary method by name with its request as JSON; returns the reply's JSON. A one-way method answers `{}`
    /// as soon as the call is accepted.
    public func callJSON(
        _ method: String, _ request: [UInt8], _ options: CallOptions = .init()
    ) async throws -> [UInt8] {
        let submission = Submission(named: method, request, options)
        if submission.kind == .oneWay {
            _ = try await exchange.submit(submission, wantsReply: false)
            return Self.emptyObject
        }
        return try await call(submission)
    }

    /// Calls a server-streaming method by name with its request as JSON; the messages' JSON comes as they are sent.
    public func streamJSON(
        _ method: String, _ request: [UInt8], _ options: CallOptions = .init()
    ) -> AsyncThrowingStream<StreamEvent<[UInt8]>, any Error> {
        stream(Submission(named: method, request, options)) { $0 }
    }

    /// Closes the client's connections.
    public func close() async {
        exchange.stop()
        await exchange.pool.close()
    }

    private static let emptyObject = Array("{}".utf8)

    private func outcome(_ submission: Submission) async throws -> CallOutcome {
        let id = try await exchange.submit(submission, wantsReply: true)
        return try await exchange.outcome(
            of: id, giveUpAt: submission.giveUpAt, isOld: submission.isKeyed)
    }

    private func call(_ submission: Submission) async throws -> [UInt8] {
        let outcome = try await outcome(submission)
        if let error = outcome.error { throw error }
        return outcome.response ?? Self.emptyObject
    }

    private func stream<Value: Sendable>(
        _ submission: Submission, _ decode: @escaping @Sendable (StreamEvent<[UInt8]>) throws -> Value?
    ) -> AsyncThrowingStream<Value, any Error> {
        AsyncThrowingStream { continuation in
            let exchange = exchange
            let task = Task {
                do {
                    let id = try await exchange.submit(submission, wantsReply: true)
                    try await exchange.messages(of: id, giveUpAt: submission.giveUpAt) {
                        if let value = try decode($0) { continuation.yield(value) }
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
