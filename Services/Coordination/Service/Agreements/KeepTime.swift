import Contracts
import CoordinationDomain
import Postgres
import Queue

/// Looks at the calendar: overdue decisions notify their owner and escalate, and agreements lapse after their last day.
/// Safe to repeat: each person is told once of each thing.
struct KeepTime: Handler {
    static let method = CoordinationV1.Agreements.keepTime

    func handle(_ request: CommonV1.Empty, _ call: borrowing CallContext) async throws -> CommonV1.Empty {
        try await notify(call)
        for lapsed in try await call.transaction.query(LapsedAgreements()) {
            try await EarmarkReturn(agreement: lapsed.agreement).post(call)
            _ = try await call.transaction.execute(
                StoreAgreement(
                    agreement: lapsed.agreement, state: .ended, version: lapsed.version, inForce: lapsed.inForce))
            let reason = "its last day has passed"
            _ = try await call.transaction.execute(
                StoreAgreementEvent(
                    agreement: lapsed.agreement, version: lapsed.inForce, action: "lapse", doneBy: call.info.caller,
                    reason: reason, callId: call.info.id))
            _ = try await call.transaction.execute(
                StoreExecutedDecision(
                    subject: "agreement/\(lapsed.agreement)", body: "lapse, version \(lapsed.inForce)",
                    grounds: reason, decidedBy: lapsed.signers, executedBy: call.info.caller, call: call.info.id))
        }
        return .init()
    }

    private func notify(_ call: borrowing CallContext) async throws {
        var notices: [Notice] = []
        var escalated: [Int64] = []
        for decision in try await call.transaction.query(OverdueDecisions()) {
            let step = OverdueStep(daysOverdue: decision.daysOverdue, graceDays: decision.graceDays)
            switch step {
            case .none: continue
            case .ownerNotified, .escalated:
                notices.append(.init(decision: decision.id, person: decision.owner, kind: "overdue"))
            }
            if step == .escalated {
                notices += decision.escalatesTo.map { .init(decision: decision.id, person: $0, kind: "escalated") }
                escalated.append(decision.id)
            }
        }
        guard !notices.isEmpty else { return }
        _ = try await call.transaction.execute(StoreNotices(notices: notices))
        _ = try await call.transaction.execute(StoreEscalations(decisions: escalated))
    }
}

/// What one person is told of a decision.
struct Notice: Sendable {
    var decision: Int64
    var person: String
    var kind: String
}
