import Foundation

/// How important a line is.
public enum LogLevel: Int, Sendable, Comparable, CaseIterable {
    /// For whoever looks for a fault.
    case debug
    /// What normally happens.
    case info
    /// What someone should look at.
    case warning
    /// What someone must look at.
    case error

    /// The level's name in lines and settings.
    public var name: String {
        switch self {
        case .debug: "debug"
        case .info: "info"
        case .warning: "warning"
        case .error: "error"
        }
    }

    /// The level called `name`.
    public init?(name: String) {
        guard let level = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = level
    }

    /// Less important first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A value of a log line. There is deliberately no way to write an arbitrary text: a line must never name a person.
public enum LogValue: Sendable {
    /// A count, a process or call number, a duration in milliseconds.
    case number(Int64)
    /// A word of the program itself: a method, a state, a status code, a setting.
    case code(String)
    /// An identifier of a run or an import.
    case identifier(UUID)

    fileprivate var json: String {
        switch self {
        case .number(let number): String(number)
        case .code(let code): Log.quoted(code)
        case .identifier(let identifier): Log.quoted(identifier.uuidString.lowercased())
        }
    }
}

/// Writes structured lines to standard error, one JSON object each. A line that cannot be written is lost: a full disk must
/// not end what would go on working.
public struct Log: Sendable {
    private let service: String
    private let level: LogLevel
    private let sink: @Sendable (String) -> Void

    /// A log for one service.
    public init(
        service: String, level: LogLevel,
        sink: @escaping @Sendable (String) -> Void = { StandardStream.notices.write($0) }
    ) {
        self.service = service
        self.level = level
        self.sink = sink
    }

    /// Writes a line. The message is a literal, so that no value can slip into it.
    public func write(
        _ level: LogLevel, _ message: StaticString, _ fields: KeyValuePairs<StaticString, LogValue> = [:]
    ) {
        guard level >= self.level else { return }
        var line = "{\"time\":\"\(Self.timestamp())\",\"level\":\"\(level.name)\",\"service\":\(Self.quoted(service))"
        line += ",\"message\":\(Self.quoted(message.description))"
        for (name, value) in fields { line += ",\(Self.quoted(name.description)):\(value.json)" }
        sink(line + "}\n")
    }

    private static func timestamp() -> String {
        Date().formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
    }

    /// `text` as a JSON string.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{0}"..."\u{1F}":
                let hexadecimal = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
