import Contracts
import ISO20022
import Testing

/// What follows from the bank's answers in the ledger.
@Suite struct BankLedger {
    /// As if the queue had dropped, or a person cancelled, what told the service of the ledger's answer.
    @Test func anAnswerOfTheLedgerThatWasLostIsAskedForAgainAndPostedOnce() async throws {
        try await withSentRun { bank in
            _ = try await bank.apply(BankText.booked("D-1", try bank.transfers()))
            for (state, code) in [("asked", "NULL"), ("refused", "'line_missing'"), ("unanswered", "'cancelled'")] {
                _ = try await bank.reconcile()
                try await bank.run.script(
                    "UPDATE transfers.ledger_request SET state = '\(state)', code = \(code) WHERE purpose = 'bank'")
                let pay = TransfersV1.StatusRequest(runId: bank.sent.runId)
                _ = try await bank.run.ana.call(TransfersV1.Payments.reconcile, pay)
                let reply = try await bank.reconcile()
                #expect(reply.closed)
                #expect(reply.ledgerPaidMinor == bank.sent.totalMinor)
            }
            #expect(
                try await bank.run.number("SELECT sum(paid) FROM coordination.budget_line_v1") == bank.sent.totalMinor)
        }
    }

    @Test func aLineThatRefusesHoldsBackNoOther() async throws {
        try await withSentRun { bank in
            let line = RunFixture.lines[0]
            // Somebody has let the ledger take back what one line had ordered; nobody but the service could.
            try await bank.run.script(
                """
                UPDATE coordination.budget_hold AS hold SET paid = paid + ordered, ordered = 0
                FROM coordination.budget_line AS line WHERE line.line_id = hold.line_id AND line.line = '\(line)';
                """)
            _ = try await bank.apply(BankText.booked("D-1", try bank.transfers()))
            _ = try await bank.reconcile()
            #expect(
                try await bank.run.number(
                    "SELECT count(*) FROM transfers.ledger_request WHERE purpose = 'bank' AND state = 'posted'") == 1)
            #expect(
                try await bank.run.number(
                    "SELECT count(*) FROM transfers.ledger_posting WHERE outcome_code LIKE 'insufficient%'") >= 1)
        }
    }

    /// Runs the body with a run that is sent, whose lines have had their money since January.
    private func withMoneySinceJanuary(_ body: @escaping @Sendable (BankFixture) async throws -> Void) async throws {
        try await withRun(households: 200) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines()
            let postings = RunFixture.lines.map {
                CoordinationV1.Posting(
                    postingId: "start/\($0)", kind: .appropriate, line: $0, amountMinor: 10_000_000,
                    businessDate: "2024-01-15", currency: "PEN")
            }
            _ = try await fixture.ana.call(
                CoordinationV1.Budget.post, CoordinationV1.PostRequest(mode: .atomic, postings: postings),
                RunFixture.patient)
            _ = try await fixture.startRun()
            _ = try await fixture.approve(try await fixture.wait(for: "awaiting_approval"))
            try await body(BankFixture(run: fixture, sent: try await fixture.wait(for: "sent")))
        }
    }

    private static let onTheDay =
        "SELECT coalesce(sum(amount), 0) FROM coordination.budget_transfer WHERE business_date = '2024-09-05'"

    @Test func paymentsCountOnTheDayOfTheirBookingWhereItIsOpen() async throws {
        try await withMoneySinceJanuary { bank in
            _ = try await bank.apply(BankText.booked("D-1", try bank.transfers()))
            #expect(try await bank.reconcile().closed)
            #expect(try await bank.run.number(Self.onTheDay) == bank.sent.totalMinor)
        }
    }

    /// The booking is asked for under its day, which is sealed before the ledger comes to it.
    @Test func aDaySealedBeforeTheAnswerIsPostedLater() async throws {
        try await withMoneySinceJanuary { bank in
            let (fixture, post) = (bank.run, CoordinationV1.Budget.post.name)
            try await fixture.pause(post)
            _ = try await bank.deliver(BankText.booked("D-1", try bank.transfers()))
            _ = try await fixture.ana.call(
                CoordinationV1.Budget.sealDays, .init(fiscalYear: 2024, through: "2024-12-31"), RunFixture.patient)
            try await fixture.pause(post, false)
            let asked = "SELECT count(*) FROM transfers.ledger_request WHERE purpose = 'bank'"
            #expect(try await fixture.number(asked) > 0)
            try await fixture.wait(until: "\(asked) AND code IS DISTINCT FROM 'date_sealed'", is: 0)
            #expect(try await bank.verdict(bank.sent).closed)
            #expect(try await fixture.number(Self.onTheDay) == 0)
            #expect(
                try await fixture.number(
                    """
                    SELECT coalesce(sum(amount_minor), 0) FROM transfers.ledger_posting
                    WHERE kind = 'pay' AND business_date = '' AND original_date = '2024-09-05'
                    """) == bank.sent.totalMinor)
        }
    }

    @Test func returnsAfterTheYearIsSealedPostAndHoldBackNothing() async throws {
        try await withSentRun { bank in
            for step in [CoordinationV1.CloseYearStep.close, .seal] {
                let reply = try await bank.run.ana.call(
                    CoordinationV1.Budget.closeYear, CoordinationV1.CloseYearRequest(fiscalYear: 2024, step: step))
                #expect(reply.changed)
            }
            let transfers = try bank.transfers()
            let returned = Array(transfers.prefix(3))
            let entries =
                transfers.map { BankText.entry($0.amount.number, details: BankText.details($0)) }
                + returned.map { BankText.entry($0.amount.number, isCredit: true, details: BankText.details($0)) }
            let result = try await bank.apply(BankText.report("ST-1", entries.joined(), kind: "camt.053"))
            #expect(result.returned == 3)
            let reply = try await bank.reconcile()
            #expect(reply.ledgerPaidMinor == reply.paidMinor && reply.differenceMinor == 0)
            #expect(reply.ledgerPaidMinor == bank.sent.totalMinor - returned.reduce(0) { $0 + $1.amount.minorUnits })
        }
    }
}
