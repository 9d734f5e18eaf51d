/// The rules that do not look at what other postings of the batch take: classes 1 to 8 of the order of precedence. Class 9
/// is `LedgerAccounts`, class 10 `LedgerBatch`.
public enum PostingRules {
    /// What the rules say of a posting.
    public enum Verdict: Sendable {
        /// Nothing speaks against it but what it takes.
        case open
        /// It is refused.
        case refused(PostingCode)
        /// It was answered before.
        case answered(PostingCode, shortfall: Int64)
    }

    /// The first that applies, in the order of their classes.
    public static func verdict(_ it: PostingInHand) -> Verdict {
        if let code = RequestRules.code(it) ?? ReuseRule.code(it) { return .refused(code) }
        if let answer = ReplayRule.answer(it) { return .answered(answer.code, shortfall: answer.shortfall) }
        let code =
            LineRules.code(it) ?? ReversalRules.code(it) ?? OwnerRule.code(it) ?? DayRules.code(it)
            ?? HoldRules.code(it)
        return code.map { .refused($0) } ?? .open
    }
}
