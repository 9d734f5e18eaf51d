/// A currency by its ISO 4217 code, and how many digits its amounts have: the one place that says so.
public struct Currency: Sendable, Hashable, CustomStringConvertible {
    /// ISO 4217 alphabetic code, for instance `PEN`.
    public let code: String
    /// Digits after the decimal point, by ISO 4217: 0 for `CLP`, 2 for `PEN`, 3 for `KWD`.
    public let fractionDigits: Int

    /// The currency with a code; nil when ISO 4217 has no such currency in use.
    public init?(code: String) {
        guard let digits = Self.digits[code] else { return nil }
        self.code = code
        fractionDigits = digits
    }

    /// The code.
    public var description: String { code }

    /// Minor units of one major unit: 1, 100, 1,000 or 10,000.
    public var minorUnitsOfOne: Int64 {
        var units: Int64 = 1
        for _ in 0..<fractionDigits { units *= 10 }
        return units
    }

    /// Every currency, in order of code.
    public static var all: [Currency] { digits.keys.sorted().compactMap { Currency(code: $0) } }

    /// ISO 4217:2015, list one (currencies in use); funds, metals and codes for tests are left out.
    private static let digits: [String: Int] = {
        let codes: [(Int, String)] = [
            (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
            (3, "BHD IQD JOD KWD LYD OMR TND"),
            (4, "CLF UYW"),
            (
                2,
                """
                AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
                CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF \
                IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR \
                MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD \
                SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER \
                ZAR ZMW ZWG
                """
            ),
        ]
        var digits: [String: Int] = [:]
        for (count, list) in codes {
            for code in list.split(separator: " ") { digits[String(code)] = count }
        }
        return digits
    }()
}
