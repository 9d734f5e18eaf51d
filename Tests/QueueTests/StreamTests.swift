import Contracts
import Postgres
import Queue
import TestSupport
import Testing

/// Streams whose worker dies after the first message.
@Suite struct StreamTests {
    /// Every streaming method of the contracts.
    static let streaming = AllMethods.all.filter { $0.kind == .serverStreaming }.map(\.name)

    @Test func theHandlerRunsAgainAndTheCallerIsToldToForget() async throws {
        try await withQueue([Probe.count]) { queue in
            let runs = Record<Int>()
            let seen = Record<StreamEvent<CommonV1.Money>>()
            var router = Router()
            router.register(streaming: Probe.count) { _, call, stream in
                runs.add(call.info.attempt)
                let run = Int64(runs.all.count * 10)
                try await stream.send(.init(minorUnits: run + 1))
                try await stream.send(.init(minorUnits: run + 2))
                if runs.all.count == 1 {
                    while seen.all.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
                    // The worker goes silent in the database's eyes, and this handler does not notice.
                    try await queue.execute("UPDATE rpc.worker SET expires_at = '-infinity'")
                    try await queue.execute("SELECT rpc.reap()")
                    await Task { try? await Task.sleep(for: .milliseconds(300)) }.value
                }
                try await stream.sendLast(.init(minorUnits: run + 3))
            }
            try await queue.serving(router) {
                for try await event in queue.client.streamEvents(Probe.count, .init()) { seen.add(event) }
            }
            #expect(runs.all == [1, 1])
            let numbers = [11, 12, nil, 21, 22, 23].map { (number: Int64?) in
                number.map { StreamEvent.message(CommonV1.Money(minorUnits: $0)) } ?? .restarted
            }
            #expect(seen.all == numbers)
        }
    }

    @Test func aFailedAttemptsMessagesAreNotTakenForTheNextOnes() async throws {
        let flaky = Probe.method("Flaky", kind: .serverStreaming) { $0.retry = Probe.retry(3) }
        try await withQueue([flaky]) { queue in
            var router = Router()
            router.register(streaming: flaky) { _, call, stream in
                try await stream.send(.init(minorUnits: Int64(call.info.attempt)))
                if call.info.attempt < 3 { throw RPCError.unavailable("Not yet.") }
            }
            try await queue.serving(router) {
                let id = try await queue.client.send(flaky, .init())
                try await queue.waitUntil("it is done") {
                    try await queue.operations.list(state: "finished").map(\.id) == [id]
                }
                let person = ConnectionPool(queue.person, size: 1)
                let left = try await person.texts(
                    of: "SELECT (seq & 4294967295) AS number, body FROM rpc.stream(\(id))",
                    as: "q.number || ' ' || q.body")
                #expect(left == [#"1 {"minorUnits": "3"}"#])
                await person.close()
            }
        }
    }

    @Test(arguments: streaming)
    func theWorkOfADeadWorkerIsDoneAgain(method: String) async throws {
        let contract = try #require(AllMethods.all.first { $0.name == method })
        let service = String(method.split(separator: ".")[1])
        try await withQueue([contract]) { queue in
            let person = ConnectionPool(queue.person, size: 1)
            let worker = queue.database.pool(as: "puente_\(service)", size: 1)
            let call = try await person.texts(
                of: "SELECT rpc.enqueue('\(method)', '{}', '{\"waitForReady\": true}') AS id", as: "q.id::text")[0]
            func claim() async throws -> String {
                try await worker.texts(
                    of: """
                        SELECT c.lease_id FROM rpc.register('\(service)', array['\(method)'], 'h', 1, 60000) AS w,
                            rpc.claim(w.worker_id, w.method_ids, '{1}', '{0}') AS c
                        """, as: "q.lease_id::text")[0]
            }
            func push(_ lease: String, _ number: Int, _ word: String) async throws {
                try await worker.script(
                    "SELECT rpc.push(\(lease), \(call), \(number), jsonb_build_object('said', '\(word)'), null, null)")
            }
            let first = try await claim()
            try await push(first, 1, "before")
            try await push(first, 2, "before")
            try await queue.execute("UPDATE rpc.worker SET expires_at = '-infinity'; SELECT rpc.reap()")
            let second = try await claim()
            let late = await #expect(throws: PostgresError.self) { try await push(first, 3, "late") }
            #expect(late?.sqlState == "PQ100")
            try await push(second, 1, "after")
            try await worker.script(
                "SELECT rpc.complete(\(second), true, '{\(call)}', '{null}', '{}', '{}', false, null)")
            let heard = try await person.texts(
                of: "SELECT body ->> 'said' AS said FROM rpc.stream(\(call))", as: "q.said")
            #expect(heard == ["after"])
            #expect(try await queue.operations.list(state: "finished").first?.status == .ok)
            await person.close()
            await worker.close()
        }
    }

    @Test func whatADeadCallStreamedIsGoneWhenItIsOfferedAgain() async throws {
        try await withQueue([Probe.count]) { queue in
            var router = Router()
            router.register(streaming: Probe.count) { _, _, stream in
                try await stream.send(.init(minorUnits: 1))
                throw RPCError.internal("A defect.")
            }
            try await queue.serving(router) {
                let id = try await queue.client.send(Probe.count, .init())
                for _ in 1...2 {
                    try await queue.waitUntil("it is dead") {
                        try await queue.operations.list(state: "dead").map(\.id) == [id]
                    }
                    #expect(try await queue.pool.texts(of: "SELECT count(*) FROM rpc.message") == ["(1)"])
                    #expect(try await queue.operations.retry(id))
                }
            }
        }
    }
}
