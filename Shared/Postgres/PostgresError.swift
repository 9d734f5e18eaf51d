import CPostgres

/// What went wrong in the database or on the way to it.
///
/// It never carries the server's DETAIL, and no primary message of class 22 (data exceptions), because both quote values.
public struct PostgresError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure a caller tells apart.
    public enum Kind: Sendable, Equatable {
        /// The connection could not be made, or broke; whether a running COMMIT took effect is unknown.
        case connection
        /// The server refused the statement; see `sqlState`.
        case server
        /// The Swift task was cancelled, and the statement with it.
        case cancelled
        /// A value was not what the program expected.
        case decoding
        /// The configuration or the use of the module is wrong.
        case usage
    }

    /// The kind of failure.
    public let kind: Kind
    /// The five-character SQLSTATE of a server error.
    public let sqlState: String?
    /// The name of the violated constraint.
    public let constraint: String?
    /// The table that the error is about.
    public let table: String?
    /// What happened, safe to log.
    public let message: String

    /// An error of any kind.
    public init(
        kind: Kind, message: String, sqlState: String? = nil, constraint: String? = nil, table: String? = nil
    ) {
        self.kind = kind
        self.message = message
        self.sqlState = sqlState
        self.constraint = constraint
        self.table = table
    }

    /// A value that was not what the program expected.
    public init(decoding message: String) {
        self.init(kind: .decoding, message: message)
    }

    /// Whether the same transaction may succeed when it is run again: a serialization failure, or trouble that passes.
    public var isRetryable: Bool { sqlState == "40001" || isPassing }

    /// Whether the server lacked something for a while: a lock (40P01, 55P03), memory, connections or disk (class 53), or a
    /// disk that answers (class 58). Nothing is wrong with the work.
    public var isPassing: Bool {
        guard let sqlState else { return false }
        return sqlState == "40P01" || sqlState == "55P03" || sqlState.hasPrefix("53") || sqlState.hasPrefix("58")
    }

    /// The SQLSTATE, the message, and the names of the constraint and table.
    public var description: String {
        var text = sqlState.map { "\($0): \(message)" } ?? message
        if let constraint { text += " (constraint \(constraint))" }
        if let table { text += " (table \(table))" }
        return text
    }

    /// The error in a result, or the connection's own when the server sent none.
    init(result: OpaquePointer?, connection: OpaquePointer?) {
        func field(_ code: UInt8) -> String? {
            PQresultErrorField(result, Int32(code)).map { String(cString: $0) }
        }
        guard let state = field(UInt8(ascii: "C")) else {
            let lost = PQstatus(connection) != CONNECTION_OK
            self.init(
                kind: lost ? .connection : .usage,
                message: PostgresError.firstLine(PQerrorMessage(connection)) ?? "the connection to the database is lost"
            )
            return
        }
        var message = field(UInt8(ascii: "M")) ?? "the server gave no message"
        if state.hasPrefix("22") { message = "the server refused a value" }
        // 57P01, 57P02, 57P03: the server is shutting down or not yet up; the session is gone.
        let kind: Kind =
            state.hasPrefix("57P") || state.hasPrefix("08") ? .connection : state == "57014" ? .cancelled : .server
        self.init(
            kind: kind, message: message, sqlState: state, constraint: field(UInt8(ascii: "n")),
            table: field(UInt8(ascii: "t")))
    }

    /// The first line of a libpq message, without its prefix.
    static func firstLine(_ message: UnsafePointer<CChar>?) -> String? {
        guard let message else { return nil }
        let line = String(cString: message).split(separator: "\n").first.map(String.init)
        return line
    }
}
