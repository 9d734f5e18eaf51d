/// Why a bank's file is refused, and where. A refused file changes nothing.
///
/// It is a code with values, for whoever shows it to put into words; the values name elements, counts and totals, never
/// the text of a transaction.
public struct MessageRefusal: Error, Sendable, Equatable {
    /// What kind of fault it is.
    public enum Reason: String, Sendable, Equatable, CaseIterable {
        /// Has no bytes.
        case empty
        /// Is something else than XML: `found` says what.
        case notXML = "not_xml"
        /// Is not written in UTF-8: `found` names the encoding.
        case notUTF8 = "not_utf8"
        /// Not well-formed XML: `error` is libxml2's number.
        case malformed
        /// Holds a document type declaration: entities are not read.
        case doctype
        /// Has more than is read of something: `what`, and the `limit`.
        case tooLarge = "too_large"
        /// Not one of the messages that are read: `found` is its namespace.
        case unknownMessage = "unknown_message"
        /// A message that is read, in another version: `message`, `found`, and what is `read`.
        case unknownVersion = "unknown_version"
        /// A payment file of our own instead of an answer to it: `found`.
        case ownFile = "own_file"
        /// Holds several documents.
        case severalDocuments = "several_documents"
        /// A required element is missing: `element`.
        case missingElement = "missing_element"
        /// An element's text is not what its type allows: `element`.
        case invalidValue = "invalid_value"
        /// A currency that ISO 4217 does not have: `currency`, and the `element`.
        case unknownCurrency = "unknown_currency"
        /// Declared totals and content do not agree: `what`, `declared` and `found`.
        case totalsDiffer = "totals_differ"
        /// Is about no payment of ours.
        case nothingOfOurs = "nothing_of_ours"
    }

    /// One value of a refusal.
    public struct Value: Sendable, Equatable {
        /// What it is.
        public let name: String
        /// The value, as text.
        public let value: String
    }

    /// What kind of fault it is.
    public let reason: Reason
    /// Line in the file, from 1.
    public let line: Int
    /// What is meant, by name, in the order of their names.
    public let values: [Value]

    /// A refusal.
    public init(_ reason: Reason, line: Int, _ values: KeyValuePairs<String, String> = [:]) {
        self.reason = reason
        self.line = line
        self.values = values.map { Value(name: $0.key, value: $0.value) }.sorted { $0.name < $1.name }
    }

    /// The value of a name; empty where there is none.
    public func value(_ name: String) -> String { values.first { $0.name == name }?.value ?? "" }
}

extension MessageRefusal: CustomStringConvertible {
    /// For a log or a test: line, code and values.
    public var description: String {
        "line \(line): \(reason.rawValue)" + values.map { " \($0.name)=\($0.value)" }.joined()
    }
}

/// How much a reader accepts before it refuses a file.
public struct ReadingLimits: Sendable {
    /// Bytes of a file.
    public var bytes: Int
    /// Nested elements.
    public var depth: Int
    /// Bytes of one element's text.
    public var text: Int
    /// Attributes and namespaces of one element: the messages use two, and parsing them takes time by their square.
    public var attributes: Int

    /// Limits; by default 4 GiB, 40 levels, 4,096 bytes of text and 16 attributes.
    public init(bytes: Int = 4 << 30, depth: Int = 40, text: Int = 4096, attributes: Int = 16) {
        self.bytes = bytes
        self.depth = depth
        self.text = text
        self.attributes = attributes
    }
}
