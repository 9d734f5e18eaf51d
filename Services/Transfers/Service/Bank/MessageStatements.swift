import Contracts
import ISO20022
import Postgres

/// A message that was applied before, by its bytes.
struct FindBankMessage: Statement {
    struct Row: Sendable {
        var kind: String
        var attempt: Int32
        /// Whether it spoke of payments or files that were unknown, and nobody has settled that.
        var leftUnknown: Bool
    }
    static let sql = """
        SELECT message.kind, message.attempt, EXISTS (
            SELECT FROM transfers.bank_oddity AS odd
            WHERE odd.message_number = message.message_number AND odd.state = 'open'
                AND odd.code IN ('unknown_payment', 'unknown_file'))
        FROM transfers.bank_message AS message WHERE message.sha256 = $1 ORDER BY message.attempt DESC LIMIT 1
        """
    var sha256: [UInt8]
    func bind(into parameters: inout Parameters) { parameters.add(sha256) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(kind: try row.string(0), attempt: try row.int32(1), leftUnknown: try row.bool(2))
    }
}

/// Settles what an earlier attempt at the same bytes left unknown: the later one has judged it again.
struct SettleUnknown: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.bank_oddity AS odd
        SET state = 'settled', decision = 'pass', settled_by = $3, settled_at = now(), settled_reason = 'imported again'
        FROM transfers.bank_message AS earlier
        WHERE earlier.sha256 = $1 AND earlier.attempt < $2 AND odd.message_number = earlier.message_number
            AND odd.state = 'open' AND odd.code IN ('unknown_payment', 'unknown_file')
        """
    var sha256: [UInt8]
    var attempt: Int32
    var person: String
    func bind(into parameters: inout Parameters) {
        parameters.add(sha256)
        parameters.add(attempt)
        parameters.add(person)
    }
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
            kind, version, sender, message_id, page, file_name, sha256, transactions, imported_by, attempt)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        RETURNING message_number
        """
    var head: BankMessageHead
    var sender: String
    var fileName: String
    var sha256: [UInt8]
    var transactions: Int64
    var importedBy: String
    var attempt: Int32
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
        parameters.add(attempt)
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
