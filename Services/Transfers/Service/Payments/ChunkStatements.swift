import Postgres

/// A range of households that one call does.
struct RunChunkRow: Sendable {
    var chunk: Int32
    var firstHousehold: Int64
    var lastHousehold: Int64
    var households: Int32
    var payableHouseholds: Int32
    var totalMinor: Int64
    var isDone: Bool
    var range: ClosedRange<Int64> { firstHousehold...lastHousehold }
}

/// Where the call of a chunk that is not done is.
struct ChunkCall: Sendable {
    var chunk: Int32
    var callId: Int64?
    /// `ready`, `scheduled`, `blocked`, `running`; `dead`, `ended`, `forgotten`.
    var state: String
    var status: Int16?
    var message: String?
    var attempts: Int32

    /// Whether the call runs, or will.
    var isAlive: Bool { !["dead", "ended", "forgotten"].contains(state) }
}
