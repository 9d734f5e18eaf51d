/// The text that messages may carry.
///
/// Names and remarks keep their letters, whatever the script; what cannot stand in an XML document or would disturb a
/// bank's reader (control characters, line ends, the byte order mark) becomes a space, and runs of spaces become one.
/// Identifiers are stricter: the characters of SWIFT's set X, which every bank's systems carry unchanged.
public enum MessageText {
    /// What stands where a required text would be empty, by the convention of ISO 20022.
    static let notProvided: StaticString = "NOTPROVIDED"

    /// Whether every byte belongs to SWIFT's set X (letters, digits, `/ - ? : ( ) . , ' +` and space), the length is
    /// from 1 to `limit`, and no slash stands where the guidelines forbid it: at an end, or doubled.
    public static func isIdentifier(_ text: UnsafeRawBufferPointer, limit: Int) -> Bool {
        guard !text.isEmpty, text.count <= limit else { return false }
        let slash = UInt8(ascii: "/")
        guard text.first != slash, text.last != slash, text.first != 0x20, text.last != 0x20 else { return false }
        var previous: UInt8 = 0
        for byte in text {
            guard isInSetX(byte), !(byte == slash && previous == slash) else { return false }
            previous = byte
        }
        return true
    }

    /// Whether the bytes can stand as an account's number: printable ASCII without spaces, from 1 to 34 of them. Banks
    /// give their own shapes to account numbers, so nothing narrower is asked for.
    public static func isAccountNumber(_ text: UnsafeRawBufferPointer) -> Bool {
        (1...34).contains(text.count) && text.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Whether the text is an identifier of at most `limit` characters.
    public static func isIdentifier(_ text: String, limit: Int) -> Bool {
        var text = text
        return text.withUTF8 { isIdentifier(UnsafeRawBufferPointer($0), limit: limit) }
    }

    /// Writes cleaned and escaped text, at most `limit` characters (Unicode scalars), and says how many bytes.
    static func write(_ text: UnsafeRawBufferPointer, limit: Int, to target: UnsafeMutableRawBufferPointer) -> Int {
        var source = 0
        var used = 0
        var scalars = 0
        var pendingSpace = false
        while source < text.count, scalars < limit {
            let length = scalarLength(text, at: source)
            let isSpace = length == 0 || isBlank(text, at: source, length: length)
            defer { source += max(length, 1) }
            if isSpace {
                pendingSpace = scalars > 0
                continue
            }
            if pendingSpace {
                guard scalars + 1 < limit else { break }
                target[used] = 0x20
                used += 1
                scalars += 1
                pendingSpace = false
            }
            if length == 1, let entity = entity(text[source]) {
                target[used...].copyMemory(entity)
                used += entity.utf8CodeUnitCount
            } else {
                for offset in 0..<length { target[used + offset] = text[source + offset] }
                used += length
            }
            scalars += 1
        }
        if scalars == 0 {
            target[0...].copyMemory(notProvided)
            used = notProvided.utf8CodeUnitCount
        }
        return used
    }

    private static func entity(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&apos;"
        default: nil
        }
    }

    /// The length of the well-formed UTF-8 scalar at `index`, or 0.
    private static func scalarLength(_ text: UnsafeRawBufferPointer, at index: Int) -> Int {
        let lead = text[index]
        func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            index + offset < text.count && range.contains(text[index + offset])
        }
        switch lead {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: return continues(1) ? 2 : 0
        case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : 0
        case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : 0
        case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
        case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : 0
        case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : 0
        case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
        default: return 0
        }
    }

    /// Spaces, control characters (C0, DEL, C1), line and paragraph separators, directional marks, the byte order
    /// mark and the two non-characters that XML refuses.
    private static func isBlank(_ text: UnsafeRawBufferPointer, at index: Int, length: Int) -> Bool {
        let lead = text[index]
        if length == 1 { return lead <= 0x20 || lead == 0x7F }
        let second = text[index + 1]
        if length == 2 { return lead == 0xC2 && second <= 0xA0 }
        guard length == 3 else { return false }
        let third = text[index + 2]
        switch (lead, second) {
        case (0xE2, 0x80): return (0x8B...0x8F).contains(third) || (0xA8...0xAE).contains(third)
        case (0xE2, 0x81): return (0xA6...0xA9).contains(third)
        case (0xEF, 0xBB): return third == 0xBF
        case (0xEF, 0xBF): return third >= 0xBE
        default: return false
        }
    }

    private static func isInSetX(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        // Space ' ( ) + , - . / : ?
        case 0x20, 0x27...0x29, 0x2B...0x2F, 0x3A, 0x3F: true
        default: false
        }
    }
}

extension Slice where Base == UnsafeMutableRawBufferPointer {
    fileprivate func copyMemory(_ text: StaticString) {
        UnsafeMutableRawBufferPointer(rebasing: self)
            .copyMemory(from: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
