import Contracts
import Crypto
import Postgres
import Queue
import TransfersDomain

/// What the ledger is asked to post after a message of the bank: paid orders as PAY, rejected and returned ones as
/// RELEASE of the stage that held them, summed by run and budget line.
///
/// The identifiers follow from the message's bytes, so that asking again posts once.
enum BankPostings {
    /// Stores the postings of a message and asks the ledger, all or nothing.
    static func ask(
        _ messageNumber: Int32, sha256: [UInt8], _ movements: [BankMovement], _ call: borrowing CallContext
    ) async throws {
        guard !movements.isEmpty else { return }
        var ordinal: Int32 = 0
        for (run, line, kind, stage, amount) in sums(movements) {
            ordinal += 1
            let prefix = kind == "pay" ? "PAY" : stage == "paid" ? "RETURN" : "REJECT"
            try await call.transaction.execute(
                InsertBankPosting(
                    messageNumber: messageNumber, runNumber: run, ordinal: ordinal, digest: digest(sha256),
                    prefix: prefix, line: line, kind: kind, stage: stage, amountMinor: amount))
        }
        guard ordinal > 0 else { return }
        try await send(messageNumber, call)
    }

    /// The first half of the digest's text: enough that two messages of one run never share it.
    private static func digest(_ sha256: [UInt8]) -> String {
        String(Hexadecimal.string(sha256).prefix(16))
    }

    /// Sums what movements mean for the ledger. An order that comes back before its payment was noticed was paid too.
    static func sums(
        _ movements: [BankMovement]
    ) -> [(run: Int32, line: String, kind: String, stage: String, amountMinor: Int64)] {
        struct Key: Hashable {
            var run: Int32
            var line: String
            var kind: String
            var stage: String
        }
        var sums: [Key: Int64] = [:]
        for movement in movements {
            func add(_ kind: String, _ stage: String) {
                let key = Key(run: movement.runNumber, line: movement.line, kind: kind, stage: stage)
                sums[key, default: 0] += movement.amountMinor
            }
            switch PaymentOrderState(rawValue: movement.toState) {
            case .paid: add("pay", "")
            case .rejected: add("release", "ordered")
            case .returned:
                if movement.fromState != PaymentOrderState.paid.rawValue { add("pay", "") }
                add("release", "paid")
            case .ordered, .sent, .accepted, .withdrawn, nil: break
            }
        }
        return sums.map { ($0.run, $0.line, $0.kind, $0.stage, $1) }
            .sorted { ($0.run, $0.kind, $0.line, $0.stage) < ($1.run, $1.kind, $1.line, $1.stage) }
    }

    /// Asks the ledger for all postings of a message, now or again.
    static func send(_ messageNumber: Int32, _ call: borrowing CallContext) async throws {
        let postings = try await call.transaction.query(ListBankPostings(messageNumber: messageNumber))
        var options = CallOptions()
        options.waitForReady = true
        try await call.send(
            CoordinationV1.Budget.post, CoordinationV1.PostRequest(mode: .atomic, postings: postings),
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
        SELECT 'bank/' || run.run_number || '/' || $5 || '/' || $4 || '/' || $3::integer, $1, $2, $3::integer, $6, $7, $8, $9
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
        SELECT posting.posting_id, posting.kind = 'pay', posting.line, posting.amount_minor, transfers.run_document(run.run_id),
            posting.stage, message.message_id, run.currency
        FROM transfers.bank_posting AS posting
        JOIN transfers.payment_run AS run USING (run_number)
        JOIN transfers.bank_message AS message USING (message_number)
        WHERE posting.message_number = $1 ORDER BY posting.ordinal
        """
    var messageNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(messageNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> CoordinationV1.Posting {
        CoordinationV1.Posting(
            postingId: try row.string(0), kind: try row.bool(1) ? .pay : .release, line: try row.string(2),
            amountMinor: try row.int64(3), document: try row.string(4), stage: try row.string(5),
            description: "Bank message \(try row.string(6))", currency: try row.string(7))
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
