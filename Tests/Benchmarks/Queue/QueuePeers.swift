import Foundation
import Postgres

/// Queues from PyPI, driven by `peers/*.py`, each on a database of its own on the same server.
enum QueuePeers {
    private static let packages = ["pgqueuer", "procrastinate", "awa"]

    static func run(_ bed: QueueBenchmarkBed) async throws -> [QueueBenchmarkLine] {
        guard let python = bed.options.python else {
            queueSay("    no --python with the packages installed; deploy/bench makes one")
            return []
        }
        var lines: [QueueBenchmarkLine] = []
        for package in packages {
            try await bed.withDatabase("bench_peer") { database, _ in
                lines += try drive(package, python: python, database, count: min(20_000, bed.options.calls))
            }
        }
        return lines
    }

    /// Runs a driver; each of its lines is `what | figure | counts`.
    private static func drive(
        _ package: String, python: String, _ database: ConnectionConfiguration, count: Int
    ) throws -> [QueueBenchmarkLine] {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [source.appendingPathComponent("peers/\(package)_driver.py").path, "\(count)"]
        var environment = ProcessInfo.processInfo.environment
        for (name, keyword) in [
            ("PGHOST", "host"), ("PGPORT", "port"), ("PGUSER", "user"), ("PGDATABASE", "dbname"),
            ("PGPASSWORD", "password"),
        ] { environment[name] = database[keyword] }
        process.environment = environment
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw QueueBenchmarkFailure("the driver of \(package) failed") }
        return output.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 3 else { return nil }
            return QueueBenchmarkLine(what: "\(package): \(parts[0])", figure: parts[1], counts: parts[2])
        }
    }
}
