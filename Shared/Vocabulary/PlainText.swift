/// Texts of people and files that come to be shown on screens, in reports and in spreadsheets.
public enum PlainText {
    /// Whether a text holds a control character or a mark of direction: something that would move, hide or turn what stands
    /// beside it on a screen.
    public static func disturbs(_ text: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte < 0x80 {
                if byte < 0x20 || byte == 0x7F { return true }
                index += 1
                continue
            }
            let length = UTF8Scalar.length(text, at: index)
            guard length > 0 else { return true }
            let scalar = UTF8Scalar.value(UnsafeRawBufferPointer(rebasing: text[index..<index + length]))
            if UTF8Scalar.isDisturbing(scalar) { return true }
            index += length
        }
        return false
    }

    /// Whether a text holds a control character or a mark of direction.
    public static func disturbs(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { disturbs(UnsafeRawBufferPointer($0)) }
    }

    /// Whether nothing can be seen of a text: it is empty, or spaces of whatever kind.
    public static func isBlank(_ text: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < text.count {
            let length = UTF8Scalar.length(text, at: index)
            guard length > 0 else { return false }
            let scalar = UTF8Scalar.value(UnsafeRawBufferPointer(rebasing: text[index..<index + length]))
            guard UTF8Scalar.isBlank(scalar) else { return false }
            index += length
        }
        return true
    }

    /// Whether nothing can be seen of a text.
    public static func isBlank(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { isBlank(UnsafeRawBufferPointer($0)) }
    }

    /// Whether a spreadsheet would take the text as a formula: it begins, after spaces, with `=`, `+`, `-` or `@`, or with a
    /// tab or a carriage return, and is no number.
    public static func isFormula(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let start = text.firstIndex(where: { $0 != 0x20 }) else { return false }
        switch text[start] {
        case UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, 0x0D: return true
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            let rest = text[(start + 1)...]
            let isNumber = rest.allSatisfy {
                (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
            }
            return !isNumber
        default: return false
        }
    }
}
