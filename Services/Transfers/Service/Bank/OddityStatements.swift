import Contracts
import Postgres
import TransfersDomain
import Vocabulary

/// Something odd about a message as such, or about a file or batch that it names.
struct MessageOddity: Sendable {
    var oddity: BankOddity
    var line: Int32
    var runNumber: Int32?
    var cycleId: Int32?
    var event: String?
    var statusCode = ""
    var bookedOn: Int32?
    var amount: Money?
    var servicerReference: String?
    var values: [(String, String)] = []
}

/// Puts something on the list.
struct InsertMessageOddity: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.bank_oddity (
            message_number, imported_by, line, code, proposal, run_number, cycle_id, event, status_code, booked_on,
            amount_minor, currency, servicer_reference, values)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, coalesce(
            (SELECT jsonb_object_agg(name, value) FROM unnest($14::text[], $15::text[]) AS given (name, value)), '{}')
        """
    var messageNumber: Int32
    var importedBy: String
    var odd: MessageOddity
    func bind(into parameters: inout Parameters) {
        parameters.add(messageNumber)
        parameters.add(importedBy)
        parameters.add(odd.line)
        parameters.add(odd.oddity.rawValue)
        parameters.add(odd.oddity.proposal.rawValue)
        parameters.add(odd.runNumber)
        parameters.add(odd.cycleId)
        parameters.add(odd.event)
        parameters.add(odd.statusCode)
        parameters.add(date: odd.bookedOn)
        parameters.add(odd.amount?.minorUnits)
        parameters.add(odd.amount?.currency.code)
        parameters.add(odd.servicerReference)
        parameters.add(odd.values.map(\.0))
        parameters.add(odd.values.map(\.1))
    }
}

/// Puts the staged transactions that are marked on the list; one that another message put there before is not told again.
struct InsertOddities: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.bank_oddity (
            message_number, imported_by, line, code, proposal, household_id, cycle_id, order_number, run_number, event,
            status_code, reason, booked_on, amount_minor, currency, servicer_reference, values)
        SELECT $1, $2, report.line, report.oddity, advised.proposal, sent.household_id, sent.cycle_id, sent.order_number,
            sent.run_number, report.event, report.code, report.reason, report.booked_on,
            coalesce(report.amount_minor, sent.amount_minor), coalesce(report.currency, sent.currency),
            report.servicer_reference, jsonb_strip_nulls(jsonb_build_object(
                'state', sent.state,
                'account', CASE WHEN report.oddity = 'other_account' THEN account.number END,
                'entry_minor', CASE WHEN report.oddity = 'entry_differs' THEN entry.amount_minor::text END,
                'entry_currency', CASE WHEN report.oddity = 'entry_differs' THEN entry.currency END,
                'before', CASE WHEN report.oddity IN ('booked_twice', 'returned_twice') THEN earlier.booked_on::text END,
                'before_reference',
                    CASE WHEN report.oddity IN ('booked_twice', 'returned_twice') THEN earlier.servicer_reference END))
        FROM transfers.staged_bank_report AS report
        JOIN unnest($3::text[], $4::text[]) AS advised (oddity, proposal) ON advised.oddity = report.oddity
        LEFT JOIN transfers.payment_order AS sent
            ON sent.household_id = report.household_id AND sent.cycle_id = report.cycle_id
            AND sent.order_number = report.order_number
        LEFT JOIN unnest($5::integer[], $6::text[]) AS account (report, number) ON account.report = report.report
        LEFT JOIN transfers.staged_bank_entry AS entry ON entry.entry = report.entry
        LEFT JOIN LATERAL (
            SELECT event.booked_on, event.servicer_reference FROM transfers.payment_event AS event
            WHERE event.household_id = sent.household_id AND event.cycle_id = sent.cycle_id
                AND event.order_number = sent.order_number AND event.event = report.event
            ORDER BY event.message_number, event.line LIMIT 1
        ) AS earlier ON report.oddity IN ('booked_twice', 'returned_twice')
        WHERE NOT EXISTS (
            SELECT FROM transfers.bank_oddity AS known
            WHERE known.household_id = sent.household_id AND known.cycle_id = sent.cycle_id
                AND known.order_number = sent.order_number AND known.code = report.oddity AND known.event = report.event
                AND known.amount_minor = coalesce(report.amount_minor, sent.amount_minor)
                AND known.booked_on IS NOT DISTINCT FROM report.booked_on
                AND known.servicer_reference IS NOT DISTINCT FROM report.servicer_reference
                AND known.message_number <> $1)
        ORDER BY report.line
        """
    var messageNumber: Int32
    var importedBy: String
    var reports: [Int32]
    var accounts: [String]
    func bind(into parameters: inout Parameters) {
        parameters.add(messageNumber)
        parameters.add(importedBy)
        parameters.add(BankOddity.allCases.map(\.rawValue))
        parameters.add(BankOddity.allCases.map(\.proposal.rawValue))
        parameters.add(reports)
        parameters.add(accounts)
    }
}
