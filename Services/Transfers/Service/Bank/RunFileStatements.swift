import Contracts
import Crypto
import Postgres

/// How many transactions a file has, their sum, and a digest of everything that is said about each.
struct FileTotals: Sendable {
    var transactions: Int64
    var totalMinor: Int64
    var digest: [UInt8]
}

/// What the digest of a file's content takes of each transaction, in SQL: everything that the file says about it.
enum FileContent {
    /// The expression for orders with these columns, whose payee is `roll`.
    static func digest(endToEndId: String, uetr: String, amount: String, currency: String) -> String {
        """
        coalesce(sha256(convert_to(string_agg(concat_ws(E'\\n', \(endToEndId), \(uetr), \(amount), \(currency),
            roll.bank_bic, roll.account_number, roll.holder_name), E'\\n' ORDER BY roll.household_id), 'UTF8')), '')
        """
    }
}

/// The orders that a file will hold.
struct SumFileOrders: Statement {
    typealias Row = FileTotals
    static let sql = """
        SELECT count(*), coalesce(sum(sent.amount_minor), 0)::bigint, \(FileContent.digest(
            endToEndId: "sent.end_to_end_id", uetr: "sent.uetr", amount: "sent.amount_minor", currency: "sent.currency"))
        FROM transfers.payment_order AS sent
        JOIN transfers.roll_household AS roll USING (household_id, run_number)
        WHERE sent.household_id BETWEEN $2 AND $3 AND sent.run_number = $1
        """
    var runNumber: Int32
    var range: ClosedRange<Int64>
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(range.lowerBound)
        parameters.add(range.upperBound)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> FileTotals {
        FileTotals(
            transactions: try row.int64(0), totalMinor: try row.int64(1), digest: try row.bytes(2))
    }
}

/// The orders that the files of a run will hold, file by file, whether they are made yet or not.
struct SumExpectedFiles: Statement {
    typealias Row = FileTotals
    static let sql = """
        SELECT count(*), sum(expected.amount_minor)::bigint, \(FileContent.digest(
            endToEndId: "transfers.end_to_end_id($3, roll.household_id, expected.order_number)",
            uetr: "transfers.payment_uetr($3, roll.household_id, expected.order_number)",
            amount: "expected.amount_minor", currency: "$4::text"))
        FROM (
            SELECT decided.household_id, decided.entitled_minor AS amount_minor,
                (row_number() OVER (ORDER BY decided.household_id) - 1) / $5 AS chunk,
                \(OrderNumbers.last(household: "decided.household_id", cycle: "$2", besides: "$1"))::smallint
                    + 1::smallint AS order_number
            FROM transfers.household_outcome AS decided
            WHERE decided.run_number = $1 AND decided.outcome = 1
        ) AS expected
        JOIN transfers.roll_household AS roll ON roll.household_id = expected.household_id AND roll.run_number = $1
        GROUP BY expected.chunk ORDER BY expected.chunk
        """
    var run: PaymentRun
    var transactionsPerFile: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(run.runNumber)
        parameters.add(run.cycleId)
        parameters.add(run.paymentKey)
        parameters.add(run.currency)
        parameters.add(transactionsPerFile)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> FileTotals {
        FileTotals(
            transactions: try row.int64(0), totalMinor: try row.int64(1), digest: try row.bytes(2))
    }
}
