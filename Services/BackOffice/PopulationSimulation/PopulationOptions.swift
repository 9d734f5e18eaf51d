/// What to simulate.
public struct PopulationOptions: Sendable {
    /// Where the numbers of households come from.
    public enum Figures: Sendable {
        /// The figures of August 2024 by department that the program carries.
        case embedded
        /// A file of the same form, such as `deploy/programmes/peru/departments_2024-08.csv`.
        case departments(file: String)
        /// Public files by district: `sizes` as published by INFOMIDIS, `territories` the catalogue of districts.
        case districts(sizes: String, territories: String)
    }

    /// Affiliated households; nil: as many as the figures say.
    public var households: Int?
    /// The same seed gives the same bytes.
    public var seed: UInt64
    /// Folder that receives the files; made when it is missing.
    public var directory: String
    /// Where the numbers of households come from.
    public var figures: Figures
    /// Share of households with a child who attends too little; nil: see ``PopulationPlan``.
    public var failedAttendance: Percent?
    /// Share of households with evidence missing for a child; nil: see ``PopulationPlan``.
    public var missingEvidence: Percent?
    /// Share of households whose account the bank will refuse; nil: see ``PopulationPlan``.
    public var closedAccounts: Percent?
    /// Share of households that are in the files twice, or have a member in two households. None unless asked for: an
    /// import that keeps all or nothing refuses such files.
    public var duplicates: Percent
    /// Appropriations as a share of what a cycle costs when every household meets every condition.
    public var budgetShare: Percent

    /// What to simulate.
    public init(
        households: Int? = nil, seed: UInt64 = 1, directory: String, figures: Figures = .embedded,
        failedAttendance: Percent? = nil, missingEvidence: Percent? = nil, closedAccounts: Percent? = nil,
        duplicates: Percent = Percent(hundredths: 0), budgetShare: Percent = Percent(hundredths: 10_000)
    ) {
        self.households = households
        self.seed = seed
        self.directory = directory
        self.figures = figures
        self.failedAttendance = failedAttendance
        self.missingEvidence = missingEvidence
        self.closedAccounts = closedAccounts
        self.duplicates = duplicates
        self.budgetShare = budgetShare
    }
}

/// A percentage with two decimals, as a whole number.
public struct Percent: Sendable, Equatable, CustomStringConvertible {
    /// Hundredths of a percent: 10,000 is everything.
    public let hundredths: Int

    /// A percentage from its hundredths.
    public init(hundredths: Int) { self.hundredths = hundredths }

    /// Reads `5`, `5.8` or `5.83`; nil for anything else, and for more than 1,000 percent.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } }),
            let whole = Int(parts[0]), whole <= 1_000
        else { return nil }
        let decimals = parts.count == 2 ? String(parts[1]) : "0"
        guard decimals.utf8.count <= 2, let fraction = Int(decimals.count == 1 ? decimals + "0" : decimals) else {
            return nil
        }
        hundredths = whole * 100 + fraction
    }

    /// For instance `5.83`.
    public var description: String {
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }

    /// The share of `count`, rounded to the nearest whole number.
    func of(_ count: Int) -> Int { (count * hundredths + 5_000) / 10_000 }
}
