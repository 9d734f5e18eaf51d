import Contracts
import Foundation
import Postgres
import Queue
import Testing

/// Nothing of a call is committed after its deadline or its cancellation, whatever the worker believes.
@Suite struct TooLateTests {
    private static let batched = Probe.method("Batched", kind: .oneWay, returning: CommonV1.Empty.self) {
        $0.batchSize = 50
    }

    /// A worker whose clock stands still: to it, no deadline ever passes.
    private static var stopped: WorkerOptions {
        let moment = ContinuousClock.now
        var options = WorkerOptions()
        options.clock = { moment }
        return options
    }

    private func makeEffects(_ queue: QueueFixture) async throws {
        try await queue.execute(
            """
            CREATE TABLE public.effect (n bigint);
            GRANT ALL ON public.effect TO PUBLIC; GRANT USAGE ON SCHEMA public TO PUBLIC
            """)
    }

    @Test func aWorkerWhoseClockStandsStillCommitsNothingAfterTheDeadline() async throws {
        try await withQueue([Probe.note]) { queue in
            try await makeEffects(queue)
            var router = Router()
            router.register(Probe.note) { _, call in
                try await call.transaction.script("INSERT INTO public.effect VALUES (1); SELECT pg_sleep(1.1)")
                return CommonV1.Empty()
            }
            try await queue.serving(router, Self.stopped) {
                try await queue.client.send(Probe.note, .init(), .init(deadline: .seconds(1)))
                try await queue.waitUntil("the call is dead") {
                    try await queue.operations.list(state: "dead").first?.status == .deadlineExceeded
                }
            }
            #expect(try await queue.pool.queryOne(CountEffects()) == 0)
        }
    }

    @Test func aBatchWithALateCallFallsApartAndTheOthersAreDone() async throws {
        try await withQueue([Self.batched]) { queue in
            try await makeEffects(queue)
            var router = Router()
            router.register(batch: Self.batched) { requests, batch in
                for request in requests {
                    try await batch.transaction.script("INSERT INTO public.effect VALUES (1)")
                    if request.minorUnits == 2 { try await batch.transaction.script("SELECT pg_sleep(1.1)") }
                }
                return requests.map { _ in CommonV1.Empty() }
            }
            for n in 1...3 {
                try await queue.client.send(
                    Self.batched, .init(minorUnits: Int64(n)), .init(deadline: n == 2 ? .seconds(1) : nil))
            }
            try await queue.serving(router, Self.stopped) {
                try await queue.waitUntil("the late call is dead") {
                    try await queue.operations.list(state: "dead").first?.status == .deadlineExceeded
                }
                try await queue.waitUntil("the others are done") {
                    try await queue.operations.list(state: "finished").map(\.status) == [.ok, .ok]
                }
            }
            #expect(try await queue.pool.queryOne(CountEffects()) == 2)
        }
    }

    @Test func aHandlerThatDoesNotHearOfItsCancellationCommitsNothing() async throws {
        try await withQueue([Probe.note]) { queue in
            try await makeEffects(queue)
            let started = Record<Int64>()
            let cancelled = Record<Bool>()
            var router = Router()
            router.register(Probe.note) { _, call in
                try await call.transaction.script("INSERT INTO public.effect VALUES (1)")
                started.add(call.info.id)
                while cancelled.all.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
                return CommonV1.Empty()
            }
            var deaf = WorkerOptions(heartbeat: .seconds(60), expiry: .seconds(240))
            deaf.hears = { false }
            try await queue.serving(router, deaf) {
                let id = try await queue.client.send(Probe.note, .init())
                try await queue.waitUntil("the handler runs") { !started.all.isEmpty }
                #expect(try await queue.client.cancel(id))
                cancelled.add(true)
                let error = await #expect(throws: RPCError.self) {
                    _ = try await queue.client.reply(to: id, of: Probe.note)
                }
                #expect(error?.code == .cancelled)
            }
            #expect(try await queue.pool.queryOne(CountEffects()) == 0)
        }
    }

    @Test func aCancellationWaitsForACompletionOnItsWayAndThenSaysThatItCameTooLate() async throws {
        try await withQueue([Probe.note]) { queue in
            let id = try await queue.client.send(Probe.note, .init())
            try await queue.execute(
                """
                \(QueueFixture.asWorker)
                CREATE TABLE public.held (lease bigint, call bigint);
                DO $$
                DECLARE
                    registered record;
                BEGIN
                    SELECT * INTO registered FROM rpc.register('transfers', array['\(Probe.note.name)'], 'h', 1, 60000);
                    INSERT INTO public.held SELECT c.lease_id, c.call_id
                    FROM rpc.claim(registered.worker_id, registered.method_ids, '{1}', '{0}') AS c;
                END
                $$
                """)
            let cancelling = try await queue.pool.transaction { (transaction: borrowing Transaction) in
                try await transaction.script(
                    """
                    \(QueueFixture.asWorker)
                    SELECT rpc.complete(h.lease, true, array[h.call], array['{}'::jsonb], '{}', '{}', false, null)
                    FROM public.held AS h
                    """)
                let cancelling = Task { try await queue.client.cancel(id) }
                try await queue.waitUntil("the cancellation waits") {
                    try await queue.pool.queryOne(CountWaiting()) == 1
                }
                return cancelling
            }
            #expect(try await cancelling.value == false)
            _ = try await queue.client.reply(to: id, of: Probe.note)
        }
    }

    @Test func aCancellationFollowsACallThatMovesToAnotherWorker() async throws {
        try await withQueue([Probe.note]) { queue in
            let id = try await queue.client.send(Probe.note, .init())
            try await queue.execute(
                """
                \(QueueFixture.asWorker)
                CREATE TABLE public.worker AS SELECT r.* FROM generate_series(1, 2) AS n,
                    rpc.register('transfers', array['\(Probe.note.name)'], 'h' || n, 1, 60000) AS r;
                CREATE TABLE public.held AS SELECT c.lease_id, c.call_id
                FROM (SELECT * FROM public.worker ORDER BY worker_id LIMIT 1) AS w,
                    rpc.claim(w.worker_id, w.method_ids, '{1}', '{0}') AS c
                """)
            let cancelling = try await queue.pool.transaction { (transaction: borrowing Transaction) in
                try await transaction.script(
                    """
                    \(QueueFixture.asWorker)
                    SELECT rpc.fail(h.lease_id, true, h.call_id, 14::smallint, 'lost', null, null, 0, true)
                    FROM public.held AS h
                    """)
                let cancelling = Task { try await queue.client.cancel(id) }
                try await queue.waitUntil("the cancellation waits for the first worker's lease") {
                    try await queue.pool.queryOne(CountWaiting()) == 1
                }
                try await transaction.script(
                    """
                    SET LOCAL SESSION AUTHORIZATION DEFAULT;
                    UPDATE rpc.scheduled SET due_at = clock_timestamp();
                    \(QueueFixture.asWorker)
                    SELECT rpc.promote();
                    UPDATE public.held AS h SET lease_id = c.lease_id
                    FROM (SELECT * FROM public.worker ORDER BY worker_id DESC LIMIT 1) AS w,
                        rpc.claim(w.worker_id, w.method_ids, '{1}', '{0}') AS c
                    WHERE c.call_id = h.call_id
                    """)
                return cancelling
            }
            #expect(try await cancelling.value)
            let error = await #expect(throws: PostgresError.self) {
                try await queue.execute(
                    """
                    \(QueueFixture.asWorker)
                    SELECT rpc.complete(h.lease_id, true, array[h.call_id], array['{}'::jsonb], '{}', '{}', false, null)
                    FROM public.held AS h
                    """)
            }
            #expect(error?.sqlState == "PQ001")
        }
    }

    @Test func aStreamTakesNoMessageAfterTheDeadline() async throws {
        try await withQueue([Probe.count]) { queue in
            let refused = Record<StatusCode>()
            var router = Router()
            router.register(streaming: Probe.count) { _, call, stream in
                try await stream.send(.init(minorUnits: 1))
                try await call.transaction.script("SELECT pg_sleep(1.1)")
                do {
                    try await stream.send(.init(minorUnits: 2))
                } catch let error as PostgresError {
                    refused.add(error.sqlState == "PQ004" ? .deadlineExceeded : .unknown)
                    throw error
                }
            }
            try await queue.serving(router, Self.stopped) {
                try await queue.client.send(Probe.count, .init(), .init(deadline: .seconds(1)))
                try await queue.waitUntil("the message is refused") { !refused.all.isEmpty }
            }
            #expect(refused.all == [.deadlineExceeded])
        }
    }
}

/// Sessions of this database that wait for a lock.
struct CountWaiting: Statement {
    static let sql = """
        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// What a wrong clock of a worker's machine could be read through.
@Test func theQueueReadsNoWallClock() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Shared/Queue")
    let files = try FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: nil)
        .filter { $0.pathExtension == "swift" }
    #expect(files.count > 20)
    for file in files {
        let text = try String(contentsOf: file, encoding: .utf8)
        for reading in ["Date(", "Date.now", "gettimeofday", "clock_gettime", "timeIntervalSince", "time(nil"] {
            #expect(!text.contains(reading), "\(file.lastPathComponent) reads \(reading)")
        }
    }
}
