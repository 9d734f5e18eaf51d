import Contracts

/// Whose a document of the ledger is: who opened it, and nobody else, posts on it.
public enum DocumentOwner: Int16, CaseIterable, Sendable {
    /// The service that pays households.
    case transfers = 1
    /// The service of productive projects.
    case projects = 2
    /// The ledger itself: agreements, and what the end of a year and lapsed reservations do.
    case coordination = 3
    /// Whoever signs in.
    case people = 4

    /// Who a caller is; nil for another service (they are called `puente_…`), which has no business with the ledger.
    public init?(caller: String) {
        switch caller {
        case "puente_transfers": self = .transfers
        case "puente_projects": self = .projects
        case "puente_coordination": self = .coordination
        default:
            let rest = caller.utf8.dropFirst(7)
            let isService =
                caller.hasPrefix("puente_") && !rest.isEmpty
                && rest.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
            guard !isService else { return nil }
            self = .people
        }
    }

    /// Whose the identifiers and documents are that begin in some ways; nil where anybody may use them.
    public init?(ofName name: String) {
        guard let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        switch name[..<slash] {
        case "run", "bank": self = .transfers
        case "instalment", "project": self = .projects
        case "agreement", "year", "expire": self = .coordination
        default: return nil
        }
    }

    /// Whether they may ask for a kind of posting: programmes spend and give back, only people change appropriations.
    public func mayAsk(for kind: CoordinationV1.PostingKind) -> Bool {
        switch kind {
        case .unspecified: false
        case .reserve, .commit, .release: true
        case .accrue, .order, .pay, .reverse, .return: self != .coordination
        case .appropriate, .cut, .transfer: self == .people
        case .expire, .carryOver: self == .coordination || self == .people
        }
    }
}
