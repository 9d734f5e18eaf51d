import Foundation

/// Shows the world outside that a process is well: a file whose age says when it last was.
///
/// A container's health check and a supervisor look at the age. The file is taken away when the process stops.
public struct Health: Sendable {
    /// Time between renewals; checks should allow several times as much.
    public static let interval = Duration.seconds(5)

    private let path: String
    private let isWell: @Sendable () async -> Bool

    /// Renews `path` for as long as `isWell` says so.
    public init(path: String, isWell: @escaping @Sendable () async -> Bool) {
        self.path = path
        self.isWell = isWell
    }

    /// Renews the file until cancelled.
    public func run() async throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        while !Task.isCancelled {
            if await isWell() { try renew() }
            do { try await Task.sleep(for: Self.interval) } catch { return }
        }
    }

    private func renew() throws {
        try Data("serving\n".utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
