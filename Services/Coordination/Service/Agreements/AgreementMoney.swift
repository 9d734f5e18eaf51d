import Contracts
import CoordinationDomain
import Postgres
import Queue

/// Binds an agreement's money: reserves what its earmarks have more than before, and releases what they have less, all or
/// nothing. An earmark of a sealed year is history: a text that names it no longer leaves it as it is.
struct EarmarkChange: Sendable {
    let agreement: String
    let version: Int32
    let earmarks: [CoordinationV1.Earmark]
    /// The terms' currency.
    let currency: String

    /// Posts the difference. Returns the lines that lack money; then nothing was posted.
    func post(_ call: borrowing CallContext) async throws -> [CoordinationV1.PostingResult] {
        let bound = try await call.transaction.query(BoundMoney(agreement: agreement))
        var before: [String: Int64] = [:]
        var currencies: [String: String] = [:]
        for money in bound { (before[money.line], currencies[money.line]) = (money.earmarked, money.currency) }
        // What the terms say is asked for in the terms' currency; a line of another refuses it.
        for earmark in earmarks { currencies[earmark.line] = currency }
        let sealed = Set(bound.filter(\.isSealed).map(\.line))
        var changes: [(line: String, amount: Int64)] = earmarks.map {
            ($0.line, $0.amountMinor - (before.removeValue(forKey: $0.line) ?? 0))
        }
        changes += before.filter { !sealed.contains($0.key) }.sorted { $0.key < $1.key }.map { ($0.key, -$0.value) }
        let postings = changes.filter { $0.amount != 0 }.enumerated().map { index, change in
            CoordinationV1.Posting(
                postingId: "agreement/\(agreement)/\(version)/\(index)",
                kind: change.amount > 0 ? .reserve : .release, line: change.line, amountMinor: abs(change.amount),
                document: "agreement/\(agreement)", stage: change.amount > 0 ? "" : BudgetStage.reserved.name,
                description: "earmark of the agreement", currency: currencies[change.line] ?? currency)
        }
        if !postings.isEmpty {
            let rows = try await PostBatch(
                mode: .atomic, remembersRefusals: false, isOwnAct: true, actor: call.info.caller,
                callId: call.info.id, postings: postings
            ).post(in: call.transaction)
            let settled: Set<String> = [PostingCode.posted.rawValue, PostingCode.groupRefused.rawValue]
            let refused = PostHandler.reply(rows, .init(mode: .atomic, postings: postings), balances: [])
                .results.filter { !settled.contains($0.code) }
            guard refused.isEmpty else { return refused }
        }
        // The lines are locked now: an agreement that was activated at the same moment is seen.
        let other = try await call.transaction.queryOne(
            OverlappingEarmarks(agreement: agreement, earmarks: earmarks))
        if let other {
            throw RPCError.failedPrecondition(
                "\(other.agreement) binds money of \(other.line) for the same documents; give one of them another prefix"
            )
        }
        _ = try await call.transaction.execute(ReplaceEarmarks(agreement: agreement, earmarks: earmarks))
        return []
    }
}

/// Gives back what nobody has drawn on: it becomes available again.
struct EarmarkReturn: Sendable {
    let agreement: String

    func post(_ call: borrowing CallContext) async throws {
        let left = try await call.transaction.query(BoundMoney(agreement: agreement)).filter { $0.left > 0 }
        guard !left.isEmpty else { return }
        let rows = try await PostBatch(
            mode: .atomic, remembersRefusals: false, isOwnAct: true, actor: call.info.caller, callId: call.info.id,
            postings: left.enumerated().map { index, money in
                .init(
                    postingId: "agreement/\(agreement)/end/\(index)", kind: .release, line: money.line,
                    amountMinor: money.left, document: "agreement/\(agreement)",
                    stage: BudgetStage.reserved.name, description: "the agreement ends", currency: money.currency)
            }
        ).post(in: call.transaction)
        // Drawn on between reading and posting: the whole call is tried again.
        if rows.contains(where: { $0.code.hasPrefix("insufficient_") }) {
            throw RPCError.aborted("the earmark of \(agreement) was drawn on at the same moment; try again")
        }
        if let refused = rows.first(where: { $0.code != PostingCode.posted.rawValue }) {
            throw RPCError.failedPrecondition("the earmark of \(refused.line) cannot be given back: \(refused.code)")
        }
    }
}
