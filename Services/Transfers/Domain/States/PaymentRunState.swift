/// Where a payment run is. Names are stored.
public enum PaymentRunState: String, Sendable, CaseIterable {
    /// The roll is being frozen.
    case freezing
    /// Verdicts and entitlements are being decided.
    case verifying
    /// The ledger was asked to reserve.
    case reserving
    /// A line is missing or lacks money, or the ledger refused for another reason.
    case awaitingBudget = "awaiting_budget"
    /// The money is there; a second person must approve.
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
    /// Taken back; the ledger was asked to give back what it holds for the run.
    case withdrawing
    /// Taken back before the bank had anything of it.
    case withdrawn

    /// Whether nothing moves until somebody acts from outside.
    public var rests: Bool {
        switch self {
        case .awaitingBudget, .awaitingApproval, .sent, .closed, .empty, .withdrawn: true
        case .freezing, .verifying, .reserving, .committing, .ordering, .writing, .withdrawing: false
        }
    }

    /// Whether it is decided whom the run pays and how much, and its files are not all written.
    public var awaitsItsFiles: Bool {
        switch self {
        case .reserving, .awaitingBudget, .awaitingApproval, .committing, .ordering, .writing: true
        case .freezing, .verifying, .sent, .closed, .empty, .withdrawing, .withdrawn: false
        }
    }

    /// Whether the run can be taken back.
    public var canBeWithdrawn: Bool { after(.withdrawn(holdsMoney: true)) != nil }

    /// The state after an event; nil: the event is not possible here.
    public func after(_ event: PaymentRunEvent) -> PaymentRunState? {
        if case .withdrawn(let holdsMoney) = event {
            return isBeforeBank ? holdsMoney ? .withdrawing : .withdrawn : nil
        }
        return switch (self, event) {
        case (.freezing, .rollFrozen(let households)): households > 0 ? .verifying : .empty
        case (.verifying, .verified(let payable)): payable > 0 ? .reserving : .empty
        // A reservation whose answer comes late, after a refusal of the same request, is taken all the same.
        case (.reserving, .budgetReserved(let isApproved)), (.awaitingBudget, .budgetReserved(let isApproved)):
            isApproved ? .committing : .awaitingApproval
        case (.reserving, .budgetRefused), (.committing, .budgetRefused): .awaitingBudget
        case (.awaitingBudget, .resumed): .reserving
        case (.awaitingApproval, .approved): .committing
        case (.committing, .budgetOrdered), (.awaitingBudget, .budgetOrdered): .ordering
        case (.ordering, .ordersMade): .writing
        case (.writing, .filesWritten): .sent
        case (.sent, .reconciled): .closed
        case (.closed, .reopened): .sent
        case (.withdrawing, .budgetReleased): .withdrawn
        default: nil
        }
    }

    /// Whether nothing of the run is with the bank, and it is neither over nor taken back. While files are written, whoever
    /// takes it back makes sure that none is.
    private var isBeforeBank: Bool {
        switch self {
        case .freezing, .verifying, .reserving, .awaitingBudget, .awaitingApproval, .committing, .ordering, .writing:
            true
        case .sent, .closed, .empty, .withdrawing, .withdrawn: false
        }
    }
}

/// What moves a payment run.
public enum PaymentRunEvent: Sendable, Equatable {
    /// The roll is frozen with this many households.
    case rollFrozen(households: Int64)
    /// Every chunk is verified; so many households are to be paid.
    case verified(payableHouseholds: Int64)
    /// The money is there: reserved, or found available where the lines have no reservation. An approved run needs no second
    /// approval: what was approved cannot change.
    case budgetReserved(isApproved: Bool)
    /// A line is missing or lacks money, or the ledger has refused.
    case budgetRefused
    /// Somebody asked to ask the ledger again.
    case resumed
    /// The second person has approved.
    case approved
    /// The ledger has committed, accrued and ordered, as the lines' schemes have these stages.
    case budgetOrdered
    /// Every order is made.
    case ordersMade
    /// Every bank file is written.
    case filesWritten
    /// Orders, bank answers and ledger agree, and nothing is open.
    case reconciled
    /// Something is open again after all.
    case reopened
    /// A person takes the run back, or refuses it; the ledger holds money for it, or nothing.
    case withdrawn(holdsMoney: Bool)
    /// The ledger holds nothing for the run any more.
    case budgetReleased
}
