import Contracts
import ISO20022
import Testing

/// Files that are refused: each whole, with place and reason as a code, and nothing changes; and what is passed over.
@Suite struct BankRefusals {
    private func expectRefused(_ text: String, _ bank: BankFixture, _ code: String, line: Int64? = nil) async throws {
        let before = try await bank.fingerprint()
        let result = try await bank.deliver(text)
        #expect(result.outcome == "refused")
        #expect(result.code == code)
        if let line { #expect(result.line == line) }
        #expect(try await bank.fingerprint() == before)
    }

    @Test func filesThatCannotBeReadOrWhoseTotalsLieAreRefusedWhole() async throws {
        try await withSentRun { bank in
            let transfers = try bank.transfers()
            try await expectRefused("", bank, "empty")
            try await expectRefused("household_id,territory_code\n", bank, "not_xml")
            let cut = BankText.booked("D-5", transfers)
            try await expectRefused(String(cut.prefix(cut.count / 2)), bank, "malformed")
            try await expectRefused("<!DOCTYPE a [<!ENTITY b \"c\">]>" + cut, bank, "doctype", line: 1)
            try await expectRefused(cut + cut, bank, "several_documents")
            let two = BankText.entry(
                "1.00",
                details: transfers.prefix(2).map { transfer in
                    BankText.details(transfer, more: "<Amt Ccy=\"PEN\">200.00</Amt>")
                }.joined())
            try await expectRefused(BankText.report("D-6", two), bank, "totals_differ", line: 4)
            try await expectRefused(
                BankText.report("D-7", BankText.entry("1.00", "XXX", details: "")), bank, "unknown_currency")
            #expect(
                try await bank.run.number(
                    "SELECT count(*) FROM transfers.bank_refusal WHERE refused_for LIKE '%ana'") == 7)
            // The good files of the same delivery are applied.
            let results = try await bank.deliver([
                BankText.report("D-6", two), BankText.booked("D-8", [transfers[0]]),
            ])
            #expect(results.map(\.outcome).sorted() == ["applied", "refused"])
            #expect(try await bank.orders("paid") == 1)
        }
    }

    /// It takes no identifier, so it cannot stand in the way of the bank's own.
    @Test func aStatusReportThatNamesNoPaymentOfOursIsRefused() async throws {
        try await withSentRun { bank in
            var other = bank.sent.files[0]
            other.name = "JUNTOS000000-000000000000.xml"
            try await expectRefused(
                BankText.status("S-1", of: other, group: "ACSC"), bank, "nothing_of_ours")
            #expect(
                try await bank.apply(BankText.status("S-1", of: bank.sent.files[0], group: "ACSC")).accepted
                    == Int64(bank.sent.files[0].transactions))
        }
    }

    /// Perhaps the database has forgotten it: it can be imported again once it is known.
    @Test func aNotificationOfPaymentsOfWhichNoneIsKnownIsRefused() async throws {
        try await withSentRun { bank in
            var unknown = try bank.transfers()[0]
            unknown.endToEndID = String(unknown.endToEndID.prefix(13)) + "99999999"
            unknown.uetr = nil
            try await expectRefused(BankText.booked("D-1", [unknown]), bank, "nothing_of_ours")
        }
    }

    @Test func aStatementWithNothingOfOursIsPassedOverAndCounted() async throws {
        try await withSentRun { bank in
            var foreign = try bank.transfers()[0]
            foreign.endToEndID = "TREASURY-77"
            foreign.uetr = UETR(high: 1, low: 1).asVersion4
            let credits = BankText.booked("ST-1", [foreign], returned: "X", kind: "camt.053")
            let fee = BankText.report("ST-2", BankText.entry("3.50", details: ""), kind: "camt.053")
            let empty = BankText.report("ST-3", "", kind: "camt.053")
            let before = try await bank.fingerprint()
            for (text, count) in [(credits, 1), (fee, 1), (empty, 0)] {
                let result = try await bank.deliver(text)
                #expect(result.outcome == "passed_over")
                #expect(result.passedOver == Int64(count))
            }
            #expect(try await bank.fingerprint() == before)
        }
    }

    @Test func whatIsNotOursBesideOurPaymentsIsPassedOverAndCounted() async throws {
        try await withSentRun { bank in
            let transfers = try bank.transfers()
            var supplier = transfers[0]
            supplier.endToEndID = "PROVEEDOR-2024-0091"
            supplier.uetr = nil
            supplier.amount.minorUnits = 125_000
            let result = try await bank.apply(
                BankText.booked("ST-1", [transfers[1], supplier], kind: "camt.053"))
            #expect(result.paid == 1)
            #expect(result.passedOver == 1)
        }
    }
}
