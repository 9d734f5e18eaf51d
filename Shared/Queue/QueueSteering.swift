import Contracts
import Postgres

/// Which dead calls are meant: the oldest first.
public struct DeadFilter: Sendable {
    /// Of this method; nil: of any.
    public var method: String?
    /// That ended so; nil: however.
    public var status: StatusCode?
    /// At most so many.
    public var limit: Int64

    /// A filter; without arguments it means every dead call.
    public init(method: String? = nil, status: StatusCode? = nil, limit: Int64 = .max) {
        self.method = method
        self.status = status
        self.limit = limit
    }

    /// The status's code as the queue stores it.
    var statusNumber: Int16? { status.map { Int16($0.rawValue) } }
}

/// What a person means by an act on others' calls. It is kept with the act.
public struct Intent: Sendable {
    /// Whether calls that services made are meant too: work of theirs stands still or is done again. Needs a reason.
    public var isInternal: Bool
    /// Why; at most 500 characters.
    public var reason: String?

    /// An intent; without arguments it spares the services' own calls and says nothing.
    public init(isInternal: Bool = false, reason: String? = nil) {
        self.isInternal = isInternal
        self.reason = reason
    }
}

/// What became of the calls that a filter names.
public struct SteeredCalls: Sendable, Equatable {
    /// Those that were changed.
    public let changed: Int64
    /// Those that were not: another person's to repeat, decisions, or calls of services that were not meant.
    public let leftAlone: Int64
}

/// What a person did to the queue or to others' calls.
public struct SteeringAct: Sendable, Equatable {
    /// When, microseconds since 1970.
    public let actedAt: Int64
    /// The person's role.
    public let actor: String
    /// retry, discard, cancel, pause, resume, keep, recur or end recurrence.
    public let act: String
    /// The call it was done to.
    public let call: Int64?
    /// The method, service or recurrence; for keep, from how long to how long.
    public let subject: String
    /// Why, if it was said.
    public let reason: String?
}

/// One of the queue's limits.
public struct QueueLimit: Sendable, Equatable {
    /// kept_days, days_ahead, key_bytes, message_characters or request_bytes.
    public let name: String
    /// The method it belongs to; empty: all.
    public let method: String
    /// In the unit that the name says.
    public let value: Int64
}

/// What operators do to the queue; the database keeps who did it, and why.
extension QueueOperations {
    /// Offers a dead call again; false if it is not dead. A person's call is repeated by that person alone, a decision by
    /// nobody.
    public func retry(_ call: Int64, _ intent: Intent = .init()) async throws -> Bool {
        try await refusing { try await pool.queryOne(RetryCall(call: call, intent: intent)) ?? false }
    }

    /// Offers dead calls again: those that the role may repeat.
    public func retryAll(_ filter: DeadFilter = .init(), _ intent: Intent = .init()) async throws -> SteeredCalls {
        try await refusing {
            try await pool.queryOne(RetryCalls(filter: filter, intent: intent)) ?? .init(changed: 0, leftAlone: 0)
        }
    }

    /// Takes a dead call off the list; false if it is not on it.
    public func discard(_ call: Int64, _ intent: Intent = .init()) async throws -> Bool {
        try await refusing { try await pool.queryOne(DiscardCall(call: call, intent: intent)) ?? false }
    }

    /// Takes dead calls off the list.
    public func discardAll(_ filter: DeadFilter = .init(), _ intent: Intent = .init()) async throws -> SteeredCalls {
        try await refusing {
            try await pool.queryOne(DiscardCalls(filter: filter, intent: intent)) ?? .init(changed: 0, leftAlone: 0)
        }
    }

    /// Cancels a call and the calls made on its behalf; false if it was finished already. Calls that services made are left
    /// to them unless they are meant.
    public func cancel(_ call: Int64, _ intent: Intent = .init()) async throws -> Bool {
        try await refusing { try await pool.queryOne(CancelMeantCall(call: call, intent: intent)) ?? false }
    }

    /// Stops the claiming of a method, or of all methods of a service (`transfers`); returns how many methods.
    public func pause(_ name: String, reason: String? = nil) async throws -> Int {
        try await refusing {
            Int(try await pool.queryOne(PauseMethods(name: name, pausing: true, reason: reason)) ?? 0)
        }
    }

    /// Undoes `pause`.
    public func resume(_ name: String, reason: String? = nil) async throws -> Int {
        try await refusing {
            Int(try await pool.queryOne(PauseMethods(name: name, pausing: false, reason: reason)) ?? 0)
        }
    }

    /// Keeps finished calls for so many days from now on; whole days are dropped, none of which a call still waits.
    public func keep(days: Int, reason: String? = nil) async throws {
        _ = try await refusing { try await pool.execute(KeepFinished(days: Int32(clamping: days), reason: reason)) }
    }

    /// What people did to the queue, the latest first; to one call, if it is given.
    public func steering(of call: Int64? = nil, limit: Int = 50) async throws -> [SteeringAct] {
        try await refusing { try await pool.query(ListSteering(call: call, limit: Int32(clamping: limit))) }
    }

    /// What the queue allows.
    public func limits() async throws -> [QueueLimit] {
        try await refusing { try await pool.query(ListLimits()) }
    }
}
