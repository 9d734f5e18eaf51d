import Vocabulary

// What the queue keeps of a call is its message in English alone, and its functions in the database refuse in English; the
// sentence behind a text is found again here.

extension SentenceWords {
    /// Fewest characters of its own by which a pattern with values is known again.
    private static let leastWords = 10

    /// Patterns with values and their pieces, those with most words of their own first.
    private static let patterns: [(pattern: String, pieces: [String])] = spanish.keys.compactMap { pattern in
        let pieces = pieces(of: pattern)
        let words = pieces.reduce(0) { $0 + $1.count }
        return pieces.count > 1 && words >= leastWords ? (pattern, pieces) : nil
    }.sorted {
        let (first, second) = ($0.pieces.reduce(0) { $0 + $1.count }, $1.pieces.reduce(0) { $0 + $1.count })
        return first == second ? $0.pattern < $1.pattern : first > second
    }

    /// The sentence that a kept text is; a text that none of them is stays as it is.
    static func recognised(_ text: String) -> Sentence {
        if spanish[text] != nil { return Sentence(pattern: text) }
        for (pattern, pieces) in patterns {
            if let values = values(of: text, between: pieces) { return Sentence(pattern: pattern, values: values) }
        }
        return Sentence(foreign: text)
    }

    private static func pieces(of pattern: String) -> [String] {
        var pieces = [""]
        var rest = pattern[...]
        while let open = rest.firstRange(of: "{}") {
            pieces[pieces.count - 1] += rest[..<open.lowerBound]
            pieces.append("")
            rest = rest[open.upperBound...]
        }
        pieces[pieces.count - 1] += rest
        return pieces
    }

    /// What stands between the pieces of a pattern; nil when the text does not have them all in order.
    private static func values(of text: String, between pieces: [String]) -> [String]? {
        guard let first = pieces.first, let last = pieces.last, text.hasPrefix(first) else { return nil }
        var rest = text.dropFirst(first.count)
        guard rest.hasSuffix(last) else { return nil }
        rest = rest.dropLast(last.count)
        var values: [String] = []
        for piece in pieces.dropFirst().dropLast() {
            guard let found = rest.firstRange(of: piece) else { return nil }
            values.append(String(rest[..<found.lowerBound]))
            rest = rest[found.upperBound...]
        }
        return values + [String(rest)]
    }
}
