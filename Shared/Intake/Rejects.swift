import FoundationEssentials
import Postgres

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
    public let message: String
}

/// Reading what an import refused.
public enum Rejects {
    /// Calls `body` with each refused row of an import in the order of files and lines, in constant memory.
    public static func forEach(
        of importId: UUID, in pool: ConnectionPool, _ body: (RejectedRow) throws -> Void
    ) async throws {
        var last: (uploadId: UUID, line: Int64) = (UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), 0)
        while true {
            let page = try await pool.query(PageOfRejects(importId: importId, after: last))
            for entry in page { try body(entry.row) }
            guard let end = page.last else { return }
            last = (end.uploadId, end.row.line)
        }
    }
}

/// A row has at most one reject, so file and line are a key.
struct PageOfRejects: Statement {
    let importId: UUID
    let after: (uploadId: UUID, line: Int64)

    static let sql = """
        SELECT upload_id, file_name, line, field, reason, message FROM intake.reject_v1
        WHERE import_id = $1 AND (upload_id, line) > ($2, $3)
        ORDER BY upload_id, line LIMIT 5000
        """

    func bind(into parameters: inout Parameters) {
        parameters.add(importId)
        parameters.add(after.uploadId)
        parameters.add(after.line)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (uploadId: UUID, row: RejectedRow) {
        let rejected = RejectedRow(
            fileName: try row.string(1), line: try row.int64(2), field: try row.string(3), reason: try row.string(4),
            message: try row.string(5))
        return (try row.uuid(0), rejected)
    }
}

/// A refused row on its way into `intake.reject`.
struct Reject: Sendable {
    let uploadId: UUID
    let line: Int
    let field: String
    let fault: RowFault

    static let copy = """
        COPY intake.reject (import_id, upload_id, line, field, reason, message) FROM STDIN (FORMAT binary)
        """

    func write(_ importId: UUID, to copy: inout CopyWriter) {
        copy.startRow(columns: 6)
        copy.add(importId)
        copy.add(uploadId)
        copy.add(Int64(line))
        copy.add(field)
        copy.add(fault.reason.rawValue)
        copy.add(fault.message)
    }
}
