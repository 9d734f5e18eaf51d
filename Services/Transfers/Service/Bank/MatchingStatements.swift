import Postgres
import TransfersDomain

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

/// Which orders the bank can have, of a run `run` and an order `sent`: those of runs that are sent, or were taken back; and, while
/// other files are still being written, those whose file is.
enum OrdersWithTheBank {
    static let condition = """
        (run.state IN ('sent', 'closed', 'withdrawn') OR run.state = 'writing' AND EXISTS (
            SELECT FROM transfers.payment_file AS file
            WHERE file.run_number = run.run_number
                AND sent.household_id BETWEEN file.first_household AND file.last_household))
        """
}

/// The days between which a booking is believed, whether the message answers a file of ours, and what contradicts what.
struct BankJudgement: Sendable {
    var bounds: StagedBounds
    var isStatusReport: Bool

    /// Days before the run's day of payment on which a booking is believed: banks book ahead of a holiday.
    static let daysBefore: Int32 = 1
    /// Days after today: the bank's day may have begun.
    static let daysAfter: Int32 = 1

    func bind(into parameters: inout Parameters) {
        bounds.bind(into: &parameters)
        parameters.add(isStatusReport)
        parameters.add(Self.daysBefore)
        parameters.add(Self.daysAfter)
        parameters.add(Self.contradictions.map(\.event))
        parameters.add(Self.contradictions.map(\.state))
        parameters.add(Self.contradictions.map(\.oddity))
    }

    /// Every event that contradicts a state of an order that is with the bank, by the state machine's own table.
    private static let contradictions: [(event: String, state: String, oddity: String)] =
        PaymentOrderEvent.ofBank.flatMap { event in
            PaymentOrderState.allCases.filter { $0 != .ordered }.compactMap { state in
                guard case .odd(let oddity) = state.following(event) else { return nil }
                return (event.stagedName, state.stored, oddity.rawValue)
            }
        }

    /// Each staged row: where it is, whether its UETR is another's, and what is odd about it, null for
    /// nothing. `foreign`: it is none of ours. Money is compared with the order; a booking that says what another said
    /// before is the same one when the bank's reference says so, or where one of them has none, the day.
    static let judged = """
        SELECT report.ctid AS place, report.line,
            report.uetr IS NOT NULL AND report.uetr IS DISTINCT FROM sent.uetr AS has_other_uetr,
            CASE
                WHEN sent.household_id IS NULL THEN
                    CASE WHEN report.is_ours OR $3 THEN 'unknown_payment' ELSE 'foreign' END
                WHEN report.oddity IS NOT NULL THEN report.oddity
                WHEN report.event IN ('paid', 'returned') AND (
                    report.booked_on IS NULL OR report.booked_on < run.pay_on - $4::integer
                    OR report.booked_on > (SELECT coordination.civil_day()) + $5::integer) THEN 'booking_date'
                WHEN report.currency <> sent.currency THEN 'currency_differs'
                WHEN report.event = 'paid' AND sent.state IN ('paid', 'returned')
                    AND transfers.is_another_booking(sent.household_id, sent.cycle_id, sent.order_number, 'paid',
                        report.servicer_reference, report.booked_on) THEN 'booked_twice'
                WHEN report.event = 'returned' AND sent.state = 'returned'
                    AND transfers.is_another_booking(sent.household_id, sent.cycle_id, sent.order_number, 'returned',
                        report.servicer_reference, report.booked_on) THEN 'returned_twice'
                WHEN report.event = 'returned' AND sent.state = 'paid' AND transfers.is_booked_twice(
                    sent.household_id, sent.cycle_id, sent.order_number) THEN 'returned_of_two'
                WHEN report.event = 'paid' AND report.amount_minor > sent.amount_minor THEN 'paid_more'
                WHEN report.event = 'paid' AND report.amount_minor < sent.amount_minor THEN 'paid_less'
                WHEN report.event = 'returned' AND report.amount_minor > sent.amount_minor THEN 'returned_more'
                WHEN report.event = 'returned' AND report.amount_minor < sent.amount_minor THEN
                    CASE
                        WHEN report.has_charges OR report.instructed_minor = sent.amount_minor THEN 'returned_less_fees'
                        ELSE 'returned_part'
                    END
                WHEN report.event = 'returned' AND EXISTS (
                    SELECT FROM transfers.payment_difference AS kept
                    WHERE kept.household_id = sent.household_id AND kept.cycle_id = sent.cycle_id
                        AND kept.order_number = sent.order_number) THEN 'returned_part'
                WHEN report.event IN ('accepted', 'rejected', 'check') AND report.amount_minor <> sent.amount_minor
                    THEN 'amount_differs'
                ELSE against.oddity
            END AS oddity
        FROM transfers.staged_bank_report AS report
        LEFT JOIN (
            transfers.payment_order AS sent
            JOIN transfers.payment_run AS run
                ON run.run_number = sent.run_number AND \(OrdersWithTheBank.condition)
        ) ON sent.household_id = report.household_id AND sent.cycle_id = report.cycle_id
            AND sent.order_number = report.order_number AND sent.household_id BETWEEN $1 AND $2
        LEFT JOIN unnest($6::text[], $7::text[], $8::text[]) AS against (event, state, oddity)
            ON against.event = report.event AND against.state = sent.state
        """
}

/// What is odd among the staged transactions, in one pass that changes nothing: most messages have nothing odd.
struct CountOddities: Statement {
    struct Row: Sendable {
        var rows: Int64
        var odd: Int64
        var foreign: Int64
        var otherUETRs: Int64
        var unknown: Int64
    }
    static let sql = """
        SELECT count(*), count(oddity), count(*) FILTER (WHERE oddity = 'foreign'), count(*) FILTER (WHERE has_other_uetr),
            count(*) FILTER (WHERE oddity = 'unknown_payment')
        FROM (\(BankJudgement.judged)) AS judged
        """
    var judgement: BankJudgement
    func bind(into parameters: inout Parameters) { judgement.bind(into: &parameters) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            rows: try row.int64(0), odd: try row.int64(1), foreign: try row.int64(2), otherUETRs: try row.int64(3),
            unknown: try row.int64(4))
    }
}

/// Marks what is odd.
struct MarkOddities: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.staged_bank_report AS report SET oddity = judged.oddity
        FROM (\(BankJudgement.judged)) AS judged
        WHERE report.ctid = judged.place AND judged.oddity IS DISTINCT FROM report.oddity
        """
    var judgement: BankJudgement
    func bind(into parameters: inout Parameters) { judgement.bind(into: &parameters) }
}

/// Corrects what was staged by the UETR, where it leads to an order that is with the bank.
struct MatchByUETR: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.staged_bank_report AS report
        SET household_id = sent.household_id, cycle_id = sent.cycle_id, order_number = sent.order_number, is_ours = true
        FROM transfers.payment_order AS sent
        JOIN transfers.payment_run AS run
            ON run.run_number = sent.run_number AND \(OrdersWithTheBank.condition)
        WHERE report.uetr = sent.uetr
            AND (report.household_id, report.cycle_id, report.order_number)
                IS DISTINCT FROM (sent.household_id, sent.cycle_id, sent.order_number)
        """
}
