/// What a line asks for.
enum ParsedLine {
    case run(Command, Invocation)
    case help(Command, path: [String])
}

/// Reads the words after `puente`.
struct Parser {
    let root: Command
    let terminal: Terminal
    let environment: [String: String]

    func parse(_ words: [String]) throws(UsageError) -> ParsedLine {
        var command = root
        var path = [root.name]
        var rest = words[...]
        // Options of every command may stand before the command's name as well.
        var values: [String: String] = [:]
        while command.action == nil {
            guard let word = rest.first else {
                if path.count == 1 { return .help(command, path: path) }
                throw .missingCommand(path: path)
            }
            rest = rest.dropFirst()
            if word == "--help" || word == "-h" || word == "help" { return .help(command, path: path) }
            if word.hasPrefix("-") {
                let (option, given) = try readOption(word, &rest, command: command, path: path)
                guard values.updateValue(given, forKey: option.name) == nil else {
                    throw .repeatedOption(option.name, path: path)
                }
                continue
            }
            guard let next = command.subcommands.first(where: { $0.name == word }) else {
                throw .unknownCommand(
                    word, path: path,
                    nearest: Suggestion.nearest(to: word, among: command.subcommands.map(\.name)))
            }
            command = next
            path.append(next.name)
        }
        return try parseWords(rest, of: command, path: path, values)
    }

    private func parseWords(
        _ words: ArraySlice<String>, of command: Command, path: [String], _ given: [String: String]
    ) throws(UsageError) -> ParsedLine {
        var values = given
        var arguments: [String] = []
        var rest = words
        var optionsEnded = false
        while let word = rest.popFirst() {
            if optionsEnded || !word.hasPrefix("-") || word == "-" {
                arguments.append(word)
            } else if word == "--" {
                optionsEnded = true
            } else if word == "-h" {
                values[CommonOptions.help.name] = ""
            } else {
                let (option, given) = try readOption(word, &rest, command: command, path: path)
                guard values.updateValue(given, forKey: option.name) == nil else {
                    throw .repeatedOption(option.name, path: path)
                }
            }
        }
        if values[CommonOptions.help.name] != nil { return .help(command, path: path) }
        for option in command.options where option.isRequired && values[option.name] == nil {
            throw .missingOption(option.name, path: path)
        }
        try checkCount(of: arguments, command: command, path: path)
        return .run(
            command,
            Invocation(
                path: path, arguments: arguments, values: values, terminal: terminal, environment: environment))
    }

    private func readOption(
        _ word: String, _ rest: inout ArraySlice<String>, command: Command, path: [String]
    ) throws(UsageError) -> (any OptionDescription, String) {
        guard word.hasPrefix("--") else { throw unknownOption(word, path: path, command: command) }
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard let option = (command.options + CommonOptions.all).first(where: { $0.name == name }) else {
            throw unknownOption(word, path: path, command: command)
        }
        guard option.placeholder != nil else {
            guard parts.count == 1 else { throw .unexpectedValue(option: name, path: path) }
            return (option, "")
        }
        let given: String
        if parts.count == 2 {
            given = String(parts[1])
        } else if let next = rest.first, !next.hasPrefix("--") {
            given = next
            rest = rest.dropFirst()
        } else {
            throw .missingValue(option: name, path: path)
        }
        do throws(UnfitValue) {
            try option.check(given)
        } catch {
            throw .unfitValue(option: name, given: given, expected: error.expected, path: path)
        }
        return (option, given)
    }

    private func unknownOption(_ word: String, path: [String], command: Command) -> UsageError {
        let name = String(word.drop { $0 == "-" }.prefix { $0 != "=" })
        let known = (command.options + CommonOptions.all).map(\.name)
        return .unknownOption(name, path: path, nearest: Suggestion.nearest(to: name, among: known))
    }

    private func checkCount(of arguments: [String], command: Command, path: [String]) throws(UsageError) {
        var left = arguments[...]
        for argument in command.arguments {
            switch argument.count {
            case .one:
                guard left.popFirst() != nil else { throw .missingArgument(argument.name, path: path) }
            case .optional:
                _ = left.popFirst()
            case .oneOrMore:
                guard !left.isEmpty else { throw .missingArgument(argument.name, path: path) }
                left = []
            }
        }
        if let word = left.first { throw .unexpectedArgument(word, path: path) }
    }
}
