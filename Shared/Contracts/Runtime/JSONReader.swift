import Vocabulary

/// Reads JSON from bytes, one token after the other, and knows where it is.
public struct JSONReader: Sendable {
    /// Deeper nesting is refused.
    static let depthLimit = 100

    /// A step of the path to the value that is being read.
    enum PathStep: Sendable {
        case start
        case field(StaticString)
        case key(String)
        case element(Int)
    }

    let bytes: [UInt8]
    var position = 0
    private var path: [PathStep] = []
    /// Whether fields and values that the contract does not have are passed over, as proto3 does, instead of refused.
    let passesOverUnknown: Bool

    /// Reads `bytes`.
    public init(_ bytes: [UInt8], passesOverUnknown: Bool = false) {
        self.bytes = bytes
        self.passesOverUnknown = passesOverUnknown
    }

    /// An `INVALID_ARGUMENT` about the value that is being read. `reason` is a stable code. Never quotes the value.
    public func fault(_ sentence: Sentence, reason: String) -> RPCError {
        var place = ""
        for step in path {
            switch step {
            case .start: break
            case .field(let name): place += place.isEmpty ? "\(name)" : ".\(name)"
            case .key(let key): place += "[\"\(key.prefix(64))\"]"
            case .element(let index): place += "[\(index)]"
            }
        }
        return .invalidField(place.isEmpty ? "request" : place, sentence, reason: reason)
    }

    func malformed(_ expected: String) -> RPCError {
        fault("malformed JSON at byte \(position): expected \(expected)", reason: "malformed_json")
    }

    func mistyped(_ expected: String) -> RPCError {
        fault("expected \(expected)", reason: "wrong_type")
    }

    mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// The next byte that is not white space; nil at the end.
    mutating func peek() -> UInt8? {
        skipSpace()
        return position < bytes.count ? bytes[position] : nil
    }

    private mutating func expect(_ byte: UInt8, _ name: String) throws(RPCError) {
        guard peek() == byte else { throw malformed(name) }
        position += 1
    }

    /// Consumes `word` if it comes next.
    mutating func skipWord(_ word: StaticString) -> Bool {
        skipSpace()
        let count = word.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[position + offset] != word.utf8Start[offset] { return false }
        position += count
        return true
    }

    /// Consumes `null` if it comes next.
    public mutating func skipNull() throws(RPCError) -> Bool { skipWord("null") }

    /// `true` or `false`.
    public mutating func bool() throws(RPCError) -> Bool {
        if skipWord("true") { return true }
        if skipWord("false") { return false }
        throw mistyped("true or false")
    }

    private mutating func enter() throws(RPCError) {
        position += 1
        if path.count >= Self.depthLimit { throw fault("nested too deeply", reason: "too_deep") }
        path.append(.start)
    }

    /// Enters an object.
    public mutating func beginObject() throws(RPCError) {
        guard peek() == UInt8(ascii: "{") else { throw mistyped("an object") }
        try enter()
    }

    /// Enters an array.
    public mutating func beginArray() throws(RPCError) {
        guard peek() == UInt8(ascii: "[") else { throw mistyped("an array") }
        try enter()
    }

    /// Moves to the next member of an object: consumes what separates it from the one before. False at the end.
    private mutating func advance(closing: UInt8) throws(RPCError) -> Bool {
        guard let last = path.last else { throw malformed("a value") }
        let next = peek()
        if next == closing {
            position += 1
            path.removeLast()
            return false
        }
        switch last {
        case .start: break
        case .field, .key, .element:
            try expect(UInt8(ascii: ","), "a comma")
            if peek() == closing { throw malformed("a value") }
        }
        return true
    }

    /// Moves to the next member that `fields` have and returns its index there; nil at the object's end.
    public mutating func nextField(of fields: [MessageField]) throws(RPCError) -> Int? {
        while try advance(closing: UInt8(ascii: "}")) {
            let (range, plain) = try scanString()
            let index: Int?
            if plain {
                index = fields.firstIndex { matches(range, $0.jsonName) || matches(range, $0.protoName) }
            } else {
                let name = try unescape(range)
                index = fields.firstIndex { $0.jsonName.description == name || $0.protoName.description == name }
            }
            if let index {
                path[path.count - 1] = .field(fields[index].jsonName)
                try expect(UInt8(ascii: ":"), "a colon")
                return index
            }
            guard passesOverUnknown else { throw unknownField(range) }
            path[path.count - 1] = .field("")
            try expect(UInt8(ascii: ":"), "a colon")
            _ = try value()
        }
        return nil
    }

    private mutating func unknownField(_ range: Range<Int>) -> RPCError {
        path[path.count - 1] = .start
        let name = String(decoding: bytes[range].prefix(64), as: UTF8.self)
        let container = fault("", reason: "").details[0].field
        return .invalidField(
            container == "request" ? name : "\(container).\(name)", "the contract has no such field",
            reason: "unknown_field")
    }

    /// Moves to the next member of an object and returns its name; nil at the end.
    public mutating func nextKey() throws(RPCError) -> String? {
        guard try advance(closing: UInt8(ascii: "}")) else { return nil }
        let key = try string()
        path[path.count - 1] = .key(key)
        try expect(UInt8(ascii: ":"), "a colon")
        return key
    }

    /// Moves to the next element of an array; false at the end.
    public mutating func nextElement() throws(RPCError) -> Bool {
        guard try advance(closing: UInt8(ascii: "]")) else { return false }
        if case .element(let index) = path[path.count - 1] {
            path[path.count - 1] = .element(index + 1)
        } else {
            path[path.count - 1] = .element(0)
        }
        return true
    }

    /// Checks that nothing but white space is left.
    public mutating func end() throws(RPCError) {
        if peek() != nil { throw malformed("the end") }
    }

    private func matches(_ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        for offset in 0..<range.count where bytes[range.lowerBound + offset] != name.utf8Start[offset] { return false }
        return true
    }
}
