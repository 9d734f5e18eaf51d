import Contracts
import Vocabulary

/// A programme's definition that cannot be applied, with the place in it.
public struct UnusableDefinition: Error, Equatable, Sendable {
    /// Where in the definition, for instance `conditions.attendance.missing`.
    public let place: String
    /// What is wrong with it.
    public let problem: Sentence
}

/// A version of a programme's rules, checked and ready to be applied.
public struct Rules: Sendable {
    /// Who may be served.
    public let eligibility: EligibilityRule
    /// Conditions, in the definition's order.
    public let conditions: [ConditionRule]
    /// Components, in the definition's order.
    public let components: [ComponentRule]
    /// ISO 4217 code of every amount.
    public let currency: String
    /// What follows consecutive cycles not met.
    public let ladder: SanctionLadder

    /// Rules that were checked elsewhere, for instance in a test.
    public init(
        eligibility: EligibilityRule, conditions: [ConditionRule], components: [ComponentRule], currency: String,
        ladder: SanctionLadder = .none
    ) {
        self.eligibility = eligibility
        self.conditions = conditions
        self.components = components
        self.currency = currency
        self.ladder = ladder
    }

    /// The rules that a definition says, or what is wrong with it.
    public init(_ definition: CoordinationV1.ProgrammeDefinition) throws(UnusableDefinition) {
        guard definition.kind == .conditionalTransfer else {
            throw UnusableDefinition(place: "kind", problem: "the programme does not pay conditional transfers")
        }
        guard !definition.components.isEmpty else {
            throw UnusableDefinition(place: "components", problem: "the programme pays nothing")
        }
        eligibility = try Self.eligibility(definition.eligibility ?? .init())
        var conditions: [ConditionRule] = []
        for (index, condition) in definition.conditions.enumerated() {
            conditions.append(try Self.condition(condition, Int16(index)))
        }
        var components: [ComponentRule] = []
        for (index, component) in definition.components.enumerated() {
            components.append(try Self.component(component, Int16(index)))
        }
        self.conditions = conditions
        self.components = components
        currency = definition.currency
        ladder = try Self.ladder(definition.ladder)
    }

    /// Every reason that speaks against a household in a cycle: the criteria that it does not meet, and a sanction that ended
    /// its transfer.
    public func refusals(of household: HouseholdFacts, on firstDay: CalendarDate, sanction: Sanction) -> Refusals {
        let refusals = eligibility.refusals(of: household, on: firstDay)
        return sanction == .exit ? refusals.union(.exited) : refusals
    }

    /// Members of at least this age in months concern no condition and no component unless pregnant; nil: all ages do.
    public var concernsBelowMonths: Int? {
        var highest = 0
        for condition in conditions {
            if case .prenatalChecks = condition.subject { continue }
            guard let below = condition.ages.below else { return nil }
            highest = max(highest, below)
        }
        for component in components where component.basis != .household {
            guard let below = component.ages.below else { return nil }
            highest = max(highest, below)
        }
        return highest
    }

    private static func eligibility(
        _ eligibility: CoordinationV1.Eligibility
    ) throws(UnusableDefinition) -> EligibilityRule {
        var classes: [PovertyClass] = []
        for name in eligibility.povertyClasses {
            guard let known = PovertyClass(name: name) else {
                throw UnusableDefinition(place: "eligibility.povertyClasses", problem: "no such class: \(name)")
            }
            classes.append(known)
        }
        guard !classes.isEmpty else {
            throw UnusableDefinition(place: "eligibility.povertyClasses", problem: "no class qualifies")
        }
        return EligibilityRule(
            povertyClasses: classes, minResidenceMonths: Int(eligibility.minResidenceMonths),
            memberYoungerThanYears: Int(eligibility.memberYoungerThanYears),
            minTerritoryPovertyHundredths: eligibility.minTerritoryPovertyHundredths)
    }

    private static func condition(
        _ condition: CoordinationV1.Condition, _ position: Int16
    ) throws(UnusableDefinition) -> ConditionRule {
        let place = "conditions.\(condition.code)"
        let missing: MissingEvidencePolicy
        switch condition.missing {
        case .unspecified: throw UnusableDefinition(place: "\(place).missing", problem: "not said")
        case .notMet: missing = .notMet
        case .met: missing = .met
        case .held: missing = .held
        }
        let subject: ConditionSubject
        switch condition.kind {
        case .unspecified: throw UnusableDefinition(place: "\(place).kind", problem: "not said")
        case .schoolAttendance:
            guard (1...10_000).contains(condition.thresholdHundredths) else {
                throw UnusableDefinition(place: "\(place).thresholdHundredths", problem: "not within 1…10000")
            }
            subject = .schoolAttendance(thresholdHundredths: condition.thresholdHundredths)
        case .growthCheck: subject = .growthChecks(least: try leastChecks(condition, place))
        case .prenatalCheck: subject = .prenatalChecks(least: try leastChecks(condition, place))
        }
        let ages = try ageRange(condition.fromAgeMonths, condition.belowAgeMonths, place)
        return ConditionRule(code: condition.code, position: position, subject: subject, ages: ages, missing: missing)
    }

    private static func leastChecks(
        _ condition: CoordinationV1.Condition, _ place: String
    ) throws(UnusableDefinition) -> Int32 {
        guard condition.minChecks > 0 else {
            throw UnusableDefinition(place: "\(place).minChecks", problem: "must be at least 1")
        }
        return condition.minChecks
    }

    private static func component(
        _ component: CoordinationV1.Component, _ position: Int16
    ) throws(UnusableDefinition) -> ComponentRule {
        let place = "components.\(component.code)"
        guard component.amountMinor > 0 else {
            throw UnusableDefinition(place: "\(place).amountMinor", problem: "must be above zero")
        }
        let basis: EntitlementBasis
        switch component.basis {
        case .unspecified: throw UnusableDefinition(place: "\(place).basis", problem: "not said")
        case .household: basis = .household
        case .householdWithMember: basis = .householdWithMember
        case .member: basis = .member
        }
        let level: SchoolLevel?
        switch component.schoolLevel {
        case "": level = nil
        case "primary": level = .primary
        case "secondary": level = .secondary
        default:
            throw UnusableDefinition(place: "\(place).schoolLevel", problem: "no such level: \(component.schoolLevel)")
        }
        let ages = try ageRange(component.fromAgeMonths, component.belowAgeMonths, place)
        return ComponentRule(
            code: component.code, position: position, basis: basis, amountMinor: component.amountMinor, ages: ages,
            schoolLevel: level, countsPregnant: component.countsPregnant, requiresBase: component.requiresBase)
    }

    /// A ladder that can act: from step to step later and heavier; `unpaid`, which is about the cycle not met itself, only
    /// as its first step.
    private static func ladder(_ steps: [CoordinationV1.LadderStep]) throws(UnusableDefinition) -> SanctionLadder {
        var ladder: [SanctionStep] = []
        for (index, step) in steps.enumerated() {
            let place = "ladder[\(index)]"
            guard let sanction = Sanction(action: step.action) else {
                throw UnusableDefinition(place: "\(place).action", problem: "no such sanction: \(step.action)")
            }
            guard step.consecutiveCycles > ladder.last?.after ?? 0, sanction > ladder.last?.sanction ?? .none else {
                throw UnusableDefinition(place: place, problem: "is not later and heavier than the step before")
            }
            guard sanction != .unpaid || step.consecutiveCycles == 1 else {
                throw UnusableDefinition(place: place, problem: "a cycle not met is unpaid from the first on")
            }
            ladder.append(SanctionStep(after: step.consecutiveCycles, sanction: sanction))
        }
        return SanctionLadder(steps: ladder)
    }

    private static func ageRange(
        _ from: Int32, _ below: Int32, _ place: String
    ) throws(UnusableDefinition) -> AgeRange {
        guard from >= 0, below == 0 || below > from else {
            throw UnusableDefinition(place: "\(place).fromAgeMonths", problem: "the age range is empty")
        }
        return AgeRange(fromMonths: from, belowMonths: below)
    }
}
