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
}

extension CoordinationV1.AgreementTerms {
    /// What an operator is to the agreement.
    public func standing(of operator: String) -> AgreementStanding {
        let members = parties.flatMap(\.members).filter { $0.`operator` == `operator` }
        if members.contains(where: \.decides) { return .deciding }
        return members.isEmpty ? .outsider : .informing
    }

    /// The institution an operator decides for.
    public func party(of operator: String) -> String? {
        parties.first { $0.members.contains { $0.`operator` == `operator` && $0.decides } }?.institution
    }

    /// The institutions whose deciding members have not signed in sufficient number.
    public func missingSignatures(signedBy signers: Set<String>) -> [String] {
        parties.filter { party in
            party.members.count { $0.decides && signers.contains($0.`operator`) } < max(1, Int(party.quorum))
        }.map(\.institution)
    }

    /// What is wrong with the terms, for a person to read; nil when nothing is.
    public var fault: String? {
        if parties.count < 1 { return "an agreement needs its parties" }
        if Set(parties.map(\.institution)).count != parties.count { return "a party stands twice" }
        for party in parties {
            let deciding = party.members.count { $0.decides }
            if deciding == 0 { return "\(party.institution) has no member who may decide: it can only inform" }
            if party.quorum < 1 || Int(party.quorum) > deciding {
                return "\(party.institution): the quorum must be between 1 and its deciding members"
            }
        }
        if Set(earmarks.map(\.line)).count != earmarks.count { return "a line is earmarked twice" }
        for earmark in earmarks {
            if earmark.amountMinor <= 0 { return "the earmark of \(earmark.line) must be above zero" }
            if earmark.documentPrefix.isEmpty { return "the earmark of \(earmark.line) needs the documents it is for" }
            if !parties.contains(where: { $0.institution == earmark.institution }) {
                return "\(earmark.institution) earmarks money and is no party"
            }
        }
        guard let first = CalendarDate(iso8601: firstDay), let last = CalendarDate(iso8601: lastDay), first <= last
        else { return "an agreement needs its first and its last day" }
        if !(0...10000).contains(reservedShareHundredths) || reservedPlaces < 0 {
            return "reserved places cannot be negative, nor more than all"
        }
        return nil
    }
}

/// The state after an act, or why it is refused: every act from every state by every kind of caller has one answer.
/// `isPending` says that a version is proposed that is not in force.
public func stateAfter(
    _ action: CoordinationV1.AgreementAction, in state: AgreementState, isPending: Bool, by standing: AgreementStanding,
    hasReason: Bool
) -> Result<AgreementState, AgreementRefusal> {
    switch standing {
    case .outsider: return .failure(.notAMember)
    case .informing: return .failure(.mayNotDecide)
    case .deciding: break
    }
    switch (action, state) {
    case (.sign, .proposed): return .success(.proposed)
    case (.sign, .active) where isPending: return .success(.active)
    case (.sign, .suspended) where isPending: return .success(.suspended)
    case (.activate, .proposed): return .success(.active)
    case (.activate, .active) where isPending: return .success(.active)
    case (.activate, .suspended) where isPending: return .success(.suspended)
    case (.suspend, .active): return hasReason ? .success(.suspended) : .failure(.reasonMissing)
    case (.resume, .suspended): return .success(.active)
    case (.end, .active), (.end, .suspended), (.end, .proposed):
        return hasReason ? .success(.ended) : .failure(.reasonMissing)
    case (.override, .active): return hasReason ? .success(.active) : .failure(.reasonMissing)
    case (.unspecified, _), (.sign, _), (.activate, _), (.suspend, _), (.resume, _), (.end, _), (.override, _):
        return .failure(.wrongState(state))
    }
}

extension CoordinationV1.WorkingGroup {
    /// Why a decision by these members does not stand; nil when it does. A group without deciding members can exchange
    /// information and nothing else.
    public func decisionFault(by present: [String], recordedBy recorder: String) -> String? {
        let deciding = Set(members.filter(\.decides).map(\.`operator`))
        guard !deciding.isEmpty else {
            return "no member of \(group) may decide: the group can record minutes and proposals, and nothing else"
        }
        guard deciding.contains(recorder) else { return "\(recorder) may not decide in \(group)" }
        let votes = Set(present).union([recorder]).intersection(deciding)
        guard votes.count >= Int(quorum) else {
            return "\(group) decides with \(quorum) deciding members; \(votes.count) were present"
        }
        return nil
    }
}
