import Contracts
import Postgres

struct SetRecurrence: Statement {
    static let sql = "SELECT rpc.recur($1, $2, $3, $4, $5)"
    let name: String
    let cron: String
    let method: String
    let request: [UInt8]
    let options: [UInt8]
    func bind(into parameters: inout Parameters) {
        parameters.add(name)
        parameters.add(cron)
        parameters.add(method)
        parameters.addJSON(request)
        parameters.addJSON(options)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.timestampMicroseconds(0) }
}

struct EndRecurrence: Statement {
    static let sql = "SELECT rpc.end_recurrence($1, $2, $3)"
    let name: String
    let intent: Intent
    func bind(into parameters: inout Parameters) {
        parameters.add(name)
        intent.bind(into: &parameters)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

struct ListRecurrences: Statement {
    static let sql = "SELECT name, cron, method, caller, next_at, trouble FROM rpc.recurrences()"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Recurrence {
        Recurrence(
            name: try row.string(0), cron: try row.string(1), method: try row.string(2),
            caller: try row.string(3),
            nextAt: try row.timestampMicroseconds(4), trouble: try row.stringOrNil(5))
    }
}
