import Vocabulary

/// What is known about one member in one cycle.
public struct MemberEvidence: Sendable, Equatable {
    /// Whether any school reported the member.
    public var attendanceReported: Bool
    /// School days of the cycle in the member's schools.
    public var schoolDays: Int32
    /// Days of them attended.
    public var daysAttended: Int32
    /// The highest level reported.
    public var schoolLevel: SchoolLevel?
    /// Growth and development checks.
    public var growthChecks: Int32
    /// Prenatal checks.
    public var prenatalChecks: Int32

    /// Evidence; nothing unless said otherwise.
    public init(
        attendanceReported: Bool = false, schoolDays: Int32 = 0, daysAttended: Int32 = 0,
        schoolLevel: SchoolLevel? = nil, growthChecks: Int32 = 0, prenatalChecks: Int32 = 0
    ) {
        self.attendanceReported = attendanceReported
        self.schoolDays = schoolDays
        self.daysAttended = daysAttended
        self.schoolLevel = schoolLevel
        self.growthChecks = growthChecks
        self.prenatalChecks = prenatalChecks
    }
}

/// A member of the frozen roll with the evidence about them.
public struct Member: Sendable, Equatable {
    /// National number.
    public var personId: Int64
    /// Completed months on the cycle's first day.
    public var ageMonths: Int
    /// Whether the registry says pregnant.
    public var pregnant: Bool
    /// What is known.
    public var evidence: MemberEvidence

    /// A member.
    public init(personId: Int64, ageMonths: Int, pregnant: Bool = false, evidence: MemberEvidence = MemberEvidence()) {
        self.personId = personId
        self.ageMonths = ageMonths
        self.pregnant = pregnant
        self.evidence = evidence
    }
}
