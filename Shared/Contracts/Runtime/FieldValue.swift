/// A value that a field of a message can have.
public protocol FieldValue: Sendable, Equatable {
    /// Reads the value that comes next.
    init(from reader: inout JSONReader) throws(RPCError)
    /// Writes the value.
    func write(to writer: inout JSONWriter)
}

/// A value with a default, which is not written.
public protocol ScalarValue: FieldValue {
    /// What an absent field means.
    static var fieldDefault: Self { get }
}

extension String: ScalarValue {
    /// An absent text.
    public static var fieldDefault: String { "" }
    /// Reads a JSON string.
    public init(from reader: inout JSONReader) throws(RPCError) { self = try reader.string() }
    /// Writes a JSON string.
    public func write(to writer: inout JSONWriter) { writer.string(self) }
}

extension Bool: ScalarValue {
    /// An absent flag.
    public static var fieldDefault: Bool { false }
    /// Reads `true` or `false`.
    public init(from reader: inout JSONReader) throws(RPCError) { self = try reader.bool() }
    /// Writes `true` or `false`.
    public func write(to writer: inout JSONWriter) { writer.literal(self ? "true" : "false") }
}

extension Int32: ScalarValue {
    /// An absent number.
    public static var fieldDefault: Int32 { 0 }
    /// Reads a number, or a string with one.
    public init(from reader: inout JSONReader) throws(RPCError) { self = try reader.integer() }
    /// Writes a number.
    public func write(to writer: inout JSONWriter) { writer.integer(self) }
}

extension UInt32: ScalarValue {
    /// An absent number.
    public static var fieldDefault: UInt32 { 0 }
    /// Reads a number, or a string with one.
    public init(from reader: inout JSONReader) throws(RPCError) { self = try reader.integer() }
    /// Writes a number.
    public func write(to writer: inout JSONWriter) { writer.integer(self) }
}

extension Int64: ScalarValue {
    /// An absent number.
    public static var fieldDefault: Int64 { 0 }
    /// Reads a number, or a string with one.
    public init(from reader: inout JSONReader) throws(RPCError) { self = try reader.integer() }
    /// Writes a string: many programs read JSON numbers as binary floating point, which holds only 53 bits.
    public func write(to writer: inout JSONWriter) { writer.quotedInteger(self) }
}

extension UInt64: ScalarValue {
    /// An absent number.
    public static var fieldDefault: UInt64 { 0 }
    /// Reads a number, or a string with one.
    public init(from reader: inout JSONReader) throws(RPCError) { self = try reader.integer() }
    /// Writes a string.
    public func write(to writer: inout JSONWriter) { writer.quotedInteger(self) }
}

extension Double: ScalarValue {
    /// An absent number.
    public static var fieldDefault: Double { 0 }
    /// Reads a number, a string with one, `"NaN"`, `"Infinity"` or `"-Infinity"`.
    public init(from reader: inout JSONReader) throws(RPCError) { self = try reader.double() }
    /// Writes the shortest number that reads back the same.
    public func write(to writer: inout JSONWriter) { writer.double(self, text: description) }
}

extension Float: ScalarValue {
    /// An absent number.
    public static var fieldDefault: Float { 0 }
    /// Reads a number, a string with one, `"NaN"`, `"Infinity"` or `"-Infinity"`.
    public init(from reader: inout JSONReader) throws(RPCError) {
        let wide = try reader.double()
        self = Float(wide)
        if isInfinite && wide.isFinite { throw reader.fault("the number is too large", reason: "out_of_range") }
    }
    /// Writes the shortest number that reads back the same.
    public func write(to writer: inout JSONWriter) { writer.double(Double(self), text: description) }
}

extension Array: FieldValue, ScalarValue where Element == UInt8 {
    /// Absent bytes.
    public static var fieldDefault: [UInt8] { [] }
    /// Reads base64 in its standard or its URL-safe alphabet, padded or not.
    public init(from reader: inout JSONReader) throws(RPCError) {
        guard let bytes = Base64.decode(try reader.string()) else {
            throw reader.fault("expected base64", reason: "expected_base64")
        }
        self = bytes
    }
    /// Writes padded standard base64.
    public func write(to writer: inout JSONWriter) { writer.string(Base64.encode(self)) }
}

extension JSONReader {
    /// Reads a field; `null` is its default.
    public mutating func read<Value: ScalarValue>(_ field: inout Value) throws(RPCError) {
        field = try skipNull() ? Value.fieldDefault : Value(from: &self)
    }

    /// Reads a field that may be absent; `null` is absent.
    public mutating func read<Value: FieldValue>(optional field: inout Value?) throws(RPCError) {
        field = try skipNull() ? nil : Value(from: &self)
    }

    /// Reads a repeated field; `null` is empty.
    public mutating func read<Value: FieldValue>(repeated field: inout [Value]) throws(RPCError) {
        field = []
        if try skipNull() { return }
        try beginArray()
        while try nextElement() { field.append(try Value(from: &self)) }
    }

    /// Reads a map; `null` is empty.
    public mutating func read<Value: FieldValue>(map field: inout [String: Value]) throws(RPCError) {
        field = [:]
        if try skipNull() { return }
        try beginObject()
        while let key = try nextKey() {
            if field[key] != nil { throw fault("the key is given twice", reason: "duplicate_field") }
            field[key] = try Value(from: &self)
        }
    }
}

extension JSONWriter {
    /// Writes a field unless it has its default.
    public mutating func write<Value: ScalarValue>(_ name: StaticString, _ value: Value) {
        if value != Value.fieldDefault {
            key(name)
            value.write(to: &self)
        }
    }

    /// Writes a field unless it is absent.
    public mutating func write<Value: FieldValue>(_ name: StaticString, optional value: Value?) {
        if let value {
            key(name)
            value.write(to: &self)
        }
    }

    /// Writes a repeated field unless it is empty.
    public mutating func write<Value: FieldValue>(_ name: StaticString, repeated values: [Value]) {
        if values.isEmpty { return }
        key(name)
        beginArray()
        for value in values {
            separate()
            value.write(to: &self)
        }
        endArray()
    }

    /// Writes a map, sorted by key, unless it is empty.
    public mutating func write<Value: FieldValue>(_ name: StaticString, map values: [String: Value]) {
        if values.isEmpty { return }
        key(name)
        beginObject()
        for (mapKey, value) in values.sorted(by: { $0.key < $1.key }) {
            key(mapKey)
            value.write(to: &self)
        }
        endObject()
    }
}
