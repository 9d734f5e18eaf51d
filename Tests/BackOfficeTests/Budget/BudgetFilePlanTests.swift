import Contracts
import Testing

@testable import BackOffice

private let header = "line,fiscal_year,fund,ministry,programme,territory_code,currency,appropriation,document"

private func rows(_ lines: String...) throws -> [BudgetFile.Row] {
    try BudgetFile(Array(([header] + lines).joined(separator: "\n").utf8), name: "b.csv").rows
}

private func row(_ line: String, _ amount: String, _ document: String = "", currency: String = "PEN") -> String {
    "\(line),2024,RO,MIDIS,juntos,06,\(currency),\(amount),\(document)"
}

private func known(_ line: String, _ minor: Int128, _ document: String = "budget-2024") -> KnownAppropriations.Row {
    .init(line: line, document: document, appropriated: minor, transfers: 1)
}

@Test func onlyWhatIsNewInAFileIsPosted() throws {
    let file = try rows(row("A", "1000.00"), row("B", "20.00"), row("B", "5.00", "ley-9"))
    let plan = BudgetFilePlan(file, known: [known("A", 100_000), known("B", 2000)])
    #expect(plan.unchanged == 2 && plan.changed.isEmpty && plan.new.map(\.document) == ["ley-9"])
    let days = [Int32(2024): BudgetDay(businessDate: "2024-01-01")]
    let postings = plan.postings(withChanges: true, dates: days).map(\.posting)
    #expect(postings.map(\.postingId) == ["budget/1/ley-9/B"] && postings.map(\.businessDate) == ["2024-01-01"])
    #expect(postings.map(\.amountMinor) == [500] && postings.map(\.currency) == ["PEN"])
}

@Test func aCorrectedCellIsShownAndPostedAsItsDifferenceWhereWanted() throws {
    let file = try rows(row("A", "25000"), row("B", "20.00"), row("C", "30", "", currency: "CLP"))
    let plan = BudgetFilePlan(file, known: [known("A", 2_000_000), known("B", 3000), known("C", 20)])
    #expect(
        plan.changed.map { $0.words.english } == [
            "20,000.00 to 25,000.00 PEN (+5,000.00)", "30.00 to 20.00 PEN (-10.00)", "20 to 30 CLP (+10)",
        ])
    #expect(plan.postings(withChanges: false, dates: [:]).isEmpty)
    let postings = plan.postings(withChanges: true, dates: [:]).map(\.posting)
    #expect(postings.map(\.kind) == [.appropriate, .cut, .appropriate])
    #expect(postings.map(\.amountMinor) == [500_000, 1000, 10])
    #expect(
        postings.map(\.postingId) == ["budget/2/budget-2024/A", "budget/2/budget-2024/B", "budget/2/budget-2024/C"])
}

/// Mexico's programme keys have up to 64 characters; the identifiers that are made of them do not grow with them.
@Test func aLineOf64CharactersIsFundedFromAFile() throws {
    let line = String(repeating: "2024-20-313-1-00-01-S-176-43401-1-1-09-", count: 2).prefix(64)
    let plan = BudgetFilePlan(try rows(row(String(line), "1.00")), known: [])
    let id = plan.postings(withChanges: false, dates: [:])[0].posting.postingId
    #expect(id.utf8.count == 64 && id.hasPrefix("budget/1/budget-2024/2024-"))
}
