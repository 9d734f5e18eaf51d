import Contracts
import LedgerConversation
import Queue
import Testing

private let post = CoordinationV1.Budget.post.name
private let answered = TransfersV1.Payments.ledgerAnswered.name

/// A reservation is made once, and a late answer is taken, whatever the queue repeats, loses or delivers late.
@Suite struct LedgerConversationTests {
    @Test func whatIsPostedStaysPosted() {
        for answer in LedgerRequestState.allCases {
            #expect(LedgerRequestState.posted.after(answer) == .posted)
            #expect(LedgerRequestState.asked.after(answer) == answer)
        }
    }

    /// The ledger fails once; a repeated call posts late; then somebody resumes as well.
    @Test func aReservationThatAFailedCallMakesLateIsTakenAndNotMadeAgain() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines()
            try await fixture.appropriate(10_000_000, id: "law")
            try await fixture.script("ALTER FUNCTION coordination.ledger_read RENAME TO ledger_read_away")
            let started = try await fixture.startRun()
            let waiting = try await fixture.wait(for: "awaiting_budget")
            #expect(waiting.obstacles.map(\.kind) == ["ledger_unanswered"])
            try await fixture.script("ALTER FUNCTION coordination.ledger_read_away RENAME TO ledger_read")
            try await fixture.retryDead()
            let reserved = try await fixture.reach("awaiting_approval")
            #expect(try await fixture.number(RunFixture.bound) == reserved.totalMinor)
            _ = try await fixture.approve(reserved)
            _ = try await fixture.wait(for: "sent")
            #expect(try await fixture.number(RunFixture.bound) == reserved.totalMinor)
            #expect(reserved.runId == started.runId)
        }
    }

    /// The other way round: resumed first, and the dead call is repeated when everything is paid for long.
    @Test func aTidyRetryLongAfterwardsReservesNothing() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines()
            try await fixture.appropriate(10_000_000, id: "law")
            try await fixture.script("ALTER FUNCTION coordination.ledger_read RENAME TO ledger_read_away")
            _ = try await fixture.startRun()
            _ = try await fixture.wait(for: "awaiting_budget")
            try await fixture.script("ALTER FUNCTION coordination.ledger_read_away RENAME TO ledger_read")
            try await fixture.resume()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            _ = try await fixture.approve(reserved)
            _ = try await fixture.wait(for: "sent")
            try await fixture.retryDead()
            try await fixture.wait(
                until: "SELECT count(*) FROM rpc.unfinished", is: 0)
            #expect(try await fixture.number(RunFixture.bound) == reserved.totalMinor)
            #expect(try await fixture.status().state == "sent")
        }
    }

    /// Two questions are on their way when the money arrives between them.
    @Test func moneyThatArrivesBetweenTwoQuestionsIsReservedOnce() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines()
            try await fixture.pause(post)
            _ = try await fixture.startRun()
            try await fixture.wait(until: fixture.waiting(post), is: 1)
            // The run is still reserving: it is asked again, under the same identifiers.
            try await fixture.resume()
            #expect(try await fixture.number(fixture.waiting(post)) == 2)
            try await fixture.lose(post)
            try await fixture.pause(post, false)
            try await fixture.appropriate(10_000_000, id: "law")
            // Neither question is there any more: nothing moves, and the status says so.
            let lost = try await fixture.status()
            #expect(lost.state == "reserving" && !lost.moves)
            #expect(lost.obstacles.map(\.kind) == ["ledger_unanswered"])
            try await fixture.resume()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            #expect(try await fixture.number(RunFixture.bound) == reserved.totalMinor)
        }
    }

    /// The first question is refused; the second, asked meanwhile, finds the money.
    @Test func anAnswerAfterARefusalIsTaken() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines()
            _ = try await fixture.startRun()
            let refused = try await fixture.wait(for: "awaiting_budget")
            #expect(Set(refused.obstacles.map(\.detail)) == ["insufficient_available"])
            #expect(refused.obstacles.map(\.shortfallMinor).reduce(0, +) == refused.totalMinor)
            try await fixture.pause(answered)
            try await fixture.resume()
            try await fixture.wait(until: fixture.waiting(answered), is: 1)
            try await fixture.appropriate(10_000_000, id: "law")
            try await fixture.resume()
            try await fixture.wait(until: fixture.waiting(answered), is: 2)
            try await fixture.pause(answered, false)
            let reserved = try await fixture.reach("awaiting_approval")
            #expect(try await fixture.number(RunFixture.bound) == reserved.totalMinor)
            #expect(try await fixture.number("SELECT sum(times_asked) FROM transfers.ledger_request") == 3)
        }
    }

    /// The ledger has posted, and its answer is lost: asked again, it says the same.
    @Test func aLostAnswerIsAskedForAgain() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines()
            try await fixture.appropriate(10_000_000, id: "law")
            try await fixture.pause(answered)
            _ = try await fixture.startRun()
            try await fixture.wait(until: fixture.waiting(answered), is: 1)
            try await fixture.lose(answered, status: 1)
            try await fixture.pause(answered, false)
            let lost = try await fixture.status()
            #expect(lost.state == "reserving" && !lost.moves)
            try await fixture.resume()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            #expect(try await fixture.number(RunFixture.bound) == reserved.totalMinor)
        }
    }
}

extension RunFixture {
    /// Repeats every dead call, as an operator would tidy up.
    func retryDead() async throws {
        try await script(
            """
            WITH dead AS (DELETE FROM rpc.dead RETURNING call_id), gone AS (
                DELETE FROM rpc.outcome USING dead WHERE outcome.call_id = dead.call_id RETURNING outcome.call_id)
            INSERT INTO rpc.ready (slot, method_id, attempt, lost, rank, call_id, gated)
            SELECT (SELECT current_slot FROM rpc.ring), made.method_id, 1, 0, rpc.rank_of(made.call_id, made.priority),
                made.call_id, false
            FROM gone JOIN rpc.call AS made USING (call_id);
            NOTIFY rpc_service_coordination
            """)
    }
}
