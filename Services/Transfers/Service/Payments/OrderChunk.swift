import Postgres

/// Whether households of a cycle have orders of earlier runs, or numbers of orders that were forgotten: only a run that takes files
/// up keeps those.
struct HasEarlierOrders: Statement {
    static let sql = """
        SELECT EXISTS (
            SELECT FROM transfers.payment_run_chunk AS made JOIN transfers.payment_run AS run USING (run_number)
            WHERE run.cycle_id = $1 AND run.run_number <> $2 AND made.stage = 'order' AND made.done_at IS NOT NULL)
            OR EXISTS (SELECT FROM transfers.payment_run WHERE cycle_id = $1 AND kind = 'recovered')
        """
    var run: PaymentRun
    func bind(into parameters: inout Parameters) {
        parameters.add(run.cycleId)
        parameters.add(run.runNumber)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

/// Makes the first orders of the households of one chunk, in SQL from what was decided: nothing is computed again.
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

/// Makes orders where households of the cycle may have some already: each gets the number after its last, which must be open
/// again.
struct MakeNextOrders: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.payment_order (
            household_id, amount_minor, cycle_id, run_number, order_number, previous_order, uetr, end_to_end_id, currency)
        SELECT household_id, entitled_minor, $2, $1, number, nullif(number - 1, 0)::smallint,
            transfers.payment_uetr($3, household_id, number), transfers.end_to_end_id($3, household_id, number), $4
        FROM (
            SELECT decided.household_id, decided.entitled_minor, (coalesce(earlier.number, 0) + 1)::smallint AS number
            FROM transfers.household_outcome AS decided
            LEFT JOIN (
                SELECT household_id, max(order_number) AS number
                FROM (
                    SELECT household_id, order_number FROM transfers.payment_order
                    WHERE household_id BETWEEN $5 AND $6 AND cycle_id = $2
                    UNION ALL
                    -- The number of an order that a database which went back has forgotten.
                    SELECT household_id, order_number FROM transfers.entitlement_reopened
                    WHERE household_id BETWEEN $5 AND $6 AND cycle_id = $2
                ) AS numbered
                GROUP BY household_id
            ) AS earlier USING (household_id)
            WHERE decided.household_id BETWEEN $5 AND $6 AND decided.run_number = $1 AND decided.outcome = 1
        ) AS next
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
