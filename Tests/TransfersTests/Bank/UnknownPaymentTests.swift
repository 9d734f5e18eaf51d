import Contracts
import ISO20022
import Testing

/// The bank can be earlier than the database: while other files are still written, or when a restored database has forgotten a
/// payment. What it said is never lost.
@Suite struct UnknownPaymentTests {
    private func asReplica(_ statement: String, _ bank: BankFixture) async throws {
        try await bank.run.script("SET session_replication_role = replica; \(statement)")
    }

    @Test func aMessageThatLeftAPaymentUnknownIsJudgedAgainOnceThePaymentIsKnown() async throws {
        try await withSentRun { bank in
            let two = Array(try bank.transfers().prefix(2))
            let text = BankText.booked("D-1", two)
            // The database has forgotten one of them.
            let forgotten = "household_id = \(two[1].endToEndID.split(separator: "-")[1])"
            let order = "UPDATE transfers.payment_order SET"
            let uetr = "transfers.payment_uetr(split_part(end_to_end_id, '-', 1), household_id, 1::smallint)"
            try await asReplica(
                "\(order) order_number = 9, previous_order = 8, uetr = gen_random_uuid() WHERE \(forgotten)", bank)
            let early = try await bank.deliver(text)
            #expect([early.outcome, "\(early.paid)", "\(early.odd)", early.code] == ["applied", "1", "1", ""])
            let stillEarly = try await bank.deliver(text)
            #expect(stillEarly.outcome == "applied" && stillEarly.paid == 0 && stillEarly.odd == 1)
            try await asReplica(
                "\(order) order_number = 1, previous_order = NULL, uetr = \(uetr) WHERE \(forgotten)", bank)

            let later = try await bank.deliver(text)
            #expect(later.outcome == "applied" && later.paid == 1 && later.unchanged == 1 && later.odd == 0)
            #expect(try await bank.deliver(text).outcome == "already_applied")
            #expect(try await bank.run.number("SELECT count(*) FROM transfers.bank_oddity WHERE state = 'open'") == 0)
            let verdict = try await bank.reconcile()
            #expect(verdict.differenceMinor == 0 && verdict.paidMinor == two.reduce(0) { $0 + $1.amount.minorUnits })
            #expect(verdict.ledgerPaidMinor == verdict.paidMinor)
        }
    }

    @Test func theBankMayAnswerAFileWhileOthersAreStillWritten() async throws {
        try await withSentRun { bank in
            let first = try bank.transfers(try #require(bank.sent.files.first))
            let last = try bank.transfers(try #require(bank.sent.files.last))
            try await asReplica(
                """
                UPDATE transfers.payment_run SET state = 'writing';
                DELETE FROM transfers.payment_file WHERE chunk = (SELECT max(chunk) FROM transfers.payment_file);
                """, bank)
            let answered = try await bank.deliver(BankText.booked("D-1", first))
            #expect(answered.outcome == "applied" && answered.paid == Int64(first.count) && answered.odd == 0)
            // A file that is not written is with no bank.
            #expect(try await bank.deliver(BankText.booked("D-2", last)).code == "nothing_of_ours")
        }
    }
}
