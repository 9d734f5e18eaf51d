import Contracts

/// Class 4: the lines, and whether they have the posting's currency.
public enum LineRules {
    /// The first that applies.
    public static func code(_ it: PostingInHand) -> PostingCode? {
        guard let line = it.line else { return .unknownLine }
        if !it.posting.targetLine.isEmpty && it.target == nil { return .unknownTarget }
        if it.posting.currency != line.currency { return .currencyMismatch }
        if let target = it.target, target.currency != line.currency { return .currencyMismatch }
        return nil
    }
}

/// Class 5: what a posting reverses.
public enum ReversalRules {
    /// The first that applies.
    public static func code(_ it: PostingInHand) -> PostingCode? {
        guard it.posting.kind == .reverse else { return nil }
        guard let original = it.original else { return .unknownPosting }
        let line = it.places.line
        if line != original.first.line && line != original.second?.line { return .otherLine }
        if original.kind == .reverse { return .notReversible }
        if original.isReversed { return .alreadyReversed }
        return it.posting.amountMinor > original.amount ? .exceedsPosting : nil
    }
}

/// Class 6: a document belongs to who opened it. What an agreement binds is drawn on by those whom the earmark names, and
/// given back to it by them.
public enum OwnerRule {
    /// `document_of_another`, where a document that the posting touches is.
    public static func code(_ it: PostingInHand) -> PostingCode? {
        guard !it.isOwnAct else { return nil }
        func isForeign(_ document: String, _ openedBy: DocumentOwner?) -> Bool {
            guard let owner = openedBy ?? DocumentOwner(ofName: document) else { return false }
            return owner != it.caller
        }
        let isForeign: Bool =
            switch it.posting.kind {
            case .unspecified, .appropriate, .cut, .transfer: false
            case .commit, .accrue, .order, .pay, .release, .expire, .return:
                isForeign(it.posting.document, it.documentOwner)
            case .reserve:
                isForeign(it.posting.document, it.documentOwner)
                    || !it.posting.drawsOnAgreement && isForeign(it.posting.sourceDocument, it.sourceOwner)
            case .carryOver:
                it.stage.map { $0 > .available } ?? false && isForeign(it.posting.document, it.documentOwner)
            case .reverse: it.originalOwners.contains { $0 != it.caller }
            }
        return isForeign ? .documentOfAnother : nil
    }
}

/// Class 7: years and days.
public enum DayRules {
    /// The first that applies.
    public static func code(_ it: PostingInHand) -> PostingCode? {
        guard let line = it.line else { return nil }
        let year = line.year
        if it.target?.year.state == .sealed || year.state == .sealed && !it.goesOn { return .yearSealed }
        if year.state == .closing && (it.posting.kind == .appropriate || it.posting.kind == .reserve) {
            return .yearClosing
        }
        if isSealed(it.businessDate, year) || it.target.map({ isSealed(it.businessDate, $0.year) }) ?? false {
            return .dateSealed
        }
        if isOutside(it, year) { return .outsideYear }
        if isBeforeMoney(it, line) { return .beforeMoney }
        let isSkipped =
            it.posting.kind == .reserve && line.skipsReserved || it.posting.kind == .order && line.skipsOrdered
        return isSkipped ? .stageNotUsed : nil
    }

    private static func isSealed(_ day: Int32, _ year: LedgerYear) -> Bool {
        year.sealedThrough.map { day <= $0 } ?? false
    }

    /// A year's end is dated when it is done; so is what goes on after it.
    private static func isOutside(_ it: PostingInHand, _ year: LedgerYear) -> Bool {
        guard !it.isOwnAct, it.dates.original == nil, let asked = it.dates.asked else { return false }
        return asked < year.firstDay || asked > year.lastDay && !it.goesOn
    }

    private static func isBeforeMoney(_ it: PostingInHand, _ line: LedgerLine) -> Bool {
        guard let asked = it.dates.asked, asked < it.today, it.posting.kind != .appropriate else { return false }
        let first = min(line.firstMoney ?? .max, it.givenSince ?? .max)
        return first != .max && asked < first
    }
}

/// Class 8: what agreements bind, and how long reservations last.
public enum HoldRules {
    /// The first that applies.
    public static func code(_ it: PostingInHand) -> PostingCode? {
        guard let line = it.line else { return nil }
        if !it.isOwnAct && it.batchHasEarmarks {
            let document = it.posting.document
            let draws = it.posting.drawsOnAgreement
            let mine = line.earmarks.filter { document.utf8.starts(with: $0.prefix.utf8) }
            if draws && !mine.contains(where: { $0.document == it.posting.sourceDocument }) { return .earmarked }
            if (draws || it.posting.kind == .commit) && mine.contains(where: \.isSuspended) {
                return .agreementSuspended
            }
        }
        switch it.posting.kind {
        case .commit: return it.lastDay.map { $0 < it.businessDate } ?? false ? .holdExpired : nil
        case .expire:
            let lasts = it.lastDay.map { $0 >= it.businessDate } ?? true
            return line.year.state == .open && lasts ? .holdNotExpired : nil
        case .unspecified, .appropriate, .cut, .reserve, .accrue, .order, .pay, .release, .reverse, .transfer,
            .carryOver, .return:
            return nil
        }
    }
}

extension CoordinationV1.Posting {
    /// Whether it draws on what an agreement binds.
    var drawsOnAgreement: Bool { sourceDocument.hasPrefix("agreement/") }
}
