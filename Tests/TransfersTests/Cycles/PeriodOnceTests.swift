import Contracts
import Queue
import Testing

/// Two cycles over the same months paid everybody twice, without a word.
@Suite struct PeriodOnceTests {
    private func overlaps(_ error: RPCError?) -> [String] {
        (error?.details ?? []).filter { $0.reason == "period_once" }.map(\.subject)
    }

    @Test func theSameOrOverlappingDaysUnderAnotherCodeAreRefusedNamingTheOther() async throws {
        try await withRun(households: 24) { fixture in
            _ = try await fixture.openCycle()
            let days = [
                ("2024-07-01", "2024-08-31"), ("2024-08-31", "2024-10-31"), ("2024-05-01", "2024-07-01"),
                ("2024-01-01", "2024-12-31"), ("2024-08-01", "2024-08-01"),
            ]
            for (first, last) in days {
                let error = await #expect(throws: RPCError.self) { try await fixture.open("2024-04", first, last) }
                #expect(error?.code == .failedPrecondition)
                #expect(overlaps(error) == ["2024-4"])
            }
            // Days that touch are no overlap, and another programme has days of its own.
            _ = try await fixture.open("2024-3", "2024-05-01", "2024-06-30")
            _ = try await fixture.open("2024-5", "2024-09-01", "2024-10-31")
            var other = RunPopulation.programme
            other.code = "otro"
            try await fixture.load(other)
            #expect(try await fixture.open("2024-4", "2024-07-01", "2024-08-31", programme: "otro").done)
            #expect(try await fixture.number("SELECT count(*) FROM transfers.cycle") == 4)
        }
    }

    @Test func anExceptionIsSignedByAnotherPersonAndCountsNoDayTwice() async throws {
        try await withRun(households: 24) { fixture in
            _ = try await fixture.openCycle()
            let paid = try await fixture.decide("2024-4")
            #expect(paid.payableHouseholds == RunPopulation.expected(households: 24).payable)
            // Asking opens nothing, however often; who asked cannot sign.
            for _ in 0..<2 {
                let asked = try await fixture.open("flood", "2024-08-01", "2024-09-30", reason: "flood in Piura")
                #expect(asked.awaitsSignature && asked.overlaps.map(\.cycle) == ["2024-4"] && !asked.done)
            }
            let request = TransfersV1.AllowOverlapRequest(programme: "juntos", cycle: "flood")
            let own = await #expect(throws: RPCError.self) {
                try await fixture.ana.call(TransfersV1.Cycles.allowOverlap, request)
            }
            #expect(own?.details.map(\.reason) == ["second_person"])
            // Other words are another request; what is signed can be named by its number.
            let again = try await fixture.open("flood", "2024-08-01", "2024-09-30", reason: "drought")
            let named = TransfersV1.AllowOverlapRequest(
                programme: "juntos", cycle: "flood", exceptionNumber: again.exceptionNumber + 1)
            await #expect(throws: RPCError.self) {
                try await fixture.beto.call(TransfersV1.Cycles.allowOverlap, named)
            }
            let signed = try await fixture.beto.call(TransfersV1.Cycles.allowOverlap, request)
            #expect(signed.others == ["2024-4"] && signed.reason == "drought")
            #expect(signed.exceptionNumber == again.exceptionNumber)
            #expect(try await fixture.beto.call(TransfersV1.Cycles.allowOverlap, request) == signed)
            // What was signed is these days: others are refused.
            await #expect(throws: RPCError.self) { try await fixture.open("flood", "2024-07-01", "2024-09-30") }
            let opened = try await fixture.open("flood", "2024-08-01", "2024-09-30")
            #expect(opened.done && opened.exceptionNumber == signed.exceptionNumber && opened.sharedDays == 31)
            #expect(
                try await fixture.number(
                    "SELECT sum(shared_days) FROM transfers.cycle_v1 WHERE overlap_exception IS NOT NULL") == 31)
            // August is the other cycle's: nobody is paid for it again.
            #expect(try await fixture.decide("flood").state == "empty")
            #expect(
                try await fixture.number(
                    """
                    SELECT count(*) FROM transfers.roll_evidence AS evidence
                    JOIN transfers.payment_run AS run USING (run_number) WHERE run.cycle_id = 2
                    """) == 0)
            // The days that only the exception has are taken too; and an exception opens one cycle.
            let next = await #expect(throws: RPCError.self) {
                try await fixture.open("2024-5", "2024-09-01", "2024-10-31")
            }
            #expect(overlaps(next) == ["flood"])
            await #expect(throws: RPCError.self) { try await fixture.open("flood2", "2024-08-01", "2024-09-30") }
        }
    }

    @Test func aCycleOpenedByMistakeIsClosedEmptyAndItsCodeAndDaysAreFree() async throws {
        try await withRun(households: 24) { fixture in
            _ = try await fixture.open("2024-4", "2024-07-02", "2024-08-30")
            // A run that paid nobody, or was withdrawn, does not stand in the way; one on its way does.
            try await fixture.script("CREATE TABLE public.kept AS SELECT * FROM transfers.attendance")
            try await fixture.script("DELETE FROM transfers.attendance; DELETE FROM transfers.health_check")
            #expect(try await fixture.decide("2024-4").state == "empty")
            try await fixture.script(
                "INSERT INTO transfers.attendance SELECT * FROM public.kept; DROP TABLE public.kept")
            await #expect(throws: RPCError.self) { try await fixture.close("2024-4", reason: " ") }
            #expect(try await fixture.close("2024-4") == .init(firstDay: "2024-07-02", lastDay: "2024-08-30"))
            let gone = await #expect(throws: RPCError.self) { try await fixture.close("2024-4") }
            #expect(gone?.code == .notFound)
            #expect(try await fixture.number("SELECT count(*) FROM transfers.cycle_v1") == 0)
            #expect(try await fixture.number("SELECT count(*) FROM transfers.void_cycle_v1") == 1)

            // The same code over the right days, and its run has identifiers of its own.
            #expect(try await fixture.openCycle()?.done == true)
            let run = try await fixture.decide("2024-4")
            #expect(run.state == "awaiting_budget")
            let busy = await #expect(throws: RPCError.self) { try await fixture.close("2024-4") }
            #expect(busy?.details.map(\.reason) == ["cycle_has_run"])
            #expect(busy?.details.first?.description == "awaiting_budget")
        }
    }

    @Test func aCycleWithOrdersIsNeverClosedEmpty() async throws {
        try await withRun(households: 24) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines()
            try await fixture.appropriate(10_000_000, id: "start")
            _ = try await fixture.startRun()
            _ = try await fixture.approve(try await fixture.wait(for: "awaiting_approval"))
            _ = try await fixture.wait(for: "sent")
            let error = await #expect(throws: RPCError.self) { try await fixture.close("2024-4") }
            #expect(error?.details.map(\.reason) == ["cycle_has_orders"])
        }
    }
}
