import Contracts
import Postgres
import Queue
import TransfersDomain

/// Lists what is odd about what the bank said.
struct ListOddities: Handler {
    static let method = TransfersV1.Bank.odd

    private static let usual: Int32 = 200
    private static let most: Int32 = 10_000

    func handle(
        _ request: TransfersV1.BankOddRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.BankOddities {
        let limit = request.limit > 0 ? min(request.limit, Self.most) : Self.usual
        return try await Self.list(.some(all: request.all, limit: limit), call.transaction)
    }

    /// Which are listed.
    enum Choice {
        /// Open ones, or all, up to a number.
        case some(all: Bool, limit: Int32)
        /// Those with these numbers.
        case numbers([Int32])
    }

    static func list(
        _ choice: Choice, _ transaction: borrowing Transaction
    ) async throws -> TransfersV1.BankOddities {
        let statement =
            switch choice {
            case .some(let all, let limit): SelectOddities(numbers: [], isAll: all, limit: limit)
            case .numbers(let numbers): SelectOddities(numbers: numbers, isAll: true, limit: Int32.max)
            }
        return TransfersV1.BankOddities(
            oddities: try await transaction.query(statement),
            open: try await transaction.queryOne(CountOpenOddities()) ?? 0)
    }
}

/// Odd things, by number.
struct SelectOddities: Statement {
    typealias Row = TransfersV1.BankOddity
    static let sql = """
        SELECT odd.oddity_number, message.kind, message.message_id, message.file_name, odd.line, odd.code, odd.proposal,
            coalesce(cycle.programme, ''), coalesce(cycle.code, ''), coalesce(odd.household_id, 0),
            coalesce(odd.order_number, 0)::integer, coalesce(odd.event, ''), coalesce(odd.amount_minor, 0),
            coalesce(odd.currency, ''), coalesce(odd.booked_on::text, ''), odd.state, coalesce(odd.decision, ''),
            coalesce(odd.settled_by, ''), coalesce(odd.settled_reason, ''), odd.imported_by,
            coalesce(sent.amount_minor, 0), coalesce(sent.currency, run.currency, ''),
            array(SELECT pair.key FROM jsonb_each_text(odd.values) AS pair ORDER BY pair.key),
            array(SELECT pair.value FROM jsonb_each_text(odd.values) AS pair ORDER BY pair.key)
        FROM transfers.bank_oddity AS odd
        JOIN transfers.bank_message AS message USING (message_number)
        LEFT JOIN transfers.cycle AS cycle USING (cycle_id)
        LEFT JOIN transfers.payment_run AS run ON run.run_number = odd.run_number
        LEFT JOIN transfers.payment_order AS sent
            ON sent.household_id = odd.household_id AND sent.cycle_id = odd.cycle_id
            AND sent.order_number = odd.order_number
        WHERE (cardinality($1::integer[]) = 0 OR odd.oddity_number = ANY ($1)) AND ($2 OR odd.state = 'open')
        ORDER BY odd.oddity_number LIMIT $3
        """
    var numbers: [Int32]
    var isAll: Bool
    var limit: Int32
    func bind(into parameters: inout Parameters) {
        parameters.add(numbers)
        parameters.add(isAll)
        parameters.add(limit)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> TransfersV1.BankOddity {
        let (names, values) = (try row.stringArray(22), try row.stringArray(23))
        let code = try row.string(5)
        return TransfersV1.BankOddity(
            number: try row.int32(0), kind: try row.string(1), messageId: try row.string(2),
            fileName: try row.string(3), line: try row.int32(4), code: code, proposal: try row.string(6),
            programme: try row.string(7), cycle: try row.string(8), householdId: try row.int64(9),
            orderNumber: try row.int32(10), event: try row.string(11), amountMinor: try row.int64(12),
            currency: try row.string(13), bookedOn: try row.string(14),
            values: zip(names, values).map { TransfersV1.BankValue(name: $0, value: $1) },
            state: try row.string(15), decision: try row.string(16), settledBy: try row.string(17),
            settledReason: try row.string(18), importedBy: try row.string(19),
            canBeTaken: BankOddity(rawValue: code)?.taking != nil, orderedMinor: try row.int64(20),
            orderedCurrency: try row.string(21))
    }
}
