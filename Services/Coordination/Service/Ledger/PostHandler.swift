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
            try checkKind(of: posting, postedBy: call.info.caller)
            for prefix in ["agreement/", "year-end/", "expire/"] where posting.postingId.hasPrefix(prefix) {
                throw RPCError.invalidArgument("identifiers that begin with \(prefix) are the ledger's own")
            }
        }
        // What was committed before gets its place in the log, unless another worker is at it.
        _ = try await call.transaction.query(SequenceBatches(most: 1000, waits: false))
        let rows: [PostBatch.Row]
        do {
            rows = try await call.transaction.query(
                PostBatch(
                    mode: request.mode, remembersRefusals: request.rememberRefusals, actor: call.info.caller,
                    callId: call.info.id, postings: request.postings))
        } catch let error as PostgresError where error.sqlState == "22003" {
            throw RPCError(.outOfRange, "amounts are limited to 92,233,720,368,547,758.07 in a line")
        }
        let lines = Set(request.postings.map(\.line) + request.postings.map(\.targetLine)).subtracting([""])
        return Self.reply(
            rows, request.mode, balances: try await call.transaction.query(LineBalances(lines: lines.sorted())))
    }

    static func reply(
        _ rows: [PostBatch.Row], _ mode: CoordinationV1.PostMode, balances: [CoordinationV1.LineBalance]
    ) -> CoordinationV1.PostReply {
        let posted = rows.count { $0.code == PostingCode.posted.rawValue }
        let isAtomic = mode == .atomic || mode == .unspecified
        return .init(
            applied: isAtomic ? posted == rows.count : posted > 0,
            results: rows.map {
                .init(
                    postingId: $0.postingId, code: $0.code, shortfallMinor: $0.shortfall, line: $0.line,
                    replayed: $0.replayed)
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

    /// Programmes spend; only people appropriate, cut, and move money between lines.
    private func checkKind(of posting: CoordinationV1.Posting, postedBy caller: String) throws {
        guard caller == "puente_transfers" || caller == "puente_projects" else { return }
        switch posting.kind {
        case .appropriate, .cut, .transfer, .carryOver:
            throw RPCError.permissionDenied("services spend what is appropriated; they do not change appropriations")
        case .unspecified, .reserve, .commit, .accrue, .order, .pay, .release, .reverse, .expire:
            return
        }
    }
}
