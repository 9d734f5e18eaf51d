/// One thing that was wrong with a call, for programs.
public typealias ErrorDetail = RPCV1.ErrorDetail

/// A call that did not succeed: the only error that crosses from one service to another.
public struct RPCError: Error, Equatable, Sendable {
    /// gRPC's code; never `ok`.
    public var code: StatusCode
    /// For a person to read. Safe to show to any caller: no personal data, no SQL, no machine's paths.
    public var message: String
    /// What exactly was wrong, for programs.
    public var details: [ErrorDetail]

    /// An error; `ok` is no error and becomes `unknown`.
    public init(_ code: StatusCode, _ message: String, details: [ErrorDetail] = []) {
        self.code = code == .ok ? .unknown : code
        self.message = message
        self.details = details
    }

    /// The error that a status message says; nil when it says OK.
    public init?(status: RPCV1.Status) {
        guard status.code != 0 else { return nil }
        self.init(StatusCode(rawValue: Int(status.code)) ?? .unknown, status.message, details: status.details)
    }

    /// The same as a message of the contracts.
    public var status: RPCV1.Status {
        RPCV1.Status(code: Int32(code.rawValue), message: message, details: details)
    }
}

extension RPCError: CustomStringConvertible {
    /// For instance `NOT_FOUND: There is no cycle 2024-4.`
    public var description: String { "\(code.name): \(message)" }
}

extension RPCError {
    /// The caller cancelled the call.
    public static func cancelled(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.cancelled, message, details: details)
    }
    /// A failure that nothing more is known about.
    public static func unknown(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.unknown, message, details: details)
    }
    /// The request is wrong whatever the state of the system.
    public static func invalidArgument(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.invalidArgument, message, details: details)
    }
    /// The field at `path` of the request is wrong.
    public static func invalidField(_ path: String, _ message: String, reason: String) -> RPCError {
        RPCError(
            .invalidArgument, "\(path): \(message)",
            details: [ErrorDetail(type: "field", field: path, reason: reason, description: message)])
    }
    /// The deadline passed before the call ended.
    public static func deadlineExceeded(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.deadlineExceeded, message, details: details)
    }
    /// Something that the request names does not exist.
    public static func notFound(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.notFound, message, details: details)
    }
    /// Something that the request creates exists, with other content.
    public static func alreadyExists(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.alreadyExists, message, details: details)
    }
    /// The caller may not do this.
    public static func permissionDenied(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.permissionDenied, message, details: details)
    }
    /// A limit is reached.
    public static func resourceExhausted(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.resourceExhausted, message, details: details)
    }
    /// The system's state does not allow it.
    public static func failedPrecondition(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.failedPrecondition, message, details: details)
    }
    /// A conflict with other work; repeating may help.
    public static func aborted(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.aborted, message, details: details)
    }
    /// Past the end of what is there.
    public static func outOfRange(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.outOfRange, message, details: details)
    }
    /// The method does not exist.
    public static func unimplemented(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.unimplemented, message, details: details)
    }
    /// A defect.
    public static func `internal`(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.internal, message, details: details)
    }
    /// The service cannot answer now; repeating may help.
    public static func unavailable(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.unavailable, message, details: details)
    }
    /// Data is lost or damaged.
    public static func dataLoss(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.dataLoss, message, details: details)
    }
    /// The caller is not known.
    public static func unauthenticated(_ message: String, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.unauthenticated, message, details: details)
    }
}
