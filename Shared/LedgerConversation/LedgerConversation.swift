import Contracts
import Postgres
import Queue

/// The one conversation that a service has with the ledger: what it asks, whether it was answered, and how it asks again.
///
/// A request is stored in the transaction that sends it. An answer is taken whenever it comes: late, twice, or to a question
/// that was asked again meanwhile. Nothing here decides what an answer means; the service does.
public enum LedgerConversation<Place: LedgerPlace> {
    /// The statements, for checking them against the schema.
    public static var statements: [any Statement.Type] {
        [
            InsertLedgerRequests<Place>.self, InsertLedgerPostings<Place>.self, ListLedgerPostings<Place>.self,
            NoteLedgerCall<Place>.self, MoveSealedDays<Place>.self, FindLedgerRequest<Place>.self,
            LockLedgerRequest<Place>.self,
            ListLedgerRequests<Place>.self, RecordLedgerAnswer<Place>.self, RecordLedgerOutcomes<Place>.self,
            ListLedgerOutcomes<Place>.self,
        ]
    }

    /// The ledger's code for a posting whose day was sealed since it was asked for.
    private static var sealedDay: String { "date_sealed" }

    /// Asks the ledger. A request that is stored already is asked again as it was stored, unless it is posted; the same
    /// identifier with other postings is an error of the service's own making.
    @discardableResult
    public static func ask(_ request: LedgerRequest, _ call: borrowing CallContext) async throws -> LedgerRequestState {
        try await ask([request], call).first ?? .asked
    }

    /// Asks the ledger for many things at once; answers where each request is now.
    @discardableResult
    public static func ask(
        _ requests: [LedgerRequest], _ call: borrowing CallContext
    ) async throws -> [LedgerRequestState] {
        guard !requests.isEmpty else { return [] }
        let stored = try await call.transaction.query(InsertLedgerRequests<Place>(requests: requests))
        let fresh = Set(stored)
        try await call.transaction.execute(
            InsertLedgerPostings<Place>(requests: requests.filter { fresh.contains($0.requestId) }))
        var states: [LedgerRequestState] = []
        for request in requests {
            if fresh.contains(request.requestId) {
                try await send(request.requestId, request.postings, call)
                states.append(.asked)
            } else {
                states.append(try await askAgain(request.requestId, call))
            }
        }
        return states
    }

    /// Asks again for everything about a document that is not posted; answers how many requests that were.
    @discardableResult
    public static func askAgain(
        document: String, purposes: Set<String>? = nil, _ call: borrowing CallContext
    ) async throws -> Int {
        let open = try await list(document: document, call.transaction).filter {
            $0.state != .posted && (purposes?.contains($0.purpose) ?? true)
        }
        for request in open { try await askAgain(request.requestId, call) }
        return open.count
    }

    /// Asks again for one request as it was stored, unless it is posted. Where its days were sealed meanwhile it is dated when
    /// it is posted, with the day before as the original one.
    @discardableResult
    public static func askAgain(
        _ requestId: String, _ call: borrowing CallContext
    ) async throws -> LedgerRequestState {
        guard let stored = try await call.transaction.queryOne(LockLedgerRequest<Place>(requestId: requestId)) else {
            throw RPCError.internal("A request to the ledger is not stored.")
        }
        guard stored.state != .posted else { return .posted }
        if stored.state == .refused, stored.code == sealedDay {
            try await call.transaction.execute(MoveSealedDays<Place>(requestId: requestId))
        }
        try await send(
            requestId, try await call.transaction.query(ListLedgerPostings<Place>(requestId: requestId)), call)
        return .asked
    }

    /// The request that an answer is about, unlocked: whoever also locks the document's own row locks that first.
    public static func request(
        of continuation: RPCV1.Continuation, _ transaction: borrowing Transaction
    ) async throws -> StoredLedgerRequest? {
        let asked = try CoordinationV1.LedgerQuestion(json: Array(continuation.stateJson.utf8))
        return try await transaction.queryOne(FindLedgerRequest<Place>(requestId: asked.requestId))
    }

    /// Takes an answer; nil when nothing is known of the request.
    public static func take(
        _ continuation: RPCV1.Continuation, _ transaction: borrowing Transaction
    ) async throws -> LedgerAnswer? {
        let asked = try CoordinationV1.LedgerQuestion(json: Array(continuation.stateJson.utf8))
        guard var request = try await transaction.queryOne(LockLedgerRequest<Place>(requestId: asked.requestId)) else {
            return nil
        }
        let before = request.state
        guard before != .posted else { return LedgerAnswer(request: request, before: before, refusals: []) }
        var results: [CoordinationV1.PostingResult] = []
        if continuation.status == 0 {
            let reply = try CoordinationV1.PostReply(json: Array(continuation.replyJson.utf8))
            results = reply.results
            let refusal = results.first { $0.code != "posted" && $0.code != "group_refused" }
            request.state = reply.applied && refusal == nil ? .posted : .refused
            request.code = request.state == .posted ? nil : refusal?.code ?? "refused"
        } else {
            // The state `refused` says more than a call that came to nothing afterwards.
            request.state = .unanswered
            request.code = (StatusCode(rawValue: Int(continuation.status)) ?? .unknown).name.lowercased()
        }
        try await transaction.execute(RecordLedgerAnswer<Place>(request: request))
        if !results.isEmpty {
            try await transaction.execute(RecordLedgerOutcomes<Place>(requestId: request.requestId, results: results))
        }
        let refusals =
            request.state == .refused
            ? try await transaction.query(ListLedgerOutcomes<Place>(document: request.document))
                .filter { $0.requestId == request.requestId } : []
        return LedgerAnswer(request: request, before: before, refusals: refusals)
    }

    /// Everything that was asked about a document, in the order in which it was first asked.
    public static func list(
        document: String, _ transaction: borrowing Transaction
    ) async throws -> [StoredLedgerRequest] {
        try await transaction.query(ListLedgerRequests<Place>(document: document))
    }

    /// The lines of a document's refused requests, with codes and what they lack.
    public static func refusals(
        document: String, _ transaction: borrowing Transaction
    ) async throws -> [LedgerLineOutcome] {
        try await transaction.query(ListLedgerOutcomes<Place>(document: document))
    }

    private static func send(
        _ requestId: String, _ postings: [CoordinationV1.Posting], _ call: borrowing CallContext
    ) async throws {
        let callId = try await call.send(
            CoordinationV1.Budget.post, CoordinationV1.PostRequest(mode: .atomic, postings: postings),
            then: Place.answered, state: CoordinationV1.LedgerQuestion(requestId: requestId),
            CallOptions(waitForReady: true))
        try await call.transaction.execute(NoteLedgerCall<Place>(requestId: requestId, callId: callId))
    }
}
