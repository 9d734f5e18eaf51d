/// Where a payment run is. Names are stored.
public enum PaymentRunState: String, Sendable, CaseIterable {
    /// The roll is being frozen.
    case freezing
    /// Verdicts and entitlements are being decided.
    case verifying
    /// The ledger was asked to reserve.
    case reserving
    /// The ledger refused: a line lacks money.
    case awaitingBudget = "awaiting_budget"
    /// Reserved; a second person must approve.
    case awaitingApproval = "awaiting_approval"
    /// Approved; the ledger was asked to commit, accrue and order.
    case committing
    /// Orders are being made.
    case ordering
    /// Bank files are being written.
    case writing
    /// Every bank file is written.
    case sent
    /// The bank has answered about every order, and everything agrees.
    case closed
    /// Nobody was to be paid.
    case empty

    /// Whether nothing moves until somebody acts from outside.
    public var rests: Bool {
        switch self {
        case .awaitingBudget, .awaitingApproval, .sent, .closed, .empty: true
        case .freezing, .verifying, .reserving, .committing, .ordering, .writing: false
        }
    }

    /// The state after an event; nil: the event is not possible here.
    public func after(_ event: PaymentRunEvent) -> PaymentRunState? {
        switch (self, event) {
        case (.freezing, .rollFrozen(let households)): households > 0 ? .verifying : .empty
        case (.verifying, .verified(let payable)): payable > 0 ? .reserving : .empty
        case (.reserving, .budgetReserved): .awaitingApproval
        case (.reserving, .budgetRefused): .awaitingBudget
        case (.awaitingBudget, .resumed): .reserving
        // The question to the ledger is asked again; its identifiers are the same, so it is answered once.
        case (.reserving, .resumed): .reserving
        case (.committing, .resumed): .committing
        case (.awaitingApproval, .approved): .committing
        case (.committing, .budgetOrdered): .ordering
        case (.ordering, .ordersMade): .writing
        case (.writing, .filesWritten): .sent
        case (.sent, .reconciled): .closed
        case (.freezing, _), (.verifying, _), (.reserving, _), (.awaitingBudget, _), (.awaitingApproval, _),
            (.committing, _), (.ordering, _), (.writing, _), (.sent, _), (.closed, _), (.empty, _):
            nil
        }
    }
}

/// What moves a payment run.
public enum PaymentRunEvent: Sendable, Equatable {
    /// The roll is frozen with this many households.
    case rollFrozen(households: Int64)
    /// Every chunk is verified; so many households are to be paid.
    case verified(payableHouseholds: Int64)
    /// The ledger has reserved.
    case budgetReserved
    /// The ledger has refused.
    case budgetRefused
    /// Somebody asked to ask the ledger again.
    case resumed
    /// The second person has approved.
    case approved
    /// The ledger has committed, accrued and ordered.
    case budgetOrdered
    /// Every order is made.
    case ordersMade
    /// Every bank file is written.
    case filesWritten
    /// Orders, bank answers and ledger agree, and nothing is open.
    case reconciled
}
