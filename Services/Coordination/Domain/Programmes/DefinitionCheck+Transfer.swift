import Contracts

extension DefinitionCheck {
    /// Rules of a conditional cash transfer.
    mutating func transfer(_ definition: CoordinationV1.ProgrammeDefinition) {
        if let eligibility = definition.eligibility {
            self.eligibility(eligibility)
        } else {
            fault("eligibility", "is missing")
        }
        for (index, condition) in definition.conditions.enumerated() {
            self.condition(condition, "conditions[\(index)]")
        }
        distinct(definition.conditions.map(\.code), "conditions")
        require(!definition.components.isEmpty, "components", "are missing: the programme would pay nothing")
        for (index, component) in definition.components.enumerated() {
            self.component(component, "components[\(index)]")
        }
        distinct(definition.components.map(\.code), "components")
        ladder(definition.ladder)
        if let payments = definition.payments {
            self.payments(payments)
        } else {
            fault("payments", "are missing: nobody pays")
        }
    }

    private mutating func eligibility(_ eligibility: CoordinationV1.Eligibility) {
        require(!eligibility.povertyClasses.isEmpty, "eligibility.povertyClasses", "are missing: nobody would qualify")
        let known = Self.povertyClasses.joined(separator: ", ")
        for (index, name) in eligibility.povertyClasses.enumerated() where !Self.povertyClasses.contains(name) {
            fault("eligibility.povertyClasses[\(index)]", "is not one of \(known)")
        }
        require(eligibility.minResidenceMonths >= 0, "eligibility.minResidenceMonths", "is below zero")
        require(
            (0...150).contains(eligibility.memberYoungerThanYears), "eligibility.memberYoungerThanYears",
            "is not between 0 and 150")
        require(
            (0...10_000).contains(eligibility.minTerritoryPovertyHundredths),
            "eligibility.minTerritoryPovertyHundredths", "is not between 0 and 10000")
    }

    private mutating func condition(_ condition: CoordinationV1.Condition, _ path: String) {
        code(condition.code, "\(path).code")
        ages(condition.fromAgeMonths, condition.belowAgeMonths, path)
        switch condition.kind {
        case .unspecified: fault("\(path).kind", "is missing")
        case .schoolAttendance:
            require(
                (1...10_000).contains(condition.thresholdHundredths), "\(path).thresholdHundredths",
                "is not between 1 and 10000")
        case .growthCheck, .prenatalCheck:
            require(condition.minChecks >= 1, "\(path).minChecks", "is below 1")
        }
        require(condition.missing != .unspecified, "\(path).missing", "does not say what missing evidence means")
    }

    private mutating func component(_ component: CoordinationV1.Component, _ path: String) {
        code(component.code, "\(path).code")
        require(component.basis != .unspecified, "\(path).basis", "is missing")
        require(component.amountMinor > 0, "\(path).amountMinor", "is not above zero")
        ages(component.fromAgeMonths, component.belowAgeMonths, path)
        require(
            ["", "primary", "secondary"].contains(component.schoolLevel), "\(path).schoolLevel",
            "is not primary, secondary or empty")
    }

    /// A ladder acts: each step is later and heavier than the one before, and `unpaid`, which is about the cycle not met
    /// itself, begins with the first.
    private mutating func ladder(_ steps: [CoordinationV1.LadderStep]) {
        let actions = ["unpaid", "suspended", "exit"]
        var last: Int32 = 0
        var heaviest = -1
        for (index, step) in steps.enumerated() {
            require(
                step.consecutiveCycles > last, "ladder[\(index)].consecutiveCycles",
                "does not grow from step to step")
            last = step.consecutiveCycles
            require(
                actions.contains(step.action), "ladder[\(index)].action", "is not one of unpaid, suspended, exit")
            guard let weight = actions.firstIndex(of: step.action) else { continue }
            require(weight > heaviest, "ladder[\(index)].action", "is not heavier than the step before")
            require(
                step.action != "unpaid" || step.consecutiveCycles == 1, "ladder[\(index)].consecutiveCycles",
                "is not 1: a cycle not met is unpaid from the first on")
            heaviest = max(heaviest, weight)
        }
    }

    private mutating func payments(_ payments: CoordinationV1.PaymentSettings) {
        require(!payments.debtorName.isEmpty, "payments.debtorName", "is missing")
        require(!payments.debtorAccount.isEmpty, "payments.debtorAccount", "is missing")
        require([8, 11].contains(payments.debtorBic.utf8.count), "payments.debtorBic", "is no BIC")
        require(
            payments.maxTransactionsPerFile >= 1, "payments.maxTransactionsPerFile", "is below 1")
    }

    private mutating func ages(_ from: Int32, _ below: Int32, _ path: String) {
        require(from >= 0, "\(path).fromAgeMonths", "is below zero")
        require(below == 0 || below > from, "\(path).belowAgeMonths", "is not above fromAgeMonths")
    }

    mutating func distinct(_ codes: [String], _ path: String) {
        for (index, code) in codes.enumerated() where codes[..<index].contains(code) {
            fault("\(path)[\(index)].code", "is used twice")
        }
    }
}
