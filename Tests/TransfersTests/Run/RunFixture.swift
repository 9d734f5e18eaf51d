import Contracts
import CoordinationService
import Foundation
import Postgres
import Queue
import TestSupport
import TransfersService

/// A database with a registry and evidence, the two services that pay, and two people.
struct RunFixture: Sendable {
    let database: TestDatabase
    /// The first person.
    let ana: QueueClient
    /// The second person.
    let beto: QueueClient
    /// Where bank files are written.
    let outbox: String

    /// The services are only just starting, or the machine is so busy that they are late with their heartbeat.
    static let patient = CallOptions(waitForReady: true)

    static let lines = ["2024-RO-MIDIS-juntos-01", "2024-RO-MIDIS-juntos-06"]

    /// Opens the cycle; answers the last progress message.
    func openCycle() async throws -> TransfersV1.OpenCycleProgress? {
        let request = TransfersV1.OpenCycleRequest(
            programme: "juntos", cycle: "2024-4", firstDay: "2024-07-01", lastDay: "2024-08-31")
        var last: TransfersV1.OpenCycleProgress?
        for try await progress in ana.stream(TransfersV1.Cycles.open, request, Self.patient) { last = progress }
        return last
    }

    /// What is odd about the fixture's runs: they pay in a year that is past, and some without evidence.
    static let accepted = ["pay_day_past", "evidence_missing", "evidence_low"].map {
        TransfersV1.AcceptedOddity(code: $0, reason: "a test")
    }

    /// Starts the run.
    func startRun(payOn: String = "2024-09-05", cycle: String = "2024-4") async throws -> TransfersV1.RunReply {
        try await ana.call(
            TransfersV1.Payments.run,
            TransfersV1.RunRequest(programme: "juntos", cycle: cycle, payOn: payOn, accepted: Self.accepted),
            Self.patient)
    }

    /// Where the run is.
    func status() async throws -> TransfersV1.RunStatus {
        try await ana.call(
            TransfersV1.Payments.status, TransfersV1.StatusRequest(programme: "juntos", cycle: "2024-4"), Self.patient)
    }

    /// Waits until the run is in a state; fails when it rests in another, or after a minute.
    func wait(for state: String) async throws -> TransfersV1.RunStatus {
        let resting: Set<String> = ["awaiting_budget", "awaiting_approval", "sent", "closed", "empty", "withdrawn"]
        var seen = TransfersV1.RunStatus()
        for _ in 0..<1_200 {
            seen = try await status()
            if seen.state == state { return seen }
            if resting.contains(seen.state), resting.contains(state) { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw RunWentElsewhere(wanted: state, seen: seen)
    }

    /// Opens the budget lines.
    func openLines() async throws {
        let lines = Self.lines.map {
            CoordinationV1.BudgetLine(
                line: $0, fiscalYear: 2024, fund: "RO", ministry: "MIDIS", programme: "juntos",
                territory: String($0.suffix(2)), currency: "PEN")
        }
        _ = try await ana.call(
            CoordinationV1.Budget.openLines, CoordinationV1.OpenLinesRequest(lines: lines), Self.patient)
    }

    /// Appropriates the same amount to each line.
    func appropriate(_ minor: Int64, id: String) async throws {
        let postings = Self.lines.map {
            CoordinationV1.Posting(
                postingId: "\(id)/\($0)", kind: .appropriate, line: $0, amountMinor: minor, currency: "PEN")
        }
        _ = try await ana.call(
            CoordinationV1.Budget.post, CoordinationV1.PostRequest(mode: .atomic, postings: postings),
            Self.patient)
    }

    /// Approves what the first person sees.
    func approve(_ status: TransfersV1.RunStatus) async throws -> TransfersV1.RunStatus {
        try await beto.call(
            TransfersV1.Payments.approve,
            TransfersV1.ApproveRequest(runId: status.runId, expectedTotalMinor: status.totalMinor), Self.patient)
    }

    /// One number from the database, as a superuser.
    func number(_ expression: String) async throws -> Int64 {
        let pool = database.pool(size: 1)
        let numbers = Numbers()
        _ = try await pool.transaction { transaction in
            try await transaction.copyOut("COPY (SELECT (\(expression))::bigint) TO STDOUT (FORMAT binary)") { row in
                numbers.values.append(try row.int64(0))
            }
        }
        await pool.close()
        return numbers.values[0]
    }

    /// Runs statements as a superuser.
    func script(_ sql: String) async throws {
        let pool = database.pool(size: 1)
        try await pool.script(sql)
        await pool.close()
    }

    private final class Numbers: @unchecked Sendable {
        var values: [Int64] = []
    }
}

/// A run that did not get where it should.
struct RunWentElsewhere: Error, CustomStringConvertible {
    let wanted: String
    let seen: TransfersV1.RunStatus
    var description: String {
        let obstacles = seen.obstacles.map { "\($0.kind) \($0.detail) \($0.message)" }
        return "the run is \(seen.state) (\(seen.chunksDone)/\(seen.chunks)), not \(wanted); \(obstacles)"
    }
}

/// Runs the body with a database of so many households, and the services working.
func withRun(
    households: Int, householdsPerChunk: Int64 = 40, _ body: @Sendable (RunFixture) async throws -> Void
) async throws {
    try await withDatabase { database in
        let outbox = FileManager.default.temporaryDirectory.appendingPathComponent("puente-outbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: outbox, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: outbox) }
        let pool = database.pool(size: 1)
        try await pool.script(RunPopulation.script(households: households))
        try await pool.execute(StoreProgramme(definition: RunPopulation.programme.json()))
        try await MethodCatalog.publish(AllMethods.all, pool)
        await pool.close()
        var transfers = Router()
        TransfersService.register(
            on: &transfers,
            environment: TransfersEnvironment(outboxDirectory: outbox.path, householdsPerChunk: householdsPerChunk))
        var coordination = Router()
        CoordinationService.register(on: &coordination)
        // What a service would log: without it a failing test knows no more than its caller.
        let options = WorkerOptions { event in
            if case .unexpected = event { FileHandle.standardError.write(Data("\(event)\n".utf8)) }
        }
        let workers = [
            Worker(
                service: "transfers", router: transfers, configuration: database.configuration(as: "puente_transfers"),
                options: options),
            Worker(
                service: "coordination", router: coordination,
                configuration: database.configuration(as: "puente_coordination"), options: options),
        ]
        let fixture = RunFixture(
            database: database, ana: QueueClient(try await database.person("ana")),
            beto: QueueClient(try await database.person("beto")), outbox: outbox.path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { try await worker.run() } }
            try await body(fixture)
            group.cancelAll()
            while (try? await group.next()) != nil {}
        }
        await fixture.ana.close()
        await fixture.beto.close()
    }
}

private struct StoreProgramme: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
        VALUES ('juntos', 1, 'conditional_transfer', $1, 'test')
        """
    let definition: [UInt8]
    func bind(into parameters: inout Parameters) { parameters.addJSON(definition) }
}
