import Contracts

/// What an identifier was answered before.
public enum EarlierAnswer: Sendable {
    /// It was posted.
    case posted(PostedBefore)
    /// It was refused, and that is remembered.
    case refused(RefusedBefore)
}

/// A posting that stands in the journal, as far as it can be compared with one that is asked for under its identifier.
public struct PostedBefore: Sendable {
    /// What it did.
    public var kind: CoordinationV1.PostingKind
    /// How much.
    public var amount: Int64
    /// Its days; the business date is never absent.
    public var dates: PostingDates
    /// What it reversed.
    public var reverses = ""
    /// What it hung together with.
    public var group = ""
    /// Why it might overdraw.
    public var overrideReason = ""
    /// What it said.
    public var description = ""
    /// Where its first transfer took from.
    public var first: PostedPlace
    /// Where its second transfer took from, if it has one.
    public var second: PostedPlace?

    /// A posting.
    public init(kind: CoordinationV1.PostingKind, amount: Int64, dates: PostingDates, first: PostedPlace) {
        self.kind = kind
        self.amount = amount
        self.dates = dates
        self.first = first
    }
}

/// Where a transfer took money from.
public struct PostedPlace: Sendable {
    /// The line's number in the ledger.
    public var line: Int32
    /// The document.
    public var document: String
    /// The account.
    public var from: BudgetStage

    /// A place.
    public init(line: Int32, document: String, from: BudgetStage) {
        self.line = line
        self.document = document
        self.from = from
    }
}

/// A refusal that is remembered.
public struct RefusedBefore: Sendable {
    /// Why.
    public var code: PostingCode
    /// What was lacking.
    public var shortfall: Int64
    /// What was asked for, without its days.
    public var posting: CoordinationV1.Posting
    /// The days that it said.
    public var dates: PostingDates

    /// A refusal.
    public init(code: PostingCode, shortfall: Int64, posting: CoordinationV1.Posting, dates: PostingDates) {
        self.code = code
        self.shortfall = shortfall
        self.posting = posting
        self.dates = dates
    }
}

/// A posting that is to be reversed.
public struct OriginalPosting: Sendable {
    /// What it did.
    public var kind: CoordinationV1.PostingKind
    /// How much.
    public var amount: Int64
    /// Whether it was reversed already.
    public var isReversed: Bool
    /// Its first transfer, as it was made.
    public var first: LedgerMove
    /// Its second.
    public var second: LedgerMove?

    /// A posting.
    public init(
        kind: CoordinationV1.PostingKind, amount: Int64, isReversed: Bool, first: LedgerMove, second: LedgerMove? = nil
    ) {
        self.kind = kind
        self.amount = amount
        self.isReversed = isReversed
        self.first = first
        self.second = second
    }
}
