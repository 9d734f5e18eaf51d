import Contracts
import Foundation
import Testing

@testable import TransfersService

/// Dumps from the moments of a run, restored beside the same outbox: nothing is paid twice, and nothing is overwritten.
@Suite struct PaymentRestoreTests {
    /// When the dump is taken.
    enum Moment: CaseIterable, Sendable {
        case beforeTheRun, awaitingApproval, ordering, sent, halfReconciled
    }

    /// Runs a run to its files, with a dump at a moment of it.
    private func dump(_ fixture: RunFixture, at moment: Moment) async throws -> Dump {
        try await fixture.begin()
        if moment == .beforeTheRun {
            let dump = try Dump(of: fixture.database)
            _ = try await fixture.send()
            return dump
        }
        _ = try await fixture.startRun()
        let waiting = try await fixture.wait(for: "awaiting_approval")
        if moment == .awaitingApproval {
            let dump = try Dump(of: fixture.database)
            _ = try await fixture.approve(waiting)
            _ = try await fixture.wait(for: "sent")
            return dump
        }
        if moment == .ordering {
            _ = try await fixture.pause()
            _ = try await fixture.approve(waiting)
            let resting = try await fixture.waitForRest(in: "ordering")
            #expect(resting.obstacles.map(\.kind).contains("paused"))
            #expect(resting.files.isEmpty)
            let dump = try Dump(of: fixture.database)
            try await fixture.letGoOn()
            _ = try await fixture.wait(for: "sent")
            return dump
        }
        _ = try await fixture.approve(waiting)
        let bank = BankFixture(run: fixture, sent: try await fixture.wait(for: "sent"))
        if moment == .halfReconciled {
            let first = try #require(bank.sent.files.first)
            _ = try await bank.deliver(BankText.booked("HALF", try bank.transfers(first)))
        }
        return try Dump(of: fixture.database)
    }

    @Test(arguments: Moment.allCases)
    func aRestoredSitePaysNothingTwiceAndOverwritesNothing(moment: Moment) async throws {
        try await withRun(households: 120) { fixture in
            let dump = try await dump(fixture, at: moment)
            defer { dump.remove() }
            let before = try OutboxContents(fixture.outbox)
            #expect(!before.files.isEmpty)
            try await fixture.withRestored(dump) { restored in
                let seen = try await restored.compare()
                #expect(seen.paused)
                #expect(seen.ledger != "differs")
                let expected: String? =
                    switch moment {
                    case .beforeTheRun: "run_or_take_up"
                    case .awaitingApproval, .ordering: "same_again"
                    case .sent, .halfReconciled: nil
                    }
                #expect(Set(seen.files.map(\.state)) == Set([expected].compactMap { $0 }))
                #expect(seen.files.count == (expected == nil ? 0 : before.files.count))
                #expect(seen.files.allSatisfy { $0.inManifest && $0.entry?.cycle == "2024-4" })

                if moment == .beforeTheRun { _ = try await restored.startRun() }
                if moment == .beforeTheRun || moment == .awaitingApproval {
                    _ = try await restored.approve(try await restored.wait(for: "awaiting_approval"))
                }
                if expected != nil {
                    // Nothing leaves while payments are paused, and status says why.
                    let resting = try await restored.waitForRest(in: "ordering")
                    #expect(resting.obstacles.map(\.kind).contains("paused"))
                    #expect(try OutboxContents(fixture.outbox) == before)
                }
                try await restored.letGoOn()
                let sent = try await restored.wait(for: "sent")
                #expect(Set(sent.files.map(\.name)) == Set(before.files.keys))
                #expect(try await restored.compare().files.isEmpty)

                let bank = BankFixture(run: restored, sent: sent)
                let rest = moment == .halfReconciled ? Array(sent.files.dropFirst()) : sent.files
                for (number, file) in rest.enumerated() {
                    let result = try await bank.deliver(BankText.booked("END\(number)", try bank.transfers(file)))
                    #expect(result.outcome == "applied")
                }
                let verdict = try await bank.verdict(sent)
                #expect(verdict.closed && verdict.paidMinor == sent.totalMinor)
                #expect(try OutboxContents(fixture.outbox) == before)
                try OutboxContents(fixture.outbox).check(after: before)
            }
        }
    }

    @Test func aRestoredSiteThatWouldPayOtherwiseIsRefusedAndTakesTheFilesUp() async throws {
        try await withRun(households: 120) { fixture in
            let dump = try await dump(fixture, at: .beforeTheRun)
            defer { dump.remove() }
            let before = try OutboxContents(fixture.outbox)
            let paid = try before.references()
            try await fixture.withRestored(dump) { restored in
                // One account is another than it was when the files were written: another file would follow.
                try await restored.script(
                    "UPDATE coordination.account SET account_number = '77' || account_number WHERE household_id = 5000 + 8"
                )
                _ = try await restored.startRun()
                let waiting = try await restored.wait(for: "awaiting_approval")
                let refused = await refusal { try await restored.approve(waiting) }
                #expect(refused?.code == .failedPrecondition)
                #expect(refused?.details.contains { $0.reason == "forgotten_file" } == true)
                let seen = try await restored.compare()
                #expect(seen.files.contains { $0.state == "other_run" && $0.runId == waiting.runId })
                _ = try await restored.beto.call(
                    TransfersV1.Payments.withdraw, .init(runId: waiting.runId, reason: "its files are with the bank"))
                _ = try await restored.wait(for: "withdrawn")

                let bank = BankFixture(run: restored, sent: waiting)
                let names = before.files.keys.sorted()
                let proposal = try await bank.decide(
                    .init(kind: "take_up", reason: "restored to before the run", files: names))
                #expect(proposal.state == "confirmed" && proposal.households == Int64(paid.count))
                #expect(proposal.runIds.count == 1)
                let resting = try await restored.waitForRest(in: "ordering")
                #expect(resting.kind == "recovered" && resting.payableHouseholds == Int64(paid.count))
                try await restored.letGoOn()
                let sent = try await restored.wait(for: "sent")
                #expect(Set(sent.files.map(\.name)) == Set(names))
                #expect(try OutboxContents(fixture.outbox) == before)
                #expect(try await restored.compare().files.isEmpty)
                // Household 8 has the account that the bank was told.
                #expect(
                    try await restored.number(
                        """
                        SELECT count(*) FROM transfers.payment_order JOIN transfers.roll_household
                            USING (household_id, run_number)
                        WHERE household_id = 5008 AND account_number LIKE '04%' AND order_number = 1
                        """) == 1)

                // The bank's answers close it, to the cent.
                let taken = BankFixture(run: restored, sent: sent)
                try await taken.answer("T")
                let open = try await taken.verdict(sent)
                #expect(!open.closed && open.undecidedHouseholds > 0)
                // The cycle's own run decides about the others, and nobody of these is paid by it.
                _ = try await restored.startRun()
                _ = try await restored.wait(for: "empty")
                let verdict = try await taken.verdict(sent)
                #expect(verdict.closed && verdict.ledgerPaidMinor == sent.totalMinor)
                try OutboxContents(fixture.outbox).check(after: before)
            }
        }
    }

    @Test func filesWhoseCycleWasForgottenAreTakenUpOnceItIsOpenAgain() async throws {
        try await withRun(households: 60) { fixture in
            try await fixture.script("SELECT transfers.notice_restore()")
            try await fixture.openLines()
            try await fixture.appropriate(10_000_000, id: "start")
            let dump = try Dump(of: fixture.database)
            defer { dump.remove() }
            _ = try await fixture.openCycle()
            _ = try await fixture.startRun()
            let waiting = try await fixture.wait(for: "awaiting_approval")
            try await fixture.script("SELECT coordination.ledger_sequence()")
            _ = try await fixture.approve(waiting)
            _ = try await fixture.wait(for: "sent")
            let before = try OutboxContents(fixture.outbox)
            try await fixture.withRestored(dump) { restored in
                let seen = try await restored.compare()
                #expect(Set(seen.files.map(\.state)) == ["cycle_missing"])
                #expect(seen.ledger == "behind" && seen.manifestLeaves > seen.databaseLeaves)
                #expect(
                    seen.files.allSatisfy { $0.entry?.firstDay == "2024-07-01" && $0.entry?.lastDay == "2024-08-31" })
                _ = try await restored.openCycle()
                let bank = BankFixture(run: restored, sent: .init())
                _ = try await bank.decide(
                    .init(kind: "take_up", reason: "restored to June", files: before.files.keys.sorted()))
                try await restored.letGoOn()
                let sent = try await restored.wait(for: "sent")
                #expect(sent.kind == "recovered")
                try await BankFixture(run: restored, sent: sent).answer("T")
                _ = try await restored.startRun()
                _ = try await restored.wait(for: "empty")
                #expect(try await bank.verdict(sent).closed)
                try OutboxContents(fixture.outbox).check(after: before)
            }
        }
    }

    /// Both the main run and what followed it were forgotten: the first is taken up although the file of the second is there.
    @Test func aRunIsTakenUpWhileTheFileOfTheNextOneWaits() async throws {
        try await withRun(households: 60) { fixture in
            try await fixture.begin()
            let dump = try Dump(of: fixture.database)
            defer { dump.remove() }
            let bank = BankFixture(run: fixture, sent: try await fixture.send())
            let one = try #require(try bank.transfers().map(household).min())
            try await bank.answer("M", rejecting: { household($0) == one }, reason: "AM04")
            let second = try await bank.paySupplementary()
            let before = try OutboxContents(fixture.outbox)
            try await fixture.withRestored(dump) { restored in
                let again = BankFixture(run: restored, sent: bank.sent)
                _ = try await again.decide(
                    .init(kind: "take_up", reason: "forgotten", files: bank.sent.files.map(\.name)))
                try await restored.letGoOn()
                let first = try await restored.wait(for: "sent")
                #expect(first.kind == "recovered" && first.totalMinor == bank.sent.totalMinor)
                try await again.answer("M", rejecting: { household($0) == one }, reason: "AM04")
                #expect(try await restored.compare().files.map(\.state) == ["take_up"])
                _ = try await again.decide(
                    .init(kind: "take_up", reason: "forgotten", files: second.files.map(\.name)))
                let sent = try await restored.wait(for: "sent")
                try await again.answer("N", of: sent)
                _ = try await restored.startRun()
                _ = try await restored.wait(for: "empty")
                #expect(try await again.verdict(sent).closed)
                #expect(try await again.verdict(first).closed)
                try OutboxContents(fixture.outbox).check(after: before)
            }
        }
    }

    @Test func aFileThatWasLeftOutIsTakenUpAfterTheOthers() async throws {
        try await withRun(households: 120) { fixture in
            let dump = try await dump(fixture, at: .beforeTheRun)
            defer { dump.remove() }
            let before = try OutboxContents(fixture.outbox)
            let names = before.files.keys.sorted()
            try await fixture.withRestored(dump) { restored in
                let bank = BankFixture(run: restored, sent: .init())
                _ = try await bank.decide(
                    .init(kind: "take_up", reason: "restored", files: Array(names.dropLast())))
                _ = try await restored.waitForRest(in: "ordering")
                #expect(try await restored.compare().files.first { $0.name == names.last }?.state == "run_moves")
                try await restored.letGoOn()
                _ = try await restored.wait(for: "sent")
                #expect(try await restored.compare().files.map(\.state) == ["take_up"])
                _ = try await bank.decide(.init(kind: "take_up", reason: "restored", files: [names.last ?? ""]))
                _ = try await restored.wait(for: "sent")
                #expect(try await restored.compare().files.isEmpty)
                try OutboxContents(fixture.outbox).check(after: before)
            }
        }
    }

    @Test func aForgottenSupplementaryFileWaitsForTheAnswersThatOpenedItsPaymentsAgain() async throws {
        try await withRun(households: 60) { fixture in
            try await fixture.begin()
            let bank = BankFixture(run: fixture, sent: try await fixture.send())
            let dump = try Dump(of: fixture.database)
            defer { dump.remove() }
            let one = try #require(try bank.transfers().map(household).min())
            try await bank.answer("M", rejecting: { household($0) == one }, reason: "AM04")
            let second = try await bank.paySupplementary()
            let before = try OutboxContents(fixture.outbox)
            try await fixture.withRestored(dump) { restored in
                let again = BankFixture(run: restored, sent: bank.sent)
                #expect(try await restored.compare().files.map(\.state) == ["previous_open"])
                try await restored.letGoOn()
                try await again.answer("M", rejecting: { household($0) == one }, reason: "AM04")
                #expect(try await restored.compare().files.map(\.state) == ["take_up"])
                // Until it is taken up nothing else of the cycle is started.
                let refused = await refusal {
                    try await restored.ana.call(
                        TransfersV1.Payments.run,
                        .init(
                            programme: "juntos", cycle: "2024-4", payOn: "2024-10-20", supplementary: true,
                            accepted: RunFixture.accepted))
                }
                #expect(refused?.details.map(\.reason) == ["forgotten_file"])
                _ = try await again.decide(
                    .init(kind: "take_up", reason: "forgotten", files: second.files.map(\.name)))
                let sent = try await restored.wait(for: "sent")
                #expect(sent.kind == "recovered" && sent.totalMinor == second.totalMinor)
                try await again.answer("N", of: sent)
                #expect(try await again.verdict(sent).closed)
                #expect(try await again.verdict(bank.sent).closed)
                try OutboxContents(fixture.outbox).check(after: before)
            }
        }
    }

    /// A file was recalled and its households paid again; the database knows neither. The second file is taken up although
    /// the order before each of its payments is in no file.
    @Test func whatFollowedAForgottenRecallIsTakenUp() async throws {
        try await withRun(households: 120) { fixture in
            try await fixture.begin()
            let dump = try Dump(of: fixture.database)
            defer { dump.remove() }
            let bank = BankFixture(run: fixture, sent: try await fixture.send())
            let recalled = bank.sent.files[0]
            _ = try await bank.decide(.init(kind: "recall", reason: "wrong day", files: [recalled.name]))
            let second = try await bank.paySupplementary()
            let before = try OutboxContents(fixture.outbox)
            try await fixture.withRestored(dump) { restored in
                let again = BankFixture(run: restored, sent: bank.sent)
                let states = try await restored.compare().files.map { [$0.name, $0.state] }
                #expect(states.contains([second.files[0].name, "earlier_file"]))
                #expect(states.count == bank.sent.files.count)
                let first = bank.sent.files.dropFirst().map(\.name)
                _ = try await again.decide(.init(kind: "take_up", reason: "forgotten", files: first))
                try await restored.letGoOn()
                _ = try await restored.wait(for: "sent")
                #expect(try await restored.compare().files.map(\.state) == ["take_up"])
                _ = try await again.decide(
                    .init(kind: "take_up", reason: "forgotten", files: second.files.map(\.name)))
                let sent = try await restored.wait(for: "sent")
                #expect(sent.totalMinor == second.totalMinor)
                #expect(
                    try await restored.number("SELECT count(*) FROM transfers.payment_order WHERE order_number = 2")
                        == Int64(recalled.transactions))
                try await again.answer("N", of: sent)
                // Nobody has decided about those who are in no file; the cycle's own run does.
                let open = try await again.verdict(sent)
                #expect(!open.closed && open.undecidedHouseholds > 0)
                #expect(try await again.waiting(for: "undecided") == open.undecidedHouseholds)
                _ = try await restored.startRun()
                _ = try await restored.wait(for: "empty")
                #expect(try await again.verdict(sent).closed)
                try OutboxContents(fixture.outbox).check(after: before)
            }
        }
    }

    /// The run of the copy was taken back and another followed; of that one's files one never reached the bank. After the
    /// others are taken up, its households are paid by the cycle's own run, under the next numbers.
    @Test func whoIsInNoFileIsPaidByTheRestOfTheCycle() async throws {
        try await withRun(households: 120) { fixture in
            let dump = try await dump(fixture, at: .ordering)
            defer { dump.remove() }
            let before = try OutboxContents(fixture.outbox)
            let names = before.files.keys.sorted()
            let total = try await fixture.number("SELECT sum(amount_minor) FROM transfers.payment_order")
            try await fixture.withRestored(dump) { restored in
                // The run would pay otherwise than the files: they are another run's.
                try await restored.script(
                    "UPDATE transfers.roll_household SET account_number = '77' || account_number")
                try FileManager.default.removeItem(atPath: "\(fixture.outbox)/\(names[0])")
                let bank = BankFixture(run: restored, sent: .init())
                _ = try await bank.decide(.init(kind: "never_sent", reason: "the bank says no", files: [names[0]]))
                let run = try await restored.status()
                #expect(run.state == "ordering")
                let seen = try await restored.compare().files.map(\.state)
                #expect(seen.contains("other_run"))
                _ = try await restored.beto.call(
                    TransfersV1.Payments.withdraw, .init(runId: run.runId, reason: "its files are another run's"))
                _ = try await restored.wait(for: "withdrawn")
                _ = try await bank.decide(
                    .init(kind: "take_up", reason: "forgotten", files: Array(names.dropFirst())))
                try await restored.letGoOn()
                let taken = try await restored.wait(for: "sent")
                _ = try await restored.startRun()
                _ = try await restored.approve(try await restored.wait(for: "awaiting_approval"))
                let rest = try await restored.wait(for: "sent")
                #expect(rest.kind == "main" && rest.totalMinor + taken.totalMinor == total)
                for run in [taken, rest] { try await bank.answer("T\(run.kind)", of: run) }
                #expect(try await bank.verdict(taken).closed)
                #expect(try await bank.verdict(rest).closed)
            }
        }
    }

    /// The files of a cycle whose year was sealed before they were taken up are charged to the next year.
    @Test func whatIsTakenUpAfterItsYearIsSealedIsChargedToTheNext() async throws {
        try await withRun(households: 60) { fixture in
            let dump = try await dump(fixture, at: .beforeTheRun)
            defer { dump.remove() }
            let before = try OutboxContents(fixture.outbox)
            try await fixture.withRestored(dump) { restored in
                try await restored.openLines(year: 2025)
                try await restored.close(2024, .close)
                try await restored.close(2024, .seal)
                let bank = BankFixture(run: restored, sent: .init())
                _ = try await bank.decide(
                    .init(kind: "take_up", reason: "restored", files: before.files.keys.sorted()))
                try await restored.letGoOn()
                let sent = try await restored.wait(for: "sent")
                #expect(sent.kind == "recovered" && sent.fiscalYear == 2025)
                try await BankFixture(run: restored, sent: sent).answer("T")
                let verdict = try await bank.verdict(sent)
                #expect(verdict.ledgerPaidMinor == sent.totalMinor && verdict.ledgerHeldMinor == 0)
                try OutboxContents(fixture.outbox).check(after: before)
            }
        }
    }
}
