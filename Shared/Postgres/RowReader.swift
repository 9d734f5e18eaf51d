import CPostgres
import FoundationEssentials

/// Reads the columns of one row of a result in binary format. It cannot outlive the call it is lent to.
public struct RowReader: ~Copyable {
    let result: OpaquePointer
    let row: Int32

    /// How many columns the row has.
    public var columnCount: Int { Int(PQnfields(result)) }

    /// Whether the column is NULL.
    public func isNull(_ column: Int) -> Bool {
        PQgetisnull(result, row, Int32(column)) != 0
    }

    /// A `bigint`, `integer`, `smallint`, or a `numeric` without fraction (the type of `sum(bigint)`).
    public func int64(_ column: Int) throws(PostgresError) -> Int64 {
        let bytes = try field(column)
        if PQftype(result, Int32(column)) == TypeNumber.numeric { return try Numeric.int64(bytes) }
        return try Integers.widen(bytes, column)
    }
    /// A `bigint` or nil.
    public func int64OrNil(_ column: Int) throws(PostgresError) -> Int64? {
        isNull(column) ? nil : try int64(column)
    }
    /// An `integer` or `smallint`.
    public func int32(_ column: Int) throws(PostgresError) -> Int32 {
        guard let value = Int32(exactly: try int64(column)) else { throw mismatch(column, "integer") }
        return value
    }
    /// An `integer` or nil.
    public func int32OrNil(_ column: Int) throws(PostgresError) -> Int32? {
        isNull(column) ? nil : try int32(column)
    }
    /// A `smallint`.
    public func int16(_ column: Int) throws(PostgresError) -> Int16 {
        guard let value = Int16(exactly: try int64(column)) else { throw mismatch(column, "smallint") }
        return value
    }
    /// A `smallint` or nil.
    public func int16OrNil(_ column: Int) throws(PostgresError) -> Int16? {
        isNull(column) ? nil : try int16(column)
    }
    /// A `boolean`.
    public func bool(_ column: Int) throws(PostgresError) -> Bool {
        let bytes = try field(column)
        guard bytes.count == 1 else { throw mismatch(column, "boolean") }
        return bytes[0] != 0
    }
    /// A `boolean` or nil.
    public func boolOrNil(_ column: Int) throws(PostgresError) -> Bool? {
        isNull(column) ? nil : try bool(column)
    }
    /// A `text`, or any type whose binary form is its text.
    public func string(_ column: Int) throws(PostgresError) -> String {
        var bytes = try field(column)
        if PQftype(result, Int32(column)) == TypeNumber.jsonb { bytes = .init(rebasing: bytes.dropFirst()) }
        return String(decoding: bytes, as: UTF8.self)
    }
    /// A `text` or nil.
    public func stringOrNil(_ column: Int) throws(PostgresError) -> String? {
        isNull(column) ? nil : try string(column)
    }
    /// A `bytea`.
    public func bytes(_ column: Int) throws(PostgresError) -> [UInt8] {
        [UInt8](try field(column))
    }
    /// A `bytea` or nil.
    public func bytesOrNil(_ column: Int) throws(PostgresError) -> [UInt8]? {
        isNull(column) ? nil : try bytes(column)
    }
    /// A `uuid`.
    public func uuid(_ column: Int) throws(PostgresError) -> UUID {
        let bytes = try field(column)
        guard bytes.count == 16 else { throw mismatch(column, "uuid") }
        return UUID(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
    /// A `uuid` or nil.
    public func uuidOrNil(_ column: Int) throws(PostgresError) -> UUID? {
        isNull(column) ? nil : try uuid(column)
    }
    /// A `date`, as days since 2000-01-01; `infinity` is an error.
    public func date(_ column: Int) throws(PostgresError) -> Int32 {
        let bytes = try field(column)
        guard bytes.count == 4 else { throw mismatch(column, "date") }
        let days = Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))
        guard days != .max, days != .min else { throw mismatch(column, "finite date") }
        return days
    }
    /// A `date` or nil.
    public func dateOrNil(_ column: Int) throws(PostgresError) -> Int32? {
        isNull(column) ? nil : try date(column)
    }
    /// A `timestamptz`, as microseconds since the Unix epoch; `infinity` is an error.
    public func timestampMicroseconds(_ column: Int) throws(PostgresError) -> Int64 {
        let bytes = try field(column)
        guard bytes.count == 8 else { throw mismatch(column, "timestamptz") }
        guard let moment = Moment.unix(Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))) else {
            throw mismatch(column, "finite timestamptz")
        }
        return moment
    }
    /// A `timestamptz` or nil.
    public func timestampMicrosecondsOrNil(_ column: Int) throws(PostgresError) -> Int64? {
        isNull(column) ? nil : try timestampMicroseconds(column)
    }
    /// A `jsonb` or `json`, as JSON text in UTF-8.
    public func json(_ column: Int) throws(PostgresError) -> [UInt8] {
        let bytes = try field(column)
        return PQftype(result, Int32(column)) == TypeNumber.jsonb ? [UInt8](bytes.dropFirst()) : [UInt8](bytes)
    }
    /// A `jsonb` or nil.
    public func jsonOrNil(_ column: Int) throws(PostgresError) -> [UInt8]? {
        isNull(column) ? nil : try json(column)
    }
    /// A `bigint[]`, `integer[]` or `smallint[]` without NULL elements.
    public func int64Array(_ column: Int) throws(PostgresError) -> [Int64] {
        var values: [Int64] = []
        try ArrayReader.forEach(try field(column)) { (bytes) throws(PostgresError) in
            values.append(try Integers.widen(bytes, column))
        }
        return values
    }
    /// An `integer[]` without NULL elements.
    public func int32Array(_ column: Int) throws(PostgresError) -> [Int32] {
        try int64Array(column).map { Int32(truncatingIfNeeded: $0) }
    }
    /// A `text[]` without NULL elements.
    public func stringArray(_ column: Int) throws(PostgresError) -> [String] {
        var values: [String] = []
        try ArrayReader.forEach(try field(column)) { (bytes) throws(PostgresError) in
            values.append(String(decoding: bytes, as: UTF8.self))
        }
        return values
    }
    /// A `boolean[]` without NULL elements.
    public func boolArray(_ column: Int) throws(PostgresError) -> [Bool] {
        var values: [Bool] = []
        try ArrayReader.forEach(try field(column)) { (bytes) throws(PostgresError) in
            values.append(bytes.first == 1)
        }
        return values
    }

    /// The elements of an array of integers of any dimensions, row by row; a NULL element is `Int64.min`, and NULL is no
    /// elements.
    public func int64Grid(_ column: Int) throws(PostgresError) -> [Int64] {
        guard !isNull(column) else { return [] }
        var values: [Int64] = []
        try ArrayReader.forEachCell(try field(column), reserving: { values.reserveCapacity($0) }) {
            (bytes) throws(PostgresError) in
            values.append(try bytes.map { (bytes) throws(PostgresError) in try Integers.widen(bytes, column) } ?? .min)
        }
        return values
    }
    /// The elements of an array of texts of any dimensions, row by row; a NULL element is empty, and NULL is no elements.
    public func stringGrid(_ column: Int) throws(PostgresError) -> [String] {
        guard !isNull(column) else { return [] }
        var values: [String] = []
        try ArrayReader.forEachCell(try field(column), reserving: { values.reserveCapacity($0) }) {
            (bytes) throws(PostgresError) in
            values.append(bytes.map { String(decoding: $0, as: UTF8.self) } ?? "")
        }
        return values
    }

    /// The word of one of our vocabularies that a column stores.
    public func word<Word: RawRepresentable>(_ stored: Word.RawValue) throws(PostgresError) -> Word {
        guard let word = Word(rawValue: stored) else { throw PostgresError(decoding: "an unknown \(Word.self)") }
        return word
    }
    /// The word, or nil.
    public func word<Word: RawRepresentable>(_ stored: Word.RawValue?) throws(PostgresError) -> Word? {
        guard let stored else { return nil }
        return try word(stored) as Word
    }

    private func field(_ column: Int) throws(PostgresError) -> UnsafeRawBufferPointer {
        let column = Int32(column)
        guard column < PQnfields(result), PQgetisnull(result, row, column) == 0,
            let start = PQgetvalue(result, row, column)
        else { throw PostgresError(decoding: "column \(column) is NULL or missing") }
        return UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
    }

    private func mismatch(_ column: Int, _ expected: String) -> PostgresError {
        PostgresError(decoding: "column \(column) is not a \(expected)")
    }
}
