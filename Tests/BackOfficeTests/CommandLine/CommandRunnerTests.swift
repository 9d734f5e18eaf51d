import Synchronization
import Testing

@testable import BackOffice

/// Collects what a command says.
private final class Heard: Sendable {
    private let words = Mutex((result: "", notices: ""))

    var result: String { words.withLock { $0.result } }
    var notices: String { words.withLock { $0.notices } }

    func terminal(_ language: Language = .english, isInteractive: Bool = false) -> Terminal {
        Terminal(
            language: language, isInteractive: isInteractive,
            sinks: .init(
                result: { text in self.words.withLock { $0.result += text } },
                notice: { text in self.words.withLock { $0.notices += text } }))
    }
}

private func tree(_ action: @escaping @Sendable (Invocation) async throws -> Void) -> Command {
    Command(
        "puente", Text("Root", es: "Raíz"), example: "puente work",
        [Command("work", Text("Works", es: "Trabaja"), example: "puente work", action: action)])
}

@Test func aCommandThatEndsWellExitsWithZero() async {
    let heard = Heard()
    let status = await CommandRunner.run(
        ["work"], root: tree { $0.terminal.print("done") }, terminal: heard.terminal(), environment: [:])
    #expect(status == .done)
    #expect(heard.result == "done\n")
    #expect(heard.notices.isEmpty)
}

@Test func aRefusalSaysWhatWhereAndWhatToDo() async {
    let heard = Heard()
    let failure = Failure(
        Text("is empty", es: "está vacío"), at: "households.csv",
        remedy: Text("ask for it again", es: "pídalo otra vez"))
    let status = await CommandRunner.run(
        ["work"], root: tree { _ in throw failure }, terminal: heard.terminal(.spanish), environment: [:])
    #expect(status == .refused)
    #expect(heard.notices == "puente: households.csv: está vacío\n  → pídalo otra vez\n")
    #expect(heard.result.isEmpty)
}

@Test func aLineThatIsNotUnderstoodExitsWithTwo() async {
    let heard = Heard()
    let status = await CommandRunner.run(
        ["wrk"], root: tree { _ in }, terminal: heard.terminal(), environment: [:])
    #expect(status == .usage)
    #expect(
        heard.notices == """
            puente: 'puente' has no command 'wrk'; did you mean 'work'?
              → puente --help shows how it is typed

            """)
}

@Test(arguments: [
    (["--lang", "es"], [:], Language.spanish), (["--lang=en"], ["LANG": "es_PE.UTF-8"], .english),
    ([], ["LANG": "es_PE.UTF-8"], .spanish), ([], ["LANG": "es_PE.UTF-8", "LC_ALL": "C"], .english),
    ([], ["LC_ALL": "", "LC_MESSAGES": "es"], .spanish), ([], [:], .english),
])
func theLanguageIsTheOneAskedFor(words: [String], environment: [String: String], language: Language) {
    #expect(CommandRunner.language(asked: words, environment: environment) == language)
}

@Test func progressOverwritesItselfOnATerminalOnly() {
    let screen = Heard()
    let shown = Progress(screen.terminal(isInteractive: true))
    shown.show(stage: "reading", detail: "1000")
    shown.show(stage: "reading", detail: "2")
    shown.finish()
    #expect(screen.notices == "\rreading: 1000\rreading: 2   \r          \r")
}

@Test func progressElsewhereIsALineNowAndThen() {
    let file = Heard()
    let progress = Progress(file.terminal())
    let start = ContinuousClock.now
    progress.show(stage: "reading", detail: "1", at: start)
    progress.show(stage: "reading", detail: "2", at: start + .seconds(1))
    progress.show(stage: "checking", detail: "3", at: start + .seconds(2))
    progress.show(stage: "checking", detail: "4", at: start + .seconds(8))
    #expect(file.notices == "reading: 1\nchecking: 3\nchecking: 4\n")
}

@Test(arguments: [
    ("transfres", "transfers", 1), ("retry", "retry", 0), ("", "abc", 3), ("lsit", "list", 1), ("kitten", "sitting", 3),
])
func distanceCountsSlipsOfTheFingers(left: String, right: String, distance: Int) {
    #expect(Suggestion.distance(left, right) == distance)
}

@Test func nothingIsSuggestedForSomethingElse() {
    #expect(Suggestion.nearest(to: "xyzzy", among: ["list", "show"]) == nil)
    #expect(Suggestion.nearest(to: "language", among: ["as", "json", "lang"]) == "lang")
    #expect(Suggestion.nearest(to: "prog", among: ["programme", "show"]) == "programme")
}

@Test func moneyAndCountsAreWrittenInGroups() {
    #expect(Figures.count(0) == "0")
    #expect(Figures.count(-1_234_567) == "-1,234,567")
    #expect(Figures.money(20_000, "PEN") == "200.00 PEN")
    #expect(Figures.money(-123_456_705, "PEN") == "-1,234,567.05 PEN")
    #expect(Figures.money(Int64.min, "PEN") == "-92,233,720,368,547,758.08 PEN")
    #expect(Figures.plainMoney(-123_456_705, "PEN") == "-1234567.05")
    #expect(Figures.plainMoney(Int64.min, "PEN") == "-92233720368547758.08")
    #expect(Figures.plainMoney(5, "PEN") == "0.05")
}

@Test func numbersInTablesStandFlushRight() {
    var table = Table(["state", "orders"], numeric: [1])
    table.add(["paid", "12"])
    table.add(["returned", "1,000"])
    #expect(table.lines() == ["state     orders", "--------  ------", "paid          12", "returned   1,000"])
}
