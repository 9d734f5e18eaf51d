import Contracts
import Postgres

/// A cycle before whose end of transfers an agreement asks for a project, with the cycle of the programme before it.
struct SequencedCycle: Sendable {
    let cycleId: Int32
    let previousCycleId: Int32
}

/// How many households a cycle decided about, and how.
struct AffiliationTotals: Sendable, Equatable {
    var households: Int64 = 0
    var affiliated: Int64 = 0
    /// Of those affiliated.
    var suspended: Int64 = 0
    var exited: Int64 = 0
}
