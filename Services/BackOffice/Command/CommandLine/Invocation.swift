/// One command with what was typed after it, checked.
struct Invocation: Sendable {
    /// The words of the command, `puente` first.
    let path: [String]
    /// What stood without dashes.
    let arguments: [String]
    let terminal: Terminal
    let environment: [String: String]
    private let values: [String: String]

    init(
        path: [String], arguments: [String], values: [String: String], terminal: Terminal,
        environment: [String: String]
    ) {
        self.path = path
        self.arguments = arguments
        self.values = values
        self.terminal = terminal
        self.environment = environment
    }

    /// The same, typed for another state directory and with another environment.
    func moved(to state: String, environment: [String: String]) -> Invocation {
        Invocation(
            path: path, arguments: arguments,
            values: values.merging([CommonOptions.state.name: state]) { $1 }, terminal: terminal,
            environment: environment)
    }

    var language: Language { terminal.language }
    var wantsJSON: Bool { self[CommonOptions.json] }

    /// The option's value, if it was given. The parser has checked it.
    subscript<Value>(option: CommandOption<Value>) -> Value? {
        guard let text = values[option.name] else { return nil }
        return try? option.read(text)
    }

    /// Whether the flag was given.
    subscript(flag: CommandOption<Bool>) -> Bool { values[flag.name] != nil }

    /// The value of an option that the parser insists on.
    func required<Value>(_ option: CommandOption<Value>) throws -> Value {
        guard let value = self[option] else { throw UsageError.missingOption(option.name, path: path) }
        return value
    }
}
