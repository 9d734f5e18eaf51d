import Foundation
import Runtime

/// Reads a line, does what it asks, and says what came of it.
public enum CommandRunner {
    /// Runs the command of this process. Returns its exit status.
    public static func run(_ words: [String], environment: [String: String]) async -> Int32 {
        StandardStream.secure()
        let terminal = Terminal(
            language: language(asked: words, environment: environment), isInteractive: isatty(STDERR_FILENO) == 1)
        return await run(words, root: .puente, terminal: terminal, environment: environment).rawValue
    }

    static func run(
        _ words: [String], root: Command, terminal: Terminal, environment: [String: String]
    ) async -> ExitStatus {
        let parser = Parser(root: root, terminal: terminal, environment: environment)
        do {
            switch try parser.parse(words) {
            case .help(let command, let path):
                let text = Help(language: terminal.language).text(of: command, path: path)
                terminal.print(String(text.dropLast()))
            case .run(let command, let invocation):
                try await command.action?(invocation)
            }
            terminal.clearProgress()
            guard terminal.lostResult == 0 else {
                let reason = Failure.reason(terminal.lostResult)
                throw Failure(
                    Text(
                        "not all of the answer could be written: \(reason)",
                        es: "no se pudo escribir toda la respuesta: \(reason)"),
                    remedy: Text(
                        "what was asked for is done all the same",
                        es: "lo que se pidió está hecho de todos modos"))
            }
            return .done
        } catch let error as UsageError {
            let help = Text(
                "  → \(error.path.joined(separator: " ")) --help shows how it is typed",
                es: "  → \(error.path.joined(separator: " ")) --help muestra cómo se escribe")
            terminal.complain([error.text(terminal.language), help(terminal.language)])
            return .usage
        } catch {
            terminal.complain(Failure(describing: error).lines(in: terminal.language))
            return .refused
        }
    }

    /// The language must be known before the line is understood, because its errors are told in it.
    static func language(asked words: [String], environment: [String: String]) -> Language {
        for (index, word) in words.enumerated() {
            if word.hasPrefix("--lang="), let language = Language(rawValue: String(word.dropFirst(7))) {
                return language
            }
            if word == "--lang", index + 1 < words.count, let language = Language(rawValue: words[index + 1]) {
                return language
            }
        }
        return Language(environment: environment)
    }
}
