import Contracts
import Postgres

struct RetryCall: Statement {
    static let sql = "SELECT rpc.retry($1, $2, $3)"
    let call: Int64
    let intent: Intent
    func bind(into parameters: inout Parameters) {
        parameters.add(call)
        intent.bind(into: &parameters)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

struct RetryCalls: Statement {
    static let sql = "SELECT retried, left_alone FROM rpc.retry_all($1, $2, $3, $4, $5)"
    let filter: DeadFilter
    let intent: Intent
    func bind(into parameters: inout Parameters) {
        filter.bind(into: &parameters)
        intent.bind(into: &parameters)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> SteeredCalls {
        SteeredCalls(changed: try row.int64(0), leftAlone: try row.int64(1))
    }
}

struct DiscardCall: Statement {
    static let sql = "SELECT rpc.discard($1, $2, $3)"
    let call: Int64
    let intent: Intent
    func bind(into parameters: inout Parameters) {
        parameters.add(call)
        intent.bind(into: &parameters)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

struct DiscardCalls: Statement {
    static let sql = "SELECT discarded, left_alone FROM rpc.discard_all($1, $2, $3, $4, $5)"
    let filter: DeadFilter
    let intent: Intent
    func bind(into parameters: inout Parameters) {
        filter.bind(into: &parameters)
        intent.bind(into: &parameters)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> SteeredCalls {
        SteeredCalls(changed: try row.int64(0), leftAlone: try row.int64(1))
    }
}

struct CancelMeantCall: Statement {
    static let sql = "SELECT rpc.cancel($1, $2, $3)"
    let call: Int64
    let intent: Intent
    func bind(into parameters: inout Parameters) {
        parameters.add(call)
        intent.bind(into: &parameters)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

struct KeepFinished: Statement {
    typealias Row = Never
    static let sql = "SELECT rpc.keep(make_interval(days => $1), $2)"
    let days: Int32
    let reason: String?
    func bind(into parameters: inout Parameters) {
        parameters.add(days)
        parameters.add(reason)
    }
}

struct PauseMethods: Statement {
    static let sql = "SELECT rpc.pause($1, $2, $3)"
    let name: String
    let pausing: Bool
    let reason: String?
    func bind(into parameters: inout Parameters) {
        parameters.add(name)
        parameters.add(pausing)
        parameters.add(reason)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int { Int(try row.int32(0)) }
}

struct ListSteering: Statement {
    static let sql = """
        SELECT acted_at, actor, act, call_id, subject, reason FROM rpc.steering_v1
        WHERE $1::bigint IS NULL OR call_id = $1 ORDER BY steering_id DESC LIMIT $2
        """
    let call: Int64?
    let limit: Int32
    func bind(into parameters: inout Parameters) {
        parameters.add(call)
        parameters.add(limit)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> SteeringAct {
        SteeringAct(
            actedAt: try row.timestampMicroseconds(0), actor: try row.string(1), act: try row.string(2),
            call: try row.int64OrNil(3), subject: try row.string(4), reason: try row.stringOrNil(5))
    }
}

struct ListLimits: Statement {
    static let sql = "SELECT name, method, value FROM rpc.limits()"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> QueueLimit {
        QueueLimit(name: try row.string(0), method: try row.string(1), value: try row.int64(2))
    }
}

extension DeadFilter {
    func bind(into parameters: inout Parameters) {
        parameters.add(method)
        parameters.add(status.map { Int16($0.rawValue) })
        parameters.add(limit)
    }
}

extension Intent {
    func bind(into parameters: inout Parameters) {
        parameters.add(isInternal)
        parameters.add(reason)
    }
}
