import Vocabulary

/// An amount of money: whole minor units and an ISO 4217 code.
public struct Amount: Sendable, Hashable {
    /// Minor units, for instance céntimos.
    public var minorUnits: Int64
    /// ISO 4217 code.
    public var currency: String

    /// An amount.
    public init(minorUnits: Int64, currency: String) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// A sum without a currency, as messages write control sums, in minor units of the currency it is known to be in; nil
    /// when it is no number or is not exact in them.
    public static func minorUnits(_ sum: String, currency: String) -> Int64? {
        ExactDecimal.units(sum, fractionDigits: fractionDigits(of: currency))
    }

    /// How many digits the currency has after the decimal point, by ISO 4217; two for most.
    public static func fractionDigits(of currency: String) -> Int {
        Currency(code: currency)?.fractionDigits ?? 2
    }
}
