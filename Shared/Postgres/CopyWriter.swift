import CPostgres
import FoundationEssentials

/// Writes rows of a binary `COPY … FROM STDIN`.
///
/// Fields go straight into one buffer, which is handed to libpq whenever it is nearly full: memory stays constant and no
/// field allocates. A failure is kept and thrown by the COPY as a whole, so that `add` costs a few instructions.
public struct CopyWriter: ~Copyable {
    /// libpq took no more: the server has refused something, or the connection is lost.
    struct NotAccepted: Error {}

    @usableFromInline var start: UnsafeMutableRawPointer
    @usableFromInline var used = 0
    @usableFromInline var capacity = 256 << 10
    @usableFromInline var missing = 0
    private let connection: OpaquePointer?
    private var failure: (any Error)?

    init(connection: OpaquePointer?) {
        self.connection = connection
        start = .allocate(byteCount: capacity, alignment: 16)
        let signature: [UInt8] = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
        for byte in signature { put(byte) }
        put(Int32(0))
        put(Int32(0))
    }

    deinit {
        start.deallocate()
    }

    /// Begins a row of that many fields.
    @inlinable
    @inline(__always)
    public mutating func startRow(columns: Int) {
        if missing != 0 { fail("a row of the COPY lacks \(missing) fields") }
        missing = columns
        reserve(2)
        put(Int16(truncatingIfNeeded: columns))
    }

    /// A `bigint`.
    @inlinable
    @inline(__always)
    public mutating func add(_ value: Int64) { addFixed(value) }
    /// A `bigint` or NULL.
    @inlinable
    @inline(__always)
    public mutating func add(_ value: Int64?) { if let value { addFixed(value) } else { addNull() } }
    /// An `integer`.
    @inlinable
    @inline(__always)
    public mutating func add(_ value: Int32) { addFixed(value) }
    /// An `integer` or NULL.
    @inlinable
    @inline(__always)
    public mutating func add(_ value: Int32?) { if let value { addFixed(value) } else { addNull() } }
    /// A `smallint`.
    @inlinable
    @inline(__always)
    public mutating func add(_ value: Int16) { addFixed(value) }
    /// A `smallint` or NULL.
    @inlinable
    @inline(__always)
    public mutating func add(_ value: Int16?) { if let value { addFixed(value) } else { addNull() } }
    /// A `boolean`.
    @inlinable
    @inline(__always)
    public mutating func add(_ value: Bool) { addFixed(value ? UInt8(1) : 0) }
    /// A `date`, as days since 2000-01-01.
    @inlinable
    @inline(__always)
    public mutating func add(date days: Int32) { addFixed(days) }
    /// A `timestamptz`, as microseconds since the Unix epoch.
    @inlinable
    @inline(__always)
    public mutating func add(timestampMicroseconds value: Int64) { addFixed(Moment.postgres(value)) }

    /// Whether nothing more will be accepted; a long body may look now and then and return early.
    public var hasFailed: Bool { failure != nil }

    /// NULL, of any type.
    @inlinable
    @inline(__always)
    public mutating func addNull() {
        missing -= 1
        reserve(4)
        put(Int32(-1))
    }

    /// Text in UTF-8, or any bytes of a `bytea`.
    @inlinable
    @inline(__always)
    public mutating func add(_ bytes: UnsafeRawBufferPointer) {
        missing -= 1
        reserve(4 + bytes.count)
        put(Int32(truncatingIfNeeded: bytes.count))
        if let source = bytes.baseAddress {
            (start + used).copyMemory(from: source, byteCount: bytes.count)
            used += bytes.count
        }
    }

    /// A `bytea`.
    @inlinable
    @inline(__always)
    public mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { add($0) }
    }

    /// A `text`.
    @inlinable
    @inline(__always)
    public mutating func add(_ text: StaticString) {
        add(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// A `text`.
    @inlinable
    @inline(__always)
    public mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    /// A `text` or NULL.
    @inlinable
    @inline(__always)
    public mutating func add(_ text: String?) {
        if let text { add(text) } else { addNull() }
    }

    /// A `uuid`.
    @inlinable
    @inline(__always)
    public mutating func add(_ value: UUID) {
        withUnsafeBytes(of: value.uuid) { add($0) }
    }

    /// A `jsonb`, from JSON text in UTF-8.
    @inlinable
    public mutating func addJSON(_ bytes: UnsafeRawBufferPointer) {
        missing -= 1
        reserve(5 + bytes.count)
        put(Int32(truncatingIfNeeded: bytes.count + 1))
        put(UInt8(1))
        if let source = bytes.baseAddress {
            (start + used).copyMemory(from: source, byteCount: bytes.count)
            used += bytes.count
        }
    }

    /// An `integer[]` (or with `Int64` a `bigint[]`, with `Int16` a `smallint[]`) without NULL elements.
    @inlinable
    public mutating func add<Element: CopyArrayElement>(array values: UnsafeBufferPointer<Element>) {
        missing -= 1
        let size = Element.bitWidth / 8
        let length = values.isEmpty ? 12 : 20 + values.count * (4 + size)
        reserve(4 + length)
        put(Int32(truncatingIfNeeded: length))
        put(Int32(values.isEmpty ? 0 : 1))
        put(Int32(0))
        put(Element.arrayElementType)
        if values.isEmpty { return }
        put(Int32(truncatingIfNeeded: values.count))
        put(Int32(1))
        for value in values {
            put(Int32(truncatingIfNeeded: size))
            put(value)
        }
    }

    // MARK: The buffer

    @inlinable
    @inline(__always)
    internal mutating func addFixed<Value: FixedWidthInteger>(_ value: Value) {
        missing -= 1
        reserve(16)
        put(Int32(truncatingIfNeeded: Value.bitWidth / 8))
        put(value)
    }

    @inlinable
    @inline(__always)
    internal mutating func put<Value: FixedWidthInteger>(_ value: Value) {
        (start + used).storeBytes(of: value.bigEndian, as: Value.self)
        used += Value.bitWidth / 8
    }

    @inlinable
    @inline(__always)
    internal mutating func reserve(_ count: Int) {
        if used + count > capacity { makeRoom(count) }
    }

    @inline(never)
    @usableFromInline
    mutating func makeRoom(_ count: Int) {
        flush()
        guard count > capacity else { return }
        start.deallocate()
        capacity = count
        start = .allocate(byteCount: capacity, alignment: 16)
    }

    /// Hands what is buffered to libpq.
    mutating func flush() {
        defer { used = 0 }
        guard used > 0, failure == nil else { return }
        let bytes = start.assumingMemoryBound(to: CChar.self)
        if PQputCopyData(connection, bytes, Int32(used)) != 1 {
            failure = NotAccepted()
        }
    }

    @usableFromInline mutating func fail(_ message: String) {
        if failure == nil { failure = PostgresError(kind: .usage, message: message) }
    }

    /// Writes the trailer and hands over the rest.
    mutating func finish() throws {
        if missing != 0 { fail("the last row of the COPY lacks \(missing) fields") }
        reserve(2)
        put(Int16(-1))
        flush()
        if let failure { throw failure }
    }
}

/// The integers that can be elements of an array in a COPY.
public protocol CopyArrayElement: FixedWidthInteger {
    /// The type number of the element.
    static var arrayElementType: UInt32 { get }
}

extension Int64: CopyArrayElement {
    /// `bigint`.
    public static var arrayElementType: UInt32 { TypeNumber.int8 }
}

extension Int32: CopyArrayElement {
    /// `integer`.
    public static var arrayElementType: UInt32 { TypeNumber.int4 }
}

extension Int16: CopyArrayElement {
    /// `smallint`.
    public static var arrayElementType: UInt32 { TypeNumber.int2 }
}
