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
        DecimalText.units(sum, fractionDigits: fractionDigits(of: currency))
    }

    /// How many digits the currency has after the decimal point, by ISO 4217; two for most.
    public static func fractionDigits(of currency: String) -> Int {
        switch currency {
        case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
            "XOF", "XPF":
            0
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        case "CLF", "UYW": 4
        default: 2
        }
    }
}

/// Exact decimal numbers as ISO 20022 writes them: digits with at most one point, no exponent.
enum DecimalText {
    /// Reads a decimal number as a whole number of units of the given number of fraction digits; nil when it is no such
    /// number, does not fit, or has more fraction digits than that which are not zero.
    static func units(_ text: UnsafeRawBufferPointer, fractionDigits: Int) -> Int64? {
        var units: Int64 = 0
        var negative = false
        var seen = 0
        var fraction: Int?
        for (index, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where index == 0: negative = true
            case UInt8(ascii: "+") where index == 0: break
            case UInt8(ascii: "."):
                guard fraction == nil else { return nil }
                fraction = 0
            case 0x30...0x39:
                seen += 1
                if let places = fraction {
                    if places >= fractionDigits {
                        guard byte == 0x30 else { return nil }
                        continue
                    }
                    fraction = places + 1
                }
                guard let next = appending(byte - 0x30, to: units) else { return nil }
                units = next
            default: return nil
            }
        }
        guard seen > 0 else { return nil }
        for _ in (fraction ?? 0)..<max(fraction ?? 0, fractionDigits) {
            guard let next = appending(0, to: units) else { return nil }
            units = next
        }
        return negative ? -units : units
    }

    /// Reads a whole number without a sign; nil for anything else.
    static func count(_ text: UnsafeRawBufferPointer) -> Int64? {
        guard !text.isEmpty, text.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return units(text, fractionDigits: 0)
    }

    private static func appending(_ digit: UInt8, to units: Int64) -> Int64? {
        let (tens, overflow) = units.multipliedReportingOverflow(by: 10)
        let (sum, carry) = tens.addingReportingOverflow(Int64(digit))
        return overflow || carry ? nil : sum
    }
}
