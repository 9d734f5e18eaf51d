import Contracts
import TestSupport

/// What must hold once everything came to its end.
extension Adversary {
    func checkEnd() async throws {
        let orders = try await AdversaryChecks.orders(site)
        let paidByOrders =
            orders.filter { $0.state == "paid" }.reduce(Int64(0)) { $0 + $1.minor }
            + (try await site.number("SELECT coalesce(sum(paid_minor), 0) FROM transfers.payment_difference"))
        let paidByBank = bank.kept.values.reduce(Int64(0)) { $0 + $1.minor } + bank.charges
        let ledger = try await site.number("SELECT coalesce(sum(paid), 0) FROM coordination.budget_line_v1")
        guard paidByBank == paidByOrders, paidByBank == ledger else {
            throw Violation("bank \(paidByBank), orders \(paidByOrders), ledger \(ledger)")
        }
        let bound = try await site.rows(
            "SELECT (held.*)::text FROM coordination.budget_document_v1 AS held WHERE bound <> 0")
        guard bound.isEmpty else { throw Violation("money is bound that nobody needs: \(bound)") }
        let odd = try await site.rows("SELECT (odd.*)::text FROM transfers.bank_oddity AS odd WHERE state = 'open'")
        guard odd.isEmpty else { throw Violation("what was odd is still open: \(odd)") }
        try await checkEveryoneIsPaid()
    }

    /// In every cycle that was paid, each household has what it is owed, or it was given back.
    private func checkEveryoneIsPaid() async throws {
        let paying = Set(
            try await site.rows(
                """
                SELECT DISTINCT cycle.code FROM transfers.payment_run AS run JOIN transfers.cycle AS cycle USING (cycle_id)
                WHERE run.state IN ('sent', 'closed')
                """))
        var kept: [[Int]: Int64] = [:]
        let short = Set(
            bank.short.compactMap { AdversaryModel.payee(of: $0, keys: keys) }.map { [$0.cycle, $0.household] })
        for (payee, sum) in bank.kept {
            guard let owner = AdversaryModel.payee(of: payee, keys: keys) else { continue }
            kept[[owner.cycle, owner.household]] = sum.minor
        }
        for (cycle, named) in AdversaryModel.cycles.enumerated() {
            for household in 1...AdversaryModel.households {
                let has = kept[[cycle, household]] ?? 0
                var owed = paying.contains(named.code) ? model.owed(household: household, cycle: cycle) : [0]
                if model.mayBeGivenBack.contains([cycle, household]) { owed.insert(0) }
                guard owed.contains(has) || short.contains([cycle, household]) && has < owed.max() ?? 0 else {
                    throw Violation("household \(household) has \(has) of \(owed) for \(named.code)")
                }
            }
        }
    }
}
