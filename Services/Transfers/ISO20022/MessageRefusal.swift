/// Why a bank's file is refused, and where. A refused file changes nothing.
///
/// The detail names elements, counts and totals, never the text of a transaction.
public struct MessageRefusal: Error, Sendable, Equatable {
    /// What kind of fault it is.
    public enum Reason: String, Sendable, Equatable {
        /// Not well-formed XML.
        case malformed
        /// Holds a document type declaration: entities are not read.
        case doctype
        /// Longer or deeper than allowed.
        case tooLarge = "too_large"
        /// Not one of the messages that are read.
        case unknownMessage = "unknown_message"
        /// A required element is missing.
        case missingElement = "missing_element"
        /// An element's text is not what its type allows.
        case invalidValue = "invalid_value"
        /// Declared totals and content do not agree.
        case totalsDiffer = "totals_differ"
    }

    /// What kind of fault it is.
    public let reason: Reason
    /// Line in the file, from 1.
    public let line: Int
    /// For a person to read.
    public let detail: String

    /// A refusal.
    public init(_ reason: Reason, line: Int, _ detail: String) {
        self.reason = reason
        self.line = line
        self.detail = detail
    }
}

extension MessageRefusal: CustomStringConvertible {
    /// Reason, line and detail in one sentence.
    public var description: String { "line \(line): \(detail) (\(reason.rawValue))" }
}

/// How much a reader accepts before it refuses a file.
public struct ReadingLimits: Sendable {
    /// Bytes of a file.
    public var bytes: Int
    /// Nested elements.
    public var depth: Int
    /// Bytes of one element's text.
    public var text: Int

    /// Limits; by default 4 GiB, 40 levels and 4,096 bytes of text.
    public init(bytes: Int = 4 << 30, depth: Int = 40, text: Int = 4096) {
        self.bytes = bytes
        self.depth = depth
        self.text = text
    }
}
