import Contracts
import Foundation
import Testing

@testable import PopulationSimulation
import Vocabulary

/// The files that a simulation writes.
struct PopulationFileTests {
    /// Simulates into a folder of its own and hands out the files' rows without their headers, fields split at commas.
    private func simulate(
        _ change: (inout PopulationOptions) -> Void = { _ in },
        _ body: (PopulationSummary, (String) throws -> [[String]]) throws -> Void
    ) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "puente-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var options = PopulationOptions(households: 4_000, seed: 11, directory: directory)
        change(&options)
        let summary = try PopulationSimulation.run(options)
        try body(summary) { name in
            let text = try String(contentsOfFile: directory + "/\(name).csv", encoding: .utf8)
            return text.split(separator: "\n").dropFirst().map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
        }
    }

    @Test func theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws {
        func digest(seed: UInt64) throws -> [String: Data] {
            let directory = FileManager.default.temporaryDirectory.appending(path: "puente-\(UUID().uuidString)").path
            defer { try? FileManager.default.removeItem(atPath: directory) }
            _ = try PopulationSimulation.run(PopulationOptions(households: 2_000, seed: seed, directory: directory))
            let names = try FileManager.default.contentsOfDirectory(atPath: directory)
            return try Dictionary(
                uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: URL(filePath: "\(directory)/\($0)"))) })
        }
        let first = try digest(seed: 1)
        #expect(first.count == 11)
        #expect(try digest(seed: 1) == first)
        #expect(try digest(seed: 2)["members.csv"] != first["members.csv"])
    }

    @Test func everyRowPointsToRowsThatExist() throws {
        try simulate { summary, rows in
            let households = try rows("households").map { $0[0] }
            let members = try rows("members")
            let householdOf = Dictionary(uniqueKeysWithValues: members.map { ($0[0], $0[1]) })
            #expect(households.count == summary.households + summary.notPoor)
            #expect(Set(households).count == households.count && households == households.sorted())
            #expect(householdOf.count == summary.members && Set(householdOf.values) == Set(households))
            #expect(members.allSatisfy { $0[0].utf8.count == 8 })
            for account in try rows("accounts") { #expect(householdOf[account[1]] == account[0]) }
            #expect(Set(try rows("accounts").map { $0[3] }).count == households.count)
            for name in ["school_attendance", "health_checks"] {
                #expect(try rows(name).allSatisfy { householdOf[$0[0]] != nil })
            }
            let territories = Set(try rows("territories").map { $0[0] })
            #expect(try rows("households").allSatisfy { territories.contains($0[1]) })
            #expect(try rows("project_participants").count == summary.hakuWinay)
            let accounts = Set(try rows("accounts").map { $0[3] })
            let closed = try rows("bank_closed_accounts").map { $0[0] }
            #expect(closed.count == summary.closedAccounts && closed.allSatisfy(accounts.contains))
        }
    }

    /// Applies the programme's rules to the files by hand: whoever has no fault meets every condition, whoever has one does not.
    @Test func exactlyTheHouseholdsWithAFaultMissACondition() throws {
        try simulate { summary, rows in
            var attended: [String: (days: Int, of: Int)] = [:]
            for row in try rows("school_attendance") {
                let before = attended[row[0]] ?? (0, 0)
                attended[row[0]] = (before.days + (Int(row[5]) ?? 0), before.of + (Int(row[4]) ?? 0))
            }
            let checked = Dictionary(grouping: try rows("health_checks"), by: { $0[0] + $0[2] })
            let poor = Set(try rows("households").filter { $0[2] != "non_poor" }.map { $0[0] })
            let first = try #require(CalendarDate(iso8601: "2024-07-01"))
            var failing: Set<String> = []
            var missing: Set<String> = []
            for member in try rows("members") where poor.contains(member[1]) {
                let age = try #require(CalendarDate(iso8601: member[5])).ageInMonths(on: first)
                if 72..<204 ~= age {
                    if let (days, of) = attended[member[0]] {
                        if days * 100 < of * 85 { failing.insert(member[1]) }
                    } else {
                        missing.insert(member[1])
                    }
                }
                if 0..<60 ~= age, checked[member[0] + "growth"] == nil { missing.insert(member[1]) }
                if member[7] == "true", checked[member[0] + "prenatal"] == nil { missing.insert(member[1]) }
            }
            #expect(failing.count == summary.failedAttendance && missing.count == summary.missingEvidence)
            #expect(failing.isDisjoint(with: missing))
            #expect(summary.expectedPaid == 4_000 - failing.count - missing.count - summary.closedAccounts)
        }
    }

    @Test func everyPoorHouseholdQualifies() throws {
        try simulate { _, rows in
            let first = try #require(CalendarDate(iso8601: "2024-07-01"))
            let young = Set(
                try rows("members").filter { row in
                    row[7] == "true" || (CalendarDate(iso8601: row[5]).map { $0.ageInYears(on: first) < 19 } ?? false)
                }.map { $0[1] })
            for household in try rows("households") {
                #expect(young.contains(household[0]))
                let since = try #require(CalendarDate(iso8601: household[3]))
                #expect(since.ageInMonths(on: first) >= 6)
            }
        }
    }

    @Test func familiesArePlausible() throws {
        try simulate { summary, rows in
            #expect(24...26 ~= summary.children * 10 / (summary.households + summary.notPoor))
            let byHousehold = Dictionary(grouping: try rows("members"), by: { $0[1] })
            for members in byHousehold.values {
                let births = members.compactMap { CalendarDate(iso8601: $0[5]) }
                #expect(births.count == members.count)
                // Every child is at least 15 years younger than the head.
                for (member, birth) in zip(members, births) where member[6] == "child" {
                    #expect(births[0].ageInYears(on: birth) >= 15)
                }
                #expect(members.allSatisfy { $0[7] == "false" || $0[4] == "F" })
            }
        }
    }

    @Test func duplicatesAreHouseholdsTwiceOrMembersOfTwoHouseholds() throws {
        try simulate({ $0.duplicates = Percent(hundredths: 100) }) { summary, rows in
            #expect(summary.duplicates == 40)
            let households = try rows("households").map { $0[0] }
            let persons = try rows("members").map { $0[0] }
            let twice = households.count - Set(households).count
            #expect(twice > 0 && persons.count > Set(persons).count)
            #expect(twice + persons.count - Set(persons).count == 40)
        }
    }

    @Test func theBudgetCoversACycleUnlessItIsMadeShort() throws {
        var full: [String: Int] = [:]
        try simulate { summary, rows in
            for row in try rows("budget") { full[row[0]] = Int(row[7].filter { $0 != "." }) }
            let juntos = full.filter { $0.key.contains("juntos") }.values.reduce(0, +)
            // At least the base transfer of everybody, at most half as much again.
            #expect(summary.households * 20_000..<summary.households * 30_000 ~= juntos)
            let projects = full.filter { $0.key.contains("haku_winay") }.values.reduce(0, +)
            #expect(summary.hakuWinay * 600_000 == projects)
            #expect(full["2024-RO-MIDIS-juntos-06"] != nil)
        }
        try simulate({ $0.budgetShare = Percent(hundredths: 5_000) }) { _, rows in
            for row in try rows("budget") { #expect(Int(row[7].filter { $0 != "." }) == (full[row[0]] ?? 0) / 2) }
        }
    }

    @Test func theAgreementIsWrittenToScale() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let example = try String(
            contentsOf: root.appending(path: "deploy/programmes/peru/\(AgreementText.fileName)"), encoding: .utf8)
        let plan = try PopulationPlan(.embedded, PopulationOptions(households: 20_000, directory: ""))
        let needs = Dictionary(grouping: plan.areas, by: { Int($0.figures.department) ?? 0 }).mapValues {
            $0.reduce(0) { $0 + $1.hakuWinay } * BudgetNeed.project
        }
        let full = AgreementText(
            households: 20_000, places: plan.areas.reduce(0) { $0 + $1.hakuWinay }, appropriated: needs)
        #expect(full.text == example)

        // A small one binds no more than its lines have, and names no line that has nothing.
        let small = AgreementText(households: 100, places: 12, appropriated: [5: 500_000, 6: 9_000_000])
        let terms = try CoordinationV1.AgreementTerms(json: Array(small.text.utf8))
        #expect(terms.places == 12)
        #expect(terms.earmarks.map(\.line) == ["2024-RO-MIDIS-haku_winay-05", "2024-RO-MIDIS-haku_winay-06"])
        #expect(terms.earmarks.map(\.amountMinor) == [500_000, 750_000])
    }

    @Test func aFolderThatCannotBeWrittenIsRefused() {
        #expect(throws: PopulationError.unwritable(file: "/dev/null/out")) {
            try PopulationSimulation.run(PopulationOptions(households: 10, directory: "/dev/null/out"))
        }
    }
}
