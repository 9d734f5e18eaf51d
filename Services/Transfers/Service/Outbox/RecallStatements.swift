import Postgres

/// Payments of a file that the bank has spoken about.
struct CountBankWords: Statement {
    typealias Row = Int64
    static let sql = """
        SELECT count(*) FROM transfers.payment_order AS sent
        WHERE sent.run_number = $1 AND sent.household_id BETWEEN $2 AND $3 AND (
            sent.state <> 'ordered'
            OR EXISTS (
                SELECT FROM transfers.payment_event AS said
                WHERE said.household_id = sent.household_id AND said.cycle_id = sent.cycle_id
                    AND said.order_number = sent.order_number))
        """
    var runNumber: Int32
    var range: ClosedRange<Int64>
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(range.lowerBound)
        parameters.add(range.upperBound)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// What a file took from each budget line.
struct SumRecalledLines: Statement {
    struct Row: Sendable {
        var line: String
        var amountMinor: Int64
        var skipsOrdered: Bool
    }
    static let sql = """
        SELECT asked.line, sum(sent.amount_minor)::bigint, budget.skips_ordered
        FROM transfers.payment_order AS sent
        JOIN transfers.roll_household AS roll USING (household_id, run_number)
        JOIN transfers.payment_run_line AS asked
            ON asked.run_number = sent.run_number AND asked.department_code = roll.department_code
        JOIN coordination.budget_line_v1 AS budget ON budget.line = asked.line
        WHERE sent.run_number = $1 AND sent.household_id BETWEEN $2 AND $3 AND sent.state = 'ordered'
        GROUP BY asked.line, budget.skips_ordered ORDER BY asked.line
        """
    var runNumber: Int32
    var range: ClosedRange<Int64>
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(range.lowerBound)
        parameters.add(range.upperBound)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(line: try row.string(0), amountMinor: try row.int64(1), skipsOrdered: try row.bool(2))
    }
}

/// Takes back the orders of a file that the bank has not spoken about.
struct WithdrawFileOrders: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.payment_order SET state = 'withdrawn'
        WHERE run_number = $1 AND household_id BETWEEN $2 AND $3 AND state = 'ordered'
        """
    var runNumber: Int32
    var range: ClosedRange<Int64>
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(range.lowerBound)
        parameters.add(range.upperBound)
    }
}

/// Opens the entitlements of withdrawn orders again.
struct ReopenWithdrawn: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.entitlement_reopened (
            household_id, amount_minor, cycle_id, run_number, order_number, cause, handling)
        SELECT household_id, amount_minor, cycle_id, run_number, order_number, 'withdrawn', 'payer'
        FROM transfers.payment_order
        WHERE run_number = $1 AND household_id BETWEEN $2 AND $3 AND state = 'withdrawn'
        """
    var runNumber: Int32
    var range: ClosedRange<Int64>
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(range.lowerBound)
        parameters.add(range.upperBound)
    }
}

/// Keeps that a file was taken back.
struct InsertRecalledFile: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.recalled_file (file_name, sha256, run_number, proposal_number) VALUES ($1, $2, $3, $4)
        """
    var name: String
    var digest: [UInt8]
    var runNumber: Int32?
    var proposal: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(name)
        parameters.add(digest)
        parameters.add(runNumber)
        parameters.add(proposal)
    }
}
