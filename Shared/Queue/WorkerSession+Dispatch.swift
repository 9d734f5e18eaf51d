import Contracts
import Postgres

extension WorkerSession {
    /// Claims calls whenever there is room for them, until the worker drains.
    func dispatch() async -> SessionEnd? {
        while !Task.isCancelled {
            do {
                return try await worker.claimPool.session { (session: borrowing Session) in
                    try await claimWhenWoken(session)
                }
            } catch {
                if Task.isCancelled { return nil }
                failed("claim", error)
                if let error = error as? PostgresError, let refusal = RPCError(queueRefusal: error) {
                    return .lost(reason: refusal.message)
                }
                // The database may have leased calls to us without our knowing.
                suspectUntil.withLock { $0 = .now + .seconds(15) }
                try? await Task.sleep(for: .milliseconds(100))
                wake.yield()
            }
        }
        return nil
    }

    private func claimWhenWoken(_ session: borrowing Session) async throws -> SessionEnd? {
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
            if takeArrival() { scan.isDrained = false }
            while !drain.hasBegun, mayClaim, !scan.isDrained, try await claimOnce(session, &scan) {}
        }
        return nil
    }

    /// Claims one batch and starts it. Returns whether it is worth asking again at once.
    private func claimOnce(_ session: borrowing Session, _ scan: inout ClaimScan) async throws -> Bool {
        let load = running.load
        let wanted = methodIds.map { method -> Int32 in
            let batch = served(method).batchSize
            if batch > 1 { return load.slow < options.concurrency ? Int32(min(batch, options.largestBatch)) : 0 }
            return Int32(max(0, worker.metrics.isQuick(method) ? quickRoom(load) : options.concurrency - load.all))
        }
        guard wanted.contains(where: { $0 > 0 }), load.all < options.concurrency * 4 else {
            worked("claim")
            return false
        }
        let asked = options.clock()
        let began = ContinuousClock.now
        let isFull = scan.isFullDue(began)
        let statement = ClaimCalls(
            worker: id, methods: methodIds, wanted: wanted,
            floors: isFull ? methodIds.map { _ in 0 } : methodIds.map { scan.floors[$0] ?? 0 })
        let calls = try await session.query(statement)
        worked("claim")
        if isFull || calls.isEmpty { scan.noteFull(began: began) }
        // A method without room may have calls that wait.
        let sawAll = wanted.allSatisfy { $0 > 0 }
        guard let first = calls.first else {
            scan.isDrained = sawAll
            return false
        }
        scan.isDrained = sawAll && isFull && !first.isMore
        scan.floors[first.method] = (calls.last?.rank ?? first.rank) + 1
        start(calls, first, asked)
        return true
    }

    /// How many more quick calls may wait here for a connection: enough to keep every connection busy while the next
    /// claim is on its way, too few to keep them from other workers for long. None until half of them are done: a claim
    /// for each call that ends would cost as much as the calls.
    private func quickRoom(_ load: RunningCalls.Load) -> Int {
        let most = (options.concurrency - load.slow) * 4
        let room = most - (load.all - load.slow)
        return room * 2 >= most ? room : 0
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

    /// What serves a method. One that was claimed without being served, whatever the database says, is refused.
    func served(_ method: Int16) -> any ServedMethod {
        methodNames[method].flatMap { worker.router.served[$0] } ?? UnservedMethod()
    }
}

/// From which rank the next claim of each method looks.
struct ClaimScan {
    /// One past the last rank claimed, by method.
    var floors: [Int16: Int64] = [:]
    /// Nothing waited when the worker looked last: the next look is when something arrives.
    var isDrained = false
    private var nextFull = ContinuousClock.now

    func isFullDue(_ now: ContinuousClock.Instant) -> Bool { now >= nextFull }

    /// Looking at everything may take long while an old snapshot keeps dead rows: then it is given 5 % of the time.
    mutating func noteFull(began: ContinuousClock.Instant) {
        let now = ContinuousClock.now
        let took = now - began
        nextFull = took < .milliseconds(3) ? now : now + max(.milliseconds(50), min(.milliseconds(500), took * 20))
    }
}

/// One attempt at a call.
struct Attempt: Sendable {
    let call: ClaimedCall
    let info: CallInfo

    init(_ call: ClaimedCall, _ method: String, claimedAt: ContinuousClock.Instant) {
        self.call = call
        info = CallInfo(
            id: call.id, method: method, caller: call.caller, attempt: Int(call.attempt),
            deadline: call.remainingMilliseconds.map { claimedAt + .milliseconds($0) },
            traceparent: call.traceparent,
            metadata: [String: String](textMembersOf: call.metadata))
    }

    /// Spares work that would be refused: `rpc.complete` looks at the database's clock, which alone counts.
    func checkDeadline(_ now: ContinuousClock.Instant) throws(RPCError) {
        if let deadline = info.deadline, now >= deadline {
            throw RPCError.deadlineExceeded("The deadline passed before the call was done.")
        }
    }
}
