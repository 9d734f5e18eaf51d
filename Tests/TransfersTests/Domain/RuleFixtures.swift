import Contracts
import TransfersDomain
import Vocabulary

/// Rules like those of a conditional transfer with an early-childhood and a secondary add-on.
enum RuleFixtures {
    static let attendance = ConditionRule(
        code: "attendance", position: 0, subject: .schoolAttendance(thresholdHundredths: 8_500),
        ages: AgeRange(fromMonths: 72, belowMonths: 228), missing: .notMet)
    static let growth = ConditionRule(
        code: "growth", position: 1, subject: .growthChecks(least: 1), ages: AgeRange(fromMonths: 0, belowMonths: 60),
        missing: .notMet)
    static let prenatal = ConditionRule(
        code: "prenatal", position: 2, subject: .prenatalChecks(least: 2),
        ages: AgeRange(fromMonths: 0, belowMonths: 0),
        missing: .notMet)

    static let base = ComponentRule(
        code: "base", position: 0, basis: .household, amountMinor: 20_000, ages: AgeRange(fromMonths: 0, belowMonths: 0)
    )
    static let early = ComponentRule(
        code: "tpi", position: 1, basis: .householdWithMember, amountMinor: 10_000,
        ages: AgeRange(fromMonths: 0, belowMonths: 24), countsPregnant: true)
    static let secondary = ComponentRule(
        code: "tas", position: 2, basis: .member, amountMinor: 8_000, ages: AgeRange(fromMonths: 72, belowMonths: 228),
        schoolLevel: .secondary, requiresBase: true)

    static let eligibility = EligibilityRule(
        povertyClasses: [.extremePoor, .poor], minResidenceMonths: 6, memberYoungerThanYears: 19,
        minTerritoryPovertyHundredths: 4_000)

    static let rules = Rules(
        eligibility: eligibility, conditions: [attendance, growth, prenatal], components: [base, early, secondary],
        currency: "PEN")

    static func day(_ text: String) -> CalendarDate {
        guard let day = CalendarDate(iso8601: text) else { preconditionFailure("not a date: \(text)") }
        return day
    }
}
