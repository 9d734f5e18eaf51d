import Contracts
import ISO20022
import Testing
import Vocabulary

/// What is clear in a bank's file is applied; what is odd waits, and changes nothing.
@Suite struct BankOddities {
    private func code(_ file: String, _ bank: BankFixture) async throws -> String {
        try await bank.deliverOdd(file).code
    }

    @Test func paymentsThatDoNotAddUpToTheirEntryWait() async throws {
        try await withSentRun { bank in
            let two = Array(try bank.transfers().prefix(2))
            let details = two.map { BankText.details($0) }.joined()
            for (id, amount, currency) in [("1", "9999.00", "PEN"), ("2", two.sum, "USD")] {
                let result = try await bank.deliver(
                    BankText.report(id, BankText.entry(amount, currency, reference: id, details: details)))
                #expect(result.paid == 0)
                #expect(result.odd == 2)
            }
            #expect(Set(try await bank.odd().map(\.code)) == ["entry_differs"])
            #expect(try await bank.orders("paid") == 0)
            // With the right sum each transaction takes its order's amount.
            #expect(
                try await bank.apply(BankText.report("3", BankText.entry(two.sum, details: details))).paid == 2)
            #expect(!(try await bank.reconcile().closed))
        }
    }

    @Test func directionAccountAndDayMustBeThoseOfAPayment() async throws {
        try await withSentRun { bank in
            let transfer = try bank.transfers()[0]
            let amount = transfer.amount.number
            let details = BankText.details(transfer)
            let credit = BankText.details(transfer, more: "<CdtDbtInd>CRDT</CdtDbtInd>")
            #expect(
                try await code(BankText.report("1", BankText.entry(amount, details: credit)), bank)
                    == "direction_differs")
            #expect(
                try await code(
                    BankText.report("2", BankText.entry(amount, details: details), account: "99999999999"), bank)
                    == "other_account")
            for (id, day) in [("3", "2999-12-31"), ("4", "2024-02-31"), ("5", "2024-09-03")] {
                #expect(
                    try await code(BankText.report(id, BankText.entry(amount, day: day, details: details)), bank)
                        == "booking_date", "\(day)")
            }
            #expect(try await bank.orders("paid") == 0)
            #expect(
                try await bank.apply(
                    BankText.report("6", BankText.entry(amount, day: "2024-09-04", details: details))
                ).paid == 1)
        }
    }

    @Test func aSecondBookingUnderAnotherReferenceIsAFindingAndItsCreditNoReturn() async throws {
        try await withSentRun { bank in
            let transfer = try bank.transfers()[0]
            func booking(_ id: String, _ reference: String, isCredit: Bool = false) -> String {
                BankText.report(
                    id,
                    BankText.entry(
                        transfer.amount.number, isCredit: isCredit, reference: reference,
                        details: BankText.details(transfer)), kind: id.hasPrefix("S") ? "camt.053" : "camt.054")
            }
            #expect(try await bank.apply(booking("D-1", "A1")).paid == 1)
            #expect(try await bank.apply(booking("S-1", "A1")).unchanged == 1)
            #expect(try await code(booking("D-2", "B2"), bank) == "booked_twice")
            // Told again by the statement, it is the same finding.
            #expect(try await bank.deliver(booking("S-2", "B2")).odd == 0)
            #expect(try await code(booking("D-3", "C3", isCredit: true), bank) == "returned_of_two")
            #expect(try await bank.orders("paid") == 1)
            #expect(try await bank.apply(booking("D-4", "D4", isCredit: true)).returned == 1)
        }
    }

    @Test func thePaymentsOfAMessageThatAreClearAreAppliedBesideThoseThatAreNot() async throws {
        try await withSentRun { bank in
            let transfers = Array(try bank.transfers().prefix(5))
            _ = try await bank.apply(BankText.booked("D-1", transfers))
            var part = transfers[2]
            part.amount.minorUnits -= 350
            var more = transfers[3]
            more.amount.minorUnits += 10_000
            var dearer = try bank.transfers()[6]
            dearer.amount.minorUnits += 1
            let result = try await bank.deliver(
                BankText.booked("R-1", [transfers[0], transfers[1], part, more], returned: "AC04"))
            #expect(result.returned == 2)
            #expect(result.odd == 2)
            #expect(try await bank.odd().map(\.code) == ["returned_part", "returned_more"])
            #expect(try await code(BankText.booked("D-2", [dearer]), bank) == "paid_more")
            var foreign = dearer
            foreign.amount = Money(minorUnits: 1, currency: try #require(Currency(code: "USD")))
            #expect(try await code(BankText.booked("D-3", [foreign]), bank) == "currency_differs")
            var unknown = dearer
            unknown.endToEndID = String(unknown.endToEndID.prefix(13)) + "99999999"
            unknown.uetr = nil
            #expect(
                try await code(BankText.booked("D-4", [try bank.transfers()[7], unknown]), bank) == "unknown_payment")
        }
    }

    @Test func aBankThatContradictsItselfIsAskedAboutThatPaymentAlone() async throws {
        try await withSentRun { bank in
            let file = bank.sent.files[0]
            let transfers = try bank.transfers(file)
            _ = try await bank.apply(BankText.booked("D-1", [transfers[0]]))
            let result = try await bank.deliver(
                BankText.status("S-1", of: file, [(transfers[0], "RJCT", nil), (transfers[1], "ACSP", nil)]))
            #expect(result.accepted == 1)
            #expect(result.odd == 1)
            #expect(try await bank.odd().map(\.code) == ["rejected_after_paid"])
            _ = try await bank.apply(BankText.status("S-2", of: file, [(transfers[2], "RJCT", "AC04")]))
            let after = try await bank.deliver(BankText.booked("D-2", [transfers[2], transfers[3]]))
            #expect(after.paid == 1)
            #expect(try await bank.odd().map(\.code) == ["rejected_after_paid", "paid_after_rejected"])
            let both = try await bank.deliver(
                BankText.status("S-3", of: file, [(transfers[4], "RJCT", nil), (transfers[4], "ACSP", nil)]))
            #expect(both.odd == 2)
            #expect(both.accepted + both.rejected == 0)
        }
    }

    @Test func aLineOfAStatusReportThatNamesNothingLeavesTheBlocksStatusToAll() async throws {
        try await withSentRun { bank in
            let file = bank.sent.files[0]
            let nameless =
                "<TxInfAndSts><OrgnlTxRef><Amt><InstdAmt Ccy=\"PEN\">1.00</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>"
            let block =
                "<OrgnlPmtInfAndSts><OrgnlPmtInfId>\(file.name.dropLast(4))-1</OrgnlPmtInfId>"
                + "<OrgnlNbOfTxs>\(file.transactions)</OrgnlNbOfTxs><PmtInfSts>ACCP</PmtInfSts>\(nameless)</OrgnlPmtInfAndSts>"
            let text = BankText.status("S-1", of: file, group: "ACCP").replacing(
                "</OrgnlGrpInfAndSts>", with: "</OrgnlGrpInfAndSts>" + block)
            let result = try await bank.apply(text)
            #expect(result.accepted == Int64(file.transactions))
        }
    }

    @Test func aFileWithAnotherCountOrUnknownWaitsWithoutStoppingTheOthers() async throws {
        try await withSentRun { bank in
            var larger = bank.sent.files[0]
            larger.transactions += 1
            let found = try await code(BankText.status("S-1", of: larger, group: "ACSP"), bank)
            #expect(found == "file_differs")
            #expect(try await bank.orders("accepted") == 0)
        }
    }

    @Test func pagesOtherBanksAndRepeatedIdentifiersAreToldApart() async throws {
        try await withSentRun { bank in
            let transfers = try bank.transfers()
            func page(_ number: Int?, _ index: Int, servicer: String = "BANCPEPL") -> String {
                let transfer = transfers[index]
                return BankText.report(
                    "X-1", BankText.entry(transfer.amount.number, details: BankText.details(transfer)),
                    servicer: servicer, page: number)
            }
            #expect(try await bank.apply(page(1, 0)).paid == 1)
            #expect(try await bank.apply(page(2, 1)).paid == 1)
            #expect(try await bank.apply(page(1, 2, servicer: "OTHRPEPL")).paid == 1)
            let again = try await bank.deliver(page(1, 3))
            #expect(again.paid == 1)
            #expect(again.odd == 1)
            #expect(try await bank.odd().map(\.code) == ["message_again"])
        }
    }

    @Test func aBatchInOneSumPaysItsOrdersAloneAndBesideEntriesByOrder() async throws {
        try await withSentRun { bank in
            let files = bank.sent.files
            let first = try bank.transfers(files[0])
            let alone = BankText.report("B-1", BankText.batch(files[0], count: first.count, first.sum))
            #expect(try await bank.apply(alone).paid == Int64(first.count))
            // The same told again by the statement changes nothing; under another reference it is a finding.
            let again = BankText.report(
                "B-2", BankText.batch(files[0], count: first.count, first.sum), kind: "camt.053")
            #expect(try await bank.apply(again).paid == 0)

            let second = try bank.transfers(files[1])
            let beside =
                BankText.entry(second[0].amount.number, details: BankText.details(second[0]))
                + "\n" + BankText.batch(files[1], count: second.count, second.sum)
            let both = try await bank.deliver(BankText.report("B-3", beside))
            #expect(both.paid == Int64(second.count))
            #expect(both.odd == 1)
            #expect(try await bank.odd().map(\.code) == ["booked_twice"])

            let third = try bank.transfers(files[2])
            let apart =
                BankText.entry(third[0].amount.number, details: BankText.details(third[0]))
                + "\n" + BankText.batch(files[2], count: third.count - 1, Array(third.dropFirst()).sum)
            #expect(try await bank.apply(BankText.report("B-4", apart)).paid == Int64(third.count))
        }
    }

    @Test func aBatchIsItsFileLessWhatWasRejected() async throws {
        try await withSentRun { bank in
            let file = bank.sent.files[0]
            let transfers = try bank.transfers(file)
            let rest = Array(transfers.dropFirst(2))
            let batch = BankText.report("B-1", BankText.batch(file, count: rest.count, rest.sum))
            let odd = try await bank.deliverOdd(batch)
            #expect(odd.code == "batch_differs")
            #expect(try await bank.orders("paid") == 0)
            #expect(try await bank.settle([odd.number]) == "batch_differs")
            _ = try await bank.apply(
                BankText.status("S-1", of: file, transfers.prefix(2).map { ($0, "RJCT", "AC04") }))
            // Now it fits, and a person takes it.
            #expect(try await bank.settle([odd.number]) == nil)
            #expect(try await bank.orders("paid") == Int64(rest.count))
            let reply = try await bank.reconcile()
            #expect(reply.paidMinor == rest.reduce(0) { $0 + $1.amount.minorUnits })
            #expect(reply.ledgerPaidMinor == reply.paidMinor && reply.differenceMinor == 0)
        }
    }
}
