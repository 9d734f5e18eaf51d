import Foundation
import Queue
import Synchronization
import Testing

@testable import Runtime

/// Notes in the order in which they were made.
private final class Notes: Sendable {
    private let notes = Mutex<[String]>([])
    var all: [String] { notes.withLock { $0 } }
    func add(_ note: String) { notes.withLock { $0.append(note) } }
}

private func member(_ name: String, _ notes: Notes) -> ServiceGroup.Member {
    ServiceGroup.Member(name) {
        try? await Task.sleep(for: .seconds(600))
        notes.add("\(name) stopped")
    }
}

private let quiet = Log(service: "test", level: .error) { _ in }

@Test func partsStopInTheOppositeOrder() async throws {
    let notes = Notes()
    let group = ServiceGroup([member("first", notes), member("second", notes)], log: quiet)
    let (requests, continuation) = AsyncStream.makeStream(of: StopReason.self)
    continuation.yield(.signal(SIGTERM))
    #expect(try await group.run(until: requests) == .signal(SIGTERM))
    #expect(notes.all == ["second stopped", "first stopped"])
}

@Test func aPartThatEndsByItselfStopsTheOthersAndIsReported() async {
    struct Broken: Error {}
    let notes = Notes()
    let group = ServiceGroup([member("first", notes), .init("broken") { throw Broken() }], log: quiet)
    let (requests, continuation) = AsyncStream.makeStream(of: StopReason.self)
    await #expect(throws: Broken.self) { try await group.run(until: requests) }
    #expect(notes.all == ["first stopped"])
    continuation.finish()
}

@Test func settingsComeFromTheEnvironment() throws {
    let settings = try Settings(environment: [
        "DATABASE_URL": "postgresql://puente_transfers@db/puente", "PUENTE_CONCURRENCY": "3",
        "PUENTE_LOG_LEVEL": "warning", "PUENTE_SUPERVISED": "1", "PUENTE_BANK_FILES": "/bank",
    ])
    #expect(settings.concurrency == 3)
    #expect(settings.logLevel == .warning)
    #expect(settings.isSupervised)
    #expect(settings.bankFiles == "/bank")
    #expect(settings.householdsPerChunk == 15_000)
    #expect(settings.healthFile == nil)
    #expect(settings.metricsFile == nil)
}

@Test(arguments: [
    ("DATABASE_URL", ""), ("PUENTE_CONCURRENCY", "0"), ("PUENTE_CONCURRENCY", "many"), ("PUENTE_LOG_LEVEL", "loud"),
    ("PUENTE_HOUSEHOLDS_PER_CHUNK", "-1"),
])
func aWrongSettingIsNamed(variable: String, value: String) {
    #expect {
        var environment = ["DATABASE_URL": "postgresql://db"]
        environment[variable] = value
        _ = try Settings(environment: environment)
    } throws: { error in
        (error as? Settings.Problem)?.variable == variable
    }
}

@Test func theMetricsFileShowsTheLatestFiguresWhileTheProcessRuns() async throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("metrics-\(UUID().uuidString)")
    let path = directory.appendingPathComponent("transfers.prom").path
    let notes = Notes()
    let file = MetricsFile(path: path, interval: .milliseconds(1), log: quiet) {
        notes.add("read")
        return "figure \(notes.all.count)\n"
    }
    let running = Task { await file.run() }
    while notes.all.count < 3 { try await Task.sleep(for: .milliseconds(1)) }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.hasPrefix("figure ") && text != "figure 1\n")
    running.cancel()
    await running.value
    #expect(!FileManager.default.fileExists(atPath: path))
    try FileManager.default.removeItem(at: directory)
}

@Test func logLinesAreJSONObjects() throws {
    let notes = Notes()
    let log = Log(service: "transfers", level: .info) { notes.add($0) }
    log.write(.debug, "not shown")
    log.write(.warning, "attempt failed", ["call": .number(7), "reason": .code("a \"quoted\"\nline")])
    #expect(notes.all.count == 1)
    let line = try #require(notes.all.first)
    #expect(line.hasSuffix("}\n") && line.filter { $0 == "\n" }.count == 1)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["level"] as? String == "warning")
    #expect(object["call"] as? Int == 7)
    #expect(object["reason"] as? String == "a \"quoted\"\nline")
}

@Test func theHealthFileIsThereWhileTheServiceIsWellAndGoneAfterwards() async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("puente-\(UUID().uuidString)").path
    let (looks, continuation) = AsyncStream.makeStream(of: Void.self)
    let health = Health(path: path, log: quiet) {
        defer { continuation.yield() }
        return true
    }
    let task = Task { await health.run() }
    for await _ in looks { break }
    while !FileManager.default.fileExists(atPath: path) { await Task.yield() }
    task.cancel()
    await task.value
    #expect(!FileManager.default.fileExists(atPath: path))
}

@Test func aFileThatCannotBeWrittenIsOneWarningAndIsWrittenAgainLater() async throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("health-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    // A file where the directory should be.
    #expect(FileManager.default.createFile(atPath: directory, contents: nil))
    let notes = Notes()
    let log = Log(service: "test", level: .info) { notes.add($0) }
    let (looks, continuation) = AsyncStream.makeStream(of: Void.self)
    let health = Health(path: "\(directory)/health", interval: .milliseconds(1), log: log) {
        defer { continuation.yield() }
        return true
    }
    let task = Task { await health.run() }
    var seen = 0
    for await _ in looks {
        seen += 1
        if seen == 5 { break }
    }
    #expect(notes.all.count { $0.contains("a file cannot be written") } == 1)
    try FileManager.default.removeItem(atPath: directory)
    for await _ in looks where FileManager.default.fileExists(atPath: "\(directory)/health") { break }
    task.cancel()
    await task.value
    #expect(notes.all.count { $0.contains("can be written again") } == 1)
}

@Test func aServiceIsWellAgainWhenItsTroubleIsOverAndNotWhileItEnds() {
    let state = ServingState()
    #expect(!state.isServing)
    #expect(state.take(.serving(worker: 1, methods: 3)), "the first time it serves")
    _ = state.take(.databaseTrouble("scheduled calls: 57014"))
    #expect(!state.isServing)
    _ = state.take(.recovered)
    #expect(state.isServing)
    _ = state.take(.leasesLost(reason: "late"))
    #expect(!state.isServing)
    #expect(!state.take(.serving(worker: 2, methods: 3)), "it served before")
    #expect(state.isServing)
    _ = state.take(.draining(running: 1))
    _ = state.take(.recovered)
    #expect(!state.isServing)
}
