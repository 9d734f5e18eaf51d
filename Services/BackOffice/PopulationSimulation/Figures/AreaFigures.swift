/// A row of `territories.csv`.
struct Territory: Sendable, Equatable {
    let code: String
    let name: String
    /// `department`, `province` or `district`.
    let level: String
    let parent: String
    /// Hundredths of a percent; nil: unknown.
    let povertyHundredths: Int?
}

/// The real numbers of households of one area.
struct AreaFigures: Sendable, Equatable {
    /// INEI code of the department or district.
    let code: String
    /// Juntos: affiliated households.
    let affiliated: Int
    /// Juntos: households paid.
    let paid: Int
    /// Haku Wiñay: households in projects under way.
    let hakuWinay: Int

    /// INEI code of the department.
    var department: String { String(code.prefix(2)) }
    /// Affiliated and not paid; none where more were paid than affiliated.
    var unpaid: Int { max(0, affiliated - paid) }
}

/// Everything that the figures say.
struct PopulationFigures: Sendable {
    var territories: [Territory] = []
    var areas: [AreaFigures] = []
    var findings: [Finding] = []
}

/// Something in a public file that does not agree with itself or with another file.
public struct Finding: Sendable, Equatable {
    /// Kinds of finding.
    public enum Kind: String, Sendable, CaseIterable {
        /// More households were paid than are affiliated.
        case morePaidThanAffiliated = "more_paid_than_affiliated"
        /// The code has five digits: a program took it for a number.
        case leadingZeroLost = "leading_zero_lost"
        /// The catalogue of districts does not have the code.
        case notInCatalogue = "not_in_catalogue"
        /// The catalogue has a district that the figures lack.
        case noFigures = "no_figures"
        /// The row says nothing about Juntos: no data, not zero.
        case noData = "no_data"
        /// More households are in Haku Wiñay than in Juntos: not all can be in both.
        case moreHakuWinayThanJuntos = "more_haku_winay_than_juntos"
        /// A count is written as a decimal number.
        case decimalCount = "decimal_count"
        /// A field holds a line break.
        case lineBreakInField = "line_break_in_field"
        /// The poverty rate is missing.
        case noPovertyRate = "no_poverty_rate"
    }

    /// What kind it is.
    public let kind: Kind
    /// The area; empty: the file as a whole.
    public let territory: String
    /// Line of the file, from 1; 0: the file as a whole.
    public let line: Int
    /// For a person to read.
    public let detail: String
}
