import Contracts
import Testing

@testable import BackOffice

private func reply(
    _ state: String, done: Bool, missing: [String] = [], short: [(String, Int64)] = [], lapsed: [String] = []
) -> CoordinationV1.AgreementReply {
    .init(
        agreement: "joint", state: state, version: 2, done: done, missingSignatures: missing,
        shortfalls: short.map { .init(code: "insufficient_available", shortfallMinor: $1, line: $0) },
        lapsedConditions: lapsed)
}

@Test func anActivationThatLacksSignaturesFailsAndSaysWhoseAndWhatToDo() throws {
    let outcome = AgreementOutcome(.activate, reply("proposed", done: false, missing: ["FONCODES", "JUNTOS"]))
    let lines = try #require(outcome.failure).lines(in: .english)
    #expect(lines[0] == "joint: not in force: the quorum of these has not signed version 2: FONCODES, JUNTOS")
    #expect(lines[1].contains("puente agreement sign joint"))
    #expect(outcome.lines(.english) == [])
    #expect(try #require(outcome.failure).lines(in: .spanish)[0].contains("falta el quórum"))
}

@Test func anActivationThatLacksMoneySaysHowMuchEachLineLacks() throws {
    let outcome = AgreementOutcome(.activate, reply("proposed", done: false, short: [("L1", 50_000), ("L2", 1)]))
    let text = try #require(outcome.failure).lines(in: .english).joined(separator: "\n")
    #expect(text.contains("  L1: insufficient_available, 500.00\n  L2: insufficient_available, 0.01"))
    #expect(text.contains("puente budget appropriate"))
}

@Test func anEndThatWaitsForOthersIsRecordedAndIsNoFailure() {
    let outcome = AgreementOutcome(.end, reply("active", done: false, missing: ["FONCODES"]))
    #expect(outcome.failure == nil)
    #expect(outcome.lines(.english) == ["recorded; joint v2 ends when these agree too: FONCODES"])
    #expect(outcome.lines(.spanish) == ["registrado; joint v2 termina cuando acuerden también: FONCODES"])
}

@Test func whatIsDoneIsSaidWithTheConditionsThatHaveLapsed() {
    let suspended = AgreementOutcome(.suspend, reply("suspended", done: true, lapsed: ["reports are on time"]))
    #expect(suspended.lines(.english) == ["joint v2 is suspended", "  lapsed: reports are on time"])
    #expect(suspended.lines(.spanish) == ["joint v2 está suspendido", "  no se cumple: reports are on time"])
    #expect(AgreementOutcome(.activate, reply("active", done: true)).lines(.english) == ["in force; joint v2 binds"])
    #expect(
        AgreementOutcome(.sign, reply("proposed", done: true)).lines(.english) == ["joint v2 signed; it is proposed"])
}
