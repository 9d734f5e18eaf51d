import Contracts
import Foundation
import Testing

@testable import PopulationSimulation

/// The programme definitions that are delivered.
struct ProgrammeDefinitionTests {
    private func definition(_ name: String) throws -> CoordinationV1.ProgrammeDefinition {
        let file = Repository.root.appending(path: "deploy/programmes/peru/\(name).json")
        return try CoordinationV1.ProgrammeDefinition(json: Array(try Data(contentsOf: file)))
    }

    @Test(arguments: ["juntos", "haku_winay"])
    func everyFigureHasASource(_ name: String) throws {
        let programme = try definition(name)
        #expect(programme.code == name && programme.currency == "PEN" && programme.ministry == "MIDIS")
        #expect(!programme.facts.isEmpty)
        for fact in programme.facts {
            #expect(!fact.about.isEmpty && !fact.source.isEmpty)
            #expect(fact.status == "verified" || fact.status == "unverified")
            // What was not read is not verified.
            #expect(!fact.source.hasPrefix("not read") || fact.status == "unverified")
        }
        #expect(programme.stageNames?.reserved == "certificación" && programme.stageNames?.paid == "pagado")
    }

    @Test func juntosPaysTheAmountsThatTheSimulationBudgets() throws {
        let juntos = try definition("juntos")
        #expect(juntos.kind == .conditionalTransfer)
        let amounts = Dictionary(uniqueKeysWithValues: juntos.components.map { ($0.code, Int($0.amountMinor)) })
        #expect(
            amounts == ["base": BudgetNeed.base, "tpi": BudgetNeed.earlyChildhood, "tas": BudgetNeed.secondary])
        #expect(
            juntos.conditions.map(\.code) == ["prenatal", "growth_0_23_months", "growth_24_59_months", "attendance"])
        #expect(juntos.conditions.last?.thresholdHundredths == 8_500)
    }

    @Test func whatNoSourceConfirmsIsUnverified() throws {
        let unverified = try definition("juntos").facts.filter { $0.status == "unverified" }.map(\.about)
        #expect(unverified.contains("components.tas: how often it is paid"))
        #expect(unverified.contains("ladder.suspended, ladder.exit"))
        let projects = try definition("haku_winay").facts.filter { $0.status == "unverified" }.map(\.about)
        #expect(projects.contains("project.instalmentSharesHundredths"))
    }

    @Test func hakuWinayCostsWhatTheSimulationBudgets() throws {
        let project = try #require(try definition("haku_winay").project)
        #expect(Int(project.unitCostMinor) == BudgetNeed.project)
        #expect(project.instalmentSharesHundredths.reduce(0, +) == 10_000)
        #expect(project.modules.map(\.code) == PopulationSimulation.modules.map { $0.code.description })
    }
}
