import Contracts
import ISO20022
import Testing

@Suite struct BankAnswers {
    @Test func aRunIsPaidRejectedReturnedAndReconciledToTheCent() async throws {
        try await withSentRun { bank in
            let transfers = try bank.transfers()
            #expect(Int64(transfers.count) == bank.sent.payableHouseholds)
            var results: [TransfersV1.BankFileResult] = []
            for file in bank.sent.files {
                let statuses = try bank.transfers(file).enumerated().map { index, transfer in
                    index < 2 ? (transfer, "RJCT", "AC04") : (transfer, "ACSP", nil as String?)
                }
                results.append(try await bank.deliver(BankText.status("S-\(file.name)", of: file, statuses)))
            }
            let rejectedIDs = Set(
                try bank.sent.files.flatMap { try bank.transfers($0).prefix(2).map(\.endToEndID) })
            #expect(results.allSatisfy { $0.outcome == "applied" && $0.kind == "pain.002" && $0.rejected == 2 })
            #expect(results.map(\.accepted).reduce(0, +) == Int64(transfers.count - rejectedIDs.count))

            let payable = transfers.filter { !rejectedIDs.contains($0.endToEndID) }
            let (late, first) = (Array(payable.prefix(3)), Array(payable.dropFirst(3)))
            let paid = try await bank.deliver(BankText.booked("D-1", first))
            #expect(paid.paid == Int64(first.count))
            let returned = Array(first.suffix(4))
            #expect(try await bank.deliver(BankText.booked("R-1", returned, returned: "AC06")).returned == 4)

            let open = try await bank.reconcile()
            let lateMinor = late.reduce(0) { $0 + $1.amount.minorUnits }
            let returnedMinor = returned.reduce(0) { $0 + $1.amount.minorUnits }
            #expect(!open.closed)
            #expect(open.openMinor == lateMinor)
            #expect(open.returnedMinor == returnedMinor)
            #expect(open.differenceMinor == 0)

            _ = try await bank.deliver(BankText.booked("D-2", late))
            let closed = try await bank.reconcile()
            let paidMinor = payable.reduce(0) { $0 + $1.amount.minorUnits } - returnedMinor
            // Everything is answered and agrees; who was not paid is owed still.
            #expect(!closed.closed)
            #expect(closed.waitingHouseholds == Int64(rejectedIDs.count + returned.count))
            #expect(closed.paidMinor == paidMinor)
            #expect(closed.ledgerPaidMinor == paidMinor)
            #expect(closed.rejectedMinor + closed.returnedMinor + closed.paidMinor == bank.sent.totalMinor)
            #expect(closed.openMinor == 0 && closed.differenceMinor == 0)
            #expect(try await bank.run.status().state == "sent")
            #expect(try await bank.run.number("SELECT sum(paid) FROM coordination.budget_line_v1") == paidMinor)
            #expect(try await bank.run.number("SELECT sum(reserved) FROM coordination.budget_line_v1") == paidMinor)
            #expect(
                try await bank.run.number(
                    "SELECT count(*) FROM transfers.entitlement_reopened WHERE handling = 'repair'")
                    == Int64(rejectedIDs.count + 4))
            // Every word of the bank is kept: a status each, a debit each that was paid, a credit each that came back.
            #expect(
                try await bank.run.number("SELECT count(*) FROM transfers.payment_event")
                    == Int64(transfers.count + payable.count + 4))
        }
    }

    @Test func theSameFileTwiceChangesNothing() async throws {
        try await withSentRun { bank in
            let text = BankText.booked("D-1", try bank.transfers())
            #expect(try await bank.deliver(text).outcome == "applied")
            let before = try await bank.fingerprint()
            let again = try await bank.deliver(text)
            #expect(again.outcome == "already_applied")
            #expect(again.kind == "camt.054")
            #expect(again.paid == 0)
            #expect(try await bank.fingerprint() == before)
        }
    }

    @Test func aWholeFileCanBeRejectedOrAcceptedInOneWord() async throws {
        try await withSentRun { bank in
            let files = bank.sent.files
            let rejected = try await bank.deliver(BankText.status("S-1", of: files[0], group: "RJCT"))
            #expect(rejected.rejected == Int64(files[0].transactions))
            let accepted = try await bank.deliver(BankText.status("S-2", of: files[1], group: "ACSP"))
            #expect(accepted.accepted == Int64(files[1].transactions))
            let received = try await bank.deliver(BankText.status("S-3", of: files[1], group: "RCVD"))
            #expect(received.outcome == "applied")
            #expect(received.accepted == 0)
        }
    }

    @Test func aDuplicateIsLookedForAndNeverTakenAsRejected() async throws {
        try await withSentRun { bank in
            let file = bank.sent.files[0]
            let transfer = try bank.transfers(file)[0]
            let told = try await bank.deliver(BankText.status("S-1", of: file, [(transfer, "RJCT", "AM05")]))
            #expect(told.rejected == 0)
            #expect(told.unchanged == 1)
            #expect(
                try await bank.run.number("SELECT count(*) FROM transfers.payment_event WHERE event = 'check'") == 1)
            #expect(try await bank.deliver(BankText.booked("D-1", [transfer])).paid == 1)
        }
    }

    @Test func aReturnThatComesBeforeItsPaymentCountsAsBoth() async throws {
        try await withSentRun { bank in
            let transfer = try bank.transfers()[0]
            #expect(try await bank.deliver(BankText.booked("R-1", [transfer], returned: "MD07")).returned == 1)
            #expect(try await bank.deliver(BankText.booked("D-1", [transfer])).unchanged == 1)
            let household = try #require(Int64(transfer.endToEndID.split(separator: "-").last ?? ""))
            let told = try await bank.run.ana.call(
                TransfersV1.Cycles.explain,
                TransfersV1.ExplainRequest(programme: "juntos", cycle: "2024-4", householdId: household))
            let words = told.decisions.filter { $0.kind == "bank" }
            #expect(words.map(\.outcome) == ["returned", "paid"])
            #expect(words[0].reasons.first == .init(code: "bank_reason", values: ["reason": "MD07"]))
            let message = ["kind": "camt.054", "message": "R-1", "line": "4", "booked_on": "2024-09-05"]
            #expect(words[0].facts == [.init(code: "bank_message", values: message)])
            let reply = try await bank.reconcile()
            #expect(reply.returnedMinor == transfer.amount.minorUnits)
            #expect(reply.ledgerPaidMinor == 0)
            #expect(
                try await bank.run.number(
                    "SELECT count(*) FROM transfers.entitlement_reopened WHERE handling = 'terminal'") == 1)
        }
    }

    @Test func paymentsAreFoundByUETRThenEndToEndIdThenInstrId() async throws {
        try await withSentRun { bank in
            let transfers = try bank.transfers()
            var byUETR = transfers[0]
            byUETR.endToEndID = "SOMETHING-ELSE"
            var byEndToEndID = transfers[1]
            byEndToEndID.uetr = nil
            var byInstruction = transfers[2]
            byInstruction.instructionID = byInstruction.endToEndID
            byInstruction.endToEndID = "NOTPROVIDED"
            byInstruction.uetr = nil
            // A UETR that is another payment's decides against the EndToEndId.
            var misleading = transfers[3]
            misleading.endToEndID = transfers[4].endToEndID
            misleading.amount = transfers[3].amount
            let paid = try await bank.deliver(
                BankText.booked("D-1", [byUETR, byEndToEndID, byInstruction, misleading]))
            #expect(paid.outcome == "applied", "\(paid)")
            #expect(paid.paid == 4)
            for (index, state) in ["paid", "paid", "paid", "paid", "ordered"].enumerated() {
                let household = transfers[index].endToEndID.split(separator: "-").last ?? ""
                #expect(
                    try await bank.run.number(
                        "SELECT count(*) FROM transfers.payment_order WHERE household_id = \(household) AND state = '\(state)'"
                    ) == 1, "order \(index)")
            }
        }
    }
}
