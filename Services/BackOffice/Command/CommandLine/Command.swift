/// What stands after a command's name without dashes.
struct Argument: Sendable {
    /// How many there may be.
    enum Count: Sendable {
        case one
        case optional
        case oneOrMore
    }

    let name: String
    let help: Text
    let count: Count

    init(_ name: String, _ help: Text, _ count: Count = .one) {
        self.name = name
        self.help = help
        self.count = count
    }
}

/// A node of the command tree: a group of commands, or a command that does something.
public struct Command: Sendable {
    let name: String
    let summary: Text
    /// A line that can be typed as it stands. Every command has one.
    let example: String
    let arguments: [Argument]
    let options: [any OptionDescription]
    let subcommands: [Command]
    let action: (@Sendable (Invocation) async throws -> Void)?

    /// A command that does something.
    init(
        _ name: String, _ summary: Text, example: String, arguments: [Argument] = [],
        options: [any OptionDescription] = [], action: @escaping @Sendable (Invocation) async throws -> Void
    ) {
        self.name = name
        self.summary = summary
        self.example = example
        self.arguments = arguments
        self.options = options
        subcommands = []
        self.action = action
    }

    /// A group of commands.
    init(_ name: String, _ summary: Text, example: String, _ subcommands: [Command]) {
        self.name = name
        self.summary = summary
        self.example = example
        arguments = []
        options = []
        self.subcommands = subcommands
        action = nil
    }

    /// Every command of the tree with the words that lead to it.
    func flattened(after path: [String] = []) -> [(path: [String], command: Command)] {
        let here = path + [name]
        return [(here, self)] + subcommands.flatMap { $0.flattened(after: here) }
    }
}

/// Options that every command takes.
enum CommonOptions {
    static let help = CommandOption<Bool>.flag("help", Text("Shows this help", es: "Muestra esta ayuda"))
    static let json = CommandOption<Bool>.flag(
        "json", Text("Answers in JSON, for programs", es: "Responde en JSON, para programas"))
    static let language = CommandOption<String>.choice(
        "lang", Language.allCases.map(\.rawValue),
        Text(
            "Language; otherwise LC_ALL, LC_MESSAGES or LANG says",
            es: "Idioma; si no, lo dice LC_ALL, LC_MESSAGES o LANG")
    )
    static let person = CommandOption<String>.text(
        "as", "OPERATOR",
        Text(
            "Who you are: an operator's name (or PUENTE_OPERATOR)",
            es: "Quién es usted: nombre de un operador (o PUENTE_OPERATOR)"))
    static let state = CommandOption<String>.text(
        "state", "DIR",
        Text(
            "Where the private database lives (or PUENTE_STATE; .puente)",
            es: "Dónde vive la base privada (o PUENTE_STATE; .puente)"))

    static let all: [any OptionDescription] = [help, json, language, person, state]
}
