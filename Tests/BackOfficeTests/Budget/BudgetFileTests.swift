import Testing

@testable import BackOffice

private let header = "line,fiscal_year,fund,ministry,programme,territory_code,currency,appropriation"
private let good = "2024-RO-MIDIS-juntos-06,2024,RO,MIDIS,juntos,06,PEN,1234.50"

private func read(_ lines: String...) throws -> BudgetFile {
    try BudgetFile(Array((lines.joined(separator: "\n") + "\n").utf8), name: "budget.csv")
}

@Test func aBudgetFileBecomesLinesAndMinorUnits() throws {
    let file = try read(header, good)
    #expect(file.rows.count == 1)
    #expect(file.rows[0].appropriationMinor == 123_450)
    #expect(file.rows[0].line.territory == "06")
    #expect(file.rows[0].line.fiscalYear == 2024)
}

@Test(
    arguments: [
        ("1000", "PEN", 100_000), ("1000.00", "PEN", 100_000), ("1234.5", "PEN", 123_450), ("1000", "CLP", 1000),
        ("1000.00", "PYG", 1000), ("1000.123", "KWD", 1_000_123), ("1000", "KWD", 1_000_000),
    ] as [(String, String, Int64)])
func anAmountHasItsCurrencysDigits(text: String, currency: String, minor: Int64) throws {
    let file = try read(header, good.replacing("1234.50", with: text).replacing("PEN", with: currency))
    #expect(file.rows.map(\.appropriationMinor) == [minor])
}

@Test(arguments: [("10.50", "CLP"), ("1000.1234", "KWD"), ("1234.505", "PEN"), ("1.00", "SOL"), ("1.00", "")])
func anAmountThatTheCurrencyCannotHaveIsRefused(text: String, currency: String) {
    #expect(throws: Failure.self) {
        _ = try read(header, good.replacing("1234.50", with: text).replacing("PEN", with: currency))
    }
}

/// The same rows saved by another program are the same rows: what they appropriate is known by line and document.
@Test func theBytesOfAFileDoNotMatter() throws {
    let rows = try read(header, good).rows
    let quoted = good.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
    let marked = [0xEF, 0xBB, 0xBF] + Array("\(header)\r\n\(quoted)\r\n".utf8)
    #expect(try BudgetFile(marked, name: "budget.csv").rows == rows)
    #expect(rows[0].document == "budget-2024")
    #expect(try read(header + ",document", good + ",ley-1").rows[0].document == "ley-1")
}

@Test(arguments: [
    ("+1.00", "appropriation"), ("-1.00", "appropriation"), ("0.00", "appropriation"), ("1e3", "appropriation"),
    ("10000000000000.01", "appropriation"),
    ("1,000.00", "fields"), ("", "appropriation"), ("92233720368547758.08", "appropriation"), ("١.00", "appropriation"),
])
func anAmountOfAnotherFormIsRefused(text: String, word: String) {
    #expect {
        _ = try read(header, good.replacing("1234.50", with: text))
    } throws: { error in
        guard let failure = error as? Failure else { return false }
        return failure.place == "budget.csv:2" && failure.what.english.contains(word)
    }
}

@Test func aRenamedColumnIsRefusedAtTheHeader() {
    #expect {
        _ = try read(header.replacing("fund", with: "source"), good)
    } throws: { error in
        (error as? Failure)?.place == "budget.csv:1"
    }
}

@Test func aLineMayStandInTheFileOnce() {
    #expect {
        _ = try read(header, good, good)
    } throws: { error in
        (error as? Failure)?.place == "budget.csv:3"
    }
}

@Test func aFileWithoutRowsIsRefused() {
    #expect(throws: Failure.self) { _ = try read(header) }
    #expect(throws: Failure.self) { _ = try BudgetFile([], name: "budget.csv") }
}

@Test func aFileThatIsNotUTF8IsRefusedAtItsLine() {
    let latin1 = Array((header + "\n").utf8) + Array(good.utf8).map { $0 == UInt8(ascii: "R") ? 0xE9 : $0 } + [10]
    #expect {
        _ = try BudgetFile(latin1, name: "budget.csv")
    } throws: { error in
        (error as? Failure)?.place == "budget.csv:2"
    }
}
