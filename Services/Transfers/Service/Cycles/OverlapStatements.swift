import Contracts
import Postgres
import Vocabulary

/// The cycles of a programme that count days between two others, in order of their days.
struct ListOverlaps: Statement {
    static let sql = """
        SELECT code, first_day, last_day FROM transfers.cycle
        WHERE programme = $1 AND code <> $2 AND state <> 'void' AND counted_days && daterange($3, $4, '[]')
        ORDER BY first_day, code
        """
    var programme: String
    var code: String
    var days: CycleDays
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(code)
        parameters.add(date: days.firstDay.daysSinceEpoch2000)
        parameters.add(date: days.lastDay.daysSinceEpoch2000)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> TransfersV1.OverlappingCycle {
        TransfersV1.OverlappingCycle(
            cycle: try row.string(0), firstDay: try CalendarDate(stored: try row.date(1)).description,
            lastDay: try CalendarDate(stored: try row.date(2)).description)
    }
}

/// The signed exception for exactly this cycle, these days and these others, if no cycle was opened by it yet.
struct FindSignedException: Statement {
    static let sql = """
        SELECT exception_number FROM transfers.overlap_exception AS asked
        WHERE programme = $1 AND code = $2 AND first_day = $3 AND last_day = $4 AND others = $5 AND is_signed
            AND NOT EXISTS (SELECT FROM transfers.cycle WHERE overlap_exception = asked.exception_number)
        ORDER BY exception_number DESC LIMIT 1
        """
    var programme: String
    var code: String
    var days: CycleDays
    var others: [String]
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(code)
        parameters.add(date: days.firstDay.daysSinceEpoch2000)
        parameters.add(date: days.lastDay.daysSinceEpoch2000)
        parameters.add(others)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 { try row.int32(0) }
}

/// Asks for an exception; the same request that waits for a signature already is found, not made again.
struct AskForException: Statement {
    static let sql = """
        WITH waiting AS (
            SELECT exception_number FROM transfers.overlap_exception
            WHERE programme = $1 AND code = $2 AND first_day = $3 AND last_day = $4 AND others = $5 AND reason = $6
                AND requested_by = $7 AND NOT is_signed
            ORDER BY exception_number DESC LIMIT 1
        ), asked AS (
            INSERT INTO transfers.overlap_exception (
                programme, code, first_day, last_day, others, reason, requested_by)
            SELECT $1, $2, $3, $4, $5, $6, $7 WHERE NOT EXISTS (SELECT FROM waiting)
            RETURNING exception_number
        )
        SELECT exception_number FROM waiting UNION ALL SELECT exception_number FROM asked
        """
    var programme: String
    var code: String
    var days: CycleDays
    var others: [String]
    var reason: String
    var requestedBy: String
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(code)
        parameters.add(date: days.firstDay.daysSinceEpoch2000)
        parameters.add(date: days.lastDay.daysSinceEpoch2000)
        parameters.add(others)
        parameters.add(reason)
        parameters.add(requestedBy)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 { try row.int32(0) }
}

/// The exception with a number, or the latest, that was asked for a cycle and that opened none yet, locked.
struct LockException: Statement {
    struct Row: Sendable {
        var reply: TransfersV1.AllowOverlapReply
        var signedBy: String?
    }
    static let sql = """
        SELECT exception_number, first_day, last_day, others, reason, requested_by, signed_by
        FROM transfers.overlap_exception AS asked
        WHERE programme = $1 AND code = $2 AND $3 IN (0, exception_number)
            AND NOT EXISTS (SELECT FROM transfers.cycle WHERE overlap_exception = asked.exception_number)
        ORDER BY exception_number DESC LIMIT 1 FOR UPDATE
        """
    var programme: String
    var code: String
    /// 0: the latest.
    var number: Int32
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(code)
        parameters.add(number)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            reply: TransfersV1.AllowOverlapReply(
                exceptionNumber: try row.int32(0), firstDay: try CalendarDate(stored: try row.date(1)).description,
                lastDay: try CalendarDate(stored: try row.date(2)).description, others: try row.stringArray(3),
                reason: try row.string(4), requestedBy: try row.string(5)),
            signedBy: try row.stringOrNil(6))
    }
}

/// Signs an exception.
struct SignException: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.overlap_exception SET signed_by = $2, signed_at = now() WHERE exception_number = $1
        """
    var exceptionNumber: Int32
    var signedBy: String
    func bind(into parameters: inout Parameters) {
        parameters.add(exceptionNumber)
        parameters.add(signedBy)
    }
}
