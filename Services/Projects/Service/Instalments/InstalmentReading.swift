import Contracts
import LedgerConversation
import Postgres
import ProjectsDomain

/// Reads where an instalment is, for a caller.
enum InstalmentReading {
    static func read(
        _ key: InstalmentKey, in transaction: borrowing Transaction
    ) async throws -> ProjectsV1.OrderInputsReply {
        guard let found = try await transaction.queryOne(FindInstalment(key: key)) else {
            throw RPCError.notFound(
                "instalment \(key.instalment) of \(key.programme) \(key.fiscalYear) was never asked for")
        }
        var reply = found.reply
        guard found.state == .awaitingBudget else { return reply }
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

extension FindInstalment.Row {
    /// The same for a caller. Money is told of once it is ordered.
    fileprivate var reply: ProjectsV1.OrderInputsReply {
        .init(
            state: state.rawValue, projects: Int32(clamping: projects), households: households,
            committedMinor: state == .ordered ? committedMinor : 0, orderedMinor: state == .ordered ? orderedMinor : 0,
            currency: currency, purchaseOrders: Int32(clamping: purchaseOrders),
            householdsNotStarted: householdsNotStarted)
    }
}

/// How the country says which lines pay a programme, besides programme, year, currency and territory; empty: any.
struct LineRule: Sendable {
    var fund = ""
    var ministry = ""
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
