import Contracts
import Postgres
import TransfersDomain
import Vocabulary

/// What a run decided about one household, and the same decided again from the frozen roll and the evidence that it kept,
/// whatever was imported since.
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
        var suspended: Bool
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
        _ transaction: borrowing Transaction, run: PaymentRun, householdId: Int64, rules: Rules, firstDay: CalendarDate
    ) async throws -> HouseholdReplay {
        var replay = HouseholdReplay(rules: rules)
        let (number, household) = (run.runNumber, householdId)
        replay.household = try await transaction.queryOne(FindOutcome(runNumber: number, householdId: household))
        replay.verdicts = try await transaction.query(ListVerdicts(runNumber: number, householdId: household))
        replay.entitlements = try await transaction.query(ListEntitlements(runNumber: number, householdId: household))
        replay.members = try await RollChunk.read(
            transaction, run: run, firstDay: firstDay, range: household...household, evidence: .frozen
        ).members
        return replay
    }

    /// The decisions as the contract writes them.
    func decisions(_ ruleVersion: Int32) throws -> [TransfersV1.Decision] {
        guard let household else {
            return [
                TransfersV1.Decision(
                    kind: "entitlement", outcome: "not_on_roll", reasons: [.init(code: "not_on_roll")])
            ]
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
        let (outcome, total) = try assessment.conclude(
            hasAccount: household.hasAccount, suspended: household.suspended)
        var decisions = verdicts.map { stored in
            stored.decision(rules, ruleVersion, isSame: again.contains(stored))
        }
        let isSame =
            again.count == verdicts.count && outcome.rawValue == storedOutcome && total == household.entitledMinor
            && (outcome == .payable ? assessment.entitlements : []) == entitlements
        decisions += entitlements.map { entitlement in
            TransfersV1.Decision(
                kind: "entitlement", code: rules.components[Int(entitlement.component)].code, outcome: "entitled",
                ruleVersion: ruleVersion, amountMinor: entitlement.amountMinor,
                reasons: [
                    .init(
                        code: "units",
                        values: ["units": "\(entitlement.units)", "unit_minor": "\(entitlement.unitMinor)"])
                ], currency: rules.currency)
        }
        let name = HouseholdOutcome(rawValue: storedOutcome)?.name ?? "unknown"
        decisions.append(
            TransfersV1.Decision(
                kind: "entitlement", outcome: name, ruleVersion: ruleVersion, amountMinor: household.entitledMinor,
                reasons: [.init(code: "household_\(name)")], replay: Replay.code(isSame: isSame),
                currency: rules.currency))
        return decisions
    }
}

extension HouseholdReplay.StoredVerdict {
    /// As the contract writes it.
    func decision(_ rules: Rules, _ ruleVersion: Int32, isSame: Bool) -> TransfersV1.Decision {
        let condition = rules.conditions[Int(verdict.condition)]
        return TransfersV1.Decision(
            kind: "verdict", personId: personId, code: condition.code, outcome: verdict.outcome.name,
            ruleVersion: ruleVersion, reasons: [.verdict(verdict, condition)], replay: Replay.code(isSame: isSame))
    }
}
