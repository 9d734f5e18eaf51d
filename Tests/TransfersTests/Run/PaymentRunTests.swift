import Contracts
import Queue
import Testing

@Suite struct PaymentRunTests {
    @Test func aCycleIsPaidFromRollToBankFile() async throws {
        try await withRun(households: 200) { fixture in
            let opened = try #require(try await fixture.openCycle())
            #expect(opened == TransfersV1.OpenCycleProgress(households: 200, affiliated: 175, done: true))
            try await fixture.openLines()
            try await fixture.appropriate(10_000_000, id: "start")

            let started = try await fixture.startRun()
            let verified = try await fixture.wait(for: "awaiting_approval")
            let expected = RunPopulation.expected(households: 200)
            #expect(verified.runId == started.runId)
            #expect(verified.households == 175)
            #expect(verified.payableHouseholds == expected.payable)
            #expect(verified.totalMinor == expected.totalMinor)
            #expect(verified.chunks == 5)
            #expect(
                try await fixture.number("SELECT sum(reserved) FROM coordination.budget_line_v1") == expected.totalMinor
            )
            #expect(try await fixture.number("SELECT count(*) FROM transfers.payment_order") == 0)

            _ = try await fixture.approve(verified)
            let sent = try await fixture.wait(for: "sent")
            #expect(sent.requestedBy.hasSuffix("_ana"))
            #expect(sent.approvedBy.hasSuffix("_beto"))
            #expect(
                sent.orders == [
                    TransfersV1.OrderTotal(state: "sent", orders: expected.payable, totalMinor: expected.totalMinor)
                ])
            #expect(sent.files.map(\.transactions).reduce(0, +) == Int32(expected.payable))
            #expect(sent.files.map(\.totalMinor).reduce(0, +) == expected.totalMinor)
            #expect(sent.files.allSatisfy { (1...30).contains($0.transactions) && $0.sha256.utf8.count == 64 })
            #expect(
                try await fixture.number("SELECT sum(ordered) FROM coordination.budget_line_v1") == expected.totalMinor)
            #expect(
                try await fixture.number(
                    """
                    SELECT count(*) FROM transfers.payment_order AS made
                    JOIN (SELECT household_id, sum(amount_minor) AS minor FROM transfers.entitlement GROUP BY 1) AS due
                        ON due.household_id = made.household_id AND due.minor = made.amount_minor
                    """) == expected.payable)
        }
    }

    @Test func startingARunAgainAnswersWithTheSameRun() async throws {
        try await withRun(households: 24) { fixture in
            _ = try await fixture.openCycle()
            let first = try await fixture.startRun()
            let second = try await fixture.startRun()
            #expect(first.runId == second.runId)
            _ = try await fixture.wait(for: "awaiting_budget")
            #expect(try await fixture.startRun().runId == first.runId)
            #expect(try await fixture.number("SELECT count(*) FROM transfers.payment_run") == 1)
        }
    }

    @Test func openingACycleAgainChangesNothingAndOtherDaysAreRefused() async throws {
        try await withRun(households: 24) { fixture in
            let first = try await fixture.openCycle()
            #expect(try await fixture.openCycle() == first)
            let other = TransfersV1.OpenCycleRequest(
                programme: "juntos", cycle: "2024-4", firstDay: "2024-07-02", lastDay: "2024-08-31")
            await #expect(throws: RPCError.alreadyExists("The cycle is open already, with other days.")) {
                for try await _ in fixture.ana.stream(TransfersV1.Cycles.open, other) {}
            }
        }
    }

    @Test func thePersonWhoStartedARunCannotApproveIt() async throws {
        try await withRun(households: 24) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines()
            try await fixture.appropriate(10_000_000, id: "start")
            _ = try await fixture.startRun()
            let verified = try await fixture.wait(for: "awaiting_approval")
            let request = TransfersV1.ApproveRequest(runId: verified.runId, expectedTotalMinor: verified.totalMinor)
            await #expect(throws: RPCError.self) { try await fixture.ana.call(TransfersV1.Payments.approve, request) }
            let wrong = TransfersV1.ApproveRequest(runId: verified.runId, expectedTotalMinor: verified.totalMinor + 1)
            await #expect(throws: RPCError.self) { try await fixture.beto.call(TransfersV1.Payments.approve, wrong) }
            #expect(try await fixture.status().state == "awaiting_approval")
            #expect(try await fixture.number("SELECT count(*) FROM transfers.payment_order") == 0)
        }
    }

    @Test func withoutEnoughBudgetNoOrderExistsAndTheRunGoesOnAfterAnAppropriation() async throws {
        try await withRun(households: 200) { fixture in
            _ = try await fixture.openCycle()
            _ = try await fixture.startRun()
            // No line is open: each lacks everything, and is named.
            let unopened = try await fixture.wait(for: "awaiting_budget")
            #expect(unopened.obstacles.map(\.detail) == ["01", "06"])
            #expect(unopened.obstacles.map(\.shortfallMinor).reduce(0, +) == unopened.totalMinor)

            try await fixture.openLines()
            try await fixture.appropriate(100_000, id: "little")
            _ = try await fixture.ana.call(
                TransfersV1.Payments.resume, TransfersV1.StatusRequest(runId: unopened.runId))
            var short = try await fixture.status()
            while short.state == "reserving" { short = try await fixture.status() }
            #expect(short.state == "awaiting_budget")
            #expect(short.shortfalls.map(\.shortfallMinor).reduce(0, +) == short.totalMinor - 200_000)
            #expect(try await fixture.number("SELECT count(*) FROM transfers.payment_order") == 0)
            #expect(try await fixture.number("SELECT sum(reserved) FROM coordination.budget_line_v1") == 0)

            try await fixture.appropriate(10_000_000, id: "enough")
            _ = try await fixture.ana.call(
                TransfersV1.Payments.resume, TransfersV1.StatusRequest(runId: unopened.runId))
            var reserved = try await fixture.status()
            while reserved.state == "reserving" { reserved = try await fixture.status() }
            #expect(reserved.state == "awaiting_approval")
            #expect(reserved.shortfalls.isEmpty)
            _ = try await fixture.approve(reserved)
            let sent = try await fixture.wait(for: "sent")
            #expect(sent.totalMinor == RunPopulation.expected(households: 200).totalMinor)
        }
    }

    @Test func anEmptySelectionPaysNobodyAndSaysSo() async throws {
        try await withRun(households: 0) { fixture in
            _ = try await fixture.openCycle()
            _ = try await fixture.startRun()
            let empty = try await fixture.wait(for: "empty")
            #expect(empty.households == 0)
            #expect(empty.totalMinor == 0)
        }
    }

    @Test func aRunWhoseHouseholdsMeetNothingPaysNobodyAndMayBeFollowedByAnother() async throws {
        try await withRun(households: 1) { fixture in
            // The one household's pupil misses days.
            _ = try await fixture.openCycle()
            let first = try await fixture.startRun()
            let empty = try await fixture.wait(for: "empty")
            #expect(empty.households == 1)
            #expect(empty.payableHouseholds == 0)
            let second = try await fixture.startRun()
            #expect(second.runId != first.runId)
            _ = try await fixture.wait(for: "empty")
        }
    }

    @Test func everyDecisionIsExplainedAndGivesTheSameAgain() async throws {
        try await withRun(households: 24) { fixture in
            _ = try await fixture.openCycle()
            _ = try await fixture.startRun()
            _ = try await fixture.wait(for: "awaiting_budget")
            func decisions(_ index: Int) async throws -> [TransfersV1.Decision] {
                let request = TransfersV1.ExplainRequest(
                    programme: "juntos", cycle: "2024-4", householdId: RunPopulation.householdId(index))
                return try await fixture.ana.call(TransfersV1.Cycles.explain, request).decisions
            }
            let truant = try await decisions(1)
            #expect(truant.map(\.kind) == ["affiliation", "verdict", "entitlement"])
            #expect(truant.map(\.outcome) == ["eligible", "not_met", "not_met"])
            func attended(_ code: String, _ days: Int) -> [TransfersV1.DecisionReason] {
                let values = ["measured": "\(days)", "possible": "40", "threshold_hundredths": "8500"]
                return [.init(code: code, values: values)]
            }
            #expect(truant[1].reasons == attended("below_threshold", 20))
            let secondary = try await decisions(3)
            #expect(secondary.map(\.outcome) == ["eligible", "met", "entitled", "entitled", "payable"])
            #expect(secondary.map(\.amountMinor) == [0, 0, 20_000, 8_000, 28_000])
            let atThreshold = try await decisions(7)
            #expect(atThreshold[1].reasons == attended("threshold_reached", 34))
            #expect(try await decisions(4).last?.outcome == "no_account")
            let notPoor = try await decisions(5)
            #expect(notPoor.first?.outcome == "not_eligible")
            for index in 1...24 {
                for decision in try await decisions(index) {
                    #expect(decision.replay != "differs", "household \(index): \(decision)")
                }
            }
        }
    }
}
