import Contracts
import FoundationEssentials
import Postgres

/// An upload that a service reads by itself, for files that are not tables of rows.
public struct UploadedFile: ~Copyable {
    /// The file's name as it was sent.
    public let fileName: String
    /// The digest of its bytes.
    public let sha256: [UInt8]
    private let uploadId: UUID
    private var reader: UploadReader

    private init(_ upload: StoredUpload) {
        fileName = upload.fileName
        sha256 = upload.sha256
        uploadId = upload.uploadId
        reader = UploadReader(upload)
    }

    /// The upload with an id, as a request names it.
    public static func find(_ uploadId: String, in transaction: borrowing Transaction) async throws -> UploadedFile {
        guard let id = UUID(uuidString: uploadId) else {
            throw RPCError.invalidArgument("an upload's id is no UUID")
        }
        guard let upload = try await transaction.queryOne(FindUploads(uploadIds: [id])) else {
            throw RPCError.notFound("no upload \(id.uuidString.lowercased()); send the file first")
        }
        return UploadedFile(upload)
    }

    /// The piece read last, some megabytes at most.
    public var piece: [UInt8] { reader.piece }

    /// The first bytes, some thousand at most; reading begins with the first piece all the same.
    public borrowing func opening(in transaction: borrowing Transaction) async throws -> [UInt8] {
        try await UploadReader.opening(of: uploadId, in: transaction)
    }

    /// Reads the next piece; false at the end of the file.
    public mutating func advance(in transaction: borrowing Transaction) async throws -> Bool {
        try await reader.advance(in: transaction)
    }

    /// Ends the reading: checks that the bytes were those that were sent, and discards them.
    public consuming func finish(in transaction: borrowing Transaction) async throws {
        let uploadId = uploadId
        try reader.finish()
        try await transaction.execute(DiscardChunks(uploadIds: [uploadId]))
    }

    /// Discards the bytes unread.
    public consuming func discard(in transaction: borrowing Transaction) async throws {
        try await transaction.execute(DiscardChunks(uploadIds: [uploadId]))
    }
}
