/// What missing evidence means for a condition.
public enum MissingEvidencePolicy: Sendable {
    /// Not met.
    case notMet
    /// Met.
    case met
    /// The household waits.
    case held
}

/// What a condition checks.
public enum ConditionSubject: Sendable {
    /// Days attended over school days, in hundredths of a percent.
    case schoolAttendance(thresholdHundredths: Int32)
    /// Growth and development checks.
    case growthChecks(least: Int32)
    /// Prenatal checks of pregnant members.
    case prenatalChecks(least: Int32)
}

/// One condition of a programme, ready to be applied.
public struct ConditionRule: Sendable {
    /// Code within the programme.
    public let code: String
    /// Position in the frozen rules; stored with each verdict.
    public let position: Int16
    /// What is checked.
    public let subject: ConditionSubject
    /// Whom it concerns.
    public let ages: AgeRange
    /// What missing evidence means.
    public let missing: MissingEvidencePolicy

    /// A condition.
    public init(
        code: String, position: Int16, subject: ConditionSubject, ages: AgeRange, missing: MissingEvidencePolicy
    ) {
        self.code = code
        self.position = position
        self.subject = subject
        self.ages = ages
        self.missing = missing
    }

    /// Threshold to show; 0 where the condition counts checks.
    public var thresholdHundredths: Int32 {
        switch subject {
        case .schoolAttendance(let threshold): threshold
        case .growthChecks, .prenatalChecks: 0
        }
    }

    /// Decides about one member.
    public func verdict(on member: Member) -> Verdict {
        if case .prenatalChecks = subject, !member.pregnant { return decide(.notApplicable, .notPregnant) }
        guard ages.contains(member.ageMonths) else { return decide(.notApplicable, .outsideAgeRange) }
        let evidence = member.evidence
        switch subject {
        case .schoolAttendance(let threshold):
            return attendance(evidence, threshold)
        case .growthChecks(let least):
            return checks(evidence.growthChecks, least)
        case .prenatalChecks(let least):
            return checks(evidence.prenatalChecks, least)
        }
    }

    /// Shares are compared as integers by cross-multiplication, so that 85 % is exactly 85 %.
    private func attendance(_ evidence: MemberEvidence, _ threshold: Int32) -> Verdict {
        guard evidence.attendanceReported else { return missingEvidence(possible: 0) }
        let measured = evidence.daysAttended
        let possible = evidence.schoolDays
        guard possible > 0 else { return decide(.exempt, .noSchoolDays, measured, possible) }
        let reached = Int64(measured) * 10_000 >= Int64(threshold) * Int64(possible)
        return reached
            ? decide(.met, .thresholdReached, measured, possible)
            : decide(.notMet, .belowThreshold, measured, possible)
    }

    private func checks(_ done: Int32, _ least: Int32) -> Verdict {
        if done >= least { return decide(.met, .checksDone, done, least) }
        return done == 0 ? missingEvidence(possible: least) : decide(.notMet, .tooFewChecks, done, least)
    }

    private func missingEvidence(possible: Int32) -> Verdict {
        switch missing {
        case .notMet: decide(.notMet, .missingNotMet, 0, possible)
        case .met: decide(.met, .missingMet, 0, possible)
        case .held: decide(.held, .missingHeld, 0, possible)
        }
    }

    private func decide(
        _ outcome: VerdictOutcome, _ reason: VerdictReason, _ measured: Int32 = 0, _ possible: Int32 = 0
    ) -> Verdict {
        Verdict(condition: position, outcome: outcome, reason: reason, measured: measured, possible: possible)
    }
}
