/// Who holds the connections of a pool and who waits for one: a pure state machine, without I/O.
struct PoolState<Resource, WaiterID: Hashable> {
    /// What the caller of a transition has to do.
    enum Action {
        /// Use this idle connection.
        case use(Resource)
        /// Open a new connection; its place is taken.
        case open
        /// Wait until a connection is handed over.
        case wait
        /// The pool is closed.
        case refuse
    }

    /// What becomes of a connection that was given back, or of its place.
    enum Handover {
        /// Give the connection to this waiter.
        case give(Resource, WaiterID)
        /// Let this waiter open a new connection in the freed place.
        case letOpen(WaiterID)
        /// Close the connection.
        case close(Resource)
        /// Nothing to do.
        case keep
    }

    let size: Int
    private(set) var idle: [Resource] = []
    /// Connections in use or being opened.
    private(set) var leased = 0
    private(set) var waiting: [WaiterID] = []
    private(set) var closed = false

    init(size: Int) {
        self.size = max(1, size)
    }

    mutating func acquire(_ waiter: WaiterID) -> Action {
        if closed { return .refuse }
        if let connection = idle.popLast() {
            leased += 1
            return .use(connection)
        }
        if leased < size {
            leased += 1
            return .open
        }
        waiting.append(waiter)
        return .wait
    }

    /// The waiter gave up; returns whether it was still waiting.
    mutating func abandon(_ waiter: WaiterID) -> Bool {
        guard let index = waiting.firstIndex(of: waiter) else { return false }
        waiting.remove(at: index)
        return true
    }

    /// A connection comes back, or (nil) its place does because it broke.
    mutating func release(_ connection: Resource?) -> Handover {
        if closed {
            leased -= 1
            return connection.map { .close($0) } ?? .keep
        }
        if let waiter = waiting.first {
            waiting.removeFirst()
            return connection.map { .give($0, waiter) } ?? .letOpen(waiter)
        }
        leased -= 1
        if let connection { idle.append(connection) }
        return .keep
    }

    /// Closes the pool: returns the idle connections to close and the waiters to refuse.
    mutating func close() -> (idle: [Resource], refused: [WaiterID]) {
        closed = true
        defer {
            idle = []
            waiting = []
        }
        return (idle, waiting)
    }
}
