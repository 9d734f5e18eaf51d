import Contracts
import Postgres
import Synchronization

/// How a session of a worker ended.
enum SessionEnd: Sendable {
    /// The worker was told to stop, and everything it ran is finished.
    case drained
    /// The leases are lost.
    case lost(reason: String)
}

/// One registration of a worker: from its id being given until it is lost or the worker stops.
final class WorkerSession: Sendable {
    let worker: Worker
    let id: Int64
    let methodNames: [Int16: String]
    let methodIds: [Int16]
    let drain: DrainSignal
    let running = RunningCalls()
    private let renewedAt: Mutex<ContinuousClock.Instant>
    /// Until when claims may have been lost between the database and here.
    let suspectUntil = Mutex<ContinuousClock.Instant?>(nil)
    let wakes: AsyncStream<Void>
    let wake: AsyncStream<Void>.Continuation
    /// Somebody says that calls were cancelled: a reason to look, no more.
    private let hints: AsyncStream<Void>
    private let hint: AsyncStream<Void>.Continuation
    private let troubles = Mutex<Set<String>>([])
    private let hasArrival = Mutex(true)

    var options: WorkerOptions { worker.options }

    init(
        _ worker: Worker, id: Int64, methods: [(Int16, String)], renewedAt: ContinuousClock.Instant, drain: DrainSignal
    ) {
        self.worker = worker
        self.id = id
        self.drain = drain
        methodIds = methods.map(\.0)
        methodNames = Dictionary(methods) { first, _ in first }
        self.renewedAt = Mutex(renewedAt)
        (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (hints, hint) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        drain.onBegin { [wake] in wake.yield() }
    }

    /// Wakes the claiming because calls may have arrived.
    private func lookForWork() {
        hasArrival.withLock { $0 = true }
        wake.yield()
    }

    /// Whether calls may have arrived since this was asked last.
    func takeArrival() -> Bool {
        hasArrival.withLock { arrived in
            defer { arrived = false }
            return arrived
        }
    }

    /// Whether the leases can still be relied on, with a margin for the statement that is about to be sent.
    var mayClaim: Bool {
        options.clock() < renewedAt.withLock { $0 } + options.expiry * 3 / 4
    }

    func run() async -> SessionEnd {
        let end = await withTaskGroup(of: SessionEnd?.self) { group in
            group.addTask { await self.renewLeases() }
            group.addTask { await self.watchLeases() }
            group.addTask { await self.dispatch() }
            group.addTask { await self.listen() }
            group.addTask { await self.lookForCancellations() }
            group.addTask { await self.doDuties() }
            group.addTask { await self.tick() }
            var end = SessionEnd.lost(reason: "the session ended")
            for await result in group {
                if let result {
                    end = result
                    break
                }
            }
            if case .lost = end { running.stopAll(.leaseLost) }
            group.cancelAll()
            return end
        }
        if case .lost = end {
            await waitForHandlers(atMost: .seconds(5))
        } else {
            // Nothing is lost without it: the leases' calls are finished, and the next worker sweeps them.
            try? await dropEndedLeases()
            _ = try? await worker.heartbeatPool.execute(LeaveWorker(worker: id))
        }
        return end
    }

    func waitForHandlers(atMost patience: Duration) async {
        let giveUp = ContinuousClock.now + patience
        while running.handlers > 0, ContinuousClock.now < giveUp { try? await Task.sleep(for: .milliseconds(5)) }
    }

    // MARK: Heartbeat

    private func renewLeases() async -> SessionEnd? {
        while !Task.isCancelled {
            let asked = options.clock()
            do {
                let statement = Heartbeat(
                    worker: id, expiryMilliseconds: Int32(clamping: options.expiry.milliseconds),
                    isDraining: drain.hasBegun)
                guard let answer = try await worker.heartbeatPool.queryOne(statement), answer.alive else {
                    return .lost(reason: "the database has given them up")
                }
                renewedAt.withLock { $0 = asked }
                for call in answer.cancelled { running.cancel(call) }
                try await reconcile()
                worked("heartbeat")
            } catch {
                if Task.isCancelled { return nil }
                failed("heartbeat", error)
                try? await Task.sleep(for: .milliseconds(100))
                continue
            }
            try? await Task.sleep(for: options.heartbeat)
        }
        return nil
    }

    /// Gives the session up when the leases must have expired, even while the heartbeat hangs.
    private func watchLeases() async -> SessionEnd? {
        while !Task.isCancelled {
            let expiry = renewedAt.withLock { $0 } + options.expiry
            let left = expiry - options.clock()
            if left <= .zero { return .lost(reason: "they could not be renewed in time") }
            try? await Task.sleep(for: min(left, .milliseconds(250)))
        }
        return nil
    }

    /// After a claim whose answer was lost: offers again what the database thinks this worker holds.
    private func reconcile() async throws {
        guard let until = suspectUntil.withLock({ $0 }) else { return }
        if ContinuousClock.now > until { suspectUntil.withLock { $0 = nil } }
        _ = try await worker.heartbeatPool.queryOne(ReconcileLeases(worker: id, known: running.leases))
    }

    // MARK: Wake-ups and duties

    private func listen() async -> SessionEnd? {
        let work = "rpc_service_\(worker.service)"
        let cancellation = "rpc_cancel_\(worker.service)"
        let watch = Listener(worker.configuration).watch(on: [work, cancellation]) { [self] event in
            if !options.hears() { return }
            switch event {
            case .listening: lookForWork()
            case .notification(work, _): lookForWork()
            case .notification: hint.yield()
            }
        }
        defer { watch.end() }
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
        return nil
    }

    /// Stops what the database says is cancelled, when somebody says that there is something. Anybody may say so.
    private func lookForCancellations() async -> SessionEnd? {
        for await _ in hints {
            do {
                let cancelled = try await worker.claimPool.queryOne(FetchCancelled(worker: id)) ?? []
                for call in cancelled { running.cancel(call) }
                worked("cancellations")
            } catch {
                if Task.isCancelled { return nil }
                failed("cancellations", error)  // The heartbeat brings them too.
            }
        }
        return nil
    }

    /// Looks at the clock: deadlines of running handlers, and the poll behind the notifications.
    private func tick() async -> SessionEnd? {
        var nextPoll = ContinuousClock.now
        while !Task.isCancelled {
            let now = ContinuousClock.now
            running.stopExpired(options.clock())
            if let began = drain.beganAt, now > began + options.drain { running.stopAll(.drained) }
            if now >= nextPoll {
                lookForWork()
                nextPoll = now + options.poll
            }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return nil
    }

    // MARK: Trouble

    /// Says that something the worker does again and again failed.
    func failed(_ work: String, _ error: any Error) {
        troubles.withLock { _ = $0.insert(work) }
        options.report(.databaseTrouble("\(work): \(describe(error))"))
    }

    /// Notes that it went well; says so when nothing is left that failed the last time.
    func worked(_ work: String) {
        let isOver = troubles.withLock { $0.remove(work) != nil && $0.isEmpty }
        if isOver { options.report(.recovered) }
    }

    func describe(_ error: any Error) -> String {
        (error as? PostgresError)?.description ?? (error as? RPCError)?.description ?? "\(type(of: error))"
    }
}
