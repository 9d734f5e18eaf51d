/// Texts that a bank file carries, and the one place that says which of them can stand there: what a loader takes, the
/// writer can write.
public enum BankText {
    /// Longest account number that is no IBAN, in characters: Max34Text of ISO 20022.
    public static let longestAccount = 34
    /// Longest reference, for instance of a file or a payment: Max35Text of ISO 20022.
    public static let longestReference = 35
    /// Longest name of a person or an institution: Max140Text of ISO 20022.
    public static let longestName = 140

    /// Whether the bytes have the shape of a BIC (ISO 9362, `BICFIDec2014Identifier` of ISO 20022): eight or eleven
    /// capitals and digits, of which the fifth and sixth, the country, are letters.
    public static func isBIC(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
        guard bytes.count == 8 || bytes.count == 11 else { return false }
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x41...0x5A: continue
            case 0x30...0x39 where index != 4 && index != 5: continue
            default: return false
            }
        }
        return true
    }

    /// Whether the text has the shape of a BIC.
    public static func isBIC(_ text: String) -> Bool { isBIC(Array(text.utf8)) }

    /// Whether the bytes can stand as an account's number: printable ASCII without spaces, from 1 to 34 of them, one of
    /// them a letter or a digit. What numbers a country has besides is said by its ``BankAccountForm``s.
    public static func isAccount(_ bytes: some Collection<UInt8>) -> Bool {
        guard (1...longestAccount).contains(bytes.count) else { return false }
        var says = false
        for byte in bytes {
            guard (0x21...0x7E).contains(byte) else { return false }
            says = says || isLetterOrDigit(byte)
        }
        return says
    }

    /// Whether the text can stand as an account's number.
    public static func isAccount(_ text: String) -> Bool { isAccount(text.utf8) }

    /// Whether the bytes can stand as a reference that the bank gives back unchanged: characters of SWIFT's set X, from 1
    /// to `limit` of them, no space at an end, and no slash where the guidelines forbid it: at an end, or doubled.
    public static func isReference(_ bytes: some Collection<UInt8>, limit: Int = longestReference) -> Bool {
        guard (1...limit).contains(bytes.count) else { return false }
        var previous: UInt8 = 0
        for (index, byte) in bytes.enumerated() {
            let isAtEnd = index == 0 || index == bytes.count - 1
            guard isInSetX(byte), !(isAtEnd && (byte == slash || byte == 0x20)),
                !(byte == slash && previous == slash)
            else { return false }
            previous = byte
        }
        return true
    }

    /// Whether the text can stand as a reference.
    public static func isReference(_ text: String, limit: Int = longestReference) -> Bool {
        isReference(text.utf8, limit: limit)
    }

    /// Whether a Latin letter stands in a name, so that something of it can be written in every bank's character set.
    public static func hasLetter(_ name: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < name.count {
            let byte = name[index]
            if (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) { return true }
            let length = UTF8Scalar.length(name, at: index)
            guard length > 0 else { return false }
            if length == 2 {
                let scalar = UTF8Scalar.value(UnsafeRawBufferPointer(rebasing: name[index..<index + length]))
                if LatinLetters.base(of: scalar) != nil { return true }
            }
            index += length
        }
        return false
    }

    /// SWIFT's set X: letters, digits, `/ - ? : ( ) . , ' +` and space.
    static func isInSetX(_ byte: UInt8) -> Bool {
        switch byte {
        // Space ' ( ) + , - . / : ?
        case 0x20, 0x27...0x29, 0x2B...0x2F, 0x3A, 0x3F: true
        default: isLetterOrDigit(byte)
        }
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    static let slash = UInt8(ascii: "/")
}
