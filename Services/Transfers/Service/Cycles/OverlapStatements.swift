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
