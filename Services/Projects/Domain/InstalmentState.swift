/// Where an instalment is.
public enum InstalmentState: String, Sendable, CaseIterable {
    /// The ledger has been asked.
    case reserving
    /// A line lacks money, or the ledger could not be asked; ordering can be tried again.
    case awaitingBudget = "awaiting_budget"
    /// The ledger has posted everything: final.
    case ordered
    /// No project waits for this instalment.
    case empty
}
