import Contracts
import Postgres
import Queue
import Synchronization
import Testing

/// Order, limits, priorities and pauses.
@Suite struct LimitTests {
    private static let ordered = Probe.method("Ordered", kind: .oneWay, returning: CommonV1.Empty.self) {
        $0.orderingKey = "currency"
        $0.retry = Probe.retry(5, backoff: .milliseconds(10))
    }

    @Test func callsWithOneKeyRunOneAfterAnotherInTheirOrder() async throws {
        try await withQueue([Self.ordered]) { queue in
            let ran = Record<CommonV1.Money>()
            let running = Gauge()
            var router = Router()
            router.register(Self.ordered) { request, call in
                let most = running.enter(request.currency)
                #expect(most == 1)
                defer { running.leave(request.currency) }
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...3)))
                // A failed attempt keeps its place before the later calls of its key.
                if call.info.attempt == 1, request.minorUnits % 5 == 0 { throw RPCError.unavailable("Again.") }
                ran.add(request)
                return CommonV1.Empty()
            }
            for n in 1...20 {
                for key in ["A", "B", "C"] {
                    try await queue.client.send(Self.ordered, .init(minorUnits: Int64(n), currency: key))
                }
            }
            try await queue.serving(router) {
                try await queue.waitUntil("all have run") { ran.all.count == 60 }
            }
            for key in ["A", "B", "C"] {
                #expect(ran.all.filter { $0.currency == key }.map(\.minorUnits) == Array(1...20))
            }
        }
    }

    @Test func tablesAreWrittenAnewAlthoughASnapshotKeepsTheirDeadRows() async throws {
        try await withQueue([Self.ordered]) { queue in
            let ran = Record<Int64>()
            var router = Router()
            router.register(Self.ordered) { request, _ in
                ran.add(request.minorUnits)
                return CommonV1.Empty()
            }
            try await queue.pool.transaction(isolation: .repeatableRead) { (holder: borrowing Transaction) in
                try await holder.script("SELECT count(*) FROM rpc.method")
                try await queue.client.sendAll(
                    Self.ordered, (1...200).map { .init(minorUnits: $0, currency: "A") })
                try await queue.serving(router) {
                    try await queue.waitUntil("all have run") { ran.all.count == 200 }
                }
                try await queue.client.sendAll(
                    Self.ordered, (201...300).map { .init(minorUnits: $0, currency: "A") })
                for table in ["arrival", "waiting", "permit", "released"] {
                    try await queue.execute("VACUUM rpc.\(table)")
                }
                let before = try await queue.pool.queryOne(MeasureGates()) ?? 0
                try await queue.waitUntil("the tables are written anew") {
                    try await queue.execute("SELECT rpc.compact(0)")
                    return try await queue.pool.queryOne(MeasureGates()) ?? 0 < before
                }
                #expect(try await queue.pool.queryOne(MeasureGates()) ?? .max <= 4 * 8192)
                try await queue.serving(router) {
                    try await queue.waitUntil("the others have run") { ran.all.count == 300 }
                }
            }
            #expect(ran.all == Array(1...300))
        }
    }

    @Test func aSnapshotDoesNotKeepTheVersionsOfHeartbeatsForEver() async throws {
        try await withQueue([Probe.note]) { queue in
            let size = "SELECT pg_relation_size('rpc.worker') / 8192 AS pages"
            let row = "SELECT row_to_json(w) AS worker FROM rpc.worker w"
            try await queue.pool.transaction(isolation: .repeatableRead) { (holder: borrowing Transaction) in
                try await holder.script("SELECT count(*) FROM rpc.method")
                let workers = queue.database.pool(as: "puente_transfers", size: 1)
                let worker = try await workers.texts(
                    of: "SELECT worker_id FROM rpc.register('transfers', array['\(Probe.note.name)'], 'h', 1, 60000)",
                    as: "q.worker_id::text")[0]
                for _ in 0..<200 {
                    try await workers.script("SELECT rpc.heartbeat(\(worker), 60000, false)")
                }
                await workers.close()
                try await queue.execute("VACUUM rpc.worker")
                #expect(try await queue.pool.texts(of: size) != ["(1)"])
                let before = try await queue.pool.texts(of: row)
                #expect(before.count == 1)
                try await queue.execute("SELECT rpc.compact(0)")
                #expect(try await queue.pool.texts(of: size) == ["(1)"])
                #expect(try await queue.pool.texts(of: row) == before)
            }
        }
    }

    @Test func aMethodsConcurrencyLimitIsNeverExceeded() async throws {
        let limited = Probe.method("Limited", kind: .oneWay, returning: CommonV1.Empty.self) { $0.maxConcurrency = 2 }
        try await withQueue([limited]) { queue in
            let running = Gauge()
            let ran = Record<Int>()
            var router = Router()
            router.register(limited) { _, _ in
                ran.add(running.enter(""))
                defer { running.leave("") }
                try await Task.sleep(for: .milliseconds(3))
                return CommonV1.Empty()
            }
            try await queue.client.sendAll(limited, (1...40).map { .init(minorUnits: $0) })
            try await queue.serving(router) {
                try await queue.waitUntil("all have run") { ran.all.count >= 40 }
            }
            #expect(ran.all.max() == 2)
        }
    }

    @Test func aKeysConcurrencyLimitIsNeverExceeded() async throws {
        let limited = Probe.method("PerKey", kind: .oneWay, returning: CommonV1.Empty.self) {
            $0.orderingKey = "currency"
            $0.maxConcurrencyPerKey = 2
        }
        try await withQueue([limited]) { queue in
            let running = Gauge()
            let ran = Record<Int>()
            var router = Router()
            router.register(limited) { request, _ in
                ran.add(running.enter(request.currency))
                defer { running.leave(request.currency) }
                try await Task.sleep(for: .milliseconds(5))
                return CommonV1.Empty()
            }
            try await queue.client.sendAll(
                limited, (1...30).map { .init(minorUnits: $0, currency: $0 % 2 == 0 ? "A" : "B") })
            try await queue.serving(router) {
                try await queue.waitUntil("all have run") { ran.all.count >= 30 }
            }
            #expect(ran.all.max() == 2)
        }
    }

    @Test func aRateLimitIsKeptInEverySecond() async throws {
        let limited = Probe.method("Rated", kind: .oneWay, returning: CommonV1.Empty.self) { $0.maxRatePerSecond = 20 }
        try await withQueue([limited]) { queue in
            let times = Record<ContinuousClock.Instant>()
            var router = Router()
            router.register(limited) { _, _ in
                times.add(.now)
                return CommonV1.Empty()
            }
            try await queue.client.sendAll(limited, (1...50).map { .init(minorUnits: $0) })
            try await queue.serving(router, .init(poll: .milliseconds(20))) {
                try await queue.waitUntil("all have run") { times.all.count == 50 }
            }
            let sorted = times.all.sorted()
            for (n, time) in sorted.enumerated() where n + 26 < sorted.count {
                // Five more than the limit: a call may start a little later than it was admitted.
                #expect(sorted[n + 26] - time >= .seconds(1))
            }
        }
    }

    @Test func aHigherPriorityOvertakesABacklog() async throws {
        try await withQueue([Probe.note]) { queue in
            let ran = Record<Int64>()
            var router = Router()
            router.register(Probe.note) { request, _ in
                ran.add(request.minorUnits)
                return CommonV1.Empty()
            }
            try await queue.client.sendAll(Probe.note, (1...50).map { .init(minorUnits: $0) })
            let service = QueueClient(queue.database.configuration(as: "puente_transfers"))
            try await service.send(Probe.note, .init(minorUnits: 100), .init(priority: 0))
            await service.close()
            try await queue.serving(router, .init(concurrency: 1)) {
                try await queue.waitUntil("all have run") { ran.all.count == 51 }
            }
            #expect(ran.all.first == 100)
            // Calls without an ordering key may start in any order within what a worker has claimed ahead.
            #expect(Set(ran.all.dropFirst()) == Set(1...50))
        }
    }

    @Test func waitingWorkAgesPastHigherPriorities() async throws {
        try await withQueue([Probe.note]) { queue in
            let ran = Record<Int64>()
            var router = Router()
            router.register(Probe.note) { request, _ in
                ran.add(request.minorUnits)
                return CommonV1.Empty()
            }
            // Priority 6 is five minutes behind priority 5: after six minutes it comes first.
            try await queue.client.send(Probe.note, .init(minorUnits: 1), .init(priority: 6))
            try await queue.execute("UPDATE rpc.ready SET rank = rank - (6 * 60000::bigint << 20)")
            try await queue.client.send(Probe.note, .init(minorUnits: 2), .init(priority: 5))
            try await queue.serving(router, .init(concurrency: 1)) {
                try await queue.waitUntil("both have run") { ran.all.count == 2 }
            }
            #expect(ran.all == [1, 2])
        }
    }

    @Test func aPausedMethodWaitsUntilItIsResumed() async throws {
        try await withQueue([Probe.note]) { queue in
            let ran = Record<Int64>()
            var router = Router()
            router.register(Probe.note) { request, _ in
                ran.add(request.minorUnits)
                return CommonV1.Empty()
            }
            #expect(try await queue.operations.pause("transfers") == 1)
            try await queue.serving(router) {
                try await queue.client.send(Probe.note, .init(minorUnits: 1))
                try await Task.sleep(for: .milliseconds(300))
                #expect(ran.all.isEmpty)
                #expect(try await queue.operations.health(Probe.note.name) == .notServing)
                #expect(try await queue.operations.resume(Probe.note.name) == 1)
                try await queue.waitUntil("it has run") { ran.all == [1] }
            }
            let error = await #expect(throws: RPCError.self) { try await queue.operations.pause("nothing") }
            #expect(error?.code == .notFound)
        }
    }
}

/// Counts who is inside, by key.
final class Gauge: Sendable {
    private let inside = Mutex<[String: Int]>([:])
    func enter(_ key: String) -> Int {
        inside.withLock { inside in
            inside[key, default: 0] += 1
            return inside[key] ?? 0
        }
    }
    func leave(_ key: String) { inside.withLock { $0[key, default: 0] -= 1 } }
}

/// Bytes of the tables that calls under a key or a limit move through.
private struct MeasureGates: Statement {
    static let sql = """
        SELECT pg_relation_size('rpc.arrival') + pg_relation_size('rpc.waiting') + pg_relation_size('rpc.permit')
            + pg_relation_size('rpc.released')
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}
