import Contracts
import Postgres
import TestSupport
import Testing

@testable import BackOffice

/// Two postings by ana and one by another.
private func scene(_ ana: String) -> String {
    """
    INSERT INTO coordination.territory (territory_code, name, level, department_code) VALUES ('06', 'Cajamarca', 1, '06');
    INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
        VALUES ('p', 1, 'conditional_transfer', '{}', 'test');
    SELECT coordination.ledger_open_lines('mef', NULL, '{L1}', '{2024}', '{RO}', '{M}', '{p}', '{06}', '{PEN}', '{0}', '{""}');
    SELECT coordination.ledger_post(1::smallint, false, false, 'mef', NULL, '{m}', '{1}', '{L1}', '{10000}', '{PEN}', '{law}',
        '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}');
    SELECT coordination.ledger_post(1::smallint, false, false, '\(ana)', NULL, '{a,b}', '{3,3}', '{L1,L1}', '{100,100}',
        '{PEN,PEN}', '{c-12,c-13}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}');
    """
}

@Test func theSamePostingTypedAgainIsKnown() async throws {
    try await withDatabase { database in
        let configuration = try await database.person("ana")
        let administrator = database.pool(size: 1)
        try await administrator.script(scene(try #require(configuration["user"])))
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
