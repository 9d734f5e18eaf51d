import Foundation

/// Shows a process's figures in a file in Prometheus' text format, for a collector of text files.
///
/// The file is replaced as a whole, so a reader never sees half of it, and taken away when the process stops.
public struct MetricsFile: Sendable {
    private let path: String
    private let interval: Duration
    private let text: @Sendable () async throws -> String

    /// Writes what `text` says to `path`, again after every `interval`.
    public init(path: String, interval: Duration = .seconds(15), text: @escaping @Sendable () async throws -> String) {
        self.path = path
        self.interval = interval
        self.text = text
    }

    /// Writes until cancelled. A reading that fails leaves the file as it was: its age shows that it is old.
    public func run() async throws {
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        while !Task.isCancelled {
            if let text = try? await text() { try Data(text.utf8).write(to: url, options: .atomic) }
            do { try await Task.sleep(for: interval) } catch { return }
        }
    }
}
