import Foundation
import Testing

@testable import PopulationSimulation

struct PopulationPlanTests {
    @Test(arguments: [
        (100, [1, 1, 1], [34, 33, 33]), (7, [793, 0, 1], [7, 0, 0]), (0, [1, 2], [0, 0]), (5, [0, 0], [0, 0]),
        (3, [5, 3, 1], [2, 1, 0]),
    ])
    func theLargestRemaindersGetWhatRoundingLeaves(total: Int, weights: [Int], shares: [Int]) {
        #expect(LargestRemainder.distribute(total, over: weights) == shares)
    }

    @Test(arguments: [1, 2, 24, 25, 26, 1_000, 20_000, 747_378, 793_623, 7_000_001])
    func theAreasAddUpToWhatWasAskedFor(_ households: Int) throws {
        let plan = try PopulationPlan(.embedded, PopulationOptions(households: households, directory: ""))
        #expect(plan.households == households)
        for area in plan.areas {
            #expect(area.failedAttendance + area.missingEvidence + area.closedAccounts <= area.households)
            #expect(area.hakuWinay <= area.households)
        }
    }

    @Test func atFullSizeEachDepartmentPaysItsRealHouseholds() throws {
        let plan = try PopulationPlan(.embedded, PopulationOptions(directory: ""))
        for area in plan.areas {
            #expect(area.households == area.figures.affiliated)
            let faults = area.failedAttendance + area.missingEvidence + area.closedAccounts
            #expect(area.households - faults == area.figures.paid, "\(area.figures.code)")
        }
        #expect(plan.households == 793_623)
        // All but the 76 households of Moquegua that are in Haku Wiñay and cannot be in Juntos.
        #expect(plan.areas.reduce(0) { $0 + $1.hakuWinay } == 96_623 - 76)
    }

    @Test func sharesThatAreAskedForReplaceTheRealOnes() throws {
        let plan = try PopulationPlan(
            .embedded,
            PopulationOptions(
                households: 20_000, directory: "", failedAttendance: Percent("12.5"), missingEvidence: Percent("0"),
                closedAccounts: Percent("1.01"), duplicates: Percent(hundredths: 50)))
        #expect(plan.areas.reduce(0) { $0 + $1.failedAttendance } == 2_500)
        #expect(plan.areas.reduce(0) { $0 + $1.missingEvidence } == 0)
        #expect(plan.areas.reduce(0) { $0 + $1.closedAccounts } == 202)
        #expect(plan.areas.reduce(0) { $0 + $1.duplicates } == 100)
    }

    @Test func impossibleOptionsAreRefused() {
        #expect(throws: PopulationError.self) {
            try PopulationPlan(
                .embedded,
                PopulationOptions(directory: "", failedAttendance: Percent("60"), closedAccounts: Percent("40.01")))
        }
        #expect(throws: PopulationError.self) {
            try PopulationPlan(.embedded, PopulationOptions(households: 0, directory: ""))
        }
        #expect(throws: PopulationError.noHouseholds) {
            try PopulationPlan(PopulationFigures(), PopulationOptions(directory: ""))
        }
    }

    @Test(arguments: ["", "-1", "1,5", "5.833", "x", "1.", ".5", "1001"])
    func onlyPercentagesWithTwoDecimalsAreRead(_ text: String) { #expect(Percent(text) == nil) }

    @Test func aPercentageIsWrittenAsItIsRead() {
        for text in ["0.00", "5.83", "5.08", "100.00"] { #expect(Percent(text)?.description == text) }
        #expect(Percent("5.8")?.hundredths == 580)
    }

    @Test(arguments: [1, 2, 7, 1_000, 4_549])
    func aSpreadPicksEachPlaceOnce(_ count: Int) {
        for ratio in [618, 755, 450] {
            let spread = Spread(count: count, ratio: ratio, seed: 9)
            #expect(Set((0..<count).map(spread.place(of:))) == Set(0..<count))
        }
    }

    @Test func theCarriedFiguresAreThoseOfTheFile() throws {
        let file = Repository.root.appending(path: "deploy/programmes/peru/departments_2024-08.csv").path
        let read = try PopulationFigures.departments(file: file)
        #expect(read.areas == PopulationFigures.embedded.areas)
        #expect(read.territories == PopulationFigures.embedded.territories)
        #expect(read.areas.count == 25)
        #expect(read.areas.reduce(0) { $0 + $1.affiliated } == 793_623)
        #expect(read.areas.reduce(0) { $0 + $1.paid } == 747_378)
        #expect(read.areas.reduce(0) { $0 + $1.hakuWinay } == 96_623)
        // INEI's codes: RENIEC gives 14 to Lima and 24 to Callao.
        #expect(PeruDepartments.name(of: "15") == "Lima" && PeruDepartments.name(of: "07") == "Callao")
        #expect(read.findings.map(\.kind) == [.moreHakuWinayThanJuntos])
    }
}

/// The repository's root, and the reference data where it is at hand.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// Public files that are not part of the project.
    static let referenceData = ProcessInfo.processInfo.environment["PUENTE_REFERENCE_DATA"]
    static let hasTerritories =
        referenceData.map {
            FileManager.default.fileExists(atPath: $0 + "/territory/peru_infomidis_2024-08.csv")
        } ?? false
}
