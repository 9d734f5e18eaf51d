import Contracts
import Testing

@testable import BackOffice

private let foncodes = CoordinationV1.MissingSignatures(institution: "FONCODES", missing: 1, members: ["luis"])
private let juntos = CoordinationV1.MissingSignatures(institution: "JUNTOS", missing: 1, members: ["ana", "beto"])

private func reply(
    _ state: String, done: Bool, missing: [CoordinationV1.MissingSignatures] = [], short: [(String, Int64)] = [],
    lapsed: [String] = []
) -> CoordinationV1.AgreementReply {
    .init(
        agreement: "joint", state: state, version: 2, done: done, missingSignatures: missing,
        shortfalls: short.map {
            .init(code: "insufficient_available", shortfallMinor: $1, line: $0, currency: "PEN")
        },
        lapsedConditions: lapsed)
}

@Test func anActivationThatLacksSignaturesFailsAndSaysWhoseAndWhatToDo() throws {
    let outcome = AgreementOutcome(.activate, reply("proposed", done: false, missing: [foncodes, juntos]))
    let lines = try #require(outcome.failure).lines(in: .english)
    #expect(
        lines[0]
            == "joint: not in force: the quorum of these has not signed version 2: FONCODES (luis), JUNTOS (1 of ana, beto)"
    )
    #expect(lines[1].contains("puente agreement sign joint"))
    #expect(outcome.lines(.english) == [])
    #expect(try #require(outcome.failure).lines(in: .spanish)[0].contains("falta el quórum"))
}

@Test func anActivationThatLacksMoneySaysHowMuchEachLineLacks() throws {
    let outcome = AgreementOutcome(.activate, reply("proposed", done: false, short: [("L1", 50_000), ("L2", 1)]))
    let text = try #require(outcome.failure).lines(in: .english).joined(separator: "\n")
    #expect(text.contains("  L1: insufficient_available, 500.00 PEN\n  L2: insufficient_available, 0.01 PEN"))
    #expect(text.contains("puente budget appropriate"))
}

@Test func anEndThatWaitsForOthersIsRecordedAndIsNoFailure() {
    let outcome = AgreementOutcome(.end, reply("active", done: false, missing: [foncodes]))
    #expect(outcome.failure == nil)
    #expect(outcome.lines(.english) == ["signed; joint v2 ends when these sign too: FONCODES (luis)"])
    #expect(outcome.lines(.spanish) == ["firmado; joint v2 termina cuando firmen también: FONCODES (luis)"])
}

@Test func whatIsDoneIsSaidWithTheConditionsThatHaveLapsed() {
    let suspended = AgreementOutcome(.suspend, reply("suspended", done: true, lapsed: ["reports are on time"]))
    #expect(suspended.lines(.english) == ["joint v2 is suspended", "  lapsed: reports are on time"])
    #expect(suspended.lines(.spanish) == ["joint v2 está suspendido", "  no se cumple: reports are on time"])
    #expect(AgreementOutcome(.activate, reply("active", done: true)).lines(.english) == ["in force; joint v2 binds"])
}

@Test func aSignatureSaysWhoStillHasToSign() {
    let half = AgreementOutcome(.sign, reply("proposed", done: true, missing: [juntos]))
    #expect(half.failure == nil)
    #expect(half.lines(.english) == ["joint v2 signed; it is proposed", "  still to sign: JUNTOS (1 of ana, beto)"])
    #expect(half.lines(.spanish)[1] == "  faltan por firmar: JUNTOS (1 de ana, beto)")
    #expect(
        AgreementOutcome(.sign, reply("proposed", done: true)).lines(.english)[1]
            == "  every party has signed; 'puente agreement activate joint' puts it in force")
    let suspending = AgreementOutcome(.suspend, reply("active", done: false, missing: [juntos]))
    #expect(suspending.failure == nil)
    #expect(
        suspending.lines(.english) == [
            "signed; joint v2 is suspended when one party has its quorum; still to sign: JUNTOS (1 of ana, beto)"
        ])
    let resuming = AgreementOutcome(.resume, reply("suspended", done: false, missing: [foncodes]))
    #expect(resuming.lines(.english) == ["signed; the condition holds again when these sign too: FONCODES (luis)"])
    #expect(
        resuming.lines(.spanish) == ["firmado; la condición vuelve a cumplirse cuando firmen también: FONCODES (luis)"])
}
