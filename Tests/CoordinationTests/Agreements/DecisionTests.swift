import Contracts
import CoordinationService
import Postgres
import Queue
import TestSupport
import Testing

extension MeetingTable {
    /// Records something in the roundtable.
    @discardableResult
    fileprivate func record(
        _ person: String, _ kind: CoordinationV1.GroupRecordKind, due: String = "2024-01-31", grace: Int32 = 0,
        present: [String] = []
    ) async throws -> CoordinationV1.GroupReply {
        try await people[person]!.call(
            CoordinationV1.Agreements.record,
            .init(
                group: "roundtable", kind: kind, body: "share the calendar", grounds: "evaluation of 2023",
                decidedBy: present, owner: prefix + "carla", dueOn: due, escalatesAfterDays: grace), Self.patient)
    }

    fileprivate func form(_ person: String, _ group: CoordinationV1.WorkingGroup) async throws {
        _ = try await people[person]!.call(CoordinationV1.Agreements.formGroup, group, Self.patient)
    }

    fileprivate func execute(_ person: String, _ decision: Int64) async throws -> StatusCode? {
        do {
            _ = try await people[person]!.call(
                CoordinationV1.Agreements.execute, .init(decisionId: decision), Self.patient)
            return nil
        } catch let error as RPCError {
            return error.code
        }
    }

    fileprivate var roundtable: CoordinationV1.WorkingGroup {
        .init(group: "roundtable", members: [.init(operator: prefix + "ana"), .init(operator: prefix + "beto")])
    }

    /// The same, where ana decides.
    fileprivate var decidingRoundtable: CoordinationV1.WorkingGroup {
        .init(
            group: "roundtable",
            members: [.init(operator: prefix + "ana", decides: true), .init(operator: prefix + "beto")], quorum: 1,
            mandate: "Resolution 12")
    }
}

@Test func aRoundtableThatCannotDecideExchangesInformationAndNothingElse() async throws {
    try await withTable { table in
        try await table.form("ana", table.roundtable)
        #expect(try await table.record("ana", .minutes).id > 0)
        #expect(try await table.record("beto", .proposal).id > 0)
        let refused = await #expect(throws: RPCError.self) { try await table.record("ana", .decision) }
        #expect(refused?.message.contains("can record minutes and proposals, and nothing else") == true)
        await #expect(throws: RPCError.self) { try await table.record("zoe", .minutes) }
        #expect(try await table.rows("SELECT * FROM coordination.decision_v1") == [])

        // Nobody gives themself the right to decide.
        let deciding = table.decidingRoundtable
        let own = await #expect(throws: RPCError.self) { try await table.form("ana", deciding) }
        #expect(own?.code == .permissionDenied)
        try await table.form("beto", deciding)
        #expect(try await table.record("ana", .decision).id > 0)
        #expect(
            try await table.rows(
                "SELECT version, formed_by = '\(table.prefix)beto' FROM coordination.working_group_version ORDER BY 1")
                == ["(1,f)", "(2,t)"])
    }
}

@Test func anOverdueDecisionIsToldOnceToItsOwnerAndToWhomItEscalates() async throws {
    try await withTable { table in
        try await table.form("beto", table.decidingRoundtable)
        let decision = try await table.record("ana", .decision).id
        let later = try await table.record("ana", .decision, due: "2090-01-01").id
        let patient = try await table.record("ana", .decision, due: "2024-01-31", grace: 1_000_000).id
        #expect(try await table.execute("zoe", decision) == .permissionDenied)
        // Not escalated yet: only the owner may execute it.
        #expect(try await table.execute("ana", decision) == .permissionDenied)

        // The recurring call fires by the database's clock, once however often it is looked at.
        let coordination = table.database.pool(as: "puente_coordination", size: 1)
        for call in CoordinationService.recurringCalls {
            try await call.register(with: QueueOperations(coordination))
            try await call.register(with: QueueOperations(coordination))
        }
        try await table.pool.script("UPDATE rpc.recurrence SET next_at = clock_timestamp() - interval '1 day'")
        let notices = """
            SELECT decision_id, kind, substr(person, length('\(table.prefix)') + 1)
            FROM coordination.notice ORDER BY decision_id, kind, person
            """
        let told = ["(\(decision),escalated,ana)", "(\(decision),overdue,carla)", "(\(patient),overdue,carla)"]
        var seen: [String] = []
        for _ in 0..<600 where seen != told {
            seen = try await table.rows(notices)
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(seen == told)
        try await table.keepTime()
        #expect(try await table.rows(notices) == told)

        // Everybody sees their own.
        let carla = ConnectionPool(try await table.database.person("carla2"), size: 1)
        #expect(try await carla.query(OwnNotices()) == [])
        await carla.close()
        let ana = table.database.pool(as: table.prefix + "ana", size: 1)
        #expect(try await ana.query(OwnNotices()) == [decision])
        await ana.close()

        #expect(try await table.execute("ana", decision) == nil)
        #expect(try await table.execute("ana", decision) == .failedPrecondition)
        #expect(try await table.execute("carla", patient) == nil)
        #expect(try await table.execute("carla", 9_999) == .notFound)
        let open = "SELECT decision_id, days_overdue FROM coordination.decision_v1 WHERE executed_at IS NULL"
        #expect(try await table.rows(open) == ["(\(later),0)"])
        await coordination.close()
    }
}

private struct OwnNotices: Statement {
    static let sql = "SELECT decision_id FROM coordination.notice_v1 ORDER BY notice_id"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

@Test func whatWasDecidedSignedAndRecordedNeverChanges() async throws {
    try await withTable { table in
        try await table.openLine()
        try await table.activate(sampleTerms(roles: table.prefix))
        try await table.act("ana", .suspend, reason: "late", condition: 2)
        try await table.form("ana", table.roundtable)
        try await table.record("ana", .minutes)
        let service = table.database.pool(as: "puente_coordination", size: 1)
        for change in [
            "UPDATE coordination.agreement_version SET proposed_by = 'x'",
            "DELETE FROM coordination.agreement_signature", "DELETE FROM coordination.agreement_event",
            "UPDATE coordination.agreement_condition SET holds = true",
            "UPDATE coordination.agreement_override SET reason = 'x'", "DELETE FROM coordination.notice",
            "UPDATE coordination.working_group_record SET body = 'x'",
            "UPDATE coordination.decision SET decided_by = '{x}'", "DELETE FROM coordination.decision",
        ] {
            let mine = await #expect(throws: PostgresError.self) { try await service.script(change) }
            #expect(mine?.sqlState == "42501", "\(change)")
        }
        // Nor does the owner of the tables, by mistake.
        for journal in [
            "agreement_version", "agreement_signature", "agreement_event", "agreement_condition",
            "agreement_override", "working_group_version", "working_group_record", "notice",
        ] {
            let owner = await #expect(throws: PostgresError.self) {
                try await table.pool.script("DELETE FROM coordination.\(journal)")
            }
            #expect(owner?.sqlState == "23001", "\(journal)")
        }
        await service.close()
    }
}

@Test func otherServicesAndPeopleCannotWriteAgreements() async throws {
    try await withTable { table in
        for role in ["puente_projects", "puente_transfers", "puente_reporting", table.prefix + "ana"] {
            let pool = table.database.pool(as: role, size: 1)
            for change in [
                "INSERT INTO coordination.agreement_signature VALUES ('a', 1, 'terms', 'ana', 'MIDIS')",
                "UPDATE coordination.agreement SET state = 2", "DELETE FROM coordination.agreement_earmark",
                "INSERT INTO coordination.agreement_override (agreement) VALUES ('a')",
            ] {
                let refused = await #expect(throws: PostgresError.self) { try await pool.script(change) }
                #expect(refused?.sqlState == "42501", "\(role): \(change)")
            }
            await pool.close()
        }
    }
}
