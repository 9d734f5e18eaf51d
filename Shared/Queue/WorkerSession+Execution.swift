import Contracts
import Postgres
import Synchronization

extension WorkerSession {
    /// Runs one call in its transaction, and records what became of it.
    func runSingle(_ attempt: Attempt, _ served: any ServedMethod, _ lease: Lease) async {
        let call = attempt.call
        let trailers = Trailers()
        do {
            if running.reason(call.id) != nil { throw CancellationError() }
            try attempt.checkDeadline(options.clock())
            let sink =
                served.isStreaming ? StreamSink(lease: lease.id, call, pool: worker.claimPool) : nil
            let ending = Mutex(Ending())
            try await worker.handlerPool.transaction(endingWith: { (transaction: borrowing Transaction) in
                let began = ContinuousClock.now
                defer { worker.metrics.ran(call, for: ContinuousClock.now - began) }
                let context = CallContext(
                    info: attempt.info, transaction: transaction.duplicated(), pool: worker.servicePool,
                    trailers: trailers)
                let response = try await served.run(call.request, context, sink)
                for message in sink?.takeKept() ?? [] { try await transaction.execute(message) }
                try attempt.checkDeadline(options.clock())
                return complete([attempt], [response], [trailers], lease, ending)
            })
            worker.metrics.ended(call.method, attempt.info.method, .ok)
            done([attempt], lease, ending.withLock { $0 })
        } catch {
            await failed(attempt, lease, error, trailers)
        }
    }

    /// What the statement that finishes calls leaves to be done after the commit.
    private struct Ending {
        var deletesLease = false
        var notices: [Notice] = []
    }

    /// The statement that finishes the calls. Their callers are told in the same transaction when no other handler runs,
    /// after it otherwise: see `ReplyNotices`.
    private func complete(
        _ attempts: [Attempt], _ responses: [[UInt8]?], _ trailers: [Trailers], _ lease: Lease,
        _ ending: borrowing Mutex<Ending>
    ) -> CompleteCalls {
        let ids = attempts.map(\.call.id)
        let last = lease.isLast(ids)
        let notices = attempts.compactMap(\.call.notice)
        let isAlone = running.handlers <= 1
        ending.withLock { $0 = Ending(deletesLease: last, notices: isAlone ? [] : notices) }
        let written = trailers.map(\.json)
        return CompleteCalls(
            lease: lease.id, isLast: last, calls: ids, responses: responses,
            trailers: written.contains { $0 != nil } ? written : [],
            channels: isAlone && !notices.isEmpty ? attempts.map(\.call.replyTo) : [],
            isContinued: attempts.contains { $0.call.isContinued },
            deadlineAt: attempts.compactMap(\.call.deadlineAt).min())
    }

    private func done(_ attempts: [Attempt], _ lease: Lease, _ ending: Ending) {
        worker.notices.send(ending.notices)
        settled(attempts.map(\.call.id), lease, deleted: ending.deletesLease)
    }

    /// Runs calls together in one transaction; if that fails, each by itself.
    func runBatch(_ attempts: [Attempt], _ served: any ServedMethod, _ lease: Lease) async {
        let ids = attempts.map(\.call.id)
        if attempts.count > 1 {
            do {
                let trailers = attempts.map { _ in Trailers() }
                let ending = Mutex(Ending())
                try await worker.handlerPool.transaction(endingWith: {
                    (transaction: borrowing Transaction) in
                    let began = ContinuousClock.now
                    defer {
                        let took = (ContinuousClock.now - began) / attempts.count
                        for attempt in attempts { worker.metrics.ran(attempt.call, for: took) }
                    }
                    let context = BatchContext(
                        calls: attempts.map(\.info), transaction: transaction.duplicated(),
                        pool: worker.servicePool,
                        trailers: trailers)
                    let responses = try await served.runBatch(attempts.map(\.call.request), context)
                    let now = options.clock()
                    for attempt in attempts { try attempt.checkDeadline(now) }
                    return complete(attempts, responses, trailers, lease, ending)
                })
                for attempt in attempts {
                    worker.metrics.ended(attempt.call.method, attempt.info.method, .ok)
                }
                done(attempts, lease, ending.withLock { $0 })
                return
            } catch {
                if isLeaseLost(error) { return forget(ids, lease) }
            }
        }
        for attempt in attempts {
            // A stopped batch has a cancelled task; the calls that were not meant go on in tasks of their own.
            let task = Task { await runSingle(attempt, served, lease) }
            running.attach(task, to: [attempt.call.id])
            await task.value
        }
    }

    /// Records a failed attempt. Tries until the database has it: until then the lease keeps the call from others.
    private func failed(_ attempt: Attempt, _ lease: Lease, _ error: any Error, _ trailers: Trailers)
        async
    {
        let call = attempt.call
        guard let failure = failure(attempt, error) else { return forget([call.id], lease) }
        // The handler's task may be cancelled; what follows must not be.
        await Task {
            var failures = 0
            while true {
                do {
                    let isLast = lease.isLast([call.id])
                    let retried = try await worker.handlerPool.queryOne(
                        FailAttempt(
                            lease: lease.id, isLast: isLast, call: call.id, failure: failure,
                            trailers: trailers.json))
                    worked("recording a failure")
                    if retried == true {
                        worker.metrics.retried(call.method, attempt.info.method)
                    } else {
                        worker.metrics.ended(call.method, attempt.info.method, failure.error.code)
                    }
                    options.report(
                        .attemptFailed(
                            call: call.id, method: attempt.info.method, code: failure.error.code.name,
                            message: failure.error.message, retried: retried ?? false))
                    return settled([call.id], lease, deleted: isLast)
                } catch {
                    if isLeaseLost(error) || running.reason(call.id) == .leaseLost {
                        return forget([call.id], lease)
                    }
                    failures += 1
                    self.failed("recording a failure", error)
                    try? await Task.sleep(for: Backoff.delay(afterFailures: failures))
                }
            }
        }.value
    }

    /// What to record; nil: nothing, because another worker has the call.
    private func failure(_ attempt: Attempt, _ error: any Error) -> AttemptFailure? {
        if isLeaseLost(error) { return nil }
        let cancelled = error is CancellationError || (error as? PostgresError)?.kind == .cancelled
        if let reason = running.reason(attempt.call.id) {
            switch reason {
            case .leaseLost: return nil
            case .cancelled: return AttemptFailure(error: .cancelled("The call was cancelled."))
            case .deadline: return AttemptFailure(error: .deadlineExceeded("The deadline passed while the call ran."))
            case .drained:
                if cancelled {
                    return AttemptFailure(error: .unavailable("The worker was stopped."), isTransient: true)
                }
            }
        }
        let failure = worker.router.failure(error)
        if failure.error.code == .internal, !(error is RPCError) {
            options.report(
                .unexpected(call: attempt.call.id, method: attempt.info.method, description: describe(error)))
        }
        return failure
    }

    private func isLeaseLost(_ error: any Error) -> Bool {
        (error as? PostgresError)?.sqlState == "PQ100"
    }

    /// Forgets calls whose lease is lost. What the database may keep of it is offered again with the next heartbeats.
    private func forget(_ calls: [Int64], _ lease: Lease) {
        suspectUntil.withLock { $0 = .now + .seconds(15) }
        settled(calls, lease, deleted: true)
    }

    /// Forgets calls that are finished. A lease that none of them deleted is dropped with the next duties.
    private func settled(_ calls: [Int64], _ lease: Lease, deleted: Bool) {
        for call in calls { running.finish(call) }
        let mustDrop = lease.finish(calls, deleted: deleted)
        if lease.isFinished { running.end(lease, mustDrop: mustDrop) }
    }

    /// Deletes leases whose calls ended at the same time, so that none of them was the last.
    func dropEndedLeases() async throws {
        let leases = running.endedLeases
        guard !leases.isEmpty else { return }
        try await worker.claimPool.execute(DropLeases(leases: leases))
        running.forget(leases)
    }
}
