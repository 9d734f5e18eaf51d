import Contracts
import Foundation
import ISO20022
import Testing

@testable import TransfersService

/// What the bank rejected or returned, and what had no account, is paid by another run of the same cycle.
@Suite struct SupplementaryRunTests {
    @Test func whatWasRejectedIsPaidAgainUnderLinkedIdentifiersOnceItsAccountIsRepaired() async throws {
        try await withSentRun { bank in
            let refused = Set(try bank.transfers().map(household).sorted().prefix(3))
            try await bank.answer("M", rejecting: { refused.contains(household($0)) })
            // All is answered, and the run is not closed: three households are owed their money.
            let before = try await bank.verdict(bank.sent)
            #expect(
                !before.closed && before.waitingHouseholds == 3 && before.openMinor == 0 && before.differenceMinor == 0)
            #expect(try await bank.waiting(for: "repair") == 3)
            #expect(try await bank.waiting(for: "ready") == 0)
            let tooSoon = await refusal {
                try await bank.run.ana.call(
                    TransfersV1.Payments.run,
                    .init(
                        programme: "juntos", cycle: "2024-4", payOn: "2024-09-20", supplementary: true,
                        accepted: RunFixture.accepted))
            }
            #expect(tooSoon?.details.map(\.reason) == ["nothing_ready"])

            // Two accounts are repaired, and a household that had none has one now.
            let repaired = refused.sorted().prefix(2).map(String.init).joined(separator: ",")
            try await bank.run.script(
                """
                UPDATE coordination.account SET account_number = '99' || account_number WHERE household_id IN (\(repaired));
                INSERT INTO coordination.account (household_id, holder_person_id, bank_bic, account_number)
                VALUES (5004, 50040, 'BANCPEPL', '04000000005004');
                """)
            #expect(try await bank.waiting(for: "ready") == 3)
            let list = try await bank.open(limit: 10).payments.filter { $0.waitsFor == "ready" }
            #expect(list.filter { $0.cause == "rejected" && $0.reason == "AC04" && $0.orderNumber == 1 }.count == 2)
            #expect(list.filter { $0.cause == "no_account" && $0.orderNumber == 0 }.map(\.householdId) == [5_004])

            let second = try await bank.paySupplementary()
            let again = try second.files.flatMap { try bank.transfers($0) }
            #expect(again.count == 3)
            #expect(
                Set(again.filter { refused.contains(household($0)) }.map(\.endToEndID))
                    == Set(
                        try bank.transfers().filter { refused.contains(household($0)) }.map { $0.endToEndID + "-2" }
                            .filter { id in again.contains { $0.endToEndID == id } }))
            #expect(
                again.allSatisfy {
                    !household($0).isMultiple(of: 5_004) || $0.endToEndID.split(separator: "-").count == 2
                })
            #expect(again.filter { refused.contains(household($0)) }.allSatisfy { $0.creditorAccount.hasPrefix("99") })
            let first = try bank.transfers()
            #expect(Set(first.map(\.uetr)).isDisjoint(with: again.map(\.uetr)))
            #expect(
                again.reduce(0) { $0 + $1.amount.minorUnits } == second.totalMinor)

            try await bank.answer("N", of: second)
            let supplementary = try await bank.verdict(second)
            #expect(supplementary.closed && supplementary.paidMinor == second.totalMinor)
            // One household of the first run is still unpaid.
            let main = try await bank.verdict(bank.sent)
            #expect(!main.closed && main.waitingHouseholds == 1)

            // Its money is given back by two persons; now the main run is closed, by computation.
            let left = try #require(refused.sorted().last)
            let given = try await bank.decide(
                .init(
                    kind: "give_back", programme: "juntos", cycle: "2024-4", reason: "moved abroad", households: [left])
            )
            #expect(given.state == "confirmed" && given.households == 1)
            let closed = try await bank.verdict(bank.sent)
            #expect(closed.closed && closed.givenBackMinor == given.totalMinor)
            #expect(try await bank.waiting(for: "given_back") == 1)
            #expect(
                try await bank.run.number("SELECT count(*) FROM transfers.payment_order WHERE order_number = 2") == 2)
        }
    }

    @Test func aRunThatWasClosedOpensAgainWhenAPaymentComesBack() async throws {
        try await withSentRun { bank in
            try await bank.answer("M")
            #expect(try await bank.verdict(bank.sent).closed)
            let one = try #require(try bank.transfers().first)
            let result = try await bank.deliver(BankText.booked("R", [one], returned: "AC04"))
            #expect(result.outcome == "applied", "\(result)")
            let after = try await bank.verdict(bank.sent)
            #expect(!after.closed && after.waitingHouseholds == 1 && after.waitingMinor == one.amount.minorUnits)
            #expect(
                try await bank.run.number("SELECT count(*) FROM transfers.payment_run WHERE state = 'closed'") == 0)
        }
    }

    @Test func whatWasGivenBackIsNeverOrderedAndWhatIsOrderedAgainIsNeverGivenBack() async throws {
        try await withSentRun { bank in
            let two = Array(try bank.transfers().map(household).sorted().prefix(2))
            try await bank.answer("M", rejecting: { two.contains(household($0)) }, reason: "AM04")
            #expect(try await bank.waiting(for: "ready") == 2)
            _ = try await bank.decide(
                .init(
                    kind: "give_back", programme: "juntos", cycle: "2024-4", reason: "refuses it", households: [two[0]])
            )
            // Proposed before, decided after the supplementary run has it: refused.
            let late = try await bank.run.ana.call(
                TransfersV1.Proposals.make,
                .init(kind: "give_back", programme: "juntos", cycle: "2024-4", reason: "too late", households: [two[1]])
            )
            let second = try await bank.paySupplementary()
            #expect(second.payableHouseholds == 1)
            let refused = await refusal {
                try await bank.run.beto.call(TransfersV1.Proposals.decide, .init(number: late.number, confirm: true))
            }
            #expect(refused?.code == .failedPrecondition)
            // Whatever a program does, the database holds both.
            await #expect(throws: (any Error).self) {
                try await bank.run.script(
                    "UPDATE transfers.entitlement_reopened SET given_back = true WHERE household_id = \(two[1])")
            }
            await #expect(throws: (any Error).self) {
                try await bank.run.script(
                    """
                    SET session_replication_role = origin;
                    INSERT INTO transfers.payment_order (household_id, amount_minor, cycle_id, run_number, order_number,
                        previous_order, uetr, end_to_end_id, currency)
                    SELECT household_id, amount_minor, cycle_id, run_number, 2, 1, gen_random_uuid(), 'X-1-2', 'PEN'
                    FROM transfers.payment_order WHERE household_id = \(two[0])
                    """)
            }
            let declined = try await bank.run.ana.call(
                TransfersV1.Proposals.decide, .init(number: late.number, confirm: false, reason: "it is paid"))
            #expect(declined.state == "declined" && declined.decisionReason == "it is paid")
        }
    }

    @Test func whatTheBankCallsADuplicateOrCannotPayWaitsForAPersonsWord() async throws {
        try await withSentRun { bank in
            let one = try #require(try bank.transfers().map(household).min())
            try await bank.answer("M", rejecting: { household($0) == one }, reason: "MD07")
            #expect(try await bank.waiting(for: "terminal") == 1)
            let settled = try await bank.run.ana.call(
                TransfersV1.OpenPayments.settle,
                .init(programme: "juntos", cycle: "2024-4", households: [one, 9_999], reason: "it was a mix-up"))
            #expect(settled.settled == 1 && settled.notOpen == [9_999])
            #expect(try await bank.waiting(for: "ready") == 1)
            #expect(try await bank.paySupplementary().payableHouseholds == 1)
        }
    }

    /// Its orders stay, as withdrawn, and what they were for is open again: the next run pays it.
    @Test func aSupplementaryRunThatIsTakenBackAfterItsOrdersWereMadeIsFollowedByAnother() async throws {
        try await withSentRun { bank in
            let chunk = TransfersV1.Payments.runChunk.name
            let away = bank.run.outbox + "-away"
            let one = try #require(try bank.transfers().map(household).min())
            try await bank.answer("M", rejecting: { household($0) == one }, reason: "AM04")
            _ = try await bank.run.ana.call(
                TransfersV1.Payments.run,
                .init(
                    programme: "juntos", cycle: "2024-4", payOn: "2024-09-20", supplementary: true,
                    accepted: RunFixture.accepted), RunFixture.patient)
            let waiting = try await bank.run.wait(for: "awaiting_approval")
            try await bank.run.pause(chunk)
            _ = try await bank.run.approve(waiting)
            try await bank.run.wait(until: bank.run.waiting(chunk), is: 1)
            // No file can be written: orders are made, and the run is stuck.
            try FileManager.default.moveItem(atPath: bank.run.outbox, toPath: away)
            try await bank.run.pause(chunk, false)
            try await bank.run.wait(
                until: "SELECT count(*) FROM transfers.payment_run WHERE state = 'writing'", is: 1)
            try await bank.run.withdraw()
            _ = try await bank.run.wait(for: "withdrawn")
            try? FileManager.default.removeItem(atPath: bank.run.outbox)
            try FileManager.default.moveItem(atPath: away, toPath: bank.run.outbox)

            #expect(try await bank.waiting(for: "ready") == 1)
            let again = try await bank.paySupplementary()
            try await bank.answer("N", of: again)
            #expect(
                try await bank.run.number(
                    "SELECT count(*) FROM transfers.payment_order WHERE order_number = 3 AND state = 'paid'") == 1)
            #expect(try await bank.verdict(bank.sent).closed)
        }
    }
}
