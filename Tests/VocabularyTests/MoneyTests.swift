import Testing
import Vocabulary

struct MoneyTests {
    /// What people write, the currency, and the minor units it is; nil: refused.
    @Test(
        arguments: [
            ("1000", "CLP", 1000), ("10.50", "CLP", nil), ("10.00", "CLP", 10), ("20000", "PYG", 20000),
            ("1000", "PEN", 100_000), ("1000.5", "PEN", 100_050), ("1000.50", "PEN", 100_050), ("1000.505", "PEN", nil),
            ("1000.123", "KWD", 1_000_123), ("1000.1234", "KWD", nil), ("0.0001", "CLF", 1),
            ("92233720368547758.07", "PEN", Int64.max), ("92233720368547758.08", "PEN", nil),
            ("", "PEN", nil), (".", "PEN", nil), ("1,000.00", "PEN", nil), ("1e3", "PEN", nil), (" 1", "PEN", nil),
            ("-5.25", "PEN", -525),
        ] as [(String, String, Int64?)])
    func amountsAreReadExactlyInTheirCurrency(_ text: String, _ code: String, _ minor: Int64?) throws {
        let currency = try #require(Currency(code: code))
        #expect(Money(text, currency: currency)?.minorUnits == minor)
    }

    @Test(
        arguments: [
            (20_000, "CLP", "20,000 CLP", "20000"), (2_000_000, "PEN", "20,000.00 PEN", "20000.00"),
            (5, "PEN", "0.05 PEN", "0.05"), (-123_456, "PEN", "-1,234.56 PEN", "-1234.56"),
            (1_000_123, "KWD", "1,000.123 KWD", "1000.123"), (0, "PYG", "0 PYG", "0"),
            (Int64.min, "PEN", "-92,233,720,368,547,758.08 PEN", "-92233720368547758.08"),
        ] as [(Int64, String, String, String)])
    func amountsAreWrittenWithTheCurrencysDigits(
        _ minor: Int64, _ code: String, _ text: String, _ number: String
    ) throws {
        let money = Money(minorUnits: minor, currency: try #require(Currency(code: code)))
        #expect(money.text == text)
        #expect(money.number == number)
    }

    @Test func everyAmountIsReadAsItWasWritten() throws {
        for currency in Currency.all {
            for minor in [0, 1, 9, 10, 99, 100, 101, 999_999, Int64.max, -1] {
                let money = Money(minorUnits: minor, currency: currency)
                #expect(Money(money.number, currency: currency) == money)
            }
        }
    }

    @Test(arguments: ["", "pen", "XXX", "ABC", "PENN", "XTS", "XAU"])
    func codesThatAreNoCurrencyInUseAreUnknown(_ code: String) {
        #expect(Currency(code: code) == nil)
    }

    @Test(arguments: [
        ("CLP", 0), ("PYG", 0), ("PEN", 2), ("COP", 2), ("MXN", 2), ("USD", 2), ("KWD", 3), ("CLF", 4),
    ])
    func digitsAreThoseOfISO4217(_ code: String, _ digits: Int) {
        #expect(Currency(code: code)?.fractionDigits == digits)
    }
}
