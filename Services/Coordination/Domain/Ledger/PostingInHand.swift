import Contracts
import Vocabulary

/// The days that a posting says, as days since 2000-01-01.
public struct PostingDates: Sendable, Equatable {
    /// The business date.
    public var asked: Int32?
    /// The day on which it should have been posted.
    public var original: Int32?
    /// The last day on which what it reserves can be committed.
    public var expires: Int32?
    /// Whether one of them is no date.
    public var isUnreadable = false

    /// The days, as far as they are said.
    public init(asked: Int32? = nil, original: Int32? = nil, expires: Int32? = nil) {
        self.asked = asked
        self.original = original
        self.expires = expires
    }

    /// The days of a posting.
    init(of posting: CoordinationV1.Posting) {
        func day(_ text: String) -> Int32? {
            guard !text.isEmpty else { return nil }
            guard let date = CalendarDate(iso8601: text) else {
                isUnreadable = true
                return nil
            }
            return date.daysSinceEpoch2000
        }
        asked = day(posting.businessDate)
        original = day(posting.originalDate)
        expires = day(posting.expiresOn)
    }
}

/// One posting of a batch with all that the rules may ask about it.
public struct PostingInHand: Sendable {
    /// What is asked for.
    public var posting: CoordinationV1.Posting
    /// By whom; nil for a service that has no business with the ledger.
    public var caller: DocumentOwner?
    /// Whether it is an act of the ledger itself, which touches the documents of all.
    public var isOwnAct = false
    /// How the batch is posted.
    public var mode = CoordinationV1.PostMode.atomic
    /// The country's day.
    public var today: Int32
    /// The stage that it names, if that is one.
    public var stage: BudgetStage?
    /// The days that it says.
    public var dates = PostingDates()
    /// Where the batch's other names are that it says.
    public var places = PostingPlaces()
    /// Its line.
    public var line: LedgerLine?
    /// The line that receives.
    public var target: LedgerLine?
    /// Who opened its document.
    public var documentOwner: DocumentOwner?
    /// Who opened the document that it draws on.
    public var sourceOwner: DocumentOwner?
    /// What its identifier was answered before.
    public var earlier: EarlierAnswer?
    /// What it reverses.
    public var original: OriginalPosting?
    /// Whose the documents are that this touches: not an agreement's, to which those give back who drew on it.
    public var originalOwners: [DocumentOwner] = []
    /// The last day on which its document's reservation can be committed.
    public var lastDay: Int32?
    /// Since when the batch itself gives money to the line.
    public var givenSince: Int32?
    /// Whether an agreement binds money of any line of the batch.
    public var batchHasEarmarks = false

    /// A posting of which nothing is known but what it says.
    public init(_ posting: CoordinationV1.Posting, caller: DocumentOwner?, today: Int32) {
        self.posting = posting
        self.caller = caller
        self.today = today
        stage = BudgetStage(posted: posting.stage)
    }

    /// The day on which it counts.
    public var businessDate: Int32 { dates.asked ?? today }

    /// How much it moves: a reversal without an amount moves all.
    public var amount: Int64 {
        posting.kind == .reverse && posting.amountMinor == 0 ? original?.amount ?? 0 : posting.amountMinor
    }

    /// Whether it goes on after the year: what stayed payable is ordered and paid, and what the bank returns leaves it.
    public var goesOn: Bool {
        switch posting.kind {
        case .order, .pay, .return: true
        case .release: stage == .accrued || stage == .ordered
        case .reverse:
            switch original?.kind {
            case .order, .pay, .return: true
            case .unspecified, .appropriate, .cut, .reserve, .commit, .accrue, .release, .reverse, .transfer, .expire,
                .carryOver, nil:
                false
            }
        case .unspecified, .appropriate, .cut, .reserve, .commit, .accrue, .transfer, .expire, .carryOver: false
        }
    }
}

extension BudgetStage {
    /// The stage that a posting names; the source is none.
    init?(posted name: String) {
        guard !name.isEmpty, let stage = BudgetStage(name: name), stage != .source else { return nil }
        self = stage
    }
}
