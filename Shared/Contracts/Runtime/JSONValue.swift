/// A JSON document as a tree: for programs that pass JSON on without knowing its message.
public enum JSONValue: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, as its text.
    case number(String)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object; its members in their order.
    case object([(name: String, value: JSONValue)])

    /// Reads a document. Throws `INVALID_ARGUMENT` with the place where it is malformed.
    public init(json: [UInt8]) throws(RPCError) {
        var reader = JSONReader(json)
        self = try reader.value()
        try reader.end()
    }

    /// The member with `name`, or the first of several; nil when there is none or this is no object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The string's text; nil when this is no string.
    public var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The whole number in a number or a string; nil when there is none.
    public var integer: Int64? {
        switch self {
        case .number(let text), .string(let text):
            let bytes = Array(text.utf8)
            return JSONReader.isNumber(bytes) ? JSONReader.integer(in: bytes) : nil
        case .null, .bool, .array, .object: return nil
        }
    }

    /// Compact JSON.
    public func json() -> [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// JSON on several lines, for a person to read.
    public func indented(_ margin: String = "") -> String {
        let inner = margin + "  "
        switch self {
        case .array(let elements) where !elements.isEmpty:
            return "[\n" + elements.map { inner + $0.indented(inner) }.joined(separator: ",\n") + "\n\(margin)]"
        case .object(let members) where !members.isEmpty:
            let lines = members.map { member in
                let name = String(decoding: JSONValue.string(member.name).json(), as: UTF8.self)
                return "\(inner)\(name): \(member.value.indented(inner))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(margin)}"
        case .null, .bool, .number, .string, .array, .object: return String(decoding: json(), as: UTF8.self)
        }
    }

    /// Writes the value.
    public func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.literal("null")
        case .bool(let flag): flag.write(to: &writer)
        case .number(let text): writer.number(text)
        case .string(let text): writer.string(text)
        case .array(let elements):
            writer.beginArray()
            for element in elements {
                writer.separate()
                element.write(to: &writer)
            }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for member in members {
                writer.key(member.name)
                member.value.write(to: &writer)
            }
            writer.endObject()
        }
    }

    /// Equal documents; the order of members counts.
    public static func == (left: JSONValue, right: JSONValue) -> Bool { left.json() == right.json() }
}

extension JSONReader {
    /// Any value.
    public mutating func value() throws(RPCError) -> JSONValue {
        switch peek() {
        case UInt8(ascii: "{"):
            var members: [(name: String, value: JSONValue)] = []
            try beginObject()
            while let key = try nextKey() { members.append((key, try value())) }
            return .object(members)
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            try beginArray()
            while try nextElement() { elements.append(try value()) }
            return .array(elements)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool(try bool())
        case UInt8(ascii: "n"):
            guard try skipNull() else { throw malformed("a value") }
            return .null
        case .some: return .number(String(decoding: try numberText(), as: UTF8.self))
        case nil: throw malformed("a value")
        }
    }
}
