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
    /// Paid, and come back.
    case returned
    /// Taken back before the bank had it.
    case withdrawn

    /// The state after an event; nil: the event contradicts what is known, and a person must look.
    ///
    /// Answers may come late, twice, and in any order: what was known already, or was overtaken, changes nothing.
    public func after(_ event: PaymentOrderEvent) -> PaymentOrderState? {
        switch (self, event) {
        case (.ordered, .fileWritten): .sent
        case (.ordered, .takenBack), (.sent, .takenBack), (.withdrawn, .takenBack): .withdrawn
        case (.ordered, _), (.withdrawn, _), (_, .takenBack): nil
        case (.sent, .fileWritten): .sent
        case (.sent, .bankAccepted): .accepted
        case (.sent, .bankPaid), (.accepted, .bankPaid): .paid
        case (.sent, .bankRejected), (.accepted, .bankRejected): .rejected
        // A return that arrives before the payment's own notice implies the payment.
        case (.sent, .bankReturned), (.accepted, .bankReturned), (.paid, .bankReturned): .returned
        case (.accepted, .fileWritten), (.accepted, .bankAccepted): .accepted
        case (.paid, .fileWritten), (.paid, .bankAccepted), (.paid, .bankPaid): .paid
        case (.paid, .bankRejected): nil
        case (.rejected, .fileWritten), (.rejected, .bankAccepted), (.rejected, .bankRejected): .rejected
        case (.rejected, .bankPaid), (.rejected, .bankReturned): nil
        case (.returned, .fileWritten), (.returned, .bankAccepted), (.returned, .bankPaid),
            (.returned, .bankReturned):
            .returned
        case (.returned, .bankRejected): nil
        }
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
    /// A person takes it back: its run is withdrawn, or its file is recalled before the bank takes it on.
    case takenBack
}
