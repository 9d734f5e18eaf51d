import Contracts
import CoordinationDomain
import Vocabulary

/// What is wrong with a posting whatever the balances are, and what it moves.
extension LedgerModel {
    /// The posting's code before any balance is looked at, the remembered shortfall, and whether it was answered before.
    func judge(
        _ request: CoordinationV1.PostRequest, _ index: Int, _ owner: String
    ) -> (PostingCode?, Int64, Bool) {
        let posting = request.postings[index]
        if let code = malformed(request.postings, index, request.mode, owner) { return (code, 0, false) }
        if let known = stored[posting.postingId] {
            guard isSame(posting, known) else { return (.postingIdReused, 0, false) }
            return (known.code, known.shortfall, true)
        }
        return (refusedByState(posting, request.postings, owner), 0, false)
    }

    /// Who acts when the ledger itself does: on the documents of all, under whatever identifiers.
    static let ledger = "ledger"

    /// What kind of owner an actor is.
    static func owner(_ actor: String) -> String {
        switch actor {
        case "puente_transfers": "transfers"
        case "puente_projects": "projects"
        default: "people"
        }
    }

    /// Whose the names are that begin in some ways.
    private static func owner(ofName name: String) -> String? {
        let owners = [
            "run": "transfers", "bank": "transfers", "instalment": "projects", "project": "projects",
            "agreement": "coordination", "year": "coordination", "expire": "coordination",
        ]
        guard let slash = name.firstIndex(of: "/") else { return nil }
        return owners[String(name[..<slash])]
    }

    private func mayAsk(_ kind: CoordinationV1.PostingKind, _ owner: String) -> Bool {
        switch kind {
        case .appropriate, .cut, .transfer, .expire, .carryOver: owner == "people"
        case .reserve, .commit, .accrue, .order, .pay, .release, .reverse, .return: true
        case .unspecified: false
        }
    }

    private func malformed(
        _ batch: [CoordinationV1.Posting], _ index: Int, _ mode: CoordinationV1.PostMode, _ owner: String
    ) -> PostingCode? {
        let posting = batch[index]
        let stage = BudgetStage(name: posting.stage)?.rawValue
        let needsDocument: Set<CoordinationV1.PostingKind> = [
            .reserve, .commit, .accrue, .order, .pay, .release, .expire, .return,
        ]
        let hasTarget = posting.kind == .transfer || posting.kind == .carryOver
        let asked = Self.day(posting.businessDate)
        if posting.postingId.isEmpty || posting.postingId.count > 64 { return .invalidPostingId }
        if batch[..<index].contains(where: { $0.postingId == posting.postingId }) { return .postingIdRepeated }
        if posting.kind == .unspecified { return .invalidKind }
        if owner != Self.ledger {
            if !mayAsk(posting.kind, owner) { return .kindNotAllowed }
            if Self.owner(ofName: posting.postingId) ?? owner != owner { return .reservedId }
        }
        if posting.amountMinor < 0 || posting.amountMinor == 0 && posting.kind != .reverse
            || posting.amountMinor > LedgerBounds.amount
        {
            return .invalidAmount
        }
        if posting.currency.count != 3 || posting.currency != posting.currency.uppercased() { return .invalidCurrency }
        if needsDocument.contains(posting.kind) && posting.document.isEmpty
            || !posting.sourceDocument.isEmpty
                && (posting.kind != .reserve || posting.sourceDocument == posting.document)
            || posting.kind == .carryOver && posting.document.isEmpty && (stage ?? 0) > 1
        {
            return .invalidDocument
        }
        switch posting.kind {
        case .release where (stage ?? 1) == 1: return .invalidStage
        case .carryOver where stage == nil: return .invalidStage
        case .return where (stage ?? 1) < 4: return .invalidStage
        case .release, .carryOver, .return: break
        default: if !posting.stage.isEmpty { return .invalidStage }
        }
        if hasTarget != !posting.targetLine.isEmpty || hasTarget && posting.targetLine == posting.line {
            return .invalidTarget
        }
        if (posting.kind == .reverse) != !posting.reverses.isEmpty
            || !posting.reverses.isEmpty && batch[..<index].contains(where: { $0.reverses == posting.reverses })
        {
            return .invalidReversal
        }
        if mode != .perGroup && !posting.group.isEmpty { return .invalidGroup }
        if posting.description.count > 240 { return .invalidText }
        if let asked, asked > today { return .invalidDate }
        if let original = Self.day(posting.originalDate), original > asked ?? today { return .invalidDate }
        if !posting.expiresOn.isEmpty && posting.kind != .reserve { return .invalidDate }
        return nil
    }

    private func isSame(_ posting: CoordinationV1.Posting, _ known: Stored) -> Bool {
        guard known.code == .posted else { return posting == known.posting }
        var given = posting
        var before = known.posting
        if given.businessDate.isEmpty || Self.day(given.businessDate) == known.businessDate {
            given.businessDate = ""
            before.businessDate = ""
        }
        if given.kind == .reverse, given.amountMinor == 0, let original = stored[given.reverses] {
            given.amountMinor = original.amount
        }
        if before.kind == .reverse { before.amountMinor = known.amount }
        return given == before
    }

    private func refusedByState(
        _ posting: CoordinationV1.Posting, _ batch: [CoordinationV1.Posting], _ owner: String
    ) -> PostingCode? {
        guard let line = lines[posting.line] else { return .unknownLine }
        let target = lines[posting.targetLine]
        if !posting.targetLine.isEmpty && target == nil { return .unknownTarget }
        if posting.currency != line.currency { return .currencyMismatch }
        if let target, target.currency != line.currency { return .currencyMismatch }
        if posting.kind == .reverse, let code = reversalRefused(posting) { return code }
        if owner != Self.ledger,
            documents(of: posting).contains(where: { owners[$0] ?? Self.owner(ofName: $0) ?? owner != owner })
        {
            return .documentOfAnother
        }
        let year = years[line.year]!
        let targetYear = target.map { years[$0.year]! }
        if year.state == 3 && !goesOnWhenSealed(posting) || targetYear?.state == 3 { return .yearSealed }
        if year.state == 2 && (posting.kind == .appropriate || posting.kind == .reserve) { return .yearClosing }
        let date = Self.day(posting.businessDate) ?? today
        if let sealed = [year.sealedThrough, targetYear?.sealedThrough ?? nil].compactMap({ $0 }).max(), date <= sealed
        {
            return .dateSealed
        }
        if let code = misdated(posting, line, batch, owner) { return code }
        if posting.kind == .reserve && line.skipsReserved || posting.kind == .order && line.skipsOrdered {
            return .stageNotUsed
        }
        if owner != Self.ledger, let code = boundByAgreement(posting, batch) { return code }
        let expires = line.holds[posting.document]?.expires
        if posting.kind == .commit, let expires, expires < date { return .holdExpired }
        if posting.kind == .expire, year.state == 1, expires.map({ $0 >= date }) ?? true { return .holdNotExpired }
        return nil
    }

    /// The documents that a posting takes from or gives to.
    private func documents(of posting: CoordinationV1.Posting) -> [String] {
        switch posting.kind {
        case .unspecified, .appropriate, .cut, .transfer: return []
        case .carryOver: return posting.stage == "available" ? [] : [posting.document]
        case .reverse:
            // What was drawn on an agreement goes back to it.
            let legs = stored[posting.reverses]!.legs
            let given = legs.count == 2 && legs[0].document.hasPrefix("agreement/") ? legs.dropFirst() : legs[...]
            return given.filter { max($0.from, $0.to) > 1 }.map(\.document)
        case .reserve, .commit, .accrue, .order, .pay, .release, .expire, .return:
            let source = posting.sourceDocument
            return [posting.document] + (source.isEmpty || source.hasPrefix("agreement/") ? [] : [source])
        }
    }

    /// Whether an agreement keeps the posting from its money, or a suspended one from its documents. Nobody looks at agreements
    /// when none of the batch's lines has any.
    private func boundByAgreement(
        _ posting: CoordinationV1.Posting, _ batch: [CoordinationV1.Posting]
    ) -> PostingCode? {
        let touched = batch.flatMap { posting in
            [posting.line, posting.targetLine]
                + (posting.reverses.isEmpty ? [] : stored[posting.reverses]?.legs.map(\.line) ?? [])
        }
        guard touched.contains(where: { earmarks[$0]?.isEmpty == false }) else { return nil }
        let mine = (earmarks[posting.line] ?? []).filter { posting.document.hasPrefix($0.prefix) }
        let draws = posting.sourceDocument.hasPrefix("agreement/")
        if draws, !mine.contains(where: { "agreement/\($0.agreement)" == posting.sourceDocument }) { return .earmarked }
        let isSuspended = mine.contains { $0.isSuspended }
        return (draws || posting.kind == .commit) && isSuspended ? .agreementSuspended : nil
    }

    /// Why a day that is given cannot be the posting's: it lies outside the year, or before the line had money.
    private func misdated(
        _ posting: CoordinationV1.Posting, _ line: Line, _ batch: [CoordinationV1.Posting], _ owner: String
    ) -> PostingCode? {
        guard let asked = CalendarDate(iso8601: posting.businessDate) else { return nil }
        if owner != Self.ledger, posting.originalDate.isEmpty,
            asked.year < line.year || asked.year > line.year && !goesOnWhenSealed(posting)
        {
            return .outsideYear
        }
        let given = batch.filter { $0.kind == .appropriate && $0.line == posting.line }.map {
            Self.day($0.businessDate) ?? today
        }
        guard let first = (given + [firstMoney[posting.line]].compactMap(\.self)).min(), posting.kind != .appropriate
        else { return nil }
        return asked.daysSinceEpoch2000 < min(first, today) ? .beforeMoney : nil
    }

    /// What stayed payable is ordered and paid after the year; what the bank returns leaves it.
    private func goesOnWhenSealed(_ posting: CoordinationV1.Posting) -> Bool {
        switch posting.kind {
        case .order, .pay, .return: true
        case .release: ["accrued", "ordered"].contains(posting.stage)
        case .reverse: [.order, .pay, .return].contains(stored[posting.reverses]?.posting.kind)
        case .unspecified, .appropriate, .cut, .reserve, .commit, .accrue, .transfer, .expire, .carryOver: false
        }
    }

    private func reversalRefused(_ posting: CoordinationV1.Posting) -> PostingCode? {
        guard let original = stored[posting.reverses], original.code == .posted else { return .unknownPosting }
        if !original.legs.contains(where: { $0.line == posting.line }) { return .otherLine }
        if original.posting.kind == .reverse { return .notReversible }
        if reversed.contains(posting.reverses) { return .alreadyReversed }
        if posting.amountMinor > original.amount { return .exceedsPosting }
        return nil
    }

    /// What the posting moves, in order.
    func legs(of posting: CoordinationV1.Posting) -> [Leg] {
        let line = lines[posting.line]!
        func leg(_ from: Int, _ to: Int) -> Leg {
            Leg(line: posting.line, document: posting.document, from: from, to: to)
        }
        switch posting.kind {
        case .unspecified: return []
        case .appropriate: return [leg(0, 1)]
        case .cut: return [leg(1, 0)]
        case .reserve where !posting.sourceDocument.isEmpty:
            return [Leg(line: posting.line, document: posting.sourceDocument, from: 2, to: 1), leg(1, 2)]
        case .reserve: return [leg(1, 2)]
        case .commit: return line.skipsReserved ? [leg(1, 2), leg(2, 3)] : [leg(2, 3)]
        case .accrue: return [leg(3, 4)]
        case .order: return [leg(4, 5)]
        case .pay: return line.skipsOrdered ? [leg(4, 5), leg(5, 6)] : [leg(5, 6)]
        case .release: return [leg(Int(BudgetStage(name: posting.stage)!.rawValue), 1)]
        case .expire: return [leg(2, 1)]
        case .return:
            return [leg(Int(BudgetStage(name: posting.stage)!.rawValue), years[line.year]!.state == 1 ? 1 : 0)]
        case .reverse:
            return stored[posting.reverses]!.legs.reversed().map {
                Leg(line: $0.line, document: $0.document, from: $0.to, to: $0.from)
            }
        case .transfer, .carryOver:
            let stage = posting.kind == .transfer ? 1 : Int(BudgetStage(name: posting.stage)!.rawValue)
            return [
                leg(stage, 0), Leg(line: posting.targetLine, document: posting.document, from: 0, to: stage),
            ]
        }
    }

    /// What each leg moves; a reversal without an amount moves all.
    func amount(of posting: CoordinationV1.Posting) -> Int64 {
        posting.kind == .reverse && posting.amountMinor == 0 ? stored[posting.reverses]!.amount : posting.amountMinor
    }
}
