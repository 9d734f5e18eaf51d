import Vocabulary

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
    private let fractionDigits: Int

    /// The format of a language and a currency by its ISO 4217 code; amounts of one that is unknown are whole minor units.
    public init(_ language: ReportLanguage, currency: String) {
        self.language = language
        self.currency = currency
        fractionDigits = Currency(code: currency)?.fractionDigits ?? 0
    }

    /// A whole number with its thousands apart: by a comma, in Spanish by a narrow space (RAE).
    public func count(_ value: Int64) -> String { (value < 0 ? "−" : "") + grouped(value.magnitude) }

    private func grouped(_ value: UInt64) -> String {
        let digits = Array(String(value))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += language(",", es: "\u{202F}") }
            text.append(digit)
        }
        return text
    }

    /// An exact amount with the currency's digits, without its code.
    public func amount(_ minor: Int64) -> String {
        let text = ExactDecimal.text(minor, fractionDigits: fractionDigits, whole: grouped)
        return minor < 0 ? "−" + text.dropFirst() : text
    }

    /// An exact amount with its currency.
    public func money(_ minor: Int64) -> String {
        symbol + "\u{00A0}" + amount(minor)
    }

    /// An amount for a headline: millions with one decimal from a million on, rounded half up.
    public func headline(_ minor: Int64) -> String {
        let tenth = Currency(code: currency).map { $0.minorUnitsOfOne * 100_000 } ?? 100_000
        guard minor >= tenth * 10 else { return money(minor) }
        let (full, rest) = minor.quotientAndRemainder(dividingBy: tenth)
        let tenths = full + (rest >= tenth / 2 ? 1 : 0)
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
