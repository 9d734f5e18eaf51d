import FoundationEssentials
import Postgres
import Vocabulary

/// A row that an import refused.
public struct RejectedRow: Sendable, Equatable {
    /// The file it stood in.
    public let fileName: String
    /// Its line there.
    public let line: Int64
    /// The column; empty for the whole row.
    public let field: String
    /// The code of ``RejectReason``, or of a check of the kind.
    public let reason: String
    /// The fault in words, free of personal data.
    public let sentence: Sentence
    /// The sentence in English.
    public var message: String { sentence.text }
}

/// Reading what an import refused.
public enum Rejects {
    /// Calls `body` with each refused row of an import, files in the order of their names and rows in the order of their
    /// lines, in constant memory; ends early once `body` says that it has enough.
    public static func forEach(
        of importId: UUID, in pool: ConnectionPool, _ body: (RejectedRow) throws -> Reading
    ) async throws {
        for uploadId in try await pool.query(FilesWithRejects(importId: importId)) {
            var last: Int64 = 0
            while true {
                let page = try await pool.query(PageOfRejects(importId: importId, uploadId: uploadId, after: last))
                for row in page where try body(row) == .enough { return }
                guard let end = page.last else { break }
                last = end.line
            }
        }
    }

    /// Whether a reader wants more rows.
    public enum Reading: Sendable {
        case more
        case enough
    }
}

struct FilesWithRejects: Statement {
    let importId: UUID

    static let sql = """
        SELECT upload_id FROM intake.import_v1 WHERE import_id = $1 AND rejected_count > 0
        ORDER BY file_name, upload_id
        """

    func bind(into parameters: inout Parameters) { parameters.add(importId) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> UUID { try row.uuid(0) }
}

/// A row has at most one reject, so file and line are a key.
struct PageOfRejects: Statement {
    let importId: UUID
    let uploadId: UUID
    let after: Int64

    static let sql = """
        SELECT file_name, line, field, reason, pattern, fillings FROM intake.reject_v1
        WHERE import_id = $1 AND upload_id = $2 AND line > $3
        ORDER BY line LIMIT 5000
        """

    func bind(into parameters: inout Parameters) {
        parameters.add(importId)
        parameters.add(uploadId)
        parameters.add(after)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> RejectedRow {
        RejectedRow(
            fileName: try row.string(0), line: try row.int64(1), field: try row.string(2), reason: try row.string(3),
            sentence: Sentence(pattern: try row.string(4), values: try row.stringArray(5)))
    }
}

/// A refused row on its way into `intake.reject`.
struct Reject: Sendable {
    let uploadId: UUID
    let line: Int
    let field: String
    let fault: RowFault

    static let copy = """
        COPY intake.reject (import_id, upload_id, line, field, reason, pattern, fillings) FROM STDIN (FORMAT binary)
        """

    func write(_ importId: UUID, to copy: inout CopyWriter) {
        copy.startRow(columns: 7)
        copy.add(importId)
        copy.add(uploadId)
        copy.add(Int64(line))
        copy.add(field)
        copy.add(fault.reason.rawValue)
        copy.add(fault.sentence.pattern)
        copy.add(fault.sentence.values)
    }
}
