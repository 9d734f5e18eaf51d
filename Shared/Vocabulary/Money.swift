/// An amount of money: whole minor units of a currency.
public struct Money: Sendable, Hashable {
    /// Minor units, for instance céntimos; of a currency without fraction digits, whole units.
    public var minorUnits: Int64
    /// The currency.
    public var currency: Currency

    /// An amount.
    public init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Reads an amount as people write it, `1000` or `1000.50`; nil when it is no number, does not fit, or is not exact
    /// in the currency's minor units: `10.50` is no amount of `CLP`.
    public init?(_ text: String, currency: Currency) {
        guard let units = ExactDecimal.units(text, fractionDigits: currency.fractionDigits) else { return nil }
        self.init(minorUnits: units, currency: currency)
    }

    /// The number alone, with all fraction digits and no grouping: `1000.50`; for programs and files.
    public var number: String { ExactDecimal.text(minorUnits, fractionDigits: currency.fractionDigits) }

    /// For a person: the number with its thousands grouped by commas, and the code: `1,000.50 PEN`.
    public var text: String {
        "\(ExactDecimal.text(minorUnits, fractionDigits: currency.fractionDigits, whole: Self.grouped)) \(currency.code)"
    }

    /// Digits in groups of three, separated by commas.
    public static func grouped(_ value: UInt64) -> String {
        let digits = String(value)
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
