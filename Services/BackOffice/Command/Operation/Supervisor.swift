import Foundation
import Runtime

/// Keeps programs running: starts them again when they die, stops them last to first.
actor Supervisor {
    /// How patient it is.
    struct Patience: Sendable {
        /// Longest wait before a program that keeps dying is started again.
        var longestWait = Duration.seconds(5)
        /// A life that is as long as this is no early death: the waits begin anew after it.
        var ordinaryLife = Duration.seconds(30)
        /// Time until all programs have to be ready for the first time.
        var readiness = Duration.seconds(25)
        /// Time a program has to finish its calls before it is killed.
        var grace = Duration.seconds(30)
        /// The same for a program that has never been ready: it has no calls.
        var graceUnready = Duration.seconds(3)
    }

    /// Deaths before being ready for the first time that end the attempt.
    static let toleratedEarlyDeaths = 3

    private let log: Log
    private let patience: Patience
    private var running: [String: ChildProcess] = [:]
    private var hasBeenReady: Set<String> = []
    private var keepers: [(name: String, task: Task<Void, Never>)] = []
    private var pauses: [String: Task<Void, Never>] = [:]
    private var isStopping = false

    init(log: Log, patience: Patience = .init()) {
        self.log = log
        self.patience = patience
    }

    /// Starts programs one after the other, each when the one before is ready; afterwards they are kept running in the
    /// background. Gives up when they are not all ready in time, with what the program that is late said last.
    func keep(_ programs: [(name: String, program: ChildProcess.Program)]) async throws {
        let end = ContinuousClock.now + patience.readiness
        for (name, program) in programs { try await keep(name, program, until: end) }
    }

    private func keep(
        _ name: String, _ program: ChildProcess.Program, until end: ContinuousClock.Instant
    ) async throws {
        let (readiness, ready) = AsyncThrowingStream.makeStream(of: Void.self)
        keepers.append((name, Task { await self.restart(name, program, ready) }))
        let clock = Task {
            try await Task.sleep(until: end)
            ready.finish(throwing: Self.late(name, program))
        }
        defer { clock.cancel() }
        for try await _ in readiness { return }
    }

    private static func late(_ name: String, _ program: ChildProcess.Program) -> Failure {
        let said = program.logFile.flatMap { LastWords(of: $0).reason }
        return Failure(
            Text(
                "is not ready in time" + (said.map { ": \($0)" } ?? ""),
                es: "no está listo a tiempo" + (said.map { ": \($0)" } ?? "")), at: name,
            remedy: program.logFile.map { Text("see \($0)", es: "vea \($0)") })
    }

    private func restart(
        _ name: String, _ program: ChildProcess.Program, _ ready: AsyncThrowingStream<Void, any Error>.Continuation
    ) async {
        var deaths = 0
        while !isStopping {
            let began = ContinuousClock.now
            do {
                let status = try await live(name, program, ready)
                if isStopping { break }
                if ContinuousClock.now - began >= patience.ordinaryLife { deaths = 0 }
                log.write(.warning, "program ended", ["program": .code(name), "status": .number(Int64(status))])
            } catch {
                guard hasBeenReady.contains(name) else {
                    ready.finish(throwing: error)
                    return
                }
                // No memory, no process, no place for its log: it may come back.
                log.write(.error, "program cannot be started", ["program": .code(name)])
            }
            deaths += 1
            if !hasBeenReady.contains(name), deaths >= Self.toleratedEarlyDeaths {
                let said = program.logFile.flatMap { LastWords(of: $0).reason }
                ready.finish(
                    throwing: Failure(
                        Text(
                            "it ends before it is ready" + (said.map { ": \($0)" } ?? ""),
                            es: "termina antes de estar listo" + (said.map { ": \($0)" } ?? "")), at: name,
                        remedy: program.logFile.map { Text("see \($0)", es: "vea \($0)") }))
                return
            }
            await pause(name, after: deaths)
        }
        ready.finish()
    }

    /// One life of a program; returns its exit status.
    private func live(
        _ name: String, _ program: ChildProcess.Program, _ ready: AsyncThrowingStream<Void, any Error>.Continuation
    ) async throws -> Int32 {
        let child = try ChildProcess(program)
        running[name] = child
        defer { running[name] = nil }
        var status: Int32 = 0
        for await event in child.events {
            switch event {
            case .ready:
                hasBeenReady.insert(name)
                log.write(.info, "serving", ["program": .code(name), "process": .number(Int64(child.number))])
                ready.finish()
            case .ended(let ended): status = ended
            }
        }
        return status
    }

    /// The first death is answered at once; the wait doubles with every further one, whether the program was ready or not.
    private func pause(_ name: String, after deaths: Int) async {
        guard deaths > 1 else { return }
        let wait = min(Duration.milliseconds(100 << min(deaths - 2, 10)), patience.longestWait)
        let pause = Task<Void, Never> { try? await Task.sleep(for: wait) }
        pauses[name] = pause
        await pause.value
        pauses[name] = nil
    }

    /// Stops every program, last started first, and waits for each.
    func stop() async {
        isStopping = true
        for pause in pauses.values { pause.cancel() }
        for (name, task) in keepers.reversed() {
            let child = running[name]
            child?.signal(SIGTERM)
            child?.closeInput()
            let grace = hasBeenReady.contains(name) ? patience.grace : patience.graceUnready
            let killer = Task {
                try await Task.sleep(for: grace)
                child?.signal(SIGKILL)
            }
            await task.value
            killer.cancel()
            log.write(.info, "stopped", ["program": .code(name)])
        }
    }
}

/// What a service said last in its log about why something went wrong.
struct LastWords {
    let reason: String?

    init(of path: String) {
        guard let file = FileHandle(forReadingAtPath: path), let end = try? file.seekToEnd(),
            (try? file.seek(toOffset: end > 8_192 ? end - 8_192 : 0)) != nil, let bytes = try? file.readToEnd()
        else {
            reason = nil
            return
        }
        reason =
            String(decoding: bytes, as: UTF8.self).split(separator: "\n").reversed().lazy
            .compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
            .first { ["warning", "error"].contains($0["level"] as? String) }
            .flatMap { $0["reason"] as? String ?? $0["message"] as? String }
    }
}
