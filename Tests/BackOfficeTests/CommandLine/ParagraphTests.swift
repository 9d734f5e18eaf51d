import Synchronization
import Testing

@testable import BackOffice

@Suite struct ParagraphTests {
    @Test(arguments: [
        ("", 1), (String(repeating: "a", count: 80), 1), ("  " + String(repeating: "a", count: 90), 1),
        ("first\n  second", 2), ("  → " + String(repeating: "word ", count: 15) + "w", 1),
        ("  → " + String(repeating: "word ", count: 15) + "wo", 2),
    ])
    func aLineIsBrokenBetweenWords(_ text: String, _ count: Int) {
        let broken = Paragraph.lines(text)
        #expect(broken.count == count)
        #expect(broken.allSatisfy { $0.count <= 80 || !$0.dropFirst(2).contains(" ") })
        #expect(broken.flatMap { $0.split(separator: " ") } == text.split { " \n".contains($0) })
    }

    @Test func whatGoesOnStandsFurtherIn() {
        let lines = Paragraph.lines("  → " + String(repeating: "word ", count: 20))
        #expect(lines.count == 2)
        #expect(lines.last?.hasPrefix("    word") == true)
    }

    @Test(arguments: [(true, 3), (false, 2)])
    func onlyAPersonsScreenIsBroken(_ isInteractive: Bool, _ count: Int) {
        let heard = Mutex("")
        let terminal = Terminal(
            language: .english, isInteractive: isInteractive,
            sinks: .init(result: { _ in }, notice: { text in heard.withLock { $0 += text } }))
        terminal.complain([String(repeating: "word ", count: 20), "  → do something"])
        #expect(heard.withLock { $0.split(separator: "\n").count } == count)
    }
}
