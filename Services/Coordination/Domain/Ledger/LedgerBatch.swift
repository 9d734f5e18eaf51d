import Contracts

/// A batch of postings, and how it is judged: pure of what is asked for and what the ledger holds.
public struct LedgerBatch: Sendable {
    /// What is asked for.
    public let postings: [CoordinationV1.Posting]
    /// All or nothing, each posting alone, or each group all or nothing.
    public let mode: CoordinationV1.PostMode
    /// Whether refusals are remembered when nothing is posted at all.
    public let remembersRefusals: Bool
    /// Who asks; nil for a service that has no business with the ledger.
    public let caller: DocumentOwner?
    /// Whether it is an act of the ledger itself, on whosever documents.
    public let isOwnAct: Bool
    /// The names that it says.
    public internal(set) var names: BatchNames

    /// A batch.
    public init(
        _ postings: [CoordinationV1.Posting], mode: CoordinationV1.PostMode, remembersRefusals: Bool = false,
        caller: DocumentOwner?, isOwnAct: Bool = false
    ) {
        self.postings = postings
        self.mode = mode
        self.remembersRefusals = remembersRefusals
        self.caller = isOwnAct ? .coordination : caller
        self.isOwnAct = isOwnAct
        names = BatchNames(postings)
    }

    /// Judges every posting: first what the rules say of each alone, then, group by group, whether the accounts have what
    /// is asked of them. Groups are settled in the order of their first posting. Within a group every posting is charged
    /// even after one fell short, so that the shortfalls of a line add up to all that it lacks.
    public func judge(_ state: LedgerState) throws(LedgerSumError) -> LedgerJudgement {
        var judgement = LedgerJudgement(count: postings.count)
        var names = names
        names.keepGiven(postings, today: state.today)
        for index in postings.indices {
            let it = inHand(index, state, names)
            switch PostingRules.verdict(it) {
            case .refused(let code): judgement.answers[index].code = code
            case .answered(let code, let shortfall):
                judgement.answers[index] = .init(code: code, shortfall: shortfall, isReplayed: true)
            case .open: judgement.add(it, index)
            }
        }
        judgement.closeMoves()
        var accounts = state.accounts
        switch mode {
        case .unspecified, .atomic: try settle(postings.indices, &judgement, &accounts)
        case .continue: for index in postings.indices { try settle(CollectionOfOne(index), &judgement, &accounts) }
        case .perGroup: for group in groups() { try settle(group, &judgement, &accounts) }
        }
        judgement.finish(remembers: remembersRefusals || mode == .continue || mode == .perGroup, postings, state)
        return judgement
    }

    /// Charges a group's postings, and takes all back where one of the group is refused. Class 10: `group_refused`.
    private func settle(
        _ group: some Collection<Int>, _ judgement: inout LedgerJudgement, _ accounts: inout LedgerAccounts
    ) throws(LedgerSumError) {
        var isRefused = false
        for index in group {
            if let code = judgement.answers[index].code {
                isRefused = isRefused || code != .posted
                continue
            }
            var shortage: Shortage?
            for move in judgement.moves(of: index) {
                try accounts.charge(
                    move.amount, move.move, isOverridden: !postings[index].overrideReason.isEmpty, &shortage)
            }
            judgement.answers[index].shortage = shortage
            isRefused = isRefused || shortage != nil
        }
        for index in group where judgement.answers[index].code == nil {
            guard isRefused else {
                judgement.answers[index].code = .posted
                continue
            }
            for move in judgement.moves(of: index) { try accounts.undo(move.amount, move.move) }
            judgement.answers[index].code = judgement.answers[index].shortage?.code ?? .groupRefused
            judgement.answers[index].shortfall = judgement.answers[index].shortage?.amount ?? 0
        }
    }

    /// The postings that hang together, in the order of the first of each.
    private func groups() -> [[Int]] {
        var places: [String: Int] = [:]
        var groups: [[Int]] = []
        for index in postings.indices {
            let name = postings[index].group
            if !name.isEmpty, let place = places[name] {
                groups[place].append(index)
            } else {
                if !name.isEmpty { places[name] = groups.count }
                groups.append([index])
            }
        }
        return groups
    }

    /// A posting with what was read of the names that it says.
    private func inHand(_ index: Int, _ state: LedgerState, _ names: BatchNames) -> PostingInHand {
        var it = PostingInHand(postings[index], caller: caller, today: state.today)
        let places = names.places[index]
        it.isOwnAct = isOwnAct
        it.mode = mode
        it.places = places
        it.batchHasEarmarks = state.hasEarmarks
        it.line = state.lines[Int(places.line)]
        if places.target >= 0 { it.target = state.lines[Int(places.target)] }
        if places.document >= 0 {
            it.documentOwner = state.owners[Int(places.document)]
            it.lastDay = state.lastDays[Int(places.hold)]
        }
        if places.source >= 0 { it.sourceOwner = state.owners[Int(places.source)] }
        if !names.dates.isEmpty { it.dates = names.dates[index] }
        if !names.given.isEmpty { it.givenSince = names.given[Int(places.line)] }
        if !state.answers.isEmpty { it.earlier = state.answers[postings[index].postingId] }
        if places.original >= 0, let original = state.originals[Int(places.original)] {
            it.original = original
            it.originalOwners = state.owners(of: original)
        }
        return it
    }
}

extension LedgerState {
    /// Whose the documents are that a reversal touches. What was drawn on an agreement is given back to it by those who
    /// drew.
    func owners(of original: OriginalPosting) -> [DocumentOwner] {
        [original.first, original.second].compactMap { move in
            guard let move, move.document >= 0, max(move.from, move.to) > .available else { return nil }
            let document = documents[Int(move.document)]
            let isDrawnOn = original.second != nil && move == original.first && document.hasPrefix("agreement/")
            return isDrawnOn ? nil : owners[Int(move.document)] ?? DocumentOwner(ofName: document)
        }
    }
}
