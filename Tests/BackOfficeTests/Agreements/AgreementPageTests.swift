import Contracts
import Postgres
import TestSupport
import Testing

@testable import BackOffice

private let odd = "Rindieron cuentas | eva | firmado por todos"

/// An agreement whose texts hold what a careless program would take for its own separators.
private let scene = """
    INSERT INTO coordination.agreement VALUES ('joint', 1, 1, NULL);
    INSERT INTO coordination.agreement_version (agreement, version, terms, reason, proposed_by) VALUES (
        'joint', 1, '{"agreement": "joint", "title": "a | b", "firstDay": "2024-01-01", "lastDay": "2024-12-31",
            "parties": [{"institution": "MIDIS | MEF", "quorum": 2, "members": [
                {"operator": "luis", "decides": true}, {"operator": "ana", "decides": true}]}],
            "releaseConditions": ["\(odd)"], "programmes": ["a,b"], "architecture": {"programmes": 1}}', '', 'luis');
    INSERT INTO coordination.agreement_signature (agreement, version, act, signed_by, party)
        VALUES ('joint', 1, 'terms', 'luis', 'MIDIS | MEF');
    INSERT INTO coordination.agreement_motion (agreement, version, kind, condition, body, opened_by)
        VALUES ('joint', 1, 'suspend', 1, '\(odd)', 'luis');
    INSERT INTO coordination.agreement_motion_signature (motion_id, signed_by, party, reason)
        SELECT motion_id, 'luis', 'MIDIS | MEF', 'cuentas | eva | sí' FROM coordination.agreement_motion;
    """

@Test func aTextWithBarsChangesNoOtherField() async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 1)
        try await pool.script(scene)
        let found = try #require(try await pool.queryOne(ShowAgreement(code: "joint", version: nil)))
        #expect(found.signatures.map(\.party) == ["MIDIS | MEF"] && found.signatures.map(\.by) == ["luis"])
        #expect(found.conditions == [.init(number: 1, body: odd, holds: true, by: "", reason: "")])
        #expect(found.motions == [.init(kind: "suspend", condition: 1, signers: ["luis"])])
        let page = AgreementPage(
            found, terms: try CoordinationV1.AgreementTerms(json: found.terms), money: [], history: [])
        let lines = page.lines(.english)
        #expect(lines.contains("  1 holds: \(odd)"))
        #expect(lines.contains { $0.contains("MIDIS | MEF") && $0.contains("luis") && !$0.contains("eva") })
        await pool.close()
    }
}
