import Contracts
import ISO20022
import Postgres

/// A message that was applied before.
struct KnownMessage: Sendable {
    var kind: String
    var sha256: [UInt8]

    init(_ row: borrowing RowReader) throws(PostgresError) {
        kind = try row.string(0)
        sha256 = try row.bytes(1)
    }
}

/// Finds a message by its bytes.
struct FindBankMessage: Statement {
    typealias Row = KnownMessage
    static let sql = "SELECT kind, sha256 FROM transfers.bank_message WHERE sha256 = $1"
    var sha256: [UInt8]
    func bind(into parameters: inout Parameters) { parameters.add(sha256) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> KnownMessage { try KnownMessage(row) }
}

/// Finds a message by its identifier.
struct FindBankMessageById: Statement {
    typealias Row = KnownMessage
    static let sql = "SELECT kind, sha256 FROM transfers.bank_message WHERE kind = $1 AND message_id = $2"
    var kind: String
    var messageId: String
    func bind(into parameters: inout Parameters) {
        parameters.add(kind)
        parameters.add(messageId)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> KnownMessage { try KnownMessage(row) }
}

/// Numbers a message that is being applied.
struct InsertBankMessage: Statement {
    typealias Row = Int32
    static let sql = """
        INSERT INTO transfers.bank_message (
            kind, version, message_id, file_name, sha256, transactions, accepted, rejected, paid, returned, unchanged,
            imported_by)
        VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0, 0, $7)
        RETURNING message_number
        """
    var head: BankMessageHead
    var fileName: String
    var sha256: [UInt8]
    var transactions: Int64
    var importedBy: String
    func bind(into parameters: inout Parameters) {
        parameters.add(head.kind.rawValue)
        parameters.add(head.version)
        parameters.add(head.messageID)
        parameters.add(fileName)
        parameters.add(sha256)
        parameters.add(transactions)
        parameters.add(importedBy)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 { try row.int32(0) }
}

/// Says what a message came to.
struct CountBankMessage: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.bank_message SET accepted = $2, rejected = $3, paid = $4, returned = $5, unchanged = $6
        WHERE message_number = $1
        """
    var messageNumber: Int32
    var result: TransfersV1.BankFileResult
    func bind(into parameters: inout Parameters) {
        parameters.add(messageNumber)
        parameters.add(result.accepted)
        parameters.add(result.rejected)
        parameters.add(result.paid)
        parameters.add(result.returned)
        parameters.add(result.unchanged)
    }
}

/// Keeps that a file was refused.
struct InsertBankRefusal: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.bank_refusal (file_name, sha256, line, reason, refused_for) VALUES ($1, $2, $3, $4, $5)
        """
    var fileName: String
    var sha256: [UInt8]
    var line: Int32
    var reason: String
    var refusedFor: String
    func bind(into parameters: inout Parameters) {
        parameters.add(fileName)
        parameters.add(sha256)
        parameters.add(line)
        parameters.add(reason)
        parameters.add(refusedFor)
    }
}
