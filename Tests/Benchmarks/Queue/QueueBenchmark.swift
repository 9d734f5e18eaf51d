import Contracts
import Foundation
import Postgres
import Queue
import Schema
import TestSupport

/// The queue against hand-written SQL and against other PostgreSQL queues, on one private, durable server.
enum QueueBenchmark {
    static func run(arguments: [String]) async throws {
        let options = QueueBenchmarkOptions(arguments)
        if let url = options.url {
            return try await measure(QueueBenchmarkBed(try ConnectionConfiguration(url: url), options))
        }
        let server = try await PrivateServer.start(durable: true)
        do {
            try await measure(QueueBenchmarkBed(server.configuration, options))
        } catch {
            try await server.destroy()
            throw error
        }
        try await server.destroy()
    }

    private static func measure(_ bed: QueueBenchmarkBed) async throws {
        let table = QueueBenchmarkTable()
        for section in QueueBenchmarkSection.all where bed.options.wants(section.name) {
            queueSay("— \(section.name): \(section.about)")
            do {
                for line in try await section.run(bed) {
                    table.add(line)
                    queueSay("    \(line.what): \(line.figure)")
                }
            } catch {
                // What was measured before is worth printing.
                table.add(.init(what: section.name, figure: "FAILED", counts: "\(error)"))
                queueSay("    failed: \(error)")
            }
        }
        table.print(bed.results)
    }
}

/// What the benchmark is asked to do.
struct QueueBenchmarkOptions: Sendable {
    var url: String?
    var calls = 200_000
    var seconds = 10
    var finished = 5_000_000
    var waiting = 1_000_000
    var python: String?
    var only: [String] = []

    init(_ arguments: [String]) {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            let value = rest.popFirst() ?? ""
            switch name {
            case "--url": url = value
            case "--calls": calls = Int(value) ?? calls
            case "--seconds": seconds = Int(value) ?? seconds
            case "--finished": finished = Int(value) ?? finished
            case "--waiting": waiting = Int(value) ?? waiting
            case "--python": python = value
            case "--only": only = value.split(separator: ",").map(String.init)
            default: queueSay("ignored: \(name)")
            }
        }
    }

    func wants(_ section: String) -> Bool { only.isEmpty || only.contains(section) }
}

/// One line of the table.
struct QueueBenchmarkLine: Sendable {
    let what: String
    let figure: String
    /// What exactly was counted.
    let counts: String
    /// What the figure should reach.
    var goals: [QueueGoal] = []
}

/// One part of the benchmark.
struct QueueBenchmarkSection: Sendable {
    let name: String
    let about: String
    let run: @Sendable (QueueBenchmarkBed) async throws -> [QueueBenchmarkLine]

    static let all: [QueueBenchmarkSection] = [
        .init(name: "floor", about: "hand-written SQL with the same durable steps", run: QueueFloor.run),
        .init(name: "enqueue", about: "durable enqueue, one by one and in bulk", run: QueueThroughput.enqueue),
        .init(
            name: "drain", about: "bulk-enqueued one-way calls, one and two worker processes",
            run: QueueThroughput.drain),
        .init(
            name: "workers", about: "handlers that wait outside the database, one and two worker processes",
            run: QueueThroughput.workers),
        .init(name: "latency", about: "unary call to reply, unloaded, at half load and at 80 %", run: QueueLatency.run),
        .init(
            name: "snapshot", about: "the same while another session holds a snapshot", run: QueueThroughput.snapshot),
        .init(name: "full", about: "the same with many finished and many waiting calls", run: QueueThroughput.full),
        .init(name: "peers", about: "queues from PyPI on the same server", run: QueuePeers.run),
    ]
}

/// The table that is printed at the end.
final class QueueBenchmarkTable {
    private var lines: [QueueBenchmarkLine] = []

    func add(_ line: QueueBenchmarkLine) { lines.append(line) }

    func print(_ results: QueueResults) {
        let rows =
            [["What", "Figure", "Ratio to the goal", "What is counted"]]
            + lines.map { line in
                let verdicts = line.goals.map { $0.verdict(results) }.joined(separator: "; ")
                return [line.what, line.figure, verdicts.isEmpty ? "–" : verdicts, line.counts]
            }
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        queueSay("")
        for (n, row) in rows.enumerated() {
            let cells = (0..<3).map { row[$0].padded(widths[$0]) } + [row[3]]
            queueSay("| \(cells.joined(separator: " | ")) |")
            if n == 0 {
                queueSay("|" + widths.map { String(repeating: "-", count: $0 + 2) + "|" }.joined() + "---|")
            }
        }
    }
}

extension String {
    /// The text, filled with spaces to `width`.
    func padded(_ width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}

/// Prints a line at once.
func queueSay(_ line: String) {
    print(line)
    fflush(nil)
}

/// What stopped a benchmark.
struct QueueBenchmarkFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
