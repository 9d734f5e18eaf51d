/// How a type of the database is written and read in Swift.
struct StoredType {
    /// The type's number (OID).
    let number: UInt32
    /// Its name in SQL.
    let name: String
    /// Swift's type.
    let swift: String
    /// The call that binds a value, up to the value; nil for what is only read.
    let binding: String?
    /// The reader's method; nil for what is only bound.
    let reader: String?

    /// The types that the program speaks.
    static let all: [StoredType] = [
        .init(number: 16, name: "boolean", swift: "Bool", binding: "add(", reader: "bool"),
        .init(number: 17, name: "bytea", swift: "[UInt8]", binding: "add(", reader: "bytes"),
        .init(number: 20, name: "bigint", swift: "Int64", binding: "add(", reader: "int64"),
        .init(number: 21, name: "smallint", swift: "Int16", binding: "add(", reader: "int16"),
        .init(number: 23, name: "integer", swift: "Int32", binding: "add(", reader: "int32"),
        .init(number: 25, name: "text", swift: "String", binding: "add(", reader: "string"),
        .init(number: 1043, name: "varchar", swift: "String", binding: nil, reader: "string"),
        .init(number: 1042, name: "character", swift: "String", binding: nil, reader: "string"),
        .init(number: 19, name: "name", swift: "String", binding: nil, reader: "string"),
        .init(number: 114, name: "json", swift: "[UInt8]", binding: nil, reader: "json"),
        .init(number: 3802, name: "jsonb", swift: "[UInt8]", binding: "addJSON(", reader: "json"),
        .init(number: 1082, name: "date", swift: "Int32", binding: "add(date: ", reader: "date"),
        .init(
            number: 1184, name: "timestamptz", swift: "Int64", binding: "add(timestampMicroseconds: ",
            reader: "timestampMicroseconds"),
        .init(number: 2950, name: "uuid", swift: "UUID", binding: "add(", reader: "uuid"),
        .init(number: 1000, name: "boolean[]", swift: "[Bool]", binding: "add(", reader: "boolArray"),
        .init(number: 1001, name: "bytea[]", swift: "[[UInt8]]", binding: "add(", reader: nil),
        .init(number: 1005, name: "smallint[]", swift: "[Int16]", binding: "add(", reader: nil),
        .init(number: 1007, name: "integer[]", swift: "[Int32]", binding: "add(", reader: "int32Array"),
        .init(number: 1016, name: "bigint[]", swift: "[Int64]", binding: "add(", reader: "int64Array"),
        .init(number: 1009, name: "text[]", swift: "[String]", binding: "add(", reader: "stringArray"),
        .init(number: 1182, name: "date[]", swift: "[Int32]", binding: "add(dates: ", reader: nil),
        .init(
            number: 1185, name: "timestamptz[]", swift: "[Int64?]", binding: "add(timestampsMicroseconds: ",
            reader: nil),
        .init(number: 2951, name: "uuid[]", swift: "[UUID]", binding: "add(", reader: nil),
        .init(number: 3807, name: "jsonb[]", swift: "[[UInt8]]", binding: "addJSON(", reader: nil),
    ]

    /// The type of a number.
    static func of(_ number: UInt32) -> StoredType? { all.first { $0.number == number } }

    /// The type of a statement that only has an effect, such as that of `pg_advisory_xact_lock`.
    static let void: UInt32 = 2278

    /// Whether it is an array, which no parameter gives as NULL.
    var isArray: Bool { name.hasSuffix("[]") }

    /// Whether a declared type is Swift's own, or an array of them, and not one of the program's.
    static func isPlain(_ swift: String) -> Bool {
        let core = swift.filter { !"[]?".contains($0) }
        return ["Bool", "UInt8", "Int16", "Int32", "Int64", "String", "UUID"].contains(core)
    }
}
