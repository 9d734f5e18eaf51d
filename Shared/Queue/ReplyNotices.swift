import Contracts
import Postgres
import Synchronization

/// Tells callers of replies that are committed.
///
/// PostgreSQL commits transactions with a NOTIFY one at a time, each waiting for the disk. When several handlers run, their
/// transactions therefore carry none; the notices of all follow in one that does not wait. A notice that is lost costs
/// the caller its next look, no reply.
final class ReplyNotices: Sendable {
    private struct State {
        var pending: [Notice] = []
        var isSending = false
    }

    private let state = Mutex(State())
    private let pool: ConnectionPool

    /// Notices that are sent through a pool whose commits do not wait.
    init(_ pool: ConnectionPool) {
        self.pool = pool
    }

    func send(_ notices: [Notice]) {
        guard !notices.isEmpty else { return }
        let mustStart = state.withLock { state in
            state.pending += notices
            defer { state.isSending = true }
            return !state.isSending
        }
        guard mustStart else { return }
        Task {
            while true {
                let notices = state.withLock { state in
                    defer { state.pending = [] }
                    if state.pending.isEmpty { state.isSending = false }
                    return state.pending
                }
                if notices.isEmpty { return }
                _ = try? await pool.queryOne(SendNotices(notices: notices))
            }
        }
    }
}

/// Whom to tell of which call.
struct Notice: Sendable {
    let channel: String
    let call: Int64
}
