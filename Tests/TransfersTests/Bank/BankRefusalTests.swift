import Contracts
import ISO20022
import Testing

/// Files that are refused: each whole, with place and reason, and nothing changes.
@Suite struct BankRefusals {
    private func expectRefused(
        _ text: String, _ bank: BankFixture, reason: String, line: Int? = nil
    ) async throws {
        let before = try await bank.fingerprint()
        let result = try await bank.deliver(text)
        #expect(result.outcome == "refused")
        #expect(result.reason.contains(reason), "\(result.reason)")
        if let line { #expect(result.reason.hasPrefix("line \(line): "), "\(result.reason)") }
        #expect(try await bank.fingerprint() == before)
    }

    @Test func filesThatDoNotFitWhatWasOrderedAreRefusedWhole() async throws {
        try await withSentRun { bank in
            let transfers = try bank.transfers()
            let file = bank.sent.files[0]

            var unknown = transfers[0]
            unknown.endToEndID = "JUNTOS5F860D-99999999"
            unknown.uetr = UETR(high: 1, low: 1).asVersion4
            try await expectRefused(
                BankText.booked("D-1", [transfers[1], unknown]), bank,
                reason: "1 transactions are about payments that are unknown here", line: 5)

            var dearer = transfers[0]
            dearer.amount.minorUnits += 1
            try await expectRefused(BankText.booked("D-2", [dearer]), bank, reason: "another amount than was ordered")
            var foreign = transfers[0]
            foreign.amount.currency = "USD"
            try await expectRefused(BankText.booked("D-3", [foreign]), bank, reason: "another amount than was ordered")

            try await expectRefused(
                BankText.booked("D-4", [transfers[0], transfers[0]]), bank, reason: "reported twice in the file",
                line: 5)

            var larger = file
            larger.transactions += 1
            try await expectRefused(
                BankText.status("S-1", of: larger, group: "ACSP"), bank, reason: "it has \(file.transactions)")
            var other = file
            other.name = "JUNTOS20244R1-F9999.xml"
            try await expectRefused(BankText.status("S-2", of: other, group: "RJCT"), bank, reason: "unknown here")

            try await expectRefused("", bank, reason: "empty file", line: 1)
            try await expectRefused("household_id,territory_code\n", bank, reason: "malformed", line: 1)
            let cut = BankText.booked("D-5", transfers)
            try await expectRefused(String(cut.prefix(cut.count / 2)), bank, reason: "malformed")
            try await expectRefused("<!DOCTYPE a [<!ENTITY b \"c\">]>" + cut, bank, reason: "doctype")

            #expect(
                try await bank.run.number(
                    "SELECT count(*) FROM transfers.bank_refusal WHERE refused_for LIKE '%ana'") == 10)
            // The good files of the same delivery are applied.
            let results = try await bank.deliver([
                BankText.booked("D-6", [unknown]), BankText.booked("D-7", [transfers[0]]),
            ])
            #expect(results.map(\.outcome) == ["refused", "applied"])
            #expect(results[1].paid == 1)
        }
    }

    @Test func aBankThatContradictsItselfIsRefused() async throws {
        try await withSentRun { bank in
            let file = bank.sent.files[0]
            let transfer = try bank.transfers(file)[0]
            _ = try await bank.deliver(BankText.status("S-1", of: file, [(transfer, "RJCT", "AC04")]))
            try await expectRefused(BankText.booked("D-1", [transfer]), bank, reason: "a person must ask the bank")
        }
    }

    @Test func moneyFromElsewhereOnAStatementIsPassedOver() async throws {
        try await withSentRun { bank in
            let transfers = try bank.transfers()
            var foreign = transfers[0]
            foreign.endToEndID = "TREASURY-77"
            foreign.uetr = nil
            let statement = BankText.booked("ST-1", [transfers[1]], kind: "camt.053")
            let credit = BankText.booked("ST-0", [foreign], returned: "X", kind: "camt.053")
                .components(separatedBy: "<Ntry>")[1].components(separatedBy: "</Ntry>")[0]
            let mixed = statement.replacingOccurrences(of: "<Ntry>", with: "<Ntry>\(credit)</Ntry><Ntry>")
            let result = try await bank.deliver(mixed)
            #expect(result.outcome == "applied", "\(result.reason)")
            #expect(result.paid == 1)
            #expect(result.unchanged == 1)
            let alone = BankText.booked("ST-2", [foreign], returned: "X", kind: "camt.053")
            try await expectRefused(alone, bank, reason: "unknown here")
        }
    }
}
