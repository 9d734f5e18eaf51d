import Contracts
import CoordinationDomain
import Testing

/// A day in the middle of 2024, as days since 2000-01-01, and the first and last of that year.
let ruleToday: Int32 = 8948
let firstOf2024: Int32 = 8766
let lastOf2024: Int32 = 9131

/// One row of a rule's table: a posting that is right, what is changed about it, and the code that the rule gives.
struct RuleRow: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: PostingCode?
    let change: @Sendable (inout PostingInHand) -> Void

    init(_ name: String, _ code: PostingCode?, _ change: @escaping @Sendable (inout PostingInHand) -> Void) {
        testDescription = name
        self.code = code
        self.change = change
    }

    /// A person's posting of a kind on an open line of 2024, with what its kind needs, after the row's change.
    func posting(_ kind: CoordinationV1.PostingKind = .reserve) -> PostingInHand {
        var posting = CoordinationV1.Posting(postingId: "p", kind: kind, line: "L", amountMinor: 1, currency: "PEN")
        switch kind {
        case .unspecified, .appropriate, .cut: break
        case .reserve, .commit, .accrue, .order, .pay, .expire: posting.document = "d"
        case .release: (posting.document, posting.stage) = ("d", "reserved")
        case .return: (posting.document, posting.stage) = ("d", "paid")
        case .reverse: posting.reverses = "o"
        case .transfer: posting.targetLine = "M"
        case .carryOver: (posting.document, posting.stage, posting.targetLine) = ("d", "reserved", "M")
        }
        var it = PostingInHand(posting, caller: .people, today: ruleToday)
        it.line = LedgerLine(id: 1, currency: "PEN", year: LedgerYear(2024))
        it.places.line = 0
        if !posting.targetLine.isEmpty { it.target = LedgerLine(id: 2, currency: "PEN", year: LedgerYear(2024)) }
        if kind == .reverse { it.original = original(.reserve, 10) }
        change(&it)
        // A row may have changed the text of the stage.
        let changed = PostingInHand(it.posting, caller: it.caller, today: it.today)
        it.stage = changed.stage
        return it
    }
}

/// A posting of a line that one can reverse.
func original(_ kind: CoordinationV1.PostingKind, _ amount: Int64, isReversed: Bool = false) -> OriginalPosting {
    OriginalPosting(
        kind: kind, amount: amount, isReversed: isReversed,
        first: .init(line: 0, document: 0, hold: 0, from: .available, to: .reserved))
}
