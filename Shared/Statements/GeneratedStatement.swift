/// Swift's text of a statement's type.
struct GeneratedStatement {
    private let statement: DescribedStatement
    private var lines: [String] = []
    private var access: String { statement.declaration.access }

    /// The lines of the type.
    static func lines(_ statement: DescribedStatement) -> [String] {
        var generated = GeneratedStatement(statement: statement)
        generated.write()
        return generated.lines
    }

    private init(statement: DescribedStatement) { self.statement = statement }

    private mutating func say(_ depth: Int, _ text: String) {
        lines.append(text.isEmpty ? "" : String(repeating: "    ", count: depth) + text)
    }

    private mutating func write() {
        let declaration = statement.declaration
        for line in declaration.documentation { say(0, line.isEmpty ? "///" : "/// \(line)") }
        let type = "\(access)struct \(declaration.name)"
        say(0, "\(type): Statement {")
        if statement.columns.isEmpty { say(1, "\(access)typealias Row = Never") }
        say(1, "\(access)static let sql = \"\"\"")
        for line in declaration.text.sql.split(separator: "\n", omittingEmptySubsequences: false) {
            say(2, line.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\"))
        }
        say(2, "\"\"\"")
        writeParameters()
        writeRow()
        say(0, "}")
        say(0, "")
    }

    // MARK: Parameters

    /// A property of the type: a parameter, or the value of which parameters are properties.
    private struct Property {
        let name: String
        let type: String
    }

    private var properties: [Property] {
        var found: [Property] = []
        for bound in statement.parameters where !found.contains(where: { $0.name == bound.parameter.path[0] }) {
            let type: String
            if let declared = bound.declared {
                type = bound.parameter.path.count == 1 && bound.parameter.mayBeNull ? "\(declared)?" : declared
            } else {
                type = bound.type.swift + (bound.parameter.mayBeNull ? "?" : "")
            }
            found.append(Property(name: bound.parameter.path[0], type: type))
        }
        guard let order = statement.declaration.order else { return found }
        return order.names.compactMap { name in found.first { $0.name == name } }
    }

    private mutating func writeParameters() {
        let properties = properties
        guard !properties.isEmpty else {
            if !access.isEmpty {
                say(1, "")
                say(1, "\(access)init() {}")
            }
            return
        }
        for property in properties { say(1, "\(access)let \(property.name.swiftName): \(property.type)") }
        if !access.isEmpty {
            let list = properties.map { "\($0.name.swiftLabel): \($0.type)" }.joined(separator: ", ")
            say(1, "")
            say(1, "\(access)init(\(list)) {")
            for property in properties { say(2, "self.\(property.name.swiftLabel) = \(property.name.swiftName)") }
            say(1, "}")
        }
        say(1, "")
        say(1, "\(access)func bind(into parameters: inout Parameters) {")
        for bound in statement.parameters { say(2, "parameters.\(bound.type.binding!)\(Self.value(bound)))") }
        say(1, "}")
    }

    /// The expression of what is bound, with its type where it is a property of something, so that Swift holds it to the server's.
    private static func value(_ bound: BoundParameter) -> String {
        let path = bound.parameter.path.map(\.swiftName)
        let optional = bound.parameter.mayBeNull
        guard let declared = bound.declared else { return path[0] }
        let type = bound.type.swift + (optional ? "?" : "")
        if path.count > 1 {
            let property = path.dropFirst().joined(separator: ".")
            return declared.hasPrefix("[")
                ? "\(path[0]).map(\\.\(property)) as \(type)" : "\(path[0]).\(property) as \(type)"
        }
        if StoredType.isPlain(declared) { return path[0] }
        if declared.hasPrefix("[") { return "\(path[0]).map(\\.rawValue) as \(type)" }
        return "\(path[0])\(optional ? "?" : "").rawValue as \(type)"
    }

    // MARK: Row

    private mutating func writeRow() {
        let declaration = statement.declaration
        guard let first = statement.columns.first else { return }
        say(1, "")
        if statement.columns.count == 1, declaration.row == nil, first.path.count < 2 {
            return writeDecode(returning: Self.type(first), ["\(Self.read(first))"])
        }
        let name = declaration.row ?? "Row"
        if declaration.row == nil { writeRowType() }
        writeDecode(
            returning: name, Self.initializer(name, statement.columns[...], depth: 0) { declaration.type(of: $0) })
    }

    private mutating func writeRowType() {
        let declaration = statement.declaration
        say(1, "/// One row of the result.")
        say(1, "\(access)struct Row: Sendable {")
        var written: Set<String> = []
        for column in statement.columns where written.insert(column.path[0]).inserted {
            let type = column.path.count > 1 ? declaration.type(of: column.path[0]) ?? "" : Self.type(column)
            for note in declaration.columns where note.name == column.path[0] { say(2, "/// \(note.text)") }
            say(2, "\(access)let \(column.path[0].swiftName): \(type)")
        }
        say(1, "}")
        say(1, "")
    }

    private mutating func writeDecode(returning type: String, _ expression: [String]) {
        say(1, "\(access)static func decode(_ row: borrowing RowReader) throws(PostgresError) -> \(type) {")
        for line in expression { say(2, line) }
        say(1, "}")
    }

    private static func type(_ column: ReadColumn) -> String {
        (column.declared ?? column.type.swift) + (column.mayBeNull ? "?" : "")
    }

    /// The expression of one column's value.
    private static func read(_ column: ReadColumn) -> String {
        let reader = column.type.reader!
        let value: String
        if !column.mayBeNull {
            value = "try row.\(reader)(\(column.place))"
        } else if column.type.isArray {
            value = "row.isNull(\(column.place)) ? nil : try row.\(reader)(\(column.place))"
        } else {
            value = "try row.\(reader)OrNil(\(column.place))"
        }
        return column.declared == nil ? value : "try row.word(\(value.dropFirst(4)))"
    }

    /// The call that makes a value of the columns below a path of that depth.
    private static func initializer(
        _ name: String, _ columns: ArraySlice<ReadColumn>, depth: Int, _ typeOf: (String) -> String?
    ) -> [String] {
        var lines: [String] = []
        var rest = columns
        while let column = rest.first {
            let label = column.path[depth].swiftLabel
            if column.path.count == depth + 1 {
                lines.append("\(label): \(read(column)),")
                rest = rest.dropFirst()
                continue
            }
            let path = column.path[...depth]
            let group = rest.prefix { $0.path.starts(with: path) }
            rest = rest.dropFirst(group.count)
            var inner = initializer(typeOf(path.joined(separator: ".")) ?? "", group, depth: depth + 1, typeOf)
            inner[0] = "\(label): \(inner[0])"
            inner[inner.count - 1] += ","
            lines += inner
        }
        lines[lines.count - 1].removeLast()
        return ["\(name)("] + lines.map { "    \($0)" } + [")"]
    }
}

extension String {
    /// A name of SQL as Swift writes it: `call_id` is `callId`.
    var swiftLabel: String {
        let words = split(separator: "_", omittingEmptySubsequences: true)
        return words.dropFirst().reduce(words.first.map(String.init) ?? "") {
            $0 + $1.prefix(1).uppercased() + $1.dropFirst()
        }
    }

    /// The same where a word of the language would stand.
    var swiftName: String { Self.keywords.contains(swiftLabel) ? "`\(swiftLabel)`" : swiftLabel }

    private static let keywords: Set<String> = [
        "as", "case", "class", "default", "defer", "do", "else", "enum", "extension", "for", "func", "guard", "if",
        "import",
        "in", "init", "internal", "is", "let", "operator", "private", "protocol", "public", "repeat", "return", "self",
        "static", "struct", "switch", "throw", "throws", "true", "try", "var", "where", "while",
    ]
}
