import Contracts
import Intake
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

/// What stops an import in a test.
private struct PowerCut: Error {}

@Test(arguments: ["checking territories", "checking accounts", "storing territories", "storing accounts"])
func anImportThatIsCutShortLeavesNothingAndCanBeRepeated(stage: String) async throws {
    try await withImportBench { bench in
        var uploadIds: [String] = []
        for file in SmallRegistry.all { uploadIds.append(try await bench.upload(Array(file.utf8))) }
        let request = CommonV1.ImportRequest(uploadIds: uploadIds, mode: .allOrNothing)
        await #expect(throws: PowerCut.self) {
            try await bench.service.transaction { transaction in
                try await Importer(RegistryImport.plan(peru().forms)).run(
                    request, requestedBy: "ana", in: transaction
                ) {
                    if $0.stage == stage { throw PowerCut() }
                }
            }
        }
        #expect(try await bench.operators.queryOne(RegistryDigest()) == "")
        let (result, rejects) = try await bench.importing(uploadIds, .allOrNothing)
        #expect(result.applied)
        #expect(rejects.isEmpty)
        #expect(result.files.map(\.stored) == [4, 2, 3, 2])
        try await keysAreInPlace(bench)
    }
}

@Test func importsAtTheSameMomentFollowOneAnother() async throws {
    try await withImportBench { bench in
        let results = try await withThrowingTaskGroup(of: CommonV1.ImportResult.self) { group in
            for _ in 0..<3 {
                group.addTask { try await bench.run(SmallRegistry.all).result }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.map(\.applied) == [true, true, true])
        let stored = results.map { $0.files.reduce(0) { $0 + $1.stored } }
        #expect(stored.sorted() == [0, 0, 11])
        try await keysAreInPlace(bench)
    }
}

@Test func theFirstImportLeavesTheMembersKeysAsTheSchemaHasThem() async throws {
    try await withImportBench { bench in
        let before = try await bench.operators.query(MemberKeys())
        _ = try await bench.run(SmallRegistry.all)
        #expect(try await bench.operators.query(MemberKeys()) == before)
        #expect(before.count == 2)
    }
}

/// The first import drops and builds the members' keys: whatever happens, they are there afterwards.
private func keysAreInPlace(_ bench: ImportBench) async throws {
    let keys = try await bench.operators.query(MemberKeys())
    #expect(
        keys == [
            "member_person_key UNIQUE (person_id)", "member_pkey PRIMARY KEY (household_id, person_id)",
        ])
}

private struct MemberKeys: Statement {
    static let sql = """
        SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid = 'coordination.member'::regclass AND contype IN ('p', 'u') ORDER BY conname
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
