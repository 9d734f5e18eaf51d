import Contracts
import LedgerConversation
import Postgres
import ProjectsDomain

/// Reads where an instalment is, for a caller.
enum InstalmentReading {
    static func read(
        _ key: InstalmentKey, in transaction: borrowing Transaction
    ) async throws -> ProjectsV1.OrderInputsReply {
        guard var reply = try await transaction.queryOne(FindInstalment(key: key)) else {
            throw RPCError.notFound(
                "instalment \(key.instalment) of \(key.programme) \(key.fiscalYear) was never asked for")
        }
        guard reply.state == InstalmentState.awaitingBudget.rawValue else { return reply }
        let rule = try await transaction.queryOne(FindLineRule(programme: key.programme)) ?? LineRule()
        reply.obstacles = try await transaction.query(ListObstacles(key: key)).map { found in
            guard found.obstacle != "budget_short" else {
                return .init(kind: "budget_short", lines: found.candidates, shortfallMinor: found.amountMinor)
            }
            return .init(
                kind: ["several_lines": "lines_several", "other_currency": "line_other_currency"][found.obstacle]
                    ?? "line_missing",
                detail: found.territory, lines: found.candidates, shortfallMinor: found.amountMinor,
                dimensions: rule.dimensions(key, currency: reply.currency, territory: found.territory))
        }
        if reply.obstacles.isEmpty { reply.obstacles = try await refusals(of: key, in: transaction) }
        return reply
    }

    /// What the ledger said about the last attempt.
    private static func refusals(
        of key: InstalmentKey, in transaction: borrowing Transaction
    ) async throws -> [ProjectsV1.InstalmentObstacle] {
        guard
            let last = try await Ledger.list(document: key.document, transaction).max(by: {
                $0.generation < $1.generation
            })
        else { return [] }
        switch last.state {
        case .asked, .posted: return []
        case .unanswered: return [.init(kind: "ledger_unanswered", detail: last.code ?? "")]
        case .refused:
            let refused = try await Ledger.refusals(document: key.document, transaction)
                .filter { $0.requestId == last.requestId }
                .map {
                    ProjectsV1.InstalmentObstacle(
                        kind: "ledger", detail: $0.code, lines: [$0.line], shortfallMinor: $0.shortfallMinor)
                }
            return refused.isEmpty ? [.init(kind: "ledger", detail: last.code ?? "")] : refused
        }
    }
}

extension LineRule {
    /// The dimensions that a line is looked up by, by name; those that may be anything are left out.
    func dimensions(_ key: InstalmentKey, currency: String, territory: String) -> [String: String] {
        [
            "programme": key.programme, "fiscal_year": String(key.fiscalYear), "currency": currency,
            "territory": territory, "fund": fund, "ministry": ministry,
        ].filter { !$0.value.isEmpty }
    }
}
