import Contracts
import Vocabulary

extension DefinitionCheck {
    /// Rules of a conditional cash transfer.
    mutating func transfer(_ definition: CoordinationV1.ProgrammeDefinition) {
        if let eligibility = definition.eligibility {
            self.eligibility(eligibility)
        } else {
            found.fault("eligibility", "is missing")
        }
        for (index, condition) in definition.conditions.enumerated() {
            self.condition(condition, "conditions[\(index)]")
        }
        found.distinct(definition.conditions.map(\.code), "conditions")
        found.require(!definition.components.isEmpty, "components", "are missing: the programme would pay nothing")
        for (index, component) in definition.components.enumerated() {
            self.component(component, "components[\(index)]")
        }
        found.distinct(definition.components.map(\.code), "components")
        ladder(definition.ladder)
        if let payments = definition.payments {
            self.payments(payments)
        } else {
            found.fault("payments", "are missing: nobody pays")
        }
        found.require(definition.project == nil, "project", "does nothing in a programme of transfers; leave it out")
    }

    private mutating func eligibility(_ eligibility: CoordinationV1.Eligibility) {
        found.require(
            !eligibility.povertyClasses.isEmpty, "eligibility.povertyClasses", "are missing: nobody would qualify")
        let known = PovertyClass.names.joined(separator: ", ")
        for (index, name) in eligibility.povertyClasses.enumerated() where !PovertyClass.names.contains(name) {
            found.fault("eligibility.povertyClasses[\(index)]", "is not one of \(known)")
        }
        found.require(
            (0...1_800).contains(eligibility.minResidenceMonths), "eligibility.minResidenceMonths",
            "is not between 0 and 1800")
        found.require(
            (0...150).contains(eligibility.memberYoungerThanYears), "eligibility.memberYoungerThanYears",
            "is not between 0 and 150")
        found.require(
            (0...10_000).contains(eligibility.minTerritoryPovertyHundredths),
            "eligibility.minTerritoryPovertyHundredths", "is not between 0 and 10000")
    }

    private mutating func condition(_ condition: CoordinationV1.Condition, _ path: String) {
        found.code(condition.code, "\(path).code")
        ages(condition.fromAgeMonths, condition.belowAgeMonths, path)
        switch condition.kind {
        case .unspecified: found.fault("\(path).kind", "is missing")
        case .schoolAttendance:
            found.require(
                (1...10_000).contains(condition.thresholdHundredths), "\(path).thresholdHundredths",
                "is not between 1 and 10000")
            found.require(
                condition.minChecks == 0, "\(path).minChecks", "does nothing for school attendance; leave it out")
        case .growthCheck, .prenatalCheck:
            found.require((1...1_000).contains(condition.minChecks), "\(path).minChecks", "is not between 1 and 1000")
            found.require(
                condition.thresholdHundredths == 0, "\(path).thresholdHundredths",
                "does nothing for checks; leave it out")
        }
        found.require(condition.missing != .unspecified, "\(path).missing", "does not say what missing evidence means")
    }

    private mutating func component(_ component: CoordinationV1.Component, _ path: String) {
        found.code(component.code, "\(path).code")
        amount(component.amountMinor, "\(path).amountMinor")
        ages(component.fromAgeMonths, component.belowAgeMonths, path)
        found.require(
            ["", "primary", "secondary"].contains(component.schoolLevel), "\(path).schoolLevel",
            "is not primary, secondary or empty")
        switch component.basis {
        case .unspecified: found.fault("\(path).basis", "is missing")
        case .household:
            let does: Sentence = "does nothing for an amount per household; leave it out"
            found.require(component.fromAgeMonths == 0, "\(path).fromAgeMonths", does)
            found.require(component.belowAgeMonths == 0, "\(path).belowAgeMonths", does)
            found.require(component.schoolLevel.isEmpty, "\(path).schoolLevel", does)
            found.require(!component.countsPregnant, "\(path).countsPregnant", does)
            found.require(!component.requiresBase, "\(path).requiresBase", does)
        case .householdWithMember, .member: break
        }
    }

    /// A ladder acts: each step is later and heavier than the one before, and `unpaid`, which is about the cycle not met
    /// itself, begins with the first.
    private mutating func ladder(_ steps: [CoordinationV1.LadderStep]) {
        let actions = ["unpaid", "suspended", "exit"]
        var last: Int32 = 0
        var heaviest = -1
        for (index, step) in steps.enumerated() {
            let path = "ladder[\(index)]"
            found.require(
                step.consecutiveCycles > last, "\(path).consecutiveCycles", "does not grow from step to step")
            found.require(step.consecutiveCycles <= 1_000, "\(path).consecutiveCycles", "is above 1000")
            last = step.consecutiveCycles
            guard let weight = actions.firstIndex(of: step.action) else {
                found.fault("\(path).action", "is not one of \(actions.joined(separator: ", "))")
                continue
            }
            found.require(weight > heaviest, "\(path).action", "is not heavier than the step before")
            found.require(
                step.action != "unpaid" || step.consecutiveCycles == 1, "\(path).consecutiveCycles",
                "is not 1: a cycle not met is unpaid from the first on")
            heaviest = max(heaviest, weight)
        }
    }

    private mutating func ages(_ from: Int32, _ below: Int32, _ path: String) {
        found.require((0...1_800).contains(from), "\(path).fromAgeMonths", "is not between 0 and 1800")
        found.require(
            below == 0 || (below > from && below <= 1_800), "\(path).belowAgeMonths",
            "is not above fromAgeMonths and at most 1800")
    }
}
