import Foundation

/// What a program said and how it ended.
struct Outcome: Sendable {
    let status: Int32
    let output: String
    let notices: String

    /// The output as a JSON object.
    func json() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
    }
}

/// Runs programs of the build.
enum Program {
    /// The clone.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Where the test program lies, and the others beside it.
    static let directory: String = {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? program
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().path
    }()

    /// Runs a program to its end. Its output goes through files: a program that it leaves behind would hold a pipe open.
    static func run(_ path: String, _ arguments: [String], environment: [String: String]) async throws -> Outcome {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
            "puente-output-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let output = scratch.appendingPathComponent("output")
        let notices = scratch.appendingPathComponent("notices")
        let status = await withCheckedContinuation { (continuation: CheckedContinuation<Int32, Never>) in
            // A thread of its own, because waiting for a process blocks.
            Thread.detachNewThread {
                continuation.resume(
                    returning: spawnAndWait(
                        [path] + arguments, environment: environment, output: output.path, notices: notices.path))
            }
        }
        return Outcome(
            status: status, output: try String(contentsOf: output, encoding: .utf8),
            notices: try String(contentsOf: notices, encoding: .utf8))
    }
}

private func spawnAndWait(
    _ command: [String], environment: [String: String], output: String, notices: String
) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, notices, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let arguments = command.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
        arguments.forEach { free($0) }
        variables.forEach { free($0) }
    }
    var child: pid_t = 0
    guard posix_spawn(&child, command[0], &actions, nil, arguments, variables) == 0 else { return 127 }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
        guard errno == EINTR else { return 127 }
    }
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
}
