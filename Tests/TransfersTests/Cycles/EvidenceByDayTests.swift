import Contracts
import Queue
import Testing

/// Importing evidence for one programme changed what another's sent run was explained by, or was refused because of it.
@Suite struct EvidenceByDayTests {
    @Test func aReplayGivesTheSameWhateverIsImportedAfterTheRun() async throws {
        try await withRun(households: 24) { fixture in
            _ = try await fixture.openCycle()
            _ = try await fixture.decide("2024-4")
            let before = try await fixture.explain("2024-4", household: 1)
            try await fixture.script(
                """
                UPDATE transfers.attendance SET days_attended = school_days - days_attended;
                INSERT INTO transfers.health_check (household_id, person_id, checked_on, kind, facility_code)
                SELECT household_id, person_id, '2024-07-07', 1, 'E9' FROM coordination.member;
                """)
            #expect(try await fixture.explain("2024-4", household: 1) == before)
            for index in 1...24 {
                for decision in try await fixture.explain("2024-4", household: index) {
                    #expect(decision.replay != "differs", "household \(index): \(decision)")
                }
            }
        }
    }

    @Test func programmesWithTheSameDaysAndCodeReadTheSameEvidenceAndDoNotDisturbEachOther() async throws {
        try await withRun(households: 24) { fixture in
            var other = RunPopulation.programme
            other.code = "otro"
            try await fixture.load(other)
            _ = try await fixture.openCycle()
            _ = try await fixture.open("2024-4", "2024-07-01", "2024-08-31", programme: "otro")
            let first = try await fixture.decide("2024-4")
            // Household 5001's pupil attended after all: what came after the first run counts for the second.
            try await fixture.script("UPDATE transfers.attendance SET days_attended = 20 WHERE household_id = 5001")
            let second = try await fixture.decide("2024-4", programme: "otro")
            #expect(second.payableHouseholds == first.payableHouseholds + 1)
            #expect(second.totalMinor == first.totalMinor + 20_000)
            #expect(try await fixture.explain("2024-4", household: 1).last?.outcome == "not_met")
            #expect(try await fixture.explain("2024-4", household: 1, programme: "otro").last?.outcome == "payable")
            let decisions = try await fixture.explain("2024-4", household: 1)
            #expect(decisions.allSatisfy { $0.replay == "same" })
        }
    }

    @Test func aMonthCountsInTheCycleOfItsFirstDayOnly() async throws {
        try await withRun(households: 24) { fixture in
            // July and August have evidence of full attendance; the cycle of mid-July counts August alone.
            _ = try await fixture.open("mid", "2024-07-15", "2024-08-14")
            _ = try await fixture.decide("mid")
            let verdict = try #require(try await fixture.explain("mid", household: 8).first { $0.kind == "verdict" })
            #expect(verdict.reasons.first?.values["possible"] == "20")
        }
    }
}
