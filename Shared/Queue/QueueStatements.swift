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

struct EnqueueCall: Statement {
    static let sql = "SELECT rpc.enqueue($1, $2, $3)"
    let method: String
    let request: [UInt8]
    let options: [UInt8]
    func bind(into parameters: inout Parameters) {
        parameters.add(method)
        parameters.addJSON(request)
        parameters.addJSON(options)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

struct EnqueueCalls: Statement {
    static let sql = "SELECT rpc.enqueue_all($1, $2, $3)"
    let method: String
    let requests: [[UInt8]]
    let options: [UInt8]
    func bind(into parameters: inout Parameters) {
        parameters.add(method)
        parameters.addJSON(requests)
        parameters.addJSON(options)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [Int64] { try row.int64Array(0) }
}

/// What became of one call of `EnqueueEach`.
struct EnqueueResult: Sendable {
    let id: Int64?
    let sqlState: String?
    let message: String?
}

struct EnqueueEach: Statement {
    static let sql = "SELECT call_id, code, message FROM rpc.enqueue_each($1, $2, $3)"
    let methods: [String]
    let requests: [[UInt8]]
    let options: [[UInt8]]
    func bind(into parameters: inout Parameters) {
        parameters.add(methods)
        parameters.addJSON(requests)
        parameters.addJSON(options)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> EnqueueResult {
        EnqueueResult(
            id: try row.int64OrNil(0), sqlState: try row.stringOrNil(1), message: try row.stringOrNil(2))
    }
}

struct PushMessage: Statement {
    typealias Row = Never
    static let sql = "SELECT rpc.push($1, $2, $3, $4, $5, $6)"
    let lease: Int64
    let call: Int64
    /// Which of this lease's messages it is, from 1.
    let number: Int64
    let body: [UInt8]
    let replyTo: String?
    let deadlineAt: Int64?
    func bind(into parameters: inout Parameters) {
        parameters.add(lease)
        parameters.add(call)
        parameters.add(number)
        parameters.addJSON(body)
        parameters.add(replyTo)
        parameters.add(timestampMicroseconds: deadlineAt)
    }
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

struct FetchOutcomes: Statement {
    static let sql =
        "SELECT call_id, status, message, details, response, trailers FROM rpc.results($1)"
    let calls: [Int64]
    func bind(into parameters: inout Parameters) { parameters.add(calls) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> CallOutcome {
        CallOutcome(
            id: try row.int64(0), status: try row.int16(1), message: try row.stringOrNil(2),
            details: try row.jsonOrNil(3), response: try row.jsonOrNil(4), trailers: try row.jsonOrNil(5))
    }
}

struct FetchMessages: Statement {
    static let sql = "SELECT seq, body FROM rpc.stream($1, $2)"
    let call: Int64
    let after: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(call)
        parameters.add(after)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (sequence: Int64, body: [UInt8]) {
        (try row.int64(0), try row.json(1))
    }
}

struct CancelCall: Statement {
    static let sql = "SELECT rpc.cancel($1)"
    let call: Int64
    func bind(into parameters: inout Parameters) { parameters.add(call) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

struct ExpireCall: Statement {
    static let sql = "SELECT rpc.expire_waiting($1)"
    let call: Int64
    func bind(into parameters: inout Parameters) { parameters.add(call) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}
