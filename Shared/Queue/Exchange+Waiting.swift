import Contracts
import Postgres

extension Exchange {
    /// Starts listening and polling, once.
    func startBackground() {
        state.withLock { state in
            guard state.watch == nil, !state.isStopped else { return }
            state.watch = Listener(configuration).watch(on: [channel]) { [weak self] event in
                switch event {
                case .listening: self?.lookAtAll()
                case .notification(_, let payload):
                    if let call = Int64(payload) { self?.notice(call) }
                }
            }
            state.polling = Task { [weak self] in
                var round = 0
                while !Task.isCancelled {
                    try? await Task.sleep(for: .milliseconds(100))
                    guard let self else { return }
                    round += 1
                    // Notifications may be lost; looking twice a second finds what they did not say.
                    if round % 5 == 0 { self.lookAtAll() }
                    await self.giveUpLate()
                }
            }
        }
    }

    /// A notification says that the call has a message or an outcome.
    private func notice(_ call: Int64) {
        let waiters = state.withLock { state -> Waiters? in
            if let waiters = state.waiters[call] { return waiters }
            if state.early.count > 10_000 { state.early.removeAll() }
            state.early.insert(call)
            return nil
        }
        if wake(waiters) { fetch([call]) }
    }

    /// Wakes those who read messages; returns whether anybody waits for the outcome.
    private func wake(_ waiters: Waiters?) -> Bool {
        var isAwaited = false
        for waiter in (waiters ?? [:]).values {
            switch waiter {
            case .outcome: isAwaited = true
            case .messages(let wake): wake.yield()
            }
        }
        return isAwaited
    }

    private func lookAtAll() {
        let all = state.withLock { $0.waiters }
        let calls = all.filter { wake($0.value) }.map(\.key)
        if !calls.isEmpty { fetch(calls) }
    }

    /// Reads outcomes of the calls, together with those asked for while a read is under way.
    func fetch(_ calls: [Int64]) {
        let mustStart = state.withLock { state in
            state.notified.formUnion(calls)
            defer { state.isFetching = true }
            return !state.isFetching
        }
        guard mustStart else { return }
        Task {
            var failures = 0
            while true {
                do {
                    if try await pool.session({ (session: borrowing Session) in try await fetchAll(session) }) {
                        return
                    }
                    failures = 0
                } catch let error as PostgresError where error.kind == .connection {
                    failures += 1
                    try? await Task.sleep(for: Backoff.delay(afterFailures: failures))
                } catch {
                    guard let calls = nextFetch() else { return }
                    for call in calls { fail(call, error) }
                }
            }
        }
    }

    /// The calls to look at; nil: none, and the reading is over.
    private func nextFetch() -> [Int64]? {
        state.withLock { state in
            let calls = state.notified.filter { state.waiters[$0] != nil }
            state.notified = []
            if calls.isEmpty { state.isFetching = false }
            return calls.isEmpty ? nil : Array(calls)
        }
    }

    /// Reads until there is nothing to look at. A connection that breaks leaves its calls to be looked at again.
    private func fetchAll(_ session: borrowing Session) async throws -> Bool {
        while let calls = nextFetch() {
            do {
                for outcome in try await session.query(FetchOutcomes(calls: calls)) { deliver(outcome) }
            } catch {
                state.withLock { $0.notified.formUnion(calls) }
                throw error
            }
        }
        return true
    }

    /// Everybody who waits for the call gets its outcome.
    private func deliver(_ outcome: CallOutcome) {
        for continuation in takeAwaiting(outcome.id) { continuation.resume(returning: outcome) }
    }

    /// Nobody can be told the outcome.
    private func fail(_ call: Int64, _ error: any Error) {
        for continuation in takeAwaiting(call) { continuation.resume(throwing: error) }
    }

    /// Those who wait for the outcome, who then wait no more; those who read messages stay.
    private func takeAwaiting(_ call: Int64) -> [CheckedContinuation<CallOutcome, any Error>] {
        state.withLock { state in
            var taken: [CheckedContinuation<CallOutcome, any Error>] = []
            for (number, waiter) in state.waiters[call] ?? [:] {
                guard case .outcome(let continuation, _) = waiter else { continue }
                taken.append(continuation)
                state.remove(number, of: call)
            }
            return taken
        }
    }

    /// Ends the waiting for calls whose deadline is over: the database's word if it has one, ours otherwise.
    private func giveUpLate() async {
        let now = ContinuousClock.now
        let late = state.withLock { state in
            state.waiters.compactMap { call, waiters -> Int64? in
                let isLate = waiters.values.contains { waiter in
                    guard case .outcome(_, let giveUpAt?) = waiter else { return false }
                    return now > giveUpAt + .milliseconds(300)
                }
                return isLate ? call : nil
            }
        }
        for call in late {
            do {
                try await giveUp(call)
            } catch let error as RPCError {
                fail(call, error)
            } catch {
                // The database cannot be reached: it may still know an outcome, so the waiting goes on.
            }
        }
    }

    /// Finishes a waiting call whose deadline has passed. Throws `DEADLINE_EXCEEDED` if it still runs and will not stop.
    func giveUp(_ call: Int64) async throws {
        if try await pool.queryOne(ExpireCall(call: call)) == true {
            fetch([call])
            return
        }
        if let outcome = try await pool.queryOne(FetchOutcome(call: call)) {
            deliver(outcome)
            return
        }
        _ = try await pool.queryOne(CancelCall(call: call))
        throw RPCError.deadlineExceeded("The call did not end within its deadline.")
    }
}
