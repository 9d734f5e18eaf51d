import Contracts
import Postgres

struct RegisterWorker: Statement {
    static let sql = "SELECT worker_id, method_ids::int4[] FROM rpc.register($1, $2, $3, $4, $5)"
    let service: String
    let methods: [String]
    let host: String
    let pid: Int32
    let expiryMilliseconds: Int32
    func bind(into parameters: inout Parameters) {
        parameters.add(service)
        parameters.add(methods)
        parameters.add(host)
        parameters.add(pid)
        parameters.add(expiryMilliseconds)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (worker: Int64, methods: [Int16]) {
        (try row.int64(0), try row.int32Array(1).map { Int16(truncatingIfNeeded: $0) })
    }
}

struct Heartbeat: Statement {
    static let sql = "SELECT alive, cancelled FROM rpc.heartbeat($1, $2, $3)"
    let worker: Int64
    let expiryMilliseconds: Int32
    let isDraining: Bool
    func bind(into parameters: inout Parameters) {
        parameters.add(worker)
        parameters.add(expiryMilliseconds)
        parameters.add(isDraining)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (alive: Bool, cancelled: [Int64]) {
        (try row.bool(0), try row.int64Array(1))
    }
}

/// Calls of this worker's leases that someone has cancelled.
struct FetchCancelled: Statement {
    static let sql = "SELECT rpc.cancelled($1)"
    let worker: Int64
    func bind(into parameters: inout Parameters) { parameters.add(worker) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [Int64] { try row.int64Array(0) }
}

struct LeaveWorker: Statement {
    typealias Row = Never
    static let sql = "SELECT rpc.leave($1)"
    let worker: Int64
    func bind(into parameters: inout Parameters) { parameters.add(worker) }
}

/// A call that this worker holds.
struct ClaimedCall: Sendable {
    let lease: Int64
    let method: Int16
    let id: Int64
    let attempt: Int
    let rank: Int64
    let caller: String
    let request: [UInt8]
    /// On the database's clock, microseconds since 1970.
    let deadlineAt: Int64?
    let remainingMilliseconds: Int64?
    let replyTo: String?
    let isContinued: Bool
    let traceparent: String
    let metadata: [UInt8]?
    /// From being made to being claimed, on the database's clock.
    let waitedMilliseconds: Int64
    /// Whether the claim saw others that wait.
    let isMore: Bool

    /// Whom to tell of the reply.
    var notice: Notice? { replyTo.map { Notice(channel: $0, call: id) } }
}

struct ClaimCalls: Statement {
    static let sql = """
        SELECT lease_id, method_id, call_id, attempt, rank, caller, request, deadline_at, remaining_ms,
            reply_to, continued, traceparent, metadata, waited_ms, more
        FROM rpc.claim($1, $2, $3, $4)
        """
    let worker: Int64
    let methods: [Int16]
    let wanted: [Int32]
    let floors: [Int64]
    func bind(into parameters: inout Parameters) {
        parameters.add(worker)
        parameters.add(methods)
        parameters.add(wanted)
        parameters.add(floors)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> ClaimedCall {
        ClaimedCall(
            lease: try row.int64(0), method: try row.int16(1), id: try row.int64(2), attempt: Int(try row.int16(3)),
            rank: try row.int64(4), caller: try row.string(5), request: try row.json(6),
            deadlineAt: try row.timestampMicrosecondsOrNil(7),
            remainingMilliseconds: try row.int64OrNil(8),
            replyTo: try row.stringOrNil(9), isContinued: try row.bool(10),
            traceparent: try row.string(11),
            metadata: try row.jsonOrNil(12), waitedMilliseconds: try row.int64(13), isMore: try row.bool(14))
    }
}

struct CompleteCalls: Statement {
    typealias Row = Never
    static let sql = "SELECT rpc.complete($1, $2, $3, $4, $5, $6, $7, $8)"
    let lease: Int64
    let isLast: Bool
    let calls: [Int64]
    let responses: [[UInt8]?]
    /// In the calls' order; empty when none has any.
    let trailers: [[UInt8]?]
    /// Whom to tell, in the calls' order; empty: nobody.
    let channels: [String?]
    let isContinued: Bool
    /// The earliest of the calls, on the database's clock, microseconds since 1970.
    let deadlineAt: Int64?
    func bind(into parameters: inout Parameters) {
        parameters.add(lease)
        parameters.add(isLast)
        parameters.add(calls)
        parameters.addJSON(responses)
        parameters.addJSON(trailers)
        parameters.add(channels)
        parameters.add(isContinued)
        parameters.add(timestampMicroseconds: deadlineAt)
    }
}

struct FailAttempt: Statement {
    static let sql = "SELECT rpc.fail($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    let lease: Int64
    let isLast: Bool
    let call: Int64
    let failure: AttemptFailure
    let trailers: [UInt8]?
    func bind(into parameters: inout Parameters) {
        parameters.add(lease)
        parameters.add(isLast)
        parameters.add(call)
        parameters.add(Int16(failure.error.code.rawValue))
        parameters.add(failure.error.message)
        parameters.addJSON(failure.error.detailsJSON)
        parameters.addJSON(trailers)
        parameters.add(failure.pushBackMilliseconds)
        parameters.add(failure.isTransient)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

extension RPCError {
    /// The status's details as a JSON array; nil when there are none.
    var detailsJSON: [UInt8]? {
        let details = status.details
        guard !details.isEmpty else { return nil }
        let list = details.map { $0.json() }.joined(separator: [UInt8(ascii: ",")])
        return [UInt8(ascii: "[")] + list + [UInt8(ascii: "]")]
    }
}

struct DropLeases: Statement {
    typealias Row = Never
    static let sql = "SELECT rpc.drop_leases($1)"
    let leases: [Int64]
    func bind(into parameters: inout Parameters) { parameters.add(leases) }
}

/// Offers again what this worker holds without knowing it, after a claim whose answer was lost.
struct ReconcileLeases: Statement {
    static let sql = "SELECT rpc.reconcile($1, $2)"
    let worker: Int64
    let known: [Int64]
    func bind(into parameters: inout Parameters) {
        parameters.add(worker)
        parameters.add(known)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int { Int(try row.int32(0)) }
}

struct PromoteScheduled: Statement {
    static let sql = "SELECT rpc.promote(500)"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64? { try row.int64OrNil(0) }
}

struct ReapLeases: Statement {
    static let sql = "SELECT rpc.reap()"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int { Int(try row.int32(0)) }
}

struct RotateRings: Statement {
    static let sql = "SELECT rpc.rotate()"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int { Int(try row.int32(0)) }
}

struct CompactTables: Statement {
    static let sql = "SELECT rpc.compact()"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int { Int(try row.int32(0)) }
}

struct RetainPartitions: Statement {
    static let sql = "SELECT rpc.retain()"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int { Int(try row.int32(0)) }
}

struct FireRecurrences: Statement {
    static let sql = "SELECT rpc.fire_recurrences()"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int { Int(try row.int32(0)) }
}
