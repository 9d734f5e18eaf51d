import Contracts
import Vocabulary

/// Why a programme's definition cannot govern projects, or a project cannot be served by it.
public enum ProjectFault: Error, Equatable {
    /// The definition has no project settings, or no cost per household.
    case noUnitCost
    /// The shares of the instalments do not sum to the whole.
    case sharesDoNotSumUp(hundredths: Int64)
    /// A share, or a module's cost, is not above zero.
    case notPositive(what: String)
    /// A module stands twice in the definition.
    case moduleTwice(String)
    /// The definition has fewer instalments.
    case noSuchInstalment(Int, of: Int)
    /// A participant takes a module that the definition does not have.
    case unknownModule(String, project: String)
    /// A project's modules would cost more than the programme spends on its households.
    case modulesExceedUnitCost(project: String, excessMinor: Int64)
    /// An amount does not fit 64 bits.
    case tooLarge(project: String)

    /// What is wrong, safe to show.
    public var sentence: Sentence {
        switch self {
        case .noUnitCost:
            "the programme's definition has no project.unitCostMinor"
        case .sharesDoNotSumUp(let hundredths):
            "the programme's instalment shares sum to \(hundredths) hundredths of a percent; 10000 are the whole"
        case .notPositive(let what):
            "the programme's definition has a \(what) that is not above zero"
        case .moduleTwice(let module):
            "the programme's definition has the module \(module) twice"
        case .noSuchInstalment(let instalment, let count):
            "there is no instalment \(instalment); the programme has \(count)"
        case .unknownModule(let module, let project):
            "project \(project) has participants in module \(module), which the programme does not have"
        case .modulesExceedUnitCost(let project, let excessMinor):
            "the modules of project \(project) cost \(excessMinor) minor units more than the programme spends on it"
        case .tooLarge(let project):
            "the amounts of project \(project) are too large"
        }
    }
}

/// What a productive programme spends: a fixed cost per household, paid in instalments, and inputs in modules.
///
/// Haku Wiñay: S/6,000 per household over three years (400 households and S/2.4 million for each executing body).
public struct ProjectRules: Sendable, Equatable {
    /// Minor units per household.
    public let unitCostMinor: Int64
    /// Shares of the instalments, in hundredths of a percent.
    public let shares: [Int64]
    /// Minor units per household and module.
    public let moduleCostsMinor: [String: Int64]

    /// Checks the settings of a programme's definition.
    public init(_ settings: CoordinationV1.ProjectSettings?) throws(ProjectFault) {
        guard let settings, settings.unitCostMinor > 0 else { throw .noUnitCost }
        unitCostMinor = settings.unitCostMinor
        shares = settings.instalmentSharesHundredths.map(Int64.init)
        guard shares.allSatisfy({ $0 > 0 }) else { throw .notPositive(what: "instalment share") }
        let sum = shares.reduce(0, +)
        guard sum == 10_000 else { throw .sharesDoNotSumUp(hundredths: sum) }
        var costs: [String: Int64] = [:]
        for module in settings.modules {
            guard module.unitCostMinor > 0 else { throw .notPositive(what: "cost of module \(module.code)") }
            guard costs.updateValue(module.unitCostMinor, forKey: module.code) == nil else {
                throw .moduleTwice(module.code)
            }
        }
        moduleCostsMinor = costs
    }

    /// The part of an amount that falls due with an instalment. What has fallen due so far is rounded down, so the
    /// instalments always sum to the whole, and the last one carries the rest.
    public func part(of amountMinor: Int64, instalment: Int) throws(ProjectFault) -> Int64 {
        guard shares.indices.contains(instalment - 1) else {
            throw .noSuchInstalment(instalment, of: shares.count)
        }
        let before = shares[..<(instalment - 1)].reduce(0, +)
        return due(amountMinor, before + shares[instalment - 1]) - due(amountMinor, before)
    }

    /// A share of an amount, rounded down; exact for every amount, because the product is 128 bits wide.
    private func due(_ amountMinor: Int64, _ hundredths: Int64) -> Int64 {
        let product = amountMinor.multipliedFullWidth(by: hundredths)
        return Int64(10_000).dividingFullWidth(product).quotient
    }
}
