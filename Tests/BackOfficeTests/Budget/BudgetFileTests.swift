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
    #expect(file.digest.count == 64)
}

@Test func theSameBytesHaveTheSameDigest() throws {
    let first = try read(header, good).digest
    let second = try read(header, good).digest
    let other = try read(header, good.replacing("1234.50", with: "1234.51")).digest
    #expect(first == second)
    #expect(first != other)
}

@Test(arguments: [
    ("1234.5", "appropriation"), ("-1.00", "appropriation"), ("0.00", "appropriation"), ("1e3", "appropriation"),
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
