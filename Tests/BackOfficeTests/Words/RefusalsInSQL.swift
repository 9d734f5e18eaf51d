import Foundation

/// The sentences with which functions of the queue refuse, as the sources in SQL have them.
///
/// An expression is read as a pattern: what is no literal is a value. Expressions without a literal are other functions'
/// texts.
struct RefusalsInSQL {
    /// Patterns and the files that have them.
    private(set) var found: [String: String] = [:]

    init(root: URL) throws {
        let base = root.appending(path: "Shared")
        let paths = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
        for path in paths.filter({ $0.hasSuffix(".sql") }).sorted() {
            let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
            read(text, "Shared/\(path)")
        }
    }

    private mutating func read(_ text: String, _ path: String) {
        readOptions(text, path)
        for start in text.ranges(of: /perform rpc\.refuse\(/.ignoresCase()) {
            let arguments = Self.split(text[start.upperBound...], at: ",")
            if arguments.count > 1 { add(arguments[1], path) }
        }
        for start in text.ranges(of: /\b(?:faults|message|reason constant text)\s:=\s/.ignoresCase()) {
            add(Self.split(text[start.upperBound...], at: ";")[0], path)
        }
        for start in text.ranges(of: /function rpc\.(retry|cron)_fault\(/.ignoresCase()) {
            let body = text[start.upperBound...]
            let end = body.firstRange(of: "\n$$;")?.lowerBound ?? body.endIndex
            for branch in body[..<end].ranges(of: /\bthen\s+(?='|format)/.ignoresCase()) {
                let lines = body[branch.upperBound..<end].split(
                    separator: /\n\s*(when|end)\b/.ignoresCase(), maxSplits: 1)
                if let expression = lines.first { add(String(expression), path) }
            }
        }
    }

    /// What is wrong with an option of a call follows the option's name.
    private mutating func readOptions(_ text: String, _ path: String) {
        for start in text.ranges(of: /function rpc\.(number|moment|option)_fault\(/.ignoresCase()) {
            let body = text[start.upperBound...]
            let end = body.firstRange(of: "\n$$;")?.lowerBound ?? body.endIndex
            for fault in body[..<end].ranges(of: /\breturn\s+(?='|format)/.ignoresCase()) {
                add(Self.split(body[fault.upperBound..<end], at: ";")[0], path, after: "{} ")
            }
        }
    }

    private mutating func add(_ expression: String, _ path: String, after start: String = "") {
        let expression = expression.trimmingCharacters(in: .whitespacesAndNewlines)
        let pattern: String
        if expression.lowercased().hasPrefix("format(") {
            pattern = Self.literals(Self.split(expression.dropFirst(7), at: ",")[0])
                .replacingOccurrences(of: "%s", with: "{}")
        } else {
            pattern = Self.pieces(expression).reduce(into: "") { pattern, piece in
                let literal = Self.literals(piece)
                if piece.hasPrefix("'") {
                    pattern += literal
                } else if !pattern.hasSuffix("{}") {
                    pattern += "{}"
                }
            }
        }
        if pattern.contains(" ") { found[start + pattern] = path }
    }

    /// The text of literals that follow each other.
    private static func literals(_ text: String) -> String {
        var result = ""
        var isInside = false
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "'" {
                if isInside, rest.first == "'" {
                    result.append("'")
                    rest.removeFirst()
                } else {
                    isInside.toggle()
                }
            } else if isInside {
                result.append(character)
            }
        }
        return result
    }

    /// What `||` joins.
    private static func pieces(_ expression: String) -> [String] {
        split(expression[...], at: "|").filter { !$0.isEmpty }
            .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    /// The parts between separators, up to the bracket that closes what surrounds them, or up to the first `;`.
    private static func split(_ text: Substring, at separator: Character) -> [String] {
        var parts = [""]
        var depth = 0
        var isInside = false
        for character in text {
            if character == "'" { isInside.toggle() }
            if !isInside {
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                if depth < 0 || character == ";" { break }
                if character == separator, depth == 0 {
                    parts.append("")
                    continue
                }
            }
            parts[parts.count - 1].append(character)
        }
        return parts
    }
}
