import Contracts
import Postgres

/// Stores requests that are not stored yet; answers which those were.
struct InsertLedgerRequests<Place: LedgerPlace>: Statement {
    static var sql: String {
        """
        INSERT INTO \(Place.schema).ledger_request (request_id, document, purpose, generation, state)
        SELECT asked.*, 'asked' FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[]) AS asked
        ON CONFLICT (request_id) DO NOTHING RETURNING request_id
        """
    }
    var requests: [LedgerRequest]
    func bind(into parameters: inout Parameters) {
        parameters.add(requests.map(\.requestId))
        parameters.add(requests.map(\.document))
        parameters.add(requests.map(\.purpose))
        parameters.add(requests.map(\.generation))
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// Stores the postings of new requests.
struct InsertLedgerPostings<Place: LedgerPlace>: Statement {
    typealias Row = Never
    static var sql: String {
        """
        INSERT INTO \(Place.schema).ledger_posting (
            request_id, ordinal, posting_id, kind, line, stage, amount_minor, currency, business_date, original_date,
            source_document, description, document)
        SELECT * FROM unnest(
            $1::text[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::text[],
            $10::text[], $11::text[], $12::text[], $13::text[])
        """
    }
    var requests: [LedgerRequest]
    func bind(into parameters: inout Parameters) {
        let postings = requests.flatMap(\.postings)
        parameters.add(requests.flatMap { request in request.postings.map { _ in request.requestId } })
        parameters.add(requests.flatMap { $0.postings.indices.map { Int32($0) + 1 } })
        parameters.add(postings.map(\.postingId))
        parameters.add(postings.map { "\($0.kind)" })
        parameters.add(postings.map(\.line))
        parameters.add(postings.map(\.stage))
        parameters.add(postings.map(\.amountMinor))
        parameters.add(postings.map(\.currency))
        parameters.add(postings.map(\.businessDate))
        parameters.add(postings.map(\.originalDate))
        parameters.add(postings.map(\.sourceDocument))
        parameters.add(postings.map(\.description))
        parameters.add(postings.map(\.document))
    }
}

/// The postings of a request, as the ledger takes them.
struct ListLedgerPostings<Place: LedgerPlace>: Statement {
    static var sql: String {
        """
        SELECT posting.posting_id, posting.kind, posting.line, posting.amount_minor, posting.document, posting.stage,
            posting.description, posting.source_document, posting.business_date, posting.original_date, posting.currency
        FROM \(Place.schema).ledger_posting AS posting
        WHERE posting.request_id = $1 ORDER BY posting.ordinal
        """
    }
    var requestId: String
    func bind(into parameters: inout Parameters) { parameters.add(requestId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> CoordinationV1.Posting {
        let name = try row.string(1)
        guard let kind = CoordinationV1.PostingKind.allCases.first(where: { "\($0)" == name }) else {
            throw PostgresError(decoding: "ledger_posting.kind is unknown")
        }
        return CoordinationV1.Posting(
            postingId: try row.string(0), kind: kind, line: try row.string(2), amountMinor: try row.int64(3),
            document: try row.string(4), stage: try row.string(5), description: try row.string(6),
            sourceDocument: try row.string(7), businessDate: try row.string(8), originalDate: try row.string(9),
            currency: try row.string(10))
    }
}

/// Notes the call that asks now.
struct NoteLedgerCall<Place: LedgerPlace>: Statement {
    typealias Row = Never
    static var sql: String {
        """
        UPDATE \(Place.schema).ledger_request
        SET state = 'asked', code = NULL, call_id = $2, times_asked = times_asked + 1, asked_at = now(), answered_at = NULL
        WHERE request_id = $1
        """
    }
    var requestId: String
    var callId: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(requestId)
        parameters.add(callId)
    }
}

/// Takes the days of a request's postings back, which were sealed before the ledger posted them: it dates them itself, and the
/// day stays as the original one.
struct MoveSealedDays<Place: LedgerPlace>: Statement {
    typealias Row = Never
    static var sql: String {
        """
        UPDATE \(Place.schema).ledger_posting
        SET original_date = coalesce(nullif(original_date, ''), business_date), business_date = ''
        WHERE request_id = $1 AND business_date <> ''
        """
    }
    var requestId: String
    func bind(into parameters: inout Parameters) { parameters.add(requestId) }
}

extension StoredLedgerRequest {
    /// The columns that `init(_:)` reads.
    static let columns = "request_id, document, purpose, generation, state, code, call_id, times_asked"

    init(_ row: borrowing RowReader) throws(PostgresError) {
        guard let state = LedgerRequestState(rawValue: try row.string(4)) else {
            throw PostgresError(decoding: "ledger_request.state is unknown")
        }
        self.init(
            requestId: try row.string(0), document: try row.string(1), purpose: try row.string(2),
            generation: try row.int32(3), state: state, code: try row.stringOrNil(5), callId: try row.int64OrNil(6),
            timesAsked: try row.int32(7))
    }
}

/// A request.
struct FindLedgerRequest<Place: LedgerPlace>: Statement {
    static var sql: String {
        "SELECT \(StoredLedgerRequest.columns) FROM \(Place.schema).ledger_request WHERE request_id = $1"
    }
    var requestId: String
    func bind(into parameters: inout Parameters) { parameters.add(requestId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> StoredLedgerRequest {
        try StoredLedgerRequest(row)
    }
}

/// A request, locked until the transaction ends.
struct LockLedgerRequest<Place: LedgerPlace>: Statement {
    static var sql: String {
        """
        SELECT \(StoredLedgerRequest.columns) FROM \(Place.schema).ledger_request WHERE request_id = $1
        FOR NO KEY UPDATE
        """
    }
    var requestId: String
    func bind(into parameters: inout Parameters) { parameters.add(requestId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> StoredLedgerRequest {
        try StoredLedgerRequest(row)
    }
}

/// The requests about a document.
struct ListLedgerRequests<Place: LedgerPlace>: Statement {
    static var sql: String {
        """
        SELECT \(StoredLedgerRequest.columns) FROM \(Place.schema).ledger_request
        WHERE document = $1 ORDER BY made_at, request_id
        """
    }
    var document: String
    func bind(into parameters: inout Parameters) { parameters.add(document) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> StoredLedgerRequest {
        try StoredLedgerRequest(row)
    }
}

/// Records an answer.
struct RecordLedgerAnswer<Place: LedgerPlace>: Statement {
    typealias Row = Never
    static var sql: String {
        """
        UPDATE \(Place.schema).ledger_request SET state = $2, code = $3, answered_at = now() WHERE request_id = $1
        """
    }
    var request: StoredLedgerRequest
    func bind(into parameters: inout Parameters) {
        parameters.add(request.requestId)
        parameters.add(request.state.rawValue)
        parameters.add(request.code)
    }
}

/// Records what the ledger said about each posting.
struct RecordLedgerOutcomes<Place: LedgerPlace>: Statement {
    typealias Row = Never
    static var sql: String {
        """
        UPDATE \(Place.schema).ledger_posting AS posting
        SET outcome_code = said.code, shortfall_minor = said.shortfall_minor
        FROM unnest($2::text[], $3::text[], $4::bigint[]) AS said (posting_id, code, shortfall_minor)
        WHERE posting.request_id = $1 AND posting.posting_id = said.posting_id
        """
    }
    var requestId: String
    var results: [CoordinationV1.PostingResult]
    func bind(into parameters: inout Parameters) {
        parameters.add(requestId)
        parameters.add(results.map(\.postingId))
        parameters.add(results.map(\.code))
        parameters.add(results.map(\.shortfallMinor))
    }
}

/// What was refused about a document, by request, line and code: the codes that say why, not those that only follow.
struct ListLedgerOutcomes<Place: LedgerPlace>: Statement {
    static var sql: String {
        """
        SELECT posting.request_id, posting.line, posting.outcome_code, sum(posting.shortfall_minor)::bigint,
            posting.currency
        FROM \(Place.schema).ledger_request AS request
        JOIN \(Place.schema).ledger_posting AS posting USING (request_id)
        WHERE request.document = $1 AND request.state = 'refused'
            AND posting.outcome_code NOT IN ('posted', 'group_refused')
        GROUP BY posting.request_id, posting.line, posting.outcome_code, posting.currency
        ORDER BY posting.request_id, posting.line, posting.outcome_code
        """
    }
    var document: String
    func bind(into parameters: inout Parameters) { parameters.add(document) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> LedgerLineOutcome {
        LedgerLineOutcome(
            requestId: try row.string(0), line: try row.string(1), code: try row.string(2),
            shortfallMinor: try row.int64(3), currency: try row.string(4))
    }
}
