import Contracts
import TransfersDomain
import Vocabulary

/// Decisions as the contract writes them: codes, and the values that belong to them.
extension TransfersV1.DecisionReason {
    /// The criteria of a programme that a household does not meet; one that says so when it meets them all.
    static func refusals(
        _ refusals: Refusals, _ rule: EligibilityRule
    ) -> [TransfersV1.DecisionReason] {
        var reasons: [TransfersV1.DecisionReason] = []
        if refusals.contains(.povertyClass) {
            let served = rule.povertyClasses.map(\.name).joined(separator: " ")
            reasons.append(.init(code: "poverty_class", values: ["served": served]))
        }
        if refusals.contains(.residence) {
            reasons.append(.init(code: "residence", values: ["months": "\(rule.minResidenceMonths)"]))
        }
        if refusals.contains(.members) {
            reasons.append(.init(code: "members", values: ["years": "\(rule.memberYoungerThanYears)"]))
        }
        if refusals.contains(.territory) {
            reasons.append(
                .init(code: "territory", values: ["least_hundredths": "\(rule.minTerritoryPovertyHundredths)"]))
        }
        return reasons.isEmpty && !refusals.contains(.exited) ? [.init(code: "meets_criteria")] : reasons
    }

    /// What the ladder of sanctions says, and the cycles that it counted; nothing when it says nothing.
    static func sanction(_ affiliation: StoredAffiliation, _ counted: [CountedCycle]) -> [TransfersV1.DecisionReason] {
        guard affiliation.sanction != .none else { return [] }
        let notMet = counted.filter { $0.outcome == .notMet }.suffix(Int(affiliation.consecutiveNotMet))
        return [
            .init(
                code: "sanction_\(affiliation.sanction)",
                values: [
                    "consecutive": "\(affiliation.consecutiveNotMet)",
                    "cycles": notMet.map(\.cycle).joined(separator: " "),
                ])
        ]
    }

    /// What was known of a household when a cycle was opened.
    static func facts(_ facts: HouseholdFacts) -> TransfersV1.DecisionReason {
        var values = [
            "class": facts.povertyClass.name, "residence_since": facts.residenceSince.description,
            "pregnant": facts.anyPregnant ? "yes" : "no",
        ]
        values["youngest_birth"] = facts.youngestBirth?.description
        values["territory_hundredths"] = facts.territoryPovertyHundredths.map { "\($0)" }
        return .init(code: "household", values: values)
    }

    /// Why a condition was or was not met.
    static func verdict(_ verdict: Verdict, _ condition: ConditionRule) -> TransfersV1.DecisionReason {
        .init(
            code: verdict.reason.code,
            values: [
                "measured": "\(verdict.measured)", "possible": "\(verdict.possible)",
                "threshold_hundredths": "\(condition.thresholdHundredths)",
            ])
    }
}

/// What is said about a decision that was made again.
enum Replay {
    static func code(isSame: Bool) -> String { isSame ? "same" : "differs" }
}
