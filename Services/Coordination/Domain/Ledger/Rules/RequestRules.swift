import Contracts

/// Class 1: the request is wrong. It can be corrected and sent again under the same identifier.
public enum RequestRules {
    /// The longest identifier, document or group, in characters.
    public static let longestName = 64
    /// The longest text.
    public static let longestText = 240

    /// The first that applies.
    public static func code(_ it: PostingInHand) -> PostingCode? {
        if isNameWrong(it.posting.postingId) || it.posting.postingId.isEmpty { return .invalidPostingId }
        if it.places.isRepeated { return .postingIdRepeated }
        if it.posting.kind == .unspecified { return .invalidKind }
        if !it.isOwnAct {
            guard let caller = it.caller, caller.mayAsk(for: it.posting.kind) else { return .kindNotAllowed }
            if let owner = DocumentOwner(ofName: it.posting.postingId), owner != caller { return .reservedId }
        }
        if isAmountWrong(it.posting) { return .invalidAmount }
        if isCurrencyWrong(it.posting.currency) { return .invalidCurrency }
        if isDocumentWrong(it) { return .invalidDocument }
        if isStageWrong(it) { return .invalidStage }
        if isTargetWrong(it.posting) { return .invalidTarget }
        if (it.posting.kind == .reverse) == it.posting.reverses.isEmpty || it.places.isReversedTwice {
            return .invalidReversal
        }
        if isLong(it.posting.group, longestName) || it.mode != .perGroup && !it.posting.group.isEmpty {
            return .invalidGroup
        }
        if isTextWrong(it.posting) { return .invalidText }
        return areDatesWrong(it) ? .invalidDate : nil
    }

    private static func isAmountWrong(_ posting: CoordinationV1.Posting) -> Bool {
        posting.amountMinor < 0 || posting.amountMinor > LedgerBounds.amount
            || posting.amountMinor == 0 && posting.kind != .reverse
    }

    private static func isCurrencyWrong(_ currency: String) -> Bool {
        currency.utf8.count != 3
            || !currency.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    private static func isDocumentWrong(_ it: PostingInHand) -> Bool {
        let (document, source) = (it.posting.document, it.posting.sourceDocument)
        if isLong(document, longestName) || isLong(source, longestName) { return true }
        if !source.isEmpty && (it.posting.kind != .reserve || source == document) { return true }
        guard document.isEmpty else { return false }
        return switch it.posting.kind {
        case .reserve, .commit, .accrue, .order, .pay, .release, .expire, .return: true
        case .carryOver: it.stage.map { $0 > .available } ?? false
        case .unspecified, .appropriate, .cut, .reverse, .transfer: false
        }
    }

    private static func isStageWrong(_ it: PostingInHand) -> Bool {
        switch it.posting.kind {
        case .release: (it.stage ?? .available) == .available
        case .carryOver: it.stage == nil
        case .return: (it.stage ?? .available) < .accrued
        case .unspecified, .appropriate, .cut, .reserve, .commit, .accrue, .order, .pay, .reverse, .transfer, .expire:
            !it.posting.stage.isEmpty
        }
    }

    private static func isTargetWrong(_ posting: CoordinationV1.Posting) -> Bool {
        let needsTarget = posting.kind == .transfer || posting.kind == .carryOver
        return needsTarget == posting.targetLine.isEmpty || needsTarget && posting.targetLine == posting.line
    }

    private static func isTextWrong(_ posting: CoordinationV1.Posting) -> Bool {
        isLong(posting.description, longestText) || isLong(posting.overrideReason, longestText)
            || hasControl(posting.document) || hasControl(posting.sourceDocument) || hasControl(posting.group)
            || hasControl(posting.description) || hasControl(posting.overrideReason)
    }

    private static func areDatesWrong(_ it: PostingInHand) -> Bool {
        let dates = it.dates
        return dates.isUnreadable || dates.asked.map { $0 > it.today } ?? false
            || dates.original.map { $0 > it.businessDate } ?? false
            || dates.expires != nil && it.posting.kind != .reserve
    }

    private static func isNameWrong(_ name: String) -> Bool { isLong(name, longestName) || hasControl(name) }

    private static func isLong(_ text: String, _ most: Int) -> Bool {
        text.utf8.count > most && text.unicodeScalars.count > most
    }

    /// Whether a text holds a control character, of ASCII or the 32 after it.
    private static func hasControl(_ text: String) -> Bool {
        var before: UInt8 = 0
        for byte in text.utf8 {
            if byte < 0x20 || byte == 0x7F || before == 0xC2 && byte < 0xA0 { return true }
            before = byte
        }
        return false
    }
}
