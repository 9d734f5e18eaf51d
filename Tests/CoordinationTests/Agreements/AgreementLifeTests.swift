import Contracts
import LedgerAudit
import Postgres
import TestSupport
import Testing

@Test func anAgreementBindsMoneyFromItsActivationToItsEnd() async throws {
    try await withTable { table in
        try await table.openLine()
        // Proposed by a member, refused to an outsider; nothing binds before the quorum and the money are there.
        await #expect(throws: RPCError.self) { try await table.propose("zoe", sampleTerms(roles: table.prefix)) }
        let proposed = try await table.propose("beto", sampleTerms(amountMinor: 600_000, roles: table.prefix))
        #expect(proposed.state == "proposed" && proposed.version == 1)
        #expect(try await table.refusal("beto", .sign) == .permissionDenied)
        try await table.act("ana", .sign)
        let early = try await table.act("ana", .activate)
        #expect(!early.done && early.missingSignatures.map(\.institution) == ["FONCODES"])
        try await table.act("carla", .sign)
        let poor = try await table.act("ana", .activate)
        #expect(!poor.done && poor.state == "proposed" && poor.shortfalls.map(\.shortfallMinor) == [500_000])
        #expect(try await table.rows("SELECT * FROM coordination.decision_v1") == [])

        // Another text needs to be signed again, and who read the first cannot sign the second by mistake.
        try await table.propose("ana", sampleTerms(roles: table.prefix))
        #expect(try await table.act("ana", .activate).missingSignatures.map(\.institution) == ["FONCODES", "MIDIS"])
        #expect(try await table.refusal("ana", .sign, version: 1) == .failedPrecondition)
        try await table.act("ana", .sign, version: 2)
        try await table.act("carla", .sign)
        let active = try await table.act("carla", .activate)
        #expect(active.done && active.state == "active")
        #expect(try await table.refusal("carla", .activate) == .failedPrecondition)

        // The earmark can be spent on nothing else.
        let earmark = "agreement/juntos-haku-2024"
        #expect(try await table.post("b", .reserve, 50_000, "other") == "insufficient_available")
        #expect(try await table.post("c", .reserve, 10_000, "other", source: earmark) == "earmarked")
        #expect(try await table.post("d", .commit, 10_000, earmark) == "document_of_another")
        #expect(try await table.post("e", .reserve, 30_000, "HW-06-001", source: earmark) == "posted")
        #expect(try await table.post("f", .commit, 20_000, "HW-06-001") == "posted")
        let money = "SELECT earmarked, remaining, drawn, committed, paid FROM coordination.agreement_earmark_v1"
        #expect(try await table.rows(money) == ["(60000,30000,30000,20000,0)"])

        // It ends when every party agrees, and what nobody drew on comes back.
        #expect(try await table.refusal("ana", .end) == .invalidArgument)
        let half = try await table.act("ana", .end, reason: "goals met")
        #expect(!half.done && half.state == "active" && half.missingSignatures.map(\.institution) == ["FONCODES"])
        #expect(try await table.act("carla", .end, reason: "goals met").state == "ended")
        #expect(try await table.post("l", .reserve, 70_000, "other") == "posted")
        #expect(try await table.rows(money) == ["(60000,0,30000,20000,0)"])
        let decided = """
            SELECT body, array_length(decided_by, 1), executed_by = owner, executed_call > 0
            FROM coordination.decision_v1 ORDER BY decision_id
            """
        #expect(try await table.rows(decided) == ["(\"activate, version 2\",2,t,t)", "(\"end, version 2\",2,t,t)"])
        #expect(try await LedgerAuditor(table.pool).run().problems == [])
    }
}

@Test func aLapsedConditionStopsNewCommitmentsAndNotPaymentsDue() async throws {
    try await withTable { table in
        try await table.openLine()
        try await table.activate(sampleTerms(roles: table.prefix))
        let earmark = "agreement/juntos-haku-2024"
        #expect(try await table.post("e", .reserve, 30_000, "HW-06-001", source: earmark) == "posted")
        #expect(try await table.post("f", .commit, 20_000, "HW-06-001") == "posted")
        let first = try await table.act("ana", .suspend, reason: "no transfer came", condition: 1)
        #expect(first.state == "suspended" && first.lapsedConditions == ["the co-financing arrived"])
        #expect(try await table.refusal("carla", .suspend, reason: "again", condition: 1) == .failedPrecondition)
        #expect(try await table.refusal("carla", .suspend, reason: "what", condition: 3) == .invalidArgument)
        #expect(try await table.act("carla", .suspend, reason: "late", condition: 2).lapsedConditions.count == 2)
        #expect(try await table.post("g", .commit, 5_000, "HW-06-001") == "agreement_suspended")
        #expect(try await table.post("h", .reserve, 5_000, "HW-06-001", source: earmark) == "agreement_suspended")
        #expect(try await table.post("i", .accrue, 20_000, "HW-06-001") == "posted")
        #expect(try await table.post("j", .order, 20_000, "HW-06-001") == "posted")
        #expect(try await table.refusal("ana", .resume, reason: "all well") == .failedPrecondition)
        // What one party recorded as lapsed holds again when both say so.
        for (condition, reason, state) in [(Int32(1), "it came", "suspended"), (2, "sent", "active")] {
            let half = try await table.act("ana", .resume, reason: "seen", condition: condition)
            #expect(
                !half.done && half.state == "suspended" && half.missingSignatures.map(\.institution) == ["FONCODES"])
            let resumed = try await table.act("carla", .resume, reason: reason, condition: condition)
            #expect(resumed.done && resumed.state == state)
        }
        #expect(try await table.post("k", .commit, 5_000, "HW-06-001") == "posted")
        let known = """
            SELECT condition, holds, recorded_by = '\(table.prefix)carla', reason
            FROM coordination.agreement_condition_v1 ORDER BY condition
            """
        #expect(try await table.rows(known) == ["(1,t,t,\"it came\")", "(2,t,t,sent)"])
    }
}

@Test func anAmendmentNeedsTheSameQuorumMovesTheDifferenceAndLeavesTheOldTextReadable() async throws {
    try await withTable { table in
        try await table.openLine()
        try await table.openLine("L2", 50_000)
        try await table.activate(sampleTerms(roles: table.prefix))
        let earmark = "agreement/juntos-haku-2024"
        #expect(try await table.post("e", .reserve, 30_000, "HW-06-001", source: earmark) == "posted")
        let money = "SELECT line, earmarked, remaining FROM coordination.agreement_earmark_v1 ORDER BY line"

        await #expect(throws: RPCError.self) {
            try await table.propose("ana", sampleTerms(amountMinor: 70_000, roles: table.prefix))
        }
        // Below what is drawn: refused as a whole, the other line too.
        var terms = sampleTerms(amountMinor: 20_000, roles: table.prefix)
        terms.earmarks.append(
            .init(institution: "MIDIS", line: "L2", amountMinor: 10_000, documentPrefix: "HW-06-"))
        try await table.propose("ana", terms, amends: true)
        try await table.act("ana", .sign)
        #expect(try await table.act("ana", .activate).missingSignatures.map(\.institution) == ["FONCODES"])
        #expect(try await table.rows(money) == ["(L1,60000,30000)"])
        try await table.act("carla", .sign)
        let refused = try await table.act("ana", .activate)
        #expect(refused.shortfalls.map(\.code) == ["insufficient_reserved"])
        #expect(refused.shortfalls.map(\.shortfallMinor) == [10_000])
        #expect(try await table.rows(money) == ["(L1,60000,30000)"])

        // Down to what is drawn, and money of another line.
        terms.earmarks[0].amountMinor = 30_000
        try await table.propose("ana", terms, amends: true)
        for person in ["ana", "carla"] { try await table.act(person, .sign) }
        let amended = try await table.act("ana", .activate)
        #expect(amended.done && amended.version == 3 && amended.state == "active")
        #expect(try await table.rows(money) == ["(L1,30000,0)", "(L2,10000,10000)"])
        #expect(try await table.post("o", .reserve, 70_000, "other") == "posted")
        #expect(
            try await table.rows(
                "SELECT version, terms -> 'earmarks' -> 0 ->> 'amountMinor' FROM coordination.agreement_version_v1"
                    + " ORDER BY 1") == ["(1,60000)", "(2,20000)", "(3,30000)"])
        // A party that leaves must sign too.
        var without = terms
        without.parties.removeLast()
        without.earmarks = []
        try await table.propose("ana", without, amends: true)
        try await table.act("ana", .sign)
        #expect(try await table.act("ana", .activate).missingSignatures.map(\.institution) == ["FONCODES"])
        #expect(try await LedgerAuditor(table.pool).run().problems == [])
    }
}

@Test func twoActivationsAtOnceAreOne() async throws {
    try await withTable { table in
        try await table.openLine()
        try await table.propose("ana", sampleTerms(roles: table.prefix))
        for person in ["ana", "carla"] { try await table.act(person, .sign) }
        async let first = table.refusal("ana", .activate)
        async let second = table.refusal("carla", .activate)
        let answers = try await [first, second]
        #expect(answers.count { $0 == nil } == 1)
        #expect(answers.compactMap { $0 } == [.failedPrecondition])
        #expect(
            try await table.rows("SELECT available, reserved FROM coordination.budget_line_v1") == ["(40000,60000)"])
    }
}

@Test func twoAgreementsCannotBindMoneyForTheSameDocuments() async throws {
    try await withTable { table in
        try await table.openLine()
        try await table.activate(sampleTerms(amountMinor: 30_000, roles: table.prefix))
        var other = sampleTerms(amountMinor: 30_000, roles: table.prefix)
        other.agreement = "second"
        other.earmarks[0].documentPrefix = "HW-"
        try await table.propose("ana", other)
        for person in ["ana", "carla"] { try await table.act(person, .sign, agreement: "second") }
        let error = await #expect(throws: RPCError.self) {
            try await table.act("ana", .activate, agreement: "second")
        }
        #expect(error?.code == .failedPrecondition)
        #expect(try await table.rows("SELECT reserved FROM coordination.budget_line_v1") == ["(30000)"])
        other.earmarks[0].documentPrefix = "FEST-"
        try await table.propose("ana", other)
        for person in ["ana", "carla"] { try await table.act(person, .sign, agreement: "second") }
        #expect(try await table.act("ana", .activate, agreement: "second").done)
    }
}

@Test func anAgreementBeginsOnItsFirstDayAndLapsesAfterItsLast() async throws {
    try await withTable { table in
        try await table.openLine()
        var terms = sampleTerms(roles: table.prefix)
        terms.firstDay = "2090-01-01"
        try await table.propose("ana", terms)
        for person in ["ana", "carla"] { try await table.act(person, .sign) }
        #expect(try await table.refusal("ana", .activate) == .failedPrecondition)
        terms.firstDay = "2001-01-01"
        terms.lastDay = "2001-12-31"
        try await table.propose("ana", terms)
        for person in ["ana", "carla"] { try await table.act(person, .sign) }
        #expect(try await table.refusal("ana", .activate) == .failedPrecondition)

        // In force, with a last day that has come and gone since.
        terms = sampleTerms(roles: table.prefix)
        try await table.propose("ana", terms)
        for person in ["ana", "carla"] { try await table.act(person, .sign) }
        try await table.act("ana", .activate)
        try await table.keepTime()
        #expect(try await table.rows("SELECT state FROM coordination.agreement_v1") == ["(active)"])
        try await table.pool.script(
            """
            ALTER TABLE coordination.agreement_version DISABLE TRIGGER agreement_version_append_only;
            UPDATE coordination.agreement_version SET terms = terms || '{"lastDay": "2025-12-31"}' WHERE version = 3;
            ALTER TABLE coordination.agreement_version ENABLE TRIGGER agreement_version_append_only
            """)
        #expect(try await table.rows("SELECT programme FROM coordination.agreement_in_force_v1") == [])
        try await table.keepTime()
        try await table.keepTime()
        #expect(try await table.rows("SELECT state FROM coordination.agreement_v1") == ["(ended)"])
        #expect(try await table.rows("SELECT available FROM coordination.budget_line_v1") == ["(100000)"])
        #expect(
            try await table.rows(
                "SELECT body, executed_by FROM coordination.decision_v1 WHERE body LIKE 'lapse%'")
                == ["(\"lapse, version 3\",puente_coordination)"])
    }
}

@Test func anOverrideIsSignedOnceForAHouseholdWithItsReason() async throws {
    try await withTable { table in
        try await table.openLine()
        try await table.activate(sampleTerms(roles: table.prefix))
        #expect(try await table.refusal("ana", .override, subject: "1001") == .invalidArgument)
        #expect(try await table.refusal("ana", .override, reason: "flood", subject: "x") == .invalidArgument)
        #expect(try await table.refusal("ana", .override, reason: "flood", subject: "77") == .notFound)
        #expect(try await table.refusal("beto", .override, reason: "flood", subject: "1001") == .permissionDenied)
        #expect(try await table.act("ana", .override, reason: "flood", subject: "1001").done)
        #expect(try await table.refusal("carla", .override, reason: "flood", subject: "1001") == .alreadyExists)
        #expect(
            try await table.rows("SELECT household_id, version, reason FROM coordination.agreement_override_v1")
                == ["(1001,1,flood)"])
        #expect(try await table.rows("SELECT overrides FROM coordination.agreement_v1") == ["(1)"])
    }
}

@Test func anAgreementOfAProgrammeThatIsNotLoadedCannotAct() async throws {
    try await withTable { table in
        try await table.openLine()
        var terms = sampleTerms(roles: table.prefix)
        terms.programmes.append("pension")
        try await table.propose("ana", terms)
        for person in ["ana", "carla"] { try await table.act(person, .sign) }
        #expect(try await table.refusal("ana", .activate) == .failedPrecondition)
    }
}
