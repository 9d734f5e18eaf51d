import Contracts
import Postgres
import Queue
import TestSupport
import Testing

/// Batches, health, draining, and workers that are lost.
@Suite struct WorkerTests {
    private static let batched = Probe.method("Batched", kind: .oneWay, returning: CommonV1.Empty.self) {
        $0.batchSize = 50
    }

    @Test func aBatchHandlerTakesManyCallsAtOnce() async throws {
        try await withQueue([Self.batched]) { queue in
            let sizes = Record<Int>()
            var router = Router()
            router.register(batch: Self.batched) { requests, _ in
                sizes.add(requests.count)
                return requests.map { _ in CommonV1.Empty() }
            }
            try await queue.client.sendAll(Self.batched, (1...120).map { .init(minorUnits: $0) })
            try await queue.serving(router) {
                try await queue.waitUntil("all have run") { sizes.all.reduce(0, +) == 120 }
                try await queue.waitUntil("none is left") { try await queue.operations.statistics()[0].running == 0 }
            }
            #expect(sizes.all.contains(50))
            #expect(sizes.all.max() == 50)
        }
    }

    @Test func onePoisonedCallDoesNotTakeItsBatchWithIt() async throws {
        try await withQueue([Self.batched]) { queue in
            try await queue.execute("CREATE TABLE public.effect (n bigint); GRANT ALL ON public.effect TO PUBLIC")
            try await queue.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
            var router = Router()
            router.register(batch: Self.batched) { requests, batch in
                for _ in requests { try await batch.transaction.script("INSERT INTO public.effect VALUES (1)") }
                if requests.contains(where: { $0.minorUnits == 13 }) { throw RPCError.invalidArgument("Unlucky.") }
                return requests.map { _ in CommonV1.Empty() }
            }
            try await queue.client.sendAll(Self.batched, (1...30).map { .init(minorUnits: $0) })
            try await queue.serving(router) {
                try await queue.waitUntil("all have ended") {
                    try await queue.operations.list(state: "finished").count == 29
                }
                let dead = try await queue.operations.list(state: "dead")
                #expect(dead.count == 1)
                #expect(dead.first?.message == "Unlucky.")
            }
            #expect(try await queue.pool.queryOne(CountEffects()) == 29)
        }
    }

    @Test func aCallIsRefusedAtOnceWhenNobodyServesIt() async throws {
        try await withQueue([Probe.echo]) { queue in
            #expect(try await queue.operations.health(Probe.echo.name) == .notServing)
            #expect(try await queue.operations.health("puente.transfers.v1.Probe/Missing") == .unknown)
            let error = await #expect(throws: RPCError.self) { try await queue.client.call(Probe.echo, .init()) }
            #expect(error?.code == .unavailable)
            let waiting = Task {
                try await queue.client.call(Probe.echo, .init(minorUnits: 8), .init(waitForReady: true))
            }
            try await Task.sleep(for: .milliseconds(50))
            var router = Router()
            router.register(Probe.echo) { request, _ in request }
            try await queue.serving(router) {
                let health = try await queue.operations.health(Probe.echo.name)
                #expect(health == .serving)
                let reply = try await waiting.value
                #expect(reply.minorUnits == 8)
            }
            #expect(try await queue.operations.health(Probe.echo.name) == .notServing)
        }
    }

    @Test func anUnknownMethodIsUnimplemented() async throws {
        try await withQueue([]) { queue in
            let error = await #expect(throws: RPCError.self) {
                try await queue.client.callJSON("puente.nowhere.v1.Nothing/Do", Array("{}".utf8))
            }
            #expect(error?.code == .unimplemented)
        }
    }

    @Test func aDrainingWorkerFinishesWhatItRunsAndTakesNoMore() async throws {
        try await withQueue([Probe.note]) { queue in
            let started = Record<Int64>()
            let finished = Record<Int64>()
            var router = Router()
            router.register(Probe.note) { request, _ in
                started.add(request.minorUnits)
                try await Task.sleep(for: .milliseconds(300))
                finished.add(request.minorUnits)
                return CommonV1.Empty()
            }
            try await queue.client.sendAll(Probe.note, (1...10).map { .init(minorUnits: $0) })
            try await queue.serving(router, .init(concurrency: 2)) {
                try await queue.waitUntil("two run") { started.all.count == 2 }
            }
            #expect(started.all.count == 2)
            #expect(finished.all.count == 2)
            let statistics = try await queue.operations.statistics()
            #expect(statistics.first?.ready == 8)
            #expect(statistics.first?.running == 0)
        }
    }

    @Test func theCallsOfALostWorkerRunAgainAndItsOwnAttemptIsFenced() async throws {
        try await withQueue([Probe.echo]) { queue in
            try await queue.execute("CREATE TABLE public.effect (n bigint); GRANT ALL ON public.effect TO PUBLIC")
            try await queue.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
            let runs = Record<Int>()
            var router = Router()
            router.register(Probe.echo) { request, call in
                runs.add(call.info.attempt)
                try await call.transaction.script("INSERT INTO public.effect VALUES (1)")
                if runs.all.count == 1 {
                    // The worker goes silent in the database's eyes, and this handler does not notice.
                    try await queue.execute("UPDATE rpc.worker SET expires_at = '-infinity'")
                    try await queue.execute("SELECT rpc.reap()")
                    await Task { try? await Task.sleep(for: .milliseconds(300)) }.value
                }
                return request
            }
            try await queue.serving(router) {
                let reply = try await queue.client.call(Probe.echo, .init(minorUnits: 4))
                #expect(reply.minorUnits == 4)
            }
            #expect(runs.all == [1, 1])
            #expect(try await queue.pool.queryOne(CountEffects()) == 1)
        }
    }

    @Test func idsOfLeasesAndWorkersAreNotGivenAgainWhenACrashSetsTheirSequencesBack() async throws {
        try await withQueue([Probe.note]) { queue in
            let ids = """
                SELECT w.worker_id AS worker, c.lease_id AS lease
                FROM rpc.register('transfers', array['\(Probe.note.name)'], 'h', 1, 60000) AS w,
                    rpc.claim(w.worker_id, w.method_ids, '{1}', '{0}') AS c
                """
            try await queue.client.sendAll(Probe.note, [.init(), .init()])
            try await queue.execute("\(QueueFixture.asWorker) CREATE TABLE public.given AS \(ids)")
            try await queue.execute(
                """
                SELECT setval('rpc.worker_sequence', 1, false), setval('rpc.lease_sequence', 1, false), pg_sleep(0.002);
                """)
            try await queue.execute("DISCARD SEQUENCES")
            try await queue.execute("\(QueueFixture.asWorker) INSERT INTO public.given \(ids)")
            #expect(
                try await queue.pool.texts(
                    of: "SELECT count(DISTINCT worker) AS workers, count(DISTINCT lease) AS leases FROM public.given")
                    == ["(2,2)"])
        }
    }

    @Test func aLeaseIsNotDeletedWithCallsThatItsWorkerHasForgotten() async throws {
        try await withQueue([Probe.note]) { queue in
            let calls = try await queue.client.sendAll(Probe.note, [.init(), .init()])
            try await queue.execute(
                """
                \(QueueFixture.asWorker)
                CREATE TABLE public.lease AS SELECT c.lease_id, count(*) OVER () AS calls
                FROM rpc.register('transfers', array['\(Probe.note.name)'], 'h', 1, 60000) AS w,
                    rpc.claim(w.worker_id, w.method_ids, '{2}', '{0}') AS c
                """)
            func finish(_ call: Int64, isLast: Bool) async throws {
                try await queue.execute(
                    """
                    \(QueueFixture.asWorker)
                    SELECT rpc.complete(
                        (SELECT max(l.lease_id) FROM public.lease l WHERE l.calls = 2), \(isLast), '{\(call)}', '{null}',
                        '{}', '{}', false, null)
                    """)
            }
            let lost = await #expect(throws: PostgresError.self) { try await finish(calls[1], isLast: true) }
            #expect(lost?.sqlState == "PQ100")
            #expect(try await queue.operations.list(state: "running").count == 2)
            try await finish(calls[0], isLast: false)
            try await finish(calls[1], isLast: true)
            #expect(try await queue.operations.list(state: "finished").count == 2)
        }
    }

    @Test func aLeaseThatCannotBeTakenBackKeepsNoOtherFromIt() async throws {
        try await withQueue([Probe.note]) { queue in
            let calls = try await queue.client.sendAll(Probe.note, [.init(), .init(), .init()])
            try await queue.execute(
                """
                \(QueueFixture.asWorker)
                SELECT rpc.claim(w.worker_id, w.method_ids, '{1}', '{0}')
                FROM rpc.register('transfers', array['\(Probe.note.name)'], 'h', 1, 60000) AS w, generate_series(1, 3)
                """)
            try await queue.execute("UPDATE rpc.worker SET expires_at = '-infinity'")
            let damage = "ALTER TABLE rpc.failure ADD CONSTRAINT damage CHECK (call_id <> \(calls[1])) NOT VALID"
            try await queue.execute(damage)
            #expect(try await queue.pool.texts(of: "SELECT rpc.reap() AS taken") == ["(2)"])
            let states = "SELECT state FROM rpc.unfinished ORDER BY call_id"
            #expect(try await queue.pool.texts(of: states, as: "q.state") == ["ready", "running", "ready"])
            try await queue.execute("ALTER TABLE rpc.failure DROP CONSTRAINT damage")
            #expect(try await queue.pool.texts(of: "SELECT rpc.reap() AS taken") == ["(1)"])
        }
    }

    @Test func aWorkerThatTheDatabaseCannotTakeForNowTriesAgain() async throws {
        try await withQueue([Probe.echo]) { queue in
            try await queue.execute("ALTER TABLE rpc.worker ADD CONSTRAINT damage CHECK (false)")
            let troubles = Record<String>()
            let mended = Record<Bool>()
            var router = Router()
            router.register(Probe.echo) { request, _ in request }
            let options = WorkerOptions(report: { event in
                if case .databaseTrouble(let text) = event { troubles.add(text) }
            })
            async let mending: Void = {
                try await queue.waitUntil("it was refused") { !troubles.all.isEmpty }
                mended.add(true)
                try await queue.execute("ALTER TABLE rpc.worker DROP CONSTRAINT damage")
            }()
            try await queue.serving(router, options) {
                #expect(mended.all == [true])
                _ = try await queue.client.call(Probe.echo, .init())
            }
            try await mending
            #expect(troubles.all.first?.contains("damage") == true)
        }
    }

    @Test func workersAndClientsGoOnWhenTheirConnectionsAreCut() async throws {
        try await withQueue([Probe.echo]) { queue in
            var router = Router()
            router.register(Probe.echo) { request, _ in
                try await Task.sleep(for: .milliseconds(100))
                return request
            }
            try await queue.serving(router) {
                for round in 1...3 {
                    let waiting = Task {
                        try await queue.client.call(
                            Probe.echo, .init(minorUnits: Int64(round)), .init(idempotencyKey: "\(round)"))
                    }
                    try await Task.sleep(for: .milliseconds(50))
                    try? await queue.pool.script(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()
                        """)
                    #expect(try await waiting.value.minorUnits == Int64(round))
                }
            }
        }
    }

    @Test func aConstraintsNameBecomesTheErrorThatTheServiceChose() async throws {
        try await withQueue([Probe.echo]) { queue in
            try await queue.execute(
                """
                CREATE TABLE public.effect (n bigint, CONSTRAINT effect_small_check CHECK (n < 10));
                GRANT ALL ON public.effect TO PUBLIC; GRANT USAGE ON SCHEMA public TO PUBLIC
                """)
            var router = Router()
            router.constraints["effect_small_check"] = .outOfRange("The effect is too large.")
            router.register(Probe.echo) { request, call in
                try await call.transaction.script("INSERT INTO public.effect VALUES (10)")
                return request
            }
            try await queue.serving(router) {
                let error = await #expect(throws: RPCError.self) { try await queue.client.call(Probe.echo, .init()) }
                #expect(error == .outOfRange("The effect is too large."))
            }
        }
    }
}
