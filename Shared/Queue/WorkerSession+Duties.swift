import Postgres

/// Something that is done for the whole queue now and then, by every worker.
private struct Duty: Sendable {
    let name: String
    /// From the last time it was tried to the next.
    let interval: @Sendable () -> Duration
    var next: ContinuousClock.Instant
    let perform: @Sendable () async throws -> Void

    init(
        _ name: String, every interval: @escaping @Sendable @autoclosure () -> Duration, first: Duration = .zero,
        _ perform: @escaping @Sendable () async throws -> Void
    ) {
        self.name = name
        self.interval = interval
        self.perform = perform
        next = .now + first
    }
}

extension WorkerSession {
    /// What any worker does for all: promoting scheduled calls, taking back leases, truncating, retention. A duty that
    /// fails keeps none of the others from being done.
    func doDuties() async -> SessionEnd? {
        var duties = occasionalDuties()
        while !Task.isCancelled {
            var pause = options.poll
            await attempt("ended leases") { try await dropEndedLeases() }
            await attempt("scheduled calls") {
                if let due = try await worker.claimPool.queryOne(PromoteScheduled()).flatMap({ $0 }) {
                    pause = min(pause, .milliseconds(due) + .milliseconds(1))
                }
            }
            for place in duties.indices where duties[place].next <= .now {
                duties[place].next = .now + duties[place].interval()
                await attempt(duties[place].name, duties[place].perform)
            }
            try? await Task.sleep(for: pause)
        }
        return nil
    }

    private func occasionalDuties() -> [Duty] {
        let (pool, options) = (worker.claimPool, options)
        return [
            Duty("recurring calls", every: .milliseconds(500)) { _ = try await pool.queryOne(FireRecurrences()) },
            Duty("leases of dead workers", every: options.heartbeat / 2) {
                let leases = try await pool.queryOne(ReapLeases()) ?? 0
                if leases > 0 { options.report(.reaped(leases: Int(leases))) }
            },
            Duty("rotation", every: .milliseconds(Int.random(in: 400...600))) {
                _ = try await pool.queryOne(RotateRings())
            },
            Duty("compaction", every: .seconds(10), first: .seconds(Int.random(in: 2...10))) {
                _ = try await pool.queryOne(CompactTables())
            },
            Duty("retention", every: .seconds(600), first: .seconds(Int.random(in: 5...60))) {
                _ = try await pool.queryOne(RetainPartitions())
            },
        ]
    }

    private func attempt(_ duty: String, _ perform: () async throws -> Void) async {
        do {
            try await perform()
            worked(duty)
        } catch {
            if Task.isCancelled { return }
            failed(duty, error)
            try? await Task.sleep(for: .milliseconds(200))
        }
    }
}
