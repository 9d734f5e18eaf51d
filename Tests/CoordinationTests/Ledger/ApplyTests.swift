import Contracts
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

/// What is written of one reservation of the line, whatever was judged.
private struct Written: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// What holds it back.
    var constraint: String?
    var amount: Int64 = 1
    var stages = (from: 1, to: 2)
    var id = "p"
    var document = "d"
    var reverses = "{}"
    var opened = "{d}"

    var sql: String {
        """
        SELECT coordination.ledger_apply('test', NULL, '{}', (SELECT array_agg(line_id) FROM coordination.budget_line),
            '{\(amount)}', '{8948}', '{}', '{}', '{3}', '{\(stages.from)}', '{\(stages.to)}', '{\(id)}',
            ARRAY['\(document)'], '\(reverses)', '{}', '{}', '{}', '{}', '{}', '\(opened)', 4::smallint)
        """
    }
}

/// Whoever calls `ledger_apply`, and whatever they decided: what contradicts the ledger is not written.
@Test(arguments: [
    Written(testDescription: "as it should be"),
    Written(testDescription: "overdraws", constraint: "budget_balance_available_check", amount: 1001),
    Written(
        testDescription: "takes what is not held", constraint: "budget_hold_reserved_check", stages: (2, 1)),
    Written(testDescription: "nothing", constraint: "budget_transfer_amount_check", amount: 0),
    Written(testDescription: "stays", constraint: "budget_transfer_stage_check", stages: (1, 1)),
    Written(testDescription: "of no document", constraint: "budget_transfer_document_check", document: ""),
    Written(testDescription: "identifier again", constraint: "budget_posting_pkey", id: "law"),
    Written(testDescription: "reversed again", constraint: "budget_reversal_pkey", reverses: "{gone}"),
    Written(testDescription: "document of another", constraint: "budget_document_pkey", opened: "{run/1}"),
])
private func whatContradictsTheLedgerIsNotWritten(written: Written) async throws {
    try await withDatabase { database in
        let administrators = database.pool(size: 1)
        try await administrators.openLines([.plain("L")])
        let law = CoordinationV1.Posting(
            postingId: "law", kind: .appropriate, line: "L", amountMinor: 1000, currency: "PEN")
        _ = try await administrators.post(
            PostBatch(mode: .atomic, remembersRefusals: false, actor: "ana", callId: nil, postings: [law]))
        try await administrators.script(
            """
            INSERT INTO coordination.budget_document VALUES ('run/1', 1);
            INSERT INTO coordination.budget_reversal VALUES ('gone', 'undone')
            """)
        let service = database.pool(as: "puente_coordination", size: 1)
        var broken: String?
        do {
            try await service.script(written.sql)
        } catch let error as PostgresError {
            broken = error.constraint ?? error.sqlState
        }
        #expect(broken == written.constraint)
        let expected = written.constraint == nil ? "(1000,999,1)" : "(1000,1000,0)"
        let balance = "SELECT appropriated, available, reserved FROM coordination.budget_balance"
        #expect(try await service.texts(of: balance) == [expected])
        await service.close()
        await administrators.close()
    }
}

/// The service's role writes the ledger's tables through its functions alone.
@Test(arguments: [
    "budget_balance", "budget_hold", "budget_batch", "budget_transfer", "budget_posting", "budget_record",
    "budget_reversal", "budget_document", "budget_limit", "budget_limit_line", "budget_log_pending", "fiscal_year",
    "budget_line", "budget_scheme",
])
func theServiceReachesNoTableOfTheLedgerByItself(table: String) async throws {
    try await withDatabase { database in
        let service = database.pool(as: "puente_coordination", size: 1)
        for statement in ["DELETE FROM coordination.\(table)", "INSERT INTO coordination.\(table) DEFAULT VALUES"] {
            do {
                try await service.script(statement)
                Issue.record("nothing held back: \(statement)")
            } catch let error as PostgresError {
                #expect(error.sqlState == "42501", "\(statement)")
            }
        }
        await service.close()
    }
}
