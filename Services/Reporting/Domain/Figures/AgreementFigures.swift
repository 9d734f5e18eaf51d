/// What an agreement came to: its places, its money, and how its programmes are joined.
public struct AgreementFigures: Sendable, Equatable {
    /// Its code.
    public var agreement: String
    /// Its title.
    public var title: String
    /// `proposed`, `active`, `suspended` or `ended`.
    public var state: String
    /// Version in force, or proposed where none is yet.
    public var version: Int32
    /// The institutions that sign.
    public var institutions: [String]
    /// How its programmes are joined, so that agreements can be compared.
    public var architecture: AgreementArchitecture
    /// Its places.
    public var places: AgreementPlaceFigures
    /// Overrides that were signed.
    public var overridesSigned: Int64
    /// Its earmarks in this report's currency, in minor units.
    public var earmark: EarmarkFigures

    /// An agreement's figures.
    public init(
        agreement: String, title: String, state: String, version: Int32, institutions: [String],
        architecture: AgreementArchitecture, places: AgreementPlaceFigures, overridesSigned: Int64,
        earmark: EarmarkFigures
    ) {
        self.agreement = agreement
        self.title = title
        self.state = state
        self.version = version
        self.institutions = institutions
        self.architecture = architecture
        self.places = places
        self.overridesSigned = overridesSigned
        self.earmark = earmark
    }
}

/// How the programmes of an agreement are joined: the columns of the studies that compare such cases.
public struct AgreementArchitecture: Sendable, Equatable {
    /// Whether more than one institution implements.
    public var severalInstitutions: Bool
    /// Whether the complementarity was intended when the programmes were designed.
    public var intended: Bool
    /// How many programmes are joined.
    public var programmes: Int32

    /// An architecture.
    public init(severalInstitutions: Bool, intended: Bool, programmes: Int32) {
        self.severalInstitutions = severalInstitutions
        self.intended = intended
        self.programmes = programmes
    }
}

/// Places of an agreement, in households.
public struct AgreementPlaceFigures: Sendable, Equatable {
    /// Reserved for the target population.
    public var reserved: Int64
    /// Households of the target population that are admitted.
    public var target: Int64
    /// Others that are admitted.
    public var others: Int64
    /// Households admitted by a signed override.
    public var overridden: Int64
    /// Households that asked for a place and have none.
    public var refused: Int64
    /// Households whose project did not start, because they received no transfer then.
    public var refusedAtStart: Int64
    /// Households whose project started by a signed override.
    public var startedByOverride: Int64

    /// Places.
    public init(
        reserved: Int64, target: Int64, others: Int64, overridden: Int64, refused: Int64, refusedAtStart: Int64,
        startedByOverride: Int64
    ) {
        self.reserved = reserved
        self.target = target
        self.others = others
        self.overridden = overridden
        self.refused = refused
        self.refusedAtStart = refusedAtStart
        self.startedByOverride = startedByOverride
    }

    /// Reserved places that are filled: the target population may take more places than are reserved.
    public var filled: Int64 { min(reserved, target) }
}

/// Money that an agreement binds, and what became of it, in minor units.
public struct EarmarkFigures: Sendable, Equatable {
    /// Bound.
    public var earmarked: Int64
    /// Drawn by the agreement's documents, and held or spent by them.
    public var drawn: Int64
    /// Bound no longer: given back at the agreement's end, lapsed at the end of the year, or given up by the documents.
    public var returned: Int64
    /// Of the drawn: committed.
    public var committed: Int64
    /// Of the drawn: accrued.
    public var accrued: Int64
    /// Of the drawn: ordered.
    public var ordered: Int64
    /// Of the drawn: paid.
    public var paid: Int64

    /// Money.
    public init(
        earmarked: Int64, drawn: Int64, returned: Int64, committed: Int64, accrued: Int64, ordered: Int64, paid: Int64
    ) {
        self.earmarked = earmarked
        self.drawn = drawn
        self.returned = returned
        self.committed = committed
        self.accrued = accrued
        self.ordered = ordered
        self.paid = paid
    }
}
