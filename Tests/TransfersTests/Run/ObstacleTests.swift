import Contracts
import Queue
import Testing

private let chunk = TransfersV1.Payments.runChunk.name

/// Every state moves or says why not, and one command leads on.
@Suite struct ObstacleTests {
    /// How a call can come to nothing: cancelled, dead and discarded, expired; or dropped when nobody kept it any more.
    @Test(arguments: [nil, 1, 4, 13] as [Int16?])
    func chunksWhoseCallsCameToNothingAreSentAgain(status: Int16?) async throws {
        try await withRun(households: 64, householdsPerChunk: 20) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines(year: 2024)
            try await fixture.pauseAtEachStage()
            try await fixture.pause(chunk)
            _ = try await fixture.startRun()
            try await loseAndResume("freezing", calls: 1, status, fixture)
            try await loseAndResume("verifying", calls: 3, status, fixture)
            let reserved = try await fixture.wait(for: "awaiting_approval")
            _ = try await fixture.approve(reserved)
            try await loseAndResume("ordering", calls: 3, status, fixture)
            try await loseAndResume("writing", calls: 2, status, fixture)
            let sent = try await fixture.wait(for: "sent")
            #expect(sent.totalMinor == RunPopulation.expected(households: 64).totalMinor)
            #expect(try await fixture.number("SELECT count(*) FROM transfers.payment_order") == sent.payableHouseholds)
        }
    }

    /// Loses the calls of a state, sees that the status says so, and resumes: the calls are there again, once.
    private func loseAndResume(
        _ state: String, calls: Int64, _ status: Int16?, _ fixture: RunFixture
    ) async throws {
        try await fixture.wait(
            until: "SELECT count(*) FROM transfers.payment_run WHERE state = '\(state)'", is: 1)
        try await fixture.wait(until: fixture.waiting(chunk), is: calls)
        #expect(try await fixture.status().moves)
        try await fixture.lose(chunk, status: status)
        let lost = try await fixture.status()
        #expect(lost.state == state && !lost.moves)
        #expect(
            Set(lost.obstacles.map(\.kind)) == [status == nil ? "call_forgotten" : "call_ended"], "\(lost.obstacles)")
        try await fixture.resume()
        try await fixture.resume()
        #expect(try await fixture.number(fixture.waiting(chunk)) == calls)
        let alive = try await fixture.status()
        #expect(alive.moves && alive.obstacles.isEmpty)
        // One stage further: there it stops again.
        try await fixture.pause(chunk, false)
        try await fixture.wait(
            until: "SELECT count(*) FROM transfers.payment_run WHERE state = '\(state)'", is: 0)
    }

    @Test func aRunThatNobodyHasToSetGoingSaysSo() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines(year: 2024)
            _ = try await fixture.startRun()
            _ = try await fixture.wait(for: "awaiting_approval")
            let refused = await #expect(throws: RPCError.self) { try await fixture.resume() }
            #expect(refused?.code == .failedPrecondition)
        }
    }

    /// What the ledger holds for a run and what it needs, as the control total shows it.
    @Test func moneyThatNobodyNeedsIsSeen() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines(year: 2024)
            _ = try await fixture.startRun()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            _ = try await fixture.approve(reserved)
            _ = try await fixture.wait(for: "sent")
            let surplus = "SELECT sum(bound_minor - needed_minor) FROM transfers.payment_run_money_v1"
            #expect(try await fixture.number(surplus) == 0)
            try await fixture.script("UPDATE transfers.payment_order SET state = 'withdrawn' WHERE household_id = 5008")
            #expect(try await fixture.number(surplus) == 20_000)
        }
    }
}
