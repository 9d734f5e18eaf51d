import Contracts
import ISO20022
import Postgres
import TransfersDomain

/// Orders that a message moved from one state to another, in one run, budget line and day of booking.
struct BankMovement: Sendable, Equatable {
    var runNumber: Int32
    var line: String
    var fromState: String
    var toState: String
    /// Days from 2000-01-01: the day of the booking, or today where the bank books nothing.
    var bookedOn: Int32
    /// None: a part of one.
    var orders: Int64
    var amountMinor: Int64
    /// The number of what a person took; 0: of the message itself.
    var oddityNumber: Int32 = 0

    init(_ row: borrowing RowReader) throws(PostgresError) {
        runNumber = try row.int32(0)
        line = try row.string(1)
        fromState = try row.string(2)
        toState = try row.string(3)
        bookedOn = try row.date(4)
        orders = try row.int64(5)
        amountMinor = try row.int64(6)
    }

    init(
        runNumber: Int32, line: String, fromState: PaymentOrderState, toState: PaymentOrderState, bookedOn: Int32,
        orders: Int64, amountMinor: Int64, oddityNumber: Int32 = 0
    ) {
        self.runNumber = runNumber
        self.line = line
        self.fromState = fromState.stored
        self.toState = toState.stored
        self.bookedOn = bookedOn
        self.orders = orders
        self.amountMinor = amountMinor
        self.oddityNumber = oddityNumber
    }
}

/// Moves the orders of all staged transactions of one kind, and sums the movements by run and budget line.
struct MoveOrders: Statement {
    typealias Row = BankMovement
    static let sql = """
        WITH moved AS (
            UPDATE transfers.payment_order AS sent SET state = step.next
            FROM transfers.staged_bank_report AS report, unnest($2::text[], $3::text[]) AS step (known, next)
            WHERE report.event = $1 AND report.oddity IS NULL AND sent.household_id = report.household_id
                AND sent.cycle_id = report.cycle_id AND sent.order_number = report.order_number
                AND sent.state = step.known AND step.next <> step.known AND sent.household_id BETWEEN $4 AND $5
            RETURNING sent.household_id, sent.run_number, sent.amount_minor, step.known, step.next,
                CASE WHEN report.event IN ('paid', 'returned') THEN report.booked_on END AS booked_on
        )
        SELECT moved.run_number, asked.line, moved.known, moved.next, coalesce(moved.booked_on, coordination.civil_day()),
            count(*), sum(moved.amount_minor)::bigint
        FROM moved
        JOIN transfers.roll_household AS roll
            ON roll.household_id = moved.household_id AND roll.run_number = moved.run_number
            AND roll.household_id BETWEEN $4 AND $5
        JOIN transfers.payment_run_line AS asked
            ON asked.run_number = moved.run_number AND asked.department_code = roll.department_code
        GROUP BY moved.run_number, asked.line, moved.known, moved.next, moved.booked_on
        ORDER BY moved.run_number, asked.line, moved.known, moved.next, moved.booked_on
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
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> BankMovement { try BankMovement(row) }
}

/// Opens the entitlements again whose payment was rejected or came back; one that is open stays as it is.
struct ReopenEntitlements: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.entitlement_reopened (
            household_id, amount_minor, cycle_id, run_number, order_number, message_number, cause, reason, handling,
            given_back)
        SELECT sent.household_id, sent.amount_minor, sent.cycle_id, sent.run_number, sent.order_number, $1, report.event,
            report.reason, coalesce(class.handling, 'unspecified'), EXISTS (
                SELECT FROM transfers.given_back AS given
                WHERE given.household_id = sent.household_id AND given.cycle_id = sent.cycle_id
                    AND given.order_number = sent.order_number)
        FROM transfers.staged_bank_report AS report
        JOIN transfers.payment_order AS sent
            ON sent.household_id = report.household_id AND sent.cycle_id = report.cycle_id
            AND sent.order_number = report.order_number
        LEFT JOIN unnest($2::text[], $3::text[]) AS class (reason, handling) ON class.reason = report.reason
        WHERE report.event IN ('rejected', 'returned') AND report.oddity IS NULL AND sent.state = report.event
            AND sent.household_id BETWEEN $4 AND $5
        ON CONFLICT ON CONSTRAINT entitlement_reopened_pkey DO NOTHING
        """
    var messageNumber: Int32
    var bounds: StagedBounds
    func bind(into parameters: inout Parameters) {
        parameters.add(messageNumber)
        parameters.add(ReasonHandling.table.map(\.reason))
        parameters.add(ReasonHandling.table.map(\.handling.rawValue))
        bounds.bind(into: &parameters)
    }
}
