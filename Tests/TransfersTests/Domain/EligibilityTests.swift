import Contracts
import Testing
import TransfersDomain
import Vocabulary

@Suite struct EligibilityTests {
    private let firstDay = RuleFixtures.day("2024-07-01")

    private func household(_ change: (inout HouseholdFacts) -> Void = { _ in }) -> HouseholdFacts {
        var facts = HouseholdFacts(
            povertyClass: .poor, residenceSince: RuleFixtures.day("2020-01-01"),
            youngestBirth: RuleFixtures.day("2015-05-05"), anyPregnant: false, territoryPovertyHundredths: 5_000)
        change(&facts)
        return facts
    }

    private func refusals(_ change: (inout HouseholdFacts) -> Void = { _ in }) -> Refusals {
        RuleFixtures.eligibility.refusals(of: household(change), on: firstDay)
    }

    @Test func aHouseholdThatMeetsEveryCriterionIsAffiliated() {
        #expect(refusals() == [])
    }

    @Test(arguments: [(PovertyClass.extremePoor, true), (.poor, true), (.nonPoor, false)])
    func thePovertyClassMustQualify(povertyClass: PovertyClass, qualifies: Bool) {
        #expect(refusals { $0.povertyClass = povertyClass } == (qualifies ? [] : .povertyClass))
    }

    @Test(arguments: [("2024-01-01", true), ("2024-01-02", false), ("2024-07-02", false)])
    func sixCompletedMonthsOfResidenceAreNeeded(since: String, qualifies: Bool) {
        #expect(refusals { $0.residenceSince = RuleFixtures.day(since) } == (qualifies ? [] : .residence))
    }

    @Test(arguments: [
        ("2005-07-02", false, true),  // eighteen, nineteen tomorrow
        ("2005-07-01", false, false),  // nineteen today
        ("2005-07-01", true, true),  // nineteen, but someone is pregnant
        ("2024-07-02", false, false),  // born after the first day
    ])
    func aMemberUnderNineteenOrAPregnantOneIsNeeded(birth: String, pregnant: Bool, qualifies: Bool) {
        let found = refusals {
            $0.youngestBirth = RuleFixtures.day(birth)
            $0.anyPregnant = pregnant
        }
        #expect(found == (qualifies ? [] : .members))
    }

    @Test func aHouseholdWithoutMembersIsRefused() {
        #expect(refusals { $0.youngestBirth = nil } == .members)
    }

    @Test(arguments: [(Int32?.some(3_999), false), (4_000, true), (nil, true)])
    func theTerritoryMustBePoorEnoughUnlessItsRateIsUnknown(rate: Int32?, qualifies: Bool) {
        #expect(refusals { $0.territoryPovertyHundredths = rate } == (qualifies ? [] : .territory))
    }

    @Test func everyReasonIsGivenNotOnlyTheFirst() {
        let found = refusals {
            $0.povertyClass = .nonPoor
            $0.residenceSince = firstDay
            $0.youngestBirth = nil
            $0.territoryPovertyHundredths = 0
        }
        #expect(found == [.povertyClass, .residence, .members, .territory])
    }

    @Test func zeroMeansAny() {
        let open = EligibilityRule(
            povertyClasses: [.nonPoor], minResidenceMonths: 0, memberYoungerThanYears: 0,
            minTerritoryPovertyHundredths: 0)
        let facts = HouseholdFacts(
            povertyClass: .nonPoor, residenceSince: RuleFixtures.day("2030-01-01"), youngestBirth: nil,
            anyPregnant: false, territoryPovertyHundredths: 0)
        #expect(open.refusals(of: facts, on: firstDay) == [])
    }
}
