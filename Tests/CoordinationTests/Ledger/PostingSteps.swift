import Contracts
import Postgres
import TestSupport

@testable import CoordinationService

/// One line of 1,000.00, and postings on it by whoever it is, one at a time.
struct PostingSteps: Sendable {
    let pool: ConnectionPool
    var line = "L"
    var currency = "PEN"

    /// Posts one thing as somebody; returns its code.
    @discardableResult
    func post(
        _ id: String, _ kind: CoordinationV1.PostingKind, _ amount: Int64, _ document: String = "",
        as actor: String = "ana",
        stage: String = "", source: String = "", reverses: String = "", date: String = "", original: String = "",
        target: String = ""
    ) async throws -> String {
        let posting = CoordinationV1.Posting(
            postingId: id, kind: kind, line: line, amountMinor: amount, document: document, stage: stage,
            reverses: reverses, targetLine: target, sourceDocument: source, businessDate: date, originalDate: original,
            currency: currency)
        return try await batch([posting], .atomic, as: actor).first ?? ""
    }

    /// Posts a batch as somebody; returns the codes.
    func batch(
        _ postings: [CoordinationV1.Posting], _ mode: CoordinationV1.PostMode, as actor: String = "ana"
    ) async throws -> [String] {
        try await pool.post(
            PostBatch(mode: mode, remembersRefusals: false, actor: actor, callId: nil, postings: postings)
        ).map { $0.code + ($0.replayed ? " before" : "") }
    }

    /// Appropriated, available, reserved, committed, accrued, ordered, paid of the line.
    func accounts() async throws -> String {
        try await pool.texts(
            of: """
                SELECT b.appropriated, b.available, b.reserved, b.committed, b.accrued, b.ordered, b.paid
                FROM coordination.budget_balance b JOIN coordination.budget_line l USING (line_id)
                WHERE l.line = '\(line)'
                """
        ).first ?? ""
    }
}

/// Runs the body with line `L` of 2024 in PEN, which has 1,000.00 since the year's first day.
func withLine(scheme: CoordinationV1.BudgetScheme? = nil, _ body: @Sendable (PostingSteps) async throws -> Void)
    async throws
{
    try await withDatabase { database in
        let pool = database.pool(size: 3)
        var line = CoordinationV1.BudgetLine.plain("L")
        if let scheme, let yearEnd = scheme.yearEnd {
            _ = try await pool.queryOne(StoreScheme(actor: "test", callId: 1, scheme: scheme, yearEnd: yearEnd))
            line.scheme = scheme.scheme
        }
        try await pool.openLines([line])
        let steps = PostingSteps(pool: pool)
        try await steps.post("law", .appropriate, 100_000, "budget-2024", date: "2024-01-01")
        try await body(steps)
        await pool.close()
    }
}
