import ProjectsDomain

/// Names an instalment.
struct InstalmentKey: Sendable, Equatable {
    let programme: String
    let fiscalYear: Int32
    let instalment: Int32

    /// What the instalment's requests to the ledger are about, as the table's generated column writes it.
    var document: String { "instalment/\(programme)/\(fiscalYear)/\(instalment)" }
}

extension StartClaim {
    /// The claim as statements compute it.
    var key: Int64 { (receivesTransfer ? 1 : 0) + (hasOverride ? 2 : 0) }

    /// What becomes of it.
    var outcome: StartOutcome { StartOutcome(self) }
}
