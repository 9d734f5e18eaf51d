import Contracts
import Postgres
import Testing

private let decisions = """
    SELECT household_id, agreement, agreement_version, instalment, attempt, outcome, override_id IS NOT NULL
    FROM projects.start_v1 ORDER BY decided_at, household_id
    """
private let atTheStart = "SELECT refused_at_start, started_by_override FROM projects.agreement_places_v1"

@Test func whoLosesTheTransferBetweenAdmissionAndTheFirstInstalmentDoesNotStart() async throws {
    try await withProjects { fixture in
        try await fixture.serveTransfers()
        try await fixture.activate(sampleTerms(fixture, sequenced))
        try await fixture.openLines()
        try await fixture.appropriate([2_000_000, 2_000_000], id: "law")
        _ = try await fixture.importParticipants(
            participantFile(
                "HW-06-001,1002,hen,2024-05-01", "HW-06-001,1002,guinea_pig,2024-05-01", "HW-21-001,2001,hen,2024-05-01"
            ))
        try await fixture.openCycle("2024-06", serving: 2001)

        // Only 2001 gets inputs and budget; 1002's project has nobody else, and waits.
        let first = try await fixture.order()
        #expect(first.state == "ordered" && first.projects == 1 && first.households == 1)
        #expect(first.householdsNotStarted == 1 && first.committedMinor == 600_000)
        #expect(
            try await fixture.rows(decisions)
                == ["(1002,juntos-haku,1,1,1,3,f)", "(2001,juntos-haku,1,1,1,1,f)"])
        #expect(try await fixture.rows(atTheStart) == ["(1,0)"])
        #expect(
            try await fixture.rows("SELECT household_id, started FROM projects.participant_v1 ORDER BY 1")
                == ["(1002,f)", "(1002,f)", "(2001,t)"])

        // Who has started goes on, whatever happens to the transfer.
        try await fixture.openCycle("2024-07", serving: 1001)
        var second = ProjectsFixture.request
        second.instalment = 2
        let later = try await fixture.order(second)
        #expect(later.state == "ordered" && later.households == 1 && later.householdsNotStarted == 0)
    }
}

@Test func anOverrideLetsAHouseholdStartAndIsCounted() async throws {
    try await withProjects { fixture in
        try await fixture.serveTransfers()
        try await fixture.activate(sampleTerms(fixture, sequenced))
        _ = try await fixture.importParticipants(participantFile("HW-06-001,1002,hen,2024-05-01"))
        try await fixture.openCycle("2024-06", serving: 2001)
        // Nobody can start; asking again is another attempt, decided anew.
        let nobody = try await fixture.order()
        #expect(nobody.state == "empty" && nobody.householdsNotStarted == 1)
        _ = try await fixture.act(.override, reason: "the roll was late", subject: "1002")
        let short = try await fixture.order()
        #expect(short.state == "awaiting_budget" && short.householdsNotStarted == 0)
        try await fixture.openLines()
        try await fixture.appropriate([600_000, 0], id: "law")
        #expect(try await fixture.order().state == "ordered")
        #expect(try await fixture.rows(atTheStart) == ["(0,1)"])
        #expect(
            try await fixture.rows(decisions) == [
                "(1002,juntos-haku,1,1,1,3,f)", "(1002,juntos-haku,1,1,2,2,t)", "(1002,juntos-haku,1,1,3,2,t)",
            ])
    }
}

@Test func whoComesLateIsDecidedAtTheirOwnFirstInstalment() async throws {
    try await withProjects { fixture in
        try await fixture.serveTransfers()
        try await fixture.openLines()
        try await fixture.appropriate([3_000_000, 2_000_000], id: "law")
        // 1003 began before there was an agreement.
        _ = try await fixture.importParticipants(participantFile("HW-06-001,1003,hen,2024-02-01"))
        #expect(try await fixture.order().state == "ordered")
        try await fixture.activate(sampleTerms(fixture, sequenced))
        _ = try await fixture.importParticipants(participantFile("HW-06-001,1002,hen,2024-05-01"))
        try await fixture.openCycle("2024-06", serving: 2001)
        var second = ProjectsFixture.request
        second.instalment = 2
        let reply = try await fixture.order(second)
        #expect(reply.state == "ordered" && reply.households == 1 && reply.householdsNotStarted == 1)
        #expect(try await fixture.rows(decisions) == ["(1002,juntos-haku,1,2,1,3,f)"])
        // Served again, it starts with the third.
        try await fixture.openCycle("2024-07", serving: 1002)
        var third = ProjectsFixture.request
        third.instalment = 3
        #expect(try await fixture.order(third).households == 2)
    }
}

@Test func theDatabaseRefusesAStartAgainstTheSequence() async throws {
    try await withProjects { fixture in
        try await fixture.serveTransfers()
        try await fixture.activate(sampleTerms(fixture, sequenced))
        _ = try await fixture.importParticipants(participantFile("HW-06-001,1002,hen,2024-05-01"))
        let service = fixture.database.pool(as: "puente_projects", size: 1)
        let refused = [
            ("UPDATE projects.participant SET starts_with = 1", "participant_start_check"),
            ("UPDATE projects.participant SET starts_with = 0", "participant_starts_with_check"),
            (
                "INSERT INTO projects.participant VALUES (1002, 'HW-06-001', 'guinea_pig', '2024-02-01', 1)",
                "participant_start_check"
            ),
        ]
        for (change, constraint) in refused {
            let error = await #expect(throws: PostgresError.self) { try await service.script(change) }
            #expect(error?.constraint == constraint, "\(change)")
        }
        _ = try await fixture.order()
        let final = await #expect(throws: PostgresError.self) {
            try await fixture.pool.script("UPDATE projects.start_decision SET outcome = 3")
        }
        #expect(final?.constraint == "start_decision_final_check")
        await service.close()
    }
}
