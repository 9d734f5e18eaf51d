/// A sentence for a person as its words and the values that stand in them, so that it can be said in another language.
///
/// Written as a literal: `"No cycle \(code) is open."` has the pattern `No cycle {} is open.` and one value.
public struct Sentence: ExpressibleByStringInterpolation, Sendable, Equatable {
    /// Gathers a literal's words and values.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        fileprivate var pattern = ""
        fileprivate var values: [String] = []

        /// Nothing gathered yet.
        public init(literalCapacity: Int, interpolationCount: Int) {
            pattern.reserveCapacity(literalCapacity + 2 * interpolationCount)
        }

        /// Words of the program.
        public mutating func appendLiteral(_ literal: String) { pattern += literal }

        /// A value that stands in the sentence.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            pattern += "{}"
            values.append(value.description)
        }
    }

    /// The words, with `{}` where values stand.
    public let pattern: String
    /// The values in their order.
    public let values: [String]

    /// A sentence of a pattern and its values.
    public init(pattern: String, values: [String] = []) {
        self.pattern = pattern
        self.values = values
    }

    /// A sentence without values.
    public init(stringLiteral text: String) { self.init(pattern: text) }

    /// A sentence with values.
    public init(stringInterpolation parts: StringInterpolation) {
        self.init(pattern: parts.pattern, values: parts.values)
    }

    /// A text of another program, which is shown as it is.
    public init(foreign text: String) { self.init(pattern: text) }

    /// The sentence with the place that it is about before it.
    public init(at place: String, _ what: Sentence) {
        self.init(pattern: "{}: " + what.pattern, values: [place] + what.values)
    }

    /// What the sentence says of the place before it; nil when none stands there.
    public var placed: (place: String, what: Sentence)? {
        guard pattern.hasPrefix("{}: "), let place = values.first else { return nil }
        return (place, Sentence(pattern: String(pattern.dropFirst(4)), values: Array(values.dropFirst())))
    }

    /// The sentence in English.
    public var text: String { Self.filled(pattern, values) }

    /// A pattern with each `{}` replaced by the next of the values; where there are no more, it stays.
    public static func filled(_ pattern: String, _ values: [String]) -> String {
        guard !values.isEmpty else { return pattern }
        var text = ""
        var rest = pattern[...]
        for value in values {
            guard let open = rest.firstIndex(of: "{"), rest[open...].hasPrefix("{}") else { break }
            text += rest[..<open] + value
            rest = rest[rest.index(open, offsetBy: 2)...]
        }
        return text + rest
    }

    /// Both, one after the other.
    public static func + (first: Sentence, second: Sentence) -> Sentence {
        Sentence(pattern: first.pattern + second.pattern, values: first.values + second.values)
    }
}
