import Contracts
import ISO20022
import Testing

/// What a person takes of what is odd: bank, ledger and orders agree to the last unit afterwards.
@Suite struct BankSettlements {
    /// Everything but the first order is paid; answers the first.
    private func payAllButTheFirst(_ bank: BankFixture) async throws -> CreditTransfer {
        let transfers = try bank.transfers()
        _ = try await bank.apply(BankText.booked("ALL", Array(transfers.dropFirst())))
        return transfers[0]
    }

    private func expectAgreement(_ bank: BankFixture, paidMinor: Int64, returnedMinor: Int64 = 0) async throws {
        let reply = try await bank.reconcile()
        if returnedMinor == 0 { #expect(reply.closed) }
        #expect(reply.paidMinor == paidMinor)
        #expect(reply.ledgerPaidMinor == paidMinor)
        #expect(reply.returnedMinor == returnedMinor)
        #expect(reply.openMinor == 0 && reply.differenceMinor == 0)
        #expect(try await bank.run.number("SELECT sum(paid) FROM coordination.budget_line_v1") == paidMinor)
        // No money is bound without need.
        #expect(try await bank.run.number("SELECT sum(reserved) FROM coordination.budget_line_v1") == paidMinor)
    }

    @Test func aPartThatCameBackIsKeptAndThePaymentStaysPaidUntilAllOfItHas() async throws {
        try await withSentRun { bank in
            let transfer = try await payAllButTheFirst(bank)
            _ = try await bank.apply(BankText.booked("D-1", [transfer]))
            var part = transfer
            part.amount.minorUnits = 350
            let odd = try await bank.deliverOdd(BankText.booked("R-1", [part], returned: "AC04"))
            #expect(odd.code == "returned_part" && odd.proposal == "take_part")
            #expect(!(try await bank.reconcile().closed))
            #expect(try await bank.settle([odd.number]) == nil)
            try await expectAgreement(bank, paidMinor: bank.sent.totalMinor - 350, returnedMinor: 350)
            #expect(try await bank.orders("returned") == 0)

            part.amount.minorUnits = transfer.amount.minorUnits - 350
            let rest = try await bank.deliverOdd(BankText.booked("R-2", [part], returned: "AC04"))
            #expect(try await bank.settle([rest.number]) == nil)
            #expect(try await bank.orders("returned") == 1)
            try await expectAgreement(
                bank, paidMinor: bank.sent.totalMinor - transfer.amount.minorUnits,
                returnedMinor: transfer.amount.minorUnits)
            #expect(try await bank.run.number("SELECT count(*) FROM transfers.entitlement_reopened") == 1)
        }
    }

    @Test func aReturnLessChargesOpensTheEntitlementAndLeavesTheChargesPaid() async throws {
        try await withSentRun { bank in
            let transfer = try await payAllButTheFirst(bank)
            _ = try await bank.apply(BankText.booked("D-1", [transfer]))
            var less = transfer
            less.amount.minorUnits -= 350
            let charged = BankText.booked("R-1", [less], returned: "AC04").replacing(
                "<RtrInf>", with: "<Chrgs><TtlChrgsAndTaxAmt Ccy=\"PEN\">3.50</TtlChrgsAndTaxAmt></Chrgs><RtrInf>")
            let odd = try await bank.deliverOdd(charged)
            #expect(odd.code == "returned_less_fees")
            #expect(try await bank.settle([odd.number]) == nil)
            let back = less.amount.minorUnits
            try await expectAgreement(bank, paidMinor: bank.sent.totalMinor - back, returnedMinor: back)
            #expect(
                try await bank.run.number("SELECT sum(amount_minor) FROM transfers.entitlement_reopened")
                    == transfer.amount.minorUnits)
        }
    }

    @Test func moreOrLessThanOrderedIsPaidAsFarAsTheOrderGoes() async throws {
        try await withSentRun { bank in
            let transfer = try await payAllButTheFirst(bank)
            var less = transfer
            less.amount.minorUnits -= 700
            let odd = try await bank.deliverOdd(BankText.booked("D-1", [less]))
            #expect(odd.code == "paid_less")
            #expect(try await bank.settle([odd.number]) == nil)
            try await expectAgreement(bank, paidMinor: bank.sent.totalMinor - 700, returnedMinor: 700)
        }
        try await withSentRun { bank in
            let transfer = try await payAllButTheFirst(bank)
            var more = transfer
            more.amount.minorUnits += 700
            let odd = try await bank.deliverOdd(BankText.booked("D-1", [more]))
            #expect(odd.code == "paid_more" && odd.proposal == "claim")
            #expect(try await bank.settle([odd.number]) == nil)
            try await expectAgreement(bank, paidMinor: bank.sent.totalMinor)
        }
    }

    @Test func aPaymentAfterItsRejectionIsPaidAndNoLongerOpen() async throws {
        try await withSentRun { bank in
            let transfer = try await payAllButTheFirst(bank)
            let file = try #require(bank.sent.files.first)
            _ = try await bank.apply(BankText.status("S-1", of: file, [(transfer, "RJCT", "AC04")]))
            #expect(try await bank.reconcile().rejectedMinor == transfer.amount.minorUnits)
            let odd = try await bank.deliverOdd(BankText.booked("D-1", [transfer]))
            #expect(odd.code == "paid_after_rejected" && odd.proposal == "take_as_paid")
            #expect(try await bank.settle([odd.number]) == nil)
            try await expectAgreement(bank, paidMinor: bank.sent.totalMinor)
            #expect(try await bank.run.number("SELECT count(*) FROM transfers.entitlement_reopened") == 0)
        }
    }

    @Test func aPaymentThatWasGivenBackAndIsMadeAllTheSameIsPaidAndStaysGivenBackWhenItReturns() async throws {
        try await withSentRun { bank in
            let transfer = try await payAllButTheFirst(bank)
            let file = try #require(bank.sent.files.first)
            _ = try await bank.apply(BankText.status("S-1", of: file, [(transfer, "RJCT", "AC04")]))
            let given = try await bank.decide(
                .init(
                    kind: "give_back", programme: "juntos", cycle: "2024-4", reason: "moved abroad",
                    households: [household(transfer)]))
            #expect(given.state == "confirmed")
            #expect(try await bank.waiting(for: "given_back") == 1)

            let odd = try await bank.deliverOdd(BankText.booked("D-1", [transfer]))
            #expect(odd.code == "paid_after_rejected")
            #expect(try await bank.settle([odd.number]) == nil)
            try await expectAgreement(bank, paidMinor: bank.sent.totalMinor)
            #expect(try await bank.waiting(for: "given_back") == 0)

            let back = try await bank.deliver(BankText.booked("R-1", [transfer], returned: "AC04"))
            #expect(back.outcome == "applied" && back.odd == 0, "\(back)")
            let verdict = try await bank.verdict(bank.sent)
            #expect(verdict.closed && verdict.givenBackMinor == transfer.amount.minorUnits, "\(verdict)")
            #expect(try await bank.waiting(for: "given_back") == 1)
        }
    }

    @Test func aPaymentAfterItsRejectionThatWasOrderedAgainIsADoublePayment() async throws {
        try await withSentRun { bank in
            let transfer = try await payAllButTheFirst(bank)
            _ = try await bank.apply(
                BankText.status("S-1", of: try #require(bank.sent.files.first), [(transfer, "RJCT", "AC04")]))
            try await bank.run.script(
                """
                ALTER TABLE transfers.payment_order DISABLE TRIGGER USER;
                INSERT INTO transfers.payment_order (
                    household_id, amount_minor, cycle_id, run_number, order_number, previous_order, uetr, end_to_end_id, currency)
                SELECT household_id, amount_minor, cycle_id, run_number, 2, 1, gen_random_uuid(), end_to_end_id || '-2', currency
                FROM transfers.payment_order WHERE state = 'rejected';
                ALTER TABLE transfers.payment_order ENABLE TRIGGER USER;
                """)
            let odd = try await bank.deliverOdd(BankText.booked("D-1", [transfer]))
            #expect(try await bank.settle([odd.number]) == "ordered_again")
            #expect(try await bank.orders("rejected") == 1)
            #expect(try await bank.settle([odd.number], "pass") == nil)
        }
    }

    @Test func whoImportedTakesNothingAndNothingIsSettledTwice() async throws {
        try await withSentRun { bank in
            let transfer = try await payAllButTheFirst(bank)
            let odd = try await bank.deliverOdd(
                BankText.report(
                    "D-1", BankText.entry(transfer.amount.number, details: BankText.details(transfer)), account: "9"))
            #expect(odd.canBeTaken)
            #expect(try await bank.settle([odd.number], as: bank.run.ana) == "same_person")
            #expect(try await bank.settle([odd.number]) == nil)
            #expect(try await bank.settle([odd.number]) == "settled")
            #expect(try await bank.settle([odd.number], "pass", as: bank.run.ana) == "settled")
            try await expectAgreement(bank, paidMinor: bank.sent.totalMinor)
            let kept = try #require(try await bank.odd(all: true).first)
            #expect(kept.decision == "take" && kept.settledReason == "letter of the bank")
            #expect(try await bank.odd().isEmpty)
        }
    }

    @Test func whatIsAlikeInAMessageIsSettledTogether() async throws {
        try await withSentRun { bank in
            let transfers = try bank.transfers()
            let entries = transfers.map { BankText.entry($0.amount.number, details: BankText.details($0)) }.joined()
            #expect(try await bank.deliver(BankText.report("D-1", entries, account: "9")).odd == Int64(transfers.count))
            let first = try #require(try await bank.odd().first)
            #expect(try await bank.settle([first.number], alike: true) == nil)
            try await expectAgreement(bank, paidMinor: bank.sent.totalMinor)
        }
    }
}
