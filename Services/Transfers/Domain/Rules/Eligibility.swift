import Contracts
import Vocabulary

/// Reasons that keep a household out of a programme. The raw value is stored; bits never change meaning. Empty: affiliated.
public struct Refusals: OptionSet, Sendable, Hashable {
    /// The stored bits.
    public let rawValue: Int32

    /// The set with these bits.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// The registry's poverty class does not qualify.
    public static let povertyClass = Refusals(rawValue: 1)
    /// Lives too short a time in the territory.
    public static let residence = Refusals(rawValue: 2)
    /// Has no member young enough and no pregnant one.
    public static let members = Refusals(rawValue: 4)
    /// The territory is not poor enough.
    public static let territory = Refusals(rawValue: 8)
    /// Left the programme by its sanctions, after too many consecutive cycles not met.
    public static let exited = Refusals(rawValue: 16)
}

/// What affiliation is decided on. Stored with the decision, so that it can be replayed.
public struct HouseholdFacts: Sendable, Equatable {
    /// The registry's class.
    public var povertyClass: PovertyClass
    /// Since when the household lives there.
    public var residenceSince: CalendarDate
    /// Birth date of the youngest member who is born by the cycle's first day.
    public var youngestBirth: CalendarDate?
    /// Whether any member is pregnant.
    public var anyPregnant: Bool
    /// Poverty rate of the territory in hundredths of a percent; nil: unknown.
    public var territoryPovertyHundredths: Int32?

    /// The facts about one household.
    public init(
        povertyClass: PovertyClass, residenceSince: CalendarDate, youngestBirth: CalendarDate?, anyPregnant: Bool,
        territoryPovertyHundredths: Int32?
    ) {
        self.povertyClass = povertyClass
        self.residenceSince = residenceSince
        self.youngestBirth = youngestBirth
        self.anyPregnant = anyPregnant
        self.territoryPovertyHundredths = territoryPovertyHundredths
    }
}

/// Who may be served.
public struct EligibilityRule: Sendable {
    /// Classes that qualify.
    public let povertyClasses: [PovertyClass]
    /// Least completed months of residence; 0: any.
    public let minResidenceMonths: Int
    /// A member must be younger than this many years, or pregnant; 0: any.
    public let memberYoungerThanYears: Int
    /// Least poverty rate of the territory; 0: any.
    public let minTerritoryPovertyHundredths: Int32

    /// The rule.
    public init(
        povertyClasses: [PovertyClass], minResidenceMonths: Int, memberYoungerThanYears: Int,
        minTerritoryPovertyHundredths: Int32
    ) {
        self.povertyClasses = povertyClasses
        self.minResidenceMonths = minResidenceMonths
        self.memberYoungerThanYears = memberYoungerThanYears
        self.minTerritoryPovertyHundredths = minTerritoryPovertyHundredths
    }

    /// Every reason that speaks against the household, not only the first.
    public func refusals(of household: HouseholdFacts, on firstDay: CalendarDate) -> Refusals {
        var refusals: Refusals = []
        if !povertyClasses.contains(household.povertyClass) { refusals.insert(.povertyClass) }
        if minResidenceMonths > 0,
            household.residenceSince.ageInMonths(on: firstDay) < minResidenceMonths
        {
            refusals.insert(.residence)
        }
        if memberYoungerThanYears > 0, !household.anyPregnant, !hasYoungMember(household, firstDay) {
            refusals.insert(.members)
        }
        // An unknown rate does not keep anybody out.
        if let rate = household.territoryPovertyHundredths, rate < minTerritoryPovertyHundredths {
            refusals.insert(.territory)
        }
        return refusals
    }

    private func hasYoungMember(_ household: HouseholdFacts, _ firstDay: CalendarDate) -> Bool {
        guard let birth = household.youngestBirth else { return false }
        let months = birth.ageInMonths(on: firstDay)
        return months >= 0 && months < memberYoungerThanYears * 12
    }
}
