import Crypto
import FoundationEssentials
import Glibc
import Postgres

/// Sending files to the database, from the program of the person who has them.
public enum Upload {
    /// Bytes of one chunk: with its row it fills one page of the table.
    static let chunkSize = 8000

    /// A file that was sent.
    public struct Sent: Sendable {
        /// Names the upload in an import's request.
        public let uploadId: UUID
        /// The file's name, without its folder.
        public let fileName: String
        /// Bytes sent.
        public let byteCount: Int64
        /// Their SHA-256.
        public let sha256: [UInt8]
    }

    /// Why a file could not be sent.
    public struct Failure: Error, CustomStringConvertible {
        /// The file and the system's reason.
        public let description: String
    }

    /// Sends a file in one transaction; memory does not grow with it.
    ///
    /// The pool's login is recorded as the sender.
    public static func send(_ path: String, to pool: ConnectionPool) async throws -> Sent {
        let name = String(path.split(separator: "/").last ?? "")
        let uploadId = UUID()
        return try await pool.transaction { transaction in
            let file = try SourceFile(path)
            var hash = SHA256()
            var byteCount: Int64 = 0
            try await transaction.copyIn(
                "COPY intake.upload_chunk (upload_id, chunk, bytes) FROM STDIN (FORMAT binary)"
            ) { copy in
                var chunk: Int32 = 0
                while let bytes = try file.next(Self.chunkSize) {
                    hash.update(bytes)
                    byteCount += Int64(bytes.count)
                    copy.startRow(columns: 3)
                    copy.add(uploadId)
                    copy.add(chunk)
                    copy.add(bytes)
                    chunk += 1
                }
            }
            let sent = Sent(uploadId: uploadId, fileName: name, byteCount: byteCount, sha256: hash.finalize())
            try await transaction.execute(InsertUpload(sent: sent))
            return sent
        }
    }
}

struct InsertUpload: Statement {
    typealias Row = Never

    let sent: Upload.Sent

    static let sql = "INSERT INTO intake.upload (upload_id, file_name, byte_count, sha256) VALUES ($1, $2, $3, $4)"

    func bind(into parameters: inout Parameters) {
        parameters.add(sent.uploadId)
        parameters.add(sent.fileName)
        parameters.add(sent.byteCount)
        parameters.add(sent.sha256)
    }
}

/// A file read in whole chunks through one buffer.
private final class SourceFile {
    private let path: String
    private let descriptor: Int32
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Upload.chunkSize * 64, alignment: 16)
    private var filled = 0
    private var position = 0

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            // Everything is initialised, so deinit runs and frees the buffer.
            throw Upload.Failure(description: "\(path): \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        buffer.deallocate()
    }

    /// The next `size` bytes, fewer only at the end of the file; nil there. Valid until the next call.
    func next(_ size: Int) throws -> UnsafeRawBufferPointer? {
        if position == filled { try fill() }
        guard filled > position else { return nil }
        let count = min(size, filled - position)
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: buffer[position..<position + count])
    }

    private func fill() throws {
        position = 0
        filled = 0
        while filled < buffer.count {
            let count = read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Upload.Failure(description: "\(path): \(String(cString: strerror(errno)))")
            }
            if count == 0 { return }
            filled += count
        }
    }
}
