import Contracts
import Postgres
import TransfersDomain

/// Decides one chunk: reads the frozen roll and its evidence, applies the rules, stores what was decided.
struct VerifyChunk {
    /// A verdict and whom it is about.
    private struct VerdictRow: Sendable {
        var householdId: Int64
        var personId: Int64
        var schoolLevel: Int16?
        var verdict: Verdict
    }

    /// An entitlement and whose it is.
    private struct EntitlementRow: Sendable {
        var householdId: Int64
        var entitlement: Entitlement
    }

    /// What was decided about a household.
    private struct OutcomeRow: Sendable {
        var householdId: Int64
        var outcome: HouseholdOutcome
        var entitledMinor: Int64
    }

    /// What was known about a member.
    private struct EvidenceRow: Sendable {
        var householdId: Int64
        var personId: Int64
        var evidence: MemberEvidence
    }

    private var evidence: [EvidenceRow] = []
    private var verdicts: [VerdictRow] = []
    private var entitlements: [EntitlementRow] = []
    private var outcomes: [OutcomeRow] = []
    /// Households to be paid.
    private(set) var payableHouseholds: Int32 = 0
    /// What they are to be paid.
    private(set) var totalMinor: Int64 = 0

    /// Decides every household of the chunk.
    init(_ roll: RollChunk, rules: Rules) throws(AmountOverflow) {
        evidence.reserveCapacity(roll.members.count)
        verdicts.reserveCapacity(roll.members.count)
        entitlements.reserveCapacity(roll.households.count * 2)
        outcomes.reserveCapacity(roll.households.count)
        var assessment = HouseholdAssessment(rules: rules)
        var next = 0
        for household in roll.households {
            while next < roll.members.count, roll.memberHouseholds[next] <= household.householdId {
                let member = roll.members[next]
                assert(roll.memberHouseholds[next] == household.householdId)
                if member.evidence != MemberEvidence() {
                    evidence.append(
                        EvidenceRow(
                            householdId: household.householdId, personId: member.personId, evidence: member.evidence))
                }
                assessment.assess(member)
                for verdict in assessment.verdicts {
                    verdicts.append(
                        VerdictRow(
                            householdId: household.householdId, personId: member.personId,
                            schoolLevel: member.evidence.schoolLevel?.rawValue, verdict: verdict))
                }
                next += 1
            }
            let (outcome, total) = try assessment.conclude(
                hasAccount: household.hasAccount, suspended: household.suspended)
            outcomes.append(OutcomeRow(householdId: household.householdId, outcome: outcome, entitledMinor: total))
            // Without an account nothing is owed through this run: its outcome says how much, and a later run may pay it.
            if outcome == .payable {
                for entitlement in assessment.entitlements {
                    entitlements.append(EntitlementRow(householdId: household.householdId, entitlement: entitlement))
                }
                payableHouseholds += 1
                let (sum, overflow) = totalMinor.addingReportingOverflow(total)
                guard !overflow else { throw AmountOverflow() }
                totalMinor = sum
            }
        }
    }

    /// Stores what was decided, and on what.
    func store(_ transaction: borrowing Transaction, run: PaymentRun) async throws {
        let (runNumber, cycleId, currency) = (run.runNumber, run.cycleId, run.currency)
        let (verdicts, entitlements, outcomes) = (verdicts, entitlements, outcomes)
        try await storeEvidence(transaction, runNumber)
        _ = try await transaction.copyIn(
            """
            COPY transfers.verdict (
                household_id, person_id, run_number, condition, outcome, reason, school_level, measured, possible)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for row in verdicts {
                writer.startRow(columns: 9)
                writer.add(row.householdId)
                writer.add(row.personId)
                writer.add(runNumber)
                writer.add(row.verdict.condition)
                writer.add(row.verdict.outcome.rawValue)
                writer.add(row.verdict.reason.rawValue)
                writer.add(row.schoolLevel)
                writer.add(row.verdict.measured)
                writer.add(row.verdict.possible)
            }
        }
        _ = try await transaction.copyIn(
            """
            COPY transfers.household_outcome (household_id, run_number, outcome, entitled_minor)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for row in outcomes {
                writer.startRow(columns: 4)
                writer.add(row.householdId)
                writer.add(runNumber)
                writer.add(row.outcome.rawValue)
                writer.add(row.entitledMinor)
            }
        }
        _ = try await transaction.copyIn(
            """
            COPY transfers.entitlement (
                household_id, unit_minor, amount_minor, cycle_id, run_number, units, component, currency)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for row in entitlements {
                writer.startRow(columns: 8)
                writer.add(row.householdId)
                writer.add(row.entitlement.unitMinor)
                writer.add(row.entitlement.amountMinor)
                writer.add(cycleId)
                writer.add(runNumber)
                writer.add(row.entitlement.units)
                writer.add(row.entitlement.component)
                writer.add(currency)
            }
        }
    }

    /// Stores the evidence, so that deciding again does not depend on what is imported later.
    private func storeEvidence(_ transaction: borrowing Transaction, _ runNumber: Int32) async throws {
        let evidence = evidence
        _ = try await transaction.copyIn(
            """
            COPY transfers.roll_evidence (
                household_id, person_id, run_number, school_days, days_attended, growth_checks, prenatal_checks, level)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for row in evidence {
                writer.startRow(columns: 8)
                writer.add(row.householdId)
                writer.add(row.personId)
                writer.add(runNumber)
                writer.add(row.evidence.schoolDays)
                writer.add(row.evidence.daysAttended)
                writer.add(row.evidence.growthChecks)
                writer.add(row.evidence.prenatalChecks)
                writer.add(row.evidence.schoolLevel?.rawValue)
            }
        }
    }
}
