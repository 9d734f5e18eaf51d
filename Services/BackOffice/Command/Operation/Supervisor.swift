import Foundation
import Runtime

/// Keeps programs running: starts them again when they die, stops them last to first.
actor Supervisor {
    /// Longest wait before a program that keeps dying is started again.
    static let longestWait = Duration.seconds(5)
    /// Deaths before being ready for the first time that end the attempt.
    static let toleratedEarlyDeaths = 3
    /// Time a program has to finish its calls before it is killed.
    static let grace = Duration.seconds(30)

    private let log: Log
    private var running: [String: ChildProcess] = [:]
    private var keepers: [(name: String, task: Task<Void, Never>)] = []
    private var isStopping = false

    init(log: Log) { self.log = log }

    /// Starts a program and returns once it is ready; afterwards it is kept running in the background.
    func keep(_ name: String, _ program: ChildProcess.Program) async throws {
        let (readiness, ready) = AsyncThrowingStream.makeStream(of: Void.self)
        keepers.append((name, Task { await self.restart(name, program, ready) }))
        for try await _ in readiness { return }
    }

    private func restart(
        _ name: String, _ program: ChildProcess.Program, _ ready: AsyncThrowingStream<Void, any Error>.Continuation
    ) async {
        var wasReady = false
        var deaths = 0
        while !isStopping {
            let child: ChildProcess
            do {
                child = try ChildProcess(program)
            } catch {
                ready.finish(throwing: error)
                return
            }
            running[name] = child
            for await event in child.events {
                switch event {
                case .ready:
                    wasReady = true
                    deaths = 0
                    log.write(.info, "serving", ["program": .code(name), "process": .number(Int64(child.number))])
                    ready.finish()
                case .ended(let status):
                    running[name] = nil
                    if isStopping { break }
                    deaths += 1
                    log.write(
                        .warning, "program ended", ["program": .code(name), "status": .number(Int64(status))])
                }
            }
            if isStopping { break }
            if !wasReady, deaths >= Self.toleratedEarlyDeaths {
                ready.finish(
                    throwing: Failure(
                        Text("it ends before it is ready", es: "termina antes de estar listo"), at: name,
                        remedy: program.logFile.map { Text("see \($0)", es: "vea \($0)") }))
                return
            }
            // The first death is answered at once; the wait doubles while a program keeps dying.
            if deaths > 1 {
                let wait = min(Duration.milliseconds(100 << min(deaths, 6)), Self.longestWait)
                try? await Task.sleep(for: wait)
            }
        }
        ready.finish()
    }

    /// Stops every program, last started first, and waits for each.
    func stop() async {
        isStopping = true
        for (name, task) in keepers.reversed() {
            let child = running[name]
            child?.signal(SIGTERM)
            child?.closeInput()
            let killer = Task {
                try await Task.sleep(for: Self.grace)
                child?.signal(SIGKILL)
            }
            await task.value
            killer.cancel()
            log.write(.info, "stopped", ["program": .code(name)])
        }
    }
}
