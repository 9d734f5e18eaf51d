import Contracts
import Glibc

/// `MANIFEST` in the outbox: one line of JSON for each file, written and made durable before the file gets its name. It
/// says in words that need no database what was told to the bank, so that a database that went back can be compared.
struct OutboxManifest: Sendable {
    /// Its name in the directory.
    static let name = "MANIFEST"

    /// The lines that could be read, in order.
    private(set) var entries: [TransfersV1.OutboxEntry] = []
    /// The last word about each file.
    private(set) var latest: [String: TransfersV1.OutboxEntry] = [:]
    private let directory: String
    /// Lines that could not be read: an altered manifest, or the end of one whose writer was killed.
    private(set) var unreadableLines = 0

    /// Reads the manifest of a directory; an empty one where there is none.
    init(directory: String) throws {
        self.directory = directory
        var bytes: [UInt8] = []
        let path = "\(directory)/\(Self.name)"
        guard Outbox.read(path, { bytes.append(contentsOf: $0) }) else {
            if Outbox.exists(path) { throw OutboxTrouble.failed.error }
            return
        }
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let entry = try? TransfersV1.OutboxEntry(json: Array(line)), !entry.name.isEmpty else {
                unreadableLines += 1
                continue
            }
            entries.append(entry)
            latest[entry.name] = entry
        }
    }

    /// The files that were announced and not recalled since: the bank may have them.
    var announced: [String] { latest.values.filter { $0.act == "written" }.map(\.name) }

    /// Whether a file is there, or was announced and not recalled.
    func has(_ name: String) -> Bool {
        latest[name]?.act == "written" || Outbox.exists("\(directory)/\(name)")
    }

    /// Adds a line and makes it durable. A line that repeats the last one about the same file adds nothing.
    static func append(_ entry: TransfersV1.OutboxEntry, directory: String) throws {
        try Outbox.makeDirectory(directory)
        let descriptor = open("\(directory)/\(name)", O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw OutboxTrouble.present }
        defer { _ = close(descriptor) }
        guard flock(descriptor, LOCK_EX) == 0 else { throw OutboxTrouble.present }
        let known = try OutboxManifest(directory: directory).latest[entry.name]
        if let known, known.act == entry.act, known.sha256 == entry.sha256 { return }
        // A line that a killed writer left without its end stays apart from this one.
        let line = (try endsMidLine(descriptor) ? [UInt8(ascii: "\n")] : []) + entry.json() + [UInt8(ascii: "\n")]
        try line.withUnsafeBytes { try Outbox.write($0, to: descriptor) }
        guard fsync(descriptor) == 0 else { throw OutboxTrouble.present }
        try Outbox.syncDirectory(directory)
    }

    private static func endsMidLine(_ descriptor: Int32) throws -> Bool {
        let size = lseek(descriptor, 0, SEEK_END)
        guard size >= 0 else { throw OutboxTrouble.present }
        guard size > 0 else { return false }
        var last: UInt8 = 0
        guard pread(descriptor, &last, 1, size - 1) == 1 else { throw OutboxTrouble.present }
        return last != UInt8(ascii: "\n")
    }
}
