/// Money that an agreement binds for a project, and what is left of it before any project of the batch draws.
public struct ProjectEarmark: Sendable, Equatable, Hashable {
    /// The agreement.
    public let agreement: String
    /// The budget line.
    public let line: String
    /// Minor units left on the line for the agreement's documents.
    public let leftMinor: Int64

    /// An earmark.
    public init(agreement: String, line: String, leftMinor: Int64) {
        self.agreement = agreement
        self.line = line
        self.leftMinor = leftMinor
    }
}

/// What projects draw on earmarks: one after the other, each takes what it needs as long as there is some.
public struct EarmarkDraw: Sendable {
    private var left: [ProjectEarmark: Int64] = [:]

    /// Nothing is drawn yet.
    public init() {}

    /// How much of a need comes from the earmark, in minor units; the rest comes from what the line has available.
    public mutating func draw(_ needMinor: Int64, from earmark: ProjectEarmark?) -> Int64 {
        guard let earmark else { return 0 }
        let before = left[earmark] ?? earmark.leftMinor
        let drawn = max(0, min(needMinor, before))
        left[earmark] = before - drawn
        return drawn
    }
}
