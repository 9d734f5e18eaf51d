import Postgres
import TransfersDomain

/// Something odd that a person settles, as it is stored.
struct StoredOddity: Sendable {
    var number: Int32
    var messageNumber: Int32
    var importedBy: String
    var line: Int32
    var oddity: BankOddity
    var householdId: Int64?
    var cycleId: Int32?
    var orderNumber: Int16?
    var event: String
    var statusCode: String
    var reason: String?
    /// Days from 2000-01-01.
    var bookedOn: Int32?
    var amountMinor: Int64
    var currency: String
    var servicerReference: String?
    var fileMessageId: String?
    var declaredCount: String?
    var isOpen: Bool
}

/// Locks what a person settles: these numbers, and where it is asked for, what is alike in the same messages.
struct LockOddities: Statement {
    typealias Row = StoredOddity
    static let sql = """
        SELECT odd.oddity_number, odd.message_number, odd.imported_by, odd.line, odd.code, odd.household_id, odd.cycle_id,
            odd.order_number, coalesce(odd.event, ''), odd.status_code, odd.reason, odd.booked_on,
            coalesce(odd.amount_minor, 0), coalesce(odd.currency, ''), odd.servicer_reference, odd.values ->> 'file',
            odd.values ->> 'declared', odd.state = 'open'
        FROM transfers.bank_oddity AS odd
        WHERE odd.oddity_number = ANY ($1) OR ($2 AND odd.state = 'open' AND (odd.message_number, odd.code) IN (
            SELECT named.message_number, named.code FROM transfers.bank_oddity AS named
            WHERE named.oddity_number = ANY ($1)))
        ORDER BY odd.oddity_number
        FOR NO KEY UPDATE OF odd
        """
    var numbers: [Int32]
    var alike: Bool
    func bind(into parameters: inout Parameters) {
        parameters.add(numbers)
        parameters.add(alike)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> StoredOddity {
        guard let oddity = BankOddity(rawValue: try row.string(4)) else {
            throw PostgresError(decoding: "bank_oddity.code is unknown")
        }
        return StoredOddity(
            number: try row.int32(0), messageNumber: try row.int32(1), importedBy: try row.string(2),
            line: try row.int32(3), oddity: oddity, householdId: try row.int64OrNil(5), cycleId: try row.int32OrNil(6),
            orderNumber: try row.int16OrNil(7), event: try row.string(8), statusCode: try row.string(9),
            reason: try row.stringOrNil(10), bookedOn: try row.dateOrNil(11), amountMinor: try row.int64(12),
            currency: try row.string(13), servicerReference: try row.stringOrNil(14),
            fileMessageId: try row.stringOrNil(15), declaredCount: try row.stringOrNil(16),
            isOpen: try row.bool(17))
    }
}

/// An order that something odd is about, locked.
struct OddOrder: Sendable {
    var state: PaymentOrderState
    var orderedMinor: Int64
    var differenceMinor: Int64
    var currency: String
    var runNumber: Int32
    var line: String
    var isOrderedAgain: Bool
    /// The country's day, in days from 2000-01-01.
    var today: Int32
}

/// Locks the order.
struct LockOddOrder: Statement {
    typealias Row = OddOrder
    static let sql = """
        SELECT sent.state, sent.amount_minor, coalesce((
                SELECT sum(kept.paid_minor)::bigint FROM transfers.payment_difference AS kept
                WHERE kept.household_id = sent.household_id AND kept.cycle_id = sent.cycle_id
                    AND kept.order_number = sent.order_number), 0),
            sent.currency, sent.run_number, asked.line, EXISTS (
                SELECT FROM transfers.payment_order AS next
                WHERE next.household_id = sent.household_id AND next.cycle_id = sent.cycle_id
                    AND next.previous_order = sent.order_number),
            coordination.civil_day()
        FROM transfers.payment_order AS sent
        JOIN transfers.roll_household AS roll
            ON roll.household_id = sent.household_id AND roll.run_number = sent.run_number
        JOIN transfers.payment_run_line AS asked
            ON asked.run_number = sent.run_number AND asked.department_code = roll.department_code
        WHERE sent.household_id = $1 AND sent.cycle_id = $2 AND sent.order_number = $3
        FOR NO KEY UPDATE OF sent
        """
    var odd: StoredOddity
    func bind(into parameters: inout Parameters) {
        parameters.add(odd.householdId)
        parameters.add(odd.cycleId)
        parameters.add(odd.orderNumber)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> OddOrder {
        guard let stored = PaymentOrderState(rawValue: try row.string(0)) else {
            throw PostgresError(decoding: "payment_order.state is unknown")
        }
        // An order of a file that is written is sent, whatever its row says.
        return OddOrder(
            state: stored == .ordered ? .sent : stored, orderedMinor: try row.int64(1),
            differenceMinor: try row.int64(2), currency: try row.string(3), runNumber: try row.int32(4),
            line: try row.string(5), isOrderedAgain: try row.bool(6), today: try row.date(7))
    }
}

/// Opens one entitlement again. What two persons gave back before the bank paid it all the same stays given back.
struct ReopenEntitlement: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.entitlement_reopened (
            household_id, amount_minor, cycle_id, run_number, order_number, message_number, cause, reason, handling,
            given_back)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, EXISTS (
            SELECT FROM transfers.given_back WHERE household_id = $1 AND cycle_id = $3 AND order_number = $5))
        ON CONFLICT ON CONSTRAINT entitlement_reopened_pkey DO NOTHING
        """
    var odd: StoredOddity
    var order: OddOrder
    var cause: PaymentOrderState
    func bind(into parameters: inout Parameters) {
        parameters.add(odd.householdId)
        parameters.add(order.orderedMinor)
        parameters.add(odd.cycleId)
        parameters.add(order.runNumber)
        parameters.add(odd.orderNumber)
        parameters.add(odd.messageNumber)
        parameters.add(cause.stored)
        parameters.add(odd.reason)
        parameters.add(ReasonHandling(reason: odd.reason).rawValue)
    }
}
