import Contracts
import Postgres

extension Exchange.State {
    /// Another who waits for the call; returns the number by which this one is known.
    mutating func add(_ waiter: Exchange.Waiter, to call: Int64) -> UInt64 {
        lastWaiter += 1
        waiters[call, default: [:]][lastWaiter] = waiter
        return lastWaiter
    }

    /// Takes one away; returns it, unless it was gone.
    @discardableResult
    mutating func remove(_ number: UInt64, of call: Int64) -> Exchange.Waiter? {
        let waiter = waiters[call]?.removeValue(forKey: number)
        if waiters[call]?.isEmpty == true { waiters[call] = nil }
        return waiter
    }
}

extension Exchange {
    /// Waits for a call to end. Cancelling the last task that waits cancels the call.
    func outcome(
        of call: Int64, giveUpAt: ContinuousClock.Instant?, isOld: Bool = true
    ) async throws -> CallOutcome {
        startBackground()
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        do {
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    let mustFetch = state.withLock { state -> Bool? in
                        guard !state.isStopped else { return nil }
                        state.waiters[call, default: [:]][number] = .outcome(continuation, giveUpAt: giveUpAt)
                        return state.early.remove(call) != nil || isOld
                    }
                    guard let mustFetch else {
                        return continuation.resume(throwing: RPCError.cancelled("The client is closed."))
                    }
                    if mustFetch { fetch([call]) }
                    if Task.isCancelled { stopWaiting(number, for: call) }
                }
            } onCancel: {
                stopWaiting(number, for: call)
            }
        } catch is CancellationError {
            abandon(call)
            throw RPCError.cancelled("The caller stopped waiting.")
        }
    }

    private func stopWaiting(_ number: UInt64, for call: Int64) {
        let waiter = state.withLock { $0.remove(number, of: call) }
        if case .outcome(let continuation, _) = waiter { continuation.resume(throwing: CancellationError()) }
    }

    /// Hands each message of a streaming call to the body, until the call ends. Messages are numbered by the run of the call
    /// that sent them: the first of another run makes those before void.
    func messages(
        of call: Int64, giveUpAt: ContinuousClock.Instant?, _ body: (StreamEvent<[UInt8]>) throws -> Void
    ) async throws {
        let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { $0.add(.messages(wake), to: call) }
        defer { state.withLock { _ = $0.remove(number, of: call) } }
        wake.yield()
        var last: Int64 = 0
        var failures = 0
        for await _ in wakes {
            do {
                let outcome = try await pool.queryOne(FetchOutcome(call: call))
                var more = true
                while more {
                    let messages = try await pool.query(FetchMessages(call: call, after: last))
                    for message in messages {
                        if last != 0, message.sequence >> 32 != last >> 32 { try body(.restarted) }
                        try body(.message(message.body))
                        last = message.sequence
                    }
                    more = messages.count == 1000
                }
                failures = 0
                if let error = outcome?.error { throw error }
                if outcome != nil { return }
                if let giveUpAt, ContinuousClock.now > giveUpAt + .milliseconds(300) { try await giveUp(call) }
            } catch let error as PostgresError where error.kind == .connection {
                failures += 1
                try await Task.sleep(for: Backoff.delay(afterFailures: failures))
                wake.yield()
            }
        }
        abandon(call)
        throw RPCError.cancelled("The caller stopped waiting.")
    }

    func stop() {
        let (watch, polling, waiters) = state.withLock { state in
            state.isStopped = true
            defer { state.waiters = [:] }
            return (state.watch, state.polling, state.waiters)
        }
        watch?.end()
        polling?.cancel()
        for waiter in waiters.values.flatMap(\.values) {
            switch waiter {
            case .outcome(let continuation, _):
                continuation.resume(throwing: RPCError.cancelled("The client is closed."))
            case .messages(let wake): wake.finish()
            }
        }
    }

    /// Cancels a call that nobody here waits for any more.
    private func abandon(_ call: Int64) {
        guard state.withLock({ $0.waiters[call] == nil }) else { return }
        Task { [pool] in _ = try? await pool.queryOne(CancelCall(call: call)) }
    }
}
