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
