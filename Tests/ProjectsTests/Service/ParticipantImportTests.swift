import Contracts
import ProjectsService
import TestSupport
import Testing

@Test func importingTheSameParticipantsTwiceChangesNothing() async throws {
    try await withProjects { fixture in
        let first = try await fixture.importParticipants(ProjectsFixture.participants)
        #expect(first.result.applied)
        #expect(first.result.files.map(\.stored) == [4])
        let before = try await fixture.digest()
        let second = try await fixture.importParticipants(ProjectsFixture.participants)
        #expect(second.result.files.map(\.stored) == [0])
        #expect(second.result.files.map(\.unchanged) == [4])
        let after = try await fixture.digest()
        #expect(after == before)
    }
}

@Test func badParticipantsAreRefusedWithTheirReasons() async throws {
    try await withProjects { fixture in
        let file = """
            project_code,household_id,module_code,enrolled_on
            HW-06-001,1001,hen,2024-02-01
            HW-06-001,1001,hen,2024-02-02
            HW-06-001,9999,hen,2024-02-01
            HW-06-001,1002,alpaca,2024-02-01
            HW-06-002,1001,hen,2024-02-01
            HW-06-001,1002,hen,2024-02-30
            HW-06-001,1003,hen,2024-02-01
            HW-06-001,2001,hen,2024-02-01

            """
        let (result, reasons, _) = try await fixture.importParticipants(file, .keepGood)
        #expect(result.applied)
        #expect(result.files.map(\.stored) == [2])
        #expect(
            reasons.filter { !$0.hasPrefix("7 ") } == [
                "3 duplicate_participant", "4 unknown_household", "5 unknown_module", "6 participant_of_two_projects",
                "9 other_department",
            ])
        #expect(reasons.count == 6)
        let nothing = try await fixture.importParticipants(file, .allOrNothing)
        #expect(!nothing.result.applied)
    }
}

@Test func anImportForAnUnknownProgrammeIsRefused() async throws {
    try await withProjects { fixture in
        let error = await #expect(throws: RPCError.self) {
            try await fixture.importParticipants(ProjectsFixture.participants, programme: "pension")
        }
        #expect(error?.code == .failedPrecondition)
    }
}

@Test func everyStatementFitsTheSchemaAndTheServicesRights() async throws {
    try await withDatabase { database in
        let refused = try await database.refusedStatements(ProjectsService.statements, as: "puente_projects")
        #expect(refused == [])
        #expect(ProjectsService.statements.count > 20)
    }
}
