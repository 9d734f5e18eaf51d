import Contracts

extension DefinitionCheck {
    /// Rules of a productive project.
    mutating func project(_ definition: CoordinationV1.ProgrammeDefinition) {
        guard let project = definition.project else {
            fault("project", "is missing")
            return
        }
        require(project.unitCostMinor > 0, "project.unitCostMinor", "is not above zero")
        require(
            project.householdsPerExecutingBody >= 1, "project.householdsPerExecutingBody", "is below 1")
        let shares = project.instalmentSharesHundredths
        require(!shares.isEmpty, "project.instalmentSharesHundredths", "are missing")
        require(shares.allSatisfy { $0 > 0 }, "project.instalmentSharesHundredths", "are not all above zero")
        let sum = shares.reduce(Int64(0)) { $0 + Int64($1) }
        require(
            shares.isEmpty || sum == 10_000, "project.instalmentSharesHundredths",
            "sum to \(sum); they must sum to 10000")
        for (index, module) in project.modules.enumerated() {
            code(module.code, "project.modules[\(index)].code")
            require(
                module.unitCostMinor > 0, "project.modules[\(index)].unitCostMinor", "is not above zero")
        }
        distinct(project.modules.map(\.code), "project.modules")
    }
}
