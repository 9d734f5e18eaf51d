import Contracts
import ISO20022
import Testing

@testable import BackOffice

@Suite struct BankWords {
    @Test(arguments: MessageRefusal.Reason.allCases)
    func everyRefusalIsSaidInBothLanguagesWithWhatToDo(reason: MessageRefusal.Reason) {
        let (what, remedy) = BankRefusalWords.words(
            for: TransfersV1.BankFileResult(fileName: "a.xml", outcome: "refused", code: reason.rawValue, line: 7))
        #expect(what.english != what.spanish)
        #expect(remedy.english != remedy.spanish)
        #expect(!what.english.contains(reason.rawValue) || reason == .empty)
    }

    @Test func aRefusalNamesWhatWasFoundAndWhatIsRead() {
        func words(_ code: String, _ values: [(String, String)], line: Int64 = 1) -> String {
            let said = BankRefusalWords.words(
                for: TransfersV1.BankFileResult(
                    outcome: "refused", code: code, line: line,
                    values: values.map { TransfersV1.BankValue(name: $0.0, value: $0.1) }))
            return "\(said.what.english) → \(said.remedy.english)"
        }
        #expect(
            words("not_xml", [("found", "workbook")]).hasPrefix("it is a workbook, not XML → read are, as XML in UTF-8")
        )
        #expect(
            words("unknown_version", [("message", "camt.053"), ("found", "001.12"), ("read", "001.02, 001.08")])
                .hasPrefix("it is camt.053 in version 001.12; read are 001.02, 001.08"))
        #expect(
            words("totals_differ", [("what", "Ntry/Amt"), ("declared", "2.00"), ("found", "1.00")], line: 4)
                .hasPrefix("line 4: its own totals differ: Ntry/Amt says 2.00, it holds 1.00"))
    }

    @Test func everyOddityIsSaidInBothLanguages() {
        // Every code and proposal that the service can send: the switches over them are exhaustive.
        let codes = [
            "unknown_payment", "unknown_file", "file_differs", "message_again", "direction_differs", "other_account",
            "booking_date", "currency_differs", "amount_differs", "paid_more", "paid_less", "returned_part",
            "returned_less_fees", "returned_more", "entry_differs", "batch_differs", "booked_twice", "returned_twice",
            "returned_of_two", "status_twice", "rejected_after_paid", "rejected_after_returned", "paid_after_rejected",
            "returned_after_rejected", "accepted_after_withdrawn", "paid_after_withdrawn",
        ]
        for code in codes {
            let words = BankOddityWords(odd: TransfersV1.BankOddity(code: code, event: "paid", currency: "PEN"))
            #expect(words.what.english != code, "\(code)")
            #expect(words.what.english != words.what.spanish || code == "currency_differs", "\(code)")
        }
    }

    @Test func whatIsOddIsShownWithPlaceProposalAndAmounts() {
        let odd = TransfersV1.BankOddity(
            number: 7, kind: "camt.054", messageId: "R-1", fileName: "r.xml", line: 12, code: "returned_part",
            proposal: "take_part", programme: "juntos", cycle: "2024-4", householdId: 5001, event: "returned",
            amountMinor: 350, currency: "PEN", bookedOn: "2024-09-05", state: "open", importedBy: "ana",
            canBeTaken: true, orderedMinor: 20_000, orderedCurrency: "PEN")
        #expect(
            Command.lines(of: odd, in: .english) == [
                "7  came back in part: 3.50 PEN of 200.00 PEN",
                "   juntos 2024-4, household 5001; camt.054 R-1, r.xml line 12; 2024-09-05",
                "   → --take: it stays paid, less the part that is back",
                "     taken by another than ana, who imported it",
            ])
    }
}
