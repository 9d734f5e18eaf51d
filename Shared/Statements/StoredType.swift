import Postgres

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
        .init(number: TypeNumber.bool, name: "boolean", swift: "Bool", binding: "add(", reader: "bool"),
        .init(number: TypeNumber.bytea, name: "bytea", swift: "[UInt8]", binding: "add(", reader: "bytes"),
        .init(number: TypeNumber.int8, name: "bigint", swift: "Int64", binding: "add(", reader: "int64"),
        .init(number: TypeNumber.int2, name: "smallint", swift: "Int16", binding: "add(", reader: "int16"),
        .init(number: TypeNumber.int4, name: "integer", swift: "Int32", binding: "add(", reader: "int32"),
        .init(number: TypeNumber.text, name: "text", swift: "String", binding: "add(", reader: "string"),
        .init(number: TypeNumber.varchar, name: "varchar", swift: "String", binding: nil, reader: "string"),
        .init(number: TypeNumber.character, name: "character", swift: "String", binding: nil, reader: "string"),
        .init(number: TypeNumber.name, name: "name", swift: "String", binding: nil, reader: "string"),
        .init(number: TypeNumber.json, name: "json", swift: "[UInt8]", binding: nil, reader: "json"),
        .init(number: TypeNumber.jsonb, name: "jsonb", swift: "[UInt8]", binding: "addJSON(", reader: "json"),
        .init(number: TypeNumber.date, name: "date", swift: "Int32", binding: "add(date: ", reader: "date"),
        .init(
            number: TypeNumber.timestamptz, name: "timestamptz", swift: "Int64", binding: "add(timestampMicroseconds: ",
            reader: "timestampMicroseconds"),
        .init(number: TypeNumber.uuid, name: "uuid", swift: "UUID", binding: "add(", reader: "uuid"),
        .init(number: TypeNumber.boolArray, name: "boolean[]", swift: "[Bool]", binding: "add(", reader: "boolArray"),
        .init(number: TypeNumber.byteaArray, name: "bytea[]", swift: "[[UInt8]]", binding: "add(", reader: nil),
        .init(number: TypeNumber.int2Array, name: "smallint[]", swift: "[Int16]", binding: "add(", reader: nil),
        .init(number: TypeNumber.int4Array, name: "integer[]", swift: "[Int32]", binding: "add(", reader: "int32Array"),
        .init(number: TypeNumber.int8Array, name: "bigint[]", swift: "[Int64]", binding: "add(", reader: "int64Array"),
        .init(number: TypeNumber.textArray, name: "text[]", swift: "[String]", binding: "add(", reader: "stringArray"),
        .init(number: TypeNumber.dateArray, name: "date[]", swift: "[Int32]", binding: "add(dates: ", reader: nil),
        .init(
            number: TypeNumber.timestamptzArray, name: "timestamptz[]", swift: "[Int64?]",
            binding: "add(timestampsMicroseconds: ",
            reader: nil),
        .init(number: TypeNumber.uuidArray, name: "uuid[]", swift: "[UUID]", binding: "add(", reader: nil),
        .init(number: TypeNumber.jsonbArray, name: "jsonb[]", swift: "[[UInt8]]", binding: "addJSON(", reader: nil),
    ]

    /// The type of a number.
    static func of(_ number: UInt32) -> StoredType? { all.first { $0.number == number } }

    /// The type of a statement that only has an effect, such as that of `pg_advisory_xact_lock`.
    static let void = TypeNumber.void

    /// Whether it is an array, which no parameter gives as NULL.
    var isArray: Bool { name.hasSuffix("[]") }

    /// Whether a declared type is Swift's own, or an array of them, and not one of the program's.
    static func isPlain(_ swift: String) -> Bool {
        let core = swift.filter { !"[]?".contains($0) }
        return ["Bool", "UInt8", "Int16", "Int32", "Int64", "String", "UUID"].contains(core)
    }
}
