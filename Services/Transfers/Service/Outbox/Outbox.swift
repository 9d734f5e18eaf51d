import Contracts
import Crypto
import FoundationEssentials
import Glibc

/// The directory of bank files: what every use of it needs of the file system.
enum Outbox {
    /// Where files go that were recalled before the bank had them.
    static let recalledDirectory = "recalled"

    /// Makes the directory where it is missing.
    static func makeDirectory(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw OutboxTrouble.present
        }
    }

    /// Writes all bytes.
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
        var rest = bytes
        while let start = rest.baseAddress, rest.count > 0 {
            let count = Glibc.write(descriptor, start, rest.count)
            guard count > 0 else {
                if errno == EINTR { continue }
                throw OutboxTrouble.present
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }

    /// Makes the names in a directory durable.
    static func syncDirectory(_ path: String) throws {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw OutboxTrouble.present }
        defer { _ = close(folder) }
        guard fsync(folder) == 0 else { throw OutboxTrouble.present }
    }

    /// Does something while nobody else gives files their names: a writer whose session has ended, and who does not know it
    /// yet, gives none once somebody has looked. Where the directory is missing nobody can.
    static func locked<Result>(_ directory: String, _ body: () async throws -> Result) async throws -> Result {
        let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else {
            guard errno == ENOENT || errno == ENOTDIR else { throw OutboxTrouble.present }
            return try await body()
        }
        defer { _ = close(folder) }
        // Whoever waits keeps no thread that the one who works may need.
        while flock(folder, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw OutboxTrouble.present }
            try await Task.sleep(for: .milliseconds(2))
        }
        return try await body()
    }

    /// Names of the files that a bank may fetch. None where the directory is missing: nothing was written yet.
    static func names(in directory: String, ending: String = ".xml") throws -> [String] {
        guard let folder = opendir(directory) else {
            if errno == ENOENT || errno == ENOTDIR { return [] }
            throw OutboxTrouble.present
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(ending) { names.append(name) }
        }
        return names.sorted()
    }

    /// Whether something has this name.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Reads a regular file piece by piece; false when it is not there or cannot be read to its end.
    static func read(_ path: String, _ body: (UnsafeRawBufferPointer) throws -> Void) rethrows -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { _ = close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return false }
            if count == 0 { return true }
            try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
        }
    }

    /// SHA-256 of the bytes of a file; nil when it cannot be read.
    static func digest(ofFile path: String) -> [UInt8]? {
        var hash = SHA256()
        guard read(path, { hash.update($0) }) else { return nil }
        return hash.finalize()
    }

    /// Moves a file to where the recalled ones are. True also when it is there already, as after a kill.
    static func recall(_ name: String, in directory: String) throws -> Bool {
        let recalled = "\(directory)/\(recalledDirectory)"
        try makeDirectory(recalled)
        if rename("\(directory)/\(name)", "\(recalled)/\(name)") != 0 {
            guard errno == ENOENT else { throw OutboxTrouble.present }
            return exists("\(recalled)/\(name)")
        }
        try syncDirectory(recalled)
        try syncDirectory(directory)
        return true
    }
}
