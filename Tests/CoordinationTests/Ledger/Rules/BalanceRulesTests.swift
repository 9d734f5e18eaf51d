import Contracts
import CoordinationDomain
import Testing

/// A line with something available, one document that holds something of each stage, and perhaps a limit.
private struct Scene {
    var control = LedgerControl.absolute
    var available: Int64 = 100
    var appropriated: Int64 = 100
    var held: [Int64] = [50, 40, 30, 20, 10]
    var limitLeaves: Int64?

    func judge(
        _ postings: [CoordinationV1.Posting], _ mode: CoordinationV1.PostMode = .continue, remembers: Bool = false
    ) throws -> LedgerJudgement {
        let batch = LedgerBatch(postings, mode: mode, remembersRefusals: remembers, caller: .people)
        var state = LedgerState(today: ruleToday)
        for (place, _) in batch.names.lines.enumerated() {
            let id = Int32(place + 1)
            state.lines.append(LedgerLine(id: id, currency: "PEN", year: LedgerYear(2024)))
            state.accounts.addLine(id: id, control: control, appropriated: appropriated, available: available)
        }
        state.documents = batch.names.documents
        state.owners = state.documents.map { _ in .people }
        state.lastDays = batch.names.holdLines.map { _ in nil }
        state.accounts.addHolds(batch.names.holdLines.count)
        for hold in batch.names.holdLines.indices { state.accounts.setHold(Int32(hold), held) }
        if let limitLeaves {
            state.accounts.addLimit(left: limitLeaves, lines: batch.names.lines.indices.map { Int32($0) })
        }
        return try batch.judge(state)
    }
}

private func posting(
    _ id: String, _ kind: CoordinationV1.PostingKind, _ amount: Int64, stage: String = "", group: String = "",
    reason: String = "", line: String = "L", target: String = "", source: String = ""
) -> CoordinationV1.Posting {
    .init(
        postingId: id, kind: kind, line: line, amountMinor: amount, document: kind == .appropriate ? "" : "d",
        stage: stage, group: group, targetLine: target, sourceDocument: source, overrideReason: reason,
        currency: "PEN")
}

private func answers(_ judgement: LedgerJudgement) -> [String] {
    judgement.answers.map { "\($0.code?.rawValue ?? "") \($0.shortfall)" }
}

/// Classes 9 and 10: what accounts have, and what hangs together.
@Suite struct BalanceRulesTests {
    /// Each account has as much as is asked, or one less.
    @Test(arguments: [
        (posting("a", .cut, 100), "insufficient_available"), (posting("a", .reserve, 100), "insufficient_available"),
        (posting("a", .transfer, 100, target: "M"), "insufficient_available"),
        (posting("a", .commit, 50), "insufficient_reserved"),
        (posting("a", .reserve, 50, source: "s"), "insufficient_reserved"),
        (posting("a", .release, 50, stage: "reserved"), "insufficient_reserved"),
        (posting("a", .accrue, 40), "insufficient_committed"), (posting("a", .order, 30), "insufficient_accrued"),
        (posting("a", .pay, 20), "insufficient_ordered"),
        (posting("a", .return, 10, stage: "paid"), "insufficient_paid"),
        (posting("a", .carryOver, 50, stage: "reserved", target: "M"), "insufficient_reserved"),
    ])
    func anAccountIsTakenFromAsFarAsItGoes(asked: CoordinationV1.Posting, code: String) throws {
        #expect(try answers(Scene().judge([asked])) == ["posted 0"])
        var more = asked
        more.amountMinor += 1
        #expect(try answers(Scene().judge([more])) == ["\(code) 1"])
        more.amountMinor = LedgerBounds.amount
        #expect(
            try answers(Scene().judge([more])) == ["\(code) \(LedgerBounds.amount - asked.amountMinor)"])
    }

    @Test func aLineIsGivenAsMuchAsItMayHold() throws {
        let scene = Scene(appropriated: LedgerBounds.line - 5)
        #expect(try answers(scene.judge([posting("a", .appropriate, 5)])) == ["posted 0"])
        #expect(try answers(scene.judge([posting("a", .appropriate, 6)])) == ["line_bound_exceeded 1"])
        let cutFirst = [posting("a", .cut, 3), posting("b", .appropriate, 8)]
        #expect(try answers(scene.judge(cutFirst, .atomic)) == ["posted 0", "posted 0"])
    }

    @Test func controlSaysWhoMayOverdraw() throws {
        let (asked, excused) = (posting("a", .reserve, 101), posting("a", .reserve, 101, reason: "flood"))
        #expect(try answers(Scene(control: .absolute).judge([excused])) == ["insufficient_available 1"])
        #expect(try answers(Scene(control: .advisory).judge([asked])) == ["override_required 1"])
        #expect(try answers(Scene(control: .advisory).judge([excused])) == ["posted 0"])
        #expect(try answers(Scene(control: .none).judge([asked])) == ["posted 0"])
        // What a document does not hold nobody overdraws.
        #expect(try answers(Scene(control: .none).judge([posting("a", .commit, 51)])) == ["insufficient_reserved 1"])
        // Who is overdrawn already lacks what is asked and no more.
        let overdrawn = Scene(control: .advisory, available: -7)
        #expect(try answers(overdrawn.judge([posting("a", .reserve, 5)])) == ["override_required 5"])
    }

    @Test func aLimitCountsWhatIsReserved() throws {
        let scene = Scene(limitLeaves: 60)
        #expect(try answers(scene.judge([posting("a", .reserve, 60)])) == ["posted 0"])
        #expect(try answers(scene.judge([posting("a", .reserve, 61)])) == ["limit_exceeded 1"])
        // What moves between later stages does not count; what is given back does; what lacks both says the earlier code.
        let released = [posting("a", .release, 50, stage: "reserved"), posting("b", .reserve, 110)]
        #expect(try answers(scene.judge(released)) == ["posted 0", "posted 0"])
        #expect(try answers(Scene(limitLeaves: 0).judge([posting("a", .commit, 50)])) == ["posted 0"])
        #expect(try answers(scene.judge([posting("a", .reserve, 161)])) == ["insufficient_available 61"])
    }

    @Test func everyPostingOfAGroupIsChargedSoThatShortfallsAddUp() throws {
        let three = [posting("a", .reserve, 80), posting("b", .reserve, 80), posting("c", .reserve, 80)]
        let atomic = try Scene().judge(three, .atomic)
        #expect(answers(atomic) == ["group_refused 0", "insufficient_available 60", "insufficient_available 80"])
        #expect(atomic.moves.isEmpty && atomic.remembered.isEmpty)
        #expect(try Scene().judge(three, .atomic, remembers: true).remembered == [0, 1, 2])
        let alone = try Scene().judge(three)
        #expect(answers(alone) == ["posted 0", "insufficient_available 60", "insufficient_available 60"])
        #expect(alone.remembered == [1, 2] && alone.moves.map(\.posting) == [0])
    }

    @Test func groupsAreSettledInTheOrderOfTheirFirst() throws {
        let mixed = [
            posting("a", .reserve, 60, group: "g"), posting("b", .reserve, 50), posting("c", .reserve, 60, group: "g"),
            posting("d", .reserve, 50, group: "h"), posting("e", .reserve, 1, group: "h"),
        ]
        #expect(
            try answers(Scene().judge(mixed, .perGroup)) == [
                "group_refused 0", "posted 0", "insufficient_available 20", "group_refused 0",
                "insufficient_available 1",
            ])
    }

    @Test func aPostingThatARuleRefusesTakesItsGroupWithIt() throws {
        let pair = [
            posting("a", .reserve, 999, group: "g"), posting("b", .reserve, 0, group: "g"), posting("c", .pay, 1),
        ]
        #expect(
            try answers(Scene().judge(pair, .perGroup)) == [
                "insufficient_available 899", "invalid_amount 0", "posted 0",
            ])
        #expect(try Scene().judge(pair, .perGroup).remembered == [0])
    }

    @Test func sumsThatNobodyCanCountAreAnError() {
        let many = (0..<10_000).map { posting("p\($0)", .reserve, LedgerBounds.amount) }
        #expect(throws: LedgerSumError()) { try Scene(control: .none).judge(many, .atomic) }
    }

    @Test func documentsAreOpenedOnce() throws {
        let batch = LedgerBatch(
            [posting("a", .reserve, 1), posting("b", .reserve, 1), posting("c", .pay, 1)], mode: .atomic,
            caller: .people)
        var state = LedgerState(today: ruleToday)
        state.lines = [LedgerLine(id: 1, currency: "PEN", year: LedgerYear(2024))]
        state.accounts.addLine(id: 1, available: 9)
        state.accounts.addHolds(1)
        state.accounts.setHold(0, [0, 0, 0, 1, 0])
        (state.documents, state.owners, state.lastDays) = (["d"], [nil], [nil])
        #expect(try batch.judge(state).opened == [0])
        state.owners = [.people]
        #expect(try batch.judge(state).opened == [])
    }
}
