import Postgres

/// Makes the orders of one chunk, in SQL from what was decided: nothing is computed again.
struct MakeOrders: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.payment_order (
            household_id, amount_minor, cycle_id, run_number, uetr, end_to_end_id, currency)
        SELECT household_id, entitled_minor, $2, $1, transfers.payment_uetr($3, household_id, 1::smallint),
            transfers.end_to_end_id($3, household_id, 1::smallint), $4
        FROM transfers.household_outcome
        WHERE household_id BETWEEN $5 AND $6 AND run_number = $1 AND outcome = 1
        ORDER BY household_id
        """
    var run: PaymentRun
    var range: ClosedRange<Int64>
    func bind(into parameters: inout Parameters) {
        parameters.add(run.runNumber)
        parameters.add(run.cycleId)
        parameters.add(run.paymentKey)
        parameters.add(run.currency)
        parameters.add(range.lowerBound)
        parameters.add(range.upperBound)
    }
}
