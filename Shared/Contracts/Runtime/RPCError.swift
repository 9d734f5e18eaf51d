import Vocabulary

/// One thing that was wrong with a call, for programs.
public typealias ErrorDetail = RPCV1.ErrorDetail

/// A call that did not succeed: the only error that crosses from one service to another.
public struct RPCError: Error, Equatable, Sendable {
    /// gRPC's code; never `ok`.
    public var code: StatusCode
    /// For a person to read. Safe to show to any caller: no personal data, no SQL, no machine's paths.
    public var sentence: Sentence
    /// What exactly was wrong, for programs.
    public var details: [ErrorDetail]

    /// An error; `ok` is no error and becomes `unknown`.
    public init(_ code: StatusCode, _ sentence: Sentence, details: [ErrorDetail] = []) {
        self.code = code == .ok ? .unknown : code
        self.sentence = sentence
        self.details = details
    }

    /// The sentence in English.
    public var message: String { sentence.text }

    /// The error that a status message says; nil when it says OK.
    public init?(status: RPCV1.Status) {
        guard status.code != 0 else { return nil }
        self.init(
            StatusCode(rawValue: Int(status.code)) ?? .unknown,
            status.details.lazy.compactMap(\.saidAsPattern).first ?? Sentence(foreign: status.message),
            details: status.details.filter { $0.saidAsPattern == nil })
    }

    /// The same as a message of the contracts: its message is the sentence in English, and a sentence with values stands
    /// among the details too.
    public var status: RPCV1.Status {
        RPCV1.Status(
            code: Int32(code.rawValue), message: message,
            details: details + (ErrorDetail(saying: sentence).map { [$0] } ?? []))
    }
}

extension RPCError: CustomStringConvertible {
    /// For instance `NOT_FOUND: There is no cycle 2024-4.`
    public var description: String { "\(code.name): \(message)" }
}

extension RPCError {
    /// The caller cancelled the call.
    public static func cancelled(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.cancelled, sentence, details: details)
    }
    /// A failure that nothing more is known about.
    public static func unknown(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.unknown, sentence, details: details)
    }
    /// The request is wrong whatever the state of the system.
    public static func invalidArgument(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.invalidArgument, sentence, details: details)
    }
    /// The field at `path` of the request is wrong.
    public static func invalidField(_ path: String, _ sentence: Sentence, reason: String) -> RPCError {
        RPCError(
            .invalidArgument, Sentence(at: path, sentence),
            details: [ErrorDetail(field: path, sentence, reason: reason)])
    }
    /// The deadline passed before the call ended.
    public static func deadlineExceeded(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.deadlineExceeded, sentence, details: details)
    }
    /// Something that the request names does not exist.
    public static func notFound(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.notFound, sentence, details: details)
    }
    /// Something that the request creates exists, with other content.
    public static func alreadyExists(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.alreadyExists, sentence, details: details)
    }
    /// The caller may not do this.
    public static func permissionDenied(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.permissionDenied, sentence, details: details)
    }
    /// A limit is reached.
    public static func resourceExhausted(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.resourceExhausted, sentence, details: details)
    }
    /// The system's state does not allow it.
    public static func failedPrecondition(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.failedPrecondition, sentence, details: details)
    }
    /// A conflict with other work; repeating may help.
    public static func aborted(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.aborted, sentence, details: details)
    }
    /// Past the end of what is there.
    public static func outOfRange(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.outOfRange, sentence, details: details)
    }
    /// The method does not exist.
    public static func unimplemented(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.unimplemented, sentence, details: details)
    }
    /// A defect.
    public static func `internal`(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.internal, sentence, details: details)
    }
    /// The service cannot answer now; repeating may help.
    public static func unavailable(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.unavailable, sentence, details: details)
    }
    /// Data is lost or damaged.
    public static func dataLoss(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.dataLoss, sentence, details: details)
    }
    /// The caller is not known.
    public static func unauthenticated(_ sentence: Sentence, details: [ErrorDetail] = []) -> RPCError {
        RPCError(.unauthenticated, sentence, details: details)
    }
}
