import Contracts
import Crypto
import FoundationEssentials
import Glibc

/// A file in the outbox: written under another name, made durable, then renamed. Whoever looks into the directory sees
/// whole files only.
final class OutboxFile {
    let name: String
    let path: String
    private let directory: String
    private let descriptor: Int32
    private var hash: SHA256? = SHA256()

    init(directory: String, name: String) throws {
        self.directory = directory
        self.name = name
        path = "\(directory)/\(name)"
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw Self.unavailable
        }
        descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw Self.unavailable }
    }

    deinit { _ = Glibc.close(descriptor) }

    /// Adds bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        hash?.update(bytes)
        var rest = bytes
        while let start = rest.baseAddress, rest.count > 0 {
            let count = Glibc.write(descriptor, start, rest.count)
            guard count > 0 else {
                if errno == EINTR { continue }
                throw Self.unavailable
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }

    /// Makes the file durable and visible, and answers the digest of its bytes.
    func close() throws -> [UInt8] {
        guard fsync(descriptor) == 0, rename(path + ".part", path) == 0 else { throw Self.unavailable }
        let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Self.unavailable }
        defer { _ = Glibc.close(folder) }
        guard fsync(folder) == 0, let complete = hash.take() else { throw Self.unavailable }
        return complete.finalize()
    }

    /// The call is tried again; the path is the operator's business and stands in the service's configuration.
    private static let unavailable = RPCError.unavailable("The outbox for bank files cannot be written to.")
}
