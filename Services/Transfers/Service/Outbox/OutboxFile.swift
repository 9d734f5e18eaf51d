import Contracts
import Crypto
import Glibc

/// A file in the outbox: written under another name, made durable, then given its own. Whoever looks into the directory sees
/// whole files only, and a file that is there is never replaced.
final class OutboxFile {
    let name: String
    let path: String
    private let directory: String
    /// Where the bytes are until the file has its name: no two attempts write into one.
    private let part: String
    private let descriptor: Int32
    private var hash: SHA256? = SHA256()

    init(directory: String, name: String) throws {
        self.directory = directory
        self.name = name
        path = "\(directory)/\(name)"
        try Outbox.makeDirectory(directory)
        part = "\(path).\(UInt32.random(in: .min ... .max)).part"
        descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw OutboxTrouble.present }
    }

    deinit {
        _ = Glibc.close(descriptor)
        _ = unlink(part)
    }

    /// Adds bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        hash?.update(bytes)
        try Outbox.write(bytes, to: descriptor)
    }

    /// Makes the bytes durable, and answers their digest. The file has no name yet.
    func complete() throws -> [UInt8] {
        guard let complete = hash.take() else { throw OutboxTrouble.failed.error }
        guard fsync(descriptor) == 0 else { throw OutboxTrouble.present }
        return complete.finalize()
    }

    /// Makes the complete file visible. A file of the same name with the same bytes stays; one with other bytes is refused.
    ///
    /// - Parameter announce: Called before the file gets its name; when it throws, there is no file.
    func publish(_ digest: [UInt8], announce: () throws -> Void = {}) throws {
        try announce()
        if link(part, path) != 0 {
            guard errno == EEXIST, let there = Outbox.digest(ofFile: path) else { throw OutboxTrouble.present }
            guard there == digest else {
                throw RPCError.failedPrecondition(
                    "The outbox has a file \(name) with other bytes. It is not replaced: find out who changed it.",
                    details: [ErrorDetail(type: "outbox", reason: "other_bytes", subject: name)])
            }
        }
        // What writers left that were killed before this one.
        for left in try Outbox.names(in: directory, ending: ".part") where left.hasPrefix("\(name).") {
            _ = unlink("\(directory)/\(left)")
        }
        try Outbox.syncDirectory(directory)
    }
}
