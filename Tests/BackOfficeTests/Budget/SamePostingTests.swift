import Contracts
import CoordinationService
import Postgres
import TestSupport
import Testing

@testable import BackOffice

private let scene = """
    INSERT INTO coordination.territory (territory_code, name, level, department_code) VALUES ('06', 'Cajamarca', 1, '06');
    INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
        VALUES ('p', 1, 'conditional_transfer', '{}', 'test');
    SELECT coordination.ledger_open_lines('mef', NULL, '{L1}', '{2024}', '{RO}', '{M}', '{p}', '{06}', '{PEN}', '{0}', '{""}');
    """

/// Posts on the line of the scene as somebody.
private func post(
    _ actor: String, _ kind: CoordinationV1.PostingKind, _ amount: Int64, _ documents: [String: String],
    _ pool: ConnectionPool
) async throws {
    let batch = PostBatch(
        mode: .atomic, remembersRefusals: false, actor: actor, callId: nil,
        postings: documents.sorted { $0.key < $1.key }.map {
            .init(
                postingId: $0.key, kind: kind, line: "L1", amountMinor: amount, document: $0.value, currency: "PEN")
        })
    let answers = try await pool.transaction { try await batch.post(in: $0) }
    #expect(answers.allSatisfy { $0.code == "posted" })
}

@Test func theSamePostingTypedAgainIsKnown() async throws {
    try await withDatabase { database in
        let configuration = try await database.person("ana")
        let administrator = database.pool(size: 1)
        try await administrator.script(scene)
        // Two postings by ana and one by another.
        try await post("mef", .appropriate, 10_000, ["m": "law"], administrator)
        let ana = try #require(configuration["user"])
        try await post(ana, .reserve, 100, ["a": "c-12", "b": "c-13"], administrator)
        let pool = ConnectionPool(configuration, size: 1)
        func same(_ kind: CoordinationV1.PostingKind, _ minor: Int64, _ document: String) async throws
            -> SamePosting.Row
        {
            let posting = CoordinationV1.Posting(kind: kind, line: "L1", amountMinor: minor, document: document)
            return try #require(try await pool.queryOne(SamePosting(posting: posting)))
        }
        let found = try await same(.reserve, 100, "c-12")
        #expect(found.last == "a" && found.count == 1 && !found.at.isEmpty)
        #expect(try await same(.reserve, 101, "c-12").last == nil)
        #expect(try await same(.reserve, 100, "c-14").last == nil)
        #expect(try await same(.commit, 100, "c-12").last == nil)
        // What somebody else posted is another's business.
        #expect(try await same(.appropriate, 10_000, "law").last == nil)
        await pool.close()
        await administrator.close()
    }
}
