import Contracts
import Vocabulary

extension CoordinationV1.WorkingGroup {
    /// Why the group cannot be formed so; nil when it can. Nobody gives themself the right to decide: where a caller
    /// decides who did not before, another person must form the group. An existing group is changed by its members.
    public func formationFault(before: Self?, by caller: String) -> Sentence? {
        if members.isEmpty { return "a group needs members" }
        let names = members.map(\.`operator`)
        if names.contains("") || Set(names).count != names.count { return "each member stands once, with a name" }
        if let before, !before.members.contains(where: { $0.`operator` == caller }) {
            return "only a member of \(group) may change its members"
        }
        let deciding = members.filter(\.decides)
        if deciding.isEmpty { return nil }
        if mandate.isEmpty { return "mandate: say what gives its deciding members the right to decide" }
        if quorum < 1 || Int(quorum) > deciding.count {
            return "quorum: it must be between 1 and the deciding members"
        }
        let decidesNow = deciding.contains { $0.`operator` == caller }
        let decidedBefore = before?.members.contains { $0.`operator` == caller && $0.decides } ?? false
        if decidesNow, !decidedBefore { return "nobody gives themself the right to decide: another person must do it" }
        return nil
    }

    /// Why a decision by these members does not stand; nil when it does. A group without deciding members can exchange
    /// information and nothing else.
    public func decisionFault(by present: [String], recordedBy recorder: String) -> Sentence? {
        let deciding = Set(members.filter(\.decides).map(\.`operator`))
        guard !deciding.isEmpty else {
            return "no member of \(group) may decide: the group can record minutes and proposals, and nothing else"
        }
        guard deciding.contains(recorder) else { return "\(recorder) may not decide in \(group)" }
        if let stranger = Set(present).subtracting(deciding).min() { return "\(stranger) may not decide in \(group)" }
        let votes = Set(present).union([recorder])
        guard votes.count >= Int(quorum) else {
            return "\(group) decides with \(quorum) deciding members; \(votes.count) were present"
        }
        return nil
    }
}

/// What is due for a decision that is not executed.
public enum OverdueStep: Sendable, Equatable {
    /// Nothing: its day has not passed.
    case none
    /// Its owner is told.
    case ownerNotified
    /// Its owner is told, and it goes to whom it escalates.
    case escalated

    /// The step on a day. The last day is not overdue; `days` after it, a decision escalates when it is overdue by more
    /// than its days of grace.
    public init(daysOverdue days: Int32, graceDays: Int32) {
        self = days < 1 ? .none : days > graceDays ? .escalated : .ownerNotified
    }
}
