import FoundationEssentials

/// One row of a binary `COPY … TO STDOUT`, read in place from libpq's buffer. It cannot outlive the call it is lent to.
public struct CopyRow: ~Copyable {
    @usableFromInline let base: UnsafeRawPointer
    /// For each field its offset from `base` and its length; the length of NULL is -1.
    @usableFromInline let fields: UnsafePointer<(offset: Int32, length: Int32)>
    /// How many fields the row has.
    public let count: Int

    /// Whether the field is NULL.
    @inlinable
    @inline(__always)
    public func isNull(_ field: Int) -> Bool {
        field >= count || fields[field].length < 0
    }

    /// A `bigint`, `integer` or `smallint`.
    @inlinable
    @inline(__always)
    public func int64(_ field: Int) throws(PostgresError) -> Int64 {
        let bytes = try bytes(field)
        if bytes.count == 8 { return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)) }
        return try Integers.widen(bytes, field)
    }
    /// A `bigint` or nil.
    @inlinable
    @inline(__always)
    public func int64OrNil(_ field: Int) throws(PostgresError) -> Int64? {
        isNull(field) ? nil : try int64(field)
    }
    /// An `integer` or `smallint`.
    @inlinable
    @inline(__always)
    public func int32(_ field: Int) throws(PostgresError) -> Int32 {
        guard let value = Int32(exactly: try int64(field)) else { throw mismatch(field, "integer") }
        return value
    }
    /// An `integer` or nil.
    @inlinable
    @inline(__always)
    public func int32OrNil(_ field: Int) throws(PostgresError) -> Int32? {
        isNull(field) ? nil : try int32(field)
    }
    /// A `smallint`.
    @inlinable
    @inline(__always)
    public func int16(_ field: Int) throws(PostgresError) -> Int16 {
        guard let value = Int16(exactly: try int64(field)) else { throw mismatch(field, "smallint") }
        return value
    }
    /// A `smallint` or nil.
    @inlinable
    @inline(__always)
    public func int16OrNil(_ field: Int) throws(PostgresError) -> Int16? {
        isNull(field) ? nil : try int16(field)
    }
    /// A `boolean`.
    @inlinable
    @inline(__always)
    public func bool(_ field: Int) throws(PostgresError) -> Bool {
        let bytes = try bytes(field)
        guard bytes.count == 1 else { throw mismatch(field, "boolean") }
        return bytes[0] != 0
    }
    /// A `date`, as days since 2000-01-01; `infinity` is an error.
    @inlinable
    @inline(__always)
    public func date(_ field: Int) throws(PostgresError) -> Int32 {
        let bytes = try bytes(field)
        guard bytes.count == 4 else { throw mismatch(field, "date") }
        let days = Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))
        guard days != .max, days != .min else { throw mismatch(field, "finite date") }
        return days
    }
    /// A `date` or nil.
    @inlinable
    @inline(__always)
    public func dateOrNil(_ field: Int) throws(PostgresError) -> Int32? {
        isNull(field) ? nil : try date(field)
    }
    /// A `timestamptz`, as microseconds since the Unix epoch; `infinity` is an error.
    @inlinable
    @inline(__always)
    public func timestampMicroseconds(_ field: Int) throws(PostgresError) -> Int64 {
        let bytes = try bytes(field)
        guard bytes.count == 8 else { throw mismatch(field, "timestamptz") }
        guard let moment = Moment.unix(Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))) else {
            throw mismatch(field, "finite timestamptz")
        }
        return moment
    }
    /// A `uuid`.
    public func uuid(_ field: Int) throws(PostgresError) -> UUID {
        let bytes = try bytes(field)
        guard bytes.count == 16 else { throw mismatch(field, "uuid") }
        return UUID(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
    /// A `text`. Allocates; `withBytes` does not.
    public func string(_ field: Int) throws(PostgresError) -> String {
        String(decoding: try bytes(field), as: UTF8.self)
    }
    /// A `text` or nil.
    public func stringOrNil(_ field: Int) throws(PostgresError) -> String? {
        isNull(field) ? nil : try string(field)
    }

    /// The field's bytes as the server sent them; valid inside `body` only. NULL is an error.
    @inlinable
    @inline(__always)
    public func withBytes<Value>(_ field: Int, _ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
        try body(try bytes(field))
    }

    /// Visits the elements of a `smallint[]`, `integer[]` or `bigint[]` without NULLs; allocates nothing.
    @inlinable
    public func forEachInteger(
        _ field: Int, _ body: (Int64) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        try ArrayReader.forEach(try bytes(field)) { (bytes) throws(PostgresError) in
            try body(try Integers.widen(bytes, field))
        }
    }

    @inlinable
    @inline(__always)
    func bytes(_ field: Int) throws(PostgresError) -> UnsafeRawBufferPointer {
        guard field < count, fields[field].length >= 0 else {
            throw PostgresError(decoding: "field \(field) is NULL or missing")
        }
        return UnsafeRawBufferPointer(start: base + Int(fields[field].offset), count: Int(fields[field].length))
    }

    @usableFromInline
    func mismatch(_ field: Int, _ expected: String) -> PostgresError {
        PostgresError(decoding: "field \(field) is not a \(expected)")
    }
}
