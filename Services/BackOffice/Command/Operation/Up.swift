import Schema
import Foundation
import Runtime

/// Runs the database and the services of a site until asked to stop.
struct Up: Sendable {
    let invocation: Invocation
    /// Whether a `puente up --detach` waits on standard output for the word that all is ready.
    private var isDetached: Bool { invocation.environment["PUENTE_DETACHED"] == "1" }

    private var terminal: Terminal { invocation.terminal }
    private var directory: String { Site.stateDirectory(invocation) }

    /// What the start came to, or what it was asked meanwhile.
    private enum Event: Sendable {
        case started
        case failed(any Error)
        case stop(StopReason)
    }

    func run() async throws {
        let installation = Installation(environment: invocation.environment)
        let lock = try UpLock(directory: directory)
        defer { withExtendedLifetime(lock) {} }
        // Whoever starts this and has gone must not end it.
        signal(SIGHUP, SIG_IGN)
        let requests = StopRequests.stream(watchingInput: false)
        let database = try privateDatabase(installation)
        let log = Log(service: "up", level: .info)
        let supervisor = Supervisor(log: log)

        // Asked to stop while it starts, it stops: whatever the start may be waiting for.
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        let start = Task {
            do {
                try await self.start(database, installation, supervisor)
                continuation.yield(.started)
            } catch {
                continuation.yield(.failed(error))
            }
        }
        let watcher = Task { for await reason in requests { continuation.yield(.stop(reason)) } }
        var keeper: Task<Void, Never>?
        var failure: (any Error)?
        waiting: for await event in events {
            switch event {
            case .started: keeper = database.map { database in Task { await keepDatabase(database, log) } }
            case .failed(let error):
                failure = error
                break waiting
            case .stop(let reason):
                log.write(.info, "stopping", ["reason": .code("\(reason)")])
                break waiting
            }
        }
        start.cancel()
        watcher.cancel()
        keeper?.cancel()
        await keeper?.value
        await supervisor.stop()
        if let failure {
            // Why it did not start is what a person needs to know, whatever comes of stopping.
            try? await database?.stop()
            throw failure
        }
        try await database?.stop()
    }

    private func start(_ database: PrivateDatabase?, _ installation: Installation, _ supervisor: Supervisor)
        async throws
    {
        if let database {
            terminal.notice(Text("starting the private database", es: "arrancando la base de datos privada"))
            try await database.start()
            try Task.checkCancellation()
        }
        let site = try Site(invocation)
        if site.isPrivate { terminal.notice(Trying.notice) }
        let outcome = try await Deployment(site: site, environment: invocation.environment).prepare()
        if !outcome.applied.isEmpty {
            terminal.notice(
                Text(
                    "database brought up to date: \(outcome.applied.names.count) files of the schema",
                    es: "base de datos al día: \(outcome.applied.names.count) archivos del esquema"))
        }
        if outcome.isPaused { terminal.notice(PaymentPauseReport.notice) }
        try await startServices(site, installation, supervisor)
        try Task.checkCancellation()
        announce()
    }

    private func privateDatabase(_ installation: Installation) throws -> PrivateDatabase? {
        if let url = invocation.environment["DATABASE_URL"], !url.isEmpty { return nil }
        return try PrivateDatabase(directory: directory, installation: installation)
    }

    private func startServices(_ site: Site, _ installation: Installation, _ supervisor: Supervisor) async throws {
        let logs = "\(directory)/log"
        try Place.makeDirectory(logs)
        terminal.notice(Text("starting the services", es: "arrancando los servicios"))
        try await supervisor.keep(
            try ServiceCatalogue.all.map { service in
                (
                    "puente-\(service)",
                    ChildProcess.Program(
                        path: try installation.program("puente-\(service)"),
                        environment: site.serviceEnvironment(service, inherited: invocation.environment),
                        logFile: "\(logs)/\(service).log")
                )
            })
    }

    private func announce() {
        if isDetached {
            terminal.print("ready")
        } else {
            terminal.notice(
                Text(
                    "everything is running; interrupt (Ctrl-C) stops it. Logs: \(directory.asShownPath)/log",
                    es:
                        "todo está en marcha; una interrupción (Ctrl-C) lo detiene. Registros: \(directory.asShownPath)/log"
                ))
        }
    }

    /// Starts the private server again when it has died, with growing pauses while it does not come up: the disk may be full.
    private func keepDatabase(_ database: PrivateDatabase, _ log: Log) async {
        var failures = 0
        while !Task.isCancelled {
            let wait = min(Duration.milliseconds(500 << min(failures, 6)), .seconds(15))
            do { try await Task.sleep(for: wait) } catch { return }
            if database.isRunning {
                failures = 0
                continue
            }
            log.write(.warning, "the private database has died and is started again")
            do {
                try await database.start()
                failures = 0
            } catch {
                failures += 1
                log.write(.error, "the private database did not start")
            }
        }
    }
}
