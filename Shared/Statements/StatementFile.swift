/// How many rows a statement gives back.
enum Cardinality: String {
    /// At most one.
    case one = ":one"
    /// Any number.
    case many = ":many"
    /// None: it is only executed.
    case exec = ":exec"
}

/// A statement as its file declares it.
struct StatementDeclaration {
    /// A declared word about a name: its type, or what a column is.
    struct Note: Equatable {
        /// The parameter, property or column.
        let name: String
        /// What is said of it.
        let text: String
        /// The line.
        let line: Int
    }

    /// The name of the type.
    let name: String
    /// The line that names it.
    let line: Int
    /// How many rows it gives back.
    let cardinality: Cardinality
    /// What it is for.
    var documentation: [String] = []
    /// The types of parameters and columns that are not the database's own.
    var types: [Note] = []
    /// What the columns are, for readers of the row.
    var columns: [Note] = []
    /// The type of a row, where it is one of ours.
    var row: String?
    /// The parameters in their order, where it is not that of their first mention, and the line that says so.
    var order: (names: [String], line: Int)?
    /// `package` where another module uses it.
    var access = ""
    /// The text.
    var text = ParameterText("", firstLine: 1)

    /// The declared type of a name.
    func type(of name: String) -> String? { types.first { $0.name == name }?.text }
}

/// A file of statements, read. Each begins with `-- name:`; what the lines after it may say, Statements.md tells.
struct StatementFile {
    /// The file, from the root of the clone.
    let path: String
    /// The modules that the generated code imports.
    private(set) var imports: [Substring] = []
    /// The statements in their order.
    private(set) var statements: [StatementDeclaration] = []
    /// What is wrong.
    private(set) var faults: [StatementFault] = []

    /// Reads a file.
    init(path: String, text: String) {
        self.path = path
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var place = 0
        while place < lines.count {
            guard let header = Self.words(lines[place], after: "name") else {
                readPreamble(lines[place], place + 1)
                place += 1
                continue
            }
            let end = lines[(place + 1)...].firstIndex { Self.words($0, after: "name") != nil } ?? lines.count
            readStatement(header, lines[(place + 1)..<end], line: place + 1)
            place = end
        }
        for statement in statements where statements.first(where: { $0.name == statement.name })!.line != statement.line
        {
            complain(statement.line, "\(statement.name) is declared twice")
        }
    }

    mutating func complain(_ line: Int, _ message: String) {
        faults.append(StatementFault(file: path, line: line, message: message))
    }

    /// The words after `-- <directive>:`; nil for any other line.
    private static func words(_ line: Substring, after directive: String) -> [Substring]? {
        guard line.hasPrefix("-- \(directive): ") else { return nil }
        return line.dropFirst(directive.count + 5).split(separator: " ")
    }

    private mutating func readPreamble(_ line: Substring, _ number: Int) {
        if let modules = Self.words(line, after: "import") {
            imports += modules.map { $0.last == "," ? $0.dropLast() : $0 }
        } else if !line.isEmpty, !line.hasPrefix("--") {
            complain(number, "a statement begins with '-- name: Name :one', ':many' or ':exec'")
        }
    }

    private mutating func readStatement(_ header: [Substring], _ lines: ArraySlice<Substring>, line: Int) {
        guard header.count == 2, header[0].first?.isUppercase == true,
            let kind = Cardinality(rawValue: String(header[1]))
        else { return complain(line, "a statement begins with '-- name: Name :one', ':many' or ':exec'") }
        var statement = StatementDeclaration(name: String(header[0]), line: line, cardinality: kind)
        let body = lines.firstIndex { !$0.hasPrefix("--") } ?? lines.endIndex
        for place in lines.startIndex..<body { readComment(lines[place], place + 1, &statement) }
        statement.text = ParameterText(lines[body...].joined(separator: "\n"), firstLine: body + 1)
        check(statement)
        statements.append(statement)
    }

    private mutating func readComment(_ line: Substring, _ number: Int, _ statement: inout StatementDeclaration) {
        func note(_ words: [Substring]) -> StatementDeclaration.Note {
            .init(
                name: words.first.map(String.init) ?? "", text: words.dropFirst().joined(separator: " "), line: number)
        }
        if let words = Self.words(line, after: "type") {
            statement.types.append(note(words))
        } else if let words = Self.words(line, after: "column") {
            statement.columns.append(note(words))
        } else if let words = Self.words(line, after: "row") {
            statement.row = words.joined(separator: " ")
        } else if let words = Self.words(line, after: "parameters") {
            statement.order = (words.flatMap { $0.split(separator: ",").map(String.init) }, number)
        } else if let words = Self.words(line, after: "access") {
            if words != ["package"] { complain(number, "the only access that is declared is 'package'") }
            statement.access = "package "
        } else {
            statement.documentation.append(String(line.dropFirst(2).drop { $0 == " " }))
        }
    }

    /// What needs no server to be seen.
    private mutating func check(_ statement: StatementDeclaration) {
        if statement.documentation.isEmpty { complain(statement.line, "\(statement.name) does not say what it is for") }
        let text = statement.text
        if text.sql.isEmpty { complain(statement.line, "\(statement.name) has no SQL") }
        if !text.isEnded { complain(statement.line, "\(statement.name) does not end with a semicolon") }
        if let line = text.secondStatement { complain(line, "\(statement.name) has several statements under one name") }
        for parameter in text.disagreeing {
            complain(parameter.line, "@\(parameter.name) is said to be NULL at one place and not at another")
        }
        for parameter in text.parameters where parameter.path.count > 1 && statement.type(of: parameter.path[0]) == nil
        {
            complain(parameter.line, "@\(parameter.name): '-- type: \(parameter.path[0]) TYPE' must say what it is")
        }
        guard let order = statement.order else { return }
        let used = text.parameters.map(\.path[0])
        for name in order.names where !used.contains(name) { complain(order.line, "the parameter \(name) is not used") }
        for parameter in text.parameters where !order.names.contains(parameter.path[0]) {
            complain(parameter.line, "unknown parameter @\(parameter.path[0]): '-- parameters:' does not name it")
        }
    }
}
