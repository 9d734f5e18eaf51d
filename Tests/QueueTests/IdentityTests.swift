import Contracts
import Postgres
import Queue
import Testing

/// Who may call, and what makes two calls the same.
@Suite struct IdentityTests {
    @Test func theSameKeyAndContentIsTheSameCall() async throws {
        try await withQueue([Probe.note]) { queue in
            let request = CommonV1.Money(minorUnits: 1)
            let first = try await queue.client.send(Probe.note, request, .init(idempotencyKey: "a"))
            let again = try await queue.client.send(Probe.note, request, .init(idempotencyKey: "a"))
            let other = try await queue.client.send(Probe.note, request, .init(idempotencyKey: "b"))
            #expect(first == again)
            #expect(first != other)
        }
    }

    @Test func concurrentCallsWithOneKeyBecomeOne() async throws {
        try await withQueue([Probe.note]) { queue in
            let ids = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 1...8 {
                    let client = QueueClient(queue.person)
                    group.addTask {
                        let id = try await client.send(Probe.note, .init(minorUnits: 1), .init(idempotencyKey: "a"))
                        await client.close()
                        return id
                    }
                }
                return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
        }
    }

    @Test func otherContentUnderTheSameKeyIsRefused() async throws {
        try await withQueue([Probe.note]) { queue in
            try await queue.client.send(Probe.note, .init(minorUnits: 1), .init(idempotencyKey: "a"))
            let error = await #expect(throws: RPCError.self) {
                try await queue.client.send(Probe.note, .init(minorUnits: 2), .init(idempotencyKey: "a"))
            }
            #expect(error?.code == .alreadyExists)
        }
    }

    @Test func theSameKeyOfAnotherRoleIsAnotherCall() async throws {
        try await withQueue([Probe.note]) { queue in
            let client = QueueClient(queue.database.configuration(as: "puente_transfers"))
            let mine = try await queue.client.send(Probe.note, .init(minorUnits: 1), .init(idempotencyKey: "a"))
            let theirs = try await client.send(Probe.note, .init(minorUnits: 1), .init(idempotencyKey: "a"))
            await client.close()
            #expect(mine != theirs)
        }
    }

    @Test func aKeyedCallGetsTheOldReply() async throws {
        try await withQueue([Probe.echo]) { queue in
            let runs = Record<Int64>()
            var router = Router()
            router.register(Probe.echo) { request, call in
                runs.add(call.info.id)
                return request
            }
            try await queue.serving(router) {
                for _ in 1...3 {
                    let reply = try await queue.client.call(
                        Probe.echo, .init(minorUnits: 6), .init(idempotencyKey: "k"))
                    #expect(reply.minorUnits == 6)
                }
            }
            #expect(runs.all.count == 1)
        }
    }

    @Test func aMethodThatNeedsAKeyRefusesACallWithoutOne() async throws {
        let keyed = Probe.method("Keyed") { $0.idempotency = .keyRequired }
        try await withQueue([keyed]) { queue in
            let error = await #expect(throws: RPCError.self) { try await queue.client.send(keyed, .init()) }
            #expect(error?.code == .invalidArgument)
        }
    }

    @Test func aRoleThatTheContractDoesNotNameIsRefused() async throws {
        let closed = Probe.method("Closed", kind: .oneWay, returning: CommonV1.Empty.self) {
            $0.allowedRoles = ["operator", "transfers"]
        }
        try await withQueue([closed]) { queue in
            for (role, allowed) in [("puente_projects", false), ("puente_transfers", true)] {
                let client = QueueClient(queue.database.configuration(as: role))
                if allowed {
                    let id = try await client.send(closed, .init())
                    #expect(id > 0)
                } else {
                    let error = await #expect(throws: RPCError.self) { try await client.send(closed, .init()) }
                    #expect(error?.code == .permissionDenied)
                }
                await client.close()
            }
        }
    }

    @Test func onlyTheCallerAndOperatorsSeeACall() async throws {
        try await withQueue([Probe.note]) { queue in
            let id = try await queue.client.send(Probe.note, .init())
            let stranger = queue.database.pool(as: "puente_projects", size: 1)
            let error = await #expect(throws: RPCError.self) { try await QueueOperations(stranger).show(id) }
            #expect(error?.code == .permissionDenied)
            let refused = await #expect(throws: RPCError.self) { try await QueueOperations(stranger).list() }
            #expect(refused?.code == .permissionDenied)
            await stranger.close()
            #expect(try await queue.operations.show(id).isEmpty == false)
        }
    }

    @Test func noRoleReadsTheTables() async throws {
        try await withQueue([]) { queue in
            let service = queue.database.pool(as: "puente_transfers", size: 1)
            let error = await #expect(throws: PostgresError.self) {
                try await service.script("SELECT count(*) FROM rpc.call")
            }
            #expect(error?.sqlState == "42501")
            await service.close()
        }
    }

    @Test func aWorkerMayServeOnlyItsOwnService() async throws {
        try await withQueue([Probe.note]) { queue in
            var router = Router()
            router.register(Probe.note) { _, _ in CommonV1.Empty() }
            let worker = Worker(
                service: "transfers", router: router, configuration: queue.database.configuration(as: "puente_projects")
            )
            let error = await #expect(throws: RPCError.self) { try await worker.run() }
            #expect(error?.code == .permissionDenied)
        }
    }
}
