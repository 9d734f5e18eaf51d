import Contracts
import Queue
import Testing

/// The ladder that Juntos' file declares: seven cycles not met had no effect at all.
@Suite struct SanctionTests {
    private static let cycles = [
        ("2023-4", "2023-07-01", "2023-08-31"), ("2023-5", "2023-09-01", "2023-10-31"),
        ("2023-6", "2023-11-01", "2023-12-31"), ("2024-1", "2024-01-01", "2024-02-29"),
        ("2024-2", "2024-03-01", "2024-04-30"), ("2024-3", "2024-05-01", "2024-06-30"),
        ("2024-4", "2024-07-01", "2024-08-31"),
    ]

    private static let programme = {
        var programme = RunPopulation.programme
        programme.ladder = [
            .init(consecutiveCycles: 1, action: "unpaid"), .init(consecutiveCycles: 3, action: "suspended"),
            .init(consecutiveCycles: 6, action: "exit"),
        ]
        return programme
    }()

    /// Household 5008 meets every cycle, 5016 from the fourth on, 5024 all but the second; the others none.
    private static let evidence = """
        DELETE FROM transfers.attendance; DELETE FROM transfers.health_check;
        INSERT INTO transfers.attendance (
            household_id, person_id, month, level, school_days, days_attended, school_code)
        SELECT household_id, household_id * 10 + 1, month::date, 1, 20, 20, 'I0001'
        FROM unnest(ARRAY[5008, 5016, 5024]::bigint[]) AS household_id,
            generate_series('2023-07-01', '2024-08-01', interval '1 month') AS month
        WHERE household_id = 5008 OR household_id = 5016 AND month >= '2024-01-01'
            OR household_id = 5024 AND month NOT IN ('2023-09-01', '2023-10-01')
        """

    private func outcomes(_ household: Int, in fixture: RunFixture) async throws -> [String] {
        var outcomes: [String] = []
        for (code, _, _) in Self.cycles {
            outcomes.append(try await fixture.explain(code, household: household).last?.outcome ?? "")
        }
        return outcomes
    }

    @Test func theLadderSuspendsAfterThreeCyclesAndEndsAfterSix() async throws {
        try await withRun(households: 24) { fixture in
            try await fixture.load(Self.programme, version: 2)
            try await fixture.script(Self.evidence)
            var opened: [TransfersV1.OpenCycleProgress] = []
            for (code, first, last) in Self.cycles {
                opened.append(try await fixture.open(code, first, last))
                #expect(try await fixture.decide(code).state == "awaiting_budget")
            }
            // 21 households are poor; three of them have evidence.
            #expect(opened.map(\.affiliated) == [21, 21, 21, 21, 21, 21, 3])
            #expect(opened.map(\.suspended) == [0, 0, 0, 19, 18, 18, 0])
            #expect(opened.map(\.exited) == [0, 0, 0, 0, 0, 0, 18])

            let never = try await outcomes(6, in: fixture)
            #expect(never == Array(repeating: "not_met", count: 6) + ["not_on_roll"])
            let later = try await outcomes(16, in: fixture)
            #expect(later == ["not_met", "not_met", "not_met", "suspended", "payable", "payable", "payable"])
            let once = try await outcomes(24, in: fixture)
            #expect(once == ["payable", "not_met"] + Array(repeating: "payable", count: 5))

            let exit = try await fixture.explain("2024-4", household: 6)
            #expect(exit.first?.outcome == "not_eligible")
            let counted = Self.cycles.prefix(6).map(\.0).joined(separator: " ")
            #expect(
                exit.first?.reasons == [
                    .init(code: "sanction_exit", values: ["consecutive": "6", "cycles": counted])
                ])
            let suspended = try await fixture.explain("2024-1", household: 16)
            #expect(suspended.first?.outcome == "eligible")
            #expect(suspended.first?.reasons.map(\.code) == ["meets_criteria", "sanction_suspended"])
            #expect(suspended.first?.reasons.last?.values["cycles"] == "2023-4 2023-5 2023-6")
            #expect(suspended.first { $0.kind == "verdict" }?.outcome == "met")
            #expect(suspended.last?.amountMinor == 0)
            for (code, _, _) in Self.cycles {
                for household in [6, 8, 16, 24] {
                    let decisions = try await fixture.explain(code, household: household)
                    #expect(decisions.allSatisfy { $0.replay != "differs" }, "\(code) \(household)")
                }
            }
            #expect(
                try await fixture.number(
                    "SELECT count(*) FROM transfers.sanction_v1 WHERE cycle = '2024-4' AND sanction = 'exit'") == 18)
            #expect(
                try await fixture.number("SELECT count(*) FROM transfers.served_household_v1") == 3)
        }
    }

    @Test func runsThatAreDecidedLateOrWithdrawnAreCountedAsTheyAreNow() async throws {
        try await withRun(households: 24) { fixture in
            try await fixture.load(Self.programme, version: 2)
            try await fixture.script(Self.evidence)
            func consecutive(_ cycle: String) async throws -> Int64 {
                try await fixture.number(
                    """
                    SELECT consecutive_not_met FROM transfers.affiliation JOIN transfers.cycle USING (cycle_id)
                    WHERE code = '\(cycle)' AND household_id = 5006
                    """)
            }
            for (code, first, last) in Self.cycles.prefix(4) { _ = try await fixture.open(code, first, last) }
            #expect(try await consecutive("2024-1") == 0)
            // The third is decided before the first, and the second never.
            _ = try await fixture.decide("2023-6")
            _ = try await fixture.open("2024-2", "2024-03-01", "2024-04-30")
            #expect(try await consecutive("2024-2") == 1)
            _ = try await fixture.decide("2023-4")
            _ = try await fixture.open("2024-3", "2024-05-01", "2024-06-30")
            #expect(try await consecutive("2024-3") == 2)
            // A run that paid nobody decides nothing; nor does one that is taken back.
            try await fixture.script("UPDATE transfers.payment_run SET state = 'empty' WHERE cycle_id = 3")
            _ = try await fixture.open("2024-4", "2024-07-01", "2024-08-31")
            #expect(try await consecutive("2024-4") == 1)
            let decisions = try await fixture.explain("2024-4", household: 6)
            #expect(decisions.first?.reasons.last?.values["cycles"] == "2023-4")
            #expect(decisions.first?.replay == "same")
        }
    }
}
