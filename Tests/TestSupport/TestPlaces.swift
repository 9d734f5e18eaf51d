/// How many tests work with a database at once. Each may run several services with their connections; without a bound, a
/// server with few connections refuses some, and tests with deadlines wait for one another.
actor TestPlaces {
    static let shared = TestPlaces(free: 8)
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(free: Int) {
        self.free = free
    }

    func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
