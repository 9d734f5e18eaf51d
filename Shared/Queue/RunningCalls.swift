import Synchronization

/// Why a handler is told to stop.
enum StopReason: Sendable {
    /// Its caller or an operator cancelled the call.
    case cancelled
    /// Its deadline has passed.
    case deadline
    /// The worker stops, and the time to finish is over.
    case drained
    /// The leases are lost: another worker has the call.
    case leaseLost
}

/// The handlers that run now, by call, and the leases they belong to.
final class RunningCalls: Sendable {
    private struct Entry {
        let deadline: ContinuousClock.Instant?
        var task: Task<Void, Never>?
        var reason: StopReason?
    }

    /// How many handlers run or wait for a connection here.
    struct Load {
        var all = 0
        /// Those that are not known to be quick; they are never more than the connections.
        var slow = 0
    }

    private struct State {
        var entries: [Int64: Entry] = [:]
        var leases: [Int64: Lease] = [:]
        /// Those of them whose calls are finished but whose row is still there.
        var ended: Set<Int64> = []
        var load = Load()
        /// Cancellations that came before the call they are for.
        var cancelledEarly: Set<Int64> = []
    }

    private let state = Mutex(State())

    /// Handlers that run now; a batch counts once.
    var handlers: Int { state.withLock(\.load.all) }
    var load: Load { state.withLock(\.load) }
    /// Ids of the leases this worker knows it holds.
    var leases: [Int64] { state.withLock { Array($0.leases.keys) } }

    func add(_ lease: Lease, _ calls: [(id: Int64, deadline: ContinuousClock.Instant?)]) {
        state.withLock { state in
            state.leases[lease.id] = lease
            for call in calls {
                let early = state.cancelledEarly.remove(call.id) != nil
                state.entries[call.id] = Entry(deadline: call.deadline, reason: early ? .cancelled : nil)
            }
        }
    }

    /// Leases whose calls are finished and whose rows must be deleted.
    var endedLeases: [Int64] { state.withLock { Array($0.ended) } }

    /// Notes that the calls of a lease are finished.
    func end(_ lease: Lease, mustDrop: Bool) {
        state.withLock { state in
            if mustDrop {
                state.ended.insert(lease.id)
            } else {
                state.leases[lease.id] = nil
            }
        }
    }

    func forget(_ leases: [Int64]) {
        state.withLock { state in
            for lease in leases {
                state.leases[lease] = nil
                state.ended.remove(lease)
            }
        }
    }

    /// Counts a handler that starts, before its task does.
    func startHandler(isQuick: Bool) {
        state.withLock { state in
            state.load.all += 1
            if !isQuick { state.load.slow += 1 }
        }
    }

    func endHandler(isQuick: Bool) {
        state.withLock { state in
            state.load.all -= 1
            if !isQuick { state.load.slow -= 1 }
        }
    }

    /// Attaches the task that runs the calls; stops it at once if it should not run.
    func attach(_ task: Task<Void, Never>, to calls: [Int64]) {
        let stopped = state.withLock { state in
            var stopped = false
            for call in calls {
                state.entries[call]?.task = task
                if state.entries[call]?.reason != nil { stopped = true }
            }
            return stopped
        }
        if stopped { task.cancel() }
    }

    func detach(_ calls: [Int64]) {
        state.withLock { state in
            for call in calls { state.entries[call]?.task = nil }
        }
    }

    func finish(_ call: Int64) {
        state.withLock { _ = $0.entries.removeValue(forKey: call) }
    }

    func reason(_ call: Int64) -> StopReason? {
        state.withLock { $0.entries[call]?.reason }
    }

    /// Stops one call's handler; remembers the cancellation if the call is not here yet.
    func cancel(_ call: Int64) {
        let task = state.withLock { state -> Task<Void, Never>? in
            guard state.entries[call] != nil else {
                if state.cancelledEarly.count > 10_000 { state.cancelledEarly.removeAll() }
                state.cancelledEarly.insert(call)
                return nil
            }
            state.entries[call]?.reason = .cancelled
            return state.entries[call]?.task
        }
        task?.cancel()
    }

    /// Stops handlers whose deadline has passed.
    func stopExpired(_ now: ContinuousClock.Instant) {
        let tasks = state.withLock { state in
            var tasks: [Task<Void, Never>] = []
            for (call, entry) in state.entries where entry.reason == nil {
                guard let deadline = entry.deadline, deadline <= now else { continue }
                state.entries[call]?.reason = .deadline
                if let task = entry.task { tasks.append(task) }
            }
            return tasks
        }
        for task in tasks { task.cancel() }
    }

    /// Stops every handler.
    func stopAll(_ reason: StopReason) {
        let tasks = state.withLock { state in
            for call in state.entries.keys { state.entries[call]?.reason = reason }
            return state.entries.values.compactMap(\.task)
        }
        for task in tasks { task.cancel() }
    }
}
