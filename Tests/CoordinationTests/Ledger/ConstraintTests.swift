import Contracts
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

/// The constraints of the ledger's tables that can refuse what a caller asks for, keys apart.
private struct ConstraintNames: Statement {
    static let sql = """
        SELECT DISTINCT conname::text FROM pg_constraint
        WHERE connamespace = 'coordination'::regnamespace AND contype IN ('c', 'u', 'f') AND conparentid = 0
            AND (conrelid::regclass::text LIKE 'coordination.budget%'
                OR conrelid = 'coordination.fiscal_year'::regclass)
        """

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

@Test func everyConstraintOfTheLedgerHasItsError() async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 1)
        let known = Set(CoordinationService.ledgerConstraints.keys).union(CoordinationService.keptConstraints.keys)
        let lines = ["budget_balance_line_fkey", "budget_hold_line_fkey", "budget_limit_line_line_fkey"]
        let names = Set(try await pool.query(ConstraintNames())).subtracting(lines).subtracting([
            "budget_limit_line_limit_fkey"
        ])
        #expect(names.subtracting(known) == [])
        let keys: Set = ["budget_posting_pkey", "budget_reversal_pkey", "budget_document_pkey"]
        #expect(known.subtracting(names).subtracting(keys) == [])
        await pool.close()
    }
}

/// The balance's constraints, and a change of one line's row that breaks each of them.
@Test(arguments: [
    ("budget_balance_available_check", "available = available - 600, reserved = reserved + 600"),
    ("budget_balance_reserved_check", "reserved = reserved - 300, committed = committed + 300"),
    ("budget_balance_committed_check", "committed = committed - 200, accrued = accrued + 200"),
    ("budget_balance_accrued_check", "accrued = accrued - 200, ordered = ordered + 200"),
    ("budget_balance_ordered_check", "ordered = ordered - 200, paid = paid + 200"),
    ("budget_balance_paid_check", "paid = paid - 200, ordered = ordered + 200"),
    ("budget_balance_conservation_check", "appropriated = appropriated + 1"),
    ("budget_balance_control_check", "control = 3"),
    ("budget_balance_bound_check", "appropriated = 100000000000000001, available = 100000000000000001 - 500"),
])
func theBalancesRowRefusesWhatWouldBreakTheStages(constraint: String, change: String) async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 1)
        try await pool.openLines([.plain("L")])
        let steps: [(CoordinationV1.PostingKind, Int64)] = [
            (.appropriate, 1000), (.reserve, 500), (.commit, 400), (.accrue, 300), (.order, 200), (.pay, 100),
        ]
        let postings = steps.enumerated().map { number, step in
            CoordinationV1.Posting(
                postingId: "p\(number)", kind: step.0, line: "L", amountMinor: step.1, document: "d", currency: "PEN")
        }
        let answers = try await pool.post(PostBatch(.init(mode: .atomic, postings: postings)))
        #expect(answers.allSatisfy { $0.code == "posted" })
        do {
            try await pool.script("UPDATE coordination.budget_balance SET \(change)")
            Issue.record("nothing held back: \(change)")
        } catch let error as PostgresError {
            #expect(error.constraint == constraint)
        }
        await pool.close()
    }
}
