/// A word of files and definitions that the database stores as a small number. The numbers are for ever: a new word is added at the
/// end, and the column's CHECK and comment with it; a test compares them.
public protocol StoredWord: RawRepresentable<Int16>, CaseIterable, Sendable {
    /// The word as files and definitions write it.
    var name: String { get }
}

extension StoredWord {
    /// The word of a name; nil for any other.
    public init?(name: String) {
        guard let word = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = word
    }

    /// Every word, in the order of their numbers.
    public static var names: [String] { allCases.sorted { $0.rawValue < $1.rawValue }.map(\.name) }
}

/// The poverty classes of the registry.
public enum PovertyClass: Int16, StoredWord {
    /// Extreme poor.
    case extremePoor = 1
    /// Poor.
    case poor = 2
    /// Not poor.
    case nonPoor = 3

    /// The class as files and programme definitions write it.
    public var name: String {
        switch self {
        case .extremePoor: "extreme_poor"
        case .poor: "poor"
        case .nonPoor: "non_poor"
        }
    }
}

/// What a member is to the head of the household.
public enum Relationship: Int16, StoredWord {
    /// The head.
    case head = 1
    /// Spouse or partner.
    case spouse = 2
    /// Child of either.
    case child = 3
    /// Any other member.
    case other = 4

    /// The relationship as files write it.
    public var name: String { "\(self)" }
}

/// The level of schooling that attendance is reported for.
public enum SchoolLevel: Int16, StoredWord {
    /// Primary school.
    case primary = 1
    /// Secondary school.
    case secondary = 2

    /// The level as files write it.
    public var name: String { "\(self)" }
}

/// What a health check was for.
public enum HealthCheckKind: Int16, StoredWord {
    /// A small child's growth.
    case growth = 1
    /// A pregnancy.
    case prenatal = 2

    /// The kind as files write it.
    public var name: String { "\(self)" }
}
