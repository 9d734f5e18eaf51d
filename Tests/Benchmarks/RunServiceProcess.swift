import Contracts
import CoordinationService
import Foundation
import Postgres
import Queue
import TransfersService

/// One service in a process of its own, so that its memory can be told.
final class ServiceProcess {
    let service: String
    private let process = Process()

    init(service: String, database: ConnectionConfiguration, outbox: String, chunk: Int) throws {
        self.service = service
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments = ["run-service", service, outbox, String(chunk)]
        var environment = ProcessInfo.processInfo.environment
        for (name, keyword) in [("PGHOST", "host"), ("PGPORT", "port"), ("PGUSER", "user"), ("PGDATABASE", "dbname")] {
            environment[name] = database[keyword]
        }
        environment["PGPASSWORD"] = database["password"]
        process.environment = environment
        try process.run()
    }

    /// The process.
    var pid: Int32 { process.processIdentifier }

    /// The most memory that the process had at once.
    func peakKilobytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    /// Ends the process.
    func stop() {
        if process.isRunning { process.terminate() }
    }
}

/// The child's side.
enum RunBenchmarkService {
    @Sendable static func main(_ arguments: [String]) async throws {
        guard arguments.count == 3, let chunk = Int64(arguments[2]) else {
            throw BenchmarkFailure(message: "usage: run-service SERVICE OUTBOX CHUNK")
        }
        var router = Router()
        switch arguments[0] {
        case "transfers":
            TransfersService.register(
                on: &router,
                environment: TransfersEnvironment(outboxDirectory: arguments[1], householdsPerChunk: chunk))
        case "coordination": CoordinationService.register(on: &router)
        default: throw BenchmarkFailure(message: "no such service: \(arguments[0])")
        }
        let environment = ProcessInfo.processInfo.environment
        var configuration = try ConnectionConfiguration(url: "postgresql://")
        for (name, keyword) in [
            ("PGHOST", "host"), ("PGPORT", "port"), ("PGUSER", "user"), ("PGDATABASE", "dbname"),
            ("PGPASSWORD", "password"),
        ] { configuration[keyword] = environment[name] }
        let options = WorkerOptions(report: { event in
            switch event {
            case .serving, .recovered, .draining, .stopped: break
            case .attemptFailed, .unexpected, .leasesLost, .databaseTrouble, .reaped: say("  [\(event)]")
            }
        })
        try await Worker(
            service: arguments[0], router: router, configuration: configuration, options: options
        ).run()
    }
}
