import Synchronization

/// The calls of one claimed batch that this worker has not finished yet.
///
/// The database's lease row is deleted by the call that finishes last; while others still run it is only locked.
final class Lease: Sendable {
    let id: Int64
    private let unfinished: Mutex<Set<Int64>>

    init(id: Int64, calls: [Int64]) {
        self.id = id
        unfinished = Mutex(Set(calls))
    }

    /// Whether `calls` are all that is left: then finishing them deletes the lease.
    func isLast(_ calls: [Int64]) -> Bool {
        unfinished.withLock { $0.count == calls.count && calls.allSatisfy($0.contains) }
    }

    /// Notes that the calls are finished or given back. Returns whether the lease row must still be deleted.
    func finish(_ calls: [Int64], deleted: Bool) -> Bool {
        unfinished.withLock { unfinished in
            unfinished.subtract(calls)
            return unfinished.isEmpty && !deleted
        }
    }

    var isFinished: Bool { unfinished.withLock(\.isEmpty) }
}
