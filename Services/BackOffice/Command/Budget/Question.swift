import Foundation

/// Questions to whoever sits at the terminal.
enum Question {
    /// Asks for a yes; nil where nobody can be asked.
    static func confirm(_ text: Text, _ terminal: Terminal) -> Bool? {
        guard terminal.isInteractive, isatty(STDIN_FILENO) == 1 else { return nil }
        terminal.notice(Text(text.english + " [y/N]", es: text.spanish + " [s/N]"))
        guard let answer = readLine() else { return false }
        return ["y", "yes", "s", "si", "sí"].contains(answer.trimmingCharacters(in: .whitespaces).lowercased())
    }
}
