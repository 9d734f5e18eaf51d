import Crypto
import Foundation
import LedgerAudit
import Postgres
import Schema
import TestSupport

/// Batch posting against hand-written SQL, against one transfer per transaction, and against pgbench's TPC-B, all on the
/// same durable server in the same run.
enum LedgerBenchmark {
    private static let clock = ContinuousClock()

    @Sendable static func run(_ arguments: [String]) async throws {
        func value(_ option: String) -> String? {
            arguments.firstIndex(of: option).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
        }
        let seconds = value("--seconds").flatMap { Double($0) } ?? 3
        let lines = value("--lines").map { $0.split(separator: ",").compactMap { Int($0) } } ?? [10, 1000, 100_000]
        if let url = value("--server") {
            try await measure(on: ConnectionConfiguration(url: url), lines, seconds)
        } else {
            try await withPrivateServer { try await measure(on: $0.configuration, lines, seconds) }
        }
    }

    private static func measure(on server: ConnectionConfiguration, _ lines: [Int], _ seconds: Double) async throws {
        var best = 0.0
        for count in lines {
            best = max(best, try await withLedger(server, lines: count) { try await compare($0, count, seconds) })
        }
        try await withLedger(server, lines: 1000) { configuration in
            try await measureRefusal(configuration)
            let single = try await rate("bench_ledger", items: 1, lines: 1000, writers: 8, configuration, seconds)
            say(String(format: "one transfer per transaction, 8 clients: %.0f/s", single))
            report("batches / one transfer per transaction", best / single, atLeast: 5)
            let tpcb = try await transactionsPerSecond(configuration, seconds)
            say(String(format: "pgbench TPC-B, 8 clients: %.0f/s", tpcb))
            report("batches / TPC-B", best / tpcb, atLeast: 8)
            try await measureEvidence(configuration)
        }
    }

    /// Posts with one writer and with four; returns the best rate with leaves and log.
    private static func compare(
        _ configuration: ConnectionConfiguration, _ lines: Int, _ seconds: Double
    ) async throws -> Double {
        var best = 0.0
        for writers in [1, 4] {
            let rates = try await rates(["bench_floor", "bench_ledger_log"], lines, writers, configuration, seconds)
            say(
                String(
                    format: "%d lines, %d writers: floor %.0f/s, with evidence %.0f/s", lines, writers, rates[0],
                    rates[1]))
            report("  with leaves and numbering / floor", rates[1] / rates[0], atLeast: 0.4)
            best = max(best, rates[1])
        }
        let pool = ConnectionPool(configuration, size: 1)
        try await pool.script(LedgerFloor.withoutLog)
        await pool.close()
        for writers in [1, 4] {
            let rates = try await rates(["bench_floor", "bench_ledger"], lines, writers, configuration, seconds)
            say(
                String(
                    format: "%d lines, %d writers: floor %.0f/s, without log %.0f/s", lines, writers, rates[0], rates[1]
                ))
            report("  without log / floor", rates[1] / rates[0], atLeast: 0.6)
        }
        return best
    }

    /// The rates of contestants that take turns, so that what else the machine does hits all alike.
    private static func rates(
        _ names: [String], _ lines: Int, _ writers: Int, _ configuration: ConnectionConfiguration, _ seconds: Double
    ) async throws -> [Double] {
        var sums = [Double](repeating: 0, count: names.count)
        for _ in 0..<3 {
            for (index, name) in names.enumerated() {
                sums[index] += try await rate(
                    name, items: 1000, lines: lines, writers: writers, configuration, seconds / 3)
            }
        }
        return sums.map { $0 / 3 }
    }

    private static func rate(
        _ function: String, items: Int, lines: Int, writers: Int, _ configuration: ConnectionConfiguration,
        _ seconds: Double
    ) async throws -> Double {
        let pool = ConnectionPool(configuration, size: writers)
        let sql = "SELECT coordination.\(function)(\(items), \(lines))"
        for _ in 0..<6 { try await pool.script(sql) }
        let start = clock.now
        let deadline = start + .seconds(seconds)
        let posted = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<writers {
                group.addTask {
                    var posted = 0
                    while clock.now < deadline {
                        try await pool.script(sql)
                        posted += items
                    }
                    return posted
                }
            }
            return try await group.reduce(0, +)
        }
        let elapsed = (clock.now - start) / .seconds(1)
        await pool.close()
        return Double(posted) / elapsed
    }

    private static func measureRefusal(_ configuration: ConnectionConfiguration) async throws {
        let pool = ConnectionPool(configuration, size: 1)
        var times = [0.0, 0.0]
        for round in 0..<6 {
            for (index, function) in ["bench_ledger", "bench_one_bad"].enumerated() {
                let time = try await clock.measure {
                    try await pool.script("SELECT coordination.\(function)(10000, 1000)")
                }
                if round > 0 { times[index] += time / .seconds(1) }
            }
        }
        await pool.close()
        report("10,000 items with one bad / clean", times[1] / times[0], atMost: 1.5)
    }

    /// How fast everything is checked, and one thing proved.
    private static func measureEvidence(_ configuration: ConnectionConfiguration) async throws {
        let pool = ConnectionPool(configuration, size: 2)
        try await pool.script("SELECT coordination.ledger_sequence()")
        var audit: AuditReport?
        let time = try await clock.measure { audit = try await LedgerAuditor(pool).run() } / .seconds(1)
        guard let audit, audit.problems.isEmpty else { fatalError("the ledger does not agree with its journal") }
        say(String(format: "verify %d transfers: %.1f s", audit.transfers, time))
        report("verify, seconds per million", time / Double(audit.transfers) * 1_000_000, atMost: 30)
        let reader = LogReader(pool)
        var slowest = 0.0
        for number in 0..<50 {
            let leaf = audit.size * Int64(number) / 50
            let time = try await clock.measure {
                let (hash, proof) = try await reader.inclusion(of: leaf, size: audit.size)
                guard
                    MerkleTree.isIncluded(
                        leafHash: hash, leaf: leaf, size: audit.size, proof: proof, root: audit.root)
                else { fatalError("the proof does not hold") }
            }
            slowest = max(slowest, time / .milliseconds(1))
        }
        report("proof of inclusion in \(audit.size) leaves, slowest of 50, ms", slowest, atMost: 50)
        await pool.close()
    }

    private static func transactionsPerSecond(
        _ configuration: ConnectionConfiguration, _ seconds: Double
    ) async throws -> Double {
        let address = [
            "-h", configuration["host"] ?? "127.0.0.1", "-p", configuration["port"] ?? "5432", "-U",
            configuration["user"] ?? "postgres", configuration.database ?? "postgres",
        ]
        _ = try run("pgbench", ["-q", "-i", "-s", "10"] + address)
        let output = try run("pgbench", ["-n", "-c", "8", "-j", "2", "-T", "\(Int(seconds.rounded(.up)))"] + address)
        let line = output.split(separator: "\n").first { $0.hasPrefix("tps") } ?? ""
        return line.split(separator: " ").lazy.compactMap { Double($0) }.first ?? 0
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["PATH=/usr/lib/postgresql/15/bin:/usr/bin", program] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }

    /// A migrated database with open, funded lines and the floor beside them; dropped afterwards.
    private static func withLedger<Value>(
        _ server: ConnectionConfiguration, lines: Int, _ body: (ConnectionConfiguration) async throws -> Value
    ) async throws -> Value {
        let administration = ConnectionPool(server, size: 1)
        let name = "puente_bench_\(UUID().uuidString.lowercased().prefix(8))"
        try await administration.script("CREATE DATABASE \(name)")
        let configuration = server.with(database: name)
        try await Migrator(migrations: Migration.all).migrate(configuration)
        let pool = ConnectionPool(configuration, size: 1)
        try await pool.script(
            """
            SELECT count(*) FROM (
                SELECT array_agg('L' || i) AS codes, array_agg('a' || i) AS ids FROM generate_series(1, \(lines)) i
            ) z, LATERAL coordination.ledger_open_lines(
                'bench', 1, z.codes, array_fill(2024, ARRAY[\(lines)]), array_fill('RO'::text, ARRAY[\(lines)]),
                array_fill('MIDIS'::text, ARRAY[\(lines)]), array_fill('juntos'::text, ARRAY[\(lines)]),
                array_fill('06'::text, ARRAY[\(lines)]), array_fill('PEN'::text, ARRAY[\(lines)]), '{}', '{}') o;
            SELECT count(*) FROM (
                SELECT array_agg('L' || i) AS codes, array_agg('a' || i) AS ids FROM generate_series(1, \(lines)) i
            ) z, LATERAL coordination.ledger_post(
                1::smallint, false, 'bench', 1, z.ids, array_fill(1::smallint, ARRAY[\(lines)]), z.codes,
                array_fill(1000000000000, ARRAY[\(lines)]), '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}',
                '{}') p;
            """)
        try await pool.script(LedgerFloor.batch)
        try await pool.script(LedgerFloor.tables)
        try await pool.script("ALTER DATABASE \(name) SET search_path = coordination")
        await pool.close()
        do {
            let value = try await body(configuration)
            try await administration.script("DROP DATABASE \(name) WITH (FORCE)")
            await administration.close()
            return value
        } catch {
            try await administration.script("DROP DATABASE \(name) WITH (FORCE)")
            await administration.close()
            throw error
        }
    }

    private static func report(_ what: String, _ ratio: Double, atLeast limit: Double) {
        say(String(format: "%@: %.2f (at least %.1f)%@", what, ratio, limit, ratio >= limit ? "" : "  NOT REACHED"))
    }

    private static func report(_ what: String, _ ratio: Double, atMost limit: Double) {
        say(String(format: "%@: %.2f (at most %.1f)%@", what, ratio, limit, ratio <= limit ? "" : "  NOT REACHED"))
    }
}
