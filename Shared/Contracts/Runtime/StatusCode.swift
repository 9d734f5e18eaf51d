/// How a call ended: gRPC's codes with gRPC's numbers.
/// Source: https://grpc.io/docs/guides/status-codes/
public enum StatusCode: Int, Sendable, Hashable, CaseIterable {
    /// Not an error.
    case ok = 0
    /// The caller cancelled the call.
    case cancelled = 1
    /// A failure that nothing more is known about.
    case unknown = 2
    /// The request is wrong whatever the state of the system.
    case invalidArgument = 3
    /// The deadline passed before the call ended.
    case deadlineExceeded = 4
    /// Something that the request names does not exist.
    case notFound = 5
    /// Something that the request creates exists, with other content.
    case alreadyExists = 6
    /// The caller may not do this.
    case permissionDenied = 7
    /// A limit is reached.
    case resourceExhausted = 8
    /// The system's state does not allow it; repeating will not help until the state is changed.
    case failedPrecondition = 9
    /// A conflict with other work; repeating may help.
    case aborted = 10
    /// Past the end of what is there.
    case outOfRange = 11
    /// The method does not exist.
    case unimplemented = 12
    /// A defect.
    case `internal` = 13
    /// The service cannot answer now; repeating may help.
    case unavailable = 14
    /// Data is lost or damaged.
    case dataLoss = 15
    /// The caller is not known.
    case unauthenticated = 16

    /// gRPC's name, as in contracts and in the queue's tables.
    public var name: String {
        switch self {
        case .ok: "OK"
        case .cancelled: "CANCELLED"
        case .unknown: "UNKNOWN"
        case .invalidArgument: "INVALID_ARGUMENT"
        case .deadlineExceeded: "DEADLINE_EXCEEDED"
        case .notFound: "NOT_FOUND"
        case .alreadyExists: "ALREADY_EXISTS"
        case .permissionDenied: "PERMISSION_DENIED"
        case .resourceExhausted: "RESOURCE_EXHAUSTED"
        case .failedPrecondition: "FAILED_PRECONDITION"
        case .aborted: "ABORTED"
        case .outOfRange: "OUT_OF_RANGE"
        case .unimplemented: "UNIMPLEMENTED"
        case .internal: "INTERNAL"
        case .unavailable: "UNAVAILABLE"
        case .dataLoss: "DATA_LOSS"
        case .unauthenticated: "UNAUTHENTICATED"
        }
    }

    /// The code with gRPC's `name`.
    public init?(name: String) {
        guard let code = StatusCode.allCases.first(where: { $0.name == name }) else { return nil }
        self = code
    }
}
