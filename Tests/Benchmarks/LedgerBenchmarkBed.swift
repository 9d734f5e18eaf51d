import Contracts
import CoordinationService
import Foundation
import Postgres
import Schema
import TestSupport

/// A migrated database with open, funded lines, and the floor beside them.
struct LedgerBenchmarkBed {
    static let clock = ContinuousClock()

    let lines: Int
    let configuration: ConnectionConfiguration
    private let server: ConnectionConfiguration
    private let name: String

    init(_ server: ConnectionConfiguration, lines: Int) async throws {
        self.lines = lines
        self.server = server
        name = "puente_bench_\(UUID().uuidString.lowercased().prefix(8))"
        configuration = server.with(database: name)
        let administration = ConnectionPool(server, size: 1)
        try await administration.script("CREATE DATABASE \(name)")
        await administration.close()
        try await Migrator().migrate(configuration)
        try await script(Self.opening(lines))
        try await fund()
        try await script(LedgerFloor.tables)
        try await script(LedgerFloor.filling)
        try await script("ALTER DATABASE \(name) SET search_path = coordination; ANALYZE")
    }

    /// Deletes the database.
    func drop() async throws {
        let administration = ConnectionPool(server, size: 1)
        try await administration.script("DROP DATABASE \(name) WITH (FORCE)")
        await administration.close()
    }

    /// Runs SQL on a connection of its own.
    func script(_ sql: String) async throws {
        let pool = ConnectionPool(configuration, size: 1)
        try await pool.script(sql)
        await pool.close()
    }

    /// Seconds that a contestant takes for one batch, without connecting.
    func time(_ contestant: LedgerContestant, items: Int) async throws -> Double {
        let pool = ConnectionPool(configuration, size: 1)
        try await pool.script("SELECT 1")
        let lines = lines
        let time = try await Self.clock.measure { try await contestant.post(items, lines, pool) } / .seconds(1)
        await pool.close()
        return time
    }

    /// The rates of contestants that take turns, so that what else the machine does hits all alike.
    func rates(_ contestants: [LedgerContestant], _ writers: Int, _ seconds: Double) async throws -> [Double] {
        var sums = [Double](repeating: 0, count: contestants.count)
        for _ in 0..<3 {
            for (index, contestant) in contestants.enumerated() {
                sums[index] += try await rate(contestant, items: 1000, writers: writers, seconds / 3)
            }
        }
        return sums.map { $0 / 3 }
    }

    /// Items per second of a contestant that posts batches; plans are made before.
    func rate(_ contestant: LedgerContestant, items: Int, writers: Int, _ seconds: Double) async throws -> Double {
        let pool = ConnectionPool(configuration, size: writers)
        let lines = lines
        for _ in 0..<6 { try await contestant.post(items, lines, pool) }
        let start = Self.clock.now
        let deadline = start + .seconds(seconds)
        let posted = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<writers {
                group.addTask {
                    var posted = 0
                    while Self.clock.now < deadline {
                        try await contestant.post(items, lines, pool)
                        posted += items
                    }
                    return posted
                }
            }
            return try await group.reduce(0, +)
        }
        let elapsed = (Self.clock.now - start) / .seconds(1)
        await pool.close()
        return Double(posted) / elapsed
    }

    /// pgbench's TPC-B with eight clients, in the same server.
    func transactionsPerSecond(_ seconds: Double) async throws -> Double {
        _ = try runPgbench(["-q", "-i", "-s", "10"])
        return try pgbench(["-n"], seconds)
    }

    /// Transactions per second of one statement, prepared, with eight clients of pgbench.
    func transactionsPerSecond(of statement: String, _ seconds: Double) throws -> Double {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("puente-bench-\(UUID().uuidString).sql")
        try (statement + ";\n").write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        return try pgbench(["-n", "-M", "prepared", "-f", file.path], seconds)
    }

    private func pgbench(_ options: [String], _ seconds: Double) throws -> Double {
        // So many transactions and not so many seconds: pgbench's clock is a signal that a child process may have blocked.
        let output = try runPgbench(options + ["-c", "8", "-j", "2", "-t", "\(Int(seconds * 400))"])
        let line = output.split(separator: "\n").first { $0.hasPrefix("tps") } ?? ""
        return line.split(separator: " ").lazy.compactMap { Double($0) }.first ?? 0
    }

    private func runPgbench(_ arguments: [String]) throws -> String {
        try runProgram("pgbench", arguments, environment: TestDatabase(configuration: configuration).environment).output
    }

    private static func opening(_ lines: Int) -> String {
        """
        INSERT INTO coordination.territory (territory_code, name, level, department_code) VALUES ('06', 'Cajamarca', 1, '06');
        INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
            VALUES ('juntos', 1, 'conditional_transfer', '{}', 'bench');
        SELECT count(*) FROM (
            SELECT array_agg('L' || i) AS codes, array_agg('a' || i) AS ids FROM generate_series(1, \(lines)) i
        ) z, LATERAL coordination.ledger_open_lines(
            'bench', 1, z.codes, array_fill(2024, ARRAY[\(lines)]), array_fill('RO'::text, ARRAY[\(lines)]),
            array_fill('MIDIS'::text, ARRAY[\(lines)]), array_fill('juntos'::text, ARRAY[\(lines)]),
            array_fill('06'::text, ARRAY[\(lines)]), array_fill('PEN'::text, ARRAY[\(lines)]), '{}', '{}') o;
        """
    }

    /// Gives every line money.
    private func fund() async throws {
        let pool = ConnectionPool(configuration, size: 1)
        let postings = (1...lines).map {
            CoordinationV1.Posting(
                postingId: "a\($0)", kind: .appropriate, line: "L\($0)", amountMinor: 1_000_000_000_000, currency: "PEN"
            )
        }
        let batch = PostBatch(
            mode: .atomic, remembersRefusals: false, actor: "bench", callId: 1, postings: postings)
        _ = try await pool.transaction { try await batch.post(in: $0) }
        await pool.close()
    }
}
