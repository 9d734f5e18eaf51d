import Contracts
import Postgres
import Testing

/// MIDIS decides with two of two, FONCODES with one.
private func quorumTerms(_ agreement: String, roles prefix: String) -> CoordinationV1.AgreementTerms {
    var terms = sampleTerms(roles: prefix)
    terms.agreement = agreement
    terms.earmarks = []
    terms.parties[0].members.append(.init(operator: prefix + "dora", decides: true))
    terms.parties[0].quorum = 2
    return terms
}

/// Who acts, one after the other: nobody to the agreement, one who informs, one of the two that MIDIS needs, the other, and
/// FONCODES.
private let callers = ["zoe", "beto", "dora", "ana", "carla"]

private struct TransitionRow: Sendable {
    let state: String
    let action: CoordinationV1.AgreementAction
    /// After the act of dora, ana and carla: the agreement's state, or with which code the act is refused.
    let answers: [String]
}

private let refused = Array(repeating: "failedPrecondition", count: 3)
private let rows: [TransitionRow] = [
    .init(state: "proposed", action: .sign, answers: ["proposed", "proposed", "proposed"]),
    .init(state: "proposed", action: .activate, answers: ["proposed", "proposed", "proposed"]),
    .init(state: "proposed", action: .suspend, answers: refused),
    .init(state: "proposed", action: .resume, answers: refused),
    .init(state: "proposed", action: .end, answers: ["ended", "failedPrecondition", "failedPrecondition"]),
    .init(state: "proposed", action: .override, answers: refused),
    .init(state: "proposed", action: .withdraw, answers: refused),
    .init(state: "active", action: .sign, answers: refused),
    .init(state: "active", action: .activate, answers: refused),
    .init(state: "active", action: .suspend, answers: ["active", "suspended", "failedPrecondition"]),
    .init(state: "active", action: .resume, answers: refused),
    .init(state: "active", action: .end, answers: ["active", "active", "ended"]),
    .init(state: "active", action: .override, answers: ["active", "alreadyExists", "alreadyExists"]),
    .init(state: "active", action: .withdraw, answers: refused),
    .init(state: "suspended", action: .sign, answers: refused),
    .init(state: "suspended", action: .activate, answers: refused),
    .init(state: "suspended", action: .suspend, answers: refused),
    .init(state: "suspended", action: .resume, answers: ["suspended", "suspended", "active"]),
    .init(state: "suspended", action: .end, answers: ["suspended", "suspended", "ended"]),
    .init(state: "suspended", action: .override, answers: refused),
    .init(state: "suspended", action: .withdraw, answers: refused),
    .init(state: "ended", action: .sign, answers: refused),
    .init(state: "ended", action: .activate, answers: refused),
    .init(state: "ended", action: .suspend, answers: refused),
    .init(state: "ended", action: .resume, answers: refused),
    .init(state: "ended", action: .end, answers: refused),
    .init(state: "ended", action: .override, answers: refused),
    .init(state: "ended", action: .withdraw, answers: refused),
]

extension MeetingTable {
    /// An agreement of its own in a state, by the signatures that this needs.
    fileprivate func prepare(_ agreement: String, _ state: String) async throws {
        try await propose("ana", quorumTerms(agreement, roles: prefix))
        guard state != "proposed" else { return }
        for person in ["ana", "dora", "carla"] { try await act(person, .sign, agreement: agreement) }
        try await act("ana", .activate, agreement: agreement)
        if state == "suspended" {
            for person in ["ana", "dora"] {
                try await act(person, .suspend, reason: "no transfer", condition: 1, agreement: agreement)
            }
        }
        if state == "ended" {
            for person in ["ana", "dora", "carla"] { try await act(person, .end, reason: "over", agreement: agreement) }
        }
        #expect(try await self.state(of: agreement) == state)
    }

    fileprivate func state(of agreement: String) async throws -> String {
        try await rows("SELECT state FROM coordination.agreement_v1 WHERE agreement = '\(agreement)'").first.map {
            String($0.dropFirst().dropLast())
        } ?? ""
    }
}

@Test func everyActFromEveryStateByEveryKindOfCallerMovesTheAgreementOnlyWithItsSignatures() async throws {
    try await withTable { table in
        for (number, row) in rows.enumerated() {
            let agreement = "a\(number)"
            try await table.prepare(agreement, row.state)
            let expected = ["permissionDenied", "permissionDenied"] + row.answers
            for (caller, answer) in zip(callers, expected) {
                let before = try await table.state(of: agreement)
                var got: String
                do {
                    got = try await table.act(
                        caller, row.action, reason: "because", condition: row.action == .override ? 0 : 1,
                        subject: "1001", withdraws: .sign, agreement: agreement
                    ).state
                } catch let error as RPCError {
                    got = "\(error.code)"
                }
                #expect(got == answer, "\(row.state) \(row.action) by \(caller)")
                let after = try await table.state(of: agreement)
                let moves = ["proposed", "active", "suspended", "ended"].contains(answer)
                #expect(after == (moves ? answer : before), "\(row.state) \(row.action) by \(caller)")
            }
        }
    }
}

@Test func signaturesOfSeveralPartiesDoNotAddUpToASuspension() async throws {
    try await withTable { table in
        var terms = quorumTerms("joint", roles: table.prefix)
        terms.parties[1].members.append(.init(operator: table.prefix + "zoe", decides: true))
        terms.parties[1].quorum = 2
        try await table.propose("ana", terms)
        for person in ["ana", "dora", "carla", "zoe"] { try await table.act(person, .sign, agreement: "joint") }
        try await table.act("ana", .activate, agreement: "joint")
        func suspend(_ person: String) async throws -> CoordinationV1.AgreementReply {
            try await table.act(person, .suspend, reason: "late", condition: 2, agreement: "joint")
        }
        let first = try await suspend("dora")
        #expect(!first.done && first.missingSignatures.map(\.members) == [["\(table.prefix)ana"]])
        #expect(try await suspend("dora").state == "active", "signing twice is signing once")
        #expect(try await suspend("carla").missingSignatures.map(\.institution) == ["MIDIS", "FONCODES"])
        let waiting =
            "SELECT kind, condition, cardinality(signed_by), carried_at IS NULL FROM coordination.agreement_motion_v1"
        #expect(try await table.rows(waiting) == ["(suspend,2,2,t)"])
        #expect(try await suspend("zoe").state == "suspended")
        #expect(try await table.rows(waiting) == ["(suspend,2,3,f)"])
        #expect(
            try await table.rows(
                "SELECT cardinality(decided_by) FROM coordination.decision_v1 WHERE body LIKE 'suspend%'")
                == ["(3)"])
    }
}

@Test func aSignatureThatWaitsForOthersCanBeTakenBackAndThenDoesNotCount() async throws {
    try await withTable { table in
        let (prefix, code) = (table.prefix, "joint")
        func act(
            _ person: String, _ action: CoordinationV1.AgreementAction, _ withdraws: CoordinationV1.AgreementAction
        ) async throws -> CoordinationV1.AgreementReply {
            try await table.act(
                person, action, reason: "because", condition: 1, withdraws: withdraws, agreement: code)
        }
        func refusal(_ person: String, _ withdraws: CoordinationV1.AgreementAction) async throws -> StatusCode? {
            try await table.refusal(
                person, .withdraw, reason: "because", condition: 1, withdraws: withdraws, agreement: code)
        }

        // The proposed text: what is taken back is missing again, and can be signed again.
        try await table.propose("ana", quorumTerms(code, roles: prefix))
        for person in ["ana", "dora", "carla"] { try await table.act(person, .sign, agreement: code) }
        #expect(try await act("dora", .withdraw, .sign).done)
        #expect(try await refusal("dora", .sign) == .failedPrecondition)
        #expect(try await act("ana", .activate, .unspecified).missingSignatures.map(\.institution) == ["MIDIS"])
        try await table.act("dora", .sign, agreement: code)
        #expect(try await act("ana", .activate, .unspecified).done)
        #expect(try await refusal("dora", .sign) == .failedPrecondition, "it has taken effect")

        // A lapse, that it holds again, and the end: each needs the signature anew.
        for (kind, first, others, after) in [
            (CoordinationV1.AgreementAction.suspend, "dora", ["ana"], "suspended"),
            (.resume, "carla", ["ana", "dora"], "active"), (.end, "carla", ["ana", "dora"], "ended"),
        ] {
            let before = try await act(first, kind, .unspecified)
            #expect(!before.done)
            #expect(try await refusal("ana", kind) == .failedPrecondition, "ana has not signed")
            #expect(try await refusal("beto", kind) == .permissionDenied)
            #expect(try await act(first, .withdraw, kind).state == before.state)
            for person in others { #expect(try await act(person, kind, .unspecified).done == false) }
            #expect(try await act(first, kind, .unspecified).state == after)
            #expect(try await refusal(first, kind) == .failedPrecondition, "it has taken effect")
        }
        #expect(try await refusal("ana", .override) == .failedPrecondition)

        // Everything stays readable, and a signature that counted cannot be marked as withdrawn.
        let kept = try await table.rows(
            "SELECT act, signed_by FROM coordination.agreement_signature_v1 WHERE withdrawn_at IS NOT NULL ORDER BY 1")
        #expect(kept == ["(end,\(prefix)carla)", "(terms,\(prefix)dora)"])
        #expect(
            try await table.rows(
                "SELECT action FROM coordination.agreement_event_v1 WHERE action LIKE 'withdraw%' ORDER BY event_id")
                == ["(withdraw_sign)", "(withdraw_suspend)", "(withdraw_resume)", "(withdraw_end)"])
        let service = table.database.pool(as: "puente_coordination", size: 1)
        for journal in ["agreement_signature", "agreement_motion_signature"] {
            for value in ["clock_timestamp()", "NULL"] {
                let error = await #expect(throws: PostgresError.self) {
                    try await service.script("UPDATE coordination.\(journal) SET withdrawn_at = \(value)")
                }
                #expect(error?.constraint == "agreement_withdrawal_check")
            }
        }
        await service.close()
    }
}

@Test func theDatabaseRefusesToMoveAnAgreementWithoutItsSignatures() async throws {
    try await withTable { table in
        try await table.prepare("joint", "active")
        try await table.act("dora", .suspend, reason: "late", condition: 1, agreement: "joint")
        let service = table.database.pool(as: "puente_coordination", size: 1)
        func check(_ changes: [(String, String)]) async throws {
            for (change, constraint) in changes {
                let error = await #expect(throws: PostgresError.self) { try await service.script(change) }
                #expect(error?.constraint == constraint, "\(change)")
            }
        }
        let condition = """
            INSERT INTO coordination.agreement_condition (
                agreement, version, condition, body, holds, recorded_by, reason, motion_id)
            VALUES ('joint', 1, 1, 'the co-financing arrived', %, 'x', 'x', 1)
            """
        func signature(_ person: String, _ party: String) -> String {
            """
            INSERT INTO coordination.agreement_motion_signature (motion_id, signed_by, party, reason)
            VALUES (1, '\(table.prefix)\(person)', '\(party)', 'x')
            """
        }
        try await check([
            ("UPDATE coordination.agreement_motion SET carried_at = now()", "agreement_motion_quorum_check"),
            (signature("beto", "MIDIS"), "agreement_motion_signature_member_check"),
            (signature("carla", "MIDIS"), "agreement_motion_signature_member_check"),
            (condition.replacing("%", with: "false"), "agreement_condition_motion_check"),
            ("UPDATE coordination.agreement SET state = 3", "agreement_transition_check"),
            ("UPDATE coordination.agreement SET state = 4", "agreement_transition_check"),
            ("UPDATE coordination.agreement SET state = 1", "agreement_transition_check"),
        ])
        try await table.act("ana", .suspend, reason: "late", condition: 1, agreement: "joint")
        try await check([
            ("UPDATE coordination.agreement SET state = 2", "agreement_transition_check"),
            (condition.replacing("%", with: "true"), "agreement_condition_motion_check"),
            (signature("carla", "FONCODES"), "agreement_motion_signature_member_check"),
        ])
        let final = await #expect(throws: PostgresError.self) {
            try await service.script("UPDATE coordination.agreement_motion SET carried_at = NULL")
        }
        #expect(final?.sqlState == "23001")
        await service.close()
    }
}
