import Contracts

/// Class 2: the identifier was used for something else.
public enum ReuseRule {
    /// `posting_id_reused` where what was answered before is not what is asked for now.
    public static func code(_ it: PostingInHand) -> PostingCode? {
        switch it.earlier {
        case nil: nil
        case .refused(let before): isSame(it, before) ? nil : .postingIdReused
        case .posted(let before): isSame(it, before) ? nil : .postingIdReused
        }
    }

    private static func isSame(_ it: PostingInHand, _ before: RefusedBefore) -> Bool {
        var posting = it.posting
        (posting.businessDate, posting.originalDate, posting.expiresOn) = ("", "", "")
        return posting == before.posting && it.dates == before.dates
    }

    /// What the journal has of a posting says nothing of what its kind leaves out.
    private static func isSame(_ it: PostingInHand, _ before: PostedBefore) -> Bool {
        let posting = it.posting
        guard let line = it.line, before.kind == posting.kind, line.currency == posting.currency,
            before.description == posting.description, before.reverses == posting.reverses,
            before.group == posting.group, before.overrideReason == posting.overrideReason,
            it.dates.asked == nil || it.dates.asked == before.dates.asked,
            it.dates.original == before.dates.original, it.dates.expires == before.dates.expires,
            before.amount == it.amount
        else { return false }
        let (first, second) = (before.first, before.second)
        if posting.kind == .reverse { return line.id == first.line || line.id == second?.line }
        guard line.id == first.line else { return false }
        switch posting.kind {
        case .unspecified, .reverse: return false
        case .reserve where !posting.sourceDocument.isEmpty:
            return first.document == posting.sourceDocument && second?.document == posting.document
        case .reserve: return first.document == posting.document && second == nil
        case .transfer, .carryOver:
            return second?.line == it.target?.id && first.document == posting.document
                && first.from == it.stage ?? .available
        case .release, .return: return first.document == posting.document && first.from == it.stage
        case .appropriate, .cut, .commit, .accrue, .order, .pay, .expire: return first.document == posting.document
        }
    }
}

/// Class 3: the answer that was given before.
public enum ReplayRule {
    /// The earlier answer, with its shortfall.
    public static func answer(_ it: PostingInHand) -> (code: PostingCode, shortfall: Int64)? {
        switch it.earlier {
        case nil: nil
        case .refused(let before): (before.code, before.shortfall)
        case .posted: (.posted, 0)
        }
    }
}
