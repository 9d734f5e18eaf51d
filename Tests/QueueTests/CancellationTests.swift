import Contracts
import Queue
import Testing

@Suite struct CancellationTests {
    @Test func aWaitingCallIsCancelledWithoutRunning() async throws {
        try await withQueue([Probe.note]) { queue in
            let id = try await queue.client.send(Probe.note, .init())
            #expect(try await queue.client.cancel(id))
            #expect(try await queue.client.cancel(id) == false)
            let error = await #expect(throws: RPCError.self) {
                try await queue.client.reply(to: id, of: Probe.note)
            }
            #expect(error?.code == .cancelled)
            #expect(try await queue.operations.statistics().first?.ready == 0)
        }
    }

    @Test func aRunningHandlerIsStoppedAtOnceAndItsSQLWithIt() async throws {
        try await withQueue([Probe.echo]) { queue in
            let ids = Record<Int64>()
            var router = Router()
            router.register(Probe.echo) { request, call in
                ids.add(call.info.id)
                try await call.transaction.script("SELECT pg_sleep(25)")
                return request
            }
            try await queue.serving(router) {
                let began = ContinuousClock.now
                let waiting = Task { try await queue.client.call(Probe.echo, .init()) }
                try await queue.waitUntil("the handler runs") { !ids.all.isEmpty }
                #expect(try await queue.client.cancel(ids.all[0]))
                let error = await #expect(throws: RPCError.self) { try await waiting.value }
                #expect(error?.code == .cancelled)
                #expect(ContinuousClock.now - began < .seconds(10))
            }
        }
    }

    @Test func cancellingTheWaitingTaskCancelsTheCall() async throws {
        try await withQueue([Probe.echo]) { queue in
            let stopped = Record<Bool>()
            let started = Record<Bool>()
            var router = Router()
            router.register(Probe.echo) { request, _ in
                started.add(true)
                do {
                    try await Task.sleep(for: .seconds(20))
                } catch {
                    stopped.add(true)
                    throw error
                }
                return request
            }
            try await queue.serving(router) {
                let waiting = Task { try await queue.client.call(Probe.echo, .init()) }
                try await queue.waitUntil("the handler runs") { !started.all.isEmpty }
                waiting.cancel()
                let error = await #expect(throws: RPCError.self) { try await waiting.value }
                #expect(error?.code == .cancelled)
                try await queue.waitUntil("the handler is told") { !stopped.all.isEmpty }
            }
        }
    }

    @Test func cancellingACallCancelsItsChildren() async throws {
        try await withQueue([Probe.echo, Probe.note]) { queue in
            let sent = Record<Int64>()
            let ran = Record<Int64>()
            var router = Router()
            router.register(Probe.note) { request, call in
                if request.minorUnits == 0 {
                    sent.add(try await call.send(Probe.note, .init(minorUnits: 1), .init(notBefore: .seconds(600))))
                } else {
                    ran.add(request.minorUnits)
                }
                return CommonV1.Empty()
            }
            try await queue.serving(router) {
                let root = try await queue.client.send(Probe.note, .init())
                try await queue.waitUntil("the child is sent") {
                    try await queue.operations.trace(root).count == 2
                }
                #expect(try await queue.client.cancel(root) == false, "the root has finished")
                #expect(try await queue.operations.trace(root).map(\.status) == [.ok, nil], "the service's own")
                let meant = Intent(isInternal: true, reason: "no longer needed")
                #expect(try await queue.operations.cancel(root, meant) == false)
                let trace = try await queue.operations.trace(root)
                #expect(trace.map(\.status) == [.ok, .cancelled])
            }
            #expect(ran.all.isEmpty)
            #expect(sent.all.count == 1)
        }
    }
}
