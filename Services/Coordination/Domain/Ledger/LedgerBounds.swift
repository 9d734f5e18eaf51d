/// How large amounts can be: far more than any budget, and far from where sums of 64 bits end. Constraints of the database
/// hold them.
public enum LedgerBounds {
    /// Of one posting: 10^15 minor units.
    public static let amount: Int64 = 1_000_000_000_000_000
    /// Of what a line has, and of what it is overdrawn by: 10^17 minor units.
    public static let line: Int64 = 100_000_000_000_000_000
}
