import Contracts
import CoordinationDomain
import Testing

private let before = PostedBefore(
    kind: .reserve, amount: 1, dates: .init(asked: 7), first: .init(line: 1, document: "d", from: .available))

private let earmarks = [
    LedgerEarmark(document: "agreement/a", prefix: "HW-"),
    LedgerEarmark(document: "agreement/b", prefix: "S-", isSuspended: true),
]

/// Lets a posting draw on an agreement, or not, of a line with two earmarks.
private func draw(_ it: inout PostingInHand, _ document: String, _ source: String) {
    it.batchHasEarmarks = true
    it.line?.earmarks = earmarks
    (it.posting.document, it.posting.sourceDocument) = (document, source)
}

/// Classes 2 to 8, one table each, in their order.
@Suite struct StateRulesTests {
    @Test(arguments: [
        RuleRow("not known", nil) { _ in },
        RuleRow("the same", nil) { $0.earlier = .posted(before) },
        RuleRow("the same day", nil) { ($0.earlier, $0.dates.asked) = (.posted(before), 7) },
        RuleRow("another day", .postingIdReused) { ($0.earlier, $0.dates.asked) = (.posted(before), 8) },
        RuleRow("another amount", .postingIdReused) { ($0.earlier, $0.posting.amountMinor) = (.posted(before), 2) },
        RuleRow("another document", .postingIdReused) { ($0.earlier, $0.posting.document) = (.posted(before), "e") },
        RuleRow("another line", .postingIdReused) {
            $0.earlier = .posted(before)
            $0.line?.id = 3
        },
        RuleRow("no line", .postingIdReused) { ($0.earlier, $0.line) = (.posted(before), nil) },
        RuleRow("another currency", .postingIdReused) { ($0.earlier, $0.posting.currency) = (.posted(before), "USD") },
        RuleRow("another text", .postingIdReused) { ($0.earlier, $0.posting.description) = (.posted(before), "x") },
        RuleRow("another reason", .postingIdReused) {
            ($0.earlier, $0.posting.overrideReason) = (.posted(before), "x")
        },
        RuleRow("another source", .postingIdReused) {
            ($0.earlier, $0.posting.sourceDocument) = (.posted(before), "s")
        },
        RuleRow("an original day", .postingIdReused) { ($0.earlier, $0.dates.original) = (.posted(before), 7) },
        RuleRow("a last day", .postingIdReused) { ($0.earlier, $0.dates.expires) = (.posted(before), 7) },
        RuleRow("drawn from its own name", .postingIdReused) {
            var drawn = before
            drawn.second = .init(line: 1, document: "e", from: .available)
            $0.earlier = .posted(drawn)
        },
    ])
    func class2(row: RuleRow) { #expect(ReuseRule.code(row.posting()) == row.code) }

    @Test func class2AndClass3OfRefusals() {
        for (change, isSame) in [(Int64(0), true), (1, false)] {
            let row = RuleRow("", nil) {
                var asked = $0.posting
                asked.amountMinor += change
                $0.earlier = .refused(.init(code: .unknownLine, shortfall: 3, posting: asked, dates: .init()))
            }
            #expect(ReuseRule.code(row.posting()) == (isSame ? nil : .postingIdReused))
            let answer = ReplayRule.answer(row.posting())
            #expect(answer?.code == .unknownLine && answer?.shortfall == 3)
        }
        let posted = ReplayRule.answer(RuleRow("", nil) { $0.earlier = .posted(before) }.posting())
        #expect(posted?.code == .posted && posted?.shortfall == 0)
        #expect(ReplayRule.answer(RuleRow("", nil) { _ in }.posting()) == nil)
    }

    @Test(arguments: [
        RuleRow("known", nil) { _ in },
        RuleRow("no line", .unknownLine) { ($0.line, $0.target) = (nil, nil) },
        RuleRow("no target", .unknownTarget) { $0.target = nil },
        RuleRow("another currency", .currencyMismatch) { $0.posting.currency = "USD" },
        RuleRow("the target's is another", .currencyMismatch) { $0.target?.currency = "USD" },
    ])
    func class4(row: RuleRow) { #expect(LineRules.code(row.posting(.transfer)) == row.code) }

    @Test(arguments: [
        RuleRow("all", nil) { $0.posting.amountMinor = 0 },
        RuleRow("as much", nil) { $0.posting.amountMinor = 10 },
        RuleRow("more", .exceedsPosting) { $0.posting.amountMinor = 11 },
        RuleRow("unknown", .unknownPosting) { $0.original = nil },
        RuleRow("another line", .otherLine) { $0.places.line = 1 },
        RuleRow("its second line", nil) {
            $0.places.line = 1
            $0.original?.second = .init(line: 1, document: 0, hold: 1, from: .source, to: .available)
        },
        RuleRow("a reversal", .notReversible) { $0.original = original(.reverse, 10) },
        RuleRow("reversed", .alreadyReversed) { $0.original = original(.reserve, 10, isReversed: true) },
        RuleRow("reversed and more", .alreadyReversed) {
            $0.original = original(.reserve, 10, isReversed: true)
            $0.posting.amountMinor = 11
        },
    ])
    func class5(row: RuleRow) { #expect(ReversalRules.code(row.posting(.reverse)) == row.code) }

    /// Whoever opened a document, or whose its name is, is the only one who posts on it.
    @Test(arguments: CoordinationV1.PostingKind.allCases.filter { $0 != .unspecified }, DocumentOwner.allCases)
    func class6(kind: CoordinationV1.PostingKind, owner: DocumentOwner) {
        let free: Set<CoordinationV1.PostingKind> = [.appropriate, .cut, .transfer]
        for caller in DocumentOwner.allCases {
            let opened = RuleRow("", nil) {
                $0.caller = caller
                $0.documentOwner = owner
                $0.originalOwners = [caller, owner]
            }
            let expected: PostingCode? = free.contains(kind) || caller == owner ? nil : .documentOfAnother
            #expect(OwnerRule.code(opened.posting(kind)) == expected, "\(caller)")
            let own = RuleRow("", nil) {
                opened.change(&$0)
                $0.isOwnAct = true
            }
            #expect(OwnerRule.code(own.posting(kind)) == nil)
        }
    }

    @Test(arguments: [
        RuleRow("a name of nobody's", nil) { _ in },
        RuleRow("a run's name", .documentOfAnother) { $0.posting.document = "run/1" },
        RuleRow("a run's name that a person opened before", nil) {
            ($0.posting.document, $0.documentOwner) = ("run/1", .people)
        },
        RuleRow("draws on another's", .documentOfAnother) {
            ($0.posting.sourceDocument, $0.sourceOwner) = ("s", .transfers)
        },
        RuleRow("draws on its own", nil) { ($0.posting.sourceDocument, $0.sourceOwner) = ("s", .people) },
        RuleRow("draws on an agreement", nil) {
            ($0.posting.sourceDocument, $0.sourceOwner) = ("agreement/a", .coordination)
        },
        RuleRow("reserves for an agreement", .documentOfAnother) { $0.posting.document = "agreement/a" },
    ])
    func class6Names(row: RuleRow) { #expect(OwnerRule.code(row.posting()) == row.code) }

    @Test(arguments: [
        RuleRow("open", nil) { _ in },
        RuleRow("closing", .yearClosing) { $0.line?.year.state = .closing },
        RuleRow("sealed", .yearSealed) { $0.line?.year.state = .sealed },
        RuleRow("today is sealed", .dateSealed) { $0.line?.year.sealedThrough = ruleToday },
        RuleRow("yesterday is sealed", nil) { $0.line?.year.sealedThrough = ruleToday - 1 },
        RuleRow("dated on the sealed day", .dateSealed) {
            $0.line?.year.sealedThrough = ruleToday - 5
            $0.dates.asked = ruleToday - 5
        },
        RuleRow("dated after it", nil) {
            $0.line?.year.sealedThrough = ruleToday - 5
            $0.dates.asked = ruleToday - 4
        },
        RuleRow("first day", nil) { $0.dates.asked = firstOf2024 },
        RuleRow("day before", .outsideYear) { $0.dates.asked = firstOf2024 - 1 },
        RuleRow("day before, corrected", nil) { $0.dates = .init(asked: firstOf2024 - 1, original: firstOf2024 - 1) },
        RuleRow("day before, the ledger's act", nil) { ($0.dates.asked, $0.isOwnAct) = (firstOf2024 - 1, true) },
        RuleRow("last day", nil) { ($0.today, $0.dates.asked) = (lastOf2024 + 9, lastOf2024) },
        RuleRow("day after", .outsideYear) { ($0.today, $0.dates.asked) = (lastOf2024 + 9, lastOf2024 + 1) },
        RuleRow("on the first money's day", nil) {
            $0.line?.firstMoney = 8900
            $0.dates.asked = 8900
        },
        RuleRow("before it", .beforeMoney) {
            $0.line?.firstMoney = 8900
            $0.dates.asked = 8899
        },
        RuleRow("before it, the batch gives", nil) {
            $0.line?.firstMoney = 8900
            $0.givenSince = 8899
            $0.dates.asked = 8899
        },
        RuleRow("before what the batch gives", .beforeMoney) { ($0.givenSince, $0.dates.asked) = (8900, 8899) },
        RuleRow("today, whenever there was money", nil) { ($0.givenSince, $0.dates.asked) = (.max - 1, ruleToday) },
        RuleRow("no reservations", .stageNotUsed) { $0.line?.skipsReserved = true },
    ])
    func class7(row: RuleRow) { #expect(DayRules.code(row.posting()) == row.code) }

    /// What stays payable goes on when its year is sealed, and on days after it.
    @Test(arguments: CoordinationV1.PostingKind.allCases.filter { $0 != .unspecified })
    func class7WhatGoesOn(kind: CoordinationV1.PostingKind) {
        let goesOn = [.order, .pay, .return].contains(kind)
        let sealed = RuleRow("", nil) { $0.line?.year.state = .sealed }
        #expect(DayRules.code(sealed.posting(kind)) == (goesOn ? nil : .yearSealed))
        let after = RuleRow("", nil) { ($0.today, $0.dates.asked) = (lastOf2024 + 9, lastOf2024 + 1) }
        #expect(DayRules.code(after.posting(kind)) == (goesOn ? nil : .outsideYear))
        for stage in ["reserved", "committed", "accrued", "ordered", "paid"] where kind == .release {
            let row = RuleRow("", nil) {
                $0.line?.year.state = .sealed
                $0.posting.stage = stage
            }
            let isPayable = stage == "accrued" || stage == "ordered"
            #expect(DayRules.code(row.posting(kind)) == (isPayable ? nil : .yearSealed))
        }
        let reversal = RuleRow("", nil) {
            $0.line?.year.state = .sealed
            $0.original = original(kind, 1)
        }
        #expect(DayRules.code(reversal.posting(.reverse)) == (goesOn ? nil : .yearSealed))
    }

    @Test func class7OfTheTarget() {
        let sealed = RuleRow("", nil) { $0.target?.year.state = .sealed }
        #expect(DayRules.code(sealed.posting(.transfer)) == .yearSealed)
        let closing = RuleRow("", nil) { $0.target?.year.state = .closing }
        #expect(DayRules.code(closing.posting(.transfer)) == nil)
        let days = RuleRow("", nil) { $0.target?.year.sealedThrough = ruleToday }
        #expect(DayRules.code(days.posting(.transfer)) == .dateSealed)
    }

    @Test(arguments: [
        RuleRow("no earmark in the batch", nil) { $0.posting.sourceDocument = "agreement/z" },
        RuleRow("draws as it may", nil) { draw(&$0, "HW-1", "agreement/a") },
        RuleRow("another prefix", .earmarked) { draw(&$0, "HX-1", "agreement/a") },
        RuleRow("shorter than the prefix", .earmarked) { draw(&$0, "HW", "agreement/a") },
        RuleRow("the prefix itself", nil) { draw(&$0, "HW-", "agreement/a") },
        RuleRow("another agreement", .earmarked) { draw(&$0, "HW-1", "agreement/b") },
        RuleRow("none that there is", .earmarked) { draw(&$0, "HW-1", "agreement/z") },
        RuleRow("suspended", .agreementSuspended) { draw(&$0, "S-1", "agreement/b") },
        RuleRow("suspended, the ledger's act", nil) {
            draw(&$0, "S-1", "agreement/b")
            $0.isOwnAct = true
        },
        RuleRow("other money of a suspended agreement's document", nil) { draw(&$0, "S-1", "") },
    ])
    func class8Earmarks(row: RuleRow) { #expect(HoldRules.code(row.posting()) == row.code) }

    @Test(arguments: [
        RuleRow("no last day", nil) { _ in },
        RuleRow("last day", nil) { $0.lastDay = ruleToday },
        RuleRow("day after", .holdExpired) { $0.lastDay = ruleToday - 1 },
        RuleRow("dated on the last day", nil) { ($0.lastDay, $0.dates.asked) = (ruleToday - 1, ruleToday - 1) },
        RuleRow("suspended", .agreementSuspended) { draw(&$0, "S-1", "") },
        RuleRow("suspended and expired", .agreementSuspended) {
            draw(&$0, "S-1", "")
            $0.lastDay = ruleToday - 1
        },
    ])
    func class8Commitments(row: RuleRow) { #expect(HoldRules.code(row.posting(.commit)) == row.code) }

    @Test(arguments: [
        RuleRow("no last day", .holdNotExpired) { _ in },
        RuleRow("last day", .holdNotExpired) { $0.lastDay = ruleToday },
        RuleRow("day after", nil) { $0.lastDay = ruleToday - 1 },
        RuleRow("in a closing year", nil) { $0.line?.year.state = .closing },
    ])
    func class8Expiry(row: RuleRow) { #expect(HoldRules.code(row.posting(.expire)) == row.code) }
}
