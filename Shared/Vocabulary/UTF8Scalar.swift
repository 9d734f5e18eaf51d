/// Single characters of UTF-8 text, without making strings of them.
enum UTF8Scalar {
    /// The length of the well-formed scalar at `index`, or 0.
    static func length(_ text: UnsafeRawBufferPointer, at index: Int) -> Int {
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

    /// The value of one well-formed scalar.
    static func value(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        switch bytes.count {
        case 1: UInt32(bytes[0])
        case 2: UInt32(bytes[0] & 0x1F) << 6 | UInt32(bytes[1] & 0x3F)
        case 3: UInt32(bytes[0] & 0x0F) << 12 | UInt32(bytes[1] & 0x3F) << 6 | UInt32(bytes[2] & 0x3F)
        default:
            UInt32(bytes[0] & 0x07) << 18 | UInt32(bytes[1] & 0x3F) << 12 | UInt32(bytes[2] & 0x3F) << 6
                | UInt32(bytes[3] & 0x3F)
        }
    }

    /// Controls (C0, DEL, C1), the no-break space, separators, marks of direction and joining, the byte order mark, and
    /// what XML refuses: nothing that a bank's reader should meet within a name.
    static func isBlank(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0...0x20, 0x7F...0xA0, 0xAD, 0x061C, 0x180E, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x3000,
            0xFE00...0xFE0F, 0xFEFF, 0xFFF9...0xFFFB, 0xFFFE, 0xFFFF:
            true
        default: false
        }
    }

    /// Whether the scalar turns, hides or moves what stands beside it on a screen: controls and the marks of direction. The
    /// marks that join letters, which some scripts and pictures need, do not.
    static func isDisturbing(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0...0x1F, 0x7F...0x9F, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB:
            true
        default: false
        }
    }

    /// Marks that are written over the letter before them.
    static func isCombining(_ scalar: UInt32) -> Bool { (0x0300...0x036F).contains(scalar) }
}
