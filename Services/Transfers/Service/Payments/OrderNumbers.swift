/// The numbers of a household's orders in a cycle, in SQL.
enum OrderNumbers {
    /// The highest that an order has, or had before the database forgot it; 0 where there was none. `run`: leaves that run out.
    static func last(household: String, cycle: String, besides run: String? = nil) -> String {
        let condition =
            "known.household_id = \(household) AND known.cycle_id = \(cycle)"
            + (run.map { " AND known.run_number <> \($0)" } ?? "")
        return """
            greatest(
                (SELECT max(known.order_number) FROM transfers.payment_order AS known WHERE \(condition)),
                (SELECT max(known.order_number) FROM transfers.entitlement_reopened AS known WHERE \(condition)), 0)
            """
    }
}
