import Contracts
import Foundation
import Postgres
import Queue

/// Time from making a unary call to having its reply.
enum QueueLatency {
    static func run(_ bed: QueueBenchmarkBed) async throws -> [QueueBenchmarkLine] {
        try await bed.withDatabase("bench_latency") { database, _ in
            let worker = try QueueWorkerProcess(database, concurrency: 16)
            defer { worker.stop() }
            let client = QueueClient(database)
            try await warmUp(client)
            var lines: [QueueBenchmarkLine] = []
            let idle = QueueTimes()
            for n in 0..<600 {
                let began = ContinuousClock.now
                _ = try await client.call(BenchmarkMethods.echo, .init(minorUnits: Int64(n)))
                idle.add(queueSeconds(since: began) * 1000)
                try await Task.sleep(for: .milliseconds(3))
            }
            idle.record("idle", bed.results)
            lines.append(
                .init(
                    what: "call to reply, unloaded, p50 / p95 / p99", figure: idle.summary,
                    counts: "one call at a time, durable enqueue and durable reply, worker in another process",
                    goals: [.ratio(.atMost(3), "idle.p50", over: "ping.p50", "ping-pong's p50")]))
            for (what, method) in [
                ("one by one", BenchmarkMethods.echo), ("in batches", BenchmarkMethods.echoInBatches),
            ] {
                let most = try await perSecond(tasks: 64, seconds: 4) { n in
                    _ = try await client.call(method, .init(minorUnits: Int64(n)))
                }
                lines.append(
                    .init(
                        what: "unary calls, handler \(what)", figure: "\(grouped(most)) /s",
                        counts: "64 callers in one process, each waits for its reply"))
                for load in [50, 80] {
                    let rate = most * Double(load) / 100
                    let times = try await openLoop(client, method, rate: rate, seconds: bed.options.seconds)
                    lines.append(
                        .init(
                            what: "  at \(load) % of that, p50 / p95 / p99", figure: times.summary,
                            counts:
                                "calls arrive at \(grouped(rate)) /s whatever the replies do; from due time to reply",
                            goals: load == 50
                                ? [.init(bound: .atMost(10), yardstick: "p99 in ms") { _ in times.p99 }] : []))
                }
            }
            await client.close()
            return lines
        }
    }

    private static func warmUp(_ client: QueueClient) async throws {
        for _ in 0..<100 {
            _ = try await client.call(BenchmarkMethods.echo, .init(minorUnits: 1), .init(waitForReady: true))
            _ = try await client.call(BenchmarkMethods.echoInBatches, .init(minorUnits: 1), .init(waitForReady: true))
        }
    }

    /// Calls at a fixed rate; the time counts from when a call was due, so a stall is not hidden by calls not made.
    private static func openLoop(
        _ client: QueueClient, _ method: Method<CommonV1.Money, CommonV1.Money>, rate: Double, seconds: Int
    ) async throws -> QueueTimes {
        let times = QueueTimes()
        let began = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            let total = Int(rate * Double(seconds))
            var n = 0
            while n < total {
                let due = began + .nanoseconds(Int64(Double(n) / rate * 1e9))
                if due > .now { try await Task.sleep(until: due) }
                while n < total, began + .nanoseconds(Int64(Double(n) / rate * 1e9)) <= .now {
                    let due = began + .nanoseconds(Int64(Double(n) / rate * 1e9))
                    group.addTask {
                        _ = try await client.call(method, .init(minorUnits: 1))
                        times.add((ContinuousClock.now - due) / .milliseconds(1))
                    }
                    n += 1
                }
            }
            try await group.waitForAll()
        }
        return times
    }
}
