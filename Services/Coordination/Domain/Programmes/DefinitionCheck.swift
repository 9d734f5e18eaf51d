import Contracts
import Vocabulary

/// Checks a programme's definition before it is stored: a rule that cannot mean anything must not decide about anybody, what
/// is declared does something, and what a bank file will carry passes the file writer's own rules.
public struct DefinitionCheck: Sendable {
    /// Largest amount of a component, a module or a project's household, in minor units: a thousand million of a currency with
    /// two digits. Ten million households times a hundred such amounts still fit a sum of 64 bits nine times over.
    public static let largestAmountMinor: Int64 = 100_000_000_000

    let country: CoordinationV1.CountryDefinition
    var found = FaultList()

    /// Everything that is wrong with a definition in a country; empty when it may be stored.
    public static func faults(
        of definition: CoordinationV1.ProgrammeDefinition, in country: CoordinationV1.CountryDefinition
    ) -> [DefinitionFault] {
        var check = DefinitionCheck(country: country)
        check.identity(definition)
        switch definition.kind {
        case .unspecified: check.found.fault("kind", "is missing")
        case .conditionalTransfer: check.transfer(definition)
        case .productiveProject: check.project(definition)
        }
        check.stageNames(definition.stageNames)
        check.found.facts(definition.facts)
        return check.found.faults
    }

    /// The definition as it is stored and later frozen: what it leaves to the country is filled in.
    public static func resolved(
        _ definition: CoordinationV1.ProgrammeDefinition, in country: CoordinationV1.CountryDefinition
    ) -> CoordinationV1.ProgrammeDefinition {
        var resolved = definition
        if resolved.payments?.characterSet == .unspecified {
            resolved.payments?.characterSet = country.bankCharacterSet
        }
        return resolved
    }

    mutating func amount(_ minor: Int64, _ path: String) {
        found.require(minor > 0, path, "is not above zero")
        found.require(minor <= Self.largestAmountMinor, path, "is above \(Self.largestAmountMinor), the largest amount")
    }

    private mutating func identity(_ definition: CoordinationV1.ProgrammeDefinition) {
        found.code(definition.code, "code")
        found.text(definition.name, "name")
        found.text(definition.ministry, "ministry", longest: 64)
        if Currency(code: definition.currency) == nil {
            found.fault("currency", "is no currency in use by ISO 4217")
        } else if !country.currencies.contains(definition.currency) {
            let listed = country.currencies.joined(separator: ", ")
            found.fault("currency", "is not one of \(country.name)'s file: \(listed)")
        }
    }

    private mutating func stageNames(_ names: CoordinationV1.BudgetStageNames?) {
        guard let names else { return }
        let all = [
            ("appropriated", names.appropriated), ("reserved", names.reserved), ("committed", names.committed),
            ("accrued", names.accrued), ("ordered", names.ordered), ("paid", names.paid),
        ]
        for (field, name) in all where !name.isEmpty { found.text(name, "stageNames.\(field)", longest: 64) }
    }
}
