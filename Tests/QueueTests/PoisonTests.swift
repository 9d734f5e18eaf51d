import Contracts
import Postgres
import Queue
import TestSupport
import Testing

/// A call that the queue cannot take on fails alone.
@Suite struct PoisonTests {
    private static let ordered = Probe.method("Ordered", kind: .oneWay, returning: CommonV1.Empty.self) {
        $0.orderingKey = "currency"
    }

    private func router(_ ran: Record<Int64>) -> Router {
        var router = Router()
        router.register(Self.ordered) { request, _ in
            ran.add(request.minorUnits)
            return CommonV1.Empty()
        }
        return router
    }

    @Test func aCallThatCannotBeAdmittedIsDeadAndTheOthersRun() async throws {
        try await withQueue([Self.ordered]) { queue in
            let ran = Record<Int64>()
            try await queue.execute("ALTER TABLE rpc.permit ADD CONSTRAINT damage CHECK (ordering_key <> 'B')")
            for (n, key) in ["A", "B", "C"].enumerated() {
                try await queue.client.send(Self.ordered, .init(minorUnits: Int64(n), currency: key))
            }
            try await queue.serving(router(ran)) {
                try await queue.waitUntil("the others have run") { Set(ran.all) == [0, 2] }
                try await queue.waitUntil("the one is dead") {
                    try await queue.operations.list(state: "dead").count == 1
                }
            }
            let dead = try await queue.operations.list(state: "dead")
            #expect(dead.first?.message == "the queue could not take this call on (SQLSTATE 23514)")
            #expect(dead.first?.status == .internal)
            #expect(try await queue.operations.list(state: "blocked").isEmpty)
        }
    }

    @Test func aCallThatCannotBePromotedIsDeadAndTheOthersRun() async throws {
        try await withQueue([Self.ordered]) { queue in
            let ran = Record<Int64>()
            for (n, key) in ["A", "B", "C"].enumerated() {
                try await queue.client.send(
                    Self.ordered, .init(minorUnits: Int64(n), currency: key), .init(notBefore: .milliseconds(300)))
            }
            try await queue.execute("ALTER TABLE rpc.arrival ADD CONSTRAINT damage CHECK (ordering_key <> 'B')")
            try await queue.serving(router(ran)) {
                try await queue.waitUntil("the others have run") { Set(ran.all) == [0, 2] }
                try await queue.waitUntil("the one is dead") {
                    try await queue.operations.list(state: "dead").count == 1
                }
            }
            #expect(try await queue.operations.list(state: "scheduled").isEmpty)
        }
    }

    @Test func aCallForNextMonthDoesNotKeepTheClockBusy() async throws {
        try await withQueue([Probe.note]) { queue in
            try await queue.client.send(Probe.note, .init(), .init(notBefore: .seconds(86_400 * 30)))
            #expect(try await queue.pool.texts(of: "SELECT rpc.promote() IS NULL AS none") == ["(t)"])
            try await queue.client.send(Probe.note, .init(), .init(notBefore: .seconds(60)))
            #expect(try await queue.pool.texts(of: "SELECT rpc.promote() BETWEEN 1 AND 60000 AS soon") == ["(t)"])
        }
    }

    @Test(arguments: [
        "INSERT INTO rpc.scheduled VALUES ('infinity', 1, 1, 1, 0, 1, false, false)",
        "INSERT INTO rpc.call (call_id, method_id, priority, caller, request, deadline_at) VALUES (1, 1, 5, 'a', '{}', 'infinity')",
        "INSERT INTO rpc.call (call_id, method_id, priority, caller, request, ordering_key) VALUES (1, 1, 5, 'a', '{}', repeat('x', 201))",
        "INSERT INTO rpc.call (call_id, method_id, priority, caller, request, ordering_key) VALUES (1, 1, 5, 'a', '{}', '')",
        "UPDATE rpc.retention SET kept = interval '100000 years'", "UPDATE rpc.retention SET kept = interval '1 hour'",
    ])
    func theTablesTakeNothingThatWouldStopOthers(sql: String) async throws {
        try await withQueue([Probe.note]) { queue in
            let error = await #expect(throws: PostgresError.self) { try await queue.execute(sql) }
            #expect(error?.sqlState == "23514")
        }
    }
}
