import Contracts
import Vocabulary

/// The two months that evidence is written for: the fourth payment cycle of 2024.
enum Cycle {
    /// 2024-07-01 in days since 2000-01-01.
    static let firstDay: Int32 = 8_948
    static let first = CalendarDate(daysSinceEpoch2000: firstDay)!
    static let fiscalYear = 2024
    /// School days of July: weekdays to the 26th less the 23rd, a holiday; the mid-year break follows.
    static let julySchoolDays = 19
    /// School days of August: weekdays from the 12th to the 29th; the 30th is a holiday.
    static let augustSchoolDays = 14
    /// Days of a member who is not yet 19 on the first day: born after 2005-07-01.
    static let youngestAdultDays = 6_940
}
