import Contracts
import Postgres

/// What the country's file says about the year and the line that pay; where no country is loaded, calendar years by the day of
/// payment, and any fund and ministry.
struct CountryRule: Sendable {
    /// How a cycle is charged to a fiscal year.
    var fiscalYear = CoordinationV1.FiscalYear(firstMonth: 1, rule: .payDay)
    /// The fund of the line; empty: any.
    var fund = ""
    /// Whether the line must be of the programme's own ministry.
    var ownMinistry = false

    /// Reads it.
    static func read(_ transaction: borrowing Transaction) async throws -> CountryRule {
        guard let json = try await transaction.queryOne(FindCountry()) else { return CountryRule() }
        let country = try CoordinationV1.CountryDefinition(json: json)
        var rule = CountryRule()
        if let year = country.fiscalYear { rule.fiscalYear = year }
        rule.fund = country.budgetLine?.fund ?? ""
        rule.ownMinistry = country.budgetLine?.ownMinistry ?? false
        return rule
    }
}

/// What a run's budget lines are looked up by, besides the department.
struct LineDimensions: Sendable {
    var programme: String
    var fiscalYear: Int32
    var currency: String
    /// Empty: any.
    var fund: String
    /// Empty: any.
    var ministry: String
}

/// What a run takes from a budget line, what the line's scheme asks for, and what the ledger holds of it for the run: each
/// stage is what reached it.
struct RunLine: Sendable, Equatable {
    var line: String
    var amountMinor: Int64
    var skipsReserved: Bool
    var skipsOrdered: Bool
    var availableMinor: Int64
    var isUnlimited: Bool
    var reservedMinor: Int64
    var committedMinor: Int64
    var accruedMinor: Int64
    var orderedMinor: Int64
    var paidMinor: Int64
}

/// What keeps a department from being paid: no line, several, or only lines in another currency.
struct LineObstacle: Sendable, Equatable {
    var department: String
    var obstacle: String
    var candidates: [String]
    var amountMinor: Int64
}
