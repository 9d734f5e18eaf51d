/// How much of a cycle's roll anybody has reported about, and when that is so little that a person must say why.
///
/// A run without evidence decides correctly by the rules, and pays almost nobody: most often the evidence was not imported yet.
public struct EvidenceShare: Sendable, Equatable {
    /// Below this part of the share of the run before, in percent, it is odd.
    public static let leastOfPrevious: Int64 = 75
    /// Below this share of the affiliated households, in percent, it is odd where no run was before.
    public static let leastOfFirst: Int64 = 50

    /// Households with any evidence of the cycle's days.
    public let households: Int64
    /// Affiliated households.
    public let affiliated: Int64

    /// A share.
    public init(households: Int64, affiliated: Int64) {
        self.households = households
        self.affiliated = affiliated
    }

    /// The share in percent, rounded down; 0 of nobody.
    public var percent: Int64 { affiliated > 0 ? households * 100 / affiliated : 0 }

    /// What is odd about it, after the share of the run before; nil: nothing.
    public func oddity(after previous: EvidenceShare?) -> Oddity? {
        guard affiliated > 0 else { return nil }
        guard households > 0 else { return .missing }
        guard let previous, previous.affiliated > 0 else { return percent < Self.leastOfFirst ? .low : nil }
        // Cross-multiplied, so that nothing is rounded.
        let here = households * previous.affiliated * 100
        return here < previous.households * affiliated * Self.leastOfPrevious ? .low : nil
    }

    /// What can be odd.
    public enum Oddity: Sendable, Equatable {
        /// Nobody has reported anything.
        case missing
        /// Far less than the run before, or than could be expected.
        case low
    }
}
