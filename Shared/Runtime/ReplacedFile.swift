import Foundation
import Synchronization

/// A small file that a process renews as a whole, and whose trouble must not become the process's.
///
/// The first failure is a warning, the first success after it a line; what is between them says nothing more.
struct ReplacedFile: Sendable {
    private final class Trouble: Sendable {
        let isThere = Mutex(false)
    }

    private let path: String
    private let log: Log
    private let trouble = Trouble()

    init(path: String, log: Log) {
        self.path = path
        self.log = log
    }

    /// Writes `text` under another name first, so that a reader never sees half of it.
    func replace(with text: String) {
        let url = URL(fileURLWithPath: path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url, options: .atomic)
        } catch {
            let isNew = trouble.isThere.withLock { isThere in
                defer { isThere = true }
                return !isThere
            }
            if isNew { log.write(.warning, "a file cannot be written", ["file": .code(url.lastPathComponent)]) }
            return
        }
        let isOver = trouble.isThere.withLock { isThere in
            defer { isThere = false }
            return isThere
        }
        if isOver { log.write(.info, "a file can be written again", ["file": .code(url.lastPathComponent)]) }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
