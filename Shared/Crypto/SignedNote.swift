import COpenSSL

/// A text with Ed25519 signatures below it, as transparency logs exchange them: the text's lines, an empty line, and
/// for each signature a line `— name base64(key hash, signature)`.
public struct SignedNote: Sendable, Equatable, CustomStringConvertible {
    /// The signed text; ends with a newline.
    public let text: String
    /// Who signed, and with what.
    public let signatures: [Signature]

    /// One signature line.
    public struct Signature: Sendable, Equatable {
        /// The key's name.
        public let name: String
        /// The first four bytes of the key's hash, to tell keys of one name apart.
        public let keyHash: [UInt8]
        /// The 64 bytes.
        public let bytes: [UInt8]
    }

    /// Signs a text.
    public init(text: String, name: String, key: SigningKey) {
        self.text = text
        let hash = Self.keyHash(name: name, key: key.verifyingKey)
        signatures = [.init(name: name, keyHash: hash, bytes: key.signature(of: Array(text.utf8)))]
    }

    /// Reads a note.
    public init?(_ note: String) {
        guard let end = note.firstRange(of: "\n\n— ")?.lowerBound else { return nil }
        text = String(note[...end])
        var signatures: [Signature] = []
        for line in note[note.index(end, offsetBy: 2)...].split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count == 3, parts[0] == "—", let bytes = Base64.decode(parts[2]), bytes.count == 68 else {
                return nil
            }
            signatures.append(
                .init(name: String(parts[1]), keyHash: Array(bytes[..<4]), bytes: Array(bytes[4...])))
        }
        self.signatures = signatures
    }

    /// The note as text.
    public var description: String {
        text + "\n"
            + signatures.map { "— \($0.name) \(Base64.encode($0.keyHash + $0.bytes))\n" }.joined()
    }

    /// Whether the named key signed the text.
    public func isSigned(by name: String, _ key: VerifyingKey) -> Bool {
        let hash = Self.keyHash(name: name, key: key)
        return signatures.contains {
            $0.name == name && $0.keyHash == hash && key.isValid($0.bytes, of: Array(text.utf8))
        }
    }

    /// The public key as one line: `name+hash+base64`.
    public static func describe(_ key: VerifyingKey, name: String) -> String {
        "\(name)+\(Hexadecimal.string(keyHash(name: name, key: key)))+\(Base64.encode([0x01] + key.bytes))"
    }

    /// Reads a public key's line.
    public static func verifyingKey(_ line: some StringProtocol) -> (name: String, key: VerifyingKey)? {
        let parts = line.split(separator: "+", maxSplits: 2)
        guard parts.count == 3, let bytes = Base64.decode(parts[2]), bytes.first == 0x01,
            let key = VerifyingKey(bytes: Array(bytes.dropFirst())),
            Hexadecimal.bytes(parts[1]) == keyHash(name: String(parts[0]), key: key)
        else { return nil }
        return (String(parts[0]), key)
    }

    private static func keyHash(name: String, key: VerifyingKey) -> [UInt8] {
        Array(SHA256.digest(of: Array(name.utf8) + [0x0A, 0x01] + key.bytes)[..<4])
    }
}

/// Base64 with padding.
public enum Base64 {
    /// Writes bytes.
    public static func encode(_ bytes: [UInt8]) -> String {
        var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        let count = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
        return String(decoding: text.prefix(Int(count)), as: UTF8.self)
    }

    /// Reads bytes; nil when it is not base64.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let characters = Array(text.utf8)
        let padding = characters.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard characters.count % 4 == 0, padding < 3 else { return nil }
        var bytes = [UInt8](repeating: 0, count: characters.count / 4 * 3)
        guard EVP_DecodeBlock(&bytes, characters, Int32(characters.count)) == bytes.count else { return nil }
        return bytes.dropLast(padding)
    }
}
