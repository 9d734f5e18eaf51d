import Contracts
import Postgres
import Vocabulary

extension RPCError {
    /// The refusal in a server error: the queue's functions raise SQLSTATE `PQ0nn` with gRPC's code nn.
    package init?(queueRefusal error: PostgresError) {
        guard let state = error.sqlState, state.hasPrefix("PQ0"), let number = Int(state.dropFirst(3)),
            let code = StatusCode(rawValue: number)
        else { return nil }
        self.init(code, Sentence(foreign: error.message))
    }

    /// The refusal of something asked of the queue itself: also when the role may not use the function at all.
    init?(refusal error: PostgresError) {
        if error.sqlState == "42501" {
            self = .permissionDenied("This database role may not do that.")
            return
        }
        self.init(queueRefusal: error)
    }
}

/// What became of one call of `EnqueueEach`.
struct EnqueueResult: Sendable {
    let id: Int64?
    let sqlState: String?
    let message: String?
}

/// How a call ended.
struct CallOutcome: Sendable {
    let id: Int64
    let status: Int16
    let message: String?
    let details: [UInt8]?
    let response: [UInt8]?
    let trailers: [UInt8]?

    /// The error that the outcome says; nil when it is OK.
    var error: RPCError? {
        guard status != 0 else { return nil }
        let details = details.flatMap { list in
            try? RPCV1.Status(json: Array("{\"details\":".utf8) + list + Array("}".utf8))
        }
        return RPCError(
            status: RPCV1.Status(
                code: Int32(status), message: message ?? "The call failed.", details: details?.details ?? []))
    }
}
