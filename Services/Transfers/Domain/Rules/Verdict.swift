/// What was decided about one member and one condition. Raw values are stored; they never change meaning.
public enum VerdictOutcome: Int16, Sendable, CaseIterable {
    /// Evidence shows that the condition is met, or the rules count missing evidence as met.
    case met = 1
    /// The condition is not met.
    case notMet = 2
    /// No evidence yet, and the rules wait for it.
    case held = 3
    /// The condition could not be met by anybody, for instance because the school never opened.
    case exempt = 4
    /// The condition does not concern the member. Not stored.
    case notApplicable = 5

    /// The outcome as the contract writes it.
    public var name: String {
        switch self {
        case .met: "met"
        case .notMet: "not_met"
        case .held: "held"
        case .exempt: "exempt"
        case .notApplicable: "not_applicable"
        }
    }

    /// Whether the member's conditions do not stand in the way of payment.
    public var allowsPayment: Bool {
        switch self {
        case .met, .exempt, .notApplicable: true
        case .notMet, .held: false
        }
    }
}

/// Why. Raw values are stored; they never change meaning.
public enum VerdictReason: Int16, Sendable, CaseIterable {
    /// Enough days attended.
    case thresholdReached = 1
    /// Too few days attended.
    case belowThreshold = 2
    /// The school had no school days in the cycle.
    case noSchoolDays = 3
    /// Enough checks.
    case checksDone = 4
    /// Some checks, but too few.
    case tooFewChecks = 5
    /// Nothing reported; counts as not met.
    case missingNotMet = 6
    /// Nothing reported; counts as met.
    case missingMet = 7
    /// Nothing reported; the household waits.
    case missingHeld = 8
    /// Younger or older than the condition's age range.
    case outsideAgeRange = 9
    /// The condition is for pregnant members.
    case notPregnant = 10

    /// The reason as the contract writes it.
    public var code: String {
        switch self {
        case .thresholdReached: "threshold_reached"
        case .belowThreshold: "below_threshold"
        case .noSchoolDays: "no_school_days"
        case .checksDone: "checks_done"
        case .tooFewChecks: "too_few_checks"
        case .missingNotMet: "missing_not_met"
        case .missingMet: "missing_met"
        case .missingHeld: "missing_held"
        case .outsideAgeRange: "outside_age_range"
        case .notPregnant: "not_pregnant"
        }
    }
}

/// A decision about one member and one condition, with the counts it rests on.
public struct Verdict: Sendable, Equatable {
    /// Position of the condition in the frozen rules.
    public let condition: Int16
    /// What was decided.
    public let outcome: VerdictOutcome
    /// Why.
    public let reason: VerdictReason
    /// Days attended, or checks.
    public let measured: Int32
    /// School days, or checks required.
    public let possible: Int32

    /// A decision.
    public init(condition: Int16, outcome: VerdictOutcome, reason: VerdictReason, measured: Int32, possible: Int32) {
        self.condition = condition
        self.outcome = outcome
        self.reason = reason
        self.measured = measured
        self.possible = possible
    }
}
