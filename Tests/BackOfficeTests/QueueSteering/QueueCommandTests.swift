import Contracts
import Foundation
import Postgres
import Queue
import Synchronization
import TestSupport
import Testing

@testable import BackOffice

/// The commands for operators of the queue, against a real database.
@Suite struct QueueCommandTests {
    private static let method = "puente.transfers.v1.Payments/RunChunk"
    private static let meant = ["--internal", "--reason", "closed by hand"]

    /// A database with the contracts published.
    private func withQueue(_ body: (TestDatabase, ConnectionPool) async throws -> Void) async throws {
        try await withDatabase { database in
            let pool = database.pool()
            try await MethodCatalog.publish(AllMethods.all, pool)
            try await body(database, pool)
            await pool.close()
        }
    }

    /// Makes calls whose deadline passes while they wait: they are dead.
    private func bury(_ count: Int, _ pool: ConnectionPool) async throws {
        try await pool.script(
            """
            SET LOCAL SESSION AUTHORIZATION puente_transfers;
            SELECT rpc.expire_waiting(c.id) FROM (
                SELECT rpc.enqueue(
                    '\(Self.method)', '{}', jsonb_build_object('deadlineMs', 0, 'idempotencyKey', n::text)) AS id
                FROM generate_series(1, \(Int64(count))) AS n OFFSET 0) AS c
            """)
    }

    @Test func deadCallsAreListedRetriedAndDiscarded() async throws {
        try await withQueue { database, pool in
            try await bury(3, pool)
            let dead = try await type(database, "dead", "--json").list
            #expect(dead.count == 3)
            #expect(dead.first?["status"] as? String == "DEADLINE_EXCEEDED")
            let id = try #require(dead.first?["call"] as? String)
            let accident = try await type(database, "discard", id)
            #expect(accident.status == .refused)
            #expect(accident.notices.contains("puente_transfers made call \(id)"))
            let unsaid = try await type(database, "discard", id, "--internal")
            #expect(unsaid.notices.contains("--internal needs a --reason"))
            let discarded = try await type(database, ["discard", id, "--json"] + Self.meant)
            #expect(try discarded.object["done"] as? Bool == true)
            let again = try await type(database, ["discard", id] + Self.meant)
            #expect(again.status == .refused)
            #expect(again.notices.contains("call \(id): is not dead"))
            let none = try await type(
                database, "retry", "--all", "--method", Self.method, "--status", "NOT_FOUND", "--json")
            #expect(try none.object["calls"] as? Int == 0)
            let spared = try await type(database, "retry", "--all")
            #expect(spared.result == "0 calls offered again\n")
            #expect(spared.notices.contains("2 left alone: calls that services made need --internal"))
            let named = ["retry", "--all", "--method", Self.method, "--status", "DEADLINE_EXCEEDED", "--limit", "1"]
            #expect(try await type(database, named + Self.meant).result == "1 call offered again\n")
            #expect(try await type(database, ["discard", "--all"] + Self.meant).result == "1 call discarded\n")
            let log = try await type(database, "log", "--json").list
            #expect(log.map { $0["act"] as? String } == ["discard", "retry", "discard"])
            #expect(log.allSatisfy { $0["reason"] as? String == "closed by hand" })
            #expect(try await type(database, "log").result.contains("closed by hand"))
        }
    }

    @Test(arguments: [
        (["retry"], "say which dead calls"),
        (["retry", "x"], "x: is no call's number"),
        (["discard", "7", "--all"], "7: a call's number goes with no --all"),
        (["discard", "--all", "--method", "nowhere"], "there is no method nowhere"),
        (["keep", "0"], "0: is no number of days"),
        (["pause", "nowhere"], "there is no method or service nowhere"),
        (["show", "12"], "there is no call 12"),
        (["trace", "12"], "there is no call 12"),
        (["cancel", "12"], "there is no call 12"),
        (["recur", "remove", "nightly"], "nightly: there is no such recurrence"),
        (
            ["recur", "set", "n", "0 3 * *", "puente.transfers.v1.Payments/Status", "{}"],
            "a cron expression has five fields"
        ),
        (["recur", "set", "n", "*/0 * * * *", "puente.transfers.v1.Payments/Status", "{}"], "a step is 1 or more"),
        (["recur", "set", "n", "0 3 * * *", method, "{}"], "may not call"),
        (["recur", "set", "n", "0 3 * * *", "nowhere"], "nowhere: there is no such method"),
        (["health", "transfers"], "transfers: is not served"),
    ])
    func aRequestThatCannotBeDoneSaysWhatIsWrong(words: [String], says: String) async throws {
        try await withQueue { database, _ in
            let answer = try await type(database, words)
            #expect(answer.status == .refused)
            #expect(answer.notices.contains(says), "\(answer.notices)")
        }
    }

    @Test func recurringCallsAreSetListedAndRemoved() async throws {
        try await withQueue { database, _ in
            let method = "puente.transfers.v1.Payments/Status"
            let set = try await type(database, "recur", "set", "nightly", "0 3 * * *", method, "{}", "--json")
            #expect((try set.object["firstAt"] as? String)?.hasSuffix("T03:00:00Z") == true)
            let listed = try await type(database, "recur", "list", "--json").list
            #expect(listed.map { $0["name"] as? String } == ["nightly"])
            #expect(listed.first?["cron"] as? String == "0 3 * * *")
            #expect(try await type(database, "recur", "remove", "nightly").result == "nightly: removed\n")
            #expect(try await type(database, "recur", "list", "--json").list.isEmpty)
        }
    }

    @Test func pausesHealthTracesAndCancellationsAnswerInJSON() async throws {
        try await withQueue { database, pool in
            let paused = try await type(database, "pause", "transfers", "--json")
            #expect(try paused.object["methods"] as? Int ?? 0 > 10)
            let health = try await type(database, "health", "--json")
            #expect(health.status == .done)
            #expect(health.result.contains(#"{"name":"transfers","health":"not_serving"}"#))
            #expect(try await type(database, "resume", Self.method, "--json").object["methods"] as? Int == 1)
            let stats = try await type(database, "stats", "--json").list
            #expect(stats.contains { $0["method"] as? String == Self.method && $0["paused"] as? Bool == false })
            try await pool.script(
                """
                SET LOCAL SESSION AUTHORIZATION puente_transfers;
                SELECT rpc.enqueue('\(Self.method)', '{}', jsonb_build_object('idempotencyKey', 'a'))
                """)
            let id = try #require(try await type(database, "list", "--json").list.first?["call"] as? String)
            let cancelled = try await type(database, ["cancel", id, "--json"] + Self.meant)
            #expect(try cancelled.object["call"] as? String == id)
            let limits = try await type(database, "limits", "--json").list
            #expect(limits.contains { $0["name"] as? String == "kept_days" && $0["value"] as? Int == 7 })
            let trace = try await type(database, "trace", id, "--json").list
            #expect(trace.map { $0["status"] as? String } == ["CANCELLED"])
            #expect(try await type(database, "show", id, "--json").object["callId"] as? String == id)
            #expect(try await type(database, "trace", id).result.contains(": CANCELLED\n    the call was cancelled"))
        }
    }

    @Test func theScreensFitEightyColumnsInBothLanguages() async throws {
        try await withQueue { database, pool in
            try await pool.script(
                """
                SET LOCAL SESSION AUTHORIZATION puente_transfers;
                SELECT rpc.enqueue('\(Self.method)', '{}', jsonb_build_object('idempotencyKey', 'a'))
                """)
            let id = try #require(try await type(database, "list", "--json").list.first?["call"] as? String)
            _ = try await type(database, "recur", "set", "nightly", "0 3 * * *", "puente.transfers.v1.Payments/Status")
            _ = try await type(database, ["cancel", id] + Self.meant)
            for screen in [
                ["stats"], ["list"], ["dead"], ["log"], ["trace", id], ["recur", "list"], ["limits"],
            ] {
                let english = try await type(database, screen)
                let spanish = try await type(database, screen, .spanish)
                #expect(english.status == .done && spanish.status == .done, "\(screen) \(english.notices)")
                let wide = (english.result + spanish.result).split(separator: "\n").filter { $0.count > 80 }
                #expect(wide.isEmpty, "\(screen)")
                #expect(
                    english.result.isEmpty || english.result != spanish.result, "\(screen): one text for both languages"
                )
            }
            let listed = try await type(database, ["list"], .spanish).result
            #expect(listed.contains("terminada (finished): CANCELLED\n") && listed.contains(" de puente_transfers\n"))
        }
    }

    private func type(_ database: TestDatabase, _ words: String...) async throws -> Answer {
        try await type(database, words)
    }

    private func type(
        _ database: TestDatabase, _ words: [String], _ language: Language = .english
    ) async throws -> Answer {
        let heard = Heard()
        let terminal = Terminal(
            language: language, isInteractive: false,
            sinks: .init(result: { heard.add($0, "") }, notice: { heard.add("", $0) }))
        let status = await CommandRunner.run(
            ["queue"] + words, root: .puente, terminal: terminal,
            environment: [
                "DATABASE_URL": database.configuration.text, "PUENTE_OPERATOR": try await database.namedOperator("ana"),
            ])
        return Answer(status: status, result: heard.all.result, notices: heard.all.notices)
    }
}

/// What a command said, and how it ended.
private struct Answer {
    let status: BackOffice.ExitStatus
    let result: String
    let notices: String

    /// The result read as a JSON object.
    var object: [String: Any] {
        get throws { try #require(try JSONSerialization.jsonObject(with: Data(result.utf8)) as? [String: Any]) }
    }

    /// The result read as a JSON list of objects.
    var list: [[String: Any]] {
        get throws { try #require(try JSONSerialization.jsonObject(with: Data(result.utf8)) as? [[String: Any]]) }
    }
}

/// Collects what a command says.
private final class Heard: Sendable {
    private let words = Mutex((result: "", notices: ""))
    var all: (result: String, notices: String) { words.withLock { $0 } }
    func add(_ result: String, _ notice: String) {
        words.withLock {
            $0.result += result
            $0.notices += notice
        }
    }
}
