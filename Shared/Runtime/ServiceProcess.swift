import Foundation
import Postgres
import Queue
import Synchronization

/// The whole life of a service's process: settings, worker, health, signals, ordered shutdown.
public enum ServiceProcess {
    /// Runs a service until it is asked to stop, and ends the process: status 0 after a clean stop, 1 after a failure,
    /// 2 when the settings are wrong.
    ///
    /// `router` makes the service's handlers; it gets the settings because some handlers write files. `recurring` are the
    /// calls that the service wants made again and again. `beforeServing` runs to its end before the first call is taken.
    public static func run(
        service: String, recurring: [RecurringCall] = [],
        beforeServing: @escaping @Sendable (ConnectionPool) async throws -> Void = { _ in },
        router: (Settings) throws -> Router
    ) async -> Never {
        StandardStream.secure()
        let settings: Settings
        do throws(Settings.Problem) {
            settings = try Settings()
        } catch {
            StandardStream.notices.write("puente-\(service): \(error)\n")
            leave(2)
        }
        let log = Log(service: service, level: settings.logLevel)
        let requests = StopRequests.stream(watchingInput: settings.isSupervised)
        do {
            let router = try router(settings)
            let differences = router.differences(fromContractsOf: service)
            guard differences.isEmpty else {
                differences.forEach { StandardStream.notices.write("puente-\(service): \($0)\n") }
                leave(1)
            }
            let members = try members(
                service: service, settings: settings, router: router, recurring: recurring,
                beforeServing: beforeServing, log: log)
            let reason = try await ServiceGroup(members, log: log).run(until: requests)
            log.write(.info, "stopped", ["reason": .code("\(reason)")])
            leave(0)
        } catch let error as PostgresError {
            log.write(.error, "ended by the database", ["reason": .code(error.description)])
            leave(1)
        } catch {
            log.write(.error, "ended by a failure", ["kind": .code("\(type(of: error))")])
            leave(1)
        }
    }

    /// Ends the process. Threads that close connections may still be at work: the libraries' exit handlers would free what
    /// they use.
    private static func leave(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }

    private static func members(
        service: String, settings: Settings, router: Router, recurring: [RecurringCall],
        beforeServing: @escaping @Sendable (ConnectionPool) async throws -> Void, log: Log
    ) throws -> [ServiceGroup.Member] {
        let configuration = try ConnectionConfiguration(url: settings.databaseURL)
            .with(applicationName: "puente-\(service)")
        let state = ServingState()
        let (serving, announce) = AsyncStream.makeStream(of: Void.self)
        let isSupervised = settings.isSupervised
        let options = WorkerOptions(concurrency: settings.concurrency) { event in
            log.write(event)
            guard state.take(event) else { return }
            announce.finish()
            guard isSupervised else { return }
            StandardStream.output.write("ready\n")
        }
        let worker = Worker(service: service, router: router, configuration: configuration, options: options)
        var members = [
            ServiceGroup.Member("worker") {
                try await patiently(configuration, log, beforeServing)
                try await worker.run()
            }
        ]
        if !recurring.isEmpty {
            members.append(
                .init("recurring calls") {
                    // Methods are in the database when the worker serves them.
                    for await _ in serving {}
                    try await register(recurring, configuration)
                    while (try? await Task.sleep(for: .seconds(3_600))) != nil {}
                })
        }
        if let file = settings.healthFile {
            members.append(.init("health") { await Health(path: file, log: log) { state.isServing }.run() })
        }
        if let file = settings.metricsFile {
            members.append(
                .init("metrics") {
                    await MetricsFile(path: file, log: log) { try await worker.metricsText() }.run()
                })
        }
        return members
    }

    /// Asks the queue for the recurring calls; as long as the database cannot be reached, again.
    private static func register(_ calls: [RecurringCall], _ configuration: ConnectionConfiguration) async throws {
        let pool = ConnectionPool(configuration, size: 1)
        var left = calls[...]
        while let call = left.first {
            do {
                try await call.register(with: QueueOperations(pool))
                left.removeFirst()
            } catch let error as PostgresError where error.kind == .connection || error.isPassing {
                try await Task.sleep(for: .seconds(1))
            }
        }
        await pool.close()
    }

    /// Does what comes before serving, again for as long as the database refuses: it may be starting, or have no disk left.
    private static func patiently(
        _ configuration: ConnectionConfiguration, _ log: Log, _ body: (ConnectionPool) async throws -> Void
    ) async throws {
        let pool = ConnectionPool(configuration, size: 1)
        while !Task.isCancelled {
            do {
                try await body(pool)
                break
            } catch let error as PostgresError {
                log.write(.warning, "database trouble", ["reason": .code(error.description)])
                do { try await Task.sleep(for: .seconds(1)) } catch { break }
            }
        }
        await pool.close()
    }
}

/// Whether the worker serves, as its events say.
final class ServingState: Sendable {
    private let state = Mutex((isServing: false, wasServing: false, isEnding: false))

    var isServing: Bool { state.withLock { $0.isServing } }

    /// Takes note of an event; true when it is the first that says the worker serves.
    func take(_ event: WorkerEvent) -> Bool {
        state.withLock { state in
            switch event {
            case .serving:
                state.isServing = true
                defer { state.wasServing = true }
                return !state.wasServing
            case .recovered:
                state.isServing = state.wasServing && !state.isEnding
                return false
            case .leasesLost, .databaseTrouble:
                state.isServing = false
                return false
            case .draining, .stopped:
                state.isServing = false
                state.isEnding = true
                return false
            case .attemptFailed, .unexpected, .reaped:
                return false
            }
        }
    }
}

extension Log {
    /// Writes what happened in a worker.
    func write(_ event: WorkerEvent) {
        switch event {
        case .serving(let worker, let methods):
            write(.info, "serving", ["worker": .number(worker), "methods": .number(Int64(methods))])
        case .attemptFailed(let call, let method, let code, _, let retried):
            // The message is for the caller and may name what the caller knows; it stays in the database.
            write(
                retried ? .info : .warning, "attempt failed",
                [
                    "call": .number(call), "method": .code(method), "code": .code(code),
                    "retried": .code(retried ? "true" : "false"),
                ])
        case .unexpected(let call, let method, let description):
            write(
                .error, "unexpected error",
                ["call": .number(call), "method": .code(method), "error": .code(description)])
        case .recovered: write(.info, "the database's trouble is over")
        case .leasesLost(let reason): write(.warning, "leases lost", ["reason": .code(reason)])
        case .databaseTrouble(let trouble): write(.warning, "database trouble", ["reason": .code(trouble)])
        case .reaped(let leases): write(.info, "took back leases of dead workers", ["leases": .number(Int64(leases))])
        case .draining(let running): write(.info, "draining", ["running": .number(Int64(running))])
        case .stopped: write(.info, "worker stopped")
        }
    }
}
