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
                let verdict = try await taken.verdict(sent)
                #expect(verdict.closed && verdict.ledgerPaidMinor == sent.totalMinor)
                // And nobody of them can be paid by another main run.
                _ = try await restored.startRun()
                _ = try await restored.wait(for: "empty")
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
                // Until it is taken up nothing else of the cycle can be approved.
                _ = try await restored.ana.call(
                    TransfersV1.Payments.run,
                    .init(
                        programme: "juntos", cycle: "2024-4", payOn: "2024-10-20", supplementary: true,
                        accepted: RunFixture.accepted))
                let waiting = try await restored.wait(for: "awaiting_approval")
                #expect(await refusal { try await restored.approve(waiting) }?.code == .failedPrecondition)
                _ = try await restored.beto.call(
                    TransfersV1.Payments.withdraw, .init(runId: waiting.runId, reason: "it is with the bank"))
                _ = try await restored.wait(for: "withdrawn")
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
}
