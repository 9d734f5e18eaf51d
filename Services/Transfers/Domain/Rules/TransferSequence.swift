/// What a cycle's opening decides about a household, besides whether it meets the programme's criteria.
public enum Affiliation: Sendable, Equatable {
    /// Meets every criterion.
    case affiliated
    /// Meets them no longer, and stays all the same: by an agreement its transfer does not end before its productive
    /// project has started.
    case kept
    /// Is not served.
    case refused

    /// The decision. A transfer ends where the household was served in the cycle before and is refused in this one. An
    /// agreement keeps who meets the criteria no longer; it does not undo a sanction.
    public init(refusals: Refusals, wasServed: Bool, awaitsProject: Bool) {
        if refusals.isEmpty {
            self = .affiliated
        } else {
            self = wasServed && awaitsProject && !refusals.contains(.exited) ? .kept : .refused
        }
    }
}
