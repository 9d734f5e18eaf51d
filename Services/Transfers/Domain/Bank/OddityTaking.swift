/// What taking something odd does to its order.
public struct OddityTaking: Sendable, Equatable {
    /// Money of an order that moves from one state to another.
    public struct Movement: Sendable, Equatable {
        /// Where it was.
        public var from: PaymentOrderState
        /// Where it is now.
        public var to: PaymentOrderState
        /// Whether the order moves with it; otherwise it is a part of one.
        public var isWholeOrder: Bool
        /// Minor units.
        public var amountMinor: Int64
    }

    /// The order's state afterwards.
    public var state: PaymentOrderState
    /// What moves, in order.
    public var movements: [Movement] = []
    /// What is added to the difference between what is paid of the order and what its state says.
    public var differenceMinor: Int64 = 0
    /// Whether the entitlement is open again.
    public var reopens = false
    /// Whether an entitlement that was open again is so no longer.
    public var closesReopening = false

    /// Why something cannot be taken.
    public enum Refusal: String, Error, Sendable, CaseIterable {
        /// There is nothing to take.
        case nothingToTake = "nothing_to_take"
        /// The order's state does not allow it, now.
        case notInThisState = "not_in_this_state"
        /// It is in another currency than the order.
        case currencyDiffers = "currency_differs"
        /// A batch still is not what its file has.
        case batchDiffers = "batch_differs"
        /// The household's next order follows this one: both are paid, and one must be claimed.
        case orderedAgain = "ordered_again"
        /// Whoever imported the message cannot take money as paid or come back.
        case samePerson = "same_person"
        /// It was settled before.
        case settled
    }

    /// What is known of the order.
    public struct Order: Sendable, Equatable {
        /// Its state.
        public var state: PaymentOrderState
        /// What was ordered, minor units.
        public var orderedMinor: Int64
        /// What is paid of it beyond, or below, what its state says.
        public var differenceMinor: Int64

        /// An order.
        public init(state: PaymentOrderState, orderedMinor: Int64, differenceMinor: Int64) {
            self.state = state
            self.orderedMinor = orderedMinor
            self.differenceMinor = differenceMinor
        }

        /// What of a paid order has not come back.
        var dueMinor: Int64 { orderedMinor + differenceMinor }
        /// Whether money of it can still be paid or come back.
        var isUnderWay: Bool { [.sent, .accepted].contains(state) }
    }

    /// What taking a booking or status does.
    public static func taking(
        _ taking: BankOddity.Taking, event: PaymentOrderEvent, amountMinor: Int64, of order: Order
    ) throws(Refusal) -> OddityTaking {
        switch (taking, event) {
        case (.payment, _), (.event, .bankPaid): return try payment(amountMinor, order)
        case (.lessFees, _) where amountMinor < order.dueMinor: return try returned(amountMinor, order, isWhole: true)
        case (.part, _), (.lessFees, _), (.event, .bankReturned):
            return try returned(amountMinor, order, isWhole: amountMinor >= order.dueMinor)
        case (.event, .bankAccepted), (.event, .bankRejected):
            guard let next = order.state.after(event), next != order.state else { throw .notInThisState }
            return OddityTaking(
                state: next,
                movements: [
                    Movement(from: order.state, to: next, isWholeOrder: true, amountMinor: order.orderedMinor)
                ], reopens: next == .rejected)
        case (.event, .fileWritten), (.event, .takenBack), (.batch, _): throw .nothingToTake
        }
    }

    /// The order is paid. Where less was paid than ordered, the rest counts as come back; where more, the rest is the
    /// bank's debt, and no order's.
    private static func payment(_ amountMinor: Int64, _ order: Order) throws(Refusal) -> OddityTaking {
        let wasGivenBack = order.state == .rejected || order.state == .withdrawn
        guard order.isUnderWay || wasGivenBack else { throw .notInThisState }
        var result = OddityTaking(state: .paid, closesReopening: wasGivenBack)
        result.movements = [
            Movement(from: order.state, to: .paid, isWholeOrder: true, amountMinor: order.orderedMinor)
        ]
        let missing = order.orderedMinor - amountMinor
        if missing > 0 {
            result.movements.append(Movement(from: .paid, to: .returned, isWholeOrder: false, amountMinor: missing))
            result.differenceMinor = -missing
        }
        return result
    }

    /// Money came back: a part, of an order that stays paid; or as much as there is, of one that is returned.
    private static func returned(
        _ amountMinor: Int64, _ order: Order, isWhole: Bool
    ) throws(Refusal) -> OddityTaking {
        guard order.isUnderWay || order.state == .paid else { throw .notInThisState }
        var result = OddityTaking(state: isWhole ? .returned : .paid, reopens: isWhole)
        if order.isUnderWay {
            result.movements.append(
                Movement(from: order.state, to: .paid, isWholeOrder: true, amountMinor: order.orderedMinor))
        }
        let back = min(amountMinor, order.dueMinor)
        if back > 0 {
            result.movements.append(
                Movement(from: .paid, to: .returned, isWholeOrder: isWhole, amountMinor: back))
        }
        // Of a returned order nothing is paid but what did not come back; of a paid one all but what did.
        result.differenceMinor = isWhole ? order.dueMinor - back - order.differenceMinor : -back
        return result
    }
}
