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
    try await supervisor.keep(
        "twice", shell("echo ready; if [ -e \(scratch) ]; then cat >/dev/null; else touch \(scratch); exit 1; fi"))
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
    await #expect(throws: Failure.self) { try await supervisor.keep("broken", shell("exit 1")) }
    await supervisor.stop()
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
