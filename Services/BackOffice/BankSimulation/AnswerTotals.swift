import ISO20022
import Vocabulary

/// A number of transactions and their sum.
struct Tally {
    var count: Int64 = 0
    var sumMinor: Int64 = 0

    mutating func add(_ amount: Money) {
        count += 1
        sumMinor += amount.minorUnits
    }

    static func + (one: Tally, other: Tally) -> Tally {
        Tally(count: one.count + other.count, sumMinor: one.sumMinor + other.sumMinor)
    }
}

/// What one round says about one payment block.
struct RoundTotals {
    var accepted = Tally()
    var rejected = Tally()
    var booked = Tally()

    var isEmpty: Bool { accepted.count + rejected.count == 0 }
}

/// What the bank will say about one payment block.
struct BlockTotals {
    var id: String
    var all = Tally()
    var first = RoundTotals()
    var late = RoundTotals()
    var returned = Tally()

    /// Whether the first round answers every payment.
    var isAnsweredAtOnce: Bool { first.accepted.count + first.rejected.count == all.count }

    subscript(round: Round) -> RoundTotals {
        switch round {
        case .first: first
        case .late: late
        }
    }
}

/// The totals of a payment file by what the bank will say.
struct AnswerTotals {
    private(set) var head = PaymentInitiationReader.Block()
    private(set) var blocks: [BlockTotals] = []
    private(set) var currency: Currency?
    var transactions: Int64 = 0
    private var rejectedByReason: [String: Int64] = [:]
    private var paid: Int64 = 0
    private var silent: Int64 = 0

    mutating func begin(_ block: PaymentInitiationReader.Block) {
        if blocks.isEmpty { head = block }
        blocks.append(BlockTotals(id: block.paymentInformationID))
    }

    mutating func add(_ transfer: CreditTransfer, _ fate: Fate) {
        let last = blocks.count - 1
        let amount = transfer.amount
        if currency == nil { currency = amount.currency }
        blocks[last].all.add(amount)
        switch fate {
        case .paid:
            paid += 1
            blocks[last].first.accepted.add(amount)
            blocks[last].first.booked.add(amount)
        case .rejected(let reason):
            rejectedByReason[reason, default: 0] += 1
            blocks[last].first.rejected.add(amount)
        case .duplicate:
            rejectedByReason["AM05", default: 0] += 1
            blocks[last].first.rejected.add(amount)
            blocks[last].first.booked.add(amount)
        case .late:
            blocks[last].late.accepted.add(amount)
            blocks[last].late.booked.add(amount)
        case .returned:
            blocks[last].first.accepted.add(amount)
            blocks[last].first.booked.add(amount)
            blocks[last].returned.add(amount)
        case .silent: silent += 1
        }
    }

    func count(into summary: inout BankSimulation.Summary) {
        summary.transactions += transactions
        summary.paid += paid
        summary.silent += silent
        for (reason, count) in rejectedByReason { summary.rejected[reason, default: 0] += count }
        for block in blocks {
            summary.late += block.late.accepted.count
            summary.returned += block.returned.count
        }
    }
}
