import Contracts
import Foundation
import Postgres
import Queue
import TestSupport
import Testing

/// What operators and other programs see: metrics, traces, retention, and the SQL interface.
@Suite struct ObservationTests {
    @Test func metricsAreWellFormedAndCount() async throws {
        try await withQueue([Probe.echo]) { queue in
            var router = Router()
            router.register(Probe.echo) { request, _ in
                if request.minorUnits == 2 { throw RPCError.notFound("None.") }
                return request
            }
            let worker = Worker(
                service: "transfers", router: router,
                configuration: queue.database.configuration(as: "puente_transfers")
            )
            let task = Task { try await worker.run() }
            for n in 1...3 {
                _ = try? await queue.client.call(
                    Probe.echo, .init(minorUnits: Int64(n)), .init(waitForReady: true))
            }
            let name = "method=\"puente.transfers.v1.Probe/Echo\""
            // A caller may have its reply before the worker has counted the call.
            let counted = ["OK\"} 2", "NOT_FOUND\"} 1"].map { "puente_queue_calls_total{\(name),code=\"\($0)\n" }
            try await queue.waitUntil("all calls are counted") {
                let text = try await worker.metricsText()
                return counted.allSatisfy(text.contains)
            }
            let text = try await worker.metricsText()
            task.cancel()
            try await task.value
            #expect(text.contains("puente_queue_handler_seconds_count{\(name)} 3\n"))
            #expect(text.contains("puente_queue_depth{\(name),state=\"ready\"} 0\n"))
            #expect(text.contains("puente_queue_workers 1\n"))
            #expect(try runProgram("promtool", ["check", "metrics"], input: text).status == 0)
        }
    }

    @Test func aTraceShowsTheTreeOfCalls() async throws {
        try await withQueue([Probe.note, Probe.echo, Probe.answered]) { queue in
            let done = Record<String>()
            var router = Router()
            router.register(Probe.note) { request, call in
                try await call.send(Probe.echo, request, then: Probe.answered, state: CommonV1.Empty())
                return CommonV1.Empty()
            }
            router.register(Probe.echo) { request, _ in request }
            router.register(Probe.answered) { _, call in
                done.add(call.info.traceparent)
                return CommonV1.Empty()
            }
            try await queue.serving(router) {
                let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
                let root = try await queue.client.send(Probe.note, .init(), .init(traceparent: trace))
                try await queue.waitUntil("the answer came") { !done.all.isEmpty }
                try await queue.waitUntil("all are finished") {
                    try await queue.operations.trace(root).allSatisfy { $0.status == .ok }
                }
                let calls = try await queue.operations.trace(root)
                #expect(calls.map(\.depth) == [0, 1, 2])
                #expect(calls.map(\.method) == [Probe.note.name, Probe.echo.name, Probe.answered.name])
            }
            #expect(done.all.first?.hasPrefix("00-0af7651916cd43dd8448eb211c80319c-") == true)
        }
    }

    @Test func healthIsWatchable() async throws {
        try await withQueue([Probe.echo]) { queue in
            var router = Router()
            router.register(Probe.echo) { request, _ in request }
            let states = Record<String>()
            let watching = Task {
                for try await changes in queue.operations.watchHealth(of: Probe.echo.name) {
                    for change in changes { states.add(change.health.rawValue) }
                }
            }
            try await queue.waitUntil("the first state is seen") { !states.all.isEmpty }
            try await queue.serving(router) {
                try await queue.waitUntil("it serves") { states.all.last == "serving" }
            }
            try await queue.waitUntil("it has stopped") { states.all.last == "not_serving" }
            watching.cancel()
            #expect(states.all == ["not_serving", "serving", "not_serving"])
        }
    }

    @Test func retentionDropsPartitionsButNoneThatIsStillNeeded() async throws {
        try await withQueue([Probe.note]) { queue in
            try await queue.execute(
                """
                CREATE TABLE rpc.call_20200101 PARTITION OF rpc.call FOR VALUES FROM (-2000) TO (-1000);
                CREATE TABLE rpc.call_20200102 PARTITION OF rpc.call FOR VALUES FROM (-1000) TO (-500);
                CREATE TABLE rpc.outcome_20200102 PARTITION OF rpc.outcome FOR VALUES FROM (-1000) TO (-500);
                INSERT INTO rpc.call (call_id, method_id, priority, caller, request) VALUES (-700, 1, 5, 'x', '{}');
                INSERT INTO rpc.outcome (call_id, attempt, status) VALUES (-700, 1, 0);
                INSERT INTO rpc.dead (call_id, method_id, status) VALUES (-700, 1, 13)
                """)
            try await queue.execute(
                "INSERT INTO rpc.scheduled VALUES (now() + interval '1 day', -1500, 1, 1, 0, 0, false, false)")
            try await queue.execute("SELECT rpc.retain()")
            #expect(try await queue.pool.query(OldPartitions()) == ["call_20200101"])
            try await queue.execute("DELETE FROM rpc.scheduled")
            try await queue.execute("SELECT rpc.retain()")
            #expect(try await queue.pool.query(OldPartitions()) == [])
            let dead = try await queue.operations.list(state: "dead")
            #expect(dead.isEmpty)
        }
    }

    @Test func callsAreFoundByIndexHoweverSmallTheirTablesWereWhenPlansWereMade() async throws {
        try await withQueue([Probe.echo]) { queue in
            var router = Router()
            router.register(Probe.echo) { request, _ in request }
            try await queue.serving(router) {
                for n in 1...60 { _ = try await queue.client.call(Probe.echo, .init(minorUnits: Int64(n))) }
            }
            // Sessions tell their statistics when they end.
            await queue.client.close()
            try await queue.waitUntil("the statistics are in") {
                try await queue.pool.queryOne(CountScans(kind: "idx_scan")) ?? 0 >= 120
            }
            // Making the indexes of three days read nine tables.
            let whole = try #require(try await queue.pool.queryOne(CountScans(kind: "seq_scan")))
            #expect(whole <= 9)
        }
    }

    @Test func anotherLanguageCallsThroughTheFunctions() async throws {
        try await withQueue([Probe.echo]) { queue in
            var router = Router()
            router.register(Probe.echo) { request, _ in
                CommonV1.Money(minorUnits: request.minorUnits * 2, currency: request.currency)
            }
            try await queue.serving(router) {
                let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                    .appendingPathComponent("call_example.py").path
                let (status, output) = try runProgram(
                    "python3", [example, Probe.echo.name, #"{"minorUnits":"21","currency":"PEN"}"#],
                    environment: queue.database.environment.merging(["PGUSER": queue.person.user ?? ""]) { $1 })
                #expect(status == 0)
                let reply = try CommonV1.Money(json: output.trimmingCharacters(in: .whitespacesAndNewlines))
                #expect(reply == CommonV1.Money(minorUnits: 42, currency: "PEN"))
            }
        }
    }
}

/// How often calls and outcomes were read by index, or their tables as a whole.
struct CountScans: Statement {
    static let sql = """
        SELECT sum(CASE $1 WHEN 'idx_scan' THEN idx_scan ELSE seq_scan END)::bigint FROM pg_stat_user_tables
        WHERE schemaname = 'rpc' AND relname ~ '^(call|outcome)_[0-9]+$'
        """
    let kind: String
    func bind(into parameters: inout Parameters) { parameters.add(kind) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

struct OldPartitions: Statement {
    static let sql = """
        SELECT relname::text FROM pg_class
        WHERE relnamespace = 'rpc'::regnamespace AND relkind = 'r' AND relname ~ '_2020' ORDER BY relname
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
