import Foundation
import Glibc

/// `puente down`: stops what runs here, and ends whatever does not stop when it is asked.
struct Down: Sendable {
    let invocation: Invocation
    private let directory: String
    private var terminal: Terminal { invocation.terminal }

    /// Time that `puente up` has: each service may finish its calls, and then the database its work.
    private static let patience = Duration.seconds(120)

    init(_ invocation: Invocation) {
        self.invocation = invocation
        directory = Site.stateDirectory(invocation)
    }

    func run() async throws {
        let installation = Installation(environment: invocation.environment)
        let processes = ServiceProcesses(of: directory, installation: installation)
        let holder = UpLock.holder(in: directory)
        if let holder { try await end(holder) }
        let orphans = processes.numbers()
        if !orphans.isEmpty { await processes.end(patience: .seconds(10)) }
        let isRunning = PrivateDatabase.address(in: directory) != nil
        if isRunning { try await PrivateDatabase(directory: directory, installation: installation).stop() }
        if holder != nil || !orphans.isEmpty {
            terminal.notice(Text("stopped", es: "detenido"))
        } else if isRunning {
            terminal.notice(Text("nothing else was running", es: "nada más estaba en marcha"))
        } else {
            terminal.notice(Text("nothing is running here", es: "aquí no hay nada en marcha"))
        }
    }

    private func end(_ holder: pid_t) async throws {
        guard kill(holder, SIGTERM) == 0 || errno == ESRCH else {
            throw Failure(
                Text(
                    "it is another user's: \(Failure.reason(errno))", es: "es de otro usuario: \(Failure.reason(errno))"
                ),
                at: "puente up (\(holder))")
        }
        let end = ContinuousClock.now + Self.patience
        while ContinuousClock.now < end {
            // A process that is halted hears nothing until it goes on.
            if isHalted(holder) { break }
            let next = min(end, ContinuousClock.now + .seconds(10))
            if await UpLock.waitUntilFree(in: directory, until: next) { return }
            terminal.notice(
                Text(
                    "still stopping; services finish their calls",
                    es: "aún deteniendo; los servicios terminan sus llamadas"))
        }
        terminal.notice(
            Text("puente up does not stop and is ended", es: "puente up no se detiene y se termina por la fuerza"))
        kill(holder, SIGKILL)
        _ = await UpLock.waitUntilFree(in: directory, until: ContinuousClock.now + .seconds(10))
    }

    private func isHalted(_ number: pid_t) -> Bool {
        guard let state = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
            let afterName = state.lastIndex(of: ")")
        else { return false }
        return state[afterName...].hasPrefix(") T")
    }
}
