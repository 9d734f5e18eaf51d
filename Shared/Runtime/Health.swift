/// Shows the world outside that a process is well: a file whose age says when it last was.
///
/// A container's health check and a supervisor look at the age. The file is taken away when the process stops. A file that
/// cannot be written is a warning: its age says the same to whoever looks.
public struct Health: Sendable {
    /// Time between renewals; checks should allow several times as much.
    public static let interval = Duration.seconds(5)

    private let file: ReplacedFile
    private let interval: Duration
    private let isWell: @Sendable () async -> Bool

    /// Renews `path` for as long as `isWell` says so.
    public init(
        path: String, interval: Duration = Self.interval, log: Log, isWell: @escaping @Sendable () async -> Bool
    ) {
        file = ReplacedFile(path: path, log: log)
        self.interval = interval
        self.isWell = isWell
    }

    /// Renews the file until cancelled.
    public func run() async {
        defer { file.remove() }
        while !Task.isCancelled {
            if await isWell() { file.replace(with: "serving\n") }
            do { try await Task.sleep(for: interval) } catch { return }
        }
    }
}
