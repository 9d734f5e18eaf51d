/// What an agreement knows of a household whose project starts: that it gets its first inputs.
public struct StartClaim: Sendable, Hashable {
    /// Whether a transfer programme of the agreement serves it.
    public var receivesTransfer: Bool
    /// Whether a deciding member signed that it is served all the same.
    public var hasOverride: Bool

    /// A claim.
    public init(receivesTransfer: Bool, hasOverride: Bool) {
        self.receivesTransfer = receivesTransfer
        self.hasOverride = hasOverride
    }

    /// Every claim there can be.
    public static let all: [StartClaim] = [false, true].flatMap { transfer in
        [false, true].map { StartClaim(receivesTransfer: transfer, hasOverride: $0) }
    }
}

/// What is decided about a household when its project starts, where an agreement says that a project starts only while the
/// household receives transfers. It was decided at its admission too; between the two the household's situation may have
/// changed. The raw value is stored; it never changes meaning.
public enum StartOutcome: Int16, Sendable, CaseIterable {
    /// Starts: it receives a transfer.
    case receivesTransfer = 1
    /// Starts by a signed override.
    case overridden = 2
    /// Does not start: it receives no transfer.
    case noTransfer = 3

    /// The decision about a claim.
    public init(_ claim: StartClaim) {
        self = claim.receivesTransfer ? .receivesTransfer : claim.hasOverride ? .overridden : .noTransfer
    }

    /// Whether the household gets its first inputs.
    public var starts: Bool {
        switch self {
        case .receivesTransfer, .overridden: true
        case .noTransfer: false
        }
    }
}
