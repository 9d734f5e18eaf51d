import Contracts

/// From which account to which a transfer moves money.
public struct LedgerMove: Sendable, Equatable {
    /// The line's place in a `LedgerState`.
    public var line: Int32
    /// The document's place; -1 where there is none.
    public var document: Int32
    /// The place of what the document holds of the line; -1 where there is no document.
    public var hold: Int32
    /// The account that gives.
    public var from: BudgetStage
    /// The account that receives.
    public var to: BudgetStage

    /// A move.
    public init(line: Int32, document: Int32, hold: Int32, from: BudgetStage, to: BudgetStage) {
        self.line = line
        self.document = document
        self.hold = hold
        self.from = from
        self.to = to
    }

    /// The move that undoes it.
    var undone: LedgerMove { .init(line: line, document: document, hold: hold, from: to, to: from) }
}

/// What a posting moves: once, or twice where it goes between lines or documents, or through a stage that its scheme
/// does without.
public struct LedgerMoves: Sendable, Equatable {
    /// What it moves first.
    public var first: LedgerMove
    /// What it moves after that.
    public var second: LedgerMove?

    init(_ first: LedgerMove, _ second: LedgerMove? = nil) {
        self.first = first
        self.second = second
    }

    /// The moves of a posting that no rule refuses; nil for one without a line or without what it reverses.
    public init?(of it: PostingInHand) {
        guard let line = it.line else { return nil }
        let places = it.places
        func move(_ from: BudgetStage, _ to: BudgetStage) -> LedgerMove {
            .init(line: places.line, document: places.document, hold: places.hold, from: from, to: to)
        }
        switch it.posting.kind {
        case .unspecified: return nil
        case .appropriate: self.init(move(.source, .available))
        case .cut: self.init(move(.available, .source))
        case .reserve where places.source >= 0:
            self.init(
                .init(
                    line: places.line, document: places.source, hold: places.sourceHold, from: .reserved,
                    to: .available),
                move(.available, .reserved))
        case .reserve: self.init(move(.available, .reserved))
        case .commit where line.skipsReserved: self.init(move(.available, .reserved), move(.reserved, .committed))
        case .commit: self.init(move(.reserved, .committed))
        case .accrue: self.init(move(.committed, .accrued))
        case .order: self.init(move(.accrued, .ordered))
        case .pay where line.skipsOrdered: self.init(move(.accrued, .ordered), move(.ordered, .paid))
        case .pay: self.init(move(.ordered, .paid))
        case .release: self.init(move(it.stage ?? .reserved, .available))
        case .expire: self.init(move(.reserved, .available))
        // Nothing can use it any more in a year that ends.
        case .return: self.init(move(it.stage ?? .paid, line.year.state == .open ? .available : .source))
        case .transfer, .carryOver:
            let stage = it.posting.kind == .transfer ? .available : it.stage ?? .available
            self.init(
                move(stage, .source),
                .init(
                    line: places.target, document: places.document, hold: places.targetHold, from: .source, to: stage))
        case .reverse:
            guard let original = it.original else { return nil }
            if let second = original.second {
                self.init(second.undone, original.first.undone)
            } else {
                self.init(original.first.undone)
            }
        }
    }
}
