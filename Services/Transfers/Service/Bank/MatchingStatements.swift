import Postgres

/// The cycles that have orders with the bank; a payment of a closed run may still come back.
struct ListSentCycles: Statement {
    struct Row: Sendable {
        var paymentKey: String
        var cycleId: Int32
    }
    static let sql = """
        SELECT cycle.payment_key, cycle.cycle_id FROM transfers.cycle AS cycle
        WHERE EXISTS (
            SELECT FROM transfers.payment_run AS run
            WHERE run.cycle_id = cycle.cycle_id AND run.state IN ('sent', 'closed'))
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(paymentKey: try row.string(0), cycleId: try row.int32(1))
    }
}

/// Statistics of what was staged.
struct AnalyzeStagedReports: Statement {
    typealias Row = Bool
    static let sql = "SELECT transfers.analyze_staged_bank_report() IS NULL"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

/// The households that a file is about lie between these two: a bank file holds consecutive ones, and orders outside need
/// not be read.
struct StagedBounds: Sendable {
    var first: Int64 = 1
    var last: Int64 = 0

    func bind(into parameters: inout Parameters) {
        parameters.add(first)
        parameters.add(last)
    }
}

/// Finds the bounds; none staged leaves them empty.
struct FindStagedBounds: Statement {
    typealias Row = StagedBounds
    static let sql = """
        SELECT coalesce(min(household_id), 1), coalesce(max(household_id), 0) FROM transfers.staged_bank_report
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> StagedBounds {
        StagedBounds(first: try row.int64(0), last: try row.int64(1))
    }
}

/// What is wrong with the staged transactions, in one pass.
struct CheckStaged: Statement {
    struct Row: Sendable {
        var staged: Int64
        var unknown: Int64
        var firstUnknown: Int32
        var otherUETRs: Int64
        var otherAmounts: Int64
        var firstOtherAmount: Int32
    }
    static let sql = """
        SELECT count(*),
            count(*) FILTER (WHERE sent.household_id IS NULL),
            coalesce(min(report.line) FILTER (WHERE sent.household_id IS NULL), 0),
            count(*) FILTER (WHERE report.uetr IS DISTINCT FROM sent.uetr AND report.uetr IS NOT NULL),
            count(*) FILTER (WHERE report.amount_minor <> sent.amount_minor OR report.currency <> sent.currency),
            coalesce(min(report.line) FILTER (
                WHERE report.amount_minor <> sent.amount_minor OR report.currency <> sent.currency), 0)
        FROM transfers.staged_bank_report AS report
        LEFT JOIN (
            transfers.payment_order AS sent
            JOIN transfers.payment_run AS run ON run.run_number = sent.run_number AND run.state IN ('sent', 'closed')
        ) ON sent.household_id = report.household_id AND sent.cycle_id = report.cycle_id
            AND sent.order_number = report.order_number AND sent.household_id BETWEEN $1 AND $2
        """
    var bounds: StagedBounds
    func bind(into parameters: inout Parameters) { bounds.bind(into: &parameters) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            staged: try row.int64(0), unknown: try row.int64(1), firstUnknown: try row.int32(2),
            otherUETRs: try row.int64(3), otherAmounts: try row.int64(4), firstOtherAmount: try row.int32(5))
    }
}

/// Corrects what was staged by the UETR, where it leads to an order that is with the bank.
struct MatchByUETR: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.staged_bank_report AS report
        SET household_id = sent.household_id, cycle_id = sent.cycle_id, order_number = sent.order_number
        FROM transfers.payment_order AS sent
        JOIN transfers.payment_run AS run ON run.run_number = sent.run_number AND run.state IN ('sent', 'closed')
        WHERE report.uetr = sent.uetr
            AND (report.household_id, report.cycle_id, report.order_number)
                IS DISTINCT FROM (sent.household_id, sent.cycle_id, sent.order_number)
        """
}

/// Drops credits that name no payment of ours.
struct DropForeignCredits: Statement {
    typealias Row = Never
    static let sql = """
        DELETE FROM transfers.staged_bank_report AS report
        WHERE report.event IN ('returned', 'noted') AND NOT EXISTS (
            SELECT FROM transfers.payment_order AS sent
            WHERE sent.household_id = report.household_id AND sent.cycle_id = report.cycle_id
                AND sent.order_number = report.order_number)
        """
}

/// How many rows have a fault, and the line of one.
struct FaultRow: Sendable {
    var count: Int64
    var line: Int32

    init(_ row: borrowing RowReader) throws(PostgresError) {
        count = try row.int64(0)
        line = try row.int32(1)
    }
}

/// Payments about which the file says the same kind of thing twice.
struct FindRepetition: Statement {
    typealias Row = FaultRow
    static let sql = """
        SELECT count(*), coalesce(min(line), 0) FROM (
            SELECT max(line) AS line FROM transfers.staged_bank_report
            GROUP BY household_id, cycle_id, order_number,
                CASE WHEN event IN ('accepted', 'rejected', 'check') THEN 'status' ELSE event END
            HAVING count(*) > 1
        ) AS repeated
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> FaultRow { try FaultRow(row) }
}

/// A file that was written, by the identifier that the bank repeats.
struct SentFile: Sendable {
    var runNumber: Int32
    var paymentInformationId: String
    var firstHousehold: Int64
    var lastHousehold: Int64
    var transactions: Int64
    var totalMinor: Int64
    var currency: String
}

/// Finds a file.
struct FindPaymentFile: Statement {
    typealias Row = SentFile
    static let sql = """
        SELECT file.run_number, file.payment_information_id, file.first_household, file.last_household,
            file.transactions::bigint, file.total_minor, run.currency
        FROM transfers.payment_file AS file JOIN transfers.payment_run AS run USING (run_number)
        WHERE file.message_id = $1 AND run.state IN ('sent', 'closed')
        """
    var messageId: String
    func bind(into parameters: inout Parameters) { parameters.add(messageId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> SentFile {
        SentFile(
            runNumber: try row.int32(0), paymentInformationId: try row.string(1), firstHousehold: try row.int64(2),
            lastHousehold: try row.int64(3), transactions: try row.int64(4), totalMinor: try row.int64(5),
            currency: try row.string(6))
    }
}

/// Gives the orders of a file that the message does not list the status of the whole.
struct StageUnlisted: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.staged_bank_report (
            household_id, amount_minor, cycle_id, order_number, line, event, code, reason)
        SELECT sent.household_id, sent.amount_minor, sent.cycle_id, sent.order_number, $4, $5, $6, $7
        FROM transfers.payment_order AS sent
        WHERE sent.household_id BETWEEN $2 AND $3 AND sent.run_number = $1 AND NOT EXISTS (
            SELECT FROM transfers.staged_bank_report AS report
            WHERE report.household_id = sent.household_id AND report.cycle_id = sent.cycle_id
                AND report.order_number = sent.order_number)
        """
    var file: SentFile
    var line: Int32
    var event: String
    var code: String
    var reason: String?
    func bind(into parameters: inout Parameters) {
        parameters.add(file.runNumber)
        parameters.add(file.firstHousehold)
        parameters.add(file.lastHousehold)
        parameters.add(line)
        parameters.add(event)
        parameters.add(code)
        parameters.add(reason)
    }
}
