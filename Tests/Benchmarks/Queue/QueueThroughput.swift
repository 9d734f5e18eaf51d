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
                bed.results.set("enqueue\(tasks)", rate)
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
            bed.results.set("drain\(processes)", rate)
            let goals: [QueueGoal] =
                processes == 1
                ? [
                    .init(bound: .atLeast(4), yardstick: "best package") { results in
                        results.best("drain1").map { rate / $0 }
                    },
                    .ratio(.atLeast(0.6), "drain1", over: "floor1", "floor"),
                ]
                : [
                    .init(bound: .atLeast(4), yardstick: "best package") { results in
                        results.best("drain2").map { rate / $0 }
                    },
                    .ratio(.atLeast(0.6), "drain2", over: "floor2", "floor"),
                ]
            lines.append(
                .init(
                    what: "drain, \(processes) worker process\(processes == 1 ? "" : "es")",
                    figure: "\(grouped(rate)) /s",
                    counts:
                        "\(grouped(Double(bed.options.calls))) one-way calls, batches of 500: claimed, run, outcome "
                        + "kept, committed durably; first claim to last outcome", goals: goals))
        }
        return lines
    }

    /// Handlers that wait for something else: the database is idle, so processes should add up.
    static func workers(_ bed: QueueBenchmarkBed) async throws -> [QueueBenchmarkLine] {
        var lines: [QueueBenchmarkLine] = []
        for processes in [1, 2] {
            let rate = try await bed.withDatabase("bench_workers") { database, pool in
                try await bed.fill(database, BenchmarkMethods.wait, 1500)
                let workers = try (0..<processes).map { _ in try QueueWorkerProcess(database, concurrency: 8) }
                defer { for worker in workers { worker.stop() } }
                return try await bed.finishRate(pool)
            }
            bed.results.set("workers\(processes)", rate)
            lines.append(
                .init(
                    what: "handlers of 25 ms, \(processes) worker process\(processes == 1 ? "" : "es")",
                    figure: "\(grouped(rate)) /s",
                    counts: "1,500 one-way calls, one transaction each, 8 at once in a process",
                    goals: processes == 2
                        ? [.ratio(.atLeast(1.5), "workers2", over: "workers1", "one process")] : []))
        }
        return lines
    }

    /// Completions a second of pre-enqueued calls.
    static func drained(_ bed: QueueBenchmarkBed, processes: Int) async throws -> Double {
        try await bed.withDatabase("bench_drain") { database, pool in
            try await bed.fill(database, BenchmarkMethods.note, bed.options.calls)
            try await pool.script("CHECKPOINT")
            let workers = try (0..<processes).map { _ in try QueueWorkerProcess(database) }
            defer { for worker in workers { worker.stop() } }
            return try await bed.finishRate(pool)
        }
    }

    /// Alternating enqueue and drain for a while, with and without a session that holds a snapshot from the start.
    static func snapshot(_ bed: QueueBenchmarkBed) async throws -> [QueueBenchmarkLine] {
        let free = try await sustained(bed, holding: false)
        let held = try await sustained(bed, holding: true)
        bed.results.set("free", free.rate)
        bed.results.set("held", held.rate)
        bed.results.set("held.megabytes", Double(held.ringBytes) / 1_048_576)
        return [
            .init(
                what: "sustained, no snapshot held", figure: "\(grouped(free.rate)) /s",
                counts:
                    "calls enqueued in bulk and finished at the same time, \(bed.options.seconds) s, one worker process"
            ),
            .init(
                what: "sustained, snapshot held", figure: "\(grouped(held.rate)) /s (\(percent(held.rate, free.rate)))",
                counts: "the same while another session holds a REPEATABLE READ snapshot from before the first call",
                goals: [.ratio(.atLeast(0.8), "held", over: "free", "without")]),
            .init(
                what: "rows kept in the rings by it", figure: "\(grouped(Double(held.ringBytes) / 1024)) kB",
                counts:
                    "largest total size of ready_* and lease_* seen, \(grouped(Double(free.ringBytes) / 1024)) kB without",
                goals: [.init(bound: .atMost(32), yardstick: "MB") { $0["held.megabytes"] }]),
        ]
    }

    private static func sustained(
        _ bed: QueueBenchmarkBed, holding: Bool
    ) async throws -> (rate: Double, ringBytes: Int64) {
        try await bed.withDatabase("bench_sustained") { database, pool in
            let holder = ConnectionPool(bed.administrator(of: "bench_sustained"), size: 1)
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
            while ContinuousClock.now < end {
                try await client.sendAll(
                    BenchmarkMethods.note, (0..<1000).map { .init(minorUnits: Int64(sent + $0), currency: "PEN") })
                sent += 1000
                if sent % 5000 == 0 {
                    largest = max(largest, try await pool.queryOne(RingSize()) ?? 0)
                    while try await pool.queryOne(CountUnfinished()) ?? 0 > 20_000, ContinuousClock.now < end {
                        try await Task.sleep(for: .milliseconds(20))
                    }
                }
            }
            await client.close()
            let rate = try await bed.finishRate(pool)
            release.continuation.finish()
            try await held.value
            await holder.close()
            return (rate, largest)
        }
    }

    /// With millions of finished calls kept and a million waiting; and how soon an urgent call overtakes them.
    static func full(_ bed: QueueBenchmarkBed) async throws -> [QueueBenchmarkLine] {
        let empty = try await drained(bed, processes: 1)
        bed.results.set("empty", empty)
        return try await bed.withDatabase("bench_full") { database, pool in
            try await pool.script(QueueHistory.sql(finished: bed.options.finished))
            try await bed.fill(database, BenchmarkMethods.note, bed.options.waiting)
            try await pool.script("VACUUM (ANALYZE) rpc.call")
            try await pool.script("VACUUM (ANALYZE) rpc.outcome")
            try await pool.script("CHECKPOINT")
            let rate = try await rateOfFirst(bed, database, pool)
            let urgent = try await overtaking(database)
            bed.results.set("full", rate)
            bed.results.set("urgent.seconds", (urgent.max() ?? 0) / 1000)
            return [
                .init(
                    what: "drain with \(grouped(Double(bed.options.finished))) finished, "
                        + "\(grouped(Double(bed.options.waiting))) waiting",
                    figure: "\(grouped(rate)) /s (\(percent(rate, empty)))",
                    counts: "as drain with one process, for 3 s; an empty queue just before: \(grouped(empty)) /s",
                    goals: [.ratio(.atLeast(0.9), "full", over: "empty", "empty")]),
                .init(
                    what: "urgent call against the backlog, worst of 20", figure: milliseconds(urgent.max() ?? 0),
                    counts: "priority 0 unary call to reply while the rest of the backlog is drained",
                    goals: [.init(bound: .atMost(1), yardstick: "seconds") { $0["urgent.seconds"] }]),
            ]
        }
    }

    /// Completions a second of one worker process while nearly all of the backlog still waits.
    private static func rateOfFirst(
        _ bed: QueueBenchmarkBed, _ database: ConnectionConfiguration, _ pool: ConnectionPool
    ) async throws -> Double {
        let worker = try QueueWorkerProcess(database)
        try await Task.sleep(for: .seconds(3))
        worker.stop()
        return try await pool.queryOne(MeasureFinished()) ?? 0
    }

    private static func overtaking(_ database: ConnectionConfiguration) async throws -> [Double] {
        let worker = try QueueWorkerProcess(database)
        defer { worker.stop() }
        let client = QueueClient(database)
        _ = try await client.call(BenchmarkMethods.echo, .init(), .init(priority: 0, waitForReady: true))
        var times: [Double] = []
        for n in 0..<20 {
            let began = ContinuousClock.now
            _ = try await client.call(BenchmarkMethods.echo, .init(minorUnits: Int64(n)), .init(priority: 0))
            times.append(queueSeconds(since: began) * 1000)
        }
        await client.close()
        return times
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
