import Foundation
import Postgres

/// Queues from PyPI, driven by `peers/*.py`, each on a database of its own on the same server.
enum QueuePeers {
    static let packages = ["pgqueuer", "procrastinate", "awa"]

    static func run(_ bed: QueueBenchmarkBed) async throws -> [QueueBenchmarkLine] {
        guard let python = bed.options.python else {
            queueSay("    no --python with the packages installed; deploy/bench makes one")
            return []
        }
        var lines: [QueueBenchmarkLine] = []
        for package in packages {
            do {
                try await bed.withDatabase("bench_peer") { _, _ in
                    lines += try drive(package, python: python, bed.administrator(of: "bench_peer"), bed)
                }
            } catch {
                lines.append(.init(what: package, figure: "FAILED", counts: "\(error)"))
            }
        }
        return lines
    }

    /// Runs a driver; each of its lines is `key | value`.
    private static func drive(
        _ package: String, python: String, _ database: ConnectionConfiguration, _ bed: QueueBenchmarkBed
    ) throws -> [QueueBenchmarkLine] {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [
            source.appendingPathComponent("peers/\(package)_driver.py").path, "\(min(20_000, bed.options.calls))",
        ]
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
        for line in output.split(separator: "\n") {
            let parts = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            if parts.count == 2, let value = Double(parts[1]) { bed.results.set("\(package).\(parts[0])", value) }
        }
        return rows(package, bed.results)
    }

    private static func rows(_ package: String, _ results: QueueResults) -> [QueueBenchmarkLine] {
        let rate = { (key: String) in results["\(package).\(key)"].map { "\(grouped($0)) /s" } ?? "none" }
        let times = { (key: String) in
            let values = ["p50", "p95", "p99"].map { results["\(package).\(key)_\($0)"] ?? .nan }
            return String(format: "%.2f / %.2f / %.2f ms", values[0], values[1], values[2])
        }
        let drained = "pre-enqueued jobs with an empty handler, first to last done, its own durable bookkeeping"
        let waited = "durable enqueue to the handler's start in the same process; no reply is counted"
        return [
            (what: "enqueue, 1 at once", figure: rate("enqueue"), counts: "jobs accepted durably, one by one"),
            (what: "enqueue in bulk", figure: rate("bulk"), counts: "1,000 at a time through its own bulk call"),
            (what: "drain, 1 worker process", figure: rate("drain1"), counts: drained),
            (what: "drain, 2 worker processes", figure: rate("drain2"), counts: drained),
            (what: "job to handler, unloaded, p50 / p95 / p99", figure: times("idle"), counts: waited),
            (what: "jobs, 64 callers", figure: rate("unary"), counts: "each waits for its handler's start"),
            (what: "  at 50 % of that, p50 / p95 / p99", figure: times("half"), counts: waited),
            (what: "  at 80 % of that, p50 / p95 / p99", figure: times("eighty"), counts: waited),
        ].map { QueueBenchmarkLine(what: "\(package): \($0.what)", figure: $0.figure, counts: $0.counts) }
    }
}
