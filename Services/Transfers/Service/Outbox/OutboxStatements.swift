import Crypto
import Foundation
import Postgres

/// A file that the database knows.
struct KnownFile: Sendable {
    var runNumber: Int32
    var runId: UUID
    var chunk: Int32
    var programme: String
    var cycle: String
    var currency: String
    var kind: String
    var name: String
    var transactions: Int64
    var totalMinor: Int64
    var digest: [UInt8]
    var range: ClosedRange<Int64>
    var isRecalled: Bool

    var sha256: String { Hexadecimal.string(digest) }

    /// What reads a file; `WHERE` follows.
    static let selection = """
        SELECT file.run_number, run.run_id, file.chunk, cycle.programme, cycle.code, run.currency, run.kind,
            file.file_name, file.transactions, file.total_minor, file.sha256, file.first_household, file.last_household,
            EXISTS (SELECT FROM transfers.recalled_file AS taken WHERE taken.file_name = file.file_name)
        FROM transfers.payment_file AS file
        JOIN transfers.payment_run AS run USING (run_number)
        JOIN transfers.cycle AS cycle USING (cycle_id)
        """

    init(_ row: borrowing RowReader) throws(PostgresError) {
        runNumber = try row.int32(0)
        runId = try row.uuid(1)
        chunk = try row.int32(2)
        programme = try row.string(3)
        cycle = try row.string(4)
        currency = try row.string(5)
        kind = try row.string(6)
        name = try row.string(7)
        transactions = try row.int64(8)
        totalMinor = try row.int64(9)
        digest = try row.bytes(10)
        range = try row.int64(11)...row.int64(12)
        isRecalled = try row.bool(13)
    }
}

/// The files of a run, or of every run.
struct ListKnownFiles: Statement {
    typealias Row = KnownFile
    static let sql = """
        \(KnownFile.selection) WHERE file.run_number = coalesce($1, file.run_number) ORDER BY file.run_number, file.chunk
        """
    var runNumber: Int32?
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> KnownFile { try KnownFile(row) }
}

/// The file of a name, if the database knows it.
struct FindKnownFile: Statement {
    typealias Row = KnownFile
    static let sql = "\(KnownFile.selection) WHERE file.file_name = $1"
    var name: String
    func bind(into parameters: inout Parameters) { parameters.add(name) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> KnownFile { try KnownFile(row) }
}
