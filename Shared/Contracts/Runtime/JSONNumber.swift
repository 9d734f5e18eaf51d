// Numbers of JSON (RFC 8259 section 6). Whole numbers never pass through binary floating point.

/// How an enum's value is given.
public enum EnumToken: Sendable, Equatable {
    /// By name.
    case name(String)
    /// By number.
    case number(Int64)
}

extension JSONReader {
    /// A whole number, or a string with one. `1.0` and `1e3` are whole numbers too; one that does not fit is refused.
    public mutating func integer<Number: FixedWidthInteger & Sendable>() throws(RPCError) -> Number {
        let text = try numberText()
        guard let value: Number = Self.integer(in: text) else {
            throw fault("expected a whole number within the field's range", reason: "expected_integer")
        }
        return value
    }

    /// A number, a string with one, or the name of a value that is no number.
    public mutating func double() throws(RPCError) -> Double {
        if peek() == UInt8(ascii: "\"") {
            let text = try string()
            switch text {
            case "NaN": return .nan
            case "Infinity": return .infinity
            case "-Infinity": return -.infinity
            default: return try double(Array(text.utf8))
            }
        }
        return try double(try numberText())
    }

    private func double(_ text: [UInt8]) throws(RPCError) -> Double {
        guard Self.isNumber(text), let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else {
            throw fault("expected a number within the field's range", reason: "expected_number")
        }
        return value
    }

    /// An enum's name or number.
    mutating func enumToken() throws(RPCError) -> EnumToken {
        if peek() == UInt8(ascii: "\"") { return .name(try string()) }
        return .number(try integer())
    }

    /// Consumes a number, or a string with one, and returns its text.
    mutating func numberText() throws(RPCError) -> [UInt8] {
        if peek() == UInt8(ascii: "\"") {
            let (range, plain) = try scanString()
            let text = Array(bytes[range])
            guard plain, Self.isNumber(text) else { throw mistyped("a number") }
            return text
        }
        let start = position
        scan: while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                position += 1
            default: break scan
            }
        }
        let text = Array(bytes[start..<position])
        guard Self.isNumber(text) else {
            position = start
            throw mistyped("a number")
        }
        return text
    }

    /// Whether `text` follows JSON's grammar of numbers.
    static func isNumber(_ text: [UInt8]) -> Bool {
        var rest = text[...]
        func isDigit(_ byte: UInt8?) -> Bool { byte.map { 48...57 ~= $0 } ?? false }
        func takeDigits() -> Int {
            let count = rest.prefix { isDigit($0) }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let leadingZero = rest.first == UInt8(ascii: "0")
        let whole = takeDigits()
        if whole == 0 || (leadingZero && whole > 1) { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            if takeDigits() == 0 { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
            if takeDigits() == 0 { return false }
        }
        return rest.isEmpty
    }

    /// The exact value of a number's text; nil when it has a fraction or does not fit.
    static func integer<Number: FixedWidthInteger>(in text: [UInt8]) -> Number? {
        let negative = text.first == UInt8(ascii: "-")
        let mark = text.firstIndex { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
        let mantissa = text[..<(mark ?? text.endIndex)].drop { $0 == UInt8(ascii: "-") }
        var exponent = 0
        if let mark {
            guard let given = Int(String(decoding: text[(mark + 1)...], as: UTF8.self)), abs(given) < 1_000 else {
                return nil
            }
            exponent = given
        }
        var digits: [UInt8] = []
        var inFraction = false
        for byte in mantissa {
            if byte == UInt8(ascii: ".") {
                inFraction = true
            } else {
                digits.append(byte - 48)
                if inFraction { exponent -= 1 }
            }
        }
        while exponent < 0, let last = digits.last {
            if last != 0 { return nil }
            digits.removeLast()
            exponent += 1
        }
        var value: Number = 0
        let allZero = digits.allSatisfy { $0 == 0 }
        for digit in digits + [UInt8](repeating: 0, count: allZero ? 0 : max(0, exponent)) {
            let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowAgain) =
                negative
                ? scaled.subtractingReportingOverflow(Number(digit))
                : scaled.addingReportingOverflow(Number(digit))
            if overflow || overflowAgain { return nil }
            value = sum
        }
        return value
    }
}
