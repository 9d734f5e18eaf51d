import Contracts
import CoordinationDomain
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

/// Sums that would overflow are refused where they enter.
@Test func anAmountAndALineHaveABound() async throws {
    try await withLine { steps in
        let bound = LedgerBounds.amount
        #expect(try await steps.post("a", .appropriate, bound + 1) == "invalid_amount")
        #expect(try await steps.post("b", .appropriate, Int64.max) == "invalid_amount")
        #expect(try await steps.post("c", .appropriate, bound) == "posted")
        // A hundred of the largest and no more: 10^17.
        let many = (0..<100).map { number in
            CoordinationV1.Posting(
                postingId: "m\(number)", kind: .appropriate, line: "L", amountMinor: bound, currency: "PEN")
        }
        let answers = try await steps.batch(many, .continue)
        #expect(answers.count { $0 == "posted" } == 98)
        #expect(answers.suffix(2) == ["line_bound_exceeded", "line_bound_exceeded"])
        let again = many.prefix(2).map {
            CoordinationV1.Posting(
                postingId: $0.postingId + "!", kind: .appropriate, line: "L", amountMinor: bound, currency: "PEN")
        }
        #expect(try await steps.batch(again, .atomic).contains("line_bound_exceeded"))
        let left = LedgerBounds.line - bound * 99 - 100_000
        #expect(try await steps.post("last", .appropriate, left) == "posted")
        #expect(try await steps.post("one more", .appropriate, 1) == "line_bound_exceeded")
        // A cut makes room, also within a batch.
        let pair = [(CoordinationV1.PostingKind.cut, "x"), (.appropriate, "y")].map { kind, id in
            CoordinationV1.Posting(postingId: id, kind: kind, line: "L", amountMinor: 7, currency: "PEN")
        }
        #expect(try await steps.batch(pair, .atomic) == ["posted", "posted"])
        #expect(try await steps.accounts().hasPrefix("(\(LedgerBounds.line),"))
        let status = "SELECT appropriated, first_open_day FROM coordination.budget_line_v1"
        #expect(try await steps.pool.texts(of: status) == ["(\(LedgerBounds.line),2024-01-01)"])
    }
}

@Test func aLineThatNothingControlsIsOverdrawnAsFarAsTheBoundAndNoFurther() async throws {
    try await withLine { steps in
        _ = try await steps.pool.query(SetControl(line: "L", control: 2))
        let many = (0..<100).map { number in
            CoordinationV1.Posting(
                postingId: "r\(number)", kind: .reserve, line: "L", amountMinor: LedgerBounds.amount, document: "d",
                currency: "PEN")
        }
        #expect(try await steps.batch(many, .atomic).allSatisfy { $0 == "posted" })
        do {
            try await steps.post("over", .reserve, LedgerBounds.amount, "d")
            Issue.record("nothing held it back")
        } catch let error as PostgresError {
            let constraint = error.constraint ?? ""
            #expect(constraint == "budget_balance_bound_check")
            #expect(CoordinationService.ledgerConstraints[constraint]?.code == .outOfRange)
        }
    }
}
