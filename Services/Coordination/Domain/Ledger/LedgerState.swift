import Vocabulary

/// What a batch's rules look at, as it was read under the batch's locks.
public struct LedgerState: Sendable {
    /// The country's day, as days since 2000-01-01, as all days of the ledger.
    public var today: Int32
    /// The lines that the batch names, by their places in `BatchNames`; nil where there is none.
    public var lines: [LedgerLine?] = []
    /// What the lines, holds and limits have.
    public var accounts = LedgerAccounts()
    /// The documents that the batch names, by their places, and those of the postings that it reverses.
    public var documents: [String] = []
    /// Who opened each of them; nil where nobody has.
    public var owners: [DocumentOwner?] = []
    /// The last day on which each hold's reservation can be committed.
    public var lastDays: [Int32?] = []
    /// What was answered before, by the posting's identifier.
    public var answers: [String: EarlierAnswer] = [:]
    /// The postings that the batch reverses, by their places; nil where there is none.
    public var originals: [OriginalPosting?] = []
    /// Whether an agreement binds money of any line of the batch.
    public var hasEarmarks = false

    /// A ledger of which nothing was read yet.
    public init(today: Int32) {
        self.today = today
    }
}

/// How far a year is from its end.
public enum FiscalYearState: Int16, Sendable {
    /// Everything is posted.
    case open = 1
    /// Nothing new is appropriated or reserved.
    case closing = 2
    /// Only what stays payable is posted.
    case sealed = 3
}

/// A fiscal year.
public struct LedgerYear: Sendable {
    /// Which.
    public var year: Int32
    /// How far it is.
    public var state: FiscalYearState
    /// The last day that takes no postings.
    public var sealedThrough: Int32?

    /// A year; open, with no day sealed, where nothing else is said.
    public init(_ year: Int32, state: FiscalYearState = .open, sealedThrough: Int32? = nil) {
        self.year = year
        self.state = state
        self.sealedThrough = sealedThrough
    }

    /// Its first day and its last.
    var firstDay: Int32 { CalendarDate(year: Int(year), month: 1, day: 1)?.daysSinceEpoch2000 ?? .min }
    var lastDay: Int32 { CalendarDate(year: Int(year), month: 12, day: 31)?.daysSinceEpoch2000 ?? .max }
}

/// Money of a line that an agreement binds for the documents with a prefix.
public struct LedgerEarmark: Sendable {
    /// The agreement's document: `agreement/<code>`.
    public var document: String
    /// What the documents begin with that may draw on it.
    public var prefix: String
    /// Whether the agreement is suspended.
    public var isSuspended: Bool

    /// An earmark.
    public init(document: String, prefix: String, isSuspended: Bool = false) {
        self.document = document
        self.prefix = prefix
        self.isSuspended = isSuspended
    }
}

/// What the rules ask about a budget line.
public struct LedgerLine: Sendable {
    /// Its number in the ledger.
    public var id: Int32
    /// ISO 4217.
    public var currency: String
    /// Whether its scheme does without reservations.
    public var skipsReserved = false
    /// Whether its scheme does without orders.
    public var skipsOrdered = false
    /// Its fiscal year.
    public var year: LedgerYear
    /// The first day on which it had money.
    public var firstMoney: Int32?
    /// What agreements bind of it.
    public var earmarks: [LedgerEarmark] = []

    /// A line.
    public init(id: Int32, currency: String, year: LedgerYear) {
        self.id = id
        self.currency = currency
        self.year = year
    }
}
