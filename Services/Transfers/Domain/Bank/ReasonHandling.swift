/// What a reason of the bank asks for before an entitlement can be paid again.
///
/// The codes are those of ISO 20022's external code sets (`ExternalStatusReason1Code`, `ExternalReturnReason1Code`); the
/// classes are ours.
public enum ReasonHandling: String, Sendable, CaseIterable {
    /// The beneficiary's account or name must be put right.
    case repair
    /// Nothing can be paid to this beneficiary any more.
    case terminal
    /// The payer's side failed: its account, its funds, its file.
    case payer
    /// The bank believes it has the payment already: look for it, and never send it again.
    case check
    /// The bank does not say why.
    case unspecified

    /// The codes of each class; every other code is unspecified.
    private var codes: [String] {
        switch self {
        case .repair:
            [
                "AC01", "AC02", "AC03", "AC04", "AC06", "AC13", "AG01", "BE01", "BE04", "BE05", "BE06", "BE07", "CNOR",
                "DNOR", "RC01", "RC04",
            ]
        case .terminal: ["MD07"]
        case .payer:
            [
                "AG02", "AM01", "AM02", "AM03", "AM04", "AM06", "AM07", "AM09", "AM10", "DS02", "DT01", "ED05", "FF01",
                "TM01",
            ]
        case .check: ["AM05"]
        case .unspecified: []
        }
    }

    /// Every code that has a class of its own.
    public static let table: [(reason: String, handling: ReasonHandling)] = allCases.flatMap { handling in
        handling.codes.map { ($0, handling) }
    }

    private static let classes = Dictionary(uniqueKeysWithValues: table.map { ($0.reason, $0.handling) })

    /// The class of a reason; a bank may leave it out.
    public init(reason: String?) {
        self = reason.flatMap { Self.classes[$0] } ?? .unspecified
    }
}
