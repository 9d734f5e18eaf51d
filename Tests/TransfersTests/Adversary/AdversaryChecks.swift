import TestSupport

/// Something that must not be.
struct Violation: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// What must hold after every step, by the bank's books and by SQL of a superuser: never by what the services say.
struct AdversaryChecks {
    let model: AdversaryModel
    let bank: AdversaryBank
    /// Cycles by the key that their payments begin with.
    let keys: [String: Int]
    /// Whether the database was set back and has not yet been told what it forgot.
    let hasForgotten: Bool

    /// What the database says about one order.
    struct Order {
        let reference: String
        let state: String
        let minor: Int64
        let runState: String
    }

    func check(_ site: AdversarySite) async throws {
        try checkBank()
        try await checkLedger(site)
        try checkOrders(try await Self.orders(site))
    }

    /// Nobody is paid twice, nobody is paid more than is owed, and nobody who is owed nothing.
    func checkBank() throws {
        var live: [String: [AdversaryBank.Payment]] = [:]
        for payment in bank.payments where payment.fate != .rejected && payment.fate != .returned {
            live[payment.payee, default: []].append(payment)
        }
        for (payee, payments) in live {
            guard payments.count == 1 else { throw Violation("the bank has two payments of \(payee): \(payments)") }
            guard let owner = AdversaryModel.payee(of: payments[0].endToEndID, keys: keys) else {
                throw Violation("the bank has a payment of nobody: \(payments[0])")
            }
            let most = AdversaryModel.most(household: owner.household)
            guard payments[0].amount.minorUnits <= most, payments[0].amount.currency.code == model.currency else {
                throw Violation("household \(owner.household) is owed at most \(most): \(payments[0])")
            }
        }
    }

    /// Every line's money is in exactly one stage, and no stage holds less than nothing.
    private func checkLedger(_ site: AdversarySite) async throws {
        let wrong = try await site.rows(
            """
            SELECT (named.line, held.*) FROM coordination.budget_balance AS held
            JOIN coordination.budget_line AS named USING (line_id)
            WHERE held.appropriated
                    <> held.available + held.reserved + held.committed + held.accrued + held.ordered + held.paid
                OR least(held.available, held.reserved, held.committed, held.accrued, held.ordered, held.paid) < 0
            """)
        guard wrong.isEmpty else { throw Violation("lines that do not add up: \(wrong)") }
    }

    /// Every order is where the messages that were taken put it.
    private func checkOrders(_ orders: [Order]) throws {
        let payments = Dictionary(bank.payments.map { ($0.endToEndID, $0) }) { $1 }
        for order in orders {
            guard order.minor > 0 else { throw Violation("an order of nothing: \(order)") }
            let payment = payments[order.reference]
            if let payment, payment.amount.minorUnits != order.minor {
                throw Violation("the bank was told another amount: \(order), \(payment)")
            }
            let told = bank.told(order.reference)
            guard Self.states(surely: told.surely, perhaps: told.perhaps).contains(order.state) else {
                throw Violation("no message explains \(order); told were \(told)")
            }
            if order.state == "withdrawn", payment != nil {
                throw Violation("taken back although the bank has it: \(order)")
            }
        }
        guard !hasForgotten else { return }
        let known = Set(orders.map(\.reference))
        if let foreign = bank.payments.first(where: { !known.contains($0.endToEndID) }) {
            throw Violation("the bank has a payment that no order knows: \(foreign)")
        }
    }

    /// The states that what was told leaves open: the furthest thing that was surely told, or one beyond it that perhaps was.
    private static func states(surely: Set<AdversaryBank.Fate>, perhaps: Set<AdversaryBank.Fate>) -> Set<String> {
        var states: Set<String> = []
        for (fate, state) in [(AdversaryBank.Fate.returned, "returned"), (.paid, "paid"), (.rejected, "rejected")] {
            if perhaps.contains(fate) { states.insert(state) }
            if surely.contains(fate) { return states }
        }
        if perhaps.contains(.accepted) { states.insert("accepted") }
        return surely.contains(.accepted) ? states : states.union(["ordered", "withdrawn"])
    }

    static func orders(_ site: AdversarySite) async throws -> [Order] {
        try await site.rows(
            """
            SELECT made.end_to_end_id || ' ' || made.state || ' ' || made.amount_minor || ' ' || run.state
            FROM transfers.payment_order AS made JOIN transfers.payment_run AS run USING (run_number)
            """
        ).map {
            let parts = $0.split(separator: " ").map(String.init)
            return Order(reference: parts[0], state: parts[1], minor: Int64(parts[2]) ?? 0, runState: parts[3])
        }
    }
}
