import Foundation
import Postgres

/// Runs the client that is written in Python.
struct PythonClient: Sendable {
    /// What the client printed, line by line.
    struct Answer: Sendable {
        let status: Int32
        let replies: [String]
        let errors: [String]
    }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let database: ConnectionConfiguration

    /// Calls a method with a request as JSON. Waits on a thread of its own: the worker that answers needs the others.
    func call(_ method: String, _ request: String) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try run(method, request) }) }
        }
    }

    private func run(_ method: String, _ request: String) throws -> Answer {
        let directory = FileManager.default.temporaryDirectory.appending(path: "puente-python-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        func file(_ name: String, _ content: String) throws -> FileHandle {
            let url = directory.appending(path: name)
            try Data(content.utf8).write(to: url)
            return try FileHandle(forUpdating: url)
        }
        let process = Process()
        process.executableURL = Self.root.appending(path: "Tests/EndToEndTests/Support/python_client.py")
        process.arguments = [Self.root.appending(path: "Shared/Contracts/Protos").path, method]
        var environment = ProcessInfo.processInfo.environment
        for (variable, keyword) in [
            ("PGHOST", "host"), ("PGPORT", "port"), ("PGUSER", "user"), ("PGDATABASE", "dbname"),
            ("PGPASSWORD", "password"),
        ] { environment[variable] = database[keyword] }
        process.environment = environment
        process.standardInput = try file("input", request)
        process.standardOutput = try file("output", "")
        process.standardError = try file("errors", "")
        try process.run()
        process.waitUntilExit()
        func lines(_ name: String) throws -> [String] {
            try String(contentsOf: directory.appending(path: name), encoding: .utf8).split(separator: "\n").map(
                String.init)
        }
        return Answer(status: process.terminationStatus, replies: try lines("output"), errors: try lines("errors"))
    }
}
