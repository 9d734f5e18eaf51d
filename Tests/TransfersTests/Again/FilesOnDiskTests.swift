import Contracts
import Crypto
import Foundation
import Testing

@testable import TransfersService

/// Bank files after they are written: compared, written again, recalled.
@Suite struct FilesOnDiskTests {
    private func files(_ bank: BankFixture, writeAgain: Bool = false) async throws -> [TransfersV1.FileOnDisk] {
        try await bank.run.ana.call(
            TransfersV1.Outbox.files,
            .init(programme: "juntos", cycle: "2024-4", writeAgain: writeAgain), RunFixture.patient
        ).files
    }

    @Test func alteredAndMissingFilesAreSeenAndAMissingOneIsWrittenAgainByteForByte() async throws {
        try await withSentRun { bank in
            let (first, second) = (bank.sent.files[0], bank.sent.files[1])
            let bytes = try Data(contentsOf: URL(fileURLWithPath: first.path))
            #expect(try await files(bank).allSatisfy { $0.state == "there" && $0.readSha256 == $0.sha256 })
            let read = try await files(bank)
            #expect(read.reduce(0) { $0 + $1.readTotalMinor } == bank.sent.totalMinor)

            try FileManager.default.removeItem(atPath: first.path)
            var text = try String(contentsOfFile: second.path, encoding: .utf8)
            let account = try #require(try bank.transfers(second).first).creditorAccount
            text = text.replacingOccurrences(of: account, with: String(account.reversed()))
            try text.write(toFile: second.path, atomically: false, encoding: .utf8)
            let seen = try await files(bank)
            #expect(seen.map(\.state) == ["missing", "altered"] + Array(repeating: "there", count: seen.count - 2))
            #expect(seen[0].readSha256.isEmpty && seen[0].readTransactions == 0)
            #expect(seen[1].readSha256.count == 64 && seen[1].readSha256 != seen[1].sha256)

            let again = try await files(bank, writeAgain: true)
            #expect(again[0].state == "written_again" && again[1].state == "altered")
            #expect(try Data(contentsOf: URL(fileURLWithPath: first.path)) == bytes)
            #expect(try await files(bank)[0].state == "there")
        }
    }

    @Test func theManifestTellsOfEveryFileWhatADatabaseThatForgotItNeeds() async throws {
        try await withSentRun { bank in
            let entries = try OutboxManifest(directory: bank.run.outbox).entries
            #expect(entries.map(\.name).sorted() == bank.sent.files.map(\.name).sorted())
            for file in bank.sent.files {
                let entry = try #require(entries.first { $0.name == file.name })
                #expect(entry.sha256 == file.sha256 && entry.transactions == Int64(file.transactions))
                #expect(entry.totalMinor == file.totalMinor && entry.currency == "PEN" && entry.kind == "main")
                #expect(entry.firstDay == "2024-07-01" && entry.lastDay == "2024-08-31" && entry.payOn == "2024-09-05")
                #expect(entry.requestedBy.hasSuffix("ana") && entry.approvedBy.hasSuffix("beto"))
                #expect(entry.runId == bank.sent.runId && entry.messageId + ".xml" == file.name)
            }
        }
    }

    @Test func aFileTheBankDoesNotHaveIsRecalledByTwoPersonsAndPaidAgain() async throws {
        try await withSentRun { bank in
            let (first, second) = (bank.sent.files[0], bank.sent.files[1])
            let bytes = try Data(contentsOf: URL(fileURLWithPath: first.path))
            let recalled = try await bank.decide(.init(kind: "recall", reason: "wrong day", files: [first.name]))
            #expect(recalled.state == "confirmed" && recalled.totalMinor == first.totalMinor)
            #expect(!FileManager.default.fileExists(atPath: first.path))
            let kept = try Data(contentsOf: URL(fileURLWithPath: "\(bank.run.outbox)/recalled/\(first.name)"))
            #expect(kept == bytes)
            #expect(try await files(bank)[0].state == "recalled")
            #expect(try OutboxManifest(directory: bank.run.outbox).latest[first.name]?.act == "recalled")
            #expect(try await bank.waiting(for: "ready") == Int64(first.transactions))
            let twice = await refusal {
                try await bank.run.ana.call(
                    TransfersV1.Proposals.make, .init(kind: "recall", reason: "again", files: [first.name]))
            }
            #expect(twice?.details.map(\.reason) == ["recalled"])

            // The bank has spoken about the second: it is too late.
            let one = try #require(try bank.transfers(second).first)
            _ = try await bank.deliver(BankText.status("S1", of: second, [(one, "ACSP", nil)]))
            let late = await refusal {
                try await bank.run.ana.call(
                    TransfersV1.Proposals.make, .init(kind: "recall", reason: "too late", files: [second.name]))
            }
            #expect(late?.details.map(\.reason) == ["bank_has_it"])

            // What was recalled is paid by a supplementary run under new identifiers, and everything closes to the cent.
            let again = try await bank.paySupplementary()
            #expect(again.totalMinor == first.totalMinor && again.payableHouseholds == Int64(first.transactions))
            let others = TransfersV1.RunStatus(files: Array(bank.sent.files.dropFirst()))
            try await bank.answer("M", of: others)
            try await bank.answer("N", of: again)
            #expect(try await bank.verdict(again).closed)
            let main = try await bank.verdict(bank.sent)
            #expect(main.closed && main.withdrawnMinor == first.totalMinor && main.paidLaterMinor == first.totalMinor)
            let held = "SELECT coalesce(sum(ordered - paid), 0) FROM coordination.budget_document_v1"
            #expect(try await bank.run.number(held) == 0)
            try OutboxContents(bank.run.outbox).check(after: .init(bank.run.outbox))
        }
    }

    @Test func nothingIsApprovedWhereTheManifestOfEarlierFilesIsMissing() async throws {
        try await withSentRun { bank in
            let one = try #require(try bank.transfers().map(household).min())
            try await bank.answer("M", rejecting: { household($0) == one }, reason: "AM04")
            let manifest = "\(bank.run.outbox)/\(OutboxManifest.name)"
            try FileManager.default.moveItem(atPath: manifest, toPath: manifest + ".away")
            _ = try await bank.run.ana.call(
                TransfersV1.Payments.run,
                .init(
                    programme: "juntos", cycle: "2024-4", payOn: "2024-09-20", supplementary: true,
                    accepted: RunFixture.accepted), RunFixture.patient)
            let waiting = try await bank.run.wait(for: "awaiting_approval")
            let refused = await refusal { try await bank.run.approve(waiting) }
            #expect(refused?.details.map(\.reason) == ["manifest_missing"])
            try FileManager.default.moveItem(atPath: manifest + ".away", toPath: manifest)
            _ = try await bank.run.approve(waiting)
            _ = try await bank.run.wait(for: "sent")
        }
    }

    @Test func aFileThatLeftTheOutboxIsNotRecalled() async throws {
        try await withSentRun { bank in
            let file = bank.sent.files[0]
            let made = try await bank.run.ana.call(
                TransfersV1.Proposals.make, .init(kind: "recall", reason: "wrong day", files: [file.name]))
            try FileManager.default.moveItem(atPath: file.path, toPath: file.path + ".sent")
            let gone = await refusal {
                try await bank.run.beto.call(TransfersV1.Proposals.decide, .init(number: made.number, confirm: true))
            }
            #expect(gone?.details.map(\.reason) == ["gone"])
            #expect(
                try await bank.run.number("SELECT count(*) FROM transfers.payment_order WHERE state = 'withdrawn'") == 0
            )
            #expect(
                try await bank.run.ana.call(TransfersV1.Proposals.list, .init()).proposals.map(\.state) == ["proposed"])
        }
    }

    @Test func aFileThatTheDatabaseForgotAndThatNeverReachedTheBankIsSettledByTwoPersons() async throws {
        try await withSentRun { bank in
            try OutboxManifest.append(
                .init(
                    act: "written", name: "LOST.xml", sha256: String(repeating: "ab", count: 32), programme: "juntos",
                    cycle: "2024-4", paymentKey: "NOKEY", transactions: 7, totalMinor: 700, currency: "PEN"),
                directory: bank.run.outbox)
            let seen = try await bank.run.compare()
            #expect(seen.files.map(\.state) == ["lost"])
            let settled = try await bank.decide(
                .init(kind: "never_sent", reason: "the bank says no", files: ["LOST.xml"]))
            #expect(settled.households == 7 && settled.totalMinor == 700)
            #expect(try await bank.run.compare().files.isEmpty)
        }
    }
}
