import Contracts
import ISO20022
import Postgres
import TransfersDomain

/// Orders that a message moved from one state to another, in one run and budget line.
struct BankMovement: Sendable, Equatable {
    var runNumber: Int32
    var line: String
    var fromState: String
    var toState: String
    var orders: Int64
    var amountMinor: Int64
}

/// Staged transactions of one kind whose orders are in a state that they contradict.
struct FindContradiction: Statement {
    typealias Row = FaultRow
    static let sql = """
        SELECT count(*), coalesce(min(report.line), 0)
        FROM transfers.staged_bank_report AS report
        JOIN transfers.payment_order AS sent
            ON sent.household_id = report.household_id AND sent.cycle_id = report.cycle_id
            AND sent.order_number = report.order_number
        WHERE report.event = $1 AND sent.state <> ALL ($2) AND sent.household_id BETWEEN $3 AND $4
        """
    var event: String
    var known: [String]
    var bounds: StagedBounds
    func bind(into parameters: inout Parameters) {
        parameters.add(event)
        parameters.add(known)
        bounds.bind(into: &parameters)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> FaultRow { try FaultRow(row) }
}

/// Moves the orders of all staged transactions of one kind, and sums the movements by run and budget line.
struct MoveOrders: Statement {
    typealias Row = BankMovement
    static let sql = """
        WITH moved AS (
            UPDATE transfers.payment_order AS sent SET state = step.next
            FROM transfers.staged_bank_report AS report, unnest($2::text[], $3::text[]) AS step (known, next)
            WHERE report.event = $1 AND sent.household_id = report.household_id AND sent.cycle_id = report.cycle_id
                AND sent.order_number = report.order_number AND sent.state = step.known AND step.next <> step.known AND sent.household_id BETWEEN $4 AND $5
            RETURNING sent.household_id, sent.run_number, sent.amount_minor, step.known, step.next
        )
        SELECT moved.run_number, asked.line, moved.known, moved.next, count(*), sum(moved.amount_minor)::bigint
        FROM moved
        JOIN transfers.roll_household AS roll
            ON roll.household_id = moved.household_id AND roll.run_number = moved.run_number
            AND roll.household_id BETWEEN $4 AND $5
        JOIN transfers.payment_run_line AS asked
            ON asked.run_number = moved.run_number AND asked.department_code = roll.department_code
        GROUP BY moved.run_number, asked.line, moved.known, moved.next
        ORDER BY moved.run_number, asked.line, moved.known, moved.next
        """
    var event: String
    var known: [String]
    var next: [String]
    var bounds: StagedBounds
    func bind(into parameters: inout Parameters) {
        parameters.add(event)
        parameters.add(known)
        parameters.add(next)
        bounds.bind(into: &parameters)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> BankMovement {
        BankMovement(
            runNumber: try row.int32(0), line: try row.string(1), fromState: try row.string(2),
            toState: try row.string(3), orders: try row.int64(4), amountMinor: try row.int64(5))
    }
}

/// Keeps what the bank said about each order.
struct InsertPaymentEvents: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.payment_event (
            household_id, amount_minor, cycle_id, order_number, message_number, line, booked_on, event, code, reason)
        SELECT household_id, amount_minor, cycle_id, order_number, $1, line, booked_on, event, code, reason
        FROM transfers.staged_bank_report
        """
    var messageNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(messageNumber) }
}

/// Opens the entitlements again whose payment was rejected or came back; one that is open stays as it is.
struct ReopenEntitlements: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.entitlement_reopened (
            household_id, amount_minor, cycle_id, run_number, order_number, message_number, cause, reason, handling)
        SELECT sent.household_id, sent.amount_minor, sent.cycle_id, sent.run_number, sent.order_number, $1, report.event, report.reason,
            coalesce(class.handling, 'unspecified')
        FROM transfers.staged_bank_report AS report
        JOIN transfers.payment_order AS sent
            ON sent.household_id = report.household_id AND sent.cycle_id = report.cycle_id
            AND sent.order_number = report.order_number
        LEFT JOIN unnest($2::text[], $3::text[]) AS class (reason, handling) ON class.reason = report.reason
        WHERE report.event IN ('rejected', 'returned') AND sent.state = report.event
            AND sent.household_id BETWEEN $4 AND $5
        ON CONFLICT ON CONSTRAINT entitlement_reopened_pkey DO NOTHING
        """
    var messageNumber: Int32
    var reasons: [String]
    var handlings: [String]
    var bounds: StagedBounds
    func bind(into parameters: inout Parameters) {
        parameters.add(messageNumber)
        parameters.add(reasons)
        parameters.add(handlings)
        bounds.bind(into: &parameters)
    }
}

/// Keeps what a message moved.
struct InsertMovement: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.bank_movement (message_number, run_number, line, from_state, to_state, orders, amount_minor)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """
    var messageNumber: Int32
    var movement: BankMovement
    func bind(into parameters: inout Parameters) {
        parameters.add(messageNumber)
        parameters.add(movement.runNumber)
        parameters.add(movement.line)
        parameters.add(movement.fromState)
        parameters.add(movement.toState)
        parameters.add(movement.orders)
        parameters.add(movement.amountMinor)
    }
}

/// How many transactions are staged.
struct CountStaged: Statement {
    typealias Row = Int64
    static let sql = "SELECT count(*) FROM transfers.staged_bank_report"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}
