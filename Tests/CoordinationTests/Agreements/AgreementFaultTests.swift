import Contracts
import LedgerAudit
import Postgres
import TestSupport
import Testing

/// Holds up whoever enters a decision, as long as somebody else holds the advisory lock 77.
private let obstacle = """
    CREATE FUNCTION public.wait_for_the_test() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock(77);
        RETURN NEW;
    END
    $$;
    GRANT USAGE ON SCHEMA public TO PUBLIC;
    CREATE TRIGGER wait_for_the_test BEFORE INSERT ON coordination.decision
        FOR EACH ROW EXECUTE FUNCTION public.wait_for_the_test()
    """

@Test func anActivationThatIsKilledLeavesNothingBehindAndIsDoneOnceWhenGivenAgain() async throws {
    try await withTable { table in
        try await table.openLine()
        try await table.propose("ana", sampleTerms(roles: table.prefix))
        for person in ["ana", "carla"] { try await table.act(person, .sign) }
        try await table.pool.script(obstacle)
        let money = "SELECT available, reserved FROM coordination.budget_line_v1"
        let waiting = """
            SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 77 AND NOT granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """
        let activation = try await table.pool.transaction { transaction in
            try await transaction.script("SELECT pg_advisory_xact_lock(77)")
            let activation = Task { try await table.act("ana", .activate) }
            // The attempt has reserved the money and waits with its last statement: it is killed there.
            var killed: [String] = []
            for _ in 0..<500 where killed.isEmpty {
                killed = try await table.rows(waiting)
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(killed.count == 1)
            let pid = killed.first.map { $0.filter(\.isNumber) } ?? "0"
            try await table.pool.script("SELECT pg_terminate_backend(\(pid))")
            return activation
        }
        // A decision is not repeated by the queue: whoever decides is told, what was done is gone, and it is given again.
        let error = await #expect(throws: RPCError.self) { try await activation.value }
        #expect(error?.code == .unavailable)
        #expect(try await table.rows(money) == ["(100000,0)"])
        #expect(try await table.rows("SELECT * FROM coordination.agreement_earmark") == [])
        #expect(try await table.act("ana", .activate).done)
        #expect(try await table.rows(money) == ["(40000,60000)"])
        #expect(try await table.rows("SELECT count(*) FROM coordination.decision_v1") == ["(1)"])
        #expect(try await LedgerAuditor(table.pool).run().problems == [])
    }
}

@Test func twoFirstProposalsAtOnceAreOneVersionEach() async throws {
    try await withTable { table in
        var other = sampleTerms(roles: table.prefix)
        other.title = "Another text"
        let second = other
        async let first = try? table.propose("ana", sampleTerms(roles: table.prefix)).version
        async let also = try? table.propose("carla", second).version
        let versions = await [first, also].compactMap { $0 }
        // Each that was answered has a version of its own; one that met the other was told to try again.
        #expect(Set(versions).count == versions.count && !versions.isEmpty)
        let kept = try await table.rows("SELECT version FROM coordination.agreement_version_v1 ORDER BY version")
        #expect(kept.count == versions.count)
    }
}

@Test func theSameTextAgainChangesNothing() async throws {
    try await withTable { table in
        let terms = sampleTerms(roles: table.prefix)
        #expect(try await table.propose("ana", terms).done)
        try await table.act("ana", .sign)
        try await table.act("ana", .sign)
        let again = try await table.propose("carla", terms)
        #expect(!again.done && again.version == 1)
        #expect(try await table.rows("SELECT signed_by FROM coordination.agreement_signature_v1").count == 1)
    }
}

@Test func theDatabaseRefusesAForcedActivationAndAForgedSignature() async throws {
    try await withTable { table in
        try await table.openLine()
        try await table.propose("ana", sampleTerms(roles: table.prefix))
        try await table.act("ana", .sign)
        let service = table.database.pool(as: "puente_coordination", size: 1)
        let forged = "INSERT INTO coordination.agreement_signature VALUES ('juntos-haku-2024', 1, 'terms'"
        let refused = [
            ("UPDATE coordination.agreement SET state = 2, version_in_force = 1", "agreement_quorum_check"),
            ("\(forged), 'zoe', 'FONCODES')", "agreement_signature_member_check"),
            ("\(forged), '\(table.prefix)beto', 'MIDIS')", "agreement_signature_member_check"),
            ("\(forged), '\(table.prefix)carla', 'MIDIS')", "agreement_signature_member_check"),
            ("UPDATE coordination.agreement SET state = 2", "agreement_in_force_check"),
        ]
        for (change, constraint) in refused {
            let error = await #expect(throws: PostgresError.self) { try await service.script(change) }
            #expect(error?.constraint == constraint, "\(change)")
        }
        await service.close()
    }
}
