/// Writes the help of a command.
struct Help {
    let language: Language

    func text(of command: Command, path: [String]) -> String {
        var lines = [command.summary(language), ""]
        lines.append("\(Words.usage(language)): \(usage(of: command, path: path))")
        if !command.subcommands.isEmpty {
            lines += ["", "\(Words.commands(language)):"]
            lines += columns(command.subcommands.map { ($0.name, $0.summary(language)) })
        }
        if !command.arguments.isEmpty {
            lines += ["", "\(Words.arguments(language)):"]
            lines += columns(command.arguments.map { ($0.name, $0.help(language)) })
        }
        if !command.options.isEmpty {
            lines += ["", "\(Words.options(language)):"]
            lines += columns(command.options.map(row(for:)))
        }
        lines += ["", "\(Words.everywhere(language)):"]
        lines += columns(CommonOptions.all.map(row(for:)))
        lines += ["", "\(Words.example(language)):", "  \(command.example)"]
        return lines.joined(separator: "\n") + "\n"
    }

    /// One line that shows how the command is typed.
    func usage(of command: Command, path: [String]) -> String {
        var words = path
        if !command.subcommands.isEmpty { words.append(Words.command(language)) }
        for argument in command.arguments {
            switch argument.count {
            case .one: words.append(argument.name)
            case .optional: words.append("[\(argument.name)]")
            case .oneOrMore: words.append("\(argument.name)…")
            }
        }
        for option in command.options {
            let shown = spelled(option)
            words.append(option.isRequired ? shown : "[\(shown)]")
        }
        return words.joined(separator: " ")
    }

    private func spelled(_ option: any OptionDescription) -> String {
        option.placeholder.map { "--\(option.name) \($0)" } ?? "--\(option.name)"
    }

    private func row(for option: any OptionDescription) -> (String, String) {
        let needed = option.isRequired ? " (\(Words.needed(language)))" : ""
        return (spelled(option), option.help(language) + needed)
    }

    private func columns(_ rows: [(String, String)]) -> [String] {
        let width = min(34, (rows.map(\.0.count).max() ?? 0) + 2)
        return rows.map { left, right in
            left.count + 2 > width
                ? "  \(left)\n" + String(repeating: " ", count: width + 2) + right
                : "  " + left + String(repeating: " ", count: width - left.count) + right
        }
    }

    private enum Words {
        static let usage = Text("Usage", es: "Uso")
        static let commands = Text("Commands", es: "Órdenes")
        static let command = Text("COMMAND", es: "ORDEN")
        static let arguments = Text("Arguments", es: "Argumentos")
        static let options = Text("Options", es: "Opciones")
        static let everywhere = Text("Options of every command", es: "Opciones de toda orden")
        static let example = Text("Example", es: "Ejemplo")
        static let needed = Text("needed", es: "necesaria")
    }
}
