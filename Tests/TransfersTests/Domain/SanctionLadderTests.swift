import Contracts
import Testing
import TransfersDomain

/// The ladder of Juntos' file: a cycle not met is unpaid, the third in a row suspends, the sixth ends.
private let juntos = SanctionLadder(steps: [
    SanctionStep(after: 1, sanction: .unpaid), SanctionStep(after: 3, sanction: .suspended),
    SanctionStep(after: 6, sanction: .exit),
])

@Suite struct SanctionLadderTests {
    @Test(
        arguments: [
            (0, .none), (1, .unpaid), (2, .unpaid), (3, .suspended), (5, .suspended), (6, .exit), (60, .exit),
        ] as [(Int32, Sanction)])
    func eachStepBeginsAtItsOwnNumberOfCycles(consecutive: Int32, expected: Sanction) {
        #expect(juntos.sanction(after: consecutive) == expected)
        #expect(SanctionLadder.none.sanction(after: consecutive) == .none)
    }

    @Test(
        arguments: [
            (.notMet, 3), (.payable, 0), (.noAccount, 0), (.suspended, 0), (.nothingDue, 0), (.held, 2),
        ] as [(HouseholdOutcome, Int32)])
    func onlyACycleNotMetCountsAndOneThatWasMetBeginsAnew(outcome: HouseholdOutcome, expected: Int32) {
        #expect(SanctionLadder.consecutive(2, after: outcome) == expected)
    }

    @Test func aSuspendedHouseholdThatMeetsOneCycleIsPaidFromTheNext() throws {
        let rules = Rules(
            eligibility: RuleFixtures.eligibility, conditions: [RuleFixtures.attendance],
            components: [RuleFixtures.base, RuleFixtures.early], currency: "PEN", ladder: juntos)
        let attends = Member(
            personId: 1, ageMonths: 100,
            evidence: MemberEvidence(attendanceReported: true, schoolDays: 40, daysAttended: 34))
        var truant = attends
        truant.evidence.daysAttended = 33
        var assessment = HouseholdAssessment(rules: rules)
        var consecutive: Int32 = 0
        var seen: [HouseholdOutcome] = []
        for member in [truant, truant, truant, truant, attends, attends] {
            let sanction = juntos.sanction(after: consecutive)
            assessment.assess(member)
            let (outcome, total) = try assessment.conclude(hasAccount: true, suspended: sanction == .suspended)
            #expect((outcome == .payable) == (total > 0) && assessment.entitlements.isEmpty == (total == 0))
            seen.append(outcome)
            consecutive = SanctionLadder.consecutive(consecutive, after: outcome)
        }
        #expect(seen == [.notMet, .notMet, .notMet, .notMet, .suspended, .payable])
    }

    @Test func aLadderThatBeginsWithUnpaidLeavesTheWholeCycleUnpaid() throws {
        let infant = Member(personId: 1, ageMonths: 10)
        let truant = Member(personId: 2, ageMonths: 100)
        func outcome(_ ladder: SanctionLadder) throws -> (HouseholdOutcome, Int64) {
            var assessment = HouseholdAssessment(
                rules: Rules(
                    eligibility: RuleFixtures.eligibility, conditions: [RuleFixtures.attendance],
                    components: [RuleFixtures.base, RuleFixtures.early], currency: "PEN", ladder: ladder))
            assessment.assess(infant)
            assessment.assess(truant)
            return try assessment.conclude(hasAccount: true)
        }
        // The early-childhood amount of these rules does not ask for the base.
        #expect(try outcome(.none) == (.payable, 10_000))
        #expect(try outcome(juntos) == (.notMet, 0))
    }

    @Test func aHouseholdToWhichNothingAppliesHasMissedNothing() throws {
        var assessment = HouseholdAssessment(
            rules: Rules(
                eligibility: RuleFixtures.eligibility, conditions: [RuleFixtures.attendance],
                components: [
                    ComponentRule(
                        code: "tpi", position: 0, basis: .householdWithMember, amountMinor: 10_000,
                        ages: AgeRange(fromMonths: 0, belowMonths: 24))
                ], currency: "PEN", ladder: juntos))
        assessment.assess(Member(personId: 1, ageMonths: 400))
        #expect(try assessment.conclude(hasAccount: true) == (.nothingDue, 0))
    }

    @Test(
        arguments: [
            ([(1, "shout")], "ladder[0].action"), ([(2, "unpaid")], "ladder[0]"),
            ([(0, "suspended")], "ladder[0]"), ([(3, "suspended"), (3, "exit")], "ladder[1]"),
            ([(3, "exit"), (6, "suspended")], "ladder[1]"), ([(3, "suspended"), (4, "suspended")], "ladder[1]"),
        ] as [([(Int32, String)], String)])
    func aLadderThatCannotActIsRefused(steps: [(Int32, String)], place: String) {
        var definition = RunPopulation.programme
        definition.ladder = steps.map { .init(consecutiveCycles: $0.0, action: $0.1) }
        let error = #expect(throws: UnusableDefinition.self) { try Rules(definition) }
        #expect(error?.place == place)
    }
}
