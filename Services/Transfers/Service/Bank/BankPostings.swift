import Contracts
import Crypto
import Postgres
import Queue
import TransfersDomain

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

    /// Stores the postings of a message and asks the ledger.
    static func ask(_ messageNumber: Int32, _ movements: [BankMovement], _ call: borrowing CallContext) async throws {
        var ordinal: Int32 = 0
        let kinds: [LedgerEffect: [(String, String)]] = [
            .pay: [("pay", "")], .giveBackOrdered: [("release", "ordered")], .giveBackPaid: [("release", "paid")],
            .bindAgain: [("reserve", ""), ("commit", ""), ("accrue", ""), ("order", "")],
        ]
        for sum in sums(movements) {
            for (kind, stage) in kinds[sum.effect] ?? [] {
                ordinal += 1
                try await call.transaction.execute(
                    InsertBankPosting(
                        messageNumber: messageNumber, runNumber: sum.run, ordinal: ordinal, digest: "\(messageNumber)",
                        prefix: "\(kind.uppercased())\(movements[0].oddityNumber)", line: sum.line, kind: kind,
                        stage: stage, amountMinor: sum.amountMinor))
            }
        }
        guard ordinal > 0 else { return }
        try await send(messageNumber, call)
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

    /// Asks the ledger for all postings of a message, now or again.
    static func send(_ messageNumber: Int32, _ call: borrowing CallContext) async throws {
        let postings = try await call.transaction.query(ListBankPostings(messageNumber: messageNumber))
        var options = CallOptions()
        options.waitForReady = true
        try await call.send(
            CoordinationV1.Budget.post, CoordinationV1.PostRequest(mode: .perGroup, postings: postings),
            then: TransfersV1.Bank.postingsAnswered, state: TransfersV1.BankPostings(messageNumber: messageNumber),
            options)
    }
}

/// Takes the ledger's answer to the postings of a message.
struct PostingsAnswered: Handler {
    static let method = TransfersV1.Bank.postingsAnswered

    func handle(_ request: RPCV1.Continuation, _ call: borrowing CallContext) async throws -> CommonV1.Empty {
        let asked = try TransfersV1.BankPostings(json: Array(request.stateJson.utf8))
        var outcome = "posted"
        if request.status != 0 {
            outcome = (StatusCode(rawValue: Int(request.status)) ?? .unknown).name.lowercased()
        } else {
            let reply = try CoordinationV1.PostReply(json: Array(request.replyJson.utf8))
            if !reply.applied {
                outcome = reply.results.first { $0.code != "posted" && $0.code != "group_refused" }?.code ?? "refused"
            }
        }
        try await call.transaction.execute(
            RecordPostingOutcome(messageNumber: asked.messageNumber, outcome: outcome))
        return .init()
    }
}

/// Stores one posting of a message.
struct InsertBankPosting: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.bank_posting (
            posting_id, message_number, run_number, ordinal, line, kind, stage, amount_minor)
        SELECT run.short_code || '/' || $5 || '/' || $4 || '/' || $3::integer, $1, $2, $3::integer, $6, $7, $8, $9
        FROM transfers.payment_run AS run WHERE run.run_number = $2
        """
    var messageNumber: Int32
    var runNumber: Int32
    var ordinal: Int32
    var digest: String
    var prefix: String
    var line: String
    var kind: String
    var stage: String
    var amountMinor: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(messageNumber)
        parameters.add(runNumber)
        parameters.add(ordinal)
        parameters.add(digest)
        parameters.add(prefix)
        parameters.add(line)
        parameters.add(kind)
        parameters.add(stage)
        parameters.add(amountMinor)
    }
}

/// The postings of a message, as the ledger takes them.
struct ListBankPostings: Statement {
    typealias Row = CoordinationV1.Posting
    static let sql = """
        SELECT posting.posting_id, posting.kind, posting.line, posting.amount_minor, run.run_id::text, posting.stage,
            message.message_id
        FROM transfers.bank_posting AS posting
        JOIN transfers.payment_run AS run USING (run_number)
        JOIN transfers.bank_message AS message USING (message_number)
        WHERE posting.message_number = $1 ORDER BY posting.ordinal
        """
    var messageNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(messageNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> CoordinationV1.Posting {
        let kind = try row.string(1)
        return CoordinationV1.Posting(
            postingId: try row.string(0), kind: CoordinationV1.PostingKind.allCases.first { "\($0)" == kind } ?? .unspecified, line: try row.string(2),
            amountMinor: try row.int64(3), document: try row.string(4), stage: try row.string(5),
            description: "Bank message \(try row.string(6))", group: try row.string(2))
    }
}

/// Records the ledger's answer.
struct RecordPostingOutcome: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.bank_posting SET outcome = $2 WHERE message_number = $1 AND outcome <> 'posted'
        """
    var messageNumber: Int32
    var outcome: String
    func bind(into parameters: inout Parameters) {
        parameters.add(messageNumber)
        parameters.add(outcome)
    }
}
