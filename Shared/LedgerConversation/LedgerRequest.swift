import Contracts

/// What a service asks the ledger to post, all or nothing.
///
/// A request is asked under its identifier as often as it takes, always with the postings that it was stored with: the ledger
/// posts them once. Another generation is made only after the one before was posted and what it posted is gone again.
public struct LedgerRequest: Sendable, Equatable {
    /// Its identifier, unique for ever in the service: at most 64 bytes.
    public var requestId: String
    /// What it is asked for: requests are found by it. Mostly the document of its postings, too.
    public var document: String
    /// What it is for, in the service's own words: `reserve`, `order`, `release`, `bank`, `instalment`.
    public var purpose: String
    /// Counts the requests of the same purpose and document, from 1.
    public var generation: Int32
    /// What is to be posted, in order.
    public var postings: [CoordinationV1.Posting]

    /// A request.
    public init(
        requestId: String, document: String, purpose: String, generation: Int32 = 1,
        postings: [CoordinationV1.Posting]
    ) {
        self.requestId = requestId
        self.document = document
        self.purpose = purpose
        self.generation = generation
        self.postings = postings
    }
}

/// Where a request is.
public enum LedgerRequestState: String, Sendable, CaseIterable {
    /// Sent; no answer yet.
    case asked
    /// The ledger has posted it. Final.
    case posted
    /// The ledger has refused it, and holds nothing of it. It may be asked again.
    case refused
    /// The call ended without an answer: whether it was posted is not known. It may be asked again.
    case unanswered

    /// The state after an answer. What was posted stays posted, whatever a later answer to an earlier question says.
    public func after(_ answer: LedgerRequestState) -> LedgerRequestState {
        self == .posted ? .posted : answer
    }
}

/// A request as it is stored, without its postings.
public struct StoredLedgerRequest: Sendable, Equatable {
    /// Its identifier.
    public var requestId: String
    /// The document that its postings are about.
    public var document: String
    /// What it is for.
    public var purpose: String
    /// Which of its purpose and document.
    public var generation: Int32
    /// Where it is.
    public var state: LedgerRequestState
    /// Why it was refused, by the ledger's code, or how its call ended, by the status' name; nil while neither.
    public var code: String?
    /// The call that asked last.
    public var callId: Int64?
    /// How often it was asked.
    public var timesAsked: Int32
}

/// What the ledger said about one line of a request.
public struct LedgerLineOutcome: Sendable, Equatable {
    /// The request.
    public var requestId: String
    /// The line.
    public var line: String
    /// The ledger's code.
    public var code: String
    /// Minor units that are missing, where money is.
    public var shortfallMinor: Int64
    /// ISO 4217 code of the shortfall.
    public var currency: String
}

/// What an answer changed.
public struct LedgerAnswer: Sendable, Equatable {
    /// The request as it is now.
    public var request: StoredLedgerRequest
    /// Where it was before.
    public var before: LedgerRequestState
    /// The lines that were refused, or lack money, with the ledger's codes.
    public var refusals: [LedgerLineOutcome]

    /// Whether the ledger has posted it just now, by what is known here.
    public var isNewlyPosted: Bool { request.state == .posted && before != .posted }
}
