import Testing

@testable import BackOffice

/// A small tree to read lines against.
private let cycle = CommandOption<String>.text("cycle", "CODE", Text("Cycle", es: "Ciclo"), required: true)
private let size = CommandOption<Int64>.integer("size", "N", Text("Size", es: "Tamaño"), in: 1...10)
private let keepGood = CommandOption<Bool>.flag("keep-good", Text("Keeps", es: "Conserva"))
private let root = Command(
    "puente", Text("Root", es: "Raíz"), example: "puente registry import a.csv --cycle 1",
    [
        Command(
            "registry", Text("Registry", es: "Padrón"), example: "puente registry import a.csv --cycle 1",
            [
                Command(
                    "import", Text("Imports", es: "Importa"), example: "puente registry import a.csv --cycle 1",
                    arguments: [Argument("FILE", Text("File", es: "Archivo"), .oneOrMore)],
                    options: [cycle, size, keepGood]
                ) { _ in }
            ])
    ])

private func parse(_ line: String) throws(UsageError) -> Invocation? {
    let parser = Parser(
        root: root, terminal: Terminal(language: .english, isInteractive: false), environment: [:])
    switch try parser.parse(line.split(separator: " ").map(String.init)) {
    case .run(_, let invocation): return invocation
    case .help: return nil
    }
}

private let importPath = ["puente", "registry", "import"]

@Test func optionsAndArgumentsMayStandInAnyOrder() throws {
    let invocation = try #require(try parse("registry import a.csv --cycle 2024-4 b.csv --size=3 --keep-good"))
    #expect(invocation.arguments == ["a.csv", "b.csv"])
    #expect(invocation[cycle] == "2024-4")
    #expect(invocation[size] == 3)
    #expect(invocation[keepGood])
    #expect(!invocation.wantsJSON)
}

@Test func optionsOfEveryCommandMayStandBeforeItsName() throws {
    let invocation = try #require(try parse("--json registry --as ana import a.csv --cycle 1"))
    #expect(invocation.wantsJSON)
    #expect(invocation[CommonOptions.person] == "ana")
    #expect(throws: UsageError.repeatedOption("as", path: importPath)) {
        _ = try parse("--as ana registry import a.csv --cycle 1 --as luis")
    }
    #expect(throws: UsageError.unknownOption("cycle", path: ["puente"], nearest: nil)) {
        _ = try parse("--cycle 1 registry import a.csv")
    }
}

@Test func wordsAfterTwoDashesAreArguments() throws {
    let invocation = try #require(try parse("registry import --cycle 1 -- --odd-name.csv"))
    #expect(invocation.arguments == ["--odd-name.csv"])
}

@Test func aMisspeltOptionIsRefusedWithTheNearestOne() {
    #expect(throws: UsageError.unknownOption("kep-good", path: importPath, nearest: "keep-good")) {
        _ = try parse("registry import a.csv --cycle 1 --kep-good")
    }
}

@Test func aMisspeltCommandIsRefusedWithTheNearestOne() {
    #expect(throws: UsageError.unknownCommand("imprt", path: ["puente", "registry"], nearest: "import")) {
        _ = try parse("registry imprt")
    }
}

@Test func aValueOfTheWrongKindIsRefused() {
    #expect {
        _ = try parse("registry import a.csv --cycle 1 --size eleven")
    } throws: { error in
        guard case .unfitValue(option: "size", given: "eleven", _, _) = error as? UsageError else { return false }
        return true
    }
}

@Test func aNumberOutsideItsRangeIsRefusedWithTheRange() {
    #expect {
        _ = try parse("registry import a.csv --cycle 1 --size 11")
    } throws: { error in
        (error as? UsageError)?.text.english == "--size must be a whole number from 1 to 10; '11' is not"
    }
}

@Test func whatIsNeededMustBeThere() {
    #expect(throws: UsageError.missingOption("cycle", path: importPath)) { _ = try parse("registry import a.csv") }
    #expect(throws: UsageError.missingArgument("FILE", path: importPath)) {
        _ = try parse("registry import --cycle 1")
    }
    #expect(throws: UsageError.missingValue(option: "cycle", path: importPath)) {
        _ = try parse("registry import a.csv --cycle")
    }
    #expect(throws: UsageError.missingCommand(path: ["puente", "registry"])) { _ = try parse("registry") }
}

@Test func anOptionGivenTwiceIsRefused() {
    #expect(throws: UsageError.repeatedOption("cycle", path: importPath)) {
        _ = try parse("registry import a.csv --cycle 1 --cycle 2")
    }
}

@Test(arguments: ["", "--help", "--lang es", "registry --help", "registry import --help", "registry import -h"])
func helpNeedsNothingElse(line: String) throws {
    #expect(try parse(line) == nil)
}

@Test(arguments: [
    ("2024-02-29", true), ("2023-02-29", false), ("2024-7-1", false), ("2024-13-01", false), ("x", false),
])
func daysAreDaysOfTheCalendar(text: String, isDay: Bool) {
    #expect(CommandOption<String>.isDay(text) == isDay)
}

extension Invocation: Equatable {
    /// Two invocations are equal when they would do the same.
    public static func == (left: Invocation, right: Invocation) -> Bool {
        left.path == right.path && left.arguments == right.arguments
    }
}
