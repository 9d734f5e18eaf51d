import Contracts
import CoordinationDomain
import Postgres
import Queue
import Vocabulary

/// Posts batches. A refusal is an answer, not an error: the caller learns of every posting what became of it.
struct PostHandler: Handler {
    static let method = CoordinationV1.Budget.post

    func handle(
        _ request: CoordinationV1.PostRequest, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.PostReply {
        guard !request.postings.isEmpty else {
            throw RPCError.invalidArgument("a batch needs at least one posting")
        }
        for posting in request.postings {
            try checkDates(of: posting)
        }
        // What was committed before gets its place in the log, unless another worker is at it.
        _ = try await call.transaction.queryOne(SequenceBatches(most: 1000, waits: false))
        let rows: [PostBatch.Row]
        do {
            rows = try await PostBatch(
                mode: request.mode, remembersRefusals: request.rememberRefusals, actor: call.info.caller,
                callId: call.info.id, postings: request.postings
            ).post(in: call.transaction)
        } catch is LedgerSumError {
            throw RPCError(.outOfRange, "the postings of this batch add up to more than a line can hold")
        }
        let lines = Set(request.postings.map(\.line) + request.postings.map(\.targetLine)).subtracting([""])
        return Self.reply(
            rows, request, balances: try await call.transaction.query(LineBalances(lines: lines.sorted())))
    }

    static func reply(
        _ rows: [PostBatch.Row], _ request: CoordinationV1.PostRequest, balances: [CoordinationV1.LineBalance]
    ) -> CoordinationV1.PostReply {
        let posted = rows.count { $0.code == PostingCode.posted.rawValue }
        let isAtomic = request.mode == .atomic || request.mode == .unspecified
        let currencies = Dictionary(balances.map { ($0.line, $0.currency) }) { first, _ in first }
        return .init(
            applied: isAtomic ? posted == rows.count : posted > 0,
            results: zip(rows, request.postings).map { row, posting in
                .init(
                    postingId: row.postingId, code: row.code, shortfallMinor: row.shortfall, line: row.line,
                    replayed: row.replayed, currency: currencies[row.line] ?? posting.currency)
            },
            balances: balances)
    }

    private func checkDates(of posting: CoordinationV1.Posting) throws {
        let dates = [
            ("business_date", posting.businessDate), ("original_date", posting.originalDate),
            ("expires_on", posting.expiresOn),
        ]
        for (field, date) in dates where !date.isEmpty && CalendarDate(iso8601: date) == nil {
            throw RPCError.invalidArgument("posting \(posting.postingId): \(field) is not a date like 2024-08-31")
        }
    }
}
