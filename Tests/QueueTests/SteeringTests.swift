import Contracts
import Postgres
import Queue
import TestSupport
import Testing

/// What people may do to others' calls, and what is kept of it.
@Suite struct SteeringTests {
    private static let decided = Probe.method("Decide") {
        $0.decision = true
        $0.allowedRoles = ["operator"]
    }
    private static let own = Probe.method("Own", kind: .oneWay, returning: CommonV1.Empty.self) {
        $0.allowedRoles = ["transfers"]
    }

    /// Another operator.
    private func withOther(
        _ queue: QueueFixture, _ body: (QueueOperations, QueueClient) async throws -> Void
    ) async throws {
        let luis = try await queue.database.person("luis")
        let pool = ConnectionPool(luis, size: 1)
        let client = QueueClient(luis)
        try await body(QueueOperations(pool), client)
        await client.close()
        await pool.close()
    }

    private func bury(_ queue: QueueFixture, _ count: Int) async throws {
        var router = Router()
        for method in [Probe.note, Self.own] {
            router.register(method) { _, _ in throw RPCError.internal("A defect.") }
        }
        try await queue.serving(router) {
            try await queue.waitUntil("they are dead") {
                try await queue.operations.list(state: "dead").count == count
            }
        }
    }

    @Test func onlyTheCallerRepeatsACallOfAPerson() async throws {
        try await withQueue([Probe.note, Self.own]) { queue in
            try await withOther(queue) { luis, client in
                let id = try await client.send(Probe.note, .init())
                try await bury(queue, 1)
                let error = await #expect(throws: RPCError.self) { try await queue.operations.retry(id) }
                #expect(error?.code == .permissionDenied)
                #expect(error?.message.hasPrefix("only ") == true)
                let all = try await queue.operations.retryAll()
                #expect((all.changed, all.leftAlone) == (0, 1))
                #expect(try await luis.retry(id, .init(reason: "the bank answers again")))
                let log = try await queue.operations.steering(of: id)
                #expect(log.map(\.act) == ["retry"])
                #expect(log.map(\.actor) == [queue.database.name + "_luis"])
                #expect(log.map(\.reason) == ["the bank answers again"])
                let shown = String(decoding: try await queue.operations.show(id), as: UTF8.self)
                #expect(shown.contains("the bank answers again"))
            }
        }
    }

    @Test func aDecisionThatFailedIsNotKeptForARepetition() async throws {
        try await withQueue([Self.decided]) { queue in
            let faults = ["53200", "53100", "55P03", "40P01", "57014", "58030", "40001"]
            let runs = Record<String>()
            var router = Router()
            router.register(Self.decided) { request, call in
                runs.add(request.currency)
                if request.currency == "defect" { throw RPCError.internal("A defect.") }
                try await call.transaction.script(
                    "DO $$ BEGIN RAISE EXCEPTION USING errcode = '\(request.currency)', message = 'trouble'; END $$")
                return request
            }
            try await queue.serving(router) {
                for fault in faults + ["defect"] {
                    let error = await #expect(throws: RPCError.self) {
                        try await queue.client.call(Self.decided, .init(currency: fault))
                    }
                    #expect(error?.code == (fault == "defect" ? .internal : fault == "40001" ? .aborted : .unavailable))
                }
            }
            #expect(runs.all == faults + ["defect"], "each ran once")
            let dead = try await queue.operations.list(state: "dead")
            let waiting = try await queue.operations.list(state: "scheduled")
            #expect(dead.isEmpty && waiting.isEmpty)
            let id = try #require(try await queue.operations.list(state: "finished").first?.id)
            let error = await #expect(throws: RPCError.self) { try await queue.operations.retry(id) }
            #expect(error?.message == "a decision is never repeated: whoever decides gives it again")
        }
    }

    @Test func aDecisionWhoseWorkerDiedIsNotTakenLater() async throws {
        try await withQueue([Self.decided]) { queue in
            let runs = Record<Int64>()
            var router = Router()
            router.register(Self.decided) { request, call in
                runs.add(call.info.id)
                try await queue.execute("UPDATE rpc.worker SET expires_at = '-infinity'")
                try await queue.execute("SELECT rpc.reap()")
                await Task { try? await Task.sleep(for: .milliseconds(300)) }.value
                return request
            }
            try await queue.serving(router) {
                let error = await #expect(throws: RPCError.self) { try await queue.client.call(Self.decided, .init()) }
                #expect(error?.code == .unavailable)
                #expect(error?.message.contains("nothing was decided, give it again") == true)
            }
            #expect(runs.all.count == 1)
        }
    }

    @Test func aDecisionIsNotGivenForLaterNorAgainAndAgain() async throws {
        try await withQueue([Self.decided, Probe.note]) { queue in
            let later = await #expect(throws: RPCError.self) {
                try await queue.client.send(Self.decided, .init(), .init(notBefore: .seconds(60)))
            }
            #expect(later?.code == .invalidArgument)
            let again = await #expect(throws: RPCError.self) {
                try await queue.operations.recur("daily", "0 3 * * *", Self.decided, .init())
            }
            #expect(again?.code == .invalidArgument)
        }
    }

    @Test func aServicesOwnCallsAreNotEndedOrRepeatedByAccident() async throws {
        try await withQueue([Probe.note, Self.own]) { queue in
            let service = QueueClient(queue.database.configuration(as: "puente_transfers"))
            let waiting = try await service.send(Self.own, .init(), .init(notBefore: .seconds(600)))
            let dead = try await service.send(Self.own, .init())
            try await bury(queue, 1)
            let operations = queue.operations
            let acts: [(Intent) async throws -> Bool] = [
                { try await operations.cancel(waiting, $0) }, { try await operations.discard(dead, $0) },
                { try await operations.retry(dead, $0) },
            ]
            for act in acts {
                let accident = await #expect(throws: RPCError.self) { try await act(.init()) }
                #expect(accident?.code == .failedPrecondition)
                #expect(accident?.message.hasPrefix("puente_transfers made call") == true)
                let unsaid = await #expect(throws: RPCError.self) { try await act(.init(isInternal: true)) }
                #expect(unsaid?.code == .invalidArgument)
            }
            let spared = try await operations.discardAll()
            #expect((spared.changed, spared.leftAlone) == (0, 1))
            let meant = Intent(isInternal: true, reason: "the cycle was closed empty")
            #expect(try await operations.cancel(waiting, meant))
            let again = try await operations.retry(dead, meant)
            #expect(again)
            #expect(try await operations.steering().map(\.act) == ["retry", "cancel"])
            await service.close()
        }
    }

    @Test func whatAPersonCancelsLeavesTheServicesWorkUnlessItIsMeant() async throws {
        try await withQueue([Probe.note]) { queue in
            let service = QueueClient(queue.database.configuration(as: "puente_transfers"))
            let root = try await queue.client.send(Probe.note, .init(), .init(notBefore: .seconds(600)))
            let workers = queue.database.pool(as: "puente_transfers", size: 1)
            let options = #"{"parent": \#(root), "delayMs": 600000}"#
            let child = try await workers.texts(
                of: "SELECT rpc.enqueue('\(Probe.note.name)', '{}', '\(options)') AS id", as: "q.id::text")[0]
            #expect(try await queue.client.cancel(root))
            #expect(try await queue.operations.trace(root).map(\.status) == [.cancelled, nil])
            let meant = Intent(isInternal: true, reason: "no longer needed")
            let number = try #require(Int64(child))
            #expect(try await queue.operations.cancel(number, meant))
            await workers.close()
            await service.close()
        }
    }

    @Test func everyActIsKeptAndNobodyChangesWhatIsKept() async throws {
        try await withQueue([Probe.note]) { queue in
            let operations = queue.operations
            _ = try await operations.pause("transfers", reason: "new bank format")
            _ = try await operations.resume("transfers")
            try await operations.keep(days: 30, reason: "audit")
            try await operations.recur("mine", "0 3 * * *", Probe.note, .init())
            _ = try await operations.endRecurrence("mine")
            let theirs = try await queue.database.person("luis")
            let client = QueueClient(theirs)
            let id = try await client.send(Probe.note, .init())
            #expect(try await operations.cancel(id, .init(reason: "typed twice")))
            await client.close()
            let log = try await operations.steering()
            #expect(log.map(\.act) == ["cancel", "end recurrence", "recur", "keep", "resume", "pause"])
            #expect(log.map(\.subject)[3] == "7 days -> 30 days")
            #expect(Set(log.map(\.actor)) == [queue.person.user])
            for attack in [
                "DELETE FROM rpc.steering", "UPDATE rpc.steering SET actor = 'luis'", "TRUNCATE rpc.steering",
            ] {
                let error = await #expect(throws: PostgresError.self) { try await queue.execute(attack) }
                #expect(error?.sqlState == "PQ007")
            }
        }
    }

    @Test(arguments: ["interval '1 hour'", "interval '100000 years'", "interval '-1 day'", "null"])
    func keepHasBounds(interval: String) async throws {
        try await withQueue([]) { queue in
            let person = ConnectionPool(queue.person, size: 1)
            let error = await #expect(throws: PostgresError.self) {
                try await person.script("SELECT rpc.keep(\(interval))")
            }
            #expect(error?.sqlState == "PQ003")
            await person.close()
        }
    }

    @Test func aRecurrenceOfAServiceIsEndedOnlyWhenThatIsMeant() async throws {
        try await withQueue([Self.own]) { queue in
            let service = queue.database.pool(as: "puente_transfers", size: 1)
            try await QueueOperations(service).recur("deadlines", "0 3 * * *", Self.own, .init())
            let error = await #expect(throws: RPCError.self) { try await queue.operations.endRecurrence("deadlines") }
            #expect(error?.code == .failedPrecondition)
            let meant = Intent(isInternal: true, reason: "moved to another site")
            #expect(try await queue.operations.endRecurrence("deadlines", meant))
            await service.close()
        }
    }

    @Test func aSuperuserTheOwnerAndAServiceAreNobodyInTheProgramme() async throws {
        try await withQueue([Probe.note, Self.decided]) { queue in
            let call = "SELECT rpc.enqueue('\(Probe.note.name)', '{}')"
            let decide = "SELECT rpc.enqueue('\(Self.decided.name)', '{}', '{\"waitForReady\": true}')"
            let double = "\(queue.database.name)_double"
            try await queue.execute("CREATE ROLE \(double) LOGIN IN ROLE puente_operator, puente_transfers")
            let ghost = "\(queue.database.name)_ghost"
            try await queue.execute("CREATE ROLE \(ghost) NOLOGIN IN ROLE puente_operator")
            let root = "\(queue.database.name)_root"
            try await queue.execute("CREATE ROLE \(root) LOGIN SUPERUSER IN ROLE puente_operator")
            for role in [queue.database.configuration.user ?? "", root, double, ghost, "puente_owner"] {
                for sql in [call, decide, "SELECT rpc.pause('transfers')", "SELECT rpc.list()"] {
                    let error = await #expect(throws: PostgresError.self) {
                        try await queue.execute("SET LOCAL SESSION AUTHORIZATION \(role); \(sql)")
                    }
                    #expect(["PQ007", "42501"].contains(error?.sqlState), "\(role): \(sql): \(error?.message ?? "")")
                }
            }
            let service = await #expect(throws: PostgresError.self) {
                try await queue.execute("\(QueueFixture.asWorker) \(decide)")
            }
            #expect(service?.sqlState == "PQ007")
        }
    }
}
