import Contracts
import Postgres
import Queue

/// Whether a cycle may be opened although other cycles of its programme have some of its days.
struct OverlapLeave: Sendable {
    /// The cycles that have days of it; none: nothing needs leave.
    var overlaps: [TransfersV1.OverlappingCycle] = []
    /// The signed exception by which it may be opened, or the one that waits for a signature.
    var exceptionNumber: Int32?
    var isSigned = false

    var mayOpen: Bool { overlaps.isEmpty || isSigned }

    /// What is said when it may not be opened yet.
    var progress: TransfersV1.OpenCycleProgress {
        .init(overlaps: overlaps, exceptionNumber: exceptionNumber ?? 0, awaitsSignature: true)
    }

    /// Looks for the signed exception; asks for one where a reason is given, and refuses where none is.
    static func find(
        _ request: TransfersV1.OpenCycleRequest, _ days: CycleDays, _ call: borrowing CallContext
    ) async throws -> OverlapLeave {
        let (programme, code) = (request.programme, request.cycle)
        let overlaps = try await call.transaction.query(ListOverlaps(programme: programme, code: code, days: days))
        guard !overlaps.isEmpty else { return OverlapLeave() }
        let others = overlaps.map(\.cycle)
        let signed = try await call.transaction.queryOne(
            FindSignedException(programme: programme, code: code, days: days, others: others))
        if let signed { return OverlapLeave(overlaps: overlaps, exceptionNumber: signed, isSigned: true) }
        let reason = request.overlapReason.trimmingBlanks
        guard !reason.isEmpty else { throw refusal(programme, overlaps) }
        guard reason.count <= 500 else {
            throw RPCError.invalidField("overlap_reason", "is longer than 500 characters", reason: "too_long")
        }
        let asked = try await call.transaction.queryOne(
            AskForException(
                programme: programme, code: code, days: days, others: others, reason: reason,
                requestedBy: call.info.caller))
        return OverlapLeave(overlaps: overlaps, exceptionNumber: asked)
    }

    /// The refusal, which names the other cycles.
    private static func refusal(_ programme: String, _ overlaps: [TransfersV1.OverlappingCycle]) -> RPCError {
        let named = overlaps.map { "\($0.cycle) (\($0.firstDay)/\($0.lastDay))" }.joined(separator: ", ")
        return RPCError.failedPrecondition(
            "programme \(programme) has cycles over these days already: \(named)",
            details: overlaps.map {
                ErrorDetail(
                    type: "precondition", reason: "period_once", subject: $0.cycle,
                    metadata: ["first_day": $0.firstDay, "last_day": $0.lastDay])
            })
    }
}
