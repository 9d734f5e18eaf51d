import Contracts
import Postgres
import Queue
import TestSupport
import Testing

/// Trouble that passes.
@Suite struct TroubleTests {
    @Test(arguments: ["53200", "53100", "55P03", "58030", "57014"])
    func aServerThatLacksSomethingForAWhileIsNoDefect(state: String) async throws {
        try await withQueue([Probe.echo]) { queue in
            let runs = Record<Int>()
            var router = Router()
            router.register(Probe.echo) { request, call in
                runs.add(call.info.attempt)
                if runs.all.count < 3 {
                    try await call.transaction.script(
                        "DO $$ BEGIN RAISE EXCEPTION USING errcode = '\(state)', message = 'trouble'; END $$")
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

    @Test func twoWhoWaitForOneCallBothGetItsAnswer() async throws {
        try await withQueue([Probe.echo]) { queue in
            var router = Router()
            router.register(Probe.echo) { request, _ in request }
            try await queue.serving(router) {
                _ = try await queue.operations.pause(Probe.echo.name)
                let sent = CallOptions(idempotencyKey: "k", waitForReady: true)
                async let first = queue.client.call(Probe.echo, .init(minorUnits: 6), sent)
                async let second = queue.client.call(Probe.echo, .init(minorUnits: 6), sent)
                let third = Task { try await queue.client.call(Probe.echo, .init(minorUnits: 6), sent) }
                try await queue.waitUntil("the call is there") {
                    try await queue.operations.list(state: "ready").count == 1
                }
                third.cancel()
                let error = await #expect(throws: RPCError.self) { try await third.value }
                #expect(error?.code == .cancelled)
                _ = try await queue.operations.resume(Probe.echo.name)
                let answers = try await [first, second]
                #expect(answers.map(\.minorUnits) == [6, 6])
            }
        }
    }

    @Test func aWorkerSaysWhenItsTroubleIsOver() async throws {
        try await withQueue([Probe.echo]) { queue in
            let said = Record<String>()
            var router = Router()
            router.register(Probe.echo) { request, _ in request }
            let options = WorkerOptions(report: { event in
                switch event {
                case .databaseTrouble: said.add("trouble")
                case .recovered: said.add("recovered")
                default: break
                }
            })
            try await queue.serving(router, options) {
                try await queue.execute("ALTER FUNCTION rpc.promote(integer) RENAME TO promote_away")
                try await queue.waitUntil("a duty fails") { said.all.contains("trouble") }
                #expect(!said.all.contains("recovered"), "it is not over")
                try await queue.execute("ALTER FUNCTION rpc.promote_away(integer) RENAME TO promote")
                try await queue.waitUntil("it is over") { said.all.last == "recovered" }
            }
        }
    }

    @Test func aWorkerLeavesAServerThatTakesNoWritesAnyMore() async throws {
        try await withQueue([Probe.echo]) { queue in
            var router = Router()
            router.register(Probe.echo) { request, _ in request }
            try await queue.serving(router) {
                // What a failover looks like from a session: it stays, and every write is refused.
                let name = queue.database.name
                let server = ConnectionPool(queue.database.configuration.with(database: "postgres"), size: 1)
                try await server.script("ALTER DATABASE \(name) SET default_transaction_read_only = on")
                try await server.script(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'")
                try await queue.waitUntil("nobody serves") {
                    (try? await queue.pool.queryOne(CountLiveWorkers())) == 0
                }
                try await server.script("ALTER DATABASE \(name) RESET default_transaction_read_only")
                await server.close()
                try await queue.waitUntil("it serves again") {
                    (try? await queue.operations.health(Probe.echo.name)) == .serving
                }
                let reply = try await queue.client.call(Probe.echo, .init(minorUnits: 3))
                #expect(reply.minorUnits == 3)
            }
        }
    }
}

private struct CountLiveWorkers: Statement {
    static let sql = "SELECT count(*) FROM rpc.worker WHERE expires_at > clock_timestamp()"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}
