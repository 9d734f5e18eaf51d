import Contracts
import Postgres
import Synchronization

/// The client's side of the queue: sends calls together when many are made at once, and hands outcomes to those who wait.
///
/// It flushes as soon as the previous flush is done, never on a timer: a lone call goes at once, and under load calls
/// share a commit.
final class Exchange: Sendable {
    enum Waiter {
        case outcome(CheckedContinuation<CallOutcome, any Error>, giveUpAt: ContinuousClock.Instant?)
        case messages(AsyncStream<Void>.Continuation)
    }

    /// Who waits for one call: any number, each by a number of their own.
    typealias Waiters = [UInt64: Waiter]

    struct Pending {
        let submission: Submission
        let options: [UInt8]
        let continuation: CheckedContinuation<Int64, any Error>
    }

    struct State {
        var waiters: [Int64: Waiters] = [:]
        var lastWaiter: UInt64 = 0
        /// Notified calls that nobody waited for yet: a reply may overtake the id of its call.
        var early: Set<Int64> = []
        var notified: Set<Int64> = []
        var isFetching = false
        var pending: [Pending] = []
        var isFlushing = false
        var watch: ListenerWatch?
        var polling: Task<Void, Never>?
        var isStopped = false
    }

    let pool: ConnectionPool
    let configuration: ConnectionConfiguration
    let channel: String
    let state = Mutex(State())
    /// The most calls that share a statement; each is a subtransaction, of which PostgreSQL caches 64.
    private let largestFlush = 48
    private static let unsaid: Result<Int64, any Error> = .failure(
        RPCError.internal("The database did not say what became of the call."))

    init(_ configuration: ConnectionConfiguration, connections: Int) {
        self.configuration = configuration
        pool = ConnectionPool(configuration, size: max(2, connections))
        var random = SystemRandomNumberGenerator()
        channel = "rpc_client_" + String(random.next(), radix: 36) + String(random.next(), radix: 36)
    }

    // MARK: Sending

    /// Sends a call and returns its id. A lost connection is retried only where repeating is harmless.
    func submit(_ submission: Submission, wantsReply: Bool) async throws -> Int64 {
        if wantsReply { startBackground() }
        let options = submission.options.json(replyTo: wantsReply ? channel : nil)
        var failures = 0
        while true {
            do {
                return try await withCheckedThrowingContinuation { continuation in
                    let pending = Pending(submission: submission, options: options, continuation: continuation)
                    let mustFlush = state.withLock { state in
                        state.pending.append(pending)
                        defer { state.isFlushing = true }
                        return !state.isFlushing
                    }
                    if mustFlush { Task { await flush() } }
                }
            } catch let error as PostgresError where error.kind == .connection {
                failures += 1
                let late = submission.giveUpAt.map { ContinuousClock.now >= $0 } ?? false
                // 25006: the server took nothing, because it takes no writes.
                guard submission.isRepeatable || error.sqlState == "25006", !late else {
                    throw RPCError.unavailable(
                        "The database could not be reached; it is not known whether the call was accepted.")
                }
                try await Task.sleep(for: Backoff.delay(afterFailures: failures))
            } catch let error as PostgresError {
                throw RPCError(refusal: error) ?? error
            }
        }
    }

    private func flush() async {
        while true {
            do {
                // False: the connection broke, and more calls wait.
                if try await pool.session({ (session: borrowing Session) in await flushAll(session) }) {
                    return
                }
            } catch {
                guard let batch = nextBatch() else { return }
                for pending in batch { pending.continuation.resume(throwing: error) }
            }
        }
    }

    /// The calls that wait to be sent; nil: none, and the flush is over.
    private func nextBatch() -> [Pending]? {
        state.withLock { state in
            let batch = Array(state.pending.prefix(largestFlush))
            state.pending.removeFirst(batch.count)
            if batch.isEmpty { state.isFlushing = false }
            return batch.isEmpty ? nil : batch
        }
    }

    /// Sends until nothing waits. Returns false when the connection broke.
    private func flushAll(_ session: borrowing Session) async -> Bool {
        while let batch = nextBatch() {
            do {
                if batch.count == 1, let first = batch.first {
                    let statement = EnqueueCall(
                        method: first.submission.method, request: first.submission.request,
                        options: first.options)
                    let id = try await session.query(statement).first
                    first.continuation.resume(with: id.map(Result.success) ?? Self.unsaid)
                } else {
                    let results = try await session.query(
                        EnqueueEach(
                            methods: batch.map(\.submission.method), requests: batch.map(\.submission.request),
                            options: batch.map(\.options)))
                    for (place, pending) in batch.enumerated() {
                        pending.continuation.resume(with: place < results.count ? results[place].outcome : Self.unsaid)
                    }
                }
            } catch {
                for pending in batch { pending.continuation.resume(throwing: error) }
                if let error = error as? PostgresError, error.kind == .connection { return false }
            }
        }
        return true
    }
}

extension EnqueueResult {
    /// The id, or the refusal.
    var outcome: Result<Int64, any Error> {
        if let id { return .success(id) }
        let error = PostgresError(kind: .server, message: message ?? "the call was refused", sqlState: sqlState)
        return .failure(RPCError(queueRefusal: error) ?? error)
    }
}
