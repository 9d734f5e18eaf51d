import Testing
import TransfersDomain

@Suite struct HouseholdAssessmentTests {
    private let infant = Member(personId: 1, ageMonths: 23, evidence: MemberEvidence(growthChecks: 1))
    private let uncheckedInfant = Member(personId: 1, ageMonths: 10)
    private let secondaryPupil = Member(
        personId: 2, ageMonths: 160,
        evidence: MemberEvidence(attendanceReported: true, schoolDays: 40, daysAttended: 40, schoolLevel: .secondary))
    private let primaryPupil = Member(
        personId: 3, ageMonths: 100,
        evidence: MemberEvidence(attendanceReported: true, schoolDays: 40, daysAttended: 40, schoolLevel: .primary))
    private let truant = Member(
        personId: 4, ageMonths: 150,
        evidence: MemberEvidence(attendanceReported: true, schoolDays: 40, daysAttended: 33, schoolLevel: .secondary))
    private let pregnant = Member(
        personId: 5, ageMonths: 300, pregnant: true, evidence: MemberEvidence(prenatalChecks: 2))

    private func decide(
        _ members: [Member], hasAccount: Bool = true, rules: Rules = RuleFixtures.rules
    ) throws -> (outcome: HouseholdOutcome, totalMinor: Int64, codes: [String]) {
        var assessment = HouseholdAssessment(rules: rules)
        for member in members { assessment.assess(member) }
        let (outcome, total) = try assessment.conclude(hasAccount: hasAccount)
        return (outcome, total, assessment.entitlements.map { rules.components[Int($0.component)].code })
    }

    @Test func aHouseholdThatMeetsItsConditionsGetsTheBase() throws {
        let decided = try decide([primaryPupil])
        #expect(decided == (.payable, 20_000, ["base"]))
    }

    @Test func theEarlyChildhoodAmountIsPaidOncePerHousehold() throws {
        let decided = try decide([infant, infant, pregnant])
        #expect(decided == (.payable, 30_000, ["base", "tpi"]))
    }

    @Test func theEarlyChildhoodAmountEndsAtTwentyFourMonths() throws {
        var older = infant
        older.ageMonths = 24
        #expect(try decide([older]) == (.payable, 20_000, ["base"]))
    }

    @Test func aPregnantMemberCountsForTheEarlyChildhoodAmountWhateverHerAge() throws {
        #expect(try decide([pregnant]) == (.payable, 30_000, ["base", "tpi"]))
    }

    @Test func theSecondaryAmountIsPaidPerPupil() throws {
        #expect(try decide([secondaryPupil, secondaryPupil, primaryPupil]) == (.payable, 36_000, ["base", "tas"]))
    }

    @Test func oneUnmetConditionCostsTheBaseAndWhatRequiresIt() throws {
        #expect(try decide([truant, secondaryPupil]) == (.notMet, 0, []))
        // The early-childhood amount does not require the base.
        #expect(try decide([truant, infant]) == (.payable, 10_000, ["tpi"]))
    }

    @Test func aMemberWhoseOwnConditionsAreNotMetDoesNotCount() throws {
        #expect(try decide([uncheckedInfant, primaryPupil]) == (.notMet, 0, []))
    }

    @Test func aHeldHouseholdIsEntitledToNothingYet() throws {
        let waiting = ConditionRule(
            code: "growth", position: 0, subject: .growthChecks(least: 1),
            ages: AgeRange(fromMonths: 0, belowMonths: 60),
            missing: .held)
        let rules = Rules(
            eligibility: RuleFixtures.eligibility, conditions: [waiting], components: RuleFixtures.rules.components,
            currency: "PEN")
        #expect(try decide([uncheckedInfant, secondaryPupil], rules: rules) == (.held, 0, []))
    }

    @Test func aHouseholdWithoutAccountKeepsItsEntitlement() throws {
        #expect(try decide([primaryPupil], hasAccount: false) == (.noAccount, 20_000, ["base"]))
    }

    @Test func oneHouseholdLeavesNothingBehindForTheNext() throws {
        var assessment = HouseholdAssessment(rules: RuleFixtures.rules)
        assessment.assess(truant)
        assessment.assess(infant)
        #expect(try assessment.conclude(hasAccount: true) == (.payable, 10_000))
        assessment.assess(primaryPupil)
        #expect(try assessment.conclude(hasAccount: true) == (.payable, 20_000))
        #expect(
            assessment.entitlements == [Entitlement(component: 0, units: 1, unitMinor: 20_000, amountMinor: 20_000)])
    }

    @Test func verdictsThatDoNotApplyAreLeftOut() {
        var assessment = HouseholdAssessment(rules: RuleFixtures.rules)
        assessment.assess(infant)
        #expect(assessment.verdicts.map(\.condition) == [1])
    }

    @Test func anAmountThatDoesNotFitIsAnErrorAndNotAWrappedNumber() {
        let huge = ComponentRule(
            code: "huge", position: 0, basis: .member, amountMinor: .max, ages: AgeRange(fromMonths: 0, belowMonths: 0))
        let rules = Rules(
            eligibility: RuleFixtures.eligibility, conditions: [], components: [huge], currency: "PEN")
        #expect(throws: AmountOverflow.self) { try decide([infant, infant], rules: rules) }
    }
}
