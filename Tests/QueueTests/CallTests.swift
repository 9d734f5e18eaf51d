import Contracts
import Postgres
import Queue
import Testing

@Suite struct CallTests {
    @Test func aUnaryCallIsAnswered() async throws {
        try await withQueue([Probe.echo]) { queue in
            var router = Router()
            router.register(Probe.echo) { request, call in
                CommonV1.Money(minorUnits: request.minorUnits + 1, currency: call.info.caller)
            }
            try await queue.serving(router) {
                let reply = try await queue.client.call(Probe.echo, .init(minorUnits: 41, currency: "PEN"))
                #expect(reply == CommonV1.Money(minorUnits: 42, currency: queue.person.user ?? ""))
            }
        }
    }

    @Test func manyCallsAtOnceAreAllAnswered() async throws {
        try await withQueue([Probe.echo]) { queue in
            var router = Router()
            router.register(Probe.echo) { request, _ in request }
            try await queue.serving(router) {
                let sum = try await withThrowingTaskGroup(of: Int64.self) { group in
                    for n in 1...300 {
                        group.addTask {
                            try await queue.client.call(Probe.echo, .init(minorUnits: Int64(n))).minorUnits
                        }
                    }
                    return try await group.reduce(0, +)
                }
                #expect(sum == 300 * 301 / 2)
            }
        }
    }

    @Test func anErrorReachesTheCallerWithItsCodeAndDetails() async throws {
        try await withQueue([Probe.echo]) { queue in
            var router = Router()
            router.register(Probe.echo) { _, _ in
                throw RPCError.failedPrecondition(
                    "The cycle is closed.", details: [ErrorDetail(type: "cycle", reason: "closed")])
            }
            try await queue.serving(router) {
                let error = await #expect(throws: RPCError.self) {
                    try await queue.client.call(Probe.echo, .init())
                }
                #expect(error?.code == .failedPrecondition)
                #expect(error?.message == "The cycle is closed.")
                #expect(error?.details == [ErrorDetail(type: "cycle", reason: "closed")])
            }
        }
    }

    @Test func anErrorsSentenceReachesTheCallerWithItsValues() async throws {
        try await withQueue([Probe.echo]) { queue in
            var router = Router()
            let long = String(repeating: "é", count: 3_000)
            router.register(Probe.echo) { request, _ in
                throw RPCError.notFound(
                    "No cycle \(request.minorUnits == 1 ? "{}" : long) is open, \(request.minorUnits) are closed.",
                    details: [ErrorDetail(field: "cycle", "is not between \(1) and \(9)", reason: "out_of_range")])
            }
            try await queue.serving(router) {
                for units: Int64 in [1, 2] {
                    let error = await #expect(throws: RPCError.self) {
                        try await queue.client.call(Probe.echo, .init(minorUnits: units))
                    }
                    #expect(error?.sentence.pattern == "No cycle {} is open, {} are closed.")
                    #expect(error?.sentence.values == [units == 1 ? "{}" : long, "\(units)"])
                    #expect(error?.details.count == 1)
                    #expect(error?.details.first?.sentence == "is not between \(1) and \(9)")
                }
                let kept = try await queue.pool.texts(of: "SELECT length(message) FROM rpc.outcome ORDER BY call_id")
                #expect(kept == ["(34)", "(2000)"])
            }
        }
    }

    @Test func trailersReachTheCallerWithRepliesAndWithErrors() async throws {
        try await withQueue([Probe.echo]) { queue in
            var router = Router()
            router.register(Probe.echo) { request, call in
                call.trailers.set("rows", "\(request.minorUnits)")
                call.trailers.set("said", "a \"quoted\"\nline")
                if request.minorUnits == 2 { throw RPCError.notFound("None.") }
                return request
            }
            try await queue.serving(router) {
                let reply = try await queue.client.result(of: Probe.echo, .init(minorUnits: 1))
                #expect(try reply.response.get().minorUnits == 1)
                #expect(reply.trailers == ["rows": "1", "said": "a \"quoted\"\nline"])
                let refused = try await queue.client.result(of: Probe.echo, .init(minorUnits: 2))
                #expect(throws: RPCError.notFound("None.")) { try refused.response.get() }
                #expect(refused.trailers["rows"] == "2")
            }
        }
    }

    @Test func aHandlersOwnAbortedIsNotTakenForALostLease() async throws {
        try await withQueue([Probe.echo]) { queue in
            var router = Router()
            router.register(Probe.echo) { request, call in
                try await call.transaction.script(
                    "DO $$ BEGIN RAISE EXCEPTION USING errcode = 'PQ010', message = 'The work conflicts.'; END $$")
                return request
            }
            try await queue.serving(router) {
                let error = await #expect(throws: RPCError.self) { try await queue.client.call(Probe.echo, .init()) }
                #expect(error == .aborted("The work conflicts."))
            }
        }
    }

    @Test func progressIsSeenWhileTheHandlerStillRuns() async throws {
        try await withQueue([Probe.count]) { queue in
            let seen = Record<Int64>()
            var router = Router()
            router.register(streaming: Probe.count) { request, _, stream in
                try await stream.send(.init(minorUnits: 1))
                // The handler goes on only when the caller has seen the first message.
                while seen.all.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
                try await stream.send(.init(minorUnits: 2))
                try await stream.sendLast(.init(minorUnits: request.minorUnits))
            }
            try await queue.serving(router) {
                for try await message in queue.client.stream(Probe.count, .init(minorUnits: 3)) {
                    seen.add(message.minorUnits)
                }
                #expect(seen.all == [1, 2, 3])
            }
        }
    }

    @Test func aReplyComesBackAsACallWithItsState() async throws {
        try await withQueue([Probe.echo, Probe.note, Probe.answered]) { queue in
            let answers = Record<RPCV1.Continuation>()
            var router = Router()
            router.register(Probe.note) { request, call in
                try await call.send(
                    Probe.echo, request, then: Probe.answered, state: CommonV1.Money(minorUnits: 7, currency: "S"))
                return CommonV1.Empty()
            }
            router.register(Probe.echo) { request, _ in request }
            router.register(Probe.answered) { answer, _ in
                answers.add(answer)
                return CommonV1.Empty()
            }
            try await queue.serving(router) {
                try await queue.client.send(Probe.note, .init(minorUnits: 5))
                try await queue.waitUntil("the answer comes") { !answers.all.isEmpty }
            }
            let answer = try #require(answers.all.first)
            #expect(answers.all.count == 1)
            #expect(answer.status == 0)
            #expect(try CommonV1.Money(json: answer.replyJson) == CommonV1.Money(minorUnits: 5))
            #expect(try CommonV1.Money(json: answer.stateJson) == CommonV1.Money(minorUnits: 7, currency: "S"))
        }
    }

    @Test func effectsAndFollowUpsOfAFailedAttemptAreUndone() async throws {
        let method = Probe.method("Effects", kind: .oneWay, returning: CommonV1.Empty.self) {
            $0.retry = Probe.retry(3)
        }
        try await withQueue([method, Probe.note]) { queue in
            try await queue.execute("CREATE TABLE public.effect (n bigint); GRANT ALL ON public.effect TO PUBLIC")
            try await queue.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
            let notes = Record<Int64>()
            var router = Router()
            router.register(method) { request, call in
                try await call.transaction.script("INSERT INTO public.effect VALUES (1)")
                try await call.send(Probe.note, request)
                if call.info.attempt < 3 { throw RPCError.unavailable("Not yet.") }
                return CommonV1.Empty()
            }
            router.register(Probe.note) { request, _ in
                notes.add(request.minorUnits)
                return CommonV1.Empty()
            }
            try await queue.serving(router) {
                try await queue.client.send(method, .init(minorUnits: 9))
                try await queue.waitUntil("the note comes") { !notes.all.isEmpty }
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(notes.all == [9])
            #expect(try await queue.pool.queryOne(CountEffects()) == 1)
        }
    }
}

struct CountEffects: Statement {
    static let sql = "SELECT count(*) FROM public.effect"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}
