import Contracts
import Queue
import Testing

private let chunk = TransfersV1.Payments.runChunk.name
private let post = CoordinationV1.Budget.post.name
private let answered = TransfersV1.Payments.ledgerAnswered.name

/// A run is taken back in every state before the bank has it; the money is free again, and so is the cycle.
@Suite struct WithdrawTests {
    /// Another main run of the cycle goes to its bank files, and the ledger holds what it needs and no more.
    private func runAgain(_ fixture: RunFixture, after withdrawn: TransfersV1.RunStatus) async throws {
        #expect(try await fixture.number(RunFixture.bound) == 0)
        let again = try await fixture.startRun()
        #expect(again.runId != withdrawn.runId && !again.runId.isEmpty)
        let reserved = try await fixture.wait(for: "awaiting_approval")
        _ = try await fixture.approve(reserved)
        let sent = try await fixture.wait(for: "sent")
        #expect(sent.totalMinor == RunPopulation.expected(households: 64).totalMinor)
        #expect(try await fixture.number(RunFixture.bound) == sent.totalMinor)
        #expect(
            try await fixture.number(
                "SELECT coalesce(sum(amount_minor), 0) FROM transfers.payment_order WHERE state <> 'withdrawn'")
                == sent.totalMinor)
    }

    private func withFunds(_ body: @Sendable (RunFixture) async throws -> Void) async throws {
        try await withRun(households: 64, householdsPerChunk: 20) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines()
            try await fixture.appropriate(10_000_000, id: "law")
            try await body(fixture)
        }
    }

    @Test func whileTheRollIsFrozenAndWhileItIsVerified() async throws {
        try await withFunds { fixture in
            try await fixture.pause(chunk)
            _ = try await fixture.startRun()
            let frozen = try await fixture.withdraw()
            #expect(frozen.state == "withdrawn" && frozen.withdrawnReason == "an account was wrong")
            try await fixture.pause(chunk, false)
            try await self.runAgain(fixture, after: frozen)
        }
    }

    @Test func whileItWaitsForBudget() async throws {
        try await withRun(households: 64, householdsPerChunk: 20) { fixture in
            _ = try await fixture.openCycle()
            _ = try await fixture.startRun()
            _ = try await fixture.wait(for: "awaiting_budget")
            let withdrawn = try await fixture.withdraw()
            #expect(withdrawn.state == "withdrawn")
            try await fixture.openLines()
            try await fixture.appropriate(10_000_000, id: "law")
            try await self.runAgain(fixture, after: withdrawn)
        }
    }

    /// The reservation is on its way, and is made: what it brought is given back.
    @Test func whileTheLedgerReserves() async throws {
        try await withFunds { fixture in
            try await fixture.pause(answered)
            _ = try await fixture.startRun()
            try await fixture.wait(until: fixture.waiting(answered), is: 1)
            #expect(try await fixture.withdraw().state == "withdrawing")
            try await fixture.pause(answered, false)
            let withdrawn = try await fixture.wait(for: "withdrawn")
            try await self.runAgain(fixture, after: withdrawn)
        }
    }

    @Test func whileItWaitsForApproval() async throws {
        try await withFunds { fixture in
            _ = try await fixture.startRun()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            #expect(try await fixture.number(RunFixture.bound) == reserved.totalMinor)
            try await fixture.withdraw()
            let withdrawn = try await fixture.wait(for: "withdrawn")
            try await self.runAgain(fixture, after: withdrawn)
        }
    }

    @Test func theSecondPersonRefusesWithAReasonAndTheFirstCannot() async throws {
        try await withFunds { fixture in
            _ = try await fixture.startRun()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            let request = TransfersV1.WithdrawRequest(runId: reserved.runId, reason: "the evidence is not complete")
            let first = await #expect(throws: RPCError.self) {
                try await fixture.ana.call(TransfersV1.Payments.refuse, request, RunFixture.patient)
            }
            #expect(first?.code == .permissionDenied)
            let blank = TransfersV1.WithdrawRequest(runId: reserved.runId, reason: "  ")
            let silent = await #expect(throws: RPCError.self) {
                try await fixture.beto.call(TransfersV1.Payments.refuse, blank, RunFixture.patient)
            }
            #expect(silent?.code == .invalidArgument)
            _ = try await fixture.beto.call(TransfersV1.Payments.refuse, request, RunFixture.patient)
            let withdrawn = try await fixture.wait(for: "withdrawn")
            #expect(withdrawn.withdrawnBy.hasSuffix("_beto") && withdrawn.withdrawnReason == request.reason)
            #expect(
                try await fixture.number(
                    "SELECT count(*) FROM transfers.payment_run_approval WHERE decision = 'refused' AND approver LIKE '%beto'"
                )
                    == 1)
            try await self.runAgain(fixture, after: withdrawn)
        }
    }

    /// Approved, and the ledger orders at this moment.
    @Test func whileTheLedgerOrders() async throws {
        try await withFunds { fixture in
            _ = try await fixture.startRun()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            try await fixture.pause(answered)
            _ = try await fixture.approve(reserved)
            try await fixture.wait(until: fixture.waiting(answered), is: 1)
            #expect(try await fixture.withdraw().state == "withdrawing")
            try await fixture.pause(answered, false)
            let withdrawn = try await fixture.wait(for: "withdrawn")
            try await self.runAgain(fixture, after: withdrawn)
        }
    }

    /// Some orders are made: they stay, withdrawn, and the next run continues their numbers.
    @Test func whileOrdersAreMadeAndTheNextRunContinuesTheirNumbers() async throws {
        try await withFunds { fixture in
            _ = try await fixture.startRun()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            try await fixture.pause(chunk)
            _ = try await fixture.approve(reserved)
            try await fixture.wait(until: fixture.waiting(chunk), is: 3)
            // One chunk of orders is done, the others are not.
            try await fixture.script(
                """
                UPDATE transfers.payment_run SET chunks_done = 1;
                UPDATE transfers.payment_run_chunk SET done_at = now() WHERE stage = 'order' AND chunk = 0;
                INSERT INTO transfers.payment_order (
                    household_id, amount_minor, cycle_id, run_number, uetr, end_to_end_id, currency)
                SELECT decided.household_id, decided.entitled_minor, run.cycle_id, run.run_number,
                    transfers.payment_uetr(cycle.payment_key, decided.household_id, 1::smallint),
                    transfers.end_to_end_id(cycle.payment_key, decided.household_id, 1::smallint), run.currency
                FROM transfers.payment_run AS run JOIN transfers.cycle AS cycle USING (cycle_id)
                JOIN transfers.payment_run_chunk AS part USING (run_number)
                JOIN transfers.household_outcome AS decided ON decided.run_number = run.run_number
                    AND decided.household_id BETWEEN part.first_household AND part.last_household
                WHERE part.stage = 'order' AND part.chunk = 0 AND decided.outcome = 1
                """)
            let made = try await fixture.number("SELECT count(*) FROM transfers.payment_order")
            #expect(made > 0)
            try await fixture.withdraw()
            try await fixture.pause(chunk, false)
            let withdrawn = try await fixture.wait(for: "withdrawn")
            #expect(
                try await fixture.number("SELECT count(*) FROM transfers.payment_order WHERE state = 'withdrawn'")
                    == made)
            try await self.runAgain(fixture, after: withdrawn)
            #expect(
                try await fixture.number(
                    "SELECT count(*) FROM transfers.payment_order WHERE order_number = 2 AND previous_order = 1")
                    == made)
            #expect(
                try await fixture.number(
                    """
                    SELECT count(*) FROM transfers.payment_order AS next JOIN transfers.payment_order AS before
                        ON before.household_id = next.household_id AND before.order_number = next.order_number - 1
                    WHERE before.state <> 'withdrawn' OR next.uetr = before.uetr
                        OR next.end_to_end_id <> before.end_to_end_id || '-2'
                    """) == 0)
        }
    }

    @Test func beforeTheFirstBankFileAndNotAfterIt() async throws {
        try await withFunds { fixture in
            _ = try await fixture.startRun()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            // The folder is away: no file can be written.
            try await fixture.hideOutbox(true)
            _ = try await fixture.approve(reserved)
            try await fixture.wait(
                until: "SELECT count(*) FROM transfers.payment_run WHERE state = 'writing'", is: 1)
            let stuck = try await fixture.statusWithObstacle("outbox_missing")
            #expect(stuck.moves && stuck.obstacles.first?.detail == fixture.outbox)
            try await fixture.withdraw()
            let withdrawn = try await fixture.wait(for: "withdrawn")
            try await fixture.hideOutbox(false)
            try await self.runAgain(fixture, after: withdrawn)
            let late = await #expect(throws: RPCError.self) { try await fixture.withdraw() }
            #expect(late?.code == .failedPrecondition)
        }
    }
}
