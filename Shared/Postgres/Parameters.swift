import FoundationEssentials

/// The bound parameters of one statement, kept in PostgreSQL's binary formats in one buffer.
///
/// Every parameter states its type to the server, so `$1` in `INSERT … VALUES ($1)` means what Swift's type says.
public struct Parameters: Sendable {
    var bytes: [UInt8] = []
    var types: [UInt32] = []
    /// Where each value starts in `bytes`; -1 is NULL.
    var offsets: [Int32] = []
    var lengths: [Int32] = []
    /// Whether the values were more than one statement may carry; then it is refused instead of sent.
    private(set) var isTooLarge = false
    /// PostgreSQL takes no value, and libpq no message, of more than a gibibyte.
    static let most = 1 << 30

    /// No parameters yet.
    public init() {
        bytes.reserveCapacity(128)
    }

    /// A `bigint`.
    public mutating func add(_ value: Int64?) { addInteger(value, TypeNumber.int8) }
    /// An `integer`.
    public mutating func add(_ value: Int32?) { addInteger(value, TypeNumber.int4) }
    /// A `smallint`.
    public mutating func add(_ value: Int16?) { addInteger(value, TypeNumber.int2) }
    /// A `boolean`.
    public mutating func add(_ value: Bool?) { addInteger(value.map { $0 ? UInt8(1) : 0 }, TypeNumber.bool) }
    /// A `date`, as days since 2000-01-01.
    public mutating func add(date days: Int32?) { addInteger(days, TypeNumber.date) }
    /// A `timestamptz`, as microseconds since the Unix epoch.
    public mutating func add(timestampMicroseconds value: Int64?) {
        addInteger(value.map(Moment.postgres), TypeNumber.timestamptz)
    }
    /// A `text`.
    public mutating func add(_ value: String?) {
        guard let value else { return addNull(TypeNumber.text) }
        addValue(TypeNumber.text) { $0.append(contentsOf: value.utf8) }
    }
    /// A `bytea`.
    public mutating func add(_ value: [UInt8]?) {
        guard let value else { return addNull(TypeNumber.bytea) }
        addValue(TypeNumber.bytea) { $0.append(contentsOf: value) }
    }
    /// A `uuid`.
    public mutating func add(_ value: UUID?) {
        guard let value else { return addNull(TypeNumber.uuid) }
        addValue(TypeNumber.uuid) { appendUUID(value, to: &$0) }
    }
    /// A `jsonb`, from JSON text in UTF-8.
    public mutating func addJSON(_ utf8: [UInt8]?) {
        guard let utf8 else { return addNull(TypeNumber.jsonb) }
        addValue(TypeNumber.jsonb) {
            $0.append(1)
            $0.append(contentsOf: utf8)
        }
    }

    /// A `bigint[]`.
    public mutating func add(_ values: [Int64]) {
        addArray(values, TypeNumber.int8Array, TypeNumber.int8) { $0.appendField($1) }
    }
    /// An `integer[]`.
    public mutating func add(_ values: [Int32]) {
        addArray(values, TypeNumber.int4Array, TypeNumber.int4) { $0.appendField($1) }
    }
    /// A `smallint[]`.
    public mutating func add(_ values: [Int16]) {
        addArray(values, TypeNumber.int2Array, TypeNumber.int2) { $0.appendField($1) }
    }
    /// A `boolean[]`.
    public mutating func add(_ values: [Bool]) {
        addArray(values, TypeNumber.boolArray, TypeNumber.bool) { $0.appendField($1 ? UInt8(1) : 0) }
    }
    /// A `text[]`.
    public mutating func add(_ values: [String]) {
        addArray(values, TypeNumber.textArray, TypeNumber.text) { $0.appendField($1.utf8) }
    }
    /// A `bytea[]`.
    public mutating func add(_ values: [[UInt8]]) {
        addArray(values, TypeNumber.byteaArray, TypeNumber.bytea) { $0.appendField($1) }
    }
    /// A `uuid[]`.
    public mutating func add(_ values: [UUID]) {
        addArray(values, TypeNumber.uuidArray, TypeNumber.uuid) { bytes, value in
            bytes.appendBigEndian(Int32(16))
            appendUUID(value, to: &bytes)
        }
    }
    /// A `date[]`, as days since 2000-01-01.
    public mutating func add(dates days: [Int32]) {
        addArray(days, TypeNumber.dateArray, TypeNumber.date) { $0.appendField($1) }
    }
    /// A `timestamptz[]`, as microseconds since the Unix epoch; nil elements are NULL.
    public mutating func add(timestampsMicroseconds values: [Int64?]) {
        addOptionals(values, TypeNumber.timestamptzArray, TypeNumber.timestamptz) {
            $0.appendField(Moment.postgres($1))
        }
    }
    /// A `jsonb[]`, each element JSON text in UTF-8.
    public mutating func addJSON(_ values: [[UInt8]]) {
        addOptionals(values.map(Optional.some), TypeNumber.jsonbArray, TypeNumber.jsonb) { bytes, value in
            bytes.appendBigEndian(Int32(clamping: value.count + 1))
            bytes.append(1)
            bytes.append(contentsOf: value)
        }
    }
    /// A `jsonb[]` whose nil elements are NULL.
    public mutating func addJSON(_ values: [[UInt8]?]) {
        addOptionals(values, TypeNumber.jsonbArray, TypeNumber.jsonb) { bytes, value in
            bytes.appendBigEndian(Int32(clamping: value.count + 1))
            bytes.append(1)
            bytes.append(contentsOf: value)
        }
    }
    /// A `text[]` whose nil elements are NULL.
    public mutating func add(_ values: [String?]) {
        addOptionals(values, TypeNumber.textArray, TypeNumber.text) { $0.appendField($1.utf8) }
    }
    /// A `bigint[]` whose nil elements are NULL.
    public mutating func add(_ values: [Int64?]) {
        addOptionals(values, TypeNumber.int8Array, TypeNumber.int8) { $0.appendField($1) }
    }
    /// An `integer[]` whose nil elements are NULL.
    public mutating func add(_ values: [Int32?]) {
        addOptionals(values, TypeNumber.int4Array, TypeNumber.int4) { $0.appendField($1) }
    }
    /// A `bytea[]` whose nil elements are NULL.
    public mutating func add(_ values: [[UInt8]?]) {
        addOptionals(values, TypeNumber.byteaArray, TypeNumber.bytea) { $0.appendField($1) }
    }
    /// A `uuid[]` whose nil elements are NULL.
    public mutating func add(_ values: [UUID?]) {
        addOptionals(values, TypeNumber.uuidArray, TypeNumber.uuid) { bytes, value in
            bytes.appendBigEndian(Int32(16))
            appendUUID(value, to: &bytes)
        }
    }

    // MARK: Encoding

    private mutating func addNull(_ type: UInt32) {
        types.append(type)
        offsets.append(-1)
        lengths.append(0)
    }

    private mutating func addInteger(_ value: (some FixedWidthInteger)?, _ type: UInt32) {
        guard let value else { return addNull(type) }
        addValue(type) { $0.appendBigEndian(value) }
    }

    private mutating func addValue(_ type: UInt32, _ write: (inout [UInt8]) -> Void) {
        let start = bytes.count
        if !isTooLarge { write(&bytes) }
        guard !isTooLarge, bytes.count <= Parameters.most else {
            isTooLarge = true
            bytes.removeSubrange(start...)
            return addNull(type)
        }
        types.append(type)
        offsets.append(Int32(start))
        lengths.append(Int32(bytes.count - start))
    }

    private mutating func addArray<Element>(
        _ values: [Element], _ type: UInt32, _ element: UInt32, _ write: (inout [UInt8], Element) -> Void
    ) {
        addValue(type) { bytes in
            bytes.appendArrayHeader(element, count: values.count, hasNulls: false)
            for value in values { write(&bytes, value) }
        }
    }

    private mutating func addOptionals<Element>(
        _ values: [Element?], _ type: UInt32, _ element: UInt32, _ write: (inout [UInt8], Element) -> Void
    ) {
        addValue(type) { bytes in
            bytes.appendArrayHeader(element, count: values.count, hasNulls: true)
            for value in values {
                if let value { write(&bytes, value) } else { bytes.appendBigEndian(Int32(-1)) }
            }
        }
    }
}

func appendUUID(_ value: UUID, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.uuid) { bytes.append(contentsOf: $0) }
}

extension [UInt8] {
    @inline(__always)
    mutating func appendBigEndian(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    mutating func appendField(_ value: some FixedWidthInteger) {
        appendBigEndian(Int32(value.bitWidth / 8))
        appendBigEndian(value)
    }

    mutating func appendField(_ value: some Collection<UInt8>) {
        appendBigEndian(Int32(clamping: value.count))
        append(contentsOf: value)
    }

    mutating func appendArrayHeader(_ element: UInt32, count: Int, hasNulls: Bool) {
        appendBigEndian(Int32(count == 0 ? 0 : 1))
        appendBigEndian(Int32(hasNulls ? 1 : 0))
        appendBigEndian(element)
        guard count > 0 else { return }
        appendBigEndian(Int32(clamping: count))
        appendBigEndian(Int32(1))
    }
}
