import Contracts

/// Where an agreement can be.
public enum AgreementState: Int16, CaseIterable, Sendable {
    /// Proposed, not in force yet.
    case proposed = 1
    /// In force.
    case active = 2
    /// A release condition has lapsed: nothing new is committed.
    case suspended = 3
    /// Over.
    case ended = 4

    /// The state's name in answers and views.
    public var name: String {
        switch self {
        case .proposed: "proposed"
        case .active: "active"
        case .suspended: "suspended"
        case .ended: "ended"
        }
    }
}

/// What somebody is to an agreement.
public enum AgreementStanding: CaseIterable, Sendable {
    /// A deciding member of a party.
    case deciding
    /// A member of a party who may exchange information and nothing else.
    case informing
    /// Nobody to it.
    case outsider
}

/// Why an act is refused.
public enum AgreementRefusal: Error, Equatable, Sendable {
    /// Who asks is no member of a party.
    case notAMember
    /// Who asks is a member without the right to decide.
    case mayNotDecide
    /// The agreement's state does not allow it.
    case wrongState(AgreementState)
    /// The act needs a reason.
    case reasonMissing
    /// The agreement has no release condition of that number.
    case noSuchCondition
    /// The condition has lapsed already, or holds already.
    case conditionUnchanged
    /// Conditions have lapsed, and the act does not say which of them holds again.
    case conditionsLapsed
    /// The agreement has not begun.
    case beforeFirstDay
    /// The agreement's last day has passed.
    case afterLastDay
}

/// What decides about an act, besides the act itself.
public struct AgreementSituation: Sendable {
    /// Where the agreement is.
    public var state: AgreementState
    /// Whether a version is proposed that is not in force.
    public var isPending: Bool
    /// How many release conditions the terms in force have.
    public var conditions: Int32
    /// The release conditions that have lapsed, counted from 1; 0: suspended for another reason.
    public var lapsed: Set<Int32>

    /// A situation.
    public init(
        _ state: AgreementState, isPending: Bool = false, conditions: Int32 = 0, lapsed: Set<Int32> = []
    ) {
        self.state = state
        self.isPending = isPending
        self.conditions = conditions
        self.lapsed = lapsed
    }

    /// The state after an act, or why it is refused: every act from every state by every kind of caller has one answer.
    ///
    /// An activation and a resumption need the quorum of every party, and so does the end of what has been in force; a
    /// suspension needs the quorum of one. Without it the caller's signature is kept, and the state stays (`hasQuorum`). Whether
    /// an activation has its money is decided besides.
    public func after(
        _ action: CoordinationV1.AgreementAction, condition: Int32 = 0, by standing: AgreementStanding,
        hasReason: Bool, hasQuorum: Bool
    ) -> Result<AgreementState, AgreementRefusal> {
        let next = after(action, condition: condition, by: standing, hasReason: hasReason)
        guard !hasQuorum, case .success = next else { return next }
        switch action {
        case .activate, .suspend, .resume: return .success(state)
        case .end: return state == .proposed ? next : .success(state)
        case .sign, .override, .withdraw, .unspecified: return next
        }
    }

    private func after(
        _ action: CoordinationV1.AgreementAction, condition: Int32, by standing: AgreementStanding, hasReason: Bool
    ) -> Result<AgreementState, AgreementRefusal> {
        switch standing {
        case .outsider: return .failure(.notAMember)
        case .informing: return .failure(.mayNotDecide)
        case .deciding: break
        }
        switch (action, state) {
        case (.sign, .proposed): return .success(.proposed)
        case (.activate, .proposed): return .success(.active)
        case (.sign, .active) where isPending: return .success(.active)
        case (.sign, .suspended) where isPending: return .success(.suspended)
        case (.activate, .active) where isPending: return .success(.active)
        case (.activate, .suspended) where isPending: return .success(.suspended)
        case (.suspend, .active), (.suspend, .suspended):
            return hasReason ? suspend(condition) : .failure(.reasonMissing)
        case (.resume, .suspended): return hasReason ? resume(condition) : .failure(.reasonMissing)
        case (.end, .active), (.end, .suspended), (.end, .proposed):
            return hasReason ? .success(.ended) : .failure(.reasonMissing)
        case (.override, .active): return hasReason ? .success(.active) : .failure(.reasonMissing)
        case (.withdraw, .proposed), (.withdraw, .active), (.withdraw, .suspended):
            return hasReason ? .success(state) : .failure(.reasonMissing)
        case (.unspecified, _), (.sign, _), (.activate, _), (.suspend, _), (.resume, _), (.end, _), (.override, _),
            (.withdraw, _):
            return .failure(.wrongState(state))
        }
    }

    private func suspend(_ condition: Int32) -> Result<AgreementState, AgreementRefusal> {
        guard (0...conditions).contains(condition) else { return .failure(.noSuchCondition) }
        return lapsed.contains(condition) ? .failure(.conditionUnchanged) : .success(.suspended)
    }

    private func resume(_ condition: Int32) -> Result<AgreementState, AgreementRefusal> {
        guard (0...conditions).contains(condition) else { return .failure(.noSuchCondition) }
        if lapsed.contains(condition) { return .success(lapsed == [condition] ? .active : .suspended) }
        if condition > 0 { return .failure(.conditionUnchanged) }
        return lapsed.isEmpty ? .success(.active) : .failure(.conditionsLapsed)
    }
}
