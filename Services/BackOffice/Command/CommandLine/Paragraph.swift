/// Text that is broken between words, for screens of 80 columns.
enum Paragraph {
    /// Columns of a screen.
    static let width = 80

    /// The lines of a text. What does not fit goes on below, two columns further in than the line began; a word that is
    /// longer than a line stays whole, because it is copied from the screen.
    static func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap(broken)
    }

    private static func broken(_ line: Substring) -> [String] {
        guard line.count > width else { return [String(line)] }
        let margin = String(line.prefix { $0 == " " })
        let further = margin + "  "
        var lines: [String] = []
        var current = margin
        for word in line.dropFirst(margin.count).split(separator: " ") {
            if current.allSatisfy({ $0 == " " }) {
                current += word
            } else if current.count + 1 + word.count <= width {
                current += " " + word
            } else {
                lines.append(current)
                current = further + word
            }
        }
        return lines + [current]
    }
}
