/// What a posting is answered with. The order of the cases is the order of precedence: a posting is answered with the
/// first that applies, whatever else is wrong with it.
public enum PostingCode: String, CaseIterable, Sendable {
    // The request is wrong; it can be corrected and sent again with the same identifier.
    case invalidPostingId = "invalid_posting_id"
    case postingIdRepeated = "posting_id_repeated"
    case invalidKind = "invalid_kind"
    case kindNotAllowed = "kind_not_allowed"
    case reservedId = "reserved_id"
    case invalidAmount = "invalid_amount"
    case invalidCurrency = "invalid_currency"
    case invalidDocument = "invalid_document"
    case invalidStage = "invalid_stage"
    case invalidTarget = "invalid_target"
    case invalidReversal = "invalid_reversal"
    case invalidGroup = "invalid_group"
    case invalidText = "invalid_text"
    case invalidDate = "invalid_date"
    // The identifier was used for something else.
    case postingIdReused = "posting_id_reused"
    // Refusals that depend on the ledger's state; these are remembered.
    case unknownLine = "unknown_line"
    case unknownTarget = "unknown_target"
    case currencyMismatch = "currency_mismatch"
    case unknownPosting = "unknown_posting"
    case otherLine = "other_line"
    case notReversible = "not_reversible"
    case alreadyReversed = "already_reversed"
    case exceedsPosting = "exceeds_posting"
    case documentOfAnother = "document_of_another"
    case yearSealed = "year_sealed"
    case yearClosing = "year_closing"
    case dateSealed = "date_sealed"
    case outsideYear = "outside_year"
    case beforeMoney = "before_money"
    case stageNotUsed = "stage_not_used"
    case earmarked
    case agreementSuspended = "agreement_suspended"
    case holdExpired = "hold_expired"
    case holdNotExpired = "hold_not_expired"
    case insufficientAccrued = "insufficient_accrued"
    case insufficientAvailable = "insufficient_available"
    case insufficientCommitted = "insufficient_committed"
    case insufficientOrdered = "insufficient_ordered"
    case insufficientPaid = "insufficient_paid"
    case insufficientReserved = "insufficient_reserved"
    case limitExceeded = "limit_exceeded"
    case lineBoundExceeded = "line_bound_exceeded"
    case overrideRequired = "override_required"
    // Another posting of the same group was refused.
    case groupRefused = "group_refused"
    // Nothing is wrong.
    case posted

    /// The code's place in the order of precedence.
    var precedence: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }

    /// Whether the posting stands in the journal.
    public var isPosted: Bool { self == .posted }

    /// Whether the refusal depends on what the ledger holds, and is therefore remembered.
    public var isRemembered: Bool {
        switch self {
        case .invalidPostingId, .postingIdRepeated, .invalidKind, .kindNotAllowed, .reservedId, .invalidAmount,
            .invalidCurrency, .invalidDocument, .invalidStage, .invalidTarget, .invalidReversal, .invalidGroup,
            .invalidText,
            .invalidDate, .postingIdReused, .posted:
            false
        case .unknownLine, .unknownTarget, .currencyMismatch, .unknownPosting, .otherLine, .notReversible,
            .alreadyReversed, .exceedsPosting, .documentOfAnother, .yearSealed, .yearClosing, .dateSealed, .outsideYear,
            .beforeMoney, .stageNotUsed, .earmarked, .agreementSuspended, .holdExpired, .holdNotExpired,
            .limitExceeded, .lineBoundExceeded, .overrideRequired, .insufficientAvailable, .insufficientReserved,
            .insufficientCommitted,
            .insufficientAccrued, .insufficientOrdered, .insufficientPaid, .groupRefused:
            true
        }
    }
}
