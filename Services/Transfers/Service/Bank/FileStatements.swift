import Postgres

/// A file that was written, by the identifiers that the bank repeats.
struct SentFile: Sendable {
    var runNumber: Int32
    var cycleId: Int32
    var messageId: String
    var paymentInformationId: String
    var firstHousehold: Int64
    var lastHousehold: Int64
    var transactions: Int64
    var totalMinor: Int64
    var currency: String
}

/// Finds a file by its message's or its block's identifier.
struct FindPaymentFile: Statement {
    typealias Row = SentFile
    static let sql = """
        SELECT file.run_number, run.cycle_id, file.message_id, file.payment_information_id, file.first_household,
            file.last_household, file.transactions::bigint, file.total_minor, run.currency
        FROM transfers.payment_file AS file JOIN transfers.payment_run AS run USING (run_number)
        WHERE (file.message_id = $1 OR $1 IS NULL AND file.payment_information_id = $2)
            AND run.state IN ('sent', 'closed', 'withdrawn')
        """
    var messageId: String?
    var paymentInformationId: String?
    func bind(into parameters: inout Parameters) {
        parameters.add(messageId)
        parameters.add(paymentInformationId)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> SentFile {
        SentFile(
            runNumber: try row.int32(0), cycleId: try row.int32(1), messageId: try row.string(2),
            paymentInformationId: try row.string(3), firstHousehold: try row.int64(4), lastHousehold: try row.int64(5),
            transactions: try row.int64(6), totalMinor: try row.int64(7), currency: try row.string(8))
    }
}

/// Gives the orders of a file that the message does not list the status of the whole.
struct StageUnlisted: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.staged_bank_report (
            household_id, amount_minor, cycle_id, order_number, line, entry, report, is_ours, has_charges, event, code, reason)
        SELECT sent.household_id, sent.amount_minor, sent.cycle_id, sent.order_number, $4, 0, 0, true, false, $5, $6, $7
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

/// How many payments there are, and their sum.
struct PaymentSum: Sendable, Equatable {
    var count: Int64
    var sumMinor: Int64
}

/// What of a file a booking in one sum can be about: the payments that were not rejected or withdrawn, and those of them
/// that were paid, or are in the same message, or not.
struct SumFilePayments: Statement {
    struct Row: Sendable {
        var standing: PaymentSum
        var unpaid: PaymentSum
        var paid: PaymentSum
    }
    static let sql = """
        SELECT count(*), coalesce(sum(amount_minor), 0)::bigint,
            count(*) FILTER (WHERE NOT is_paid), coalesce(sum(amount_minor) FILTER (WHERE NOT is_paid), 0)::bigint,
            count(*) FILTER (WHERE state = 'paid'), coalesce(sum(amount_minor) FILTER (WHERE state = 'paid'), 0)::bigint
        FROM (
            SELECT sent.amount_minor, sent.state, sent.state IN ('paid', 'returned') OR EXISTS (
                    SELECT FROM transfers.staged_bank_report AS report
                    WHERE report.household_id = sent.household_id AND report.cycle_id = sent.cycle_id
                        AND report.order_number = sent.order_number AND report.event = 'paid') AS is_paid
            FROM transfers.payment_order AS sent
            WHERE sent.household_id BETWEEN $2 AND $3 AND sent.run_number = $1
                AND sent.state NOT IN ('rejected', 'withdrawn')
        ) AS standing
        """
    var file: SentFile
    func bind(into parameters: inout Parameters) {
        parameters.add(file.runNumber)
        parameters.add(file.firstHousehold)
        parameters.add(file.lastHousehold)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            standing: PaymentSum(count: try row.int64(0), sumMinor: try row.int64(1)),
            unpaid: PaymentSum(count: try row.int64(2), sumMinor: try row.int64(3)),
            paid: PaymentSum(count: try row.int64(4), sumMinor: try row.int64(5)))
    }
}

/// Stages the payments of a file as booked in one sum: all that stand, those that were not paid, or those that were.
struct StageBatch: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.staged_bank_report (
            household_id, amount_minor, cycle_id, order_number, line, entry, report, booked_on, is_ours, has_charges, event,
            code, currency, servicer_reference)
        SELECT sent.household_id, sent.amount_minor, sent.cycle_id, sent.order_number, $4, $5, $6, $7, true, false, $8, $9,
            sent.currency, $10
        FROM transfers.payment_order AS sent
        WHERE sent.household_id BETWEEN $2 AND $3 AND sent.run_number = $1 AND sent.state NOT IN ('rejected', 'withdrawn')
            AND CASE $11
                WHEN 'paid' THEN sent.state = 'paid'
                WHEN 'unpaid' THEN sent.state NOT IN ('paid', 'returned') AND NOT EXISTS (
                    SELECT FROM transfers.staged_bank_report AS report
                    WHERE report.household_id = sent.household_id AND report.cycle_id = sent.cycle_id
                        AND report.order_number = sent.order_number AND report.event = 'paid')
                ELSE true
            END
        """
    var file: SentFile
    var batch: StagedBatch
    var event: String
    var which: String
    func bind(into parameters: inout Parameters) {
        parameters.add(file.runNumber)
        parameters.add(file.firstHousehold)
        parameters.add(file.lastHousehold)
        parameters.add(batch.line)
        parameters.add(batch.entry)
        parameters.add(batch.report)
        parameters.add(date: batch.bookedOn)
        parameters.add(event)
        parameters.add(batch.statusCode)
        parameters.add(batch.servicerReference)
        parameters.add(which)
    }
}

/// The booking of a batch as the steps take it.
struct StagedBatch: Sendable {
    var line: Int32
    var entry: Int32
    var report: Int32
    var bookedOn: Int32?
    var statusCode: String
    var servicerReference: String?
}

/// Whether a file's payments were all booked before under the same reference of the bank, or on the same day where one of
/// the bookings has none: a statement tells in one sum what a notification told one by one.
struct IsBatchKnown: Statement {
    typealias Row = Bool
    static let sql = """
        SELECT coalesce(bool_or(CASE
            WHEN event.servicer_reference IS NULL OR $4::text IS NULL THEN event.booked_on IS NOT DISTINCT FROM $5::date
            ELSE event.servicer_reference = $4 END), false)
        FROM transfers.payment_order AS sent
        JOIN transfers.payment_event AS event
            ON event.household_id = sent.household_id AND event.cycle_id = sent.cycle_id
            AND event.order_number = sent.order_number AND event.event = $6
        WHERE sent.household_id BETWEEN $2 AND $3 AND sent.run_number = $1
        """
    var file: SentFile
    var batch: StagedBatch
    var event: String
    func bind(into parameters: inout Parameters) {
        parameters.add(file.runNumber)
        parameters.add(file.firstHousehold)
        parameters.add(file.lastHousehold)
        parameters.add(batch.servicerReference)
        parameters.add(date: batch.bookedOn)
        parameters.add(event)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}
