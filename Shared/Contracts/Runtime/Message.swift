/// A message of the contracts. On the queue it is canonical proto3 JSON.
/// Source of the format: https://protobuf.dev/programming-guides/json/
public protocol Message: FieldValue {
    /// The empty message: every field has its default value.
    init()
    /// Full name, for instance `puente.transfers.v1.RunRequest`.
    static var fullName: String { get }
    /// The fields, by number and by both of their names.
    static var fields: [MessageField] { get }
    /// Reads the value of the field with `number`.
    mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError)
    /// Writes the fields that differ from their defaults.
    func writeFields(to writer: inout JSONWriter)
}

extension Message {
    /// Reads canonical JSON that a program wrote; also takes the proto's own field names, numbers for 64-bit integers and `null`
    /// for defaults. What a newer program says and this contract does not have is passed over: fields, and values of
    /// enumerations, which are read as their default. Throws `INVALID_ARGUMENT` with the path of the field that is wrong.
    public init(json: [UInt8]) throws(RPCError) {
        var reader = JSONReader(json, passesOverUnknown: true)
        try self.init(from: &reader)
        try reader.end()
    }

    /// Reads canonical JSON that a program wrote.
    public init(json: String) throws(RPCError) {
        try self.init(json: Array(json.utf8))
    }

    /// Reads JSON that a person wrote: a field or a value that the contract does not have is misspelt, and refused with its path.
    public init(written json: [UInt8]) throws(RPCError) {
        var reader = JSONReader(json)
        try self.init(from: &reader)
        try reader.end()
    }

    /// Canonical JSON: compact, in the order of the contract's fields, without fields that have their default value.
    public func json() -> [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// Canonical JSON as text.
    public func jsonText() -> String { String(decoding: json(), as: UTF8.self) }

    /// Reads one object.
    public init(from reader: inout JSONReader) throws(RPCError) {
        self.init()
        let fields = Self.fields
        var seen: UInt64 = 0
        try reader.beginObject()
        while let index = try reader.nextField(of: fields) {
            let bit: UInt64 = 1 << UInt64(index)
            if seen & bit != 0 { throw reader.fault("the field is given twice", reason: "duplicate_field") }
            seen |= bit
            try readField(fields[index].number, from: &reader)
        }
    }

    /// Writes one object.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writeFields(to: &writer)
        writer.endObject()
    }
}

/// A field's number and names.
public struct MessageField: Sendable {
    /// Number in the contract.
    public let number: Int
    /// Name in canonical JSON.
    public let jsonName: StaticString
    /// Name in the contract, accepted on input.
    public let protoName: StaticString

    /// A field; made by the generated contracts.
    public init(_ number: Int, _ jsonName: StaticString, _ protoName: StaticString) {
        self.number = number
        self.jsonName = jsonName
        self.protoName = protoName
    }
}

/// An enum of the contracts. The case with number 0 is the default.
public protocol MessageEnum: ScalarValue, RawRepresentable, CaseIterable, Hashable where RawValue == Int32 {
    /// The name in the contract, for instance `IMPORT_MODE_KEEP_GOOD`.
    var name: StaticString { get }
}

extension MessageEnum {
    /// Reads a name or a number. One that the contract does not have is the default in what a program wrote, and refused in
    /// what a person wrote.
    public init(from reader: inout JSONReader) throws(RPCError) {
        let known: Self? =
            switch try reader.enumToken() {
            case .name(let name): Self.allCases.first { name == $0.name.description }
            case .number(let number): Int32(exactly: number).flatMap { Self(rawValue: $0) }
            }
        guard let value = known ?? (reader.passesOverUnknown ? Self(rawValue: 0) : nil) else {
            throw reader.fault("the contract has no such value", reason: "unknown_enum_value")
        }
        self = value
    }

    /// Writes the name.
    public func write(to writer: inout JSONWriter) { writer.literal(quoted: name) }
}
