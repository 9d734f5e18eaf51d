import Schema
import Foundation

/// `puente up --detach`: starts `puente up` in the background and returns once everything is running. Where it runs already,
/// the services that do not serve are started anew.
struct DetachedUp: Sendable {
    let invocation: Invocation
    private let directory: String
    private var terminal: Terminal { invocation.terminal }

    init(_ invocation: Invocation) {
        self.invocation = invocation
        directory = Site.stateDirectory(invocation)
    }

    func run() async throws {
        if UpLock.holder(in: directory) == nil { try await start() } else { try await revive() }
    }

    private func start() async throws {
        let installation = Installation(environment: invocation.environment)
        let logs = "\(directory)/log"
        let shownLogs = logs.asShownPath
        try Place.makeDirectory(directory)
        try Place.makeDirectory(logs)
        var environment = invocation.environment
        environment["PUENTE_DETACHED"] = "1"
        environment["PUENTE_STATE"] = directory
        let log = "\(logs)/up.log"
        let before = (try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int) ?? 0
        let child = try ChildProcess(
            .init(
                path: try installation.program("puente"), arguments: ["up", "--lang", invocation.language.rawValue],
                environment: environment, logFile: log, isDetached: true))
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
                if environment["DATABASE_URL"]?.isEmpty ?? true { terminal.notice(Trying.notice) }
                return
            case .ended:
                let said = Self.complaint(in: log, after: before)
                throw Failure(
                    Text(
                        "it ended before everything was running\n\(said)",
                        es: "terminó antes de que todo estuviera en marcha\n\(said)"), at: "puente up")
            }
        }
    }

    /// What the process itself said was wrong: its last complaint, and not what the log held before.
    private static func complaint(in path: String, after start: Int) -> String {
        let bytes = FileManager.default.contents(atPath: path) ?? Data()
        let lines = String(decoding: bytes.dropFirst(start), as: UTF8.self).split(separator: "\n")
        let said = lines.lastIndex { $0.hasPrefix("puente: ") || $0.hasPrefix("postgres: ") }
        return lines[(said ?? max(0, lines.count - 3))...].map { "  \($0)" }.joined(separator: "\n")
    }

    // MARK: It runs already

    private func revive() async throws {
        let site = try Site(invocation)
        let idle = try await notServing(site)
        guard !idle.isEmpty else {
            terminal.notice(Text("puente up is running here already", es: "puente up ya está en marcha aquí"))
            return
        }
        try await withPool(site) { pool in
            try await Deployment(site: site, environment: invocation.environment).letIn(idle, pool)
        }
        let installation = Installation(environment: invocation.environment)
        for service in idle {
            terminal.notice(
                Text(
                    "puente-\(service) does not serve; starting it anew",
                    es: "puente-\(service) no atiende; se arranca de nuevo"))
            await ServiceProcesses(of: directory, installation: installation).end("puente-\(service)")
        }
        let end = ContinuousClock.now + .seconds(25)
        var left = idle
        while !left.isEmpty, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(200))
            left = try await notServing(site)
        }
        if let service = left.first {
            let reason = await ServiceStanding.refusal(of: service, site, invocation.environment)
            let said = reason?.text ?? Text("it still does not serve", es: "sigue sin atender")
            throw Failure(
                said, at: "puente-\(service)",
                remedy: Text("see \(directory)/log/\(service).log", es: "vea \(directory)/log/\(service).log"))
        }
        terminal.print(Text("everything is running", es: "todo está en marcha"))
    }

    private func notServing(_ site: Site) async throws -> [String] {
        let serving = try await ServiceStanding.serving(site)
        return ServiceCatalogue.all.filter { !serving.contains($0) }
    }
}
