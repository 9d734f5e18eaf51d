/// A share of the transactions, exact to a millionth.
public struct Share: Sendable, Equatable {
    /// Parts of a million, from 0 to a million.
    public let partsPerMillion: Int

    /// A share.
    public init(partsPerMillion: Int) {
        self.partsPerMillion = min(max(partsPerMillion, 0), 1_000_000)
    }

    /// From text: `0.02` or `2%`; nil for anything that is no share.
    public init?(_ text: String) {
        let isPercent = text.hasSuffix("%")
        let number = isPercent ? text.dropLast() : text[...]
        let parts = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let places = isPercent ? 4 : 6
        guard let whole = Int(parts[0]), whole >= 0, whole <= 100 else { return nil }
        var fraction = 0
        if parts.count == 2 {
            let digits = parts[1]
            guard !digits.isEmpty, digits.count <= places, digits.allSatisfy(\.isASCII), digits.allSatisfy(\.isNumber),
                let value = Int(digits)
            else { return nil }
            fraction = (digits.count..<places).reduce(value) { value, _ in value * 10 }
        }
        let unit = (0..<places).reduce(1) { unit, _ in unit * 10 }
        guard whole * unit + fraction <= 1_000_000 else { return nil }
        partsPerMillion = whole * unit + fraction
    }
}
