import Contracts
import Postgres

struct QueueStatistics: Statement {
    static let sql = """
        SELECT method, paused, serving, ready, scheduled, blocked, running, dead, oldest_ready_ms FROM rpc.stats()
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> MethodStatistics {
        MethodStatistics(
            method: try row.string(0), isPaused: try row.bool(1), isServed: try row.bool(2), ready: try row.int64(3),
            scheduled: try row.int64(4), blocked: try row.int64(5), running: try row.int64(6), dead: try row.int64(7),
            oldestReadyMilliseconds: try row.int64OrNil(8))
    }
}

struct ListCalls: Statement {
    static let sql = """
        SELECT call_id, method, caller, state, attempt, status, message, made_at, due_at FROM rpc.list($1, $2, $3)
        """
    let state: String?
    let method: String?
    let limit: Int32
    func bind(into parameters: inout Parameters) {
        parameters.add(state)
        parameters.add(method)
        parameters.add(limit)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> CallSummary {
        CallSummary(
            id: try row.int64(0), method: try row.string(1), caller: try row.string(2), state: try row.string(3),
            attempt: Int(try row.int16(4)), status: try row.int16OrNil(5).flatMap { StatusCode(rawValue: Int($0)) },
            message: try row.stringOrNil(6), madeAt: try row.timestampMicroseconds(7),
            dueAt: try row.timestampMicrosecondsOrNil(8))
    }
}

struct ShowCall: Statement {
    static let sql = "SELECT rpc.show($1, $2)"
    let call: Int64
    let isWhole: Bool
    func bind(into parameters: inout Parameters) {
        parameters.add(call)
        parameters.add(isWhole)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [UInt8] { try row.json(0) }
}

struct TraceCall: Statement {
    static let sql = """
        SELECT call_id, depth, method, caller, made_at, started_at, finished_at, attempt, status, message
        FROM rpc.trace($1)
        """
    let call: Int64
    func bind(into parameters: inout Parameters) { parameters.add(call) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> TracedCall {
        TracedCall(
            id: try row.int64(0), depth: Int(try row.int32(1)), method: try row.string(2), caller: try row.string(3),
            madeAt: try row.timestampMicroseconds(4), startedAt: try row.timestampMicrosecondsOrNil(5),
            finishedAt: try row.timestampMicrosecondsOrNil(6), attempt: try row.int16OrNil(7).map(Int.init),
            status: try row.int16OrNil(8).flatMap { StatusCode(rawValue: Int($0)) }, message: try row.stringOrNil(9))
    }
}

struct FetchHealth: Statement {
    static let sql = "SELECT name, health FROM rpc.healths($1)"
    let name: String?
    func bind(into parameters: inout Parameters) { parameters.add(name) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> NamedHealth {
        NamedHealth(
            name: try row.string(0), health: QueueHealth(rawValue: try row.string(1)) ?? .unknown)
    }
}

extension DatabaseFigures {
    init(_ row: borrowing RowReader) throws(PostgresError) {
        deadRows = try row.int64(0)
        ringBytes = try row.int64(1)
        oldestSnapshotTransactions = try row.int64(2)
        walBytes = try row.int64(3)
        workers = try row.int64(4)
        callsMade = try row.int64(5)
    }
}

struct FetchDatabaseFigures: Statement {
    static let sql =
        "SELECT dead_rows, ring_bytes, oldest_snapshot, wal_bytes, workers, calls_made FROM rpc.figures()"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> DatabaseFigures {
        try DatabaseFigures(row)
    }
}
