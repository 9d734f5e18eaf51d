/// Identifiers that are made of names whose lengths nobody bounds together.
public enum BoundedIdentifier {
    /// The text itself where it has at most `limit` bytes; otherwise its beginning, `~` and half of its SHA-256 in
    /// hexadecimal: as long as the limit, the same for the same text, and another for another text.
    ///
    /// - Parameter limit: Bytes, at least 40.
    public static func make(_ text: String, limit: Int = 64) -> String {
        guard text.utf8.count > limit else { return text }
        let digest = Hexadecimal.string(SHA256.digest(of: text)).prefix(32)
        var kept = ""
        for character in text.unicodeScalars {
            guard kept.utf8.count + String(character).utf8.count + 33 <= limit else { break }
            kept.unicodeScalars.append(character)
        }
        return kept + "~" + digest
    }
}
