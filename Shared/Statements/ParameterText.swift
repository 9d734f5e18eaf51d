/// A parameter of a statement as its text names it: `@reason`, `@reason?` where NULL may be given, `@key.programme` for a
/// property of a value.
struct Parameter: Equatable {
    /// The name, and the properties after it.
    let path: [String]
    /// Whether NULL may be given.
    let mayBeNull: Bool
    /// The line of the file where it is named first.
    let line: Int

    /// As the text writes it, without the mark of NULL.
    var name: String { path.joined(separator: ".") }
}

/// The text of a statement with its named parameters found and numbered.
struct ParameterText {
    /// The text as the server takes it: `$1`, `$2`, …
    private(set) var sql = ""
    /// The parameters in the order of their numbers, which is that of their first mention.
    private(set) var parameters: [Parameter] = []
    /// Parameters that are mentioned with and without the mark of NULL.
    private(set) var disagreeing: [Parameter] = []
    /// Whether the text ends with a semicolon.
    private(set) var isEnded = false
    /// Where a second statement begins.
    private(set) var secondStatement: Int?

    private let text: [Character]
    private var place = 0
    private var line: Int

    /// Reads a text whose first line is the file's line `firstLine`.
    init(_ text: String, firstLine: Int) {
        self.text = Array(text)
        line = firstLine
        while place < self.text.count {
            let next = self.text[place]
            if isEnded, !next.isWhitespace, secondStatement == nil { secondStatement = line }
            switch next {
            case "'", "\"": copy(through: [next])
            case "-" where follows("--"): copy(until: "\n")
            case "/" where follows("/*"): copy(through: ["*", "/"])
            case "$": copyDollars()
            case "@" where startsName(place + 1) && !(place > 0 && "@<>?|&~".contains(self.text[place - 1])):
                takeParameter()
            case ";":
                isEnded = true
                place += 1
            case let other: take(other)
            }
        }
        sql = String(sql.drop(while: \.isWhitespace))
        while sql.last?.isWhitespace == true { sql.removeLast() }
    }

    private func startsName(_ place: Int) -> Bool {
        place < text.count && (text[place].isLetter || text[place] == "_")
    }

    private func follows(_ mark: String) -> Bool { text[place...].starts(with: mark) }

    private mutating func take(_ character: Character) {
        if character == "\n" { line += 1 }
        sql.append(character)
        place += 1
    }

    /// Copies what stands between quotes, or a comment, with its end.
    private mutating func copy(through end: [Character]) {
        take(text[place])
        while place < text.count, !text[place...].starts(with: end) { take(text[place]) }
        for character in end where place < text.count { take(character) }
    }

    private mutating func copy(until end: Character) {
        while place < text.count, text[place] != end { take(text[place]) }
    }

    /// Copies a text between dollar signs (`$$ … $$`, `$body$ … $body$`).
    private mutating func copyDollars() {
        let tag = text[place...].dropFirst().prefix { $0.isLetter || $0 == "_" }
        let mark = ["$"] + tag + ["$"]
        guard text[place...].starts(with: mark) else { return take("$") }
        for character in mark { take(character) }
        while place < text.count, !text[place...].starts(with: mark) { take(text[place]) }
        for character in mark where place < text.count { take(character) }
    }

    private mutating func takeParameter() {
        place += 1
        var path: [String] = []
        repeat {
            if !path.isEmpty { place += 1 }
            let name = text[place...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            path.append(String(name))
            place += name.count
        } while place < text.count && text[place] == "." && startsName(place + 1)
        let mayBeNull = place < text.count && text[place] == "?"
        if mayBeNull { place += 1 }
        if let known = parameters.firstIndex(where: { $0.path == path }) {
            if parameters[known].mayBeNull != mayBeNull {
                disagreeing.append(Parameter(path: path, mayBeNull: mayBeNull, line: line))
            }
            sql += "$\(known + 1)"
        } else {
            parameters.append(Parameter(path: path, mayBeNull: mayBeNull, line: line))
            sql += "$\(parameters.count)"
        }
    }
}
