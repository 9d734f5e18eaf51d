import Contracts
import Crypto
import FoundationEssentials
import Postgres
import Tabular
import Vocabulary

/// Reads an upload's bytes back in pieces of a few megabytes, and checks that they are what was sent.
struct UploadReader: ~Copyable {
    /// Chunks read at once: 4 MB, which keeps a COPY busy long enough for its start not to matter.
    private static let chunksAtOnce: Int32 = 512
    /// Chunks that hold the header: far more than any header needs.
    private static let headerChunks: Int32 = 4

    private let upload: StoredUpload
    private var hash = SHA256()
    private var nextChunk: Int32 = 0
    private var byteCount: Int64 = 0
    /// The piece read last.
    private(set) var piece: [UInt8] = []

    init(_ upload: StoredUpload) {
        self.upload = upload
        piece.reserveCapacity(Int(Self.chunksAtOnce) * Upload.chunkSize)
    }

    /// Reads the next piece; false at the end of the file.
    mutating func advance(in transaction: borrowing Transaction) async throws -> Bool {
        let first = nextChunk
        var bytes: [UInt8] = []
        swap(&bytes, &piece)
        bytes.removeAll(keepingCapacity: true)
        let chunks = try await Self.read(upload, from: first, to: first + Self.chunksAtOnce, into: &bytes, transaction)
        swap(&bytes, &piece)
        hash.update(piece)
        byteCount += Int64(piece.count)
        nextChunk += Int32(chunks)
        return chunks > 0
    }

    /// Ends the reading.
    ///
    /// - Throws: `RPCError` when the bytes are not those that were sent.
    consuming func finish() throws {
        guard byteCount == upload.byteCount, hash.finalize() == upload.sha256 else { throw Self.gone(upload) }
    }

    /// The fields of the first record.
    static func header(
        of upload: StoredUpload, in transaction: borrowing Transaction
    ) async throws -> Result<[String], RowFault> {
        var bytes: [UInt8] = []
        let chunks = try await read(upload, from: 0, to: headerChunks, into: &bytes, transaction)
        if upload.byteCount == 0 {
            return .failure(RowFault(field: nil, .emptyFile, "the file is empty; was it saved and sent whole?"))
        }
        if chunks == 0 { throw gone(upload) }
        if let foreign = ForeignFile.recognise(bytes) {
            return .failure(RowFault(field: nil, foreign.isEncoding ? .encoding : .wrongKind, foreign.sentence))
        }
        return firstRecord(of: bytes, isWhole: Int64(bytes.count) == upload.byteCount)
    }

    private static func firstRecord(of bytes: [UInt8], isWhole: Bool) -> Result<[String], RowFault> {
        var reader = CSVReader()
        var header: Result<[String], RowFault>?
        func take(_ row: borrowing CSVRow) {
            guard header == nil else { return }
            header = row.fault.map { .failure(RowFault($0)) } ?? .success(row.strings())
        }
        do throws(CSVFault) {
            try reader.feed(bytes, take)
            if isWhole { try reader.finish(take) }
        } catch {
            return header ?? .failure(RowFault(error))
        }
        return header ?? .failure(RowFault(field: nil, .emptyFile, "the file has no rows"))
    }

    /// The bytes of the first chunk; none when they are gone.
    static func opening(of uploadId: UUID, in transaction: borrowing Transaction) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        let text: SQLText = """
            COPY (SELECT bytes FROM intake.upload_chunk WHERE upload_id = \(uploadId) AND chunk = 0)
            TO STDOUT (FORMAT binary)
            """
        try await transaction.copyOut(text.sql) { row in
            try row.withBytes(0) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    private static func read(
        _ upload: StoredUpload, from first: Int32, to end: Int32, into bytes: inout [UInt8],
        _ transaction: borrowing Transaction
    ) async throws -> Int {
        let text: SQLText = """
            COPY (
                SELECT bytes FROM intake.upload_chunk
                WHERE upload_id = \(upload.uploadId) AND chunk >= \(first) AND chunk < \(end) ORDER BY chunk
            ) TO STDOUT (FORMAT binary)
            """
        return try await transaction.copyOut(text.sql) { row in
            try row.withBytes(0) { bytes.append(contentsOf: $0) }
        }
    }

    private static func gone(_ upload: StoredUpload) -> RPCError {
        .failedPrecondition(
            "the bytes of \(upload.fileName) are not here any more (imported already, older than a day, or lost in a"
                + " crash of the database server); send the file again")
    }
}
