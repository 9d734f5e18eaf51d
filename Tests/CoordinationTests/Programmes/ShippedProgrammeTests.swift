import Contracts
import CoordinationDomain
import Foundation
import Testing

@Test(arguments: ["peru/juntos", "peru/haku_winay"])
func theProgrammesThatAreShippedHaveNoFaults(name: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    let file = try Data(contentsOf: root.appendingPathComponent("deploy/programmes/\(name).json"))
    let definition = try CoordinationV1.ProgrammeDefinition(json: Array(file))
    #expect(DefinitionCheck.faults(of: definition) == [])
    #expect(!definition.facts.isEmpty)
}

@Test func theAgreementThatIsShippedCanBeProposed() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    let name = "deploy/programmes/peru/agreement_juntos_haku_winay.json"
    let terms = try CoordinationV1.AgreementTerms(json: Array(Data(contentsOf: root.appendingPathComponent(name))))
    #expect(terms.fault == nil)
    #expect(terms.parties.count == 2)
    // The money pays for every place that is reserved.
    let reserved = (Int64(terms.places) * Int64(terms.reservedShareHundredths) + 9_999) / 10_000
    #expect(terms.earmarks.map(\.amountMinor).reduce(0, +) >= reserved * terms.unitCostMinor)
}
