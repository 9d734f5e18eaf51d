import Contracts

/// What comes on the stream of a call.
public enum StreamEvent<Message: Sendable>: Sendable {
    /// A message of the run that goes on.
    case message(Message)
    /// The handler began anew: the messages so far are void, and its own follow.
    case restarted
}

extension StreamEvent: Equatable where Message: Equatable {}

/// How a call ended, and what its handler said besides.
public struct CallResult<Response: Message>: Sendable {
    /// The reply, or the error.
    public let response: Result<Response, RPCError>
    /// By name.
    public let trailers: [String: String]
}

/// A call on its way to the database.
struct Submission: Sendable {
    let method: String
    let kind: MethodKind?
    let request: [UInt8]
    let options: CallOptions
    /// Whether sending it twice is the same as sending it once.
    let isRepeatable: Bool
    /// When the caller stops waiting for a call that has not ended.
    let giveUpAt: ContinuousClock.Instant?

    init(_ method: some AnyMethod, _ request: [UInt8], _ options: CallOptions) {
        self.init(method.name, method, request, options)
    }

    init(named name: String, _ request: [UInt8], _ options: CallOptions) {
        self.init(name, AllMethods.all.first { $0.name == name }, request, options)
    }

    private init(_ name: String, _ method: (any AnyMethod)?, _ request: [UInt8], _ options: CallOptions) {
        self.method = name
        kind = method?.kind
        self.request = request
        self.options = options
        isRepeatable = options.idempotencyKey != nil || method?.policy.idempotency == .noSideEffects
        let deadline = options.deadline ?? method?.publishedDeadline
        giveUpAt = deadline.map { .now + $0 + (options.notBefore ?? .zero) }
    }

    /// Whether the database may answer with the id of an older call.
    var isKeyed: Bool { options.idempotencyKey != nil }
}
