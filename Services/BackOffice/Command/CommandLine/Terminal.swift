import Runtime
import Synchronization

/// Where the command speaks: results to standard output, everything else to standard error.
final class Terminal: Sendable {
    /// Two places to write to.
    struct Sinks: Sendable {
        let result: @Sendable (String) -> Void
        let notice: @Sendable (String) -> Void
        /// The error number of the first part of the result that could not be written; 0: all was.
        var lost: @Sendable () -> Int32 = { 0 }

        static let standard = Sinks(
            result: { StandardStream.output.write($0) }, notice: { StandardStream.notices.write($0) },
            lost: { StandardStream.lostOutput })
    }

    let language: Language
    /// Whether a line on standard error can be overwritten.
    let isInteractive: Bool
    private let sinks: Sinks
    /// Length of the progress line that stands on the screen.
    private let shownLength = Mutex(0)

    /// The error number of the first line of the result that could not be written; 0: all were. The command goes on, because
    /// what it does is worth more than what it says; but it does not end as done.
    var lostResult: Int32 { sinks.lost() }

    init(language: Language, isInteractive: Bool, sinks: Sinks = .standard) {
        self.language = language
        self.isInteractive = isInteractive
        self.sinks = sinks
    }

    /// A line of the result.
    func print(_ line: String) {
        clearProgress()
        sinks.result(line + "\n")
    }

    /// A line of the result in the person's language.
    func print(_ text: Text) { print(text(language)) }

    /// A line beside the result: what is being done, what went wrong.
    func notice(_ line: String) {
        clearProgress()
        sinks.notice(line + "\n")
    }

    /// A line beside the result in the person's language.
    func notice(_ text: Text) { notice(text(language)) }

    /// Why the command did not do what it was asked for. A person's screen gets it broken between words; what another program
    /// reads keeps its lines.
    func complain(_ lines: [String]) {
        let text = "puente: " + lines.joined(separator: "\n")
        for line in isInteractive ? Paragraph.lines(text) : [text] { notice(line) }
    }

    /// Shows `line` in place of the progress shown before.
    func showProgress(_ line: String) {
        shownLength.withLock { length in
            let padding = String(repeating: " ", count: max(0, length - line.count))
            sinks.notice("\r\(line)\(padding)")
            length = line.count
        }
    }

    /// Takes the progress line off the screen.
    func clearProgress() {
        shownLength.withLock { length in
            guard length > 0 else { return }
            sinks.notice("\r" + String(repeating: " ", count: length) + "\r")
            length = 0
        }
    }
}
