import Contracts
import Testing
import Vocabulary

struct CalendarDateTests {
    private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso8601: text)) }

    @Test(arguments: [
        ("2000-01-01", 0), ("1999-12-31", -1), ("2000-02-29", 59), ("2000-03-01", 60), ("2024-08-31", 9_009),
        ("1970-01-01", -10_957), ("0001-01-01", -730_119), ("9999-12-31", 2_921_939), ("1900-03-01", -36_465),
    ])
    func daysAreCountedFrom2000(text: String, days: Int32) throws {
        #expect(try date(text).daysSinceEpoch2000 == days)
        #expect(CalendarDate(daysSinceEpoch2000: days)?.description == text)
    }

    @Test func everyDayOfEightCenturiesFollowsTheDayBefore() throws {
        var previous = try date("1599-12-31")
        for days in previous.daysSinceEpoch2000 + 1...(try date("2401-01-01").daysSinceEpoch2000) {
            let next = try #require(CalendarDate(daysSinceEpoch2000: days))
            let sameMonth = next.year == previous.year && next.month == previous.month && next.day == previous.day + 1
            let atEnd = previous.day == CalendarDate.days(inMonth: previous.month, of: previous.year) && next.day == 1
            guard sameMonth || atEnd, previous < next, next.daysSinceEpoch2000 == days,
                next.dayOfWeek == previous.dayOfWeek % 7 + 1
            else {
                Issue.record("\(next) after \(previous)")
                return
            }
            previous = next
        }
        #expect(previous.description == "2401-01-01")
    }

    @Test func onlyDaysOfTheCalendarAreRead() {
        for text in [
            "2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "2024-00-10", "2024-01-00", "0000-01-01",
            "2024-1-01",
            "2024-01-1", "24-01-01", "2024/01/01", "2024-01-01 ", "+024-01-01", "２024-01-0", "", "2024-01-01T00:00:00Z",
        ] { #expect(CalendarDate(iso8601: text) == nil, "\(text)") }
        #expect(CalendarDate(iso8601: "2024-02-29")?.day == 29)
        #expect(CalendarDate(daysSinceEpoch2000: .max) == nil)
    }

    @Test(arguments: [
        ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-02-29", 12, "2025-02-28"),
        ("2024-03-31", -1, "2024-02-29"), ("2024-08-31", 18, "2026-02-28"), ("2024-01-15", -13, "2022-12-15"),
        ("2024-12-31", 2, "2025-02-28"), ("2024-05-05", 0, "2024-05-05"),
    ])
    func monthsEndWhereTheirMonthEnds(from: String, months: Int, to: String) throws {
        #expect(try date(from).addingMonths(months)?.description == to)
    }

    @Test func theCalendarEnds() throws {
        #expect(try date("9999-12-01").addingMonths(1) == nil)
        #expect(try date("0001-01-31").addingMonths(-1) == nil)
        #expect(try date("9999-12-31").adding(days: 1) == nil)
    }

    @Test(arguments: [
        ("2024-01-31", "2024-02-29", 0), ("2024-01-31", "2024-03-01", 1), ("2020-02-29", "2021-02-28", 11),
        ("2020-02-29", "2021-03-01", 12), ("2020-07-01", "2024-07-01", 48), ("2020-07-02", "2024-07-01", 47),
        ("2024-07-02", "2024-07-01", -1), ("2006-08-31", "2024-08-31", 216),
    ])
    func anAgeCountsWholeMonths(born: String, on: String, months: Int) throws {
        #expect(try date(born).ageInMonths(on: date(on)) == months)
        #expect(try date(born).ageInYears(on: date(on)) == Int((Double(months) / 12).rounded(.down)))
    }

    @Test func weekdaysAreThoseOfISO8601() throws {
        #expect(try date("2024-09-01").dayOfWeek == 7)
        #expect(try date("2024-09-02").dayOfWeek == 1)
        #expect(try date("0001-01-01").dayOfWeek == 1)
    }

    @Test func daysCanBeAddedAndCounted() throws {
        #expect(try date("2024-02-28").adding(days: 2) == date("2024-03-01"))
        #expect(try date("2024-07-01").days(until: date("2024-08-31")) == 61)
    }

    @Test func aMomentOfPostgreSQLIsATimestamp() {
        #expect(Timestamp(microsecondsSinceEpoch2000: -1)?.description == "1999-12-31T23:59:59.999999Z")
        #expect(Timestamp(microsecondsSinceEpoch2000: 0)?.description == "2000-01-01T00:00:00Z")
        #expect(Timestamp(rfc3339: "1969-12-31T19:00:00.5-05:00")?.description == "1970-01-01T00:00:00.500Z")
    }
}
