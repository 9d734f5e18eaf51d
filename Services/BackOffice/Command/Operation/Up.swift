import Foundation
import Runtime

/// Runs the database and the services of a site until asked to stop.
struct Up: Sendable {
    let invocation: Invocation
    /// Whether a `puente up --detach` waits on standard output for the word that all is ready.
    private var isDetached: Bool { invocation.environment["PUENTE_DETACHED"] == "1" }

    private var terminal: Terminal { invocation.terminal }
    private var directory: String { Site.stateDirectory(invocation) }

    func run() async throws {
        let installation = Installation(environment: invocation.environment)
        let lock = try UpLock(directory: directory)
        defer { withExtendedLifetime(lock) {} }
        let stopRequests = StopRequests.stream(watchingInput: false)
        signal(SIGPIPE, SIG_IGN)
        signal(SIGHUP, SIG_IGN)

        let database = try await startDatabase(installation)
        let log = Log(service: "up", level: .info)
        let supervisor = Supervisor(log: log)
        do {
            let site = try Site(invocation)
            let outcome = try await Deployment(site: site, environment: invocation.environment).prepare()
            if !outcome.applied.isEmpty {
                terminal.notice(
                    Text(
                        "database brought up to date: \(outcome.applied.count) migrations",
                        es: "base de datos al día: \(outcome.applied.count) migraciones"))
            }
            try await startServices(site, installation, supervisor)
            announce(site)
        } catch {
            await supervisor.stop()
            try? await database?.stop()
            throw error
        }
        let watch = database.map { database in Task { await keepDatabase(database, log) } }
        for await reason in stopRequests {
            log.write(.info, "stopping", ["reason": .code("\(reason)")])
            break
        }
        watch?.cancel()
        await watch?.value
        await supervisor.stop()
        try await database?.stop()
    }

    private func startDatabase(_ installation: Installation) async throws -> PrivateDatabase? {
        if let url = invocation.environment["DATABASE_URL"], !url.isEmpty { return nil }
        let database = try PrivateDatabase(directory: directory, installation: installation)
        terminal.notice(Text("starting the private database", es: "arrancando la base de datos privada"))
        try await database.start()
        return database
    }

    private func startServices(_ site: Site, _ installation: Installation, _ supervisor: Supervisor) async throws {
        let logs = "\(directory)/log"
        try FileManager.default.createDirectory(atPath: logs, withIntermediateDirectories: true)
        for service in Deployment.services {
            terminal.notice(Text("starting puente-\(service)", es: "arrancando puente-\(service)"))
            try await supervisor.keep(
                "puente-\(service)",
                .init(
                    path: try installation.program("puente-\(service)"),
                    environment: site.serviceEnvironment(service, inherited: invocation.environment),
                    logFile: "\(logs)/\(service).log"))
        }
    }

    private func announce(_ site: Site) {
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

    /// Starts the private server again when it has died.
    private func keepDatabase(_ database: PrivateDatabase, _ log: Log) async {
        while !Task.isCancelled {
            do { try await Task.sleep(for: .milliseconds(500)) } catch { return }
            if !database.isRunning {
                log.write(.warning, "the private database has died and is started again")
                do { try await database.start() } catch { log.write(.error, "the private database did not start") }
            }
        }
    }
}

extension Up {
    /// Starts `puente up` in the background and returns once everything is running.
    static func detach(_ invocation: Invocation) async throws {
        let directory = Site.stateDirectory(invocation)
        let terminal = invocation.terminal
        if UpLock.holder(in: directory) != nil {
            terminal.notice(Text("puente up is running here already", es: "puente up ya está en marcha aquí"))
            return
        }
        let installation = Installation(environment: invocation.environment)
        let logs = "\(directory)/log"
        let shownLogs = logs.asShownPath
        try FileManager.default.createDirectory(atPath: logs, withIntermediateDirectories: true)
        var environment = invocation.environment
        environment["PUENTE_DETACHED"] = "1"
        environment["PUENTE_STATE"] = directory
        let child = try ChildProcess(
            .init(
                path: try installation.program("puente"), arguments: ["up", "--lang", invocation.language.rawValue],
                environment: environment,
                logFile: "\(logs)/up.log", isDetached: true))
        terminal.notice(
            Text("starting the database and the services", es: "arrancando la base de datos y los servicios"))
        for await event in child.events {
            switch event {
            case .ready:
                terminal.print(
                    Text(
                        "everything is running (process \(child.number), logs in \(shownLogs)); 'puente down' stops it",
                        es:
                            "todo está en marcha (proceso \(child.number), registros en \(shownLogs)); 'puente down' lo detiene"
                    ))
                return
            case .ended:
                throw Failure(
                    Text("it ended before everything was running", es: "terminó antes de que todo estuviera en marcha"),
                    at: "puente up",
                    remedy: Text(
                        "its last words: \(lastLine(of: "\(logs)/up.log"))",
                        es: "sus últimas palabras: \(lastLine(of: "\(logs)/up.log"))"))
            }
        }
    }

    private static func lastLine(of path: String) -> String {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(3).joined(separator: " | ")
    }
}
