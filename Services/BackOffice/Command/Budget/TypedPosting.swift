import Contracts
import Crypto
import Postgres

/// A posting that a person typed without an identifier. The same one typed again the same day is asked about; typed twice
/// at once it has one identifier, and is posted once.
struct TypedPosting {
    static let again = CommandOption<Bool>.flag(
        "again",
        Text(
            "Posts it although the same was posted today", es: "Lo registra aunque hoy ya se registró uno igual"))

    let desk: Desk
    let posting: CoordinationV1.Posting

    /// The posting's identifier; throws where the same was posted before and nobody wants it again.
    func identifier() async throws -> String {
        let before = try await desk.pool.queryOne(SamePosting(posting: posting)) ?? .init()
        if let last = before.last, !desk.invocation[Self.again] {
            let what = Text(
                "the same was posted at \(before.at) as \(last)",
                es: "lo mismo se registró a las \(before.at) como \(last)")
            let question = Text("\(what.english); post it again?", es: "\(what.spanish); ¿registrarlo otra vez?")
            guard Question.confirm(question, desk.terminal) == true else {
                throw Failure(
                    what, at: posting.line,
                    remedy: Text(
                        "if it is meant twice, say --again, or give it an --id of its own",
                        es: "si debe ser dos veces, diga --again, o dele un --id propio"))
            }
        }
        let content =
            String(decoding: posting.json(), as: UTF8.self) + " \(before.person) \(before.day) \(before.count)"
        return "desk/" + Hexadecimal.string(SHA256.digest(of: Array(content.utf8))).prefix(32)
    }
}

/// Whether this person posted the same lately, and how often today.
struct SamePosting: Statement {
    static let sql = """
        SELECT session_user::text, coordination.civil_day()::text, count(*) FILTER (WHERE z.is_today),
            (array_agg(z.posting_id ORDER BY z.batch_id DESC))[1],
            coalesce(to_char(max(z.posted_at), 'HH24:MI'), '')
        FROM (
            SELECT t.posting_id, t.batch_id, b.posted_at,
                coordination.civil_day(b.posted_at) = coordination.civil_day() AS is_today
            FROM (
                SELECT * FROM coordination.budget_transfer
                WHERE line_id = (SELECT line_id FROM coordination.budget_line WHERE line = $1)
                ORDER BY batch_id DESC, ordinal DESC LIMIT 5000) AS t
            JOIN coordination.budget_batch b USING (batch_id)
            WHERE t.kind = $2 AND t.document = $3 AND t.amount = $4 AND b.posted_by = session_user
                AND b.posted_at > clock_timestamp() - interval '1 day'
                AND NOT EXISTS (SELECT FROM coordination.budget_reversal r WHERE r.posting_id = t.posting_id)) AS z
        """

    struct Row: Sendable {
        var person = ""
        var day = ""
        var count: Int64 = 0
        var last: String?
        var at = ""
    }

    let posting: CoordinationV1.Posting

    func bind(into parameters: inout Parameters) {
        parameters.add(posting.line)
        parameters.add(Int16(posting.kind.rawValue))
        parameters.add(posting.document)
        parameters.add(posting.amountMinor)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            person: try row.string(0), day: try row.string(1), count: try row.int64(2), last: try row.stringOrNil(3),
            at: try row.string(4))
    }
}
