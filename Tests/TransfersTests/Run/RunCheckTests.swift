import Contracts
import Queue
import Testing
import TransfersDomain

/// What is looked at before a run is started.
@Suite struct RunCheckTests {
    private func start(
        _ fixture: RunFixture, accepting codes: [String] = [], reason: String = "the schools were closed"
    ) async throws -> TransfersV1.RunReply {
        try await fixture.ana.call(
            TransfersV1.Payments.run,
            TransfersV1.RunRequest(
                programme: "juntos", cycle: "2024-4", payOn: "2030-09-05",
                accepted: codes.map { .init(code: $0, reason: reason) }), RunFixture.patient)
    }

    @Test func aRunWithoutEvidenceNeedsASignedReasonThatTheApproverSees() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines(year: 2030)
            try await fixture.script(
                "DELETE FROM transfers.attendance WHERE month > '2024-06-30'; DELETE FROM transfers.health_check")
            let refused = try await start(fixture)
            #expect(refused.runId.isEmpty && refused.odd == ["evidence_missing"])
            #expect(try await start(fixture, accepting: ["evidence_missing"], reason: " ").runId.isEmpty)
            #expect(try await fixture.number("SELECT count(*) FROM transfers.payment_run") == 0)
            let started = try await start(fixture, accepting: ["evidence_missing"])
            #expect(!started.runId.isEmpty)
            let review = try await fixture.beto.call(
                TransfersV1.Payments.review, TransfersV1.StatusRequest(runId: started.runId), RunFixture.patient)
            let signed = try #require(review.findings.first { $0.weight == .odd })
            #expect(signed.code == "evidence_missing" && signed.reason == "the schools were closed")
            #expect(signed.signedBy.hasSuffix("_ana"))
        }
    }

    @Test func aPayDayInThePastIsOddAndAnotherThanTheRunsIsRefused() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            let past = try await fixture.ana.call(
                TransfersV1.Payments.run,
                TransfersV1.RunRequest(programme: "juntos", cycle: "2024-4", payOn: "1999-01-01"),
                RunFixture.patient)
            #expect(past.runId.isEmpty && past.findings.contains { $0.code == "pay_day_past" && $0.weight == .odd })
            let started = try await start(fixture)
            #expect(started.status?.payOn == "2030-09-05")
            let other = await #expect(throws: RPCError.self) { try await fixture.startRun(payOn: "2030-09-06") }
            #expect(other?.code == .failedPrecondition)
        }
    }

    @Test func aPayerThatTheWriterRefusesIsSaidBeforeAnythingIsReserved() async throws {
        try await withRun(households: 64) { fixture in
            var programme = RunPopulation.programme
            programme.payments?.debtorAccount = "00-000 0000 01"
            try await fixture.load(programme, version: 2)
            _ = try await fixture.openCycle()
            let refused = try await start(fixture)
            #expect(refused.runId.isEmpty)
            #expect(refused.findings.first { $0.weight == .fatal }?.values == ["field": "debtorAccount"])
        }
    }

    @Test func theApproverSeesWhatIsApprovedAndItIsKept() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines(year: 2024)
            _ = try await fixture.startRun()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            let review = try await fixture.beto.call(
                TransfersV1.Payments.review, TransfersV1.StatusRequest(runId: reserved.runId), RunFixture.patient)
            #expect(review.firstDay == "2024-07-01" && review.lastDay == "2024-08-31")
            #expect(review.departments.map(\.department) == ["01", "06"])
            #expect(review.departments.map(\.totalMinor).reduce(0, +) == reserved.totalMinor)
            #expect(review.status?.totalMinor == reserved.totalMinor)
            // Names that the bank refuses, with what is sent; what is kept of them names households only.
            let names = try #require(review.findings.first { $0.code == "name_transliterated" })
            #expect(names.values == ["households": String(reserved.payableHouseholds)])
            #expect(names.examples.first == "5002: María Quispe → Maria Quispe")
            _ = try await fixture.approve(reserved)
            #expect(
                try await fixture.number(
                    """
                    SELECT count(*) FROM transfers.payment_run_approval
                    WHERE decision = 'approved' AND approver LIKE '%beto' AND digest = sha256(convert_to(seen::text, 'UTF8'))
                        AND jsonb_array_length(seen -> 'departments') = 2 AND seen::text NOT LIKE '%Quispe%' AND total_minor = \(reserved.totalMinor)
                    """) == 1)
        }
    }

    @Test func changedAccountsAreCountedAgainstTheRunBefore() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines(year: 2024)
            try await fixture.openLines(year: 2030)
            _ = try await fixture.startRun()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            _ = try await fixture.approve(reserved)
            _ = try await fixture.wait(for: "sent")
            _ = try await fixture.open("2024-5", "2024-09-01", "2024-10-31")
            try await fixture.script(
                "UPDATE coordination.account SET account_number = '04999' WHERE household_id IN (5008, 5016)")
            let request = TransfersV1.RunRequest(
                programme: "juntos", cycle: "2024-5", payOn: "2030-09-05",
                accepted: [.init(code: "evidence_missing", reason: "none yet")])
            let refused = try await fixture.ana.call(TransfersV1.Payments.run, request, RunFixture.patient)
            let changed = refused.findings.first { $0.code == "accounts_changed" }
            #expect(changed?.values == ["households": "2", "previous_cycle": "2024-4"])
            #expect(changed?.examples == ["5008", "5016"])
        }
    }

    @Test(
        arguments: [
            (0, 0, nil, nil), (0, 100, nil, .missing), (49, 100, nil, .low), (50, 100, nil, nil), (60, 100, 80, nil),
            (59, 100, 80, .low), (10, 100, 10, nil), (0, 100, 10, .missing),
        ] as [(Int64, Int64, Int64?, EvidenceShare.Oddity?)])
    func littleEvidenceIsOdd(_ households: Int64, _ affiliated: Int64, before: Int64?, oddity: EvidenceShare.Oddity?) {
        let share = EvidenceShare(households: households, affiliated: affiliated)
        #expect(share.oddity(after: before.map { EvidenceShare(households: $0, affiliated: 100) }) == oddity)
    }
}

extension TransfersV1.RunReply {
    /// The codes of what is odd.
    fileprivate var odd: [String] { findings.filter { $0.weight == .odd }.map(\.code) }
}
