import Contracts
import Postgres

/// A call that the queue makes again and again.
public struct Recurrence: Sendable, Equatable {
    /// Its name, unique in the database.
    public let name: String
    /// When: minute, hour, day of the month, month, day of the week, in UTC on the database's clock.
    public let cron: String
    /// Full name of the method.
    public let method: String
    /// The role that set it up, in whose name the calls are made.
    public let caller: String
    /// When it is made next, microseconds since 1970.
    public let nextAt: Int64
    /// Why the last call was not made; nil: it was.
    public let trouble: String?
}

/// A call that a service wants made again and again, before there is a database to ask.
public struct RecurringCall: Sendable {
    /// Its name, unique in the database.
    public let name: String
    private let register: @Sendable (QueueOperations) async throws -> Void

    /// A call at every time that the cron expression names.
    public init<Request: Message, Response: Message>(
        _ name: String, _ cron: String, _ method: Method<Request, Response>, _ request: Request
    ) {
        self.name = name
        register = { operations in try await operations.recur(name, cron, method, request) }
    }

    /// Asks the queue for it; the same name replaces what it named before.
    public func register(with operations: QueueOperations) async throws {
        try await register(operations)
    }
}

extension QueueOperations {
    /// Makes a call at every time that the cron expression names (`15 6 * * 1-5`), once however many workers run. A time
    /// that passes while no worker runs is made up for once. The same name replaces what it named before. Returns when
    /// it is made first, microseconds since 1970.
    @discardableResult
    public func recur<Request: Message, Response: Message>(
        _ name: String, _ cron: String, _ method: Method<Request, Response>, _ request: Request,
        _ options: CallOptions = .init()
    ) async throws -> Int64 {
        try await recurJSON(name, cron, method.name, request.json(), options)
    }

    /// The same by the method's name, with the request as JSON.
    public func recurJSON(
        _ name: String, _ cron: String, _ method: String, _ request: [UInt8],
        _ options: CallOptions = .init()
    ) async throws -> Int64 {
        let statement = SetRecurrence(
            name: name, cron: cron, method: method, request: request, options: options.json())
        return try await refusing { try await pool.queryOne(statement) ?? 0 }
    }

    /// Ends a recurrence; false if there is none of that name. One of a service must be meant.
    public func endRecurrence(_ name: String, _ intent: Intent = .init()) async throws -> Bool {
        try await refusing { try await pool.queryOne(EndRecurrence(name: name, intent: intent)) ?? false }
    }

    /// The recurrences, by name.
    public func recurrences() async throws -> [Recurrence] {
        try await refusing { try await pool.query(ListRecurrences()) }
    }
}
