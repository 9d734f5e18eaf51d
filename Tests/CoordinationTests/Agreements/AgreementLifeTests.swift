import Contracts
import CoordinationService
import LedgerAudit
import Postgres
import Queue
import TestSupport
import Testing

/// The coordination service at work, and people who may call it.
private struct MeetingTable {
    let pool: ConnectionPool
    let people: [String: QueueClient]
    /// What a person's database role begins with.
    let prefix: String

    static let patient = CallOptions(waitForReady: true)

    func act(
        _ person: String, _ action: CoordinationV1.AgreementAction, reason: String = ""
    ) async throws -> CoordinationV1.AgreementReply {
        try await people[person]!.call(
            CoordinationV1.Agreements.act,
            .init(agreement: "juntos-haku-2024", action: action, reason: reason, subject: "1001"), Self.patient)
    }

    /// Posts one thing to line L1; returns its code.
    func post(
        _ id: String, _ kind: CoordinationV1.PostingKind, _ amount: Int64, _ document: String, source: String = ""
    ) async throws -> String {
        let posting = CoordinationV1.Posting(
            postingId: id, kind: kind, line: "L1", amountMinor: amount, document: document, sourceDocument: source)
        let reply = try await people["ana"]!.call(
            CoordinationV1.Budget.post, .init(mode: .atomic, postings: [posting]), Self.patient)
        return reply.results.first?.code ?? ""
    }
}

private func withTable(_ body: @Sendable (MeetingTable) async throws -> Void) async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 2)
        try await MethodCatalog.publish(AllMethods.all, pool)
        var people: [String: QueueClient] = [:]
        for name in ["ana", "beto", "carla", "zoe"] { people[name] = QueueClient(try await database.person(name)) }
        var router = Router()
        CoordinationService.register(on: &router)
        let worker = Worker(
            service: "coordination", router: router, configuration: database.configuration(as: "puente_coordination"))
        let table = MeetingTable(pool: pool, people: people, prefix: "\(database.name)_")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run() }
            try await body(table)
            group.cancelAll()
            while (try? await group.next()) != nil {}
        }
        for client in people.values { await client.close() }
        await pool.close()
    }
}

@Test func anAgreementBindsMoneyFromItsActivationToItsEnd() async throws {
    try await withTable { table in
        let ana = table.people["ana"]!
        _ = try await ana.call(
            CoordinationV1.Budget.openLines,
            .init(lines: [
                .init(
                    line: "L1", fiscalYear: 2024, fund: "RO", ministry: "MIDIS", programme: "haku_winay",
                    territory: "06", currency: "PEN")
            ]), MeetingTable.patient)
        #expect(try await table.post("a", .appropriate, 100_000, "") == "posted")

        // Proposed by a member, refused to an outsider; nothing binds before the quorum and the money are there.
        await #expect(throws: RPCError.self) {
            _ = try await table.people["zoe"]!.call(
                CoordinationV1.Agreements.propose, sampleTerms(roles: table.prefix), MeetingTable.patient)
        }
        let proposed = try await table.people["beto"]!.call(
            CoordinationV1.Agreements.propose, sampleTerms(amountMinor: 600_000, roles: table.prefix),
            MeetingTable.patient)
        #expect(proposed.state == "proposed" && proposed.version == 1)
        await #expect(throws: RPCError.self) { _ = try await table.act("beto", .sign) }
        _ = try await table.act("ana", .sign)
        let early = try await table.act("ana", .activate)
        #expect(!early.done && early.missingSignatures == ["FONCODES"])
        _ = try await table.act("carla", .sign)
        let poor = try await table.act("ana", .activate)
        #expect(!poor.done && poor.state == "proposed" && poor.shortfalls.map(\.shortfallMinor) == [500_000])

        // Another text needs to be signed again.
        _ = try await ana.call(
            CoordinationV1.Agreements.propose, sampleTerms(roles: table.prefix), MeetingTable.patient)
        #expect(try await table.act("ana", .activate).missingSignatures == ["FONCODES", "MIDIS"])
        _ = try await table.act("ana", .sign)
        _ = try await table.act("carla", .sign)
        let active = try await table.act("carla", .activate)
        #expect(active.done && active.state == "active")

        // The earmark can be spent on nothing else.
        let earmark = "agreement/juntos-haku-2024"
        #expect(try await table.post("b", .reserve, 50_000, "other") == "insufficient_available")
        #expect(try await table.post("c", .reserve, 10_000, "other", source: earmark) == "earmarked")
        #expect(try await table.post("d", .commit, 10_000, earmark) == "earmarked")
        #expect(try await table.post("e", .reserve, 30_000, "HW-06-001", source: earmark) == "posted")

        // A lapsed condition stops new commitments, not payments due.
        #expect(try await table.post("f", .commit, 20_000, "HW-06-001") == "posted")
        #expect(try await table.act("ana", .suspend, reason: "no co-financing").state == "suspended")
        #expect(try await table.post("g", .commit, 5_000, "HW-06-001") == "agreement_suspended")
        #expect(try await table.post("h", .reserve, 5_000, "HW-06-001", source: earmark) == "agreement_suspended")
        #expect(try await table.post("i", .accrue, 20_000, "HW-06-001") == "posted")
        #expect(try await table.act("ana", .resume).state == "active")
        #expect(try await table.post("k", .commit, 5_000, "HW-06-001") == "posted")

        // What nobody drew on comes back at the end.
        await #expect(throws: RPCError.self) { _ = try await table.act("ana", .end) }
        #expect(try await table.act("ana", .override, reason: "flood victims").done)
        #expect(try await table.act("ana", .end, reason: "last day").state == "ended")
        #expect(try await table.post("l", .reserve, 70_000, "other") == "posted")
        #expect(try await LedgerAuditor(table.pool).run().problems == [])
    }
}

@Test func aRoundtableThatCannotDecideRecordsAndOneThatCanIsHeldToIt() async throws {
    try await withTable { table in
        let ana = table.people["ana"]!
        func record(
            _ person: String, _ kind: CoordinationV1.GroupRecordKind
        ) async throws -> CoordinationV1.GroupReply {
            try await table.people[person]!.call(
                CoordinationV1.Agreements.record,
                .init(
                    group: "roundtable", kind: kind, body: "share the calendar", grounds: "evaluation of 2023",
                    owner: table.prefix + "carla", dueOn: "2024-01-31"), MeetingTable.patient)
        }
        var group = CoordinationV1.WorkingGroup(
            group: "roundtable",
            members: [.init(operator: table.prefix + "ana"), .init(operator: table.prefix + "beto")], quorum: 1)
        _ = try await ana.call(CoordinationV1.Agreements.formGroup, group, MeetingTable.patient)
        #expect(try await record("ana", .minutes).id > 0)
        #expect(try await record("beto", .proposal).id > 0)
        await #expect(throws: RPCError.self) { _ = try await record("ana", .decision) }
        await #expect(throws: RPCError.self) { _ = try await record("zoe", .minutes) }
        group.members[0].decides = true
        _ = try await ana.call(CoordinationV1.Agreements.formGroup, group, MeetingTable.patient)
        let decision = try await record("ana", .decision)
        #expect(decision.id > 0)
        // Overdue since 2024: it goes to somebody else, who may then execute it, once.
        let escalated = try await ana.call(
            CoordinationV1.Agreements.escalate, .init(to: table.prefix + "ana"), MeetingTable.patient)
        #expect(escalated.changed == 1)
        await #expect(throws: RPCError.self) {
            _ = try await table.people["zoe"]!.call(
                CoordinationV1.Agreements.execute, .init(decisionId: decision.id), MeetingTable.patient)
        }
        #expect(
            try await ana.call(CoordinationV1.Agreements.execute, .init(decisionId: decision.id), MeetingTable.patient)
                .changed == 1)
        await #expect(throws: RPCError.self) {
            _ = try await ana.call(
                CoordinationV1.Agreements.execute, .init(decisionId: decision.id), MeetingTable.patient)
        }
    }
}
