import Contracts
import Postgres
import ProjectsDomain
import ProjectsService
import Queue
import TestSupport
import Testing

private let places = "SELECT target_population, others, overridden, refused FROM projects.agreement_places_v1"

@Test func othersWaitUntilTheReservedPlacesAreFilled() async throws {
    try await withProjects { fixture in
        try await fixture.activate(sampleTerms(fixture))
        // 1001, 1002, 2001, 2002 are extreme poor, 1003 is not.
        let first = try await fixture.importParticipants(
            participantFile(
                "HW-06-001,1003,hen,2024-02-01", "HW-06-001,1003,guinea_pig,2024-02-01",
                "HW-06-001,1001,hen,2024-02-01"), .keepGood)
        #expect(first.reasons == ["2 reserved_places_open", "3 reserved_places_open"])
        #expect(
            first.messages.first
                == "agreement juntos-haku, version 1: 2 places are reserved for its target population and 1 are filled;"
                + " others wait until all are, or a deciding member signs an override")
        #expect(try await fixture.rows(places) == ["(1,0,0,1)"])
        // The same file again changes nothing; the last reserved place lets the other in, in one file.
        let again = try await fixture.importParticipants(participantFile("HW-06-001,1001,hen,2024-02-01"), .keepGood)
        #expect(again.result.files.map(\.unchanged) == [1])
        let second = try await fixture.importParticipants(
            participantFile(
                "HW-06-001,1003,hen,2024-02-01", "HW-06-001,1002,hen,2024-02-01",
                "HW-06-001,1001,guinea_pig,2024-02-01"))
        #expect(second.reasons == [] && second.result.applied)
        #expect(try await fixture.rows(places) == ["(2,1,0,0)"])
        #expect(
            try await fixture.rows(
                "SELECT household_id, outcome, agreement_version, reserved, filled FROM projects.admission_v1"
                    + " ORDER BY decided_at, household_id")
                == ["(1001,1,1,2,1)", "(1003,4,1,2,1)", "(1002,1,1,2,2)", "(1003,2,1,2,2)"])
    }
}

@Test func anImportThatIsNotAppliedAdmitsNobody() async throws {
    try await withProjects { fixture in
        try await fixture.activate(sampleTerms(fixture))
        let refused = try await fixture.importParticipants(
            participantFile("HW-06-001,1003,hen,2024-02-01", "HW-06-001,1001,hen,2024-02-01"), .allOrNothing)
        #expect(!refused.result.applied && refused.reasons == ["2 reserved_places_open"])
        #expect(try await fixture.rows("SELECT * FROM projects.admission") == [])
    }
}

@Test func anOverrideAdmitsAHouseholdAndIsCounted() async throws {
    try await withProjects { fixture in
        try await fixture.activate(sampleTerms(fixture))
        _ = try await fixture.act(.override, reason: "flood", subject: "1003")
        let result = try await fixture.importParticipants(participantFile("HW-06-001,1003,hen,2024-02-01"))
        #expect(result.reasons == [] && result.result.applied)
        #expect(try await fixture.rows(places) == ["(0,0,1,0)"])
        #expect(
            try await fixture.rows("SELECT outcome, override_id IS NOT NULL FROM projects.admission_v1") == ["(3,t)"])
    }
}

@Test func aShareOfAllPlacesIsReservedAndNoMoreAreTaken() async throws {
    try await withProjects { fixture in
        try await fixture.activate(
            sampleTerms(fixture) {
                $0.reservedPlaces = 0
                $0.reservedShareHundredths = 3_334
                $0.places = 3
            })
        let result = try await fixture.importParticipants(
            participantFile(
                "HW-06-001,1003,hen,2024-02-01", "HW-06-001,1001,hen,2024-02-01", "HW-06-001,1002,hen,2024-02-01",
                "HW-21-001,2001,hen,2024-02-01", "HW-21-001,2002,hen,2024-02-01"), .keepGood)
        #expect(result.reasons == ["2 no_place_left", "6 no_place_left"])
        #expect(try await fixture.rows(places) == ["(3,0,0,2)"])
    }
}

@Test func aProjectStartsOnlyWhileTheHouseholdReceivesTransfers() async throws {
    try await withProjects { fixture in
        try await fixture.serveTransfers()
        try await fixture.activate(sampleTerms(fixture, sequenced))
        let result = try await fixture.importParticipants(
            participantFile(
                "HW-06-001,1001,hen,2024-05-01", "HW-06-001,1002,hen,2024-05-01", "HW-21-001,2001,hen,2024-05-01",
                "HW-06-001,1003,hen,2024-05-01"), .keepGood)
        #expect(result.reasons == ["2 no_transfer", "5 no_transfer"])
        #expect(result.messages.first?.contains("only while the household receives transfers") == true)
        _ = try await fixture.act(.override, reason: "left by mistake", subject: "1001")
        #expect(try await fixture.importParticipants(participantFile("HW-06-001,1001,hen,2024-05-01")).reasons == [])
        #expect(try await fixture.rows(places) == ["(2,0,1,1)"])
    }
}

@Test func whoIsRefusedUnderOneAgreementTakesNoPlaceUnderAnother() async throws {
    try await withProjects { fixture in
        try await fixture.activate(sampleTerms(fixture) { $0.reservedPlaces = 1 })
        try await fixture.activate(
            sampleTerms(fixture) {
                $0.agreement = "puno"
                $0.reservedPlaces = 1
                $0.places = 1
                $0.target = .init(departments: ["21"])
            })
        let result = try await fixture.importParticipants(
            participantFile(
                "HW-06-001,1001,hen,2024-02-01", "HW-06-001,1003,hen,2024-02-01", "HW-21-001,2001,hen,2024-02-01"),
            .keepGood)
        #expect(result.reasons == ["2 no_place_left", "3 no_place_left"])
        #expect(
            try await fixture.rows("SELECT agreement, household_id, outcome FROM projects.admission_v1 ORDER BY 1, 2")
                == ["(juntos-haku,2001,1)", "(puno,1001,6)", "(puno,1003,6)", "(puno,2001,1)"])
    }
}

@Test func whoTookPartBeforeTheAgreementKeepsTheirPlace() async throws {
    try await withProjects { fixture in
        _ = try await fixture.importParticipants(participantFile("HW-06-001,1003,hen,2024-02-01"))
        try await fixture.activate(sampleTerms(fixture))
        let more = try await fixture.importParticipants(participantFile("HW-06-001,1003,guinea_pig,2024-02-01"))
        #expect(more.reasons == [] && more.result.applied)
        #expect(try await fixture.rows("SELECT * FROM projects.admission") == [])
    }
}

@Test func theDatabaseRefusesWhatAProgramWouldAdmitAgainstTheAgreement() async throws {
    try await withProjects { fixture in
        _ = try await fixture.importParticipants(participantFile("HW-06-001,1001,hen,2024-02-01"))
        try await fixture.activate(sampleTerms(fixture))
        let service = fixture.database.pool(as: "puente_projects", size: 1)
        let admission = """
            INSERT INTO projects.admission (household_id, programme, agreement, import_id, agreement_version, outcome,
                reserved, filled) VALUES
            """
        let id = "'6ba7b810-9dad-41d1-80b4-00c04fd430c8'"
        let refused: [(String, String)] = [
            (
                "INSERT INTO projects.participant VALUES (1003, 'HW-06-001', 'hen', '2024-02-01')",
                "participant_admitted_check"
            ),
            (
                "\(admission) (1003, 'haku_winay', 'juntos-haku', \(id), 1, 2, 2, 0)",
                "admission_reserved_first_check"
            ),
            (
                "\(admission) (1003, 'haku_winay', 'juntos-haku', \(id), 1, 3, 2, 0)", "admission_override_check"
            ),
            ("\(admission) (1003, 'haku_winay', 'juntos-haku', \(id), 1, 7, 2, 0)", "admission_outcome_check"),
        ]
        for (change, constraint) in refused {
            let error = await #expect(throws: PostgresError.self) { try await service.script(change) }
            #expect(error?.constraint == constraint, "\(change)")
        }
        try await service.script("\(admission) (1002, 'haku_winay', 'juntos-haku', \(id), 1, 1, 2, 1)")
        let final = await #expect(throws: PostgresError.self) {
            try await fixture.pool.script("UPDATE projects.admission SET outcome = 3, override_id = 1")
        }
        #expect(final?.constraint == "admission_final_check")
        await service.close()
    }
}

@Test func theDatabaseReservesAsManyPlacesAsTheDomain() async throws {
    try await withProjects { fixture in
        for row in reservedPlaceRows {
            let said = try await fixture.rows(
                "SELECT projects.reserved_places(\(row.reserved), \(row.share), \(row.all))")
            #expect(said == ["(\(row.expected))"])
        }
    }
}

@Test func instalmentsDrawOnTheEarmarkAndASuspensionStopsTheNextCommitment() async throws {
    try await withProjects { fixture in
        try await fixture.openLines()
        try await fixture.appropriate([2_500_000, 2_000_000], id: "law")
        try await fixture.activate(
            sampleTerms(fixture) {
                $0.reservedPlaces = 0
                $0.earmarks = [
                    .init(
                        institution: "MIDIS", line: ProjectsFixture.lines[0], amountMinor: 1_000_000,
                        documentPrefix: "HW-06-")
                ]
            })
        _ = try await fixture.importParticipants(ProjectsFixture.participants)
        let money = "SELECT earmarked, drawn, remaining, committed, ordered FROM coordination.agreement_earmark_v1"
        // Two households of S/6,000 in Cajamarca: 10,000 from the earmark, 2,000 from what the line has besides.
        let reply = try await fixture.order()
        #expect(reply.state == "ordered", "\(reply.obstacles)")
        #expect(try await fixture.rows(money) == ["(1000000,1000000,0,1000000,120000)"])
        #expect(try await fixture.stages(ProjectsFixture.lines[0]) == [1_200_000, 1_200_000, 120_000, 120_000])

        // Suspended: inputs that are committed go on, a new household's commitment does not.
        _ = try await fixture.act(.suspend, reason: "no report", condition: 1)
        var second = ProjectsFixture.request
        second.instalment = 2
        #expect(try await fixture.order(second).state == "ordered")
        _ = try await fixture.importParticipants(participantFile("HW-06-001,1003,hen,2024-02-01"))
        var third = ProjectsFixture.request
        third.instalment = 3
        let stopped = try await fixture.order(third)
        #expect(stopped.state == "awaiting_budget")
        #expect(Set(stopped.obstacles.map(\.detail)) == ["agreement_suspended"])
        _ = try await fixture.act(.resume, reason: "report sent", condition: 1)
        #expect(try await fixture.order(third).state == "ordered")
    }
}

@Test func anotherProjectCannotDrawOnTheEarmark() async throws {
    try await withProjects { fixture in
        try await fixture.openLines()
        try await fixture.appropriate([1_500_000, 2_000_000], id: "law")
        try await fixture.activate(
            sampleTerms(fixture) {
                $0.reservedPlaces = 0
                $0.earmarks = [
                    .init(
                        institution: "MIDIS", line: ProjectsFixture.lines[0], amountMinor: 1_000_000,
                        documentPrefix: "HW-06-002")
                ]
            })
        _ = try await fixture.importParticipants(ProjectsFixture.participants)
        let reply = try await fixture.order()
        #expect(reply.state == "awaiting_budget")
        #expect(reply.obstacles.map(\.lines) == [[ProjectsFixture.lines[0]]])
        #expect(reply.obstacles.map(\.shortfallMinor) == [700_000])
    }
}
