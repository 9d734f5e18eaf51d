import Contracts
import Postgres

extension WorkerSession {
    /// Claims calls whenever there is room for them, until the worker drains.
    func dispatch() async -> SessionEnd? {
        var announced = false
        var scan = ClaimScan()
        for await _ in wakes {
            if drain.hasBegun {
                if !announced {
                    announced = true
                    options.report(.draining(running: running.handlers))
                }
                if running.handlers == 0 { return .drained }
                continue
            }
            do {
                while !drain.hasBegun, mayClaim, try await claimOnce(&scan) {}
            } catch {
                if Task.isCancelled { return nil }
                options.report(.databaseTrouble("claim: \(describe(error))"))
                if let error = error as? PostgresError, let refusal = RPCError(queueRefusal: error) {
                    return .lost(reason: refusal.message)
                }
                // The database may have leased calls to us without our knowing.
                suspectUntil.withLock { $0 = .now + .seconds(15) }
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
        return nil
    }

    /// Claims one batch and starts it. Returns whether it is worth asking again at once.
    private func claimOnce(_ scan: inout ClaimScan) async throws -> Bool {
        let load = running.load
        let wanted = methodIds.map { method -> Int32 in
            let batch = served(method).batchSize
            if batch > 1 { return load.slow < options.concurrency ? Int32(min(batch, options.largestBatch)) : 0 }
            let room = worker.metrics.isQuick(method) ? quickRoom(load) : options.concurrency - load.all
            return Int32(max(0, room))
        }
        guard wanted.contains(where: { $0 > 0 }), load.all < options.concurrency * 4 else { return false }
        let asked = ContinuousClock.now
        let isFull = scan.isFullDue(asked)
        let statement = ClaimCalls(
            worker: id, methods: methodIds, wanted: wanted,
            floors: isFull ? methodIds.map { _ in 0 } : methodIds.map { scan.floors[$0] ?? 0 })
        let calls = try await worker.claimPool.query(statement)
        if isFull { scan.noteFull(began: asked) }
        guard let first = calls.first else {
            // Nothing above the floors: what came late or urgently lies below them.
            if isFull { return false }
            scan.forceFull()
            return true
        }
        scan.floors[first.method] = (calls.last?.rank ?? first.rank) + 1
        start(calls, first, asked)
        return true
    }

    /// How many more quick calls may wait here for a connection: enough to keep every connection busy while the next
    /// claim is on its way, too few to keep them from other workers for long.
    private func quickRoom(_ load: RunningCalls.Load) -> Int {
        (options.concurrency - load.slow) * 4 - (load.all - load.slow)
    }

    private func start(_ calls: [ClaimedCall], _ first: ClaimedCall, _ asked: ContinuousClock.Instant) {
        let lease = Lease(id: first.lease, calls: calls.map(\.id))
        let attempts = calls.map { Attempt($0, methodNames[$0.method] ?? "", claimedAt: asked) }
        running.add(lease, attempts.map { ($0.call.id, $0.info.deadline) })
        let method = served(first.method)
        let isQuick = worker.metrics.isQuick(first.method)
        if method.batchSize > 1 {
            start(attempts.map(\.call.id), isQuick: false) { await self.runBatch(attempts, method, lease) }
        } else {
            for attempt in attempts {
                start([attempt.call.id], isQuick: isQuick) { await self.runSingle(attempt, method, lease) }
            }
        }
    }

    /// Runs a handler in a task of its own, which cancellation of this session reaches through `running` only.
    private func start(_ calls: [Int64], isQuick: Bool, _ body: @escaping @Sendable () async -> Void) {
        running.startHandler(isQuick: isQuick)
        let task = Task {
            await body()
            running.endHandler(isQuick: isQuick)
            wake.yield()
        }
        running.attach(task, to: calls)
    }

    func served(_ method: Int16) -> any ServedMethod {
        guard let name = methodNames[method], let served = worker.router.served[name] else {
            preconditionFailure("method \(method) was claimed without being served")
        }
        return served
    }
}

/// From which rank the next claim of each method looks.
struct ClaimScan {
    /// One past the last rank claimed, by method.
    var floors: [Int16: Int64] = [:]
    private var nextFull = ContinuousClock.now

    func isFullDue(_ now: ContinuousClock.Instant) -> Bool { now >= nextFull }

    mutating func forceFull() { nextFull = .now }

    /// Looking at everything may take long while an old snapshot keeps dead rows: it is given 5 % of the time at most.
    mutating func noteFull(began: ContinuousClock.Instant) {
        let now = ContinuousClock.now
        nextFull = now + max(.milliseconds(50), min(.milliseconds(500), (now - began) * 20))
    }
}

/// One attempt at a call.
struct Attempt: Sendable {
    let call: ClaimedCall
    let info: CallInfo

    init(_ call: ClaimedCall, _ method: String, claimedAt: ContinuousClock.Instant) {
        self.call = call
        info = CallInfo(
            id: call.id, method: method, caller: call.caller, attempt: call.attempt,
            deadline: call.remainingMilliseconds.map { claimedAt + .milliseconds($0) }, traceparent: call.traceparent,
            metadata: call.metadata.map(Self.metadata) ?? [:])
    }

    /// Counted from before the claim was sent, so a handler never outlives the deadline on the database's clock.
    func checkDeadline() throws(RPCError) {
        if let deadline = info.deadline, ContinuousClock.now >= deadline {
            throw RPCError.deadlineExceeded("The deadline passed before the call was done.")
        }
    }

    private static func metadata(_ json: [UInt8]) -> [String: String] {
        guard let value = try? JSONValue(json: json), case .object(let members) = value else { return [:] }
        var metadata: [String: String] = [:]
        for member in members {
            if case .string(let text) = member.value { metadata[member.name] = text }
        }
        return metadata
    }
}
