import Contracts
import Foundation
import Postgres
import Queue
import Schema
import TestSupport

/// A whole payment run on a private, durable PostgreSQL: services in processes of their own, then hand-written SQL on the
/// same data in the same server.
enum RunBenchmark {
    @Sendable static func main(_ arguments: [String]) async throws {
        let households = option("--households", arguments) ?? 747_378
        let chunk = option("--chunk", arguments) ?? 15_000
        let server = try await PrivateServer.start(durable: true)
        do {
            try await measure(
                server, households: households, chunk: chunk, answersOfTheBank: arguments.contains("--bank"))
        } catch {
            try await server.destroy()
            throw error
        }
        try await server.destroy()
    }

    private static func option(_ name: String, _ arguments: [String]) -> Int? {
        guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else { return nil }
        return Int(arguments[place + 1])
    }

    private static func measure(
        _ server: PrivateServer, households: Int, chunk: Int, answersOfTheBank: Bool
    ) async throws {
        let administrator = ConnectionPool(server.configuration, size: 2)
        try await administrator.script("CREATE DATABASE puente TEMPLATE template0")
        await administrator.close()
        let database = server.configuration.with(database: "puente")
        try await Migrator().migrate(database)
        let pool = ConnectionPool(database, size: 2)
        try await pool.script(people)
        for step in BenchmarkPopulation.statements(households: households) {
            let took = try await timed { try await pool.script(step.sql) }
            say("  load \(step.what): \(seconds(took))")
        }
        try await pool.execute(StoreProgramme(definition: BenchmarkProgramme.definition.json()))
        try await MethodCatalog.publish(AllMethods.all, pool)

        let outbox = FileManager.default.temporaryDirectory.appendingPathComponent("puente-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: outbox, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: outbox) }
        let services = try ["coordination", "transfers"].map {
            try ServiceProcess(
                service: $0, database: as_(database, "puente_\($0)"), outbox: outbox.path, chunk: chunk)
        }
        defer { for service in services { service.stop() } }
        let processors = try ProcessorTime(serverDirectory: server.directory, programs: services.map(\.pid))
        let report = try await run(database, pool, processors)
        if answersOfTheBank { try await BankBenchmark.measure(database, outbox: outbox.path) }
        let peaks = services.map { ($0.service, $0.peakKilobytes()) }
        for service in services { service.stop() }
        let files = try FileManager.default.contentsOfDirectory(atPath: outbox.path).filter { $0.hasSuffix(".xml") }

        try await pool.script("CHECKPOINT")
        let usedBefore = processors.used()
        let yardstick = try await RunYardstick.measure(database)
        let usedByHand = processors.used() - usedBefore
        let agree = try await RunYardstick.totals(pool)
        await pool.close()
        say("")
        say("\(households) households, \(report.verdicts) verdicts, \(report.orders) orders, \(files.count) files")
        for stage in report.stages {
            say("  \(stage.state): \(seconds(stage.took)), processor time \(seconds(stage.used))")
        }
        say("payments run to bank files written: \(seconds(report.total))")
        for (what, took) in yardstick.stages { say("  by hand, \(what): \(seconds(took))") }
        say("hand-written SQL: \(seconds(yardstick.total))")
        say("ratio: \(ratio(report.total, yardstick.total))")
        say(
            "processor time: \(seconds(report.processors)), by hand \(seconds(usedByHand)),"
                + " ratio \(ratio(report.processors, usedByHand))")
        for (service, kilobytes) in peaks { say("peak memory of \(service): \(kilobytes / 1024) MB") }
        say(agree ? "orders and amounts agree" : "ORDERS AND AMOUNTS DIFFER")
        guard agree else { throw BenchmarkFailure(message: "the run and the hand-written SQL pay different amounts") }
    }

    /// What a run took.
    struct Report {
        var stages: [(state: String, took: Duration, used: Duration)] = []
        var total: Duration = .zero
        var processors: Duration = .zero
        var verdicts: Int64 = 0
        var orders: Int64 = 0
    }

    private static func run(
        _ database: ConnectionConfiguration, _ pool: ConnectionPool, _ processors: ProcessorTime
    ) async throws -> Report {
        let ana = QueueClient(as_(database, "bench_ana"))
        let beto = QueueClient(as_(database, "bench_beto"))
        var wait = CallOptions()
        wait.waitForReady = true
        let lines = (1...25).map { department -> CoordinationV1.BudgetLine in
            let code = department < 10 ? "0\(department)" : "\(department)"
            return CoordinationV1.BudgetLine(
                line: "2024-RO-MIDIS-juntos-\(code)", fiscalYear: 2024, fund: "RO", ministry: "MIDIS",
                programme: "juntos", territory: code, currency: "PEN")
        }
        _ = try await ana.call(CoordinationV1.Budget.openLines, .init(lines: lines), wait)
        let postings = lines.map {
            CoordinationV1.Posting(
                postingId: "bench/\($0.line)", kind: .appropriate, line: $0.line, amountMinor: 100_000_000_000,
                currency: "PEN")
        }
        _ = try await ana.call(CoordinationV1.Budget.post, .init(mode: .atomic, postings: postings), wait)
        var report = Report()
        let open = TransfersV1.OpenCycleRequest(
            programme: "juntos", cycle: "2024-4", firstDay: BenchmarkPopulation.firstDay,
            lastDay: BenchmarkPopulation.lastDay)
        let opening = try await timed { for try await _ in ana.stream(TransfersV1.Cycles.open, open, wait) {} }
        say("  open the cycle: \(seconds(opening))")
        try await pool.script("CHECKPOINT")

        let usedBefore = processors.used()
        let clock = ContinuousClock()
        let start = clock.now
        _ = try await ana.call(
            TransfersV1.Payments.run,
            .init(
                programme: "juntos", cycle: "2024-4", payOn: "2024-09-05",
                accepted: [.init(code: "pay_day_past", reason: "a measurement")]), wait)
        var state = "freezing"
        var (since, used) = (start, usedBefore)
        while state != "sent" {
            let status = try await ana.call(
                TransfersV1.Payments.status, .init(programme: "juntos", cycle: "2024-4"), wait)
            if status.state != state {
                let (now, usedNow) = (clock.now, processors.used())
                report.stages.append((state, now - since, usedNow - used))
                (state, since, used) = (status.state, now, usedNow)
            }
            guard !["awaiting_budget", "empty", "closed"].contains(state) else {
                throw BenchmarkFailure(message: "the run is \(state)")
            }
            if state == "awaiting_approval" {
                _ = try await beto.call(
                    TransfersV1.Payments.approve,
                    .init(runId: status.runId, expectedTotalMinor: status.totalMinor), wait)
            } else {
                try await Task.sleep(for: .milliseconds(200))
            }
        }
        report.total = clock.now - start
        report.processors = processors.used() - usedBefore
        report.verdicts = try await pool.queryOne(CountRows(table: .verdict)) ?? 0
        report.orders = try await pool.queryOne(CountRows(table: .order)) ?? 0
        await ana.close()
        await beto.close()
        return report
    }
}
