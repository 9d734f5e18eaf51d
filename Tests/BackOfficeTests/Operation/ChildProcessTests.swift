import Foundation
import Runtime
import Testing

@testable import BackOffice

private func shell(_ script: String) -> ChildProcess.Program {
    .init(path: "/bin/sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"])
}

@Test func aChildTellsThatItIsReadyAndHowItEnded() async throws {
    let child = try ChildProcess(shell("echo starting; echo ready; exit 3"))
    var events: [ChildProcess.Event] = []
    for await event in child.events { events.append(event) }
    #expect(events == [.ready, .ended(3)])
}

@Test func aKilledChildEndsWithItsSignal() async throws {
    let child = try ChildProcess(shell("echo ready; exec sleep 60"))
    var events: [ChildProcess.Event] = []
    for await event in child.events {
        events.append(event)
        if event == .ready { child.signal(SIGKILL) }
    }
    #expect(events == [.ready, .ended(128 + SIGKILL)])
}

@Test func aSupervisedChildSeesTheEndOfItsSupervisor() async throws {
    // `cat` ends when its standard input does.
    let child = try ChildProcess(shell("echo ready; cat >/dev/null; exit 7"))
    var last: ChildProcess.Event?
    for await event in child.events {
        last = event
        if event == .ready { child.closeInput() }
    }
    #expect(last == .ended(7))
}

@Test func aChildKeepsNothingOpenThatItsCallerHas() async throws {
    let held = open("/dev/null", O_RDONLY)
    defer { close(held) }
    try #require(fcntl(held, F_GETFD) == 0)
    let child = try ChildProcess(shell("if [ -e /proc/self/fd/\(held) ]; then exit 1; fi; exit 4"))
    var events: [ChildProcess.Event] = []
    for await event in child.events { events.append(event) }
    #expect(events == [.ended(4)])
}

@Test func aProgramThatIsNotThereIsAFailure() {
    #expect(throws: Failure.self) {
        _ = try ChildProcess(.init(path: "/nonexistent/program", environment: [:]))
    }
}

@Test func aSupervisorStartsAgainWhatDies() async throws {
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("puente-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    let supervisor = Supervisor(log: Log(service: "test", level: .info) { continuation.yield($0) })
    // The first life ends once it is ready; the second one stays.
    let program = shell("echo ready; if [ -e \(scratch) ]; then cat >/dev/null; else touch \(scratch); exit 1; fi")
    try await supervisor.keep([("twice", program)])
    var lives = 0
    for await line in lines where line.contains("\"serving\"") {
        lives += 1
        if lives == 2 { break }
    }
    #expect(lives == 2)
    await supervisor.stop()
}

@Test func aSupervisorGivesUpOnWhatNeverGetsReady() async throws {
    let supervisor = Supervisor(log: Log(service: "test", level: .error) { _ in })
    await #expect(throws: Failure.self) { try await supervisor.keep([("broken", shell("exit 1"))]) }
    await supervisor.stop()
}

@Test func aProgramThatDiesAgainAndAgainIsStartedWithGrowingPausesAlthoughItWasReady() async throws {
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    let supervisor = Supervisor(log: Log(service: "test", level: .info) { continuation.yield($0) })
    let began = ContinuousClock.now
    try await supervisor.keep([("dying", shell("echo ready; exit 1"))])
    var lives = 0
    for await line in lines where line.contains("\"serving\"") {
        lives += 1
        if lives == 5 { break }
    }
    // At once, then after 100, 200 and 400 ms.
    #expect(ContinuousClock.now - began > .milliseconds(700))
    // It is in a pause of 800 ms, which a stop does not wait for.
    let stopped = ContinuousClock.now
    await supervisor.stop()
    #expect(ContinuousClock.now - stopped < .milliseconds(750))
}

@Test func aSupervisorGivesUpInTimeWithTheReasonThatTheProgramWrote() async throws {
    let log = FileManager.default.temporaryDirectory.appendingPathComponent("puente-\(UUID().uuidString).log").path
    defer { try? FileManager.default.removeItem(atPath: log) }
    var patience = Supervisor.Patience()
    patience.readiness = .milliseconds(500)
    patience.graceUnready = .milliseconds(100)
    let supervisor = Supervisor(log: Log(service: "test", level: .error) { _ in }, patience: patience)
    // It hears neither the signal nor the end of its input.
    var program = shell(
        #"trap '' TERM; echo '{"level":"warning","reason":"no such role"}' >&2; while :; do sleep 1; done"#)
    program.logFile = log
    let began = ContinuousClock.now
    let failure = await #expect(throws: Failure.self) { try await supervisor.keep([("late", program)]) }
    #expect(failure?.what.english == "is not ready in time: no such role")
    await supervisor.stop()
    #expect(ContinuousClock.now - began < .seconds(30))
}

@Test func oneStateDirectoryHasOneUp() throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("puente-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    #expect(UpLock.holder(in: directory) == nil)
    let lock = try UpLock(directory: directory)
    #expect(UpLock.holder(in: directory) == getpid())
    #expect(throws: Failure.self) { _ = try UpLock(directory: directory) }
    withExtendedLifetime(lock) {}
}

@Test func aPlaceThatCannotHoldAStateIsNamedWithTheReason() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("puente-\(UUID().uuidString)").path
    #expect(FileManager.default.createFile(atPath: file, contents: nil))
    defer { try? FileManager.default.removeItem(atPath: file) }
    for place in [file, "\(file)/below"] {
        let failure = #expect(throws: Failure.self) { _ = try UpLock(directory: place) }
        #expect(failure?.place == file)
        #expect(failure?.what == Text("is a file, not a directory", es: "es un archivo, no un directorio"))
    }
    // The kernel's own read-only place.
    let failure = #expect(throws: Failure.self) { _ = try UpLock(directory: "/proc/puente") }
    #expect(failure?.place == "/proc/puente")
    #expect(Place.failure(EROFS, at: "/x").what.english == "is on a read-only file system")
}
