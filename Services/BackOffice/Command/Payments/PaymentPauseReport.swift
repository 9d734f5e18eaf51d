import Foundation
import Postgres

/// Whether payments are paused, in words.
struct PaymentPauseReport: Sendable {
    /// The state as the database keeps it; nil: nobody has ever paused.
    struct Kept: Sendable {
        var paused: Bool
        var cause: String
        var details: String
        var since: String
        var saidBy: String
        var event: Int64
    }

    let isPaused: Bool
    let kept: Kept?

    /// Says it where services are started.
    static let notice = Text(
        "payments are paused; 'puente status' says why", es: "los pagos están en pausa; 'puente status' dice por qué")

    /// Looks as the administrator.
    static func find(_ site: Site) async throws -> PaymentPauseReport {
        try await withPool(site) { try await find($0) }
    }

    /// Looks as anybody who may.
    static func find(_ pool: ConnectionPool) async throws -> PaymentPauseReport {
        PaymentPauseReport(
            isPaused: try await pool.queryOne(ArePaymentsPaused()) ?? false,
            kept: try await pool.queryOne(FindPause()))
    }

    /// One word for programs.
    var state: String {
        guard isPaused else { return "running" }
        return "paused: \(kept.flatMap { $0.paused ? $0.cause : nil } ?? "restored")"
    }

    /// The same for people.
    var shown: Text {
        guard isPaused else { return Text("running", es: "en marcha") }
        let cause = Self.cause(kept.flatMap { $0.paused ? $0.cause : nil } ?? "restored")
        return Text("paused: \(cause.english)", es: "en pausa: \(cause.spanish)")
    }

    private static func cause(_ code: String) -> Text {
        switch code {
        case "restored": Text("the database was restored or copied", es: "la base fue restaurada o copiada")
        case "rehearsal": Text("this is a rehearsal", es: "esto es un ensayo")
        case "asked": Text("a person asked for it", es: "una persona lo pidió")
        default: Text(code, es: code)
        }
    }

    /// What a person needs to know of a pause: since when, by whom, what was compared, and what comes next.
    func explanation(in language: Language) -> [String] {
        guard isPaused else { return [] }
        let next = Text(
            "  go on, once compared with the bank: 'puente payments continue --reason TEXT'",
            es: "  seguir, ya comparado con el banco: 'puente payments continue --reason TEXTO'")
        guard let kept, kept.paused else { return [next(language)] }
        return [
            Text("  since \(kept.since), by \(kept.saidBy)", es: "  desde \(kept.since), por \(kept.saidBy)")(language)
        ] + reasons(kept).map { "  \($0(language))" } + [next(language)]
    }

    /// What a person gave as reason, or what the database found, one difference a line.
    private func reasons(_ kept: Kept) -> [Text] {
        guard kept.cause != "asked" else { return [Text(kept.details, es: kept.details)] }
        return kept.details.components(separatedBy: "; ").map(Self.difference)
    }

    /// How `transfers.identity_difference()` and the commands that restore say what differs.
    static func difference(_ english: String) -> Text {
        let words = [
            ("server ", "servidor "), ("timeline ", "línea de tiempo "), ("database ", "base de datos "),
            ("tables made anew ", "tablas hechas de nuevo "), ("from ", "de "), ("a rehearsal", "un ensayo"),
        ]
        guard let (start, spanish) = words.first(where: { english.hasPrefix($0.0) }) else {
            return Text(english, es: english)
        }
        return Text(
            english, es: spanish + english.dropFirst(start.count).replacing(", now ", with: ", ahora "))
    }
}

private struct ArePaymentsPaused: Statement {
    static let sql = "SELECT transfers.payments_paused()"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

private struct FindPause: Statement {
    static let sql = """
        SELECT paused, coalesce(cause, ''), details, to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
            said_by, event
        FROM transfers.payment_pause_v1
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> PaymentPauseReport.Kept {
        PaymentPauseReport.Kept(
            paused: try row.bool(0), cause: try row.string(1), details: try row.string(2), since: try row.string(3),
            saidBy: try row.string(4), event: try row.int64(5))
    }
}
