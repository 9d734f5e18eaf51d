import Contracts
import Testing
import Vocabulary

@testable import BackOffice

private let currencies = [
    "L1": Currency(code: "PEN")!, "L2": Currency(code: "PEN")!, "L3": Currency(code: "CLP")!,
]

private func postings(_ kind: CoordinationV1.PostingKind, _ lines: String...) throws -> PostingFile {
    let table = try PostingFile.table(Array((lines.joined(separator: "\n") + "\n").utf8), name: "p.csv")
    return PostingFile(table, kind: kind, currencies: currencies)
}

private func split(_ lines: String...) throws -> SplitFile {
    try SplitFile(Array((lines.joined(separator: "\n") + "\n").utf8), name: "w.csv")
}

@Test func rowsThatCannotBeReadAreNamedAndTheOthersAreKept() throws {
    let file = try postings(
        .reserve, "posting_id,line,amount,document,expires_on,group", "a,L1,10.00,d,2024-12-31,g1", "b,L1,10.005,d,,g2",
        "c,L1,10.00,d,2024-02-30,", "d,L1,10.00", "e,L2,0.01,d,,")
    #expect(file.rows.map(\.number) == [2, 6])
    #expect(file.rows[0].posting.amountMinor == 1000 && file.rows[0].posting.expiresOn == "2024-12-31")
    #expect(file.faults.map(\.line) == [3, 4, 5])
    #expect(file.faults.map(\.field) == ["amount", "expires_on", ""])
    #expect(file.brokenGroups == ["g2"])
}

@Test func anAmountIsReadInItsLinesCurrency() throws {
    let file = try postings(
        .reserve, "posting_id,line,amount,document,currency", "a,L1,10,d,", "b,L3,10,d,CLP", "c,L3,10.50,d,",
        "d,L3,10,d,PEN", "e,L9,10,d,")
    #expect(file.rows.map(\.posting.amountMinor) == [1000, 10] && file.rows.map(\.posting.currency) == ["PEN", "CLP"])
    #expect(file.faults.map(\.field) == ["amount", "currency", "line"])
}

@Test func aReversalNeedsNoAmount() throws {
    let file = try postings(.reverse, "posting_id,line,amount,reverses", "a,L1,,x", "b,L1,2.50,y")
    #expect(file.rows.map(\.posting.amountMinor) == [0, 250])
}

@Test(arguments: ["posting_id,line", "posting_id,line,amount,colour", "posting_id,line,amount,line", ""])
func aHeaderThatIsNoneIsRefused(header: String) {
    #expect {
        _ = try postings(.cut, header, "a,L1,1.00")
    } throws: { error in
        (error as? Failure)?.place?.hasPrefix("p.csv") ?? false
    }
}

@Test func anAmountIsSplitOverTheLinesOfAFile() throws {
    let parts = try split("line,weight", "A,1", "B,0", "C,1", "D,1").parts(of: 100_00)
    #expect(parts.map(\.line) == ["A", "C", "D"])
    #expect(parts.map(\.amountMinor) == [33_34, 33_33, 33_33])
    #expect(parts.map(\.number) == [2, 4, 5])
}

@Test(arguments: [["A,0"], ["A,-1"], ["A,x"], ["A,1", "A,2"], [",1"], ["A,1.5"]])
func weightsThatSayNothingAreRefused(rows: [String]) {
    #expect(throws: Failure.self) {
        _ = try SplitFile(Array((["line,weight"] + rows).joined(separator: "\n").utf8), name: "w.csv")
    }
}
