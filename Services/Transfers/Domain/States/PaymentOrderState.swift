/// Where a payment order is. Names are stored, except `sent`: an order is sent when its run is, see ``sent``.
public enum PaymentOrderState: String, Sendable, CaseIterable {
    /// Made, with its identifiers fixed.
    case ordered
    /// In a bank file that is written. Whether the bank has it is unknown until the bank speaks.
    case sent
    /// The bank has taken it on.
    case accepted
    /// The bank has paid.
    case paid
    /// The bank has refused; nothing was paid.
    case rejected
    /// Paid, and come back in full.
    case returned
    /// Taken back by people before the bank had it.
    case withdrawn

    /// The state after an event; nil: the event contradicts what is known, and a person must look.
    public func after(_ event: PaymentOrderEvent) -> PaymentOrderState? {
        switch self.following(event) {
        case .state(let next): next
        case .odd, .impossible: nil
        }
    }

    /// What follows when the bank speaks: the state, or what is odd about it.
    ///
    /// Answers may come late, twice, and in any order: what was known already, or was overtaken, changes nothing.
    public func following(_ event: PaymentOrderEvent) -> Following {
        switch (self, event) {
        case (.ordered, .fileWritten): .state(.sent)
        case (.ordered, .takenBack), (.sent, .takenBack), (.withdrawn, .takenBack): .state(.withdrawn)
        case (_, .takenBack): .impossible
        // Nobody speaks of an order that is in no file.
        case (.ordered, _): .impossible
        case (.sent, .bankAccepted): .state(.accepted)
        case (.sent, .bankPaid), (.accepted, .bankPaid): .state(.paid)
        case (.sent, .bankRejected), (.accepted, .bankRejected): .state(.rejected)
        // A return that arrives before the payment's own notice implies the payment.
        case (.sent, .bankReturned), (.accepted, .bankReturned), (.paid, .bankReturned): .state(.returned)
        case (.paid, .bankRejected): .odd(.rejectedAfterPaid)
        case (.returned, .bankRejected): .odd(.rejectedAfterReturned)
        case (.rejected, .bankPaid): .odd(.paidAfterRejected)
        case (.rejected, .bankReturned): .odd(.returnedAfterRejected)
        case (.withdrawn, .bankAccepted): .odd(.acceptedAfterWithdrawn)
        case (.withdrawn, .bankPaid): .odd(.paidAfterWithdrawn)
        case (.withdrawn, .bankReturned): .odd(.returnedAfterRejected)
        case (.sent, .fileWritten), (.accepted, _), (.paid, _), (.rejected, _), (.returned, _), (.withdrawn, _):
            .state(self)
        }
    }

    /// What follows from an event.
    public enum Following: Sendable, Equatable {
        /// The state afterwards.
        case state(PaymentOrderState)
        /// The event contradicts what is known.
        case odd(BankOddity)
        /// It cannot happen.
        case impossible
    }

    /// Whether the bank has said its last word, as far as it ever does: a paid order can still be returned.
    public var isFinal: Bool {
        switch self {
        case .ordered, .sent, .accepted: false
        case .paid, .rejected, .returned, .withdrawn: true
        }
    }
}

/// What moves a payment order.
public enum PaymentOrderEvent: Sendable, Equatable, CaseIterable {
    /// The bank file that holds it is written.
    case fileWritten
    /// The bank takes it on.
    case bankAccepted
    /// The bank has paid.
    case bankPaid
    /// The bank refuses.
    case bankRejected
    /// The money has come back.
    case bankReturned
    /// People take it back before the bank has it.
    case takenBack
}
