import Foundation

/// The sentences that the sources of services and of shared modules hold: every literal that becomes a `Sentence`.
///
/// A literal becomes one as an argument for a parameter of that type, and in what is declared to be one. Declarations are
/// found first, so that a new function that takes sentences needs no mention here.
struct SentenceSources {
    struct Found: Hashable {
        let pattern: String
        /// File and line.
        let place: String
    }

    private struct Parameter {
        let label: String
        let isOptional: Bool
        let isSentence: Bool
    }

    /// Names of factories whose sentences are defects, which are said by one phrase.
    private static let defects = ["internal", "unknown"]

    private let files: [SourceText]
    private var signatures: [String: [[Parameter]]] = [:]
    private var members: [String: Set<String>] = [:]

    /// Every sentence.
    private(set) var found: Set<Found> = []

    init(root: URL) throws {
        files = try ["Services", "Shared"].flatMap { try Self.read($0, root) }
        for file in files { declare(file) }
        for file in files {
            for (name, list) in signatures { call(name, list, in: file) }
            for (name, labels) in members { construct(name, labels, in: file) }
            declared(in: file)
            repeated(in: file)
        }
    }

    private static func read(_ directory: String, _ root: URL) throws -> [SourceText] {
        let base = root.appending(path: directory)
        let paths = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
        return try paths.filter {
            $0.hasSuffix(".swift") && !$0.hasPrefix("BackOffice/") && !$0.contains("Contracts/Generated/")
                && !$0.hasSuffix("Vocabulary/Sentence.swift")
        }.sorted().map {
            SourceText(
                path: "\(directory)/\($0)", try String(contentsOf: base.appending(path: $0), encoding: .utf8))
        }
    }

    // MARK: Declarations

    private mutating func declare(_ file: SourceText) {
        for start in file.occurrences(of: "func ") {
            var position = start + 5
            if file.bytes[position] == UInt8(ascii: "`") { position += 1 }
            let begin = position
            while SourceText.isName(file.bytes[position]) { position += 1 }
            declare(file.text(begin..<position), file, from: position)
        }
        for start in file.occurrences(of: "init") where !SourceText.isName(file.bytes[start + 4]) {
            if let type = enclosingType(file, start) { declare(type, file, from: start + 4) }
        }
        for start in file.occurrences(of: "let ") + file.occurrences(of: "var ") {
            let end = file.bytes[start...].firstIndex(of: 0x0A) ?? file.bytes.count
            let parts = file.text((start + 4)..<end).split(separator: ":", maxSplits: 1)
            guard parts.count == 2, ["Sentence", "Sentence?"].contains(parts[1].drop { $0 == " " }),
                let type = enclosingType(file, start)
            else { continue }
            members[type, default: []].insert(String(parts[0]))
        }
    }

    private mutating func declare(_ name: String, _ file: SourceText, from position: Int) {
        var open = position
        if file.bytes[open] == UInt8(ascii: "`") || file.bytes[open] == UInt8(ascii: "?") { open += 1 }
        if file.bytes[open] == UInt8(ascii: "<") {
            open = (file.bytes[open...].firstIndex(of: UInt8(ascii: "(")) ?? open)
        }
        guard !name.isEmpty, file.bytes[open] == UInt8(ascii: "(") else { return }
        let parameters = file.items(open).map { item in
            let type = file.text(item.range).trimmingCharacters(in: .whitespacesAndNewlines)
            let label = item.label.split(separator: " ").first.map(String.init) ?? ""
            return Parameter(
                label: label == "_" ? "" : label, isOptional: type.contains(" = "),
                isSentence: type == "Sentence" || type.hasPrefix("Sentence?") || type.hasPrefix("Sentence ="))
        }
        if parameters.contains(where: \.isSentence) { signatures[name, default: []].append(parameters) }
    }

    /// The type in whose declaration, or extension, a position lies: the last that begins before it.
    private func enclosingType(_ file: SourceText, _ position: Int) -> String? {
        var best: (position: Int, name: String)?
        for keyword in ["struct ", "enum ", "class ", "extension "] {
            guard let start = file.occurrences(of: keyword).last(where: { $0 < position }), start > best?.position ?? -1
            else { continue }
            let name = file.bytes[(start + keyword.utf8.count)...].prefix { SourceText.isName($0) }
            best = (start, String(decoding: name, as: UTF8.self))
        }
        return best?.name
    }

    // MARK: Uses

    private mutating func add(_ file: SourceText, _ range: Range<Int>) {
        for sentence in file.sentences(in: range) {
            found.insert(Found(pattern: sentence.pattern, place: "\(file.path):\(file.line(at: sentence.position))"))
        }
    }

    private func openings(of name: String, in file: SourceText) -> [Int] {
        file.occurrences(of: name).map { $0 + name.utf8.count }.filter { open in
            let before = file.text(max(0, open - name.utf8.count - 6)..<(open - name.utf8.count))
            return open < file.bytes.count && file.bytes[open] == UInt8(ascii: "(") && !before.hasSuffix("func ")
        }
    }

    private mutating func call(_ name: String, _ list: [[Parameter]], in file: SourceText) {
        if Self.defects.contains(name) { return }
        for open in openings(of: name, in: file) {
            let arguments = file.items(open)
            if let first = arguments.first, [".internal", ".unknown"].contains(file.text(first.range)) { continue }
            for parameters in list {
                guard let sentences = Self.match(arguments, parameters) else { continue }
                for argument in sentences { add(file, argument.range) }
            }
        }
    }

    /// The arguments for sentences, when the call is one of this signature.
    private static func match(_ arguments: [SourceText.Item], _ parameters: [Parameter]) -> [SourceText.Item]? {
        var rest = arguments[...]
        var sentences: [SourceText.Item] = []
        for parameter in parameters {
            if let next = rest.first, next.label == parameter.label {
                if parameter.isSentence { sentences.append(next) }
                rest.removeFirst()
            } else if !parameter.isOptional {
                return nil
            }
        }
        return rest.isEmpty ? sentences : nil
    }

    private mutating func construct(_ type: String, _ labels: Set<String>, in file: SourceText) {
        for open in openings(of: type, in: file) {
            for argument in file.items(open) where labels.contains(argument.label) { add(file, argument.range) }
        }
    }

    private mutating func declared(in file: SourceText) {
        for start in file.occurrences(of: "Sentence") {
            let before = file.text(max(0, start - 3)..<start)
            guard before.hasSuffix(": ") || before == "-> " else { continue }
            var position = start + 8
            if position < file.bytes.count, file.bytes[position] == UInt8(ascii: "?") { position += 1 }
            position = file.skipSpace(position)
            guard position < file.bytes.count else { continue }
            if file.bytes[position] == UInt8(ascii: "{") {
                add(file, (position + 1)..<file.closing(position))
            } else if file.bytes[position] == UInt8(ascii: "=") {
                add(file, (position + 1)..<file.expressionEnd(position + 1))
            }
        }
    }

    /// `Rejection.repeated` makes two sentences of what the first row has.
    private mutating func repeated(in file: SourceText) {
        for open in openings(of: "repeated", in: file) {
            for argument in file.items(open) where argument.label == "what" {
                for what in file.sentences(in: argument.range) {
                    let place = "\(file.path):\(file.line(at: what.position))"
                    found.insert(Found(pattern: "line {} has \(what.pattern) already", place: place))
                    found.insert(Found(pattern: "line {} of another file has \(what.pattern) already", place: place))
                }
            }
        }
    }
}
