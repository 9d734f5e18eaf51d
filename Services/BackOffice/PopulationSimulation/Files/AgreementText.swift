/// The text of the agreement between Juntos and Haku Wiñay, to the size of the simulation: as many places as there are
/// participants, and the example's money in proportion, as far as the lines have it.
///
/// For 20,000 households it is `deploy/programmes/peru/agreement_juntos_haku_winay.json`; a test compares them.
struct AgreementText {
    /// The file's name.
    static let fileName = "agreement_juntos_haku_winay.json"
    /// Households that the example is written for.
    static let exampleHouseholds = 20_000
    /// The example's earmarks by department, in minor units.
    static let exampleEarmarks: [(department: Int, minor: Int)] = [
        (5, 120_000_000), (6, 150_000_000), (9, 100_000_000), (16, 90_000_000), (21, 105_000_000),
    ]

    /// Affiliated households of the simulation.
    let households: Int
    /// Its participants.
    let places: Int
    /// What Haku Wiñay's lines are given by department, in minor units.
    let appropriated: [Int: Int]

    /// The file.
    var text: String {
        """
        {
          "agreement": "juntos-haku-winay",
          "title": "Juntos y Haku Wiñay",
          "parties": [
            { "institution": "JUNTOS", "members": [{ "operator": "ana", "decides": true }], "quorum": 1 },
            { "institution": "FONCODES", "members": [{ "operator": "luis", "decides": true }], "quorum": 1 }
          ],
          "programmes": ["juntos", "haku_winay"],
          "targetPopulation": "Hogares afiliados a Juntos en pobreza extrema",
          "target": { "servedBy": "juntos", "povertyClasses": ["extreme_poor"] },
          "places": \(places),
          "reservedShareHundredths": 3500,
          "adaptedRequirements": ["No compiten en convocatoria: entran por el padrón de Juntos"],
          "currency": "PEN",
          "unitCostMinor": "\(BudgetNeed.project)",
          "earmarks": [
        \(earmarks.joined(separator: ",\n"))
          ],
          "releaseConditions": ["Los núcleos ejecutores rindieron cuentas del desembolso anterior"],
          "sequencing": "SEQUENCING_RULE_PROJECT_DURING_TRANSFER",
          "firstDay": "2024-01-01",
          "lastDay": "2049-12-31",
          "architecture": { "severalInstitutions": false, "intended": true, "programmes": 2 }
        }

        """
    }

    private var earmarks: [String] {
        Self.exampleEarmarks.compactMap { example in
            let share = example.minor * households / Self.exampleHouseholds
            let minor = min(share, appropriated[example.department] ?? 0)
            guard minor > 0 else { return nil }
            let code = (example.department < 10 ? "0" : "") + String(example.department)
            let year = Cycle.fiscalYear
            let line = "\(year)-RO-MIDIS-haku_winay-\(code)"
            return
                #"    { "institution": "FONCODES", "line": "\#(line)", "amountMinor": "\#(minor)", "#
                + #""documentPrefix": "HW-\#(year)-\#(code)-" }"#
        }
    }
}
