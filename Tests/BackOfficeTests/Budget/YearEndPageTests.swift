import Contracts
import Testing

@testable import BackOffice

private func page(
    _ step: CoordinationV1.CloseYearStep, orphans: [String] = [], candidates: [String] = [], short: Int64 = 0,
    changed: Bool = false, state: String = "open"
) -> YearEndPage {
    let holds: [CoordinationV1.YearEndHold] = [
        .init(line: "A", document: "d1", stage: "reserved", amountMinor: 1000, treatment: .lapse, currency: "PEN"),
        .init(line: "A", document: "d2", stage: "reserved", amountMinor: 500, treatment: .lapse, currency: "PEN"),
        .init(line: "B", document: "d3", stage: "reserved", amountMinor: 500, treatment: .lapse, currency: "CLP"),
        .init(
            line: "C", document: "d4", stage: "committed", amountMinor: 7, targetLine: orphans.isEmpty ? "C2" : "",
            treatment: .carryOver, currency: "PEN", candidates: candidates),
    ]
    return YearEndPage(
        year: 2024, step: step,
        reply: .init(
            changed: changed, holds: holds, withoutTarget: orphans,
            shortfalls: short > 0 ? [.init(shortfallMinor: short, line: "C2", currency: "PEN")] : [], state: state),
        names: [:])
}

@Test func aYearsEndShowsItsSumsByCurrency() {
    let lines = page(.unspecified).lines(.english)
    #expect(lines.contains("in all, lapses: 500 CLP, 15.00 PEN"))
    #expect(lines.contains("in all, carried over: 0.07 PEN"))
    #expect(lines.last == "a preview: nothing changed; --step close, then --step seal does it")
}

@Test func aYearThatHasMoneyWithNowhereToGoIsNotClosedAndSaysWhoseItIs() throws {
    let failure = try #require(page(.close, orphans: ["C"]).failure)
    #expect(failure.what.english == "2024 cannot be closed:\n  C: no line of 2025 has its dimensions; documents d4")
    #expect(failure.remedy?.english.contains("puente budget appropriate") == true)
    let two = try #require(page(.seal, orphans: ["C"], candidates: ["C2", "C3"]).failure)
    #expect(two.what.english.hasSuffix("C: several lines of 2025 fit, C2, C3; documents d4"))
    #expect(two.what.spanish.hasPrefix("2024 no se puede sellar:"))
    // What is charged to the next year may still be appropriated before the year is sealed.
    #expect(page(.close, short: 9, changed: true, state: "closing").failure == nil)
    #expect(try #require(page(.seal, short: 9).failure).what.english.contains("C2: 0.09 PEN too little"))
    #expect(page(.unspecified, orphans: ["C"]).failure == nil)
}

@Test func aYearThatIsReopenedSaysSo() {
    #expect(page(.reopen, changed: true).lines(.english).last == "2024 is open")
    #expect(page(.reopen, changed: true).lines(.spanish).last == "2024 está abierto")
}
