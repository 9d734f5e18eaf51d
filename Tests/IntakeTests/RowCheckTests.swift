import Contracts
import Tabular
import Testing

@testable import Intake

/// What a reader of one field makes of a text: its value as text, or the reason why not.
private func reading(
    _ text: String, today: Int32 = 10_000, _ read: (borrowing CSVRow, inout RowCheck) -> String
) throws -> String {
    var result = "no row"
    var reader = CSVReader()
    // A second field keeps a line with an empty first one from being an empty line.
    func take(_ row: borrowing CSVRow) {
        var check = RowCheck(line: 1, file: 1, today: today)
        let value = read(row, &check)
        result = check.fault.map(\.reason.rawValue) ?? value
    }
    try reader.feed(Array("\(text),x\n".utf8), take)
    try reader.finish(take)
    return result
}

@Test(arguments: [
    ("0", "0"), ("42", "42"), ("0042", "42"), ("999999999999999", "999999999999999"),
    ("1000000000000000", "out_of_range"), ("99999999999999999999", "out_of_range"), ("-1", "negative"),
    ("-", "not_a_number"), ("--1", "not_a_number"), ("1.0", "fractional"), ("1.", "fractional"),
    (".5", "not_a_number"), ("1.2.3", "not_a_number"), ("+1", "not_a_number"), ("1 ", "not_a_number"),
    ("٤٢", "not_a_number"), ("0x1F", "not_a_number"), ("", "missing"),
])
func wholeNumbersAreDigitsAlone(text: String, expected: String) throws {
    #expect(try reading(text) { "\($1.number($0, 0, in: 0...999_999_999_999_999))" } == expected)
}

@Test(arguments: [
    ("", "nil"), ("0", "0"), ("7", "700"), ("7.5", "750"), ("41.25", "4125"), ("100", "10000"), ("100.00", "10000"),
    ("100.01", "out_of_range"), ("41.256", "fractional"), ("-0.5", "negative"), ("41.", "not_a_number"),
    (".5", "not_a_number"), ("\"41,25\"", "not_a_number"), ("4e1", "not_a_number"),
])
func percentagesAreHundredths(text: String, expected: String) throws {
    #expect(try reading(text) { $1.percentHundredths($0, 0).map { "\($0)" } ?? "nil" } == expected)
}

@Test(arguments: [
    ("0.00", "0"), ("1200.50", "120050"), ("999999999999999.99", "99999999999999999"), ("1200", "fractional"),
    ("1200.5", "fractional"), ("1200.505", "fractional"), ("-1.00", "negative"), ("\"1,200.50\"", "not_a_number"),
    ("S/1.00", "not_a_number"), ("1.0O", "not_a_number"), ("", "missing"), ("1.00.00", "not_a_number"),
    ("9999999999999999.00", "not_a_number"),
])
func amountsHaveExactlyTwoDecimals(text: String, expected: String) throws {
    #expect(try reading(text) { "\($1.amountMinor($0, 0))" } == expected)
}

@Test(arguments: [
    ("2000-01-01", "0"), ("1999-12-31", "-1"), ("2024-02-29", "8825"), ("1900-01-01", "-36524"),
    ("2023-02-29", "impossible_date"), ("1900-02-29", "impossible_date"), ("2024-04-31", "impossible_date"),
    ("2024-00-10", "impossible_date"), ("2024-1-10", "impossible_date"), ("1899-12-31", "impossible_date"),
    ("2027-05-18", "9999"), ("2027-05-19", "10000"), ("2027-05-20", "impossible_date"), ("", "missing"),
    ("2024-07-31T00:00", "impossible_date"), ("20-07-2024", "impossible_date"), ("2024/07/31", "impossible_date"),
])
func daysAreThoseOfTheCalendarUpToToday(text: String, expected: String) throws {
    #expect(try reading(text) { "\($1.date($0, 0))" } == expected)
}

@Test(arguments: [
    ("2024-07", "8948"), ("2024-13", "impossible_date"), ("2024-7", "impossible_date"), ("07-2024", "impossible_date"),
    ("2027-06", "impossible_date"), ("", "missing"),
])
func monthsAreTheirFirstDay(text: String, expected: String) throws {
    #expect(try reading(text) { "\($1.month($0, 0))" } == expected)
}

@Test func onlyTheFirstFaultOfARowIsKept() throws {
    var faults: [RowFault?] = []
    var reader = CSVReader()
    try reader.feed(Array("a,b\n1,2\n".utf8)) { row in
        var check = RowCheck(line: 1, file: 1, today: 0)
        check.begin(line: row.line)
        _ = check.number(row, 0, in: 0...9)
        _ = check.date(row, 1)
        faults.append(check.fault)
    }
    #expect(faults.map { $0?.field } == [0, 1])
    #expect(faults.map { $0?.reason } == [.notANumber, .impossibleDate])
}
