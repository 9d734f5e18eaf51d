/// The policy that a contract gives a method.
public typealias MethodPolicy = RPCV1.MethodPolicy

/// What a method answers with.
public enum MethodKind: Sendable, Hashable {
    /// One response.
    case unary
    /// Any number of responses.
    case serverStreaming
    /// None; the caller does not wait.
    case oneWay

    /// Name in the queue's tables.
    public var name: String {
        switch self {
        case .unary: "unary"
        case .serverStreaming: "server_streaming"
        case .oneWay: "one_way"
        }
    }
}

/// A method of a contract, with the types of its messages.
public struct Method<Request: Message, Response: Message>: AnyMethod {
    /// Full name, for instance `puente.transfers.v1.Payments/Run`.
    public let name: String
    /// What it answers with.
    public let kind: MethodKind
    /// How the queue treats its calls.
    public let policy: MethodPolicy

    /// A method; made by the generated contracts.
    public init(name: String, kind: MethodKind, policy: MethodPolicy) {
        self.name = name
        self.kind = kind
        self.policy = policy
    }
}

/// A method whose message types are not known at compile time: for the queue's catalogue and for `puente call`.
public protocol AnyMethod: Sendable {
    /// Type of the request.
    associatedtype Request: Message
    /// Type of the response.
    associatedtype Response: Message
    /// Full name, for instance `puente.transfers.v1.Payments/Run`.
    var name: String { get }
    /// What it answers with.
    var kind: MethodKind { get }
    /// How the queue treats its calls.
    var policy: MethodPolicy { get }
}

extension AnyMethod {
    /// The service's full name, for instance `puente.transfers.v1.Payments`.
    public var service: String { String(name.prefix { $0 != "/" }) }
    /// The request message's full name.
    public var requestName: String { Request.fullName }
    /// The response message's full name.
    public var responseName: String { Response.fullName }

    /// The request that a person wrote in `json`, checked, as canonical JSON.
    public func canonicalRequest(_ json: [UInt8]) throws(RPCError) -> [UInt8] { try Request(written: json).json() }
    /// The response in `json`, checked, as canonical JSON.
    public func canonicalResponse(_ json: [UInt8]) throws(RPCError) -> [UInt8] { try Response(json: json).json() }
}

extension RPCV1.MethodPolicy {
    /// Deadline of a call that names none.
    public var defaultDeadline: Duration { deadline ?? .seconds(60) }
    /// Attempts in all, the first included.
    public var maxAttempts: Int { max(1, Int(retry?.maxAttempts ?? 1)) }
    /// Status codes that are worth another attempt. The generator has checked the names.
    public var retryableStatusCodes: [StatusCode] { (retry?.retryableCodes ?? []).compactMap(StatusCode.init(name:)) }
    /// The ordering key's name in the request's JSON; nil: no order.
    public var orderingKeyJSONName: String? {
        if orderingKey.isEmpty { return nil }
        let parts = orderingKey.split(separator: "_")
        return parts.dropFirst().reduce(String(parts.first ?? "")) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }
}
