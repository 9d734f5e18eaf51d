/// The accounts of a budget line, in the order in which money passes through them.
///
/// What a stage's account holds has reached this stage and not yet the next one. The seven accounts of a line sum to
/// zero: `source` holds the appropriation in force with a negative sign.
public enum BudgetStage: Int16, CaseIterable, Comparable, Sendable {
    /// The law that appropriates: where a line's money comes from.
    case source = 0
    /// Free.
    case available = 1
    /// Held for a document (certificación, CDP).
    case reserved = 2
    /// Bound to a third party (compromiso, RP).
    case committed = 3
    /// Owed (devengado, obligación).
    case accrued = 4
    /// Ordered to be paid (girado, ejercido).
    case ordered = 5
    /// Paid (pagado).
    case paid = 6

    /// The stage's name in requests, codes and reports; `source` is called by what it measures, the appropriation.
    public var name: String {
        switch self {
        case .source: "appropriated"
        case .available: "available"
        case .reserved: "reserved"
        case .committed: "committed"
        case .accrued: "accrued"
        case .ordered: "ordered"
        case .paid: "paid"
        }
    }

    /// The stage of that name.
    public init?(name: String) {
        guard let stage = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = stage
    }

    /// The order in which money passes through them.
    public static func < (left: BudgetStage, right: BudgetStage) -> Bool { left.rawValue < right.rawValue }
}
