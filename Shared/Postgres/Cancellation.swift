import CPostgres
import Dispatch
import Synchronization

/// Cancels the statement that a connection is running, and never the one after it.
///
/// The lock is held while the cancel request travels, and the connection takes it before it goes on, so a request always
/// meets the statement it was meant for.
final class Cancellation: @unchecked Sendable {
    private struct State {
        var running: UInt64 = 0
        var last: UInt64 = 0
    }

    private let state = Mutex(State())
    private let handle: OpaquePointer?

    init(connection: OpaquePointer) {
        handle = PQgetCancel(connection)
    }

    deinit {
        PQfreeCancel(handle)
    }

    /// Numbers a piece of work before the task's cancellation handler is installed.
    func reserve() -> UInt64 {
        state.withLock { state in
            state.last += 1
            return state.last
        }
    }

    /// The work starts; its caller then checks whether the task was cancelled before.
    func begin(_ work: UInt64) {
        state.withLock { $0.running = work }
    }

    /// The work has ended: no request for it is on its way any more.
    func end() {
        state.withLock { $0.running = 0 }
    }

    /// Asks the server to cancel, again and again while the work is still running: a request that arrives before the
    /// statement does is lost.
    func cancel(_ work: UInt64, attempt: Int = 0) {
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(min(attempt, 10) * 20)) { [self] in
            let sent = state.withLock { state in
                guard state.running == work else { return false }
                request()
                return true
            }
            if sent { cancel(work, attempt: attempt + 1) }
        }
    }

    /// Sends one cancel request and waits until the server has taken it.
    func request() {
        var message = [CChar](repeating: 0, count: 256)
        PQcancel(handle, &message, Int32(message.count))
    }
}
