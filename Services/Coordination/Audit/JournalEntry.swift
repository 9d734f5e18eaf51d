import Crypto
import Postgres

/// One entry of the journal with the columns of its batch, as it is read for checking.
struct JournalEntry {
    var leaf: Int64?
    var batch: Int64
    var postedAt: Int64
    var postedBy: String
    var call: Int64?
    var entriesOfBatch: Int32
    var ordinal: Int32
    var content: Content
    var storedHash: [UInt8]

    /// A transfer between stage accounts, or a record of anything else.
    enum Content {
        case transfer(Transfer)
        case record(kind: String, key: String, body: String)
    }

    struct Transfer {
        var line: Int32
        var amount: Int64
        var businessDate: Int32
        var originalDate: Int32?
        var expiresOn: Int32?
        var kind: Int16
        var from: Int16
        var to: Int16
        var postingId: String
        var document: String
        var reverses: String
        var group: String
        var overrideReason: String
        var description: String
    }

    /// Every entry in the order of the log; those that are not in the log yet come last.
    static let query = """
        COPY (
            SELECT s.first_leaf + e.ordinal - 1, e.batch_id, b.posted_at, b.posted_by, b.call_id, b.entries, e.ordinal,
                e.line_id, e.amount, e.business_date, e.original_date, e.expires_on, e.kind, e.from_stage, e.to_stage,
                e.posting_id, e.document, e.reverses, e.linked_group, e.override_reason, e.description, e.leaf_hash
            FROM (
                SELECT t.batch_id, t.ordinal, t.line_id, t.amount, t.business_date, t.original_date, t.expires_on,
                    t.kind, t.from_stage, t.to_stage, t.posting_id, t.document, t.reverses, t.linked_group,
                    t.override_reason, t.description, t.leaf_hash
                FROM coordination.budget_transfer t
                UNION ALL
                SELECT r.batch_id, r.ordinal, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, r.kind, r.key, '', '',
                    '', r.body, r.leaf_hash
                FROM coordination.budget_record r
            ) AS e
            LEFT JOIN coordination.budget_batch b USING (batch_id)
            LEFT JOIN coordination.budget_log_span s USING (batch_id)
            ORDER BY s.first_leaf NULLS LAST, e.batch_id, e.ordinal
        ) TO STDOUT (FORMAT binary)
        """

    init(_ row: borrowing CopyRow) throws {
        leaf = try row.int64OrNil(0)
        batch = try row.int64(1)
        postedAt = row.isNull(2) ? 0 : try row.timestampMicroseconds(2)
        postedBy = try row.stringOrNil(3) ?? ""
        call = try row.int64OrNil(4)
        entriesOfBatch = try row.int32OrNil(5) ?? 0
        ordinal = try row.int32(6)
        if let line = try row.int32OrNil(7) {
            content = .transfer(
                Transfer(
                    line: line, amount: try row.int64(8), businessDate: try row.date(9),
                    originalDate: try row.dateOrNil(10), expiresOn: try row.dateOrNil(11), kind: try row.int16(12),
                    from: try row.int16(13), to: try row.int16(14), postingId: try row.string(15),
                    document: try row.string(16), reverses: try row.string(17), group: try row.string(18),
                    overrideReason: try row.string(19), description: try row.string(20)))
        } else {
            content = .record(kind: try row.string(15), key: try row.string(16), body: try row.string(20))
        }
        storedHash = try row.withBytes(21) { Array($0) }
    }

    /// The leaf's hash, computed here from the canonical bytes (version 1).
    var leafHash: [UInt8] {
        var bytes = CanonicalBytes()
        bytes.append(1)
        bytes.append(batch)
        bytes.append(postedAt)
        bytes.append(postedBy)
        bytes.append(call)
        bytes.append(Int64(entriesOfBatch))
        switch content {
        case .transfer(let transfer):
            bytes.append(word: "transfer")
            bytes.append(Int64(ordinal))
            bytes.append(Int64(transfer.line))
            bytes.append(transfer.amount)
            bytes.append(Int64(transfer.businessDate))
            bytes.append(transfer.originalDate.map(Int64.init))
            bytes.append(transfer.expiresOn.map(Int64.init))
            bytes.append(Int64(transfer.kind))
            bytes.append(Int64(transfer.from))
            bytes.append(Int64(transfer.to))
            bytes.append(transfer.postingId)
            bytes.append(transfer.document)
            bytes.append(transfer.reverses)
            bytes.append(transfer.group)
            bytes.append(transfer.overrideReason)
            bytes.append(transfer.description)
        case .record(let kind, let key, let body):
            bytes.append(word: "record")
            bytes.append(Int64(ordinal))
            bytes.append(kind)
            bytes.append(key)
            bytes.append(body)
        }
        return MerkleTree.leafHash(of: bytes.bytes)
    }
}

/// The canonical form of an entry: numbers in decimal, absent values empty, texts as `length:bytes`, joined by `|`.
struct CanonicalBytes {
    private(set) var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(256)
    }

    mutating func append(_ number: Int64?) {
        separate()
        if let number { bytes.append(contentsOf: String(number).utf8) }
    }

    mutating func append(_ text: String) {
        separate()
        bytes.append(contentsOf: String(text.utf8.count).utf8)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(word: StaticString) {
        separate()
        bytes.append(contentsOf: String(describing: word).utf8)
    }

    private mutating func separate() {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: "|")) }
    }
}
