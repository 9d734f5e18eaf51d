import Contracts
import Postgres

/// Whether calls are taken, in the words of gRPC's health checking.
public enum QueueHealth: String, Sendable {
    /// A live worker takes calls; of a service: of each of its methods.
    case serving
    /// Nobody does, or the method is paused.
    case notServing = "not_serving"
    /// Nothing is published by that name.
    case unknown
}

/// The health of a method or a service.
public struct NamedHealth: Sendable, Equatable {
    /// The method's full name, or the service (`transfers`).
    public let name: String
    /// How it is.
    public let health: QueueHealth
}

extension QueueOperations {
    /// The health of a method or service.
    public func health(_ name: String) async throws -> QueueHealth {
        try await healths(of: name).first { $0.name == name }?.health ?? .unknown
    }

    /// The health of a method, or of a service and its methods; nil: of everything. Services come first.
    public func healths(of name: String?) async throws -> [NamedHealth] {
        try await refusing {
            try await pool.query(FetchHealth(name: name)).map {
                NamedHealth(name: $0.name, health: QueueHealth(rawValue: $0.health) ?? .unknown)
            }
        }
    }

    /// Like `healths`, now and whenever something changes: each time what has changed.
    public func watchHealth(of name: String?) -> AsyncThrowingStream<[NamedHealth], any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                var last: [String: QueueHealth] = [:]
                do {
                    // A dead worker announces nothing: its silence is seen by looking.
                    while true {
                        let changed = try await healths(of: name).filter { last[$0.name] != $0.health }
                        if !changed.isEmpty { continuation.yield(changed) }
                        for entry in changed { last[entry.name] = entry.health }
                        try await Task.sleep(for: .milliseconds(250))
                    }
                } catch {
                    continuation.finish(throwing: error is CancellationError ? nil : error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
