import Foundation
import Postgres

/// A PostgreSQL server of a test's own, for tests and benchmarks that kill or restart it. Its settings are durable.
///
/// `deploy/postgres` makes it below a temporary directory, as the user postgres when the test runs as root.
public final class PrivateServer: Sendable {
    /// The server as its administrator, a superuser.
    public let configuration: ConnectionConfiguration
    /// The directory with its data.
    public let directory: String

    private init(configuration: ConnectionConfiguration, directory: String) {
        self.configuration = configuration
        self.directory = directory
    }

    /// Makes and starts a server.
    public static func start(durable: Bool = true) async throws -> PrivateServer {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("puente-private-" + UUID().uuidString.prefix(8)).path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
        let url = try await run(["start", "--dir", directory] + (durable ? [] : ["--unsafe-fast"]))
        let passwords = try String(contentsOfFile: "\(directory)/pgpass", encoding: .utf8)
        let password = passwords.split(separator: "\n")[0].split(separator: ":").last.map(String.init)
        var configuration = try ConnectionConfiguration(url: url + "/postgres")
        configuration["password"] = password
        return PrivateServer(configuration: configuration, directory: directory)
    }

    /// Kills every process of the server with SIGKILL, as a power cut would.
    public func kill() async throws {
        _ = try await Self.run(["kill", "--dir", directory])
    }

    /// Starts the server again after `kill` or `stop`, at the same address.
    public func restart() async throws {
        let url = try await Self.run(["start", "--dir", directory])
        guard try ConnectionConfiguration(url: url)["port"] == configuration["port"] else {
            throw PrivateServerFailure(message: "the private server came back at another address")
        }
    }

    /// Stops the server and deletes its data.
    public func destroy() async throws {
        _ = try await Self.run(["destroy", "--dir", directory])
        try FileManager.default.removeItem(atPath: directory)
    }

    /// Runs `deploy/postgres` and returns what it prints. Foundation's `Process` would wait for the server it leaves
    /// behind, which inherits every open descriptor.
    private static func run(_ arguments: [String]) async throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let output = FileManager.default.temporaryDirectory
            .appendingPathComponent("puente-output-" + UUID().uuidString.prefix(8))
        defer { try? FileManager.default.removeItem(at: output) }
        let program = root.appendingPathComponent("deploy/postgres").path
        let status = await withCheckedContinuation { (continuation: CheckedContinuation<Int32, Never>) in
            Thread.detachNewThread {
                continuation.resume(returning: spawnAndWait([program] + arguments, output: output.path))
            }
        }
        guard status == 0 else {
            throw PrivateServerFailure(message: "deploy/postgres \(arguments[0]) failed with status \(status)")
        }
        return try String(contentsOf: output, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// Runs a program with its standard output in a file; returns its exit status.
private func spawnAndWait(_ command: [String], output: String) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let arguments = command.map { strdup($0) } + [nil]
    defer {
        for argument in arguments { free(argument) }
    }
    var child: pid_t = 0
    guard posix_spawn(&child, command[0], &actions, nil, arguments, environ) == 0 else { return 127 }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
        guard errno == EINTR else { return 127 }
    }
    return status == 0 ? 0 : max(1, (status >> 8) & 0xff)
}

/// A private server that did not do as it was told.
public struct PrivateServerFailure: Error, CustomStringConvertible {
    let message: String
    /// What happened.
    public var description: String { message }
}

/// Runs the body with a private server and deletes it afterwards.
public func withPrivateServer<Value>(
    durable: Bool = true, _ body: (PrivateServer) async throws -> Value
) async throws -> Value {
    let server = try await PrivateServer.start(durable: durable)
    do {
        let value = try await body(server)
        try await server.destroy()
        return value
    } catch {
        try await Task { try await server.destroy() }.value
        throw error
    }
}
