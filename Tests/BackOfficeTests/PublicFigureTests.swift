import Foundation
import Testing

@testable import PopulationSimulation

/// The public files by district as they are, where the reference data is at hand.
@Suite(.enabled(if: Repository.hasTerritories, "PUENTE_REFERENCE_DATA has no territory files"))
struct PublicFigureTests {
    let folder = (Repository.referenceData ?? "") + "/territory"

    private func districts() throws -> PopulationFigures {
        try .districts(sizes: folder + "/peru_infomidis_2024-08.csv", territories: folder + "/ubigeo_distrito.csv")
    }

    @Test func theirTotalsAreThePublishedOnes() throws {
        let figures = try districts()
        #expect(figures.areas.count == 1_892)
        #expect(figures.areas.reduce(0) { $0 + $1.affiliated } == 793_623)
        #expect(figures.areas.reduce(0) { $0 + $1.paid } == 747_378)
        #expect(figures.areas.reduce(0) { $0 + $1.hakuWinay } == 96_623)
    }

    @Test func everyInconsistencyIsFound() throws {
        let figures = try districts()
        func count(_ kind: Finding.Kind) -> Int { figures.findings.count { $0.kind == kind } }
        #expect(count(.morePaidThanAffiliated) == 52)
        #expect(count(.leadingZeroLost) == 920)
        let unknown = figures.findings.filter { $0.kind == .notInCatalogue }.map(\.territory)
        #expect(unknown == ["120699", "130112", "180107"])
        #expect(count(.noFigures) == 3)
        #expect(count(.noData) == 8)
        #expect(count(.decimalCount) == 1)
        #expect(count(.lineBreakInField) > 0)
    }

    @Test func everyDistrictHasAProvinceAndADepartment() throws {
        let figures = try districts()
        let codes = Set(figures.territories.map(\.code))
        #expect(codes.count == figures.territories.count)
        #expect(
            figures.territories.allSatisfy { $0.parent.isEmpty ? $0.level == "department" : codes.contains($0.parent) })
        #expect(figures.areas.allSatisfy { codes.contains($0.code) })
        #expect(figures.territories.count { $0.level == "department" } == 25)
        #expect(figures.territories.count { $0.level == "province" } == 196)
    }

    @Test func districtsAddUpToTheDepartmentsThatTheProgramCarries() throws {
        let figures = try districts()
        for department in PopulationFigures.embedded.areas {
            let districts = figures.areas.filter { $0.department == department.code }
            #expect(districts.reduce(0) { $0 + $1.affiliated } == department.affiliated, "\(department.code)")
            #expect(districts.reduce(0) { $0 + $1.paid } == department.paid)
            #expect(districts.reduce(0) { $0 + $1.hakuWinay } == department.hakuWinay)
        }
    }

    @Test func aSimulationByDistrictWritesWhatItFound() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "puente-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let summary = try PopulationSimulation.run(
            PopulationOptions(
                households: 3_000, seed: 7, directory: directory,
                figures: .districts(
                    sizes: folder + "/peru_infomidis_2024-08.csv", territories: folder + "/ubigeo_distrito.csv")))
        #expect(summary.households == 3_000)
        let findings = try String(contentsOfFile: directory + "/findings.csv", encoding: .utf8)
        #expect(findings.split(separator: "\n").count == summary.findings.count + 1)
        #expect(findings.contains("\nleading_zero_lost,010101,2,10101 must be 010101\n"))
    }
}
