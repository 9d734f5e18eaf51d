import Contracts
import Foundation
import Intake
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

private func chile() throws -> CoordinationV1.CountryDefinition { try .init(json: TestCountry.file("chile")) }

private let chilesTerritories = """
    territory_code,name,level,parent_code,poverty_rate
    08,Biobío,region,,21.5
    081,Concepción,province,08,
    08101,Concepción,commune,081,18.0

    """

private func places(_ bench: ImportBench) async throws -> [String] {
    try await bench.operators.texts(
        of: "SELECT territory_code, level, department_code FROM coordination.territory ORDER BY 1")
}

/// A country's file says what its territories' levels are called, what their codes look like, and where budgets hang.
@Suite struct TerritoryLevelTests {
    @Test func territoriesAreReadByTheLevelsOfTheCountry() async throws {
        try await withImportBench(country: chile()) { bench in
            let (result, rejects) = try await bench.run([chilesTerritories])
            #expect(result.applied && rejects.isEmpty, "\(rejects)")
            #expect(try await places(bench) == ["(08,1,08)", "(081,2,08)", "(08101,3,08)"])
            let another = "territory_code,name,level,parent_code,poverty_rate\n09,Araucanía,department,,\n"
            let refused = try await bench.run([another]).rejects
            #expect(refused.map(\.reason) == ["unknown_word"])
            #expect(refused.map(\.sentence.text) == ["is not one of region, province, commune"])
        }
    }

    @Test func aBudgetMayHangOnALowerLevel() async throws {
        var country = try chile()
        country.budgetLevel = "province"
        try await withImportBench(country: country) { bench in
            let applied = try await bench.run([chilesTerritories]).result.applied
            #expect(applied)
            #expect(try await places(bench) == ["(08,1,08)", "(081,2,081)", "(08101,3,081)"])
        }
    }

    @Test(arguments: [
        (
            "8,Biobío,region,,",
            "is no code of the level: código único territorial (2 digits) (has it lost a leading zero?)"
        ),
        (
            "0B,Biobío,region,,",
            "is no code of the level: código único territorial (2 digits) (has it lost a leading zero?)"
        ),
        ("08,Biobío,region,07,", "must be empty: the highest level has no parent"),
        ("081,Biobío,province,,", "is empty: only the highest level has no parent"),
    ])
    func aCodeOfAnotherFormIsRefused(row: String, why: String) async throws {
        try await withImportBench(country: chile()) { bench in
            let refused = try await bench.run(["territory_code,name,level,parent_code,poverty_rate\n\(row)\n"]).rejects
            #expect(refused.map(\.sentence.text) == [why])
        }
    }

    @Test func aCountryLoadedBeforeLevelsWereNamedMustBeLoadedAgain() async throws {
        var old = try chile()
        (old.territoryLevels, old.budgetLevel, old.languages) = ([], "", [])
        try await withImportBench(country: old) { bench in
            let refused = try await bench.run([chilesTerritories]).rejects
            #expect(refused.count == 3 && refused.allSatisfy { $0.sentence.text.contains("names no levels") })
            let present = try chile()
            let loaded = try await bench.service.transaction {
                try await LoadCountry.load(present, loadedBy: "ana", in: $0)
            }
            #expect(loaded.changed)
            #expect(try await bench.run([chilesTerritories]).result.applied)
        }
    }

    @Test func levelsStayWhileTerritoriesAreStoredByThem() async throws {
        try await withImportBench(country: chile()) { bench in
            var other = try chile()
            other.budgetLevel = "province"
            let changed = other
            func load(_ country: CoordinationV1.CountryDefinition) async throws {
                _ = try await bench.service.transaction { try await LoadCountry.load(country, loadedBy: "a", in: $0) }
            }
            try await load(changed)
            let before = try chile()
            try await load(before)
            #expect(try await bench.run([chilesTerritories]).result.applied)
            let refused = await #expect(throws: RPCError.self) { try await load(changed) }
            #expect(refused?.code == .failedPrecondition)
            #expect(refused?.message.contains("region > province > commune (region)") == true)
            other = before
            other.territoryLevels[0].names["es"] = "Región"
            let renamed = other
            try await load(renamed)
        }
    }
}
