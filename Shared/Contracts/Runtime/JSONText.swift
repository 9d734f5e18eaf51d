// Strings of JSON (RFC 8259 section 7).

extension JSONReader {
    /// A string.
    public mutating func string() throws(RPCError) -> String {
        guard peek() == UInt8(ascii: "\"") else { throw mistyped("a string") }
        let (range, plain) = try scanString()
        if !plain { return try unescape(range) }
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw fault("expected UTF-8", reason: "malformed_utf8")
        }
        return text
    }

    /// Consumes a string: where its content is, and whether it has no escapes.
    mutating func scanString() throws(RPCError) -> (Range<Int>, plain: Bool) {
        guard peek() == UInt8(ascii: "\"") else { throw malformed("a string") }
        position += 1
        let start = position
        var plain = true
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return (start..<position - 1, plain)
            case UInt8(ascii: "\\"):
                plain = false
                position += 2
            case 0..<0x20: throw malformed("no control character in a string")
            default: position += 1
            }
        }
        position = bytes.count
        throw malformed("the string's end")
    }

    /// The text between the quotes, with its escapes replaced.
    func unescape(_ range: Range<Int>) throws(RPCError) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            index += 1
            if byte != UInt8(ascii: "\\") {
                text.append(byte)
                continue
            }
            let symbol = bytes[index]
            index += 1
            switch symbol {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(symbol)
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"): text.append(contentsOf: String(try scalar(&index, range.upperBound)).utf8)
            default: throw fault("malformed escape", reason: "malformed_json")
            }
        }
        guard let valid = String(validating: text, as: UTF8.self) else {
            throw fault("expected UTF-8", reason: "malformed_utf8")
        }
        return valid
    }

    /// The character of `\uXXXX` whose digits start at `index`, or of a pair of surrogates.
    private func scalar(_ index: inout Int, _ end: Int) throws(RPCError) -> Unicode.Scalar {
        let high = try hexadecimal(&index, end)
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, index + 2 <= end, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
        else { throw fault("half of a surrogate pair", reason: "malformed_utf8") }
        index += 2
        let low = try hexadecimal(&index, end)
        guard 0xDC00..<0xE000 ~= low, let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        else { throw fault("half of a surrogate pair", reason: "malformed_utf8") }
        return scalar
    }

    private func hexadecimal(_ index: inout Int, _ end: Int) throws(RPCError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard index < end, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                throw fault("malformed escape", reason: "malformed_json")
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }
}
