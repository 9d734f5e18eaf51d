import ReportingDomain
import Testing

@Test(arguments: [
    (Int64(0), "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-12_345, "−12,345"),
])
func countsHaveTheirThousandsApart(value: Int64, text: String) {
    #expect(NumberFormat(.english, currency: "PEN").count(value) == text)
}

@Test func spanishUsesANarrowSpace() {
    let format = NumberFormat(.spanish, currency: "PEN")
    #expect(format.amount(123_456_789) == "1\u{202F}234\u{202F}567.89")
    #expect(format.headline(149_475_600_00) == "S/\u{00A0}149.5\u{00A0}millones")
}

@Test(arguments: [
    (Int64(0), "0.00"), (5, "0.05"), (-5, "−0.05"), (100, "1.00"), (20_000, "200.00"),
    (.max, "92,233,720,368,547,758.07"),
])
func amountsAreExact(minor: Int64, text: String) {
    #expect(NumberFormat(.english, currency: "PEN").amount(minor) == text)
}

@Test(arguments: [
    ("CLP", Int64(20_000), "20,000", "CLP\u{00A0}20,000"),
    ("PYG", 4_291_520, "4,291,520", "PYG\u{00A0}4.3\u{00A0}million"),
    ("KWD", 1_000_123, "1,000.123", "KWD\u{00A0}1,000.123"), ("USD", -5, "−0.05", "US$\u{00A0}−0.05"),
    ("PEN", .max, "92,233,720,368,547,758.07", "S/\u{00A0}92,233,720,368.5\u{00A0}million"),
])
func amountsHaveTheirCurrencysDigits(currency: String, minor: Int64, amount: String, headline: String) {
    let format = NumberFormat(.english, currency: currency)
    #expect(format.amount(minor) == amount)
    #expect(format.headline(minor) == headline)
}

@Test(arguments: [
    (Int64(1), Int64(3), "33.3\u{00A0}%"), (2, 3, "66.7\u{00A0}%"), (1, 2_000, "0.1\u{00A0}%"),
    (1, 2_001, "0.0\u{00A0}%"), (0, 5, "0.0\u{00A0}%"), (5, 5, "100.0\u{00A0}%"), (1, 0, "–"),
])
func sharesAreRoundedHalfUp(part: Int64, whole: Int64, text: String) {
    #expect(NumberFormat(.english, currency: "PEN").percent(part, of: whole) == text)
}

@Test func headlinesBelowAMillionAreExact() {
    let format = NumberFormat(.english, currency: "PEN")
    #expect(format.headline(99_999_999) == "S/\u{00A0}999,999.99")
    #expect(format.headline(100_000_000) == "S/\u{00A0}1.0\u{00A0}million")
}
