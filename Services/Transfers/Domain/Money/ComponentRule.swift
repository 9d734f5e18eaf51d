import Vocabulary

/// What a component's amount is multiplied by.
public enum EntitlementBasis: Sendable {
    /// Once per household whose members meet every condition.
    case household
    /// Once per household with a member who counts.
    case householdWithMember
    /// Per member who counts.
    case member
}

/// One component of what a household is paid.
public struct ComponentRule: Sendable {
    /// Code within the programme.
    public let code: String
    /// Position in the frozen rules; stored with each entitlement.
    public let position: Int16
    /// What the amount is multiplied by.
    public let basis: EntitlementBasis
    /// Minor units per cycle.
    public let amountMinor: Int64
    /// Ages of the members who count.
    public let ages: AgeRange
    /// School level of the members who count; nil: any.
    public let schoolLevel: SchoolLevel?
    /// Whether a pregnant member counts whatever her age.
    public let countsPregnant: Bool
    /// Only paid together with the household's base component.
    public let requiresBase: Bool

    /// A component.
    public init(
        code: String, position: Int16, basis: EntitlementBasis, amountMinor: Int64, ages: AgeRange,
        schoolLevel: SchoolLevel? = nil, countsPregnant: Bool = false, requiresBase: Bool = false
    ) {
        self.code = code
        self.position = position
        self.basis = basis
        self.amountMinor = amountMinor
        self.ages = ages
        self.schoolLevel = schoolLevel
        self.countsPregnant = countsPregnant
        self.requiresBase = requiresBase
    }

    /// Whether a member whose own conditions are met counts for this component.
    func counts(_ member: Member) -> Bool {
        if countsPregnant, member.pregnant { return true }
        guard ages.contains(member.ageMonths) else { return false }
        guard let schoolLevel else { return true }
        return member.evidence.schoolLevel == schoolLevel
    }
}
