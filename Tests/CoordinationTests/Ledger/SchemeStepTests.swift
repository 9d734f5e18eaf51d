import Contracts
import Foundation
import LedgerAudit
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

/// The schemes that are shipped, and the ledger's own.
private func scheme(_ country: String) throws -> CoordinationV1.BudgetScheme? {
    guard country != "standard" else { return nil }
    let file = root.appendingPathComponent("deploy/programmes/\(country)/budget_scheme.json")
    return try CoordinationV1.BudgetScheme(json: Array(Data(contentsOf: file)))
}

private struct StepFlags: Statement {
    static let sql = "SELECT skips_reserved, skips_ordered FROM coordination.budget_line_v1 WHERE line = 'L'"

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (reserved: Bool, ordered: Bool) {
        (try row.bool(0), try row.bool(1))
    }
}

/// Callers read which steps a line's scheme has, and pay to the end with these.
@Test(arguments: ["standard", "peru", "colombia", "mexico"])
func everySchemePaysToTheEndWithTheStepsThatItHas(country: String) async throws {
    try await withLine(scheme: try scheme(country)) { steps in
        let skips = try #require(try await steps.pool.query(StepFlags()).first)
        var kinds: [CoordinationV1.PostingKind] = skips.reserved ? [] : [.reserve]
        kinds += [.commit, .accrue] + (skips.ordered ? [] : [.order]) + [.pay]
        for kind in kinds { #expect(try await steps.post("\(kind)", kind, 60_000, "R1") == "posted", "\(kind)") }
        #expect(try await steps.accounts() == "(100000,40000,0,0,0,0,60000)")
        if skips.reserved { #expect(try await steps.post("no", .reserve, 1, "R1") == "stage_not_used") }
        if skips.ordered { #expect(try await steps.post("no", .order, 1, "R1") == "stage_not_used") }
        // What the bank sends back is free again, and paid again.
        #expect(try await steps.post("back", .return, 10_000, "R1", stage: "paid") == "posted")
        #expect(try await steps.accounts() == "(100000,50000,0,0,0,0,50000)")
        for kind in kinds { #expect(try await steps.post("\(kind) again", kind, 10_000, "R1") == "posted", "\(kind)") }
        // What never left is given up at each stage.
        for (number, stage) in kinds.dropLast().map({ stageName($0) }).enumerated() {
            for kind in kinds[...number] {
                #expect(try await steps.post("\(stage) \(kind)", kind, 1_000, "R2") == "posted")
            }
            #expect(try await steps.post("\(stage) up", .release, 1_000, "R2", stage: stage) == "posted")
        }
        #expect(try await steps.accounts() == "(100000,40000,0,0,0,0,60000)")
        #expect(try await LedgerAuditor(steps.pool).run().problems == [])
    }
}

/// Rejected and returned payments of a year that closes or is sealed between any two steps leave the line, and nothing else
/// is held back.
@Test(arguments: ["standard", "peru", "colombia", "mexico"], [Int16(1), 2, 3])
func whatTheBankSendsBackIsTakenInEveryStateOfTheYear(country: String, state: Int16) async throws {
    try await withLine(scheme: try scheme(country)) { steps in
        let skips = try #require(try await steps.pool.query(StepFlags()).first)
        var kinds: [CoordinationV1.PostingKind] = skips.reserved ? [] : [.reserve]
        kinds += [.commit, .accrue] + (skips.ordered ? [] : [.order])
        for kind in kinds { #expect(try await steps.post("\(kind)", kind, 60_000, "R1") == "posted") }
        #expect(try await steps.post("pay", .pay, 20_000, "R1") == "posted")
        // The standard scheme carries accruals over; here the year is sealed with them, as if it let them stay.
        try await steps.pool.script("UPDATE coordination.budget_scheme SET accrued_at_year_end = 4")
        if state > 1 { #expect(try await steps.pool.query(SetYear(year: 2024, state: state)) == ["changed"]) }
        let last = skips.ordered ? "accrued" : "ordered"
        func posting(_ id: String, _ kind: CoordinationV1.PostingKind, _ stage: String, _ amount: Int64)
            -> CoordinationV1.Posting
        {
            .init(
                postingId: id, kind: kind, line: "L", amountMinor: amount, document: "R1", stage: stage, group: id,
                currency: "PEN")
        }
        let answers = try await steps.batch(
            [
                posting("paid", .pay, "", 30_000), posting("returned", .return, "paid", 5_000),
                posting("too much", .return, "paid", 900_000), posting("rejected", .return, last, 10_000),
            ], .perGroup)
        #expect(answers == ["posted", "posted", "insufficient_paid", "posted"])
        let (appropriated, free) = state == 1 ? (100_000, 55_000) : (85_000, 40_000)
        #expect(try await steps.accounts() == "(\(appropriated),\(free),0,0,0,0,45000)")
        #expect(try await steps.post("wrong", .reverse, 0, reverses: "returned") == "posted")
        #expect(try await LedgerAuditor(steps.pool).run().problems.filter { !$0.hasPrefix("scheme") } == [])
    }
}

private func stageName(_ kind: CoordinationV1.PostingKind) -> String {
    switch kind {
    case .reserve: "reserved"
    case .commit: "committed"
    case .accrue: "accrued"
    default: "ordered"
    }
}
