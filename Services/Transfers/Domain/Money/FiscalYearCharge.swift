import Vocabulary

/// Which fiscal year a payment is charged to: one rule for payment runs and reports, the country's.
public struct FiscalYearCharge: Sendable, Equatable {
    /// The day that says to which year a cycle is charged.
    public enum Day: Sendable, Equatable {
        /// The day on which the bank shall pay: what a year's budget pays is paid in that year.
        case payDay
        /// The cycle's last day.
        case lastDay
    }

    /// The day that decides.
    public let day: Day
    /// The month that begins the fiscal year, from 1. A year is named after the calendar year in which it ends.
    public let firstMonth: Int

    /// The rule where the country says nothing: calendar years, by the day of payment.
    public static let byPayDay = FiscalYearCharge(day: .payDay, firstMonth: 1)

    /// A rule.
    public init(day: Day, firstMonth: Int) {
        self.day = day
        self.firstMonth = firstMonth
    }

    /// The fiscal year that pays a cycle.
    public func year(payOn: CalendarDate, lastDay: CalendarDate) -> Int32 {
        let decides = day == .payDay ? payOn : lastDay
        return Int32(decides.year + (firstMonth > 1 && decides.month >= firstMonth ? 1 : 0))
    }
}
