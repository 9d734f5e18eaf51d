import Contracts
import Queue
import Testing

/// A cycle whose fiscal year closes, or is sealed, between any two of its steps; and what is paid after New Year.
@Suite struct YearEndRunTests {
    private func withFunds(_ body: @Sendable (RunFixture) async throws -> Void) async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines(year: 2024)
            try await fixture.openLines(year: 2025)
            try await body(fixture)
        }
    }

    /// The run is taken back, and the cycle is paid in January from the lines of the new year.
    private func payInJanuary(_ fixture: RunFixture) async throws {
        try await fixture.withdraw(reason: "the year ends")
        _ = try await fixture.wait(for: "withdrawn")
        let started = try await fixture.startRun(payOn: "2025-01-15")
        #expect(started.status?.fiscalYear == 2025)
        let reserved = try await fixture.wait(for: "awaiting_approval")
        _ = try await fixture.approve(reserved)
        let sent = try await fixture.wait(for: "sent")
        #expect(
            try await fixture.number("SELECT sum(ordered) FROM coordination.budget_line_v1 WHERE fiscal_year = 2025")
                == sent.totalMinor)
        #expect(try await fixture.number(RunFixture.bound) == sent.totalMinor)
        #expect(
            try await fixture.number("SELECT count(*) FROM transfers.payment_run_v1 WHERE fiscal_year = 2025") == 1)
    }

    @Test func aYearThatClosesBeforeTheReservationIsNamedAndTheCycleIsPaidInTheNextYear() async throws {
        try await withFunds { fixture in
            try await fixture.close(2024, .close)
            _ = try await fixture.startRun()
            let refused = try await fixture.wait(for: "awaiting_budget")
            #expect(Set(refused.obstacles.map(\.detail)) == ["year_closing"])
            try await self.payInJanuary(fixture)
        }
    }

    @Test func aYearThatIsSealedBeforeTheReservationIsNamedToo() async throws {
        try await withFunds { fixture in
            try await fixture.close(2024, .close)
            try await fixture.close(2024, .seal)
            _ = try await fixture.startRun()
            let refused = try await fixture.wait(for: "awaiting_budget")
            #expect(Set(refused.obstacles.map(\.detail)) == ["year_sealed"])
            try await self.payInJanuary(fixture)
        }
    }

    @Test func whatIsReservedGoesOnWhileTheYearCloses() async throws {
        try await withFunds { fixture in
            _ = try await fixture.startRun()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            try await fixture.close(2024, .close)
            _ = try await fixture.approve(reserved)
            _ = try await fixture.wait(for: "sent")
        }
    }

    /// The reservation lapses when the year is sealed; the approval finds nothing to commit, and says so.
    @Test func aYearThatIsSealedBeforeTheApprovalLeavesAWayOn() async throws {
        try await withFunds { fixture in
            _ = try await fixture.startRun()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            try await fixture.close(2024, .close)
            try await fixture.close(2024, .seal)
            _ = try await fixture.approve(reserved)
            let refused = try await fixture.reach("awaiting_budget")
            #expect(!refused.obstacles.isEmpty && refused.obstacles.allSatisfy { $0.kind == "ledger" })
            // Asking again is refused again, and says the same: nothing hangs.
            try await fixture.resume()
            let again = try await fixture.wait(for: "awaiting_budget")
            #expect(!again.obstacles.isEmpty)
            try await self.payInJanuary(fixture)
        }
    }

    /// Orders are made and the year is sealed before the files: what is ordered stays payable.
    @Test func aYearThatIsSealedWhileOrdersAreMadeHoldsNothingUp() async throws {
        try await withFunds { fixture in
            let chunk = TransfersV1.Payments.runChunk.name
            _ = try await fixture.startRun()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            try await fixture.pause(chunk)
            _ = try await fixture.approve(reserved)
            try await fixture.wait(until: fixture.waiting(chunk), is: 2)
            try await fixture.close(2024, .close)
            try await fixture.close(2024, .seal)
            try await fixture.pause(chunk, false)
            let sent = try await fixture.wait(for: "sent")
            #expect(try await fixture.number(RunFixture.bound) == sent.totalMinor)
        }
    }
}
