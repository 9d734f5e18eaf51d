import Contracts
import Testing

@testable import BackOffice

private let file = TransfersV1.FileOnDisk(
    name: "JUNTOS4F6A21-8C1D33A0B5E7.xml", currency: "PEN", transactions: 50_000, totalMinor: 1_234_567_890,
    sha256: String(repeating: "ab", count: 32), readSha256: String(repeating: "cd", count: 32))

private let fileStates = [
    "there", "altered", "missing", "unreadable", "recalled", "written_again", "cannot_be_written",
]

private let comparedStates = [
    "missing", "altered", "unreadable", "recall_unfinished", "same_again", "other_run", "run_or_take_up", "take_up",
    "cycle_missing", "cycle_days_differ", "run_moves", "previous_open", "earlier_file", "already_ordered",
    "household_unknown", "lost", "foreign", "proposed",
]

private let waits = [
    "ready", "repair", "terminal", "check", "account_missing", "being_paid", "bank_answer", "odd", "held", "undecided",
    "given_back",
]

private func compared(_ state: String) -> TransfersV1.ComparedFile {
    TransfersV1.ComparedFile(
        name: file.name, state: state,
        entry: .init(
            programme: "juntos", cycle: "2024-4", firstDay: "2024-07-01", lastDay: "2024-08-31", requestedBy: "ana",
            approvedBy: "luis", payOn: "2024-09-16", transactions: 50_000, totalMinor: 1_234_567_890, currency: "PEN"),
        runId: "53b7b884-cdbb-490f-ad70-76dea3fe12c3", runState: "awaiting_approval", households: 1_234, proposal: 3)
}

@Suite struct AgainReportTests {
    @Test(arguments: [Language.english, .spanish])
    func screensFitEightyColumns(language: Language) {
        let files = FilesReport(
            reply: .init(
                files: fileStates.map { state in
                    var one = file
                    one.state = state
                    return one
                }, directory: "/srv/puente/bank"), language: language)
        let open = OpenReport(
            reply: .init(
                groups: waits.map { .init(waitsFor: $0, households: 12_345, totalMinor: 1_234_567_890) },
                payments: [
                    .init(
                        householdId: 1_010_000_000, orderNumber: 1, amountMinor: 123_456, waitsFor: "account_missing",
                        cause: "rejected", reason: "AC04")
                ], currency: "PEN",
                proposals: [
                    .init(
                        number: 3,
                        request: .init(kind: "give_back", programme: "juntos", cycle: "2024-4", reason: "moved"),
                        households: 12, totalMinor: 240_000, currency: "PEN", proposedBy: "ana")
                ]), cycle: "2024-4", language: language)
        let recover = RecoverReport(
            comparison: .init(
                directory: "/srv/puente/bank", agreeing: 12, files: comparedStates.map(compared),
                manifestLeaves: 12_345,
                databaseLeaves: 1_234, ledger: "behind", paused: true, unreadableLines: 1), language: language)
        let verdict = ReconciliationReport(
            answer: .init(
                runId: "53b7b884-cdbb-490f-ad70-76dea3fe12c3", orderedMinor: 10, openMinor: 3, differenceMinor: 1,
                currency: "PEN", withdrawnMinor: 2, waitingHouseholds: 12_345, waitingMinor: 3,
                beingPaidHouseholds: 4_000,
                paidLaterMinor: 3, givenBackMinor: 2, unanswered: 4, ledgerHeldMinor: 9, undecidedHouseholds: 12_345),
            language: language)
        for line in files.lines() + open.lines() + recover.lines() + verdict.lines() {
            #expect(line.count <= 80, "\(line.count): \(line)")
        }
    }

    @Test func everyStateHasWordsOfItsOwnInBothLanguages() {
        let words =
            fileStates.map { ($0, FilesReport.meaning(of: $0)) } + waits.map { ($0, OpenReport.meaning(of: $0)) }
            + comparedStates.map { ($0, RecoverWords.meaning(of: compared($0))) }
            + ["give_back", "recall", "take_up", "never_sent"].map { ($0, ProposalReport.meaning(of: $0)) }
        for (code, text) in words {
            #expect(text.english != code && text.spanish != code && text.english != text.spanish, "\(code)")
        }
    }

    @Test func everyForgottenFileHasACommandThatLeadsOn() {
        // Files that somebody changed, and files that are none of ours, are for people alone.
        for state in comparedStates where !["altered", "unreadable", "foreign"].contains(state) {
            #expect(!RecoverWords.commands(for: compared(state)).isEmpty, "\(state)")
        }
    }

    @Test func theDigestsOfAnAlteredFileAreShownWhole() {
        var altered = file
        altered.state = "altered"
        let lines = FilesReport(reply: .init(files: [altered], directory: "."), language: .english).lines()
        #expect(lines.contains { $0.hasSuffix(altered.sha256) } && lines.contains { $0.hasSuffix(altered.readSha256) })
    }

    @Test func aRefusalBecauseOfAForgottenFileNamesItAndTheCommand() {
        let failure = Failure(
            describing: RPCError.failedPrecondition(
                "no", details: [.init(type: "outbox", reason: "forgotten_file", subject: "A.xml")]))
        #expect(failure.place == "A.xml" && failure.remedy?.english.contains("payments recover") == true)
        #expect(failure.what.spanish != failure.what.english)
    }

    @Test func aRunIsOpenForReasonsThatAreSaid() {
        let lines = ReconciliationReport(
            answer: .init(runId: "r", currency: "PEN", waitingHouseholds: 3, waitingMinor: 600), language: .english
        ).lines()
        #expect(lines.contains { $0.contains("3 households are owed") && $0.contains("puente payments open") })
    }
}
