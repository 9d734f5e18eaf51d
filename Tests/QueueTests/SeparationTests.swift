import Contracts
import Postgres
import Queue
import TestSupport
import Testing

/// A worker touches what its service's leases hold, and nothing else.
@Suite struct SeparationTests {
    private static let foreign = Method<CommonV1.Money, CommonV1.Empty>(
        name: "puente.projects.v1.Probe/Foreign", kind: .oneWay,
        policy: Probe.method("x", kind: .oneWay, returning: CommonV1.Empty.self).policy)

    /// A call of transfers that a worker of transfers holds, and an intruder of projects with a worker of its own.
    private func withIntruder(
        _ body: (QueueFixture, ConnectionPool, _ lease: String, _ call: Int64) async throws -> Void
    ) async throws {
        try await withQueue([Probe.note, Probe.count, Self.foreign]) { queue in
            let call = try await queue.client.send(Probe.note, .init())
            let workers = queue.database.pool(as: "puente_transfers", size: 1)
            let lease = try await workers.texts(
                of: """
                    SELECT c.lease_id FROM rpc.register('transfers', array['\(Probe.note.name)'], 'h', 1, 60000) AS w,
                        rpc.claim(w.worker_id, w.method_ids, '{1}', '{0}') AS c
                    """, as: "q.lease_id::text")[0]
            await workers.close()
            let intruder = queue.database.pool(as: "puente_projects", size: 1)
            try await body(queue, intruder, lease, call)
            await intruder.close()
            #expect(try await queue.operations.list(state: "running").map(\.id) == [call])
        }
    }

    private func state(_ pool: ConnectionPool, _ sql: String) async -> String? {
        do {
            try await pool.script(sql)
            return nil
        } catch {
            return (error as? PostgresError)?.sqlState
        }
    }

    @Test func nobodyClaimsMethodsThatTheirWorkerHasNotRegistered() async throws {
        try await withIntruder { queue, intruder, _, _ in
            try await queue.client.send(Probe.note, .init())
            let claim = """
                SELECT rpc.claim(w.worker_id, (SELECT array_agg(n::smallint) FROM generate_series(1, 3) AS n), '{9,9,9}', '{0,0,0}')
                FROM rpc.register('projects', array['\(Self.foreign.name)'], 'h', 1, 60000) AS w
                """
            #expect(await state(intruder, claim) == "PQ010")
            let register = "SELECT rpc.register('projects', array['\(Probe.note.name)'], 'h', 1, 60000)"
            #expect(await state(intruder, register) == "PQ009")
            let other = "SELECT rpc.register('transfers', array['\(Probe.note.name)'], 'h', 1, 60000)"
            #expect(await state(intruder, other) == "PQ007")
        }
    }

    @Test(arguments: [
        "SELECT rpc.complete(LEASE, false, '{CALL}', array['{\"forged\":true}'::jsonb], '{}', '{}', false, null)",
        "SELECT rpc.complete(LEASE, true, '{CALL}', array['{\"forged\":true}'::jsonb], '{}', '{}', true, null)",
        "SELECT rpc.fail(LEASE, true, CALL, 7::smallint, 'no', null, null, null, false)",
        "SELECT rpc.push(LEASE, CALL, 1, '{}', null, null)",
    ])
    func nobodyEndsACallOfAnothersLease(attack: String) async throws {
        try await withIntruder { _, intruder, lease, call in
            let sql = attack.replacing("LEASE", with: lease).replacing("CALL", with: "\(call)")
            #expect(await state(intruder, sql) == "PQ100")
        }
    }

    @Test(arguments: [
        "SELECT rpc.complete(c.lease_id, false, '{CALL}', array['{}'::jsonb], '{}', '{}', false, null) FROM MINE",
        "SELECT rpc.complete(c.lease_id, true, '{CALL}', array['{}'::jsonb], '{}', '{}', false, null) FROM MINE",
        "SELECT rpc.fail(c.lease_id, false, CALL, 7::smallint, 'no', null, null, null, false) FROM MINE",
        "SELECT rpc.push(c.lease_id, CALL, 1, '{}', null, null) FROM MINE",
    ])
    func anOutcomeIsForCallsOfTheLeaseOnly(attack: String) async throws {
        try await withIntruder { queue, intruder, _, call in
            try await queue.client.send(Self.foreign, .init())
            let mine = """
                rpc.register('projects', array['\(Self.foreign.name)'], 'h', 1, 60000) AS w,
                rpc.claim(w.worker_id, w.method_ids, '{1}', '{0}') AS c
                """
            let sql = attack.replacing("MINE", with: mine).replacing("CALL", with: "\(call)")
            #expect(await state(intruder, sql) == "PQ100")
        }
    }

    @Test func nobodyGivesBackDropsOrRenewsAnothersLeases() async throws {
        try await withIntruder { queue, intruder, lease, _ in
            let worker = try await queue.pool.texts(of: "SELECT worker_id FROM rpc.worker", as: "q.worker_id::text")[0]
            try await queue.execute("UPDATE rpc.lease SET claimed_at = claimed_at - interval '1 hour'")
            #expect(try await intruder.texts(of: "SELECT rpc.reconcile(\(worker), '{}')") == ["(0)"])
            try await intruder.script("SELECT rpc.drop_leases('{\(lease)}'), rpc.leave(\(worker))")
            #expect(try await intruder.texts(of: "SELECT alive FROM rpc.heartbeat(\(worker), 60000, true)") == ["(f)"])
            #expect(try await intruder.texts(of: "SELECT rpc.cancelled(\(worker))") == ["({})"])
            #expect(try await queue.pool.texts(of: "SELECT draining FROM rpc.worker") == ["(f)"])
        }
    }

    @Test func aNotificationCancelsNothing() async throws {
        try await withQueue([Probe.echo]) { queue in
            let started = Record<Int64>()
            let release = Record<Bool>()
            var router = Router()
            router.register(Probe.echo) { request, call in
                started.add(call.info.id)
                while release.all.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
                return request
            }
            try await queue.serving(router) {
                let waiting = Task { try await queue.client.call(Probe.echo, .init(minorUnits: 5)) }
                try await queue.waitUntil("the handler runs") { !started.all.isEmpty }
                let intruder = queue.database.pool(as: "puente_projects", size: 1)
                try await intruder.script("NOTIFY rpc_cancel_transfers, '\(started.all[0])'")
                await intruder.close()
                // The worker has looked: a real cancellation on the same channel comes after it.
                let other = try await queue.client.send(Probe.echo, .init(), .init(notBefore: .seconds(60)))
                #expect(try await queue.client.cancel(other))
                release.add(true)
                let reply = try await waiting.value
                #expect(reply.minorUnits == 5)
            }
            #expect(started.all.count == 1)
        }
    }
}
