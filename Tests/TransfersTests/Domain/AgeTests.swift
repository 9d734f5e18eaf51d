import Contracts
import Testing
import TransfersDomain

@Suite struct AgeTests {
    @Test(arguments: [
        ("2018-07-01", "2024-07-01", 72),  // exactly six years
        ("2018-07-02", "2024-07-01", 71),  // a day short of six years
        ("2022-07-01", "2024-07-01", 24),  // exactly 24 months
        ("2022-07-02", "2024-07-01", 23),
        ("2024-07-01", "2024-07-01", 0),  // born on the first day
        ("2024-07-02", "2024-07-01", -1),  // born a day later
        ("2024-08-01", "2024-07-01", -1),
        ("2024-02-29", "2025-02-28", 11),  // a leap birthday is completed on 1 March of common years
        ("2024-02-29", "2025-03-01", 12),
        ("2020-02-29", "2024-02-29", 48),
        ("2024-01-31", "2024-02-29", 0),  // no 31 February: completed on 1 March
        ("2024-01-31", "2024-03-01", 1),
        ("2023-12-31", "2024-01-01", 0),
    ])
    func monthsAreCompletedOnTheDayOnWhichTheyBegan(birth: String, day: String, months: Int) {
        #expect(RuleFixtures.day(birth).ageInMonths(on: RuleFixtures.day(day)) == months)
    }

    @Test(arguments: [
        (Int32(0), Int32(60), -1, false), (0, 60, 0, true), (0, 60, 59, true), (0, 60, 60, false),
        (72, 0, 71, false), (72, 0, 72, true), (72, 0, 1_200, true), (0, 0, -1, false),
    ])
    func aRangeHoldsItsLowerBoundAndNotItsUpper(from: Int32, below: Int32, months: Int, inside: Bool) {
        #expect(AgeRange(fromMonths: from, belowMonths: below).contains(months) == inside)
    }
}
