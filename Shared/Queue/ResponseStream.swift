import Contracts
import Postgres
import Synchronization

/// Where a streaming handler sends its messages.
public struct ResponseStream<Response: Message>: Sendable {
    let sink: StreamSink

    /// Sends a message that the caller sees at once, whatever becomes of the handler's transaction. After an attempt that
    /// failed or died the next one sends its messages anew, and the caller is told to forget those before.
    public func send(_ response: Response) async throws {
        try await sink.send(response.json())
    }

    /// Sends a message that the caller sees when the call's transaction commits: the result, as a rule the last message.
    public func sendLast(_ response: Response) async throws {
        sink.keep(response.json())
    }
}

/// The untyped side of a response stream.
final class StreamSink: Sendable {
    private struct State {
        var sent: Int64 = 0
        var kept: [[UInt8]] = []
    }

    private let state = Mutex(State())
    private let lease: Int64
    private let call: Int64
    private let replyTo: String?
    private let deadlineAt: Int64?
    private let pool: ConnectionPool

    init(lease: Int64, _ call: ClaimedCall, pool: ConnectionPool) {
        self.lease = lease
        self.call = call.id
        replyTo = call.replyTo
        deadlineAt = call.deadlineAt
        self.pool = pool
    }

    func send(_ body: [UInt8]) async throws {
        try await pool.execute(push(body))
    }

    func keep(_ body: [UInt8]) {
        state.withLock { $0.kept.append(body) }
    }

    /// The messages that go with the handler's transaction.
    func takeKept() -> [PushMessage] {
        let kept = state.withLock { state in
            defer { state.kept = [] }
            return state.kept
        }
        return kept.map { push($0) }
    }

    private func push(_ body: [UInt8]) -> PushMessage {
        let number = state.withLock { state in
            state.sent += 1
            return state.sent
        }
        return PushMessage(
            lease: lease, call: call, number: number, body: body, replyTo: replyTo, deadlineAt: deadlineAt)
    }
}
