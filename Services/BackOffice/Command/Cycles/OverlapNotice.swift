import Postgres

extension Desk {
    /// Says, beside a run, that its cycle has days which other cycles have, and how many such exceptions the programme has.
    func noticeOverlap(programme: String, cycle: String) async throws {
        guard !invocation.wantsJSON else { return }
        guard let found = try await pool.queryOne(FindOverlapNotice(programme: programme, cycle: cycle)) else { return }
        terminal.notice(
            Text(
                "exception \(found.number) to 'a period is paid once', asked for by \(found.requestedBy) and signed by \(found.signedBy): \(found.reason); \(programme) has \(found.all) in all",
                es:
                    "excepción \(found.number) a «un periodo se paga una vez», pedida por \(found.requestedBy) y firmada por \(found.signedBy): \(found.reason); \(programme) tiene \(found.all) en total"
            ))
    }
}

/// The exception by which a cycle was opened; no row where it has its days alone.
struct FindOverlapNotice: Statement {
    struct Row: Sendable {
        var number: Int32
        var requestedBy: String
        var signedBy: String
        var reason: String
        var all: Int64
    }
    static let sql = """
        SELECT asked.exception_number, asked.requested_by, asked.signed_by, asked.reason,
            (SELECT count(*) FROM transfers.cycle_v1 AS other
                WHERE other.programme = $1 AND other.overlap_exception IS NOT NULL)
        FROM transfers.cycle_v1 AS cycle
        JOIN transfers.overlap_exception_v1 AS asked ON asked.exception_number = cycle.overlap_exception
        WHERE cycle.programme = $1 AND cycle.cycle = $2
        """
    let programme: String
    let cycle: String
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(cycle)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            number: try row.int32(0), requestedBy: try row.string(1), signedBy: try row.string(2),
            reason: try row.string(3), all: try row.int64(4))
    }
}
