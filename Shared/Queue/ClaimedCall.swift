import Contracts

/// A call that this worker holds.
struct ClaimedCall: Sendable {
    let lease: Int64
    let method: Int16
    let id: Int64
    let attempt: Int16
    let rank: Int64
    let caller: String
    let request: [UInt8]
    /// On the database's clock, microseconds since 1970.
    let deadlineAt: Int64?
    let remainingMilliseconds: Int64?
    let replyTo: String?
    let isContinued: Bool
    let traceparent: String
    let metadata: [UInt8]?
    /// From being made to being claimed, on the database's clock.
    let waitedMilliseconds: Int64
    /// Whether the claim saw others that wait.
    let isMore: Bool

    /// Whom to tell of the reply.
    var notice: Notice? { replyTo.map { Notice(channel: $0, call: id) } }
}
