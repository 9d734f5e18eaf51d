import Contracts
import CoordinationDomain
import Testing

private func text(_ count: Int, _ character: Character = "x") -> String { String(repeating: character, count: count) }

/// Class 1, in its order.
@Suite struct RequestRulesTests {
    @Test(arguments: [
        RuleRow("nothing wrong", nil) { _ in },
        RuleRow("no identifier", .invalidPostingId) { $0.posting.postingId = "" },
        RuleRow("identifier of 64", nil) { $0.posting.postingId = text(64, "ñ") },
        RuleRow("identifier of 65", .invalidPostingId) { $0.posting.postingId = text(65) },
        RuleRow("control character", .invalidPostingId) { $0.posting.postingId = "a\u{1F}" },
        RuleRow("the blank after the control characters", nil) { $0.posting.postingId = "a " },
        RuleRow("DEL", .invalidPostingId) { $0.posting.postingId = "a\u{7F}" },
        RuleRow("the last control character of Latin 1", .invalidPostingId) { $0.posting.postingId = "a\u{9F}" },
        RuleRow("the character after it", nil) { $0.posting.postingId = "a\u{A0}" },
        RuleRow("a letter whose second byte looks like one", nil) { $0.posting.postingId = "\u{C9}\u{C0}" },
        RuleRow("repeated", .postingIdRepeated) { $0.places.isRepeated = true },
        RuleRow("no kind", .invalidKind) { $0.posting.kind = .unspecified },
    ])
    func identifiers(row: RuleRow) { #expect(RequestRules.code(row.posting()) == row.code) }

    /// Which kinds each caller may ask for.
    @Test(arguments: CoordinationV1.PostingKind.allCases.filter { $0 != .unspecified })
    func kinds(kind: CoordinationV1.PostingKind) {
        let services: Set<CoordinationV1.PostingKind> = [
            .reserve, .commit, .accrue, .order, .pay, .release, .reverse, .return,
        ]
        let ledger: Set<CoordinationV1.PostingKind> = [.reserve, .commit, .release, .expire, .carryOver]
        func code(_ caller: DocumentOwner?, own: Bool = false) -> PostingCode? {
            let row = RuleRow("", nil) {
                $0.caller = caller
                $0.isOwnAct = own
            }
            return RequestRules.code(row.posting(kind))
        }
        #expect(code(.people) == nil)
        #expect(code(.transfers) == (services.contains(kind) ? nil : .kindNotAllowed))
        #expect(code(.projects) == (services.contains(kind) ? nil : .kindNotAllowed))
        #expect(code(.coordination) == (ledger.contains(kind) ? nil : .kindNotAllowed))
        #expect(code(nil) == .kindNotAllowed)
        #expect(code(.coordination, own: true) == nil)
    }

    @Test(
        arguments: [
            ("run/", DocumentOwner.transfers), ("bank/", .transfers), ("instalment/", .projects),
            ("project/", .projects),
            ("agreement/", .coordination), ("year/", .coordination), ("expire/", .coordination), ("other/", nil),
            ("run", nil), ("runs/", nil), ("/run/", nil),
        ] as [(String, DocumentOwner?)])
    func reservedNames(prefix: String, owner: DocumentOwner?) {
        for caller in DocumentOwner.allCases {
            let row = RuleRow("", nil) {
                $0.posting.postingId = prefix + "1"
                $0.caller = caller
            }
            let isOthers = owner != nil && owner != caller
            #expect(RequestRules.code(row.posting()) == (isOthers ? .reservedId : nil), "\(caller)")
        }
    }

    @Test(arguments: [
        RuleRow("zero", .invalidAmount) { $0.posting.amountMinor = 0 },
        RuleRow("one", nil) { $0.posting.amountMinor = 1 },
        RuleRow("negative", .invalidAmount) { $0.posting.amountMinor = -1 },
        RuleRow("the largest", nil) { $0.posting.amountMinor = LedgerBounds.amount },
        RuleRow("one more", .invalidAmount) { $0.posting.amountMinor = LedgerBounds.amount + 1 },
        RuleRow("no currency", .invalidCurrency) { $0.posting.currency = "" },
        RuleRow("small letters", .invalidCurrency) { $0.posting.currency = "pen" },
        RuleRow("two letters", .invalidCurrency) { $0.posting.currency = "PE" },
        RuleRow("four letters", .invalidCurrency) { $0.posting.currency = "PENS" },
        RuleRow("a letter of another alphabet", .invalidCurrency) { $0.posting.currency = "PÉ" },
        RuleRow("before A and after Z", .invalidCurrency) { $0.posting.currency = "@[A" },
    ])
    func amountsAndCurrencies(row: RuleRow) { #expect(RequestRules.code(row.posting()) == row.code) }

    @Test func aReversalOfAllHasNoAmount() {
        let all = RuleRow("", nil) { $0.posting.amountMinor = 0 }
        let negative = RuleRow("", nil) { $0.posting.amountMinor = -1 }
        #expect(RequestRules.code(all.posting(.reverse)) == nil)
        #expect(RequestRules.code(negative.posting(.reverse)) == .invalidAmount)
    }

    @Test(arguments: [
        RuleRow("none", .invalidDocument) { $0.posting.document = "" },
        RuleRow("of 64", nil) { $0.posting.document = text(64) },
        RuleRow("of 65", .invalidDocument) { $0.posting.document = text(65) },
        RuleRow("source of 64", nil) { $0.posting.sourceDocument = text(64) },
        RuleRow("source of 65", .invalidDocument) { $0.posting.sourceDocument = text(65) },
        RuleRow("source is the document", .invalidDocument) { $0.posting.sourceDocument = "d" },
        RuleRow("a group in another mode", .invalidGroup) { $0.posting.group = "g" },
        RuleRow("a group", nil) { ($0.posting.group, $0.mode) = ("g", .perGroup) },
        RuleRow("a group of 64", nil) { ($0.posting.group, $0.mode) = (text(64), .perGroup) },
        RuleRow("a group of 65", .invalidGroup) { ($0.posting.group, $0.mode) = (text(65), .perGroup) },
        RuleRow("a target", .invalidTarget) { $0.posting.targetLine = "M" },
        RuleRow("a reversal of nothing", .invalidReversal) { $0.posting.reverses = "o" },
        RuleRow("a stage", .invalidStage) { $0.posting.stage = "reserved" },
        RuleRow("description of 240", nil) { $0.posting.description = text(240, "ñ") },
        RuleRow("description of 241", .invalidText) { $0.posting.description = text(241) },
        RuleRow("reason of 240", nil) { $0.posting.overrideReason = text(240) },
        RuleRow("reason of 241", .invalidText) { $0.posting.overrideReason = text(241) },
        RuleRow("control in the document", .invalidText) { $0.posting.document = "d\n" },
        RuleRow("control in the source", .invalidText) { $0.posting.sourceDocument = "s\n" },
        RuleRow("control in the description", .invalidText) { $0.posting.description = "a\tb" },
        RuleRow("control in the reason", .invalidText) { $0.posting.overrideReason = "a\u{7}" },
        RuleRow("control in the group", .invalidText) { ($0.posting.group, $0.mode) = ("g\u{0}", .perGroup) },
        RuleRow("today", nil) { $0.dates.asked = ruleToday },
        RuleRow("tomorrow", .invalidDate) { $0.dates.asked = ruleToday + 1 },
        RuleRow("original of today", nil) { $0.dates.original = ruleToday },
        RuleRow("original of tomorrow", .invalidDate) { $0.dates.original = ruleToday + 1 },
        RuleRow("original on its day", nil) { $0.dates = .init(asked: ruleToday - 1, original: ruleToday - 1) },
        RuleRow("original after its day", .invalidDate) { $0.dates = .init(asked: ruleToday - 1, original: ruleToday) },
        RuleRow("expires", nil) { $0.dates.expires = ruleToday },
        RuleRow("no date", .invalidDate) { $0.dates.isUnreadable = true },
    ])
    func aReservation(row: RuleRow) { #expect(RequestRules.code(row.posting()) == row.code) }

    /// Which documents, stages, targets and reversals each kind needs.
    @Test(arguments: CoordinationV1.PostingKind.allCases.filter { $0 != .unspecified })
    func whatEachKindNeeds(kind: CoordinationV1.PostingKind) {
        func code(_ change: @escaping @Sendable (inout PostingInHand) -> Void) -> PostingCode? {
            RequestRules.code(RuleRow("", nil, change).posting(kind))
        }
        let isTransfer = kind == .transfer || kind == .carryOver
        let needsDocument: Set<CoordinationV1.PostingKind> = [
            .reserve, .commit, .accrue, .order, .pay, .release, .expire, .return, .carryOver,
        ]
        #expect(code { $0.posting.document = "" } == (needsDocument.contains(kind) ? .invalidDocument : nil))
        #expect(code { $0.posting.sourceDocument = "s" } == (kind == .reserve ? nil : .invalidDocument))
        #expect(code { $0.posting.targetLine = isTransfer ? "" : "M" } == .invalidTarget)
        #expect(code { $0.posting.targetLine = isTransfer ? "L" : "" } == (isTransfer ? .invalidTarget : nil))
        #expect(code { $0.posting.reverses = kind == .reverse ? "" : "o" } == .invalidReversal)
        #expect(code { $0.places.isReversedTwice = true } == .invalidReversal)
        #expect(code { $0.dates.expires = ruleToday } == (kind == .reserve ? nil : .invalidDate))
        let stages: [String: Set<CoordinationV1.PostingKind>] = [
            "available": [.carryOver], "reserved": [.release, .carryOver], "committed": [.release, .carryOver],
            "accrued": [.release, .return, .carryOver], "ordered": [.release, .return, .carryOver],
            "paid": [.release, .return, .carryOver], "appropriated": [], "nothing": [],
        ]
        for (stage, kinds) in stages {
            #expect(code { $0.posting.stage = stage } == (kinds.contains(kind) ? nil : .invalidStage), "\(stage)")
        }
    }

    @Test func whatIsAvailableIsCarriedOverWithoutADocument() {
        let row = RuleRow("", nil) { ($0.posting.document, $0.posting.stage) = ("", "available") }
        #expect(RequestRules.code(row.posting(.carryOver)) == nil)
    }
}
