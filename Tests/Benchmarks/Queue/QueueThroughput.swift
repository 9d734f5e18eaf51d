import Contracts
import Foundation
import Postgres
import Queue

/// How many calls a second.
enum QueueThroughput {
    static func enqueue(_ bed: QueueBenchmarkBed) async throws -> [QueueBenchmarkLine] {
        try await bed.withDatabase("bench_enqueue") { database, _ in
            var lines: [QueueBenchmarkLine] = []
            for tasks in [1, 8, 64] {
                let client = QueueClient(database)
                let rate = try await perSecond(tasks: tasks, seconds: 3) { n in
                    try await client.send(BenchmarkMethods.note, .init(minorUnits: Int64(n), currency: "PEN"))
                }
                await client.close()
                lines.append(
                    .init(
                        what: "enqueue, \(tasks) at once", figure: "\(grouped(rate)) /s",
                        counts: "calls accepted durably, one statement each alone, shared commits when at once"))
            }
            let count = bed.options.calls
            let began = ContinuousClock.now
            try await bed.fill(database, BenchmarkMethods.note, count)
            let rate = Double(count) / queueSeconds(since: began)
            lines.append(
                .init(
                    what: "enqueue in bulk", figure: "\(grouped(rate)) /s",
                    counts: "calls accepted durably, 1,000 a transaction, one connection"))
            return lines
        }
    }

    static func drain(_ bed: QueueBenchmarkBed) async throws -> [QueueBenchmarkLine] {
        var lines: [QueueBenchmarkLine] = []
        for processes in [1, 2] {
            let rate = try await drained(bed, processes: processes)
            lines.append(
                .init(
                    what: "drain, \(processes) worker process\(processes == 1 ? "" : "es")",
                    figure: "\(grouped(rate)) /s",
                    counts:
                        "\(grouped(Double(bed.options.calls))) one-way calls, batches of 500: claimed, run, outcome "
                        + "kept, committed durably; first claim to last outcome"))
        }
        return lines
    }

    /// Completions a second of pre-enqueued calls.
    static func drained(
        _ bed: QueueBenchmarkBed, processes: Int, holdingSnapshot: Bool = false, pool extra: Int = 0
    ) async throws -> Double {
        try await bed.withDatabase("bench_drain") { database, pool in
            try await bed.fill(database, BenchmarkMethods.note, bed.options.calls)
            try await pool.script("CHECKPOINT")
            let workers = try (0..<processes).map { _ in try QueueWorkerProcess(database) }
            defer { for worker in workers { worker.stop() } }
            return try await bed.finishRate(pool, bed.options.calls)
        }
    }

    /// Alternating enqueue and drain for a while, with and without a session that holds a snapshot from the start.
    static func snapshot(_ bed: QueueBenchmarkBed) async throws -> [QueueBenchmarkLine] {
        let free = try await sustained(bed, holding: false)
        let held = try await sustained(bed, holding: true)
        return [
            .init(
                what: "sustained, no snapshot held", figure: "\(grouped(free.rate)) /s",
                counts:
                    "calls enqueued in bulk and finished at the same time, \(bed.options.seconds) s, one worker process"
            ),
            .init(
                what: "sustained, snapshot held", figure: "\(grouped(held.rate)) /s (\(percent(held.rate, free.rate)))",
                counts: "the same while another session holds a REPEATABLE READ snapshot from before the first call"),
            .init(
                what: "rows kept in the rings by it", figure: "\(grouped(Double(held.ringBytes) / 1024)) kB",
                counts:
                    "largest total size of ready_* and lease_* seen, \(grouped(Double(free.ringBytes) / 1024)) kB without"
            ),
        ]
    }

    private static func sustained(
        _ bed: QueueBenchmarkBed, holding: Bool
    ) async throws -> (rate: Double, ringBytes: Int64) {
        try await bed.withDatabase("bench_sustained") { database, pool in
            let holder = ConnectionPool(database, size: 1)
            let release = AsyncStream.makeStream(of: Void.self)
            let held = Task {
                try await holder.transaction(isolation: .repeatableRead) { (transaction: borrowing Transaction) in
                    if holding { try await transaction.script("SELECT count(*) FROM rpc.method") }
                    for await _ in release.stream {}
                }
            }
            let worker = try QueueWorkerProcess(database)
            defer { worker.stop() }
            let client = QueueClient(database)
            let end = ContinuousClock.now + .seconds(bed.options.seconds)
            var sent = 0
            var largest: Int64 = 0
            var backlogAllowed = 20_000
            while ContinuousClock.now < end {
                try await client.sendAll(
                    BenchmarkMethods.note, (0..<1000).map { .init(minorUnits: Int64(sent + $0), currency: "PEN") })
                sent += 1000
                if sent % 5000 == 0 {
                    largest = max(largest, try await pool.queryOne(RingSize()) ?? 0)
                    while sent - Int(try await pool.queryOne(CountFinished()) ?? 0) > backlogAllowed,
                        ContinuousClock.now < end
                    { try await Task.sleep(for: .milliseconds(20)) }
                }
            }
            backlogAllowed = 0
            await client.close()
            let rate = try await bed.finishRate(pool, sent)
            release.continuation.finish()
            try await held.value
            await holder.close()
            return (rate, largest)
        }
    }

    /// With millions of finished calls kept and a million waiting; and how soon an urgent call overtakes them.
    static func full(_ bed: QueueBenchmarkBed) async throws -> [QueueBenchmarkLine] {
        let empty = try await drained(bed, processes: 1)
        return try await bed.withDatabase("bench_full") { database, pool in
            try await pool.script(QueueHistory.sql(finished: bed.options.finished))
            try await bed.fill(database, BenchmarkMethods.note, bed.options.waiting)
            try await pool.script("ANALYZE; CHECKPOINT")
            let worker = try QueueWorkerProcess(database)
            defer { worker.stop() }
            try await Task.sleep(for: .seconds(2))
            let client = QueueClient(database)
            var waits: [Double] = []
            for n in 0..<20 {
                let began = ContinuousClock.now
                _ = try await client.call(
                    BenchmarkMethods.echo, .init(minorUnits: Int64(n)), .init(priority: 0, waitForReady: true))
                waits.append(queueSeconds(since: began) * 1000)
            }
            await client.close()
            // The rate of the first finished calls, while nearly a million still wait.
            let rate = try await bed.finishRate(pool, min(bed.options.calls, bed.options.waiting / 2))
            return [
                .init(
                    what: "drain with \(grouped(Double(bed.options.finished))) finished, "
                        + "\(grouped(Double(bed.options.waiting))) waiting",
                    figure: "\(grouped(rate)) /s (\(percent(rate, empty)))",
                    counts: "as drain with one process; an empty queue beside it: \(grouped(empty)) /s"),
                .init(
                    what: "urgent call against the backlog, worst of 20", figure: milliseconds(waits.max() ?? 0),
                    counts: "priority 0 unary call to reply while the backlog is drained"),
            ]
        }
    }
}

struct RingSize: Statement {
    static let sql = """
        SELECT sum(pg_relation_size(c.oid))::bigint FROM pg_class c
        WHERE c.relnamespace = 'rpc'::regnamespace AND c.relname ~ '^(ready|lease)_[0-3]$'
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// Finished calls as they would lie in the tables; `worker_id` is null, so that the benchmark does not count them.
enum QueueHistory {
    static func sql(finished: Int) -> String {
        """
        INSERT INTO rpc.call (call_id, method_id, priority, caller, request)
        SELECT rpc.first_id(clock_timestamp() - interval '1 hour') + n, (SELECT min(method_id) FROM rpc.method), 5,
            'postgres', '{"minorUnits": "1", "currency": "PEN"}' FROM generate_series(1, \(Int64(finished))) AS n;
        INSERT INTO rpc.outcome (call_id, attempt, status, response, started_at)
        SELECT rpc.first_id(clock_timestamp() - interval '1 hour') + n, 1, 0, '{}', clock_timestamp()
        FROM generate_series(1, \(Int64(finished))) AS n
        """
    }
}
