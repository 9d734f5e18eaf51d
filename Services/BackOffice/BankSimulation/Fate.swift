import ISO20022

/// What becomes of one transaction at the bank.
enum Fate: Equatable {
    /// Paid at once.
    case paid
    /// Rejected with a reason.
    case rejected(String)
    /// Rejected as the duplicate of one that the bank has paid: reported with AM05, and booked.
    case duplicate
    /// Accepted and paid, but in the later round.
    case late
    /// Paid, then sent back with a reason.
    case returned(String)
    /// Never mentioned.
    case silent
}

/// Decides fates by the seed and the transaction's reference, so that neither order nor grouping matters.
struct FateTable {
    private let seed: UInt64
    private let closed: ClosedAccounts?
    private let rejected: Int
    private let late: Int
    private let returned: Int
    private let silent: Int

    /// Reasons of rejections with their weights out of a hundred: mostly wrong or closed accounts.
    private static let rejections: [(code: String, weight: Int)] = [
        ("AC04", 40), ("AC01", 25), ("AC06", 12), ("BE04", 6), ("RC01", 5), ("MD07", 5), ("AM05", 4), ("MS03", 3),
    ]
    private static let returns: [(code: String, weight: Int)] = [
        ("AC04", 50), ("AC06", 20), ("MD07", 15), ("BE04", 10), ("MS03", 5),
    ]

    init(_ options: BankSimulation.Options, closed: ClosedAccounts?) {
        seed = options.seed
        self.closed = closed
        rejected = options.rejected.partsPerMillion
        late = options.late.partsPerMillion
        returned = options.returned.partsPerMillion
        silent = options.silent.partsPerMillion
    }

    /// The fate of a transaction.
    func fate(of transfer: CreditTransfer) -> Fate {
        if let closed, closed.contains(transfer.creditorAccount) { return .rejected("AC04") }
        let hash = stableHash(seed, transfer.endToEndID)
        var draw = Int(hash % 1_000_000)
        if draw < rejected {
            let reason = Self.pick(Self.rejections, by: hash >> 32)
            return reason == "AM05" ? .duplicate : .rejected(reason)
        }
        draw -= rejected
        if draw < late { return .late }
        draw -= late
        if draw < returned { return .returned(Self.pick(Self.returns, by: hash >> 32)) }
        draw -= returned
        return draw < silent ? .silent : .paid
    }

    /// The identifier of one of the bank's messages about a file: the same for the same seed.
    func messageID(_ original: String, _ suffix: String) -> String {
        let digits = String(stableHash(seed, original), radix: 16)
        return "BK" + String(repeating: "0", count: 16 - digits.count) + digits + "-" + suffix
    }

    private static func pick(_ reasons: [(code: String, weight: Int)], by draw: UInt64) -> String {
        var rest = Int(draw % UInt64(reasons.reduce(0) { $0 + $1.weight }))
        for reason in reasons {
            if rest < reason.weight { return reason.code }
            rest -= reason.weight
        }
        return reasons[0].code
    }
}

/// FNV-1a over the text, mixed with the seed by the finaliser of SplitMix64: stable across runs and machines.
func stableHash(_ seed: UInt64, _ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ (seed &* 0x9E37_79B9_7F4A_7C15)
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
}
