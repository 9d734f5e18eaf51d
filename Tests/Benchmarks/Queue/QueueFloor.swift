import Foundation
import Postgres
import TestSupport

/// Hand-written SQL: the least that a durable queue must do, by pgbench and by two connections.
enum QueueFloor {
    static func run(_ bed: QueueBenchmarkBed) async throws -> [QueueBenchmarkLine] {
        try await bed.withDatabase("bench_floor") { _, pool in
            let database = bed.administrator(of: "bench_floor")
            var lines: [QueueBenchmarkLine] = []
            for clients in [1, 2] {
                try await pool.script(Self.table(rows: 400_000))
                try await pool.script("VACUUM ANALYZE public.job")
                try await pool.script("CHECKPOINT")
                let rate = try pgbench(database, clients: clients, transactions: 400_000 / 500 / clients)
                bed.results.set("floor\(clients)", rate * 500)
                lines.append(
                    .init(
                        what: "floor: claim and complete, \(clients) client\(clients == 1 ? "" : "s")",
                        figure: "\(grouped(rate * 500)) /s",
                        counts: "pgbench: UPDATE 500 to claimed, commit; UPDATE them to done, commit; rows kept"))
            }
            let times = try await pingPong(database, pool)
            times.record("ping", bed.results)
            lines.append(
                .init(
                    what: "floor: ping-pong, p50 / p95 / p99", figure: times.summary,
                    counts: "two connections, request row and reply row each committed durably with NOTIFY"))
            return lines
        }
    }

    private static func table(rows: Int) -> String {
        """
        DROP TABLE IF EXISTS public.job;
        CREATE TABLE public.job (id bigint PRIMARY KEY, state smallint NOT NULL DEFAULT 0, request jsonb NOT NULL)
            WITH (fillfactor = 50);
        INSERT INTO public.job SELECT n, 0, '{"minorUnits": "1", "currency": "PEN"}' FROM generate_series(1, \(Int64(rows))) n;
        CREATE INDEX job_ready_idx ON public.job (id) WHERE state = 0
        """
    }

    /// Transactions a second of a script that claims in one transaction and completes in another.
    private static func pgbench(
        _ database: ConnectionConfiguration, clients: Int, transactions: Int
    ) throws -> Double {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "puente-floor-\(UUID().uuidString).sql")
        let text = """
            WITH picked AS (SELECT id FROM public.job WHERE state = 0 ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED), claimed AS (UPDATE public.job j SET state = 1 FROM picked WHERE j.id = picked.id RETURNING j.id) SELECT min(id) AS low, max(id) AS high FROM claimed \\gset
            UPDATE public.job SET state = 2 WHERE id BETWEEN :low AND :high AND state = 1;
            """
        try text.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = try runProgram(
            "pgbench",
            [
                "-n", "-M", "prepared", "-c", "\(clients)", "-j", "\(clients)", "-t", "\(transactions)", "-f",
                file.path,
            ], environment: TestDatabase(configuration: database).environment
        ).output
        let line = output.split(separator: "\n").first { $0.hasPrefix("tps = ") }
        guard let rate = line?.split(separator: " ").dropFirst(2).first.flatMap({ Double($0) }) else {
            throw QueueBenchmarkFailure("pgbench said nothing of its rate")
        }
        return rate
    }

    private static func pingPong(_ database: ConnectionConfiguration, _ pool: ConnectionPool) async throws -> QueueTimes
    {
        try await pool.script(
            "CREATE TABLE public.ping (n bigint PRIMARY KEY); CREATE TABLE public.pong (n bigint PRIMARY KEY)")
        let answering = ConnectionPool(database, size: 1)
        let asking = ConnectionPool(database, size: 1)
        let answerer = Task {
            for await event in Listener(database).notifications(on: ["ping"]) {
                guard case .notification(_, let payload) = event, let n = Int64(payload) else { continue }
                _ = try await answering.query(Pong(number: n))
            }
        }
        let times = QueueTimes()
        var replies = Listener(database).notifications(on: ["pong"]).makeAsyncIterator()
        _ = await replies.next()
        try await Task.sleep(for: .milliseconds(300))
        for n in 1...600 {
            let began = ContinuousClock.now
            _ = try await asking.query(Ping(number: Int64(n)))
            _ = await replies.next()
            times.add(queueSeconds(since: began) * 1000)
            try await Task.sleep(for: .milliseconds(3))
        }
        answerer.cancel()
        _ = await answerer.result
        await answering.close()
        await asking.close()
        return times
    }
}

struct Ping: Statement {
    static let sql = "WITH row AS (INSERT INTO public.ping VALUES ($1)) SELECT pg_notify('ping', ($1)::text) IS NULL"
    let number: Int64
    func bind(into parameters: inout Parameters) { parameters.add(number) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

struct Pong: Statement {
    static let sql = "WITH row AS (INSERT INTO public.pong VALUES ($1)) SELECT pg_notify('pong', ($1)::text) IS NULL"
    let number: Int64
    func bind(into parameters: inout Parameters) { parameters.add(number) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}
