/// A line that the command does not understand. Exit status 2.
enum UsageError: Error, Equatable {
    case unknownCommand(String, path: [String], nearest: String?)
    case missingCommand(path: [String])
    case unknownOption(String, path: [String], nearest: String?)
    case missingOption(String, path: [String])
    case missingValue(option: String, path: [String])
    case unexpectedValue(option: String, path: [String])
    case unfitValue(option: String, given: String, expected: Text, path: [String])
    case repeatedOption(String, path: [String])
    case missingArgument(String, path: [String])
    case unexpectedArgument(String, path: [String])

    /// The command that was being read when it happened.
    var path: [String] {
        switch self {
        case .unknownCommand(_, let path, _), .missingCommand(let path), .unknownOption(_, let path, _),
            .missingOption(_, let path), .missingValue(_, let path), .unexpectedValue(_, let path),
            .unfitValue(_, _, _, let path), .repeatedOption(_, let path), .missingArgument(_, let path),
            .unexpectedArgument(_, let path):
            path
        }
    }

    /// What was wrong, for a person.
    var text: Text {
        switch self {
        case .unknownCommand(let word, let path, let nearest):
            Self.suggesting(
                nearest,
                Text(
                    "'\(path.joined(separator: " "))' has no command '\(word)'",
                    es: "'\(path.joined(separator: " "))' no tiene la orden '\(word)'"))
        case .missingCommand(let path):
            Text(
                "'\(path.joined(separator: " "))' needs the name of a command after it",
                es: "'\(path.joined(separator: " "))' necesita el nombre de una orden después")
        case .unknownOption(let name, _, let nearest):
            Self.suggesting(
                nearest.map { "--\($0)" }, Text("there is no option --\(name)", es: "no existe la opción --\(name)"))
        case .missingOption(let name, _):
            Text("option --\(name) is needed", es: "hace falta la opción --\(name)")
        case .missingValue(let option, _):
            Text("option --\(option) needs a value after it", es: "la opción --\(option) necesita un valor después")
        case .unexpectedValue(let option, _):
            Text("option --\(option) takes no value", es: "la opción --\(option) no admite valor")
        case .unfitValue(let option, let given, let expected, _):
            Text(
                "--\(option) must be \(expected.english); '\(given)' is not",
                es: "--\(option) debe ser \(expected.spanish); '\(given)' no lo es")
        case .repeatedOption(let name, _):
            Text("option --\(name) stands there twice", es: "la opción --\(name) aparece dos veces")
        case .missingArgument(let name, _):
            Text("\(name) is missing", es: "falta \(name)")
        case .unexpectedArgument(let word, _):
            Text("'\(word)' is one word too many", es: "'\(word)' sobra")
        }
    }

    private static func suggesting(_ nearest: String?, _ text: Text) -> Text {
        guard let nearest else { return text }
        return Text(
            "\(text.english); did you mean '\(nearest)'?", es: "\(text.spanish); ¿quiso decir '\(nearest)'?")
    }
}
