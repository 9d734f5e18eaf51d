import Contracts
import Crypto
import FoundationEssentials
import Glibc

/// A file in the outbox: written under another name, made durable, then given its own. Whoever looks into the directory sees
/// whole files only, and a file that is there is never replaced.
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

    /// Makes the file durable and visible, and answers the digest of its bytes. A file of the same name with the same bytes
    /// stays; one with other bytes is refused.
    func close() throws -> [UInt8] {
        guard let complete = hash.take() else { throw Self.unavailable }
        let digest = complete.finalize()
        guard fsync(descriptor) == 0 else { throw Self.unavailable }
        if link(path + ".part", path) != 0 {
            guard errno == EEXIST, let there = Self.digest(ofFile: path) else { throw Self.unavailable }
            guard there == digest else {
                throw RPCError.failedPrecondition(
                    "The outbox has a file \(name) with other bytes. It is not replaced: find out who changed it.")
            }
        }
        guard unlink(path + ".part") == 0 else { throw Self.unavailable }
        let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Self.unavailable }
        defer { _ = Glibc.close(folder) }
        guard fsync(folder) == 0 else { throw Self.unavailable }
        return digest
    }

    /// The names of the whole files in a directory that begin in a way, in their order; none where it cannot be read.
    static func names(in directory: String, prefix: String) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return all.filter { $0.hasPrefix(prefix) && $0.hasSuffix(".xml") }.sorted()
    }

    /// SHA-256 of the bytes of a file; nil when it cannot be read.
    static func digest(ofFile path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { _ = Glibc.close(descriptor) }
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return hash.finalize() }
            buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
        }
    }

    /// The call is tried again; the path is the operator's business and stands in the service's configuration.
    private static let unavailable = RPCError.unavailable("The outbox for bank files cannot be written to.")
}
