import Contracts
import Postgres
import TestSupport
import Testing

/// Calls sent together are accepted, refused and kept as they are one by one.
@Suite struct TogetherTests {
    private static func oneWay(_ name: String, _ change: (inout MethodPolicy) -> Void) -> any AnyMethod {
        Probe.method(name, kind: .oneWay, returning: CommonV1.Empty.self, change)
    }

    private static let limited = oneWay("Limited") { $0.maxConcurrency = 1 }
    private static let keyed = oneWay("Keyed") { $0.idempotency = .keyRequired }
    private static let closed = oneWay("Closed") { $0.allowedRoles = ["projects"] }
    private static let byCurrency = oneWay("ByCurrency") { $0.orderingKey = "currency" }

    private struct Sent {
        let method: any AnyMethod
        var request = "{}"
        var options = "{}"
        /// The SQLSTATE of the refusal.
        var refusal: String?

        var row: String { "('\(method.name)', '\(request)'::jsonb, '\(options)'::jsonb)" }
    }

    private static let calls = [
        Sent(method: Probe.note),
        Sent(method: Probe.note, request: "[]", refusal: "PQ003"),
        Sent(method: Probe.other, refusal: "PQ012"),
        Sent(method: Probe.note, options: #"{"priority": 9, "deadlineMs": 5000}"#),
        Sent(method: Probe.note, options: #"{"priority": 10}"#, refusal: "PQ003"),
        Sent(method: Probe.note, options: #"{"replyTo": "rpc_client_abc"}"#),
        Sent(method: Probe.note, options: #"{"replyTo": "rpc_service_transfers"}"#, refusal: "PQ003"),
        Sent(method: Probe.note, options: #"{"idempotencyKey": "a"}"#),
        Sent(method: Probe.note, request: #"{"n": 1}"#, options: #"{"idempotencyKey": "a"}"#, refusal: "PQ006"),
        Sent(method: Probe.note, options: #"{"delayMs": 60000}"#),
        Sent(method: Probe.note, options: #"{"orderingKey": "k", "priority": 1}"#),
        Sent(
            method: Probe.note,
            options: #"{"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}"#),
        Sent(method: Probe.note, options: #"{"metadata": {"a": "b"}}"#),
        Sent(method: Probe.echo, refusal: "PQ014"),
        Sent(method: Probe.echo, options: #"{"waitForReady": true}"#),
        Sent(method: limited),
        Sent(method: keyed, refusal: "PQ003"),
        Sent(method: closed, refusal: "PQ007"),
        Sent(method: byCurrency, request: #"{"currency": "PEN"}"#),
    ]

    /// What the database keeps of the calls, without their ids and times.
    private static let kept = """
        SELECT m.name, c.priority, c.caller, c.request, c.deadline_at - rpc.time_of(c.call_id) > interval '20 s' AS long,
            c.ordering_key, c.idempotency_key, c.reply_to, c.trace, c.metadata,
            (SELECT count(*) FROM rpc.ready AS r
                WHERE r.call_id = c.call_id AND r.rank = rpc.rank_of(c.call_id, c.priority)) AS ready,
            (SELECT count(*) FROM rpc.arrival AS a
                WHERE a.call_id = c.call_id AND a.ordering_key IS NOT DISTINCT FROM c.ordering_key) AS arrived,
            (SELECT count(*) FROM rpc.scheduled AS s WHERE s.call_id = c.call_id) AS scheduled
        FROM rpc.call AS c JOIN rpc.method AS m USING (method_id)
        """

    /// Sends the calls in flushes of this size; returns what each was answered, and what is kept.
    private func send(_ calls: [Sent], atOnce size: Int) async throws -> (answers: [String], kept: [String]) {
        try await withQueue([Probe.note, Probe.echo, Self.limited, Self.keyed, Self.closed, Self.byCurrency]) { queue in
            let pool = queue.database.pool(as: "puente_transfers", size: 1)
            var answers: [String] = []
            for first in stride(from: 0, to: calls.count, by: size) {
                let rows = calls[first..<min(first + size, calls.count)].map(\.row).joined(separator: ", ")
                answers += try await pool.texts(
                    of: """
                        SELECT r.* FROM (
                            SELECT array_agg(c.method) AS methods, array_agg(c.request) AS requests,
                                array_agg(c.options) AS options
                            FROM (VALUES \(rows)) AS c (method, request, options)) AS a,
                            rpc.enqueue_each(a.methods, a.requests, a.options) AS r
                        """, as: "coalesce(q.code || ' ' || q.message, CASE WHEN q.call_id > 0 THEN 'accepted' END)")
            }
            await pool.close()
            return (answers, try await queue.pool.texts(of: Self.kept).sorted())
        }
    }

    @Test func eachIsAcceptedOrRefusedAsByItself() async throws {
        let together = try await send(Self.calls, atOnce: Self.calls.count)
        let single = try await send(Self.calls, atOnce: 1)
        #expect(together.answers == single.answers)
        #expect(together.kept == single.kept)
        #expect(together.answers.map { $0.prefix(5) } == Self.calls.map { ($0.refusal ?? "accepted").prefix(5) })
        #expect(together.kept.count == Self.calls.count { $0.refusal == nil })
    }

    @Test func aCallThatBreaksTheStatementIsRefusedAlone() async throws {
        let calls = [
            Sent(method: Probe.note),
            Sent(method: Probe.note, options: #"{"priority": "much"}"#, refusal: "PQ003"), Sent(method: Probe.note),
        ]
        let sent = try await send(calls, atOnce: calls.count)
        #expect(sent.answers.map { $0.prefix(5) } == ["accep", "PQ003", "accep"])
        #expect(sent.kept.count == 2)
    }
}
