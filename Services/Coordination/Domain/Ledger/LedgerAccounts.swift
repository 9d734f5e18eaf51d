/// What happens when a posting would overdraw a line.
public enum LedgerControl: Int16, Sendable {
    /// It is refused.
    case absolute = 0
    /// It is refused, unless it says why.
    case advisory = 1
    /// It is allowed.
    case none = 2
}

/// What the postings of one batch add up to is more than 64 bits count.
public struct LedgerSumError: Error, Equatable {
    /// An error.
    public init() {}
}

/// Class 9: what is asked of an account beyond what it has. The accounts of a batch's lines, holds and limits, by their
/// places, from which its postings take one after the other.
public struct LedgerAccounts: Sendable {
    /// The lines' numbers in the ledger.
    public private(set) var lineIds: [Int32] = []
    private var controls: [LedgerControl] = []
    private var available: [Int64] = []
    /// What each line may still be given.
    private var room: [Int64] = []
    /// Five for each hold: reserved, committed, accrued, ordered, paid.
    private var held: [Int64] = []
    /// What each limit leaves.
    private var left: [Int64] = []
    /// The limits of each line; empty where no line has any.
    private var limits: [[Int32]] = []

    /// No accounts.
    public init() {}

    /// Adds a line's accounts; returns its place.
    @discardableResult
    public mutating func addLine(
        id: Int32, control: LedgerControl = .absolute, appropriated: Int64 = 0, available: Int64 = 0
    ) -> Int32 {
        lineIds.append(id)
        controls.append(control)
        self.available.append(available)
        room.append(LedgerBounds.line - appropriated)
        return Int32(lineIds.count - 1)
    }

    /// Makes room for some holds, which have nothing.
    public mutating func addHolds(_ count: Int) {
        held.append(contentsOf: repeatElement(0, count: count * 5))
    }

    /// What a hold has, from reserved to paid.
    public mutating func setHold(_ hold: Int32, _ amounts: some Collection<Int64>) {
        for (offset, amount) in amounts.prefix(5).enumerated() { held[Int(hold) * 5 + offset] = amount }
    }

    /// Adds a limit that leaves some amount to some lines.
    public mutating func addLimit(left amount: Int64, lines: [Int32]) {
        if limits.isEmpty { limits = Array(repeating: [], count: lineIds.count) }
        for line in lines { limits[Int(line)].append(Int32(left.count)) }
        left.append(amount)
    }

    /// Moves an amount even where it is missing; keeps what was missing in `shortage`.
    mutating func charge(
        _ amount: Int64, _ move: LedgerMove, isOverridden: Bool, _ shortage: inout Shortage?
    ) throws(LedgerSumError) {
        let line = Int(move.line)
        func note(_ code: PostingCode, _ balance: Int64) {
            let found = Shortage(code: code, amount: Swift.min(amount, balance == .min ? .max : -balance))
            if shortage.map({ found.code.precedence < $0.code.precedence }) ?? true { shortage = found }
        }
        switch move.from {
        case .source:
            let balance = try Self.add(-amount, to: &room[line])
            if balance < 0 { note(.lineBoundExceeded, balance) }
        case .available:
            let balance = try Self.add(-amount, to: &available[line])
            if balance < 0 {
                switch controls[line] {
                case .absolute: note(.insufficientAvailable, balance)
                case .advisory: if !isOverridden { note(.overrideRequired, balance) }
                case .none: break
                }
            }
        case .reserved: try take(.insufficientReserved)
        case .committed: try take(.insufficientCommitted)
        case .accrued: try take(.insufficientAccrued)
        case .ordered: try take(.insufficientOrdered)
        case .paid: try take(.insufficientPaid)
        }
        func take(_ code: PostingCode) throws(LedgerSumError) {
            let balance = try Self.add(-amount, to: &held[Self.place(move.hold, move.from)])
            if balance < 0 { note(code, balance) }
        }
        if !limits.isEmpty, (move.from < .reserved) != (move.to < .reserved) {
            for limit in limits[line] {
                let balance = try Self.add(move.to < .reserved ? amount : -amount, to: &left[Int(limit)])
                if move.to >= .reserved, balance < 0 { note(.limitExceeded, balance) }
            }
        }
        switch move.to {
        case .source: try Self.add(amount, to: &room[line])
        case .available: try Self.add(amount, to: &available[line])
        case .reserved, .committed, .accrued, .ordered, .paid:
            try Self.add(amount, to: &held[Self.place(move.hold, move.to)])
        }
    }

    /// Takes a move back.
    mutating func undo(_ amount: Int64, _ move: LedgerMove) throws(LedgerSumError) {
        var ignored: Shortage?
        try charge(amount, move.undone, isOverridden: true, &ignored)
    }

    private static func place(_ hold: Int32, _ stage: BudgetStage) -> Int { Int(hold) * 5 + Int(stage.rawValue) - 2 }

    @discardableResult
    private static func add(_ amount: Int64, to balance: inout Int64) throws(LedgerSumError) -> Int64 {
        let (sum, overflow) = balance.addingReportingOverflow(amount)
        guard !overflow else { throw LedgerSumError() }
        balance = sum
        return sum
    }
}

/// What a posting lacks.
struct Shortage: Sendable, Equatable {
    var code: PostingCode
    var amount: Int64
}
