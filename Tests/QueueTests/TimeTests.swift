import Contracts
import Queue
import Testing

/// Deadlines, schedules and retries.
@Suite struct TimeTests {
    @Test func aCallWhoseDeadlinePassedWhileItWaitedIsNotRun() async throws {
        try await withQueue([Probe.note, Probe.echo]) { queue in
            let runs = Record<Int64>()
            let late = try await queue.client.send(
                Probe.note, .init(minorUnits: 1), .init(deadline: .milliseconds(50)))
            try await Task.sleep(for: .milliseconds(80))
            var router = Router()
            router.register(Probe.note) { request, _ in
                runs.add(request.minorUnits)
                return CommonV1.Empty()
            }
            try await queue.serving(router) {
                try await queue.client.send(Probe.note, .init(minorUnits: 2))
                try await queue.waitUntil("the second call ran") { runs.all == [2] }
                let error = await #expect(throws: RPCError.self) {
                    try await queue.client.reply(to: late, of: Probe.note)
                }
                #expect(error?.code == .deadlineExceeded)
            }
            #expect(runs.all == [2])
        }
    }

    @Test func aHandlerIsStoppedAtItsDeadlineAndRolledBack() async throws {
        try await withQueue([Probe.echo]) { queue in
            try await queue.execute("CREATE TABLE public.effect (n bigint); GRANT ALL ON public.effect TO PUBLIC")
            try await queue.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
            var router = Router()
            router.register(Probe.echo) { request, call in
                try await call.transaction.script("INSERT INTO public.effect VALUES (1)")
                try await call.transaction.script("SELECT pg_sleep(20)")
                return request
            }
            let began = ContinuousClock.now
            try await queue.serving(router) {
                let error = await #expect(throws: RPCError.self) {
                    try await queue.client.call(Probe.echo, .init(), .init(deadline: .milliseconds(300)))
                }
                #expect(error?.code == .deadlineExceeded)
            }
            #expect(ContinuousClock.now - began < .seconds(10))
            #expect(try await queue.pool.queryOne(CountEffects()) == 0)
        }
    }

    @Test func aCallThatNobodyServesEndsAtItsDeadline() async throws {
        try await withQueue([Probe.echo]) { queue in
            let error = await #expect(throws: RPCError.self) {
                try await queue.client.call(
                    Probe.echo, .init(), .init(deadline: .milliseconds(200), waitForReady: true))
            }
            #expect(error?.code == .deadlineExceeded)
            let statistics = try await queue.operations.statistics()
            #expect(statistics.first?.ready == 0)
        }
    }

    @Test func aUnaryChildInheritsItsParentsDeadline() async throws {
        try await withQueue([Probe.echo, Probe.note]) { queue in
            let deadlines = Record<(String, Duration)>()
            var router = Router()
            let started = ContinuousClock.now
            router.register(Probe.note) { request, call in
                if request.minorUnits == 0 {
                    try await call.send(Probe.echo, .init(minorUnits: 1))
                    try await call.send(Probe.note, .init(minorUnits: 2))
                } else if let deadline = call.info.deadline {
                    deadlines.add(("note", deadline - started))
                }
                return CommonV1.Empty()
            }
            router.register(Probe.echo) { request, call in
                if let deadline = call.info.deadline { deadlines.add(("echo", deadline - started)) }
                return request
            }
            try await queue.serving(router) {
                try await queue.client.send(Probe.note, .init(), .init(deadline: .seconds(5)))
                try await queue.waitUntil("both children ran") { deadlines.all.count == 2 }
            }
            let echo = try #require(deadlines.all.first { $0.0 == "echo" })
            let note = try #require(deadlines.all.first { $0.0 == "note" })
            #expect(echo.1 < .seconds(10), "the unary child ends with its parent")
            #expect(note.1 > .seconds(20), "the one-way child has its contract's deadline")
        }
    }

    @Test func aScheduledCallDoesNotRunBeforeItsTime() async throws {
        try await withQueue([Probe.note]) { queue in
            let ran = Record<ContinuousClock.Instant>()
            var router = Router()
            router.register(Probe.note) { _, _ in
                ran.add(.now)
                return CommonV1.Empty()
            }
            try await queue.serving(router) {
                let sent = ContinuousClock.now
                try await queue.client.send(Probe.note, .init(), .init(notBefore: .milliseconds(400)))
                #expect(try await queue.operations.statistics().first?.scheduled == 1)
                try await queue.waitUntil("it ran") { !ran.all.isEmpty }
                let waited = try #require(ran.all.first) - sent
                #expect(waited >= .milliseconds(395))
                #expect(waited < .milliseconds(3000))
            }
        }
    }

    @Test func retriesFollowTheContractAndThenTheCallIsDead() async throws {
        let flaky = Probe.method("Flaky", kind: .oneWay, returning: CommonV1.Empty.self) {
            $0.retry = Probe.retry(4, backoff: .milliseconds(40))
        }
        try await withQueue([flaky]) { queue in
            let times = Record<ContinuousClock.Instant>()
            var router = Router()
            router.register(flaky) { _, call in
                times.add(.now)
                #expect(call.info.attempt == (times.all.count - 1) % 4 + 1)
                throw RPCError.unavailable("Not now.")
            }
            try await queue.serving(router) {
                let id = try await queue.client.send(flaky, .init())
                try await queue.waitUntil("the call is dead") {
                    try await !queue.operations.list(state: "dead").isEmpty
                }
                let dead = try await queue.operations.list(state: "dead")
                #expect(dead.map(\.id) == [id])
                #expect(dead.first?.attempt == 4)
                #expect(dead.first?.status == .unavailable)
                #expect(times.all.count == 4)
                // Doubling from 40 ms with ±20 % jitter.
                #expect(times.all[1] - times.all[0] >= .milliseconds(31))
                #expect(times.all[3] - times.all[2] >= .milliseconds(127))
                // An operator offers it again with fresh attempts.
                #expect(try await queue.operations.retry(id))
                try await queue.waitUntil("it ran again") { times.all.count > 4 }
            }
        }
    }

    @Test func deadCallsAreRetriedAndDiscardedByFilter() async throws {
        try await withQueue([Probe.note, Probe.other]) { queue in
            let runs = Record<Int64>()
            var router = Router()
            for method in [Probe.note, Probe.other] {
                router.register(method) { request, _ in
                    runs.add(request.minorUnits)
                    if request.minorUnits == 3 { throw RPCError.notFound("None.") }
                    throw RPCError.invalidArgument("Wrong.")
                }
            }
            try await queue.client.sendAll(Probe.note, (1...3).map { .init(minorUnits: $0) })
            try await queue.client.send(Probe.other, .init(minorUnits: 4))
            try await queue.serving(router) {
                try await queue.waitUntil("all are dead") { try await queue.operations.list(state: "dead").count == 4 }
            }
            let operations = queue.operations
            #expect(try await operations.discardAll(.init(status: .unavailable)).changed == 0)
            #expect(try await operations.discardAll(.init(method: Probe.note.name, status: .notFound)).changed == 1)
            #expect(try await operations.retryAll(.init(method: Probe.note.name, limit: 1)).changed == 1)
            #expect(try await operations.list(state: "dead").count == 2)
            #expect(try await operations.list(state: "ready").map(\.method) == [Probe.note.name])
            #expect(try await operations.discardAll().changed == 2)
            let error = await #expect(throws: RPCError.self) { try await operations.retryAll(.init(method: "nothing")) }
            #expect(error?.code == .notFound)
            // The history of the call that was offered again is kept.
            let id = try #require(try await operations.list(state: "ready").first?.id)
            let shown = String(decoding: try await operations.show(id), as: UTF8.self)
            #expect(shown.contains("Wrong."))
        }
    }

    @Test func anErrorThatIsNotRetryableEndsTheCallAtOnce() async throws {
        let strict = Probe.method("Strict") { $0.retry = Probe.retry(5) }
        try await withQueue([strict]) { queue in
            let runs = Record<Int>()
            var router = Router()
            router.register(strict) { _, call in
                runs.add(call.info.attempt)
                throw RPCError.notFound("No such thing.")
            }
            try await queue.serving(router) {
                let error = await #expect(throws: RPCError.self) { try await queue.client.call(strict, .init()) }
                #expect(error?.code == .notFound)
                let dead = try await queue.operations.list(state: "dead")
                #expect(dead == [])
            }
            #expect(runs.all == [1])
        }
    }

    @Test func aHandlerMayPushBackOrForbidARetry() async throws {
        let pushed = Probe.method("Pushed") { $0.retry = Probe.retry(3, backoff: .seconds(60)) }
        try await withQueue([pushed]) { queue in
            let runs = Record<Int>()
            var router = Router()
            router.register(pushed) { _, call in
                runs.add(call.info.attempt)
                if call.info.attempt == 1 { throw PushBack(.unavailable("Soon."), after: .milliseconds(20)) }
                throw PushBack(.unavailable("Never."), after: nil)
            }
            try await queue.serving(router) {
                let error = await #expect(throws: RPCError.self) { try await queue.client.call(pushed, .init()) }
                #expect(error?.message == "Never.")
            }
            #expect(runs.all == [1, 2])
        }
    }

    @Test func deadlocksAndLostConnectionsAreNotCountedAsAttempts() async throws {
        try await withQueue([Probe.echo]) { queue in
            let runs = Record<Int>()
            var router = Router()
            router.register(Probe.echo) { request, call in
                runs.add(call.info.attempt)
                if runs.all.count == 1 {
                    try await call.transaction.script(
                        "DO $$ BEGIN RAISE EXCEPTION USING errcode = '40P01', message = 'deadlock'; END $$")
                }
                if runs.all.count == 2 {
                    try await call.transaction.script("SELECT pg_terminate_backend(pg_backend_pid())")
                }
                return request
            }
            try await queue.serving(router) {
                let reply = try await queue.client.call(Probe.echo, .init(minorUnits: 3))
                #expect(reply.minorUnits == 3)
            }
            #expect(runs.all == [1, 1, 1])
        }
    }
}
