import Contracts
import Foundation
import Postgres
import Queue
import TestSupport
import Testing

/// What `pg_dump` takes along of a queue at work.
@Suite struct BackupTests {
    private static let note = Probe.method("Note", kind: .oneWay, returning: CommonV1.Empty.self) { $0.deadline = nil }
    private static let ordered = Probe.method("Ordered", kind: .oneWay, returning: CommonV1.Empty.self) {
        $0.deadline = nil
        $0.orderingKey = "currency"
    }

    @Test func whatADumpHoldsIsFinishedWhereItIsRestored() async throws {
        try await withQueue([Self.note, Self.ordered]) { queue in
            let keyed = CallOptions(idempotencyKey: "once")
            let finished = try await queue.client.send(Self.note, .init(minorUnits: 1), keyed)
            let ranBefore = Record<Int64>()
            try await queue.serving(router(ranBefore)) {
                try await queue.waitUntil("the first is finished") {
                    try await queue.operations.list(state: "finished").count == 1
                }
            }
            // Held by a worker that will not come along, waiting, waiting behind one another, and for later.
            try await queue.client.sendAll(Self.note, (2...6).map { .init(minorUnits: $0) })
            try await queue.execute(
                """
                \(QueueFixture.asWorker)
                SELECT rpc.claim(w.worker_id, w.method_ids, '{2}', '{0}')
                FROM rpc.register('transfers', array['\(Self.note.name)'], 'h', 1, 1000) AS w
                """)
            try await queue.client.sendAll(Self.ordered, (7...9).map { .init(minorUnits: $0, currency: "A") })
            try await queue.client.send(
                Self.note, .init(minorUnits: 10), CallOptions(notBefore: .milliseconds(500)))
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(queue.database.name).dump").path
            defer { try? FileManager.default.removeItem(atPath: file) }
            let dump = try runProgram("pg_dump", ["-Fc", "-f", file], environment: queue.database.environment)
            #expect(dump.status == 0, "\(dump.output)")

            try await withSecondDatabase { copy in
                let restore = try runProgram(
                    "pg_restore", ["--exit-on-error", "-d", copy.name, file], environment: copy.environment)
                #expect(restore.status == 0, "\(restore.output)")
                let person = queue.person.with(database: copy.name)
                let operators = ConnectionPool(person, size: 2)
                let restored = QueueFixture(
                    database: copy, pool: copy.pool(), person: person, client: QueueClient(person),
                    operations: QueueOperations(operators))
                let ran = Record<Int64>()
                try await restored.serving(router(ran)) {
                    try await restored.waitUntil("all are finished") {
                        try await restored.operations.list(state: "finished").count == 10
                    }
                }
                #expect(ran.all.sorted() == Array(2...10))
                #expect(ran.all.filter { (7...9).contains($0) } == [7, 8, 9])
                #expect(try await restored.client.send(Self.note, .init(minorUnits: 1), keyed) == finished)
                await restored.client.close()
                await operators.close()
                await restored.pool.close()
            }
            #expect(ranBefore.all == [1])
        }
    }

    /// A dump sees its tables as they were before it locked them, and a truncated one empty.
    @Test func nothingIsTruncatedWhileADumpMayNotHaveItsLocksYet() async throws {
        try await withQueue([Self.note]) { queue in
            try await queue.client.send(Self.note, .init())
            try await queue.client.send(Self.note, .init(), CallOptions(notBefore: .seconds(60)))
            try await queue.execute("DELETE FROM rpc.ready")
            // Inserts move on; the table that they leave is drained.
            try await queue.execute("SELECT rpc.rotate(0)")
            let truncated = "SELECT rpc.rotate(0) + rpc.compact(0) AS tables"
            let dump = ConnectionPool(queue.database.configuration.with(applicationName: "pg_dump"), size: 1)
            try await dump.script("SELECT 1")
            #expect(try await queue.pool.texts(of: truncated) == ["(0)"])
            await dump.close()
            try await queue.waitUntil("the dump is over") {
                try await queue.pool.texts(of: truncated) == ["(2)"]
            }
            #expect(try await queue.operations.list(state: "scheduled").count == 1)
        }
    }

    private func router(_ ran: Record<Int64>) -> Router {
        var router = Router()
        for method in [Self.note, Self.ordered] {
            router.register(method) { request, _ in
                ran.add(request.minorUnits)
                return CommonV1.Empty()
            }
        }
        return router
    }
}
