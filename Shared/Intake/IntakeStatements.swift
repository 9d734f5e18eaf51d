import FoundationEssentials
import Postgres

/// The statements of this module, for the test that the database understands them.
public enum IntakeStatements {
    /// Every statement that services run.
    public static let all: [any Statement.Type] = [
        FindUploads.self, Today.self, CountRejects.self, RecordImport.self, RecordFile.self, DiscardChunks.self,
        InsertUpload.self, FilesWithRejects.self, PageOfRejects.self,
    ]
}

/// An upload as it was received.
struct StoredUpload: Sendable {
    let uploadId: UUID
    let fileName: String
    let byteCount: Int64
    let sha256: [UInt8]
}

struct FindUploads: Statement {
    let uploadIds: [UUID]

    static let sql = "SELECT upload_id, file_name, byte_count, sha256 FROM intake.upload WHERE upload_id = ANY($1)"

    func bind(into parameters: inout Parameters) {
        parameters.add(uploadIds)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> StoredUpload {
        StoredUpload(
            uploadId: try row.uuid(0), fileName: try row.string(1), byteCount: try row.int64(2),
            sha256: try row.bytes(3))
    }
}

/// Days from 2000-01-01 to today, which is the country's day.
struct Today: Statement {
    static let sql = "SELECT coordination.civil_day() - date '2000-01-01'"

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 {
        try row.int32(0)
    }
}

struct CountRejects: Statement {
    let importId: UUID

    static let sql = "SELECT upload_id, count(*) FROM intake.reject WHERE import_id = $1 GROUP BY upload_id"

    func bind(into parameters: inout Parameters) {
        parameters.add(importId)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (uploadId: UUID, rows: Int64) {
        (try row.uuid(0), try row.int64(1))
    }
}

struct RecordImport: Statement {
    typealias Row = Never

    let importId: UUID
    let method: String
    let context: String
    let keepsGoodRows: Bool
    let applied: Bool
    let requestedBy: String
    let acceptedChanges: String

    static let sql = """
        INSERT INTO intake.import (
            import_id, method, context, keeps_good_rows, applied, requested_by, accepted_changes)
        VALUES ($1, $2, $3, $4, $5, $6, nullif($7, ''))
        """

    func bind(into parameters: inout Parameters) {
        parameters.add(importId)
        parameters.add(method)
        parameters.add(context)
        parameters.add(keepsGoodRows)
        parameters.add(applied)
        parameters.add(requestedBy)
        parameters.add(acceptedChanges)
    }
}

struct RecordFile: Statement {
    typealias Row = Never

    let importId: UUID
    let uploadId: UUID
    let kind: String
    let rows: Int64
    let stored: Int64
    let changed: Int64
    let unchanged: Int64
    let rejected: Int64

    static let sql = """
        INSERT INTO intake.import_file
            (import_id, upload_id, kind, row_count, stored_count, changed_count, unchanged_count, rejected_count)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """

    func bind(into parameters: inout Parameters) {
        parameters.add(importId)
        parameters.add(uploadId)
        parameters.add(kind)
        parameters.add(rows)
        parameters.add(stored)
        parameters.add(changed)
        parameters.add(unchanged)
        parameters.add(rejected)
    }
}

/// Deletes the bytes of uploads that were imported, of those that nobody imported within a day, and of those that nobody
/// answers for: an upload's bytes and its row come in one transaction.
struct DiscardChunks: Statement {
    typealias Row = Never

    let uploadIds: [UUID]

    static let sql = """
        DELETE FROM intake.upload_chunk AS chunk WHERE upload_id = ANY($1) OR NOT EXISTS (
            SELECT FROM intake.upload
            WHERE upload.upload_id = chunk.upload_id AND upload.uploaded_at >= now() - interval '1 day')
        """

    func bind(into parameters: inout Parameters) {
        parameters.add(uploadIds)
    }
}
