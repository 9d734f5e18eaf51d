import Contracts
import Crypto
import Postgres

/// How many transactions a file has, their sum, and a digest of everything that is said about each.
struct FileTotals: Sendable {
    var transactions: Int64
    var totalMinor: Int64
    var digest: [UInt8]
}

/// The orders that a file will hold.
struct SumFileOrders: Statement {
    typealias Row = FileTotals
    static let sql = """
        SELECT count(*), coalesce(sum(sent.amount_minor), 0)::bigint, coalesce(sha256(string_agg(
            sha256(convert_to(concat_ws(E'\\n', sent.end_to_end_id, sent.uetr, sent.amount_minor, sent.currency, roll.bank_bic,
                roll.account_number, roll.holder_name), 'UTF8')), '' ORDER BY sent.household_id)), '')
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

/// Records a file that is in the outbox.
struct InsertPaymentFile: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.payment_file (
            run_number, chunk, message_id, payment_information_id, file_name, path, first_household, last_household,
            transactions, total_minor, byte_count, sha256)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """
    var runNumber: Int32
    var chunk: Int32
    var messageId: String
    var paymentInformationId: String
    var fileName: String
    var path: String
    var range: ClosedRange<Int64>
    var transactions: Int32
    var totalMinor: Int64
    var byteCount: Int64
    var sha256: [UInt8]
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(chunk)
        parameters.add(messageId)
        parameters.add(paymentInformationId)
        parameters.add(fileName)
        parameters.add(path)
        parameters.add(range.lowerBound)
        parameters.add(range.upperBound)
        parameters.add(transactions)
        parameters.add(totalMinor)
        parameters.add(byteCount)
        parameters.add(sha256)
    }
}

/// The files of a run.
struct ListPaymentFiles: Statement {
    typealias Row = TransfersV1.BankFile
    static let sql = """
        SELECT file_name, path, transactions, total_minor, encode(sha256, 'hex')
        FROM transfers.payment_file WHERE run_number = $1 ORDER BY chunk
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> TransfersV1.BankFile {
        TransfersV1.BankFile(
            name: try row.string(0), path: try row.string(1), transactions: try row.int32(2),
            totalMinor: try row.int64(3), sha256: try row.string(4))
    }
}
