/// How far a programme's sanctions have come with a household. Raw values are stored; they never change meaning.
public enum Sanction: Int16, Sendable, CaseIterable, Comparable {
    /// Nothing was missed.
    case none = 0
    /// The cycle that was not met was not paid; the next one is paid when it is met.
    case unpaid = 1
    /// Stays affiliated and is verified, but is not paid in this cycle.
    case suspended = 2
    /// Is affiliated no longer.
    case exit = 3

    /// Lighter sanctions come first.
    public static func < (left: Sanction, right: Sanction) -> Bool { left.rawValue < right.rawValue }

    /// The sanction that a definition names; `none` is no name.
    init?(action: String) {
        switch action {
        case "unpaid": self = .unpaid
        case "suspended": self = .suspended
        case "exit": self = .exit
        default: return nil
        }
    }
}

/// One step of a ladder: a sanction, and after how many consecutive cycles not met it begins.
public struct SanctionStep: Sendable, Equatable {
    /// Consecutive cycles not met.
    public let after: Int32
    /// What follows.
    public let sanction: Sanction

    /// A step.
    public init(after: Int32, sanction: Sanction) {
        self.after = after
        self.sanction = sanction
    }
}

/// A programme's sanctions for consecutive cycles not met, from the lightest to the heaviest.
public struct SanctionLadder: Sendable, Equatable {
    /// The steps, in order.
    public let steps: [SanctionStep]

    /// A programme without sanctions: what is not met is not paid for, and nothing else follows.
    public static let none = SanctionLadder(steps: [])

    /// Steps that were checked elsewhere, for instance in a test.
    public init(steps: [SanctionStep]) { self.steps = steps }

    /// Whether one condition that is not met leaves the household's whole cycle unpaid, components that ask for no base
    /// included.
    public var leavesCycleUnpaid: Bool { steps.first?.sanction == .unpaid }

    /// The sanction after so many consecutive cycles not met.
    public func sanction(after consecutive: Int32) -> Sanction {
        steps.last { $0.after <= consecutive }?.sanction ?? .none
    }

    /// The ladder with what one more decided cycle adds: a cycle not met adds one; one that was met, also without account or
    /// while suspended, and one in which nothing was due, begin anew; one that waits for evidence changes nothing.
    public static func consecutive(_ before: Int32, after outcome: HouseholdOutcome) -> Int32 {
        switch outcome {
        case .notMet: before + 1
        case .payable, .noAccount, .suspended, .nothingDue: 0
        case .held: before
        }
    }
}
