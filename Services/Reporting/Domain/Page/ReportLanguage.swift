/// The languages of reports.
public enum ReportLanguage: String, Sendable, CaseIterable {
    /// English.
    case english = "en"
    /// Spanish.
    case spanish = "es"

    /// The text in this language.
    func callAsFunction(_ english: String, es spanish: String) -> String {
        switch self {
        case .english: english
        case .spanish: spanish
        }
    }
}

/// Numbers as people of the language write them. All arithmetic is on whole numbers, so what is shown adds up.
public struct NumberFormat: Sendable {
    let language: ReportLanguage
    let currency: String

    /// The format of a language and a currency.
    public init(_ language: ReportLanguage, currency: String) {
        self.language = language
        self.currency = currency
    }

    /// A whole number with its thousands apart: by a comma, in Spanish by a narrow space (RAE).
    public func count(_ value: Int64) -> String {
        let digits = Array(String(value.magnitude))
        var text = value < 0 ? "−" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += language(",", es: "\u{202F}") }
            text.append(digit)
        }
        return text
    }

    /// An exact amount with two decimals, without its currency.
    public func amount(_ minor: Int64) -> String {
        let (whole, cents) = minor.magnitude.quotientAndRemainder(dividingBy: 100)
        let sign = minor < 0 ? "−" : ""
        return sign + count(Int64(whole)) + "." + (cents < 10 ? "0" : "") + String(cents)
    }

    /// An exact amount with its currency.
    public func money(_ minor: Int64) -> String {
        symbol + "\u{00A0}" + amount(minor)
    }

    /// An amount for a headline: millions with one decimal from a million on, rounded half up.
    public func headline(_ minor: Int64) -> String {
        guard minor >= 100_000_000 else { return money(minor) }
        let tenths = (minor + 5_000_000) / 10_000_000
        let million = language("million", es: "millones")
        return symbol + "\u{00A0}" + count(tenths / 10) + "." + String(tenths % 10) + "\u{00A0}" + million
    }

    /// A share with one decimal, rounded half up; a dash where there is no whole.
    public func percent(_ part: Int64, of whole: Int64) -> String {
        guard whole > 0 else { return "–" }
        let (quotient, remainder) = whole.dividingFullWidth(part.multipliedFullWidth(by: 1_000))
        let tenths = quotient + (remainder >= whole - remainder ? 1 : 0)
        return count(tenths / 10) + "." + String(tenths % 10) + "\u{00A0}%"
    }

    private var symbol: String {
        switch currency {
        case "PEN": "S/"
        case "USD": "US$"
        default: currency
        }
    }
}

/// Text made safe to stand in HTML and SVG, in elements and in quoted attributes.
func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for character in text.unicodeScalars {
        switch character {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "'": result += "&#39;"
        default: result.unicodeScalars.append(character)
        }
    }
    return result
}
