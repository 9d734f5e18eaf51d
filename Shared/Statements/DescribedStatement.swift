import Postgres

/// A parameter as the generated code gives it to the server.
struct BoundParameter {
    /// The parameter.
    let parameter: Parameter
    /// How the server knows its type.
    let type: StoredType
    /// The declared type of the value that it is, or is a property of.
    let declared: String?
}

/// A column as the generated code reads it.
struct ReadColumn {
    /// The name, and before it the values of which it is a property.
    let path: [String]
    /// Its place, from 0.
    let place: Int
    /// Whether it may be NULL.
    let mayBeNull: Bool
    /// How the server knows its type.
    let type: StoredType
    /// The declared type, where it is one of ours.
    let declared: String?
}

/// A statement with what the server says of it.
struct DescribedStatement {
    /// As the file declares it.
    let declaration: StatementDeclaration
    /// The parameters by their numbers.
    private(set) var parameters: [BoundParameter] = []
    /// The columns in their order.
    private(set) var columns: [ReadColumn] = []
    /// What is wrong: line and message.
    private(set) var faults: [(line: Int, message: String)] = []

    /// Puts declaration and description together.
    init(_ declaration: StatementDeclaration, _ description: StatementDescription, _ origins: ColumnOrigins) {
        self.declaration = declaration
        for (parameter, number) in zip(declaration.text.parameters, description.parameters) { bind(parameter, number) }
        let isEffect = description.columns.allSatisfy { $0.type == StoredType.void }
        switch declaration.cardinality {
        case .exec where isEffect: break
        case .exec: complain("\(declaration.name) is ':exec' and returns columns")
        case .one, .many:
            if isEffect { complain("\(declaration.name) returns nothing: it is ':exec'") }
            for (place, column) in description.columns.enumerated() {
                read(column, place, isOnly: description.columns.count == 1, origins)
            }
        }
        checkNotes()
    }

    private mutating func complain(_ message: String) { faults.append((declaration.line, message)) }

    private mutating func bind(_ parameter: Parameter, _ number: UInt32) {
        guard let type = StoredType.of(number), type.binding != nil else {
            let name = StoredType.of(number)?.name ?? "the type with number \(number)"
            let message =
                "@\(parameter.name) is \(name), which is not bound: write a type, as in @\(parameter.name)::text"
            return faults.append((parameter.line, message))
        }
        if parameter.mayBeNull, type.isArray {
            return faults.append((parameter.line, "@\(parameter.name) is an array, which is empty instead of NULL"))
        }
        parameters.append(
            BoundParameter(parameter: parameter, type: type, declared: declaration.type(of: parameter.path[0])))
    }

    private mutating func read(
        _ column: StatementDescription.Column, _ place: Int, isOnly: Bool, _ origins: ColumnOrigins
    ) {
        // What PostgreSQL calls an expression without an alias.
        let mark = column.name == "?column?" ? nil : column.name.last
        let name = mark == "?" || mark == "!" ? String(column.name.dropLast()) : column.name
        let path = name.split(separator: ".").map(String.init)
        guard isOnly || path.allSatisfy(\.isSwiftName) else {
            return complain("column \(place + 1) (\(column.name)) has no name: give it an alias")
        }
        guard let type = StoredType.of(column.type), type.reader != nil else {
            return complain("column \(name) has a type (number \(column.type)) that is not read: cast it")
        }
        if mark != "?", mark != "!", let doubt = origins.doubt(of: column, at: place) {
            complain("column \(name) \(doubt): alias it \"\(name)?\", or \"\(name)!\" where it never is")
        }
        columns.append(
            ReadColumn(
                path: path, place: place, mayBeNull: mark == "?", type: type, declared: declaration.type(of: name)))
    }

    /// Notes about names that nothing has.
    private mutating func checkNotes() {
        let names = Set(
            declaration.text.parameters.map { $0.path[0] }
                + columns.flatMap { column in
                    column.path.indices.map { column.path[...$0].joined(separator: ".") }
                })
        for note in declaration.types + declaration.columns where !names.contains(note.name) {
            faults.append((note.line, "no parameter and no column is called \(note.name)"))
        }
        for column in columns where column.path.count > 1 && declaration.type(of: column.path[0]) == nil {
            let name = column.path.joined(separator: ".")
            complain("column \(name): '-- type: \(column.path[0]) TYPE' must say what it is")
        }
    }
}

extension String {
    /// Whether it can name a property.
    fileprivate var isSwiftName: Bool {
        !isEmpty && !first!.isNumber && allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
}
