import Contracts
import Crypto
import LedgerConversation
import Postgres
import Queue
import TransfersDomain
import Vocabulary

/// What the ledger is asked to post after a message of the bank, or after a person took what was odd in it: summed by run,
/// budget line, step and day of booking.
enum BankPostings {
    /// What is to be posted on one line, in order.
    struct Sum: Sendable, Equatable {
        var run: Int32
        var line: String
        var effect: LedgerEffect
        var bookedOn: Int32
        var amountMinor: Int64
    }

    /// What the requests of the bank's half are for.
    static let purpose = "bank"

    /// Asks the ledger for what follows from movements of one message: one request for each run and line, so that the
    /// refusal of one holds back no other.
    static func ask(_ messageNumber: Int32, _ movements: [BankMovement], _ call: borrowing CallContext) async throws {
        let sums = sums(movements)
        guard !sums.isEmpty, let oddity = movements.first?.oddityNumber else { return }
        guard let message = try await call.transaction.queryOne(FindMessageName(messageNumber: messageNumber)) else {
            throw RPCError.internal("A message of the bank is not stored.")
        }
        let lines = try await call.transaction.query(
            FindLedgerLines(runNumbers: sums.map(\.run), lines: sums.map(\.line)))
        let requests = lines.map { line in
            request(
                sums.filter { $0.run == line.runNumber && $0.line == line.line }, line, message, oddity: oddity)
        }
        try await Ledger.ask(requests, call)
    }

    /// What is asked on one line, all or nothing. The identifiers follow from the message's bytes, or from what a person
    /// took of it.
    static func request(
        _ sums: [Sum], _ line: LedgerLine, _ message: MessageName, oddity: Int32
    ) -> LedgerRequest {
        let begin = "bank/\(message.digest)\(oddity == 0 ? "" : "-\(oddity)")/\(line.runNumber)"
        var postings: [CoordinationV1.Posting] = []
        for sum in sums {
            for step in steps(sum.effect, line) {
                let day = sum.effect.isBooked ? line.dates(of: sum.bookedOn) : ("", "")
                postings.append(
                    CoordinationV1.Posting(
                        postingId: BoundedIdentifier.make(
                            "\(begin)/\(step.name)-\(sum.bookedOn)/\(line.line)"),
                        kind: step.kind, line: line.line, amountMinor: sum.amountMinor, document: line.document,
                        stage: step.stage, description: "Bank message \(message.messageId)", businessDate: day.0,
                        originalDate: day.1, currency: line.currency))
            }
        }
        return LedgerRequest(
            requestId: BoundedIdentifier.make("\(begin)/\(line.line)"), document: line.document, purpose: purpose,
            postings: postings)
    }

    private typealias Step = (name: String, kind: CoordinationV1.PostingKind, stage: String)

    /// The postings of an effect, as the line's scheme has the stages.
    private static func steps(_ effect: LedgerEffect, _ line: LedgerLine) -> [Step] {
        switch effect {
        case .bindAgain:
            (line.skipsReserved ? [] : [("RESERVE", .reserve, "")])
                + [("COMMIT", .commit, ""), ("ACCRUE", .accrue, "")]
                + (line.skipsOrdered ? [] : [("ORDER", .order, "")])
        case .pay: [("PAY", .pay, "")]
        case .giveBackOrdered: [("REJECT", .return, line.skipsOrdered ? "accrued" : "ordered")]
        case .giveBackPaid: [("RETURN", .return, "paid")]
        }
    }

    /// Sums what movements mean for the ledger, in the order in which it takes them.
    static func sums(_ movements: [BankMovement]) -> [Sum] {
        struct Key: Hashable {
            var run: Int32
            var line: String
            var effect: LedgerEffect
            var bookedOn: Int32
        }
        var sums: [Key: Int64] = [:]
        for movement in movements {
            guard let from = PaymentOrderState(rawValue: movement.fromState),
                let to = PaymentOrderState(rawValue: movement.toState)
            else { continue }
            for effect in LedgerEffect.following(from: from, to: to) {
                let key = Key(
                    run: movement.runNumber, line: movement.line, effect: effect, bookedOn: movement.bookedOn)
                sums[key, default: 0] += movement.amountMinor
            }
        }
        return sums.map {
            Sum(
                run: $0.key.run, line: $0.key.line, effect: $0.key.effect, bookedOn: $0.key.bookedOn,
                amountMinor: $0.value)
        }.sorted { ($0.run, $0.line, $0.effect, $0.bookedOn) < ($1.run, $1.line, $1.effect, $1.bookedOn) }
    }
}

extension LedgerEffect {
    /// Whether it has the day of the bank's booking; the others happen today.
    fileprivate var isBooked: Bool { self == .pay || self == .giveBackPaid }
}

/// What a message is called in the ledger.
struct MessageName: Sendable {
    var messageId: String
    /// The first half of the digest's text: enough that two messages never share it.
    var digest: String
}

/// A line of the budget as a run uses it.
struct LedgerLine: Sendable, Equatable {
    var runNumber: Int32
    var line: String
    var document: String
    var currency: String
    var skipsReserved: Bool
    var skipsOrdered: Bool
    /// The first day on which something can be posted, in days from 2000-01-01; none before the line has money.
    var firstOpenDay: Int32?
    /// The country's day.
    var today: Int32

    /// The business date and the original date of a booking: its own day where that is open, otherwise today, with the
    /// booking's day as the one on which it should have been posted.
    func dates(of bookedOn: Int32) -> (business: String, original: String) {
        let text = CalendarDate(daysSinceEpoch2000: bookedOn)?.description ?? ""
        guard bookedOn <= today else { return ("", "") }
        guard let firstOpenDay, bookedOn >= firstOpenDay else { return ("", text) }
        return (text, "")
    }
}
