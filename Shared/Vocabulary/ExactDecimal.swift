/// Exact decimal numbers as whole numbers of a unit: digits with at most one point, no exponent, no grouping.
public enum ExactDecimal {
    /// Reads a decimal number as a whole number of units of `fractionDigits` digits; nil when it is no such number, does
    /// not fit, or has more fraction digits than that which are not zero.
    public static func units(_ text: UnsafeRawBufferPointer, fractionDigits: Int) -> Int64? {
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

    /// The same of a text.
    public static func units(_ text: String, fractionDigits: Int) -> Int64? {
        var copy = text
        return copy.withUTF8 { units(UnsafeRawBufferPointer($0), fractionDigits: fractionDigits) }
    }

    /// Reads a whole number without a sign; nil for anything else.
    public static func count(_ text: UnsafeRawBufferPointer) -> Int64? {
        guard !text.isEmpty, text.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return units(text, fractionDigits: 0)
    }

    /// Writes units with all their fraction digits, for instance `-1234.50`; `whole` writes the digits before the point.
    public static func text(
        _ units: Int64, fractionDigits: Int, whole: (UInt64) -> String = { String($0) }
    ) -> String {
        var one: UInt64 = 1
        for _ in 0..<fractionDigits { one *= 10 }
        let (major, minor) = units.magnitude.quotientAndRemainder(dividingBy: one)
        let sign = units < 0 ? "-" : ""
        guard fractionDigits > 0 else { return sign + whole(major) }
        let digits = String(minor)
        return sign + whole(major) + "." + String(repeating: "0", count: fractionDigits - digits.count) + digits
    }

    private static func appending(_ digit: UInt8, to units: Int64) -> Int64? {
        let (tens, overflow) = units.multipliedReportingOverflow(by: 10)
        let (sum, carry) = tens.addingReportingOverflow(Int64(digit))
        return overflow || carry ? nil : sum
    }
}
