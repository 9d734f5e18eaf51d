import Testing
import TransfersDomain

@Suite struct VerdictTests {
    private func pupil(_ attended: Int32, of days: Int32, ageMonths: Int = 100) -> Member {
        Member(
            personId: 1, ageMonths: ageMonths,
            evidence: MemberEvidence(attendanceReported: true, schoolDays: days, daysAttended: attended))
    }

    @Test(arguments: [
        (Int32(8_499), Int32(10_000), VerdictOutcome.notMet, VerdictReason.belowThreshold),  // 84.99 %
        (8_500, 10_000, .met, .thresholdReached),  // 85 % exactly
        (34, 40, .met, .thresholdReached),  // 85 % of forty days
        (33, 40, .notMet, .belowThreshold),
        (17, 20, .met, .thresholdReached),
        (0, 20, .notMet, .belowThreshold),
        (20, 20, .met, .thresholdReached),
        (0, 0, .exempt, .noSchoolDays),
        (28, 33, .notMet, .belowThreshold),  // 84.85 %
        (29, 34, .met, .thresholdReached),  // 85.29 %
        (Int32.max, Int32.max, .met, .thresholdReached),
    ])
    func attendanceIsComparedAsAnExactShare(
        attended: Int32, days: Int32, outcome: VerdictOutcome, reason: VerdictReason
    ) {
        let verdict = RuleFixtures.attendance.verdict(on: pupil(attended, of: days))
        #expect(verdict.outcome == outcome)
        #expect(verdict.reason == reason)
        #expect(verdict.measured == attended)
        #expect(verdict.possible == days)
    }

    @Test(arguments: [(71, false), (72, true), (227, true), (228, false), (-1, false)])
    func attendanceConcernsMembersFromSixToUnderNineteen(ageMonths: Int, applies: Bool) {
        let verdict = RuleFixtures.attendance.verdict(on: pupil(0, of: 20, ageMonths: ageMonths))
        #expect(verdict.outcome == (applies ? .notMet : .notApplicable))
        #expect(verdict.reason == (applies ? .belowThreshold : .outsideAgeRange))
    }

    @Test(arguments: [
        (Int32(0), Int32(1), VerdictOutcome.notMet, VerdictReason.missingNotMet), (1, 1, .met, .checksDone),
        (2, 1, .met, .checksDone), (1, 2, .notMet, .tooFewChecks), (2, 2, .met, .checksDone),
    ])
    func growthChecksAreCounted(done: Int32, least: Int32, outcome: VerdictOutcome, reason: VerdictReason) {
        let rule = ConditionRule(
            code: "growth", position: 0, subject: .growthChecks(least: least),
            ages: AgeRange(fromMonths: 0, belowMonths: 60), missing: .notMet)
        let member = Member(personId: 1, ageMonths: 10, evidence: MemberEvidence(growthChecks: done))
        let verdict = rule.verdict(on: member)
        #expect(verdict.outcome == outcome)
        #expect(verdict.reason == reason)
        #expect(verdict.possible == least)
    }

    @Test(arguments: [(true, Int32(2), VerdictOutcome.met), (true, 1, .notMet), (false, 2, .notApplicable)])
    func prenatalChecksConcernPregnantMembers(pregnant: Bool, done: Int32, outcome: VerdictOutcome) {
        let member = Member(
            personId: 1, ageMonths: 300, pregnant: pregnant, evidence: MemberEvidence(prenatalChecks: done))
        #expect(RuleFixtures.prenatal.verdict(on: member).outcome == outcome)
    }

    @Test(arguments: [
        (MissingEvidencePolicy.notMet, VerdictOutcome.notMet, VerdictReason.missingNotMet),
        (.met, .met, .missingMet), (.held, .held, .missingHeld),
    ])
    func missingEvidenceMeansWhatTheRulesSay(
        policy: MissingEvidencePolicy, outcome: VerdictOutcome, reason: VerdictReason
    ) {
        let rule = ConditionRule(
            code: "attendance", position: 0, subject: .schoolAttendance(thresholdHundredths: 8_500),
            ages: AgeRange(fromMonths: 72, belowMonths: 0), missing: policy)
        let verdict = rule.verdict(on: Member(personId: 1, ageMonths: 100))
        #expect(verdict.outcome == outcome)
        #expect(verdict.reason == reason)
    }

    @Test func everyReasonHasACodeOfItsOwn() {
        #expect(Set(VerdictReason.allCases.map(\.code)).count == VerdictReason.allCases.count)
    }

    @Test func onlyUnmetAndHeldVerdictsStandInTheWayOfPayment() {
        #expect(VerdictOutcome.allCases.filter { !$0.allowsPayment } == [.notMet, .held])
    }
}
