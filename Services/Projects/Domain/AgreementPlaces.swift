import Vocabulary

/// What an agreement knows of a household that asks for a place.
public struct PlaceClaim: Sendable, Hashable {
    /// Whether it belongs to the target population.
    public var isTarget: Bool
    /// Whether a transfer programme of the agreement serves it.
    public var receivesTransfer: Bool
    /// Whether a deciding member signed that it is served all the same.
    public var hasOverride: Bool

    /// A claim.
    public init(isTarget: Bool, receivesTransfer: Bool, hasOverride: Bool) {
        self.isTarget = isTarget
        self.receivesTransfer = receivesTransfer
        self.hasOverride = hasOverride
    }

    /// Every claim there can be.
    public static let all: [PlaceClaim] = [false, true].flatMap { target in
        [false, true].flatMap { transfer in
            [false, true].map { PlaceClaim(isTarget: target, receivesTransfer: transfer, hasOverride: $0) }
        }
    }
}

/// What is decided about a household that asks for a place. The raw value is stored; it never changes meaning.
public enum AdmissionOutcome: Int16, Sendable, CaseIterable {
    /// Admitted: belongs to the target population.
    case target = 1
    /// Admitted: the reserved places are filled, and one is left for others.
    case other = 2
    /// Admitted by a signed override.
    case overridden = 3
    /// Refused: places that are reserved for the target population are not filled.
    case reservedPlacesOpen = 4
    /// Refused: the household receives no transfer, and the agreement's sequence asks for one.
    case noTransfer = 5
    /// Refused: no place is left.
    case noPlaceLeft = 6

    /// Whether the household is admitted.
    public var isAdmitted: Bool {
        switch self {
        case .target, .other, .overridden: true
        case .reservedPlacesOpen, .noTransfer, .noPlaceLeft: false
        }
    }
}

/// Places of a productive programme under an agreement.
public struct AgreementPlaces: Sendable, Equatable {
    /// Places that the target population fills before others are served.
    public let reserved: Int64
    /// All places; 0: as many as there are.
    public let all: Int64
    /// Whether a project starts only while the household receives a transfer.
    public let needsTransfer: Bool

    /// Places given as a number, or as a share of all places in hundredths of a percent, rounded up to whole places.
    public init(reservedPlaces: Int32, shareHundredths: Int32, places: Int32, needsTransfer: Bool) {
        reserved = ReservedPlaces.count(places: reservedPlaces, shareHundredths: shareHundredths, of: places)
        all = Int64(places)
        self.needsTransfer = needsTransfer
    }

    /// What a household asks for: a place of the target population, one of the others, one by its override, or none that
    /// it could get.
    public func outcome(of claim: PlaceClaim) -> AdmissionOutcome {
        if needsTransfer, !claim.receivesTransfer { return claim.hasOverride ? .overridden : .noTransfer }
        if claim.isTarget { return .target }
        return claim.hasOverride ? .overridden : .other
    }

    /// Households that are admitted, or that ask to be.
    public struct Count: Sendable, Equatable {
        /// Of the target population.
        public var target: Int64
        /// Others.
        public var others: Int64

        /// A count.
        public init(target: Int64, others: Int64) {
            self.target = target
            self.others = others
        }
    }

    /// How many are admitted, and what the others among the others hear.
    public struct Admission: Sendable, Equatable {
        /// Admitted.
        public var admitted: Count
        /// Why those of the others who are not admitted are not.
        public var refusal: AdmissionOutcome
    }

    /// Divides the places that are left: first to the target population; others only when every reserved place is filled.
    public func admission(filled: Count, asking: Count) -> Admission {
        let left = all == 0 ? Int64.max : max(0, all - filled.target - filled.others)
        let target = min(asking.target, left)
        guard filled.target + target >= reserved else {
            return Admission(admitted: Count(target: target, others: 0), refusal: .reservedPlacesOpen)
        }
        return Admission(
            admitted: Count(target: target, others: min(asking.others, left - target)), refusal: .noPlaceLeft)
    }
}
