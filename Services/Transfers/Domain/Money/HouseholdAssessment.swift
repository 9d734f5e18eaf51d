/// What a household is entitled to for one component.
public struct Entitlement: Sendable, Equatable {
    /// Position of the component in the frozen rules.
    public let component: Int16
    /// How many times the component's amount.
    public let units: Int32
    /// Minor units of one.
    public let unitMinor: Int64
    /// Minor units in all.
    public let amountMinor: Int64

    /// An entitlement.
    public init(component: Int16, units: Int32, unitMinor: Int64, amountMinor: Int64) {
        self.component = component
        self.units = units
        self.unitMinor = unitMinor
        self.amountMinor = amountMinor
    }
}

/// What the run decided about one household. Raw values are stored; they never change meaning.
public enum HouseholdOutcome: Int16, Sendable, CaseIterable {
    /// Is paid in this run.
    case payable = 1
    /// Conditions not met: nothing to pay.
    case notMet = 2
    /// Waits for evidence.
    case held = 3
    /// Entitled, but the registry knows no account.
    case noAccount = 4
    /// Conditions met, but suspended by the programme's sanctions: not paid, and no longer suspended in the next cycle.
    case suspended = 5
    /// No condition was missed, and no component applies to the household.
    case nothingDue = 6

    /// The outcome as the contract writes it.
    public var name: String {
        switch self {
        case .payable: "payable"
        case .notMet: "not_met"
        case .held: "held"
        case .noAccount: "no_account"
        case .suspended: "suspended"
        case .nothingDue: "nothing_due"
        }
    }
}

/// An amount that does not fit; no definition in use comes near it.
public struct AmountOverflow: Error {
    /// The error.
    public init() {}
}

/// Decides about one household after another: its members in turn, then the household.
///
/// The same value is used for many households, so that a run allocates nothing per household.
public struct HouseholdAssessment: Sendable {
    private let rules: Rules
    private var units: [Int32]
    private var anyNotMet = false
    private var anyHeld = false
    /// Verdicts on the member that was assessed last, those that do not apply left out.
    public private(set) var verdicts: [Verdict] = []
    /// Entitlements of the household that was concluded last.
    public private(set) var entitlements: [Entitlement] = []

    /// Ready for the first household.
    public init(rules: Rules) {
        self.rules = rules
        units = Array(repeating: 0, count: rules.components.count)
    }

    /// Takes the household's next member; `verdicts` says what was decided.
    public mutating func assess(_ member: Member) {
        verdicts.removeAll(keepingCapacity: true)
        var allowsPayment = true
        for condition in rules.conditions {
            let verdict = condition.verdict(on: member)
            switch verdict.outcome {
            case .met, .exempt: break
            case .notApplicable: continue
            case .notMet:
                anyNotMet = true
                allowsPayment = false
            case .held:
                anyHeld = true
                allowsPayment = false
            }
            verdicts.append(verdict)
        }
        guard allowsPayment else { return }
        for component in rules.components where component.counts(member) {
            switch component.basis {
            case .household: break
            case .householdWithMember: units[Int(component.position)] = 1
            case .member: units[Int(component.position)] += 1
            }
        }
    }

    /// Concludes the household and makes ready for the next; `entitlements` says what it is entitled to.
    ///
    /// A held household is entitled to nothing in this run, nor is a suspended one that met its conditions. One without an
    /// account keeps its entitlement but is not paid.
    public mutating func conclude(
        hasAccount: Bool, suspended: Bool = false
    ) throws(AmountOverflow) -> (HouseholdOutcome, totalMinor: Int64) {
        defer { reset() }
        entitlements.removeAll(keepingCapacity: true)
        guard !anyHeld else { return (.held, 0) }
        guard !anyNotMet || !rules.ladder.leavesCycleUnpaid else { return (.notMet, 0) }
        let basePaid = !anyNotMet
        var total: Int64 = 0
        for component in rules.components {
            let count: Int32 =
                switch component.basis {
                case .household: basePaid ? 1 : 0
                case .householdWithMember, .member: units[Int(component.position)]
                }
            guard count > 0, basePaid || !component.requiresBase else { continue }
            let (amount, overflow) = Int64(count).multipliedReportingOverflow(by: component.amountMinor)
            let (sum, sumOverflow) = total.addingReportingOverflow(amount)
            guard !overflow, !sumOverflow else { throw AmountOverflow() }
            total = sum
            entitlements.append(
                Entitlement(
                    component: component.position, units: count, unitMinor: component.amountMinor, amountMinor: amount))
        }
        guard total > 0 else { return (anyNotMet ? .notMet : .nothingDue, 0) }
        guard !suspended else {
            entitlements.removeAll(keepingCapacity: true)
            return (.suspended, 0)
        }
        return (hasAccount ? .payable : .noAccount, total)
    }

    private mutating func reset() {
        anyNotMet = false
        anyHeld = false
        for index in units.indices { units[index] = 0 }
    }
}
