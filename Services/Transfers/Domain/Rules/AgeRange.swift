/// A range of ages in completed months.
public struct AgeRange: Sendable, Equatable {
    /// Least age that is inside.
    public let from: Int
    /// Least age that is no longer inside; nil: no upper bound.
    public let below: Int?

    /// A range as a programme's definition writes it: 0 as the upper bound means none.
    public init(fromMonths: Int32, belowMonths: Int32) {
        from = Int(fromMonths)
        below = belowMonths == 0 ? nil : Int(belowMonths)
    }

    /// Whether an age is inside. Nobody who is not yet born is in any range.
    public func contains(_ months: Int) -> Bool {
        guard months >= from, months >= 0 else { return false }
        guard let below else { return true }
        return months < below
    }
}
