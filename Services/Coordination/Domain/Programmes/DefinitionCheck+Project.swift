import Contracts
import Vocabulary

extension DefinitionCheck {
    /// Rules of a productive project.
    mutating func project(_ definition: CoordinationV1.ProgrammeDefinition) {
        let does: Sentence = "does nothing in a programme of projects; leave it out"
        found.require(definition.eligibility == nil, "eligibility", does)
        found.require(definition.conditions.isEmpty, "conditions", does)
        found.require(definition.components.isEmpty, "components", does)
        found.require(definition.ladder.isEmpty, "ladder", does)
        found.require(definition.payments == nil, "payments", does)
        guard let project = definition.project else {
            found.fault("project", "is missing")
            return
        }
        amount(project.unitCostMinor, "project.unitCostMinor")
        let shares = project.instalmentSharesHundredths
        found.require(!shares.isEmpty, "project.instalmentSharesHundredths", "are missing")
        found.require(
            shares.count <= FaultList.longestList, "project.instalmentSharesHundredths",
            "are more than \(FaultList.longestList)")
        found.require(shares.allSatisfy { $0 > 0 }, "project.instalmentSharesHundredths", "are not all above zero")
        let sum = shares.reduce(Int64(0)) { $0 + Int64($1) }
        found.require(
            shares.isEmpty || sum == 10_000, "project.instalmentSharesHundredths",
            "sum to \(sum); they must sum to 10000")
        for (index, module) in project.modules.enumerated() {
            found.code(module.code, "project.modules[\(index)].code")
            found.text(module.name, "project.modules[\(index)].name")
            amount(module.unitCostMinor, "project.modules[\(index)].unitCostMinor")
        }
        found.distinct(project.modules.map(\.code), "project.modules")
    }
}
