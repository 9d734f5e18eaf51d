/// The parts of a process, started in order and stopped in the opposite order.
///
/// A part runs until its task is cancelled. When one ends by itself, the others are stopped too, because a process that
/// only half works is harder to notice than one that has ended.
public struct ServiceGroup: Sendable {
    /// One part.
    public struct Member: Sendable {
        /// Its name in log lines.
        public let name: String
        /// Runs until cancelled.
        public let run: @Sendable () async throws -> Void

        /// A part called `name`.
        public init(_ name: String, run: @escaping @Sendable () async throws -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// What a part reported, or was asked.
    private enum Event: Sendable {
        case stop(StopReason)
        case ended(index: Int, (any Error)?)
    }

    private let members: [Member]
    private let log: Log

    /// A group of parts; later ones may use earlier ones.
    public init(_ members: [Member], log: Log) {
        self.members = members
        self.log = log
    }

    /// Runs all parts until a request to stop, then stops them last to first, waiting for each.
    ///
    /// Throws what a part threw when it ended by itself.
    @discardableResult
    public func run(until requests: AsyncStream<StopReason>) async throws -> StopReason {
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        let tasks = members.enumerated().map { index, member in
            Task {
                do {
                    try await member.run()
                    continuation.yield(.ended(index: index, nil))
                } catch {
                    continuation.yield(.ended(index: index, error))
                }
            }
        }
        let watcher = Task {
            for await reason in requests { continuation.yield(.stop(reason)) }
        }
        var failure: (any Error)?
        var reason = StopReason.memberEnded
        for await event in events {
            switch event {
            case .stop(let asked):
                reason = asked
                log.write(.info, "stopping", ["reason": .code(String(describing: asked))])
            case .ended(let index, let error):
                failure = error
                log.write(.error, "a part ended by itself", ["part": .code(members[index].name)])
            }
            break
        }
        for (task, member) in zip(tasks, members).reversed() {
            task.cancel()
            await task.value
            log.write(.debug, "part stopped", ["part": .code(member.name)])
        }
        watcher.cancel()
        continuation.finish()
        if let failure { throw failure }
        return reason
    }
}
