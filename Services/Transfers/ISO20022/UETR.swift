/// A unique end-to-end transaction reference: the UUID, version 4, that follows a payment through every bank.
public struct UETR: Sendable, Hashable {
    /// The first eight bytes, most significant first.
    public let high: UInt64
    /// The last eight bytes.
    public let low: UInt64

    /// From its two halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// From its text form, 36 characters in either case; nil for anything else.
    public init?(utf8: UnsafeRawBufferPointer) {
        guard utf8.count == 36 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        var digits = 0
        for (index, byte) in utf8.enumerated() {
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = hexadecimalValue(byte) else { return nil }
            if digits < 16 { high = high << 4 | UInt64(digit) } else { low = low << 4 | UInt64(digit) }
            digits += 1
        }
        self.init(high: high, low: low)
    }

    /// From its text form; nil for anything else.
    public init?(_ text: String) {
        var text = text
        guard let value = text.withUTF8({ UETR(utf8: UnsafeRawBufferPointer($0)) }) else { return nil }
        self = value
    }

    /// Whether it has the shape that `UUIDv4Identifier` of ISO 20022 asks for.
    public var isVersion4: Bool { (high >> 12) & 0xF == 4 && low >> 62 == 0b10 }

    /// The same reference with the version and variant bits of a version 4 UUID set.
    public var asVersion4: UETR {
        UETR(high: high & ~0xF000 | 0x4000, low: low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }

    /// Writes the 36 characters of the text form, in lower case.
    func write(to target: UnsafeMutableRawBufferPointer) {
        var position = 0
        for index in 0..<16 {
            if index == 4 || index == 6 || index == 8 || index == 10 {
                target[position] = UInt8(ascii: "-")
                position += 1
            }
            let half = index < 8 ? high : low
            let byte = UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * (index & 7)))
            target[position] = hexadecimalDigit(byte >> 4)
            target[position + 1] = hexadecimalDigit(byte & 0xF)
            position += 2
        }
    }
}

extension UETR: CustomStringConvertible {
    /// The text form, in lower case.
    public var description: String {
        String(unsafeUninitializedCapacity: 36) { target in
            write(to: UnsafeMutableRawBufferPointer(target))
            return 36
        }
    }
}

private func hexadecimalValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x61 + value - 10 }
