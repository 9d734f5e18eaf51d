import Contracts

/// What became of a posting.
public struct PostingAnswer: Sendable, Equatable {
    /// The code.
    public internal(set) var code: PostingCode?
    /// What its line, document or limit lacked.
    public internal(set) var shortfall: Int64 = 0
    /// Whether it is the answer that was given before.
    public internal(set) var isReplayed = false
    /// What it lacked when its group was settled.
    var shortage: Shortage?

    init(code: PostingCode? = nil, shortfall: Int64 = 0, isReplayed: Bool = false) {
        self.code = code
        self.shortfall = shortfall
        self.isReplayed = isReplayed
    }
}

/// A transfer of a posting.
public struct PostingMove: Sendable {
    /// The posting's place in the batch.
    public var posting: Int32
    /// Whether it is the second of its posting.
    public var isSecond: Bool
    /// How much.
    public var amount: Int64
    /// On which day it counts.
    public var businessDate: Int32
    /// Between which accounts.
    public var move: LedgerMove
}

/// What is to be written of a batch, and what it is answered with.
public struct LedgerJudgement: Sendable {
    /// What became of each posting.
    public internal(set) var answers: [PostingAnswer]
    /// The transfers of what is posted, in the order of the postings.
    public private(set) var moves: [PostingMove] = []
    /// The places of the postings whose refusals are to be remembered.
    public private(set) var remembered: [Int] = []
    /// The places of the documents that are opened now.
    public private(set) var opened: [Int] = []
    /// Where each posting's transfers begin.
    private var starts: [Int32] = []

    init(count: Int) {
        answers = Array(repeating: PostingAnswer(), count: count)
        moves.reserveCapacity(count)
        starts.reserveCapacity(count + 1)
    }

    /// Adds the transfers of a posting that no rule refuses; postings come in their order.
    mutating func add(_ it: PostingInHand, _ index: Int) {
        fillStarts(through: index)
        guard let moves = LedgerMoves(of: it) else { return }
        func transfer(_ move: LedgerMove, _ isSecond: Bool) -> PostingMove {
            .init(
                posting: Int32(index), isSecond: isSecond, amount: it.amount, businessDate: it.businessDate,
                move: move)
        }
        self.moves.append(transfer(moves.first, false))
        if let second = moves.second { self.moves.append(transfer(second, true)) }
    }

    /// Says that no more postings come.
    mutating func closeMoves() { fillStarts(through: answers.count) }

    private mutating func fillStarts(through index: Int) {
        while starts.count <= index { starts.append(Int32(moves.count)) }
    }

    /// The transfers of a posting.
    func moves(of index: Int) -> ArraySlice<PostingMove> { moves[Int(starts[index])..<Int(starts[index + 1])] }

    /// Leaves what is to be written.
    mutating func finish(remembers: Bool, _ postings: [CoordinationV1.Posting], _ state: LedgerState) {
        if answers.contains(where: { $0.code != .posted || $0.isReplayed }) {
            moves.removeAll { answers[Int($0.posting)].code != .posted }
            if remembers {
                remembered = answers.indices.filter {
                    !answers[$0].isReplayed && answers[$0].code?.isRemembered ?? false
                }
            }
        }
        var isKnown = state.owners.map { $0 != nil }
        for move in moves where move.move.to > .available && !isKnown[Int(move.move.document)] {
            isKnown[Int(move.move.document)] = true
            opened.append(Int(move.move.document))
        }
    }
}
