import Vocabulary

/// The programme whose cycle a test works on, and the country that it is loaded in.
struct TestProgramme: Sendable {
    /// The country's folder below `deploy/programmes`.
    let country: String
    /// The programmes' files there, the one that pays transfers first.
    let definitions: [String]
    let code: String
    private let currencyCode: String

    /// Juntos, with Haku Wiñay beside it.
    static let peru = TestProgramme(
        country: "peru", definitions: ["juntos", "haku_winay"], code: "juntos", currencyCode: "PEN")
    /// The made-up programme of Paraguay, in a currency without decimals.
    static let paraguay = TestProgramme(
        country: "paraguay", definitions: ["programa_inventado"], code: "programa_inventado", currencyCode: "PYG")

    /// Minor units as a person writes an amount of the programme.
    func amount(_ minor: Int64) -> String {
        Currency(code: currencyCode).map { Money(minorUnits: minor, currency: $0).number } ?? ""
    }
}
