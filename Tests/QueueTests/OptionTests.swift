import Contracts
import Postgres
import Queue
import TestSupport
import Testing

/// What a caller may ask: every option is checked, with its name and the reason.
@Suite struct OptionTests {
    private static let ordered = Probe.method("Ordered", kind: .oneWay, returning: CommonV1.Empty.self) {
        $0.orderingKey = "currency"
    }

    /// What the database says to an operator's SQL; nil: it was done.
    private func refusal(_ pool: ConnectionPool, _ sql: String) async -> PostgresError? {
        do {
            try await pool.script(sql)
            return nil
        } catch {
            return error as? PostgresError ?? PostgresError(kind: .usage, message: "\(error)")
        }
    }

    @Test(arguments: [
        (#"{"delayMs":"x"}"#, "delayMs must be a whole number from 0 to 7776000000"),
        (#"{"delayMs":1.5}"#, "delayMs must be a whole number"),
        (#"{"delayMs":1e18}"#, "delayMs must be a whole number"),
        (#"{"delayMs":-1}"#, "delayMs must be a whole number"),
        (#"{"delayMs":null}"#, "delayMs must be a whole number"),
        (#"{"deadlineMs":"x"}"#, "deadlineMs must be a whole number"),
        (#"{"deadlineMs":7776000001}"#, "deadlineMs must be a whole number"),
        (#"{"priority":1.5}"#, "priority must be a whole number from 0 to 9"),
        (#"{"priority":10}"#, "priority must be a whole number from 0 to 9"),
        (#"{"priority":4}"#, "priority must be 5 to 9 here: only services go before others"),
        (#"{"notBefore":"garbage"}"#, "notBefore must be a moment with its zone"),
        (#"{"notBefore":"infinity"}"#, "notBefore must be a moment with its zone"),
        (#"{"notBefore":"-infinity"}"#, "notBefore must be a moment with its zone"),
        (#"{"notBefore":"2026-09-01T10:00:00"}"#, "notBefore must be a moment with its zone"),
        (#"{"notBefore":"9999-12-31T00:00:00Z"}"#, "at most 90 days ahead"),
        (#"{"notBefore":"2024-02-31T00:00:00Z"}"#, "notBefore is no moment of the calendar"),
        (#"{"notBefore":"2024-02-01T00:00:00Z","delayMs":5}"#, "notBefore and delayMs exclude each other"),
        (#"{"idempotencyKey":""}"#, "idempotencyKey must be a text of 1 to 200 bytes"),
        (#"{"idempotencyKey":7}"#, "idempotencyKey must be a text"),
        (#"{"orderingKey":["a"]}"#, "orderingKey must be a text of 1 to 200 bytes"),
        (#"{"waitForReady":"yes"}"#, "waitForReady must be true or false"),
        (#"{"inheritDeadline":1}"#, "inheritDeadline must be true or false"),
        (#"{"traceparent":"00-x"}"#, "traceparent must be a traceparent"),
        (#"{"metadata":{"a":1}}"#, "metadata must be an object of texts"),
        (#"{"replyTo":"rpc_service_transfers"}"#, "replyTo must be a channel rpc_client_"),
        (#"{"parent":"x"}"#, "parent must be the number of a call"),
        (#"{"parent":99999999999999999999}"#, "parent must be the number of a call"),
        (#"{"parent":12}"#, "parent must be a call that you made or that was made to you"),
        (#"{"thenState":{}}"#, "thenState belongs to a thenMethod"),
        (#"{"thenMethod":5}"#, "thenMethod must be the name of a method"),
        (#"{"prority":5}"#, "prority is no option (there are deadlineMs"),
        (#"[]"#, "options must be a JSON object"), (#""x""#, "options must be a JSON object"),
    ])
    func aWrongOptionIsRefusedWithItsNameAndTheReason(options: String, says: String) async throws {
        try await withQueue([Probe.note]) { queue in
            let person = ConnectionPool(queue.person, size: 1)
            for call in [
                "rpc.enqueue('\(Probe.note.name)', '{}', '\(options)')",
                "rpc.enqueue_all('\(Probe.note.name)', '{\"{}\",\"{}\"}', '\(options)')",
            ] {
                let error = await refusal(person, "SELECT \(call)")
                #expect(error?.sqlState == "PQ003", "\(call): \(String(describing: error))")
                #expect(error?.message.contains(says) == true, "\(call): \(String(describing: error))")
            }
            let answers = try await queue.pool.texts(of: "SELECT count(*) FROM rpc.call")
            #expect(answers == ["(0)"])
            await person.close()
        }
    }

    @Test func whatIsFitIsAccepted() async throws {
        try await withQueue([Probe.note]) { queue in
            let person = ConnectionPool(queue.person, size: 1)
            for options in [
                #"{"deadlineMs":0}"#, #"{"delayMs":7776000000}"#, #"{"priority":9}"#, #"{"metadata":{"a":"b"}}"#,
                #"{"notBefore":"2024-02-29 23:59:59.5-05:00"}"#,
                #"{"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}"#,
                #"{"orderingKey":"\#(String(repeating: "k", count: 200))"}"#,
            ] {
                let error = await refusal(person, "SELECT rpc.enqueue('\(Probe.note.name)', '{}', '\(options)')")
                #expect(error == nil, "\(options): \(String(describing: error))")
            }
            await person.close()
        }
    }

    @Test(arguments: [
        ("{\"idempotencyKey\":\"%\"}", "{}"), ("{\"orderingKey\":\"%\"}", "{}"), ("{}", "{\"currency\":\"%\"}"),
    ])
    func aKeyOfMoreThan200BytesIsRefused(options: String, request: String) async throws {
        try await withQueue([Self.ordered]) { queue in
            let person = ConnectionPool(queue.person, size: 1)
            // Random letters: what an index row would not hold even when compressed.
            let long = "(SELECT string_agg(md5(i::text), '') FROM generate_series(1, 700) AS i)"
            let error = await refusal(
                person,
                """
                SELECT rpc.enqueue('\(Self.ordered.name)', replace('\(request)', '%', \(long))::jsonb,
                    replace('\(options)', '%', \(long))::jsonb)
                """)
            #expect(error?.sqlState == "PQ003")
            #expect(error?.message.contains("200 bytes") == true)
            await person.close()
        }
    }

    @Test func aRequestIsAsLargeAsItsMethodAllowsAndNoLarger() async throws {
        try await withQueue([Probe.note]) { queue in
            let person = ConnectionPool(queue.person, size: 1)
            let call = "SELECT rpc.enqueue('\(Probe.note.name)', jsonb_build_object('currency', repeat('x', %)))"
            #expect(await refusal(person, call.replacing("%", with: "8000000")) == nil)
            let error = await refusal(person, call.replacing("%", with: "9000000"))
            #expect(error?.sqlState == "PQ003")
            #expect(error?.message.contains("has 8388608 at most") == true)
            try await queue.execute("UPDATE rpc.method SET max_request_bytes = 4096")
            #expect(await refusal(person, call.replacing("%", with: "5000"))?.sqlState == "PQ003")
            let limits = try await queue.operations.limits()
            #expect(limits.contains { $0.name == "request_bytes" && $0.method == Probe.note.name && $0.value == 4096 })
            let id = try await queue.operations.list()[0].id
            let cut = try await queue.operations.show(id)
            #expect(cut.count < 10_000)
            let whole = try await queue.operations.show(id, whole: true)
            #expect(whole.count > 8_000_000)
            await person.close()
        }
    }

    @Test func arraysOfDifferentLengthsAndNothingAtAllAreRefusedInWords() async throws {
        try await withQueue([Probe.note]) { queue in
            let person = ConnectionPool(queue.person, size: 1)
            for call in [
                "rpc.enqueue_each(array['a', 'b'], array['{}'::jsonb], array['{}'::jsonb])",
                "rpc.enqueue_each(null, null, null)", "rpc.enqueue_all('\(Probe.note.name)', null)",
                "rpc.enqueue('\(Probe.note.name)', null)", "rpc.enqueue('\(Probe.note.name)', '{}', null)",
            ] {
                #expect(await refusal(person, "SELECT \(call)")?.sqlState == "PQ003", "\(call)")
            }
            #expect(await refusal(person, "SELECT rpc.enqueue(null, null)")?.sqlState == "PQ012")
            await person.close()
        }
    }

    @Test func anothersCallIsNoParent() async throws {
        try await withQueue([Probe.note]) { queue in
            let theirs = QueueClient(try await queue.database.person("luis"))
            let id = try await theirs.send(Probe.note, .init())
            await theirs.close()
            let person = ConnectionPool(queue.person, size: 1)
            let call = "SELECT rpc.enqueue('\(Probe.note.name)', '{}', '{\"parent\": \(id)}')"
            let refused = await refusal(person, call)
            #expect(refused?.message == "parent must be a call that you made or that was made to you")
            await person.close()
            // The service that serves a call is its right parent.
            let service = queue.database.pool(as: "puente_transfers", size: 1)
            #expect(await refusal(service, call) == nil)
            await service.close()
        }
    }

    @Test(arguments: [
        ("*/0 * * * *", "a step is 1 or more"), ("5/10 * * * *", "a step needs a range; did you mean 5-59/10?"),
        ("*/70 * * * *", "a step of 70 is longer than 0 to 59"), ("5-3 * * * *", "the range runs backwards"),
        ("1,,2 * * * *", "it must be *, a number"), ("60 * * * *", "60 is outside 0 to 59"),
        ("* * * *", "five fields"), ("0 0 31 2 *", "names no time"),
        (String(repeating: "0,", count: 100) + "0 * * * *", "200 characters"),
    ])
    func anOddCronExpressionIsRefusedInWords(cron: String, says: String) async throws {
        try await withQueue([Probe.note]) { queue in
            let error = await #expect(throws: RPCError.self) {
                try await queue.operations.recur("odd", cron, Probe.note, .init())
            }
            #expect(error?.code == .invalidArgument)
            #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
        }
    }

    @Test func aPersonHasFewRecurrencesAndTheirOptionsAreChecked() async throws {
        try await withQueue([Probe.note]) { queue in
            for n in 1...20 { try await queue.operations.recur("r\(n)", "0 3 * * *", Probe.note, .init()) }
            try await queue.operations.recur("r20", "0 4 * * *", Probe.note, .init())
            let error = await #expect(throws: RPCError.self) {
                try await queue.operations.recur("r21", "0 3 * * *", Probe.note, .init())
            }
            #expect(error?.code == .resourceExhausted)
            let wrong = await #expect(throws: RPCError.self) {
                try await queue.operations.recur("r1", "0 3 * * *", Probe.note, .init(), .init(priority: 12))
            }
            #expect(wrong?.message == "priority must be a whole number from 0 to 9")
        }
    }
}
