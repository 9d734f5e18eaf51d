/// What a movement of orders means for the ledger, step by step and in this order.
public enum LedgerEffect: Int, Sendable, CaseIterable, Comparable {
    /// Bound again from what is available, up to the order: what was given back is needed after all.
    case bindAgain
    /// Paid.
    case pay
    /// What was ordered is given back.
    case giveBackOrdered
    /// What was paid is given back.
    case giveBackPaid

    /// What follows when orders move. An order that comes back before its payment was noticed was paid too; one that is
    /// paid after it was rejected or withdrawn had been given back.
    public static func following(from: PaymentOrderState, to: PaymentOrderState) -> [LedgerEffect] {
        let isPaidNow: [LedgerEffect] =
            switch from {
            case .paid: []
            case .rejected, .withdrawn: [.bindAgain, .pay]
            case .ordered, .sent, .accepted, .returned: [.pay]
            }
        switch to {
        case .paid: return isPaidNow
        case .rejected: return [.giveBackOrdered]
        case .returned: return isPaidNow + [.giveBackPaid]
        case .ordered, .sent, .accepted, .withdrawn: return []
        }
    }

    /// In the order in which the ledger takes them.
    public static func < (one: LedgerEffect, other: LedgerEffect) -> Bool { one.rawValue < other.rawValue }
}
