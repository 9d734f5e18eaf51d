import Contracts
import ISO20022
import Postgres

/// The kind of a message that was applied before, by its bytes.
struct FindBankMessage: Statement {
    typealias Row = String
    static let sql = "SELECT kind FROM transfers.bank_message WHERE sha256 = $1"
    var sha256: [UInt8]
    func bind(into parameters: inout Parameters) { parameters.add(sha256) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// The file of the same message, by sender, identifier and page.
struct FindBankMessageById: Statement {
    typealias Row = String
    static let sql = """
        SELECT file_name FROM transfers.bank_message
        WHERE kind = $1 AND sender = $2 AND message_id = $3 AND page = $4 ORDER BY message_number LIMIT 1
        """
    var kind: String
    var sender: String
    var messageId: String
    var page: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(kind)
        parameters.add(sender)
        parameters.add(messageId)
        parameters.add(page)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// Numbers a message that is being applied.
struct InsertBankMessage: Statement {
    typealias Row = Int32
    static let sql = """
        INSERT INTO transfers.bank_message (
            kind, version, sender, message_id, page, file_name, sha256, transactions, imported_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        RETURNING message_number
        """
    var head: BankMessageHead
    var sender: String
    var fileName: String
    var sha256: [UInt8]
    var transactions: Int64
    var importedBy: String
    func bind(into parameters: inout Parameters) {
        parameters.add(head.kind.rawValue)
        parameters.add(head.version)
        parameters.add(sender)
        parameters.add(head.messageID)
        parameters.add(head.page)
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
        UPDATE transfers.bank_message
        SET accepted = $2, rejected = $3, paid = $4, returned = $5, unchanged = $6, odd = $7, passed_over = $8
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
        parameters.add(result.odd)
        parameters.add(result.passedOver)
    }
}

/// Keeps that a file was refused.
struct InsertBankRefusal: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.bank_refusal (file_name, sha256, line, code, values, refused_for)
        SELECT $1, $2, $3, $4, coalesce(
            (SELECT jsonb_object_agg(name, value) FROM unnest($5::text[], $6::text[]) AS given (name, value)), '{}'), $7
        """
    var fileName: String
    var sha256: [UInt8]
    var refusal: MessageRefusal
    var refusedFor: String
    func bind(into parameters: inout Parameters) {
        parameters.add(fileName)
        parameters.add(sha256)
        parameters.add(Int32(clamping: refusal.line))
        parameters.add(refusal.reason.rawValue)
        parameters.add(refusal.values.map(\.name))
        parameters.add(refusal.values.map(\.value))
        parameters.add(refusedFor)
    }
}
