/// Shows a process's figures in a file in Prometheus' text format, for a collector of text files.
///
/// The file is replaced as a whole, so a reader never sees half of it, and taken away when the process stops. A file that
/// cannot be written is a warning, and written again later.
public struct MetricsFile: Sendable {
    private let file: ReplacedFile
    private let interval: Duration
    private let text: @Sendable () async throws -> String

    /// Writes what `text` says to `path`, again after every `interval`.
    public init(
        path: String, interval: Duration = .seconds(15), log: Log, text: @escaping @Sendable () async throws -> String
    ) {
        file = ReplacedFile(path: path, log: log)
        self.interval = interval
        self.text = text
    }

    /// Writes until cancelled. A reading that fails leaves the file as it was: its age shows that it is old.
    public func run() async {
        defer { file.remove() }
        while !Task.isCancelled {
            if let text = try? await text() { file.replace(with: text) }
            do { try await Task.sleep(for: interval) } catch { return }
        }
    }
}
