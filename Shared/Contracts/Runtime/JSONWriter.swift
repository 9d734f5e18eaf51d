/// Writes compact JSON into bytes.
public struct JSONWriter: Sendable {
    /// What was written.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// An empty writer.
    public init() {}

    /// Opens an object.
    public mutating func beginObject() {
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
    }

    /// Closes an object.
    public mutating func endObject() {
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// Opens an array.
    public mutating func beginArray() {
        bytes.append(UInt8(ascii: "["))
        needsComma = false
    }

    /// Closes an array.
    public mutating func endArray() {
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// Comes before every element of an array.
    public mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    /// A member's name; its value comes next.
    public mutating func key(_ name: StaticString) {
        separate()
        literal(quoted: name)
        bytes.append(UInt8(ascii: ":"))
    }

    /// A member's name that is not known at compile time.
    public mutating func key(_ name: String) {
        separate()
        string(name)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Text that is JSON already: `true`, `null`.
    public mutating func literal(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        needsComma = true
    }

    /// A string that needs no escapes.
    public mutating func literal(quoted text: StaticString) {
        bytes.append(UInt8(ascii: "\""))
        literal(text)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A number's text that is JSON already.
    public mutating func number(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    /// A whole number.
    public mutating func integer(_ value: some FixedWidthInteger) { number(String(value)) }

    /// A whole number as a string.
    public mutating func quotedInteger(_ value: some FixedWidthInteger) {
        bytes.append(UInt8(ascii: "\""))
        number(String(value))
        bytes.append(UInt8(ascii: "\""))
    }

    /// A binary floating-point number; `text` is its shortest form.
    mutating func double(_ value: Double, text: String) {
        if value.isNaN {
            literal(quoted: "NaN")
        } else if value.isInfinite {
            if value < 0 { literal(quoted: "-Infinity") } else { literal(quoted: "Infinity") }
        } else {
            number(text)
        }
    }

    /// A string, with the escapes that RFC 8259 requires and no others.
    public mutating func string(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: escape("n")
            case 0x0D: escape("r")
            case 0x09: escape("t")
            case 0..<0x20:
                escape("u")
                for digit in [0, 0, byte >> 4, byte & 15] { bytes.append(digit < 10 ? 48 + digit : 87 + digit) }
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func escape(_ symbol: Unicode.Scalar) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: symbol))
    }
}
