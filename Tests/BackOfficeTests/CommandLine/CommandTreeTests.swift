import Contracts
import Testing

@testable import BackOffice

private let everyCommand = Command.puente.flattened()

/// A line as a shell splits it: at blanks outside quotes.
private func shellWords(_ line: String) -> [String] {
    line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
        index % 2 == 0 ? part.split(separator: " ").map(String.init) : [String(part)]
    }
}

@Test func everyCommandHasAnExampleThatItUnderstands() throws {
    let parser = Parser(
        root: .puente, terminal: Terminal(language: .english, isInteractive: false), environment: [:])
    for (path, command) in everyCommand {
        let words = shellWords(command.example)
        #expect(words.first == "puente", "\(path)")
        guard case .run(let understood, _) = try parser.parse(Array(words.dropFirst())) else {
            Issue.record("the example of \(path) asks for help")
            continue
        }
        if command.action != nil { #expect(understood.name == command.name, "\(path)") }
        for method in words where method.hasPrefix("puente.") {
            #expect(AllMethods.all.contains { $0.name == method }, "\(path): \(method)")
        }
    }
}

@Test func everyCommandSpeaksBothLanguages() {
    for (path, command) in everyCommand {
        let texts = [command.summary] + command.options.map(\.help) + command.arguments.map(\.help)
        for text in texts {
            #expect(!text.english.isEmpty && !text.spanish.isEmpty, "\(path)")
            #expect(text.english != text.spanish, "\(path): \(text.english)")
        }
    }
}

@Test func namesAreUniqueWithinTheirGroup() {
    for (path, command) in everyCommand {
        let names = command.subcommands.map(\.name)
        #expect(Set(names).count == names.count, "\(path)")
        let options = (command.options + CommonOptions.all).map(\.name)
        #expect(Set(options).count == options.count, "\(path)")
    }
}

@Test func helpShowsUsageOptionsAndExample() throws {
    let command = try #require(everyCommand.first { $0.path == ["puente", "up"] })
    let english = Help(language: .english).text(of: command.command, path: command.path)
    #expect(english.contains("Usage: puente up [--detach]"))
    #expect(english.contains("Example:\n  puente up"))
    let spanish = Help(language: .spanish).text(of: command.command, path: command.path)
    #expect(spanish.contains("Uso: puente up [--detach]"))
    #expect(spanish.contains("Ejemplo:"))
}
