import Contracts

/// Something in a programme's definition that cannot be right.
public struct DefinitionFault: Sendable, Equatable {
    /// Where in the definition, as a path of JSON names: `components[1].amountMinor`.
    public let path: String
    /// What is wrong with it.
    public let message: String
}

/// Checks a programme's definition before it is stored: a rule that cannot mean anything must not decide about anybody.
public struct DefinitionCheck: Sendable {
    /// Poverty classes of the registry, as definitions name them.
    public static let povertyClasses = ["extreme_poor", "poor", "non_poor"]

    var faults: [DefinitionFault] = []

    /// Everything that is wrong with a definition; empty when it may be stored.
    public static func faults(of definition: CoordinationV1.ProgrammeDefinition) -> [DefinitionFault] {
        var check = DefinitionCheck()
        check.identity(definition)
        switch definition.kind {
        case .unspecified: check.fault("kind", "is missing")
        case .conditionalTransfer: check.transfer(definition)
        case .productiveProject: check.project(definition)
        }
        for (index, fact) in definition.facts.enumerated() where !["verified", "unverified"].contains(fact.status) {
            check.fault("facts[\(index)].status", "is neither verified nor unverified")
        }
        return check.faults
    }

    /// What the definition rests on without a source that confirms it.
    public static func unverifiedFacts(of definition: CoordinationV1.ProgrammeDefinition) -> [String] {
        definition.facts.filter { $0.status == "unverified" }
            .map { $0.source.isEmpty ? $0.about : "\($0.about) (\($0.source))" }
    }

    mutating func fault(_ path: String, _ message: String) {
        faults.append(DefinitionFault(path: path, message: message))
    }

    mutating func require(_ holds: Bool, _ path: String, _ message: String) {
        if !holds { fault(path, message) }
    }

    /// Codes become part of budget lines, references and file names: lower-case letters, digits and `_`.
    mutating func code(_ code: String, _ path: String) {
        let isCode =
            !code.isEmpty && code.utf8.count <= 32
            && code.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        require(isCode, path, "must be 1 to 32 lower-case letters, digits or _")
    }

    private mutating func identity(_ definition: CoordinationV1.ProgrammeDefinition) {
        code(definition.code, "code")
        require(!definition.name.isEmpty, "name", "is missing")
        require(!definition.ministry.isEmpty, "ministry", "is missing")
        let letters = definition.currency.utf8
        let isCurrency = letters.count == 3 && letters.allSatisfy { (65...90).contains($0) }
        require(isCurrency, "currency", "is no ISO 4217 code")
    }
}
