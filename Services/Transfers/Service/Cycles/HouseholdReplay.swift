import Contracts
import Postgres
import TransfersDomain

/// What a run decided about one household, and the same decided again from the frozen roll and its evidence, which the
/// import leaves alone once a run has begun.
struct HouseholdReplay: Sendable {
    /// A verdict with the member it is about.
    struct StoredVerdict: Sendable, Equatable {
        var personId: Int64
        var schoolLevel: SchoolLevel?
        var verdict: Verdict
    }

    /// What was stored about the household.
    struct StoredOutcome: Sendable, Equatable {
        var hasAccount: Bool
        var outcome: Int16?
        var entitledMinor: Int64
    }

    private var rules: Rules
    private var household: StoredOutcome?
    private var verdicts: [StoredVerdict] = []
    private var entitlements: [Entitlement] = []
    private var members: [Member] = []

    /// Reads what was stored, and what it was decided on, as the run itself reads it.
    static func read(
        _ transaction: borrowing Transaction, run: PaymentRun, householdId: Int64, rules: Rules, days: CycleDays
    ) async throws -> HouseholdReplay {
        var replay = HouseholdReplay(rules: rules)
        let (number, household) = (run.runNumber, householdId)
        replay.household = try await transaction.queryOne(FindOutcome(runNumber: number, householdId: household))
        replay.verdicts = try await transaction.query(ListVerdicts(runNumber: number, householdId: household))
        replay.entitlements = try await transaction.query(ListEntitlements(runNumber: number, householdId: household))
        replay.members = try await RollChunk.read(transaction, run: run, days: days, range: household...household)
            .members
        return replay
    }

    /// The decisions as the contract writes them.
    func decisions(_ ruleVersion: Int32) throws -> [TransfersV1.Decision] {
        guard let household else {
            let reason = "The household was not on the frozen roll of the payment run."
            return [TransfersV1.Decision(kind: "entitlement", outcome: "not_on_roll", reasons: [reason])]
        }
        guard let storedOutcome = household.outcome else { return [] }
        var assessment = HouseholdAssessment(rules: rules)
        var again: [StoredVerdict] = []
        for member in members {
            assessment.assess(member)
            again += assessment.verdicts.map {
                StoredVerdict(personId: member.personId, schoolLevel: member.evidence.schoolLevel, verdict: $0)
            }
        }
        let (outcome, total) = try assessment.conclude(hasAccount: household.hasAccount)
        var decisions = verdicts.map { stored in
            stored.decision(rules, ruleVersion, isSame: again.contains(stored))
        }
        let isSame =
            again.count == verdicts.count && outcome.rawValue == storedOutcome && total == household.entitledMinor
            && (outcome == .payable ? assessment.entitlements : []) == entitlements
        decisions += entitlements.map { entitlement in
            TransfersV1.Decision(
                kind: "entitlement", code: rules.components[Int(entitlement.component)].code, outcome: "entitled",
                reasons: ["\(entitlement.units) × \(entitlement.unitMinor) minor units of \(rules.currency)."],
                ruleVersion: ruleVersion, amountMinor: entitlement.amountMinor)
        }
        decisions.append(
            TransfersV1.Decision(
                kind: "entitlement", outcome: HouseholdOutcome(rawValue: storedOutcome)?.name ?? "unknown",
                reasons: [Self.sentence(HouseholdOutcome(rawValue: storedOutcome))], ruleVersion: ruleVersion,
                amountMinor: household.entitledMinor, evidence: "The whole household." + Replay.sentence(equal: isSame))
        )
        return decisions
    }

    private static func sentence(_ outcome: HouseholdOutcome?) -> String {
        switch outcome {
        case .payable: "The household is paid in this run."
        case .notMet: "No component's conditions are met, so nothing is paid."
        case .held: "The household waits for evidence and is not paid in this run."
        case .noAccount: "The household is entitled, but the registry knew no account to pay to."
        case nil: "The stored outcome is unknown to this program."
        }
    }
}

extension HouseholdReplay.StoredVerdict {
    /// As the contract writes it.
    func decision(_ rules: Rules, _ ruleVersion: Int32, isSame: Bool) -> TransfersV1.Decision {
        let condition = rules.conditions[Int(verdict.condition)]
        return TransfersV1.Decision(
            kind: "verdict", personId: personId, code: condition.code, outcome: verdict.outcome.name,
            reasons: [
                verdict.reason.sentence(
                    measured: verdict.measured, possible: verdict.possible,
                    thresholdHundredths: condition.thresholdHundredths)
            ],
            ruleVersion: ruleVersion,
            evidence: "\(verdict.measured) of \(verdict.possible)." + Replay.sentence(equal: isSame))
    }
}
