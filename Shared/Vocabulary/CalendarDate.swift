/// A day of the civil (proleptic Gregorian) calendar, years 1 to 9999. No clock, no time zone.
public struct CalendarDate: Sendable, Hashable, Comparable {
    /// Year, month and day in one number that sorts like the date.
    private let packed: Int32

    private init(unchecked year: Int, _ month: Int, _ day: Int) {
        packed = Int32(truncatingIfNeeded: year << 9 | month << 5 | day)
    }

    /// The date; nil when the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard 1...9999 ~= year, 1...12 ~= month, day >= 1, day <= Self.days(inMonth: month, of: year) else {
            return nil
        }
        self.init(unchecked: year, month, day)
    }

    /// Year.
    public var year: Int { Int(packed >> 9) }
    /// Month, from 1.
    public var month: Int { Int(packed >> 5 & 15) }
    /// Day of the month, from 1.
    public var day: Int { Int(packed & 31) }

    /// Whether `year` has 366 days.
    public static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// Days of a month.
    public static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Order in time.
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.packed < right.packed }
}

extension CalendarDate {
    /// Days from 2000-01-01, PostgreSQL's epoch.
    ///
    /// The arithmetic counts years from March, so that the leap day is a year's last. Source: Howard Hinnant,
    /// "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
    public var daysSinceEpoch2000: Int32 {
        let marchYear = month > 2 ? year : year - 1
        let era = marchYear / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 730_425)
    }

    /// The date that many days after 2000-01-01; nil outside the years 1 to 9999.
    public init?(daysSinceEpoch2000 days: Int32) {
        guard -730_119 <= days, days <= 2_921_939 else { return nil }
        let shifted = Int(days) + 730_425
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self.init(unchecked: year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// The date `days` later, or earlier when negative; nil outside the years 1 to 9999.
    public func adding(days: Int) -> CalendarDate? {
        Int32(exactly: Int(daysSinceEpoch2000) + days).flatMap(CalendarDate.init(daysSinceEpoch2000:))
    }

    /// The same day `months` later, or the last day of that month where it has no such day; nil outside the years
    /// 1 to 9999.
    public func addingMonths(_ months: Int) -> CalendarDate? {
        let count = year * 12 + month - 1 + months
        guard count >= 12, count < 10_000 * 12 else { return nil }
        let (year, month) = (count / 12, count % 12 + 1)
        return CalendarDate(unchecked: year, month, min(day, Self.days(inMonth: month, of: year)))
    }

    /// Days from this date to `other`; negative when `other` is earlier.
    public func days(until other: CalendarDate) -> Int {
        Int(other.daysSinceEpoch2000) - Int(daysSinceEpoch2000)
    }

    /// Whole months from this date of birth to `date`; negative before birth. A month is complete on the same day of
    /// the month, or on the first of the next month where there is no such day: a child born on 31 January is one month old
    /// on 1 March.
    public func ageInMonths(on date: CalendarDate) -> Int {
        (date.year - year) * 12 + date.month - month - (date.day < day ? 1 : 0)
    }

    /// Whole years from this date of birth to `date`; negative before birth.
    public func ageInYears(on date: CalendarDate) -> Int {
        let months = ageInMonths(on: date)
        return months >= 0 ? months / 12 : -((-months + 11) / 12)
    }

    /// Day of the week by ISO 8601: Monday is 1, Sunday 7.
    public var dayOfWeek: Int { (Int(daysSinceEpoch2000) % 7 + 7 + 5) % 7 + 1 }
}

extension CalendarDate: CustomStringConvertible {
    /// ISO 8601, for instance `2024-08-31`.
    public var description: String {
        func padded(_ value: Int, _ width: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: width - text.utf8.count) + text
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Reads `YYYY-MM-DD`, exactly; nil when it is anything else or no day of the calendar.
    public init?(iso8601 text: some StringProtocol) {
        self.init(iso8601: text.utf8)
    }

    /// Reads `YYYY-MM-DD` from bytes.
    public init?(iso8601 bytes: some Collection<UInt8>) {
        guard bytes.count == 10 else { return nil }
        var numbers = (0, 0, 0)
        for (offset, byte) in bytes.enumerated() {
            if offset == 4 || offset == 7 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard 48...57 ~= byte else { return nil }
            let digit = Int(byte) - 48
            switch offset {
            case 0..<4: numbers.0 = numbers.0 * 10 + digit
            case 5..<7: numbers.1 = numbers.1 * 10 + digit
            default: numbers.2 = numbers.2 * 10 + digit
            }
        }
        self.init(year: numbers.0, month: numbers.1, day: numbers.2)
    }
}
