import Contracts
import Postgres
import Queue
import Testing

/// Calls that are made again and again.
@Suite struct RecurrenceTests {
    @Test(arguments: [
        ("*/15 * * * *", "2024-07-01 10:01:30+00", "2024-07-01 10:15:00"),
        ("0 6 * * 1-5", "2024-07-05 06:00:00+00", "2024-07-08 06:00:00"),
        ("30 23 31 * *", "2024-08-31 23:30:00+00", "2024-10-31 23:30:00"),
        ("0 0 29 2 *", "2024-03-01 00:00:00+00", "2028-02-29 00:00:00"),
        ("0 12 1 * 7", "2024-07-02 00:00:00+00", "2024-07-07 12:00:00"),
        ("5,10-12 8 * * *", "2024-07-01 08:05:00+00", "2024-07-01 08:10:00"),
    ])
    func aCronExpressionNamesItsNextTime(cron: String, after: String, next: String) async throws {
        try await withQueue([]) { queue in
            let found = try await queue.pool.queryOne(NextTime(cron: cron, after: after))
            #expect(found == next)
        }
    }

    @Test(arguments: ["* * * *", "61 * * * *", "a * * * *", "5-1 * * * *", "*/0 * * * *", "0 0 30 2 *"])
    func aWrongCronExpressionIsRefused(cron: String) async throws {
        try await withQueue([Probe.note]) { queue in
            let error = await #expect(throws: RPCError.self) {
                try await queue.operations.recur("report", cron, Probe.note, .init())
            }
            #expect(error?.code == .invalidArgument)
        }
    }

    @Test func aRecurrenceFiresOnceHoweverManyProcessesRun() async throws {
        try await withQueue([Probe.note]) { queue in
            let ran = Record<String>()
            var router = Router()
            router.register(Probe.note) { _, call in
                ran.add(call.info.caller)
                return CommonV1.Empty()
            }
            try await queue.operations.recur("nightly", "0 3 * * *", Probe.note, .init(minorUnits: 1))
            try await queue.execute("UPDATE rpc.recurrence SET next_at = clock_timestamp() - interval '3 days'")
            try await queue.serving(router) {
                try await queue.serving(router) {
                    try await queue.waitUntil("it fired") { !ran.all.isEmpty }
                    try await Task.sleep(for: .milliseconds(700))
                }
            }
            #expect(ran.all == [queue.person.user])
            let left = try await queue.operations.recurrences()
            #expect(left.map(\.name) == ["nightly"])
            #expect(left.map(\.cron) == ["0 3 * * *"])
            let ended = try await queue.operations.endRecurrence("nightly")
            #expect(ended)
        }
    }

    @Test func aRecurrenceThatCannotBeMadeStopsNoOtherAndSaysWhy() async throws {
        try await withQueue([Probe.note]) { queue in
            let ran = Record<Int64>()
            var router = Router()
            router.register(Probe.note) { request, _ in
                ran.add(request.minorUnits)
                return CommonV1.Empty()
            }
            let left = try await queue.database.person("luis")
            let theirs = ConnectionPool(left, size: 1)
            try await QueueOperations(theirs).recur("broken", "0 3 * * *", Probe.note, .init(minorUnits: 1))
            await theirs.close()
            let luis = try #require(left.user)
            try await queue.execute("REVOKE puente_operator FROM \(luis)")
            try await queue.operations.recur("sound", "0 3 * * *", Probe.note, .init(minorUnits: 2))
            try await queue.execute("UPDATE rpc.recurrence SET next_at = clock_timestamp() - interval '1 minute'")
            try await queue.serving(router) { try await queue.waitUntil("one fired") { ran.all == [2] } }
            let troubles = try await queue.operations.recurrences().map(\.trouble)
            #expect(troubles == ["PQ007 role \(luis) may not call \(Probe.note.name)", nil])
        }
    }

    @Test func aRoleMayNotLetOthersCallWhatItMayNot() async throws {
        try await withQueue([Probe.note]) { queue in
            let stranger = queue.database.pool(as: "puente_projects", size: 1)
            let error = await #expect(throws: RPCError.self) {
                try await QueueOperations(stranger).recur("x", "* * * * *", Probe.note, .init())
            }
            #expect(error?.code == .permissionDenied)
            await stranger.close()
        }
    }
}

struct NextTime: Statement {
    static let sql = "SELECT to_char(rpc.cron_next($1, ($2)::timestamptz) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
    let cron: String
    let after: String
    func bind(into parameters: inout Parameters) {
        parameters.add(cron)
        parameters.add(after)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
