import Contracts
import CoordinationDomain
import CoordinationService
import Postgres
import TestSupport
import Testing

@testable import BackOffice

/// A line with 100.00, of which a run reserves 60.00; then 50.00 and a pair are refused and remembered.
private let scene = """
    INSERT INTO coordination.territory (territory_code, name, level, department_code)
        VALUES ('06', 'Cajamarca', 1, '06'), ('07', 'Callao', 1, '07');
    INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
        VALUES ('p', 1, 'conditional_transfer', '{}', 'test');
    SELECT coordination.ledger_open_lines('mef', NULL, ARRAY['L1', 'L2'], ARRAY[2024, 2024], ARRAY['RO', 'RO'],
        ARRAY['M', 'M'], ARRAY['p', 'p'], ARRAY['06', '07'], ARRAY['PEN', 'PEN'], ARRAY[0, 0]::smallint[], ARRAY['', '']);
    """

private let postings: [CoordinationV1.Posting] = [
    .init(
        postingId: "a", kind: .appropriate, line: "L1", amountMinor: 10_000, description: "law", currency: "PEN"),
    .init(postingId: "b", kind: .reserve, line: "L1", amountMinor: 6000, document: "run-1", currency: "PEN"),
    .init(
        postingId: "c", kind: .reserve, line: "L1", amountMinor: 5000, document: "run-2", description: "second run",
        currency: "PEN"),
    .init(
        postingId: "d", kind: .release, line: "L1", amountMinor: 1, document: "run-1", stage: "committed",
        currency: "PEN"),
    .init(postingId: "e", kind: .commit, line: "L2", amountMinor: 1, document: "run-1", currency: "PEN"),
]

@Test func theHistoryHasWhatWasRefusedAndRememberedWithCodeAndReason() async throws {
    try await withDatabase { database in
        let administrator = database.pool(size: 1)
        try await administrator.script(scene)
        let batch = PostBatch(
            mode: .continue, remembersRefusals: false, actor: "mef", callId: nil, postings: postings)
        _ = try await administrator.transaction { try await batch.post(in: $0) }
        await administrator.close()
        let pool = ConnectionPool(try await database.person("ana"), size: 1)
        func history(_ document: String? = nil, most: Int64 = 10) async throws -> [[String]] {
            try await pool.query(BudgetHistory(line: "L1", document: document, most: most)).map {
                Array($0.cells(.english)[1...6]) + [$0.cells(.english)[9]]
            }
        }
        let all = try await history()
        #expect(
            all == [
                [
                    "d", "refused: insufficient_committed", "committed", "available", "0.01 PEN", "run-1",
                    "too little is committed (short of 0.01 PEN)",
                ],
                [
                    "c", "refused: insufficient_available", "available", "reserved", "50.00 PEN", "run-2",
                    "too little is available (short of 10.00 PEN); second run",
                ],
                ["b", "posted", "available", "reserved", "60.00 PEN", "run-1", ""],
                ["a", "posted", "appropriated", "available", "100.00 PEN", "", "law"],
            ])
        #expect(try await history("run-1").map { $0[0] } == ["d", "b"])
        #expect(try await history(most: 1).map { $0[0] } == ["d"])
        let spanish = try await pool.query(BudgetHistory(line: "L1", document: "run-2", most: 1))
        #expect(spanish.map { $0.cells(.spanish)[2] } == ["rechazado: insufficient_available"])
        await pool.close()
    }
}

@Test func everyCodeThatIsRememberedHasAReason() {
    for code in PostingCode.allCases where code.isRemembered {
        #expect(!code.reason.english.isEmpty && !code.reason.spanish.isEmpty, "\(code)")
    }
}
