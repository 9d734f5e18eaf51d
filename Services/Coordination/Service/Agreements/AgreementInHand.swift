import Contracts
import CoordinationDomain
import Postgres
import Queue
import Vocabulary

/// An agreement under its lock, with the act that somebody wants to do to it.
struct AgreementInHand: Sendable {
    let request: CoordinationV1.AgreementAct
    let stored: LockAgreement.Row
    let latest: CoordinationV1.AgreementTerms
    let binding: CoordinationV1.AgreementTerms?
    /// Days since 2000-01-01 on the database's clock.
    let today: Int32
    /// The texts of the release conditions that have lapsed, by their number; the number 0 has no text.
    var lapsed: [Int32: String] = [:]

    init(
        request: CoordinationV1.AgreementAct, stored: LockAgreement.Row, latest: CoordinationV1.AgreementTerms,
        binding: CoordinationV1.AgreementTerms?, today: Int32
    ) {
        self.request = request
        self.stored = stored
        self.latest = latest
        self.binding = binding
        self.today = today
    }

    /// The text that binds, or the proposed one where none does yet.
    var inForce: CoordinationV1.AgreementTerms { binding ?? latest }
    var versionInForce: Int32 { stored.inForce ?? stored.version }
    var day: CalendarDate { CalendarDate(daysSinceEpoch2000: today)! }

    /// The text whose members may do the act: the proposed one for signing it, taking that back, and activating it.
    var speaking: CoordinationV1.AgreementTerms {
        let act = request.action == .withdraw ? request.withdraws : request.action
        return act == .sign || act == .activate ? latest : inForce
    }

    /// The lapsed conditions by their number in the text in force; those that it no longer has do not count.
    func standing(_ bodies: [String]) -> [Int32: String] {
        var lapsed: [Int32: String] = [:]
        for body in bodies {
            if body.isEmpty {
                lapsed[0] = "(see the reason)"
            } else if let index = inForce.releaseConditions.firstIndex(of: body) {
                lapsed[Int32(index + 1)] = body
            }
        }
        return lapsed
    }

    /// The lapsed conditions after the act.
    func lapsed(after action: CoordinationV1.AgreementAction) -> [Int32: String] {
        var after = lapsed
        switch action {
        case .suspend:
            after[request.condition] =
                request.condition == 0
                ? "(see the reason)" : inForce.releaseConditions[Int(request.condition) - 1]
        case .resume: after[request.condition] = nil
        case .unspecified, .sign, .activate, .end, .override, .withdraw: break
        }
        return after
    }

    /// Keeps who did what.
    func record(_ action: String, _ version: Int32, _ call: borrowing CallContext) async throws {
        _ = try await call.transaction.execute(
            StoreAgreementEvent(
                agreement: request.agreement, version: version, action: action, doneBy: call.info.caller,
                reason: request.reason, callId: call.info.id))
    }

    /// Keeps who did what, and enters it in the list of decisions as executed by this call.
    func decide(_ action: String, _ version: Int32, _ by: [String], _ call: borrowing CallContext) async throws {
        try await record(action, version, call)
        let grounds =
            request.reason.isEmpty ? "signed by the quorum of every party, every earmark reserved" : request.reason
        _ = try await call.transaction.execute(
            StoreExecutedDecision(
                subject: "agreement/\(request.agreement)", body: "\(action), version \(version)", grounds: grounds,
                decidedBy: by.sorted(), executedBy: call.info.caller, call: call.info.id))
    }

    /// The lapsed conditions with their numbers, in one line.
    private var lapsedByNumber: String {
        lapsed.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "; ")
    }

    /// What the caller is told.
    func error(_ refusal: AgreementRefusal) -> RPCError {
        let code = request.agreement
        return switch refusal {
        case .notAMember: .permissionDenied("you are not a member of a party to \(code)")
        case .mayNotDecide:
            .permissionDenied("your membership in \(code) is to inform and be informed, not to decide")
        case .wrongState(let state):
            state == .active || state == .suspended
                ? .failedPrecondition("\(code) is \(state.name), version \(versionInForce); nothing waits for this act")
                : .failedPrecondition("\(code) is \(state.name)")
        case .reasonMissing: .invalidArgument("reason: say why")
        case .noSuchCondition:
            .invalidArgument(
                "condition: \(code) has \(inForce.releaseConditions.count) release conditions, counted from 1")
        case .conditionUnchanged:
            .failedPrecondition(
                request.action == .suspend
                    ? "that this condition has lapsed is recorded already" : "this condition holds")
        case .conditionsLapsed:
            .failedPrecondition(
                "say which condition holds again; lapsed: \(lapsedByNumber)")
        case .beforeFirstDay: .failedPrecondition("\(code) begins on \(latest.firstDay)")
        case .afterLastDay: .failedPrecondition("the last day of \(code) was \(latest.lastDay)")
        }
    }
}
