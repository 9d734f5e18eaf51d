import Foundation
import Glibc
import Postgres

/// What a fault test kills.
enum Victim: String, CaseIterable, Sendable {
    case transfers
    case coordination
    case database
}

extension TestSite {
    /// Kills a victim as a power cut would: SIGKILL, nothing else.
    func kill(_ victim: Victim) async throws {
        switch victim {
        case .database:
            _ = try await Program.run(
                Program.root.appendingPathComponent("deploy/postgres").path, ["kill", "--dir", directory],
                environment: ProcessInfo.processInfo.environment)
        case .transfers, .coordination: try kill(service: victim.rawValue)
        }
    }

    /// Kills the processes of a service.
    func kill(service: String) throws {
        for number in try processes(of: "puente-\(service)") { Glibc.kill(number, SIGKILL) }
    }

    /// The processes of a program that belong to this site.
    private func processes(of program: String) throws -> [pid_t] {
        let path = "\(Program.directory)/\(program)"
        return try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }.filter { number in
            guard let executable = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(number)/exe"),
                executable == path, let variables = FileManager.default.contents(atPath: "/proc/\(number)/environ")
            else { return false }
            return String(decoding: variables, as: UTF8.self).contains("PUENTE_STATE=\(directory)\0")
        }
    }
}

/// Watches how far a run is, across every crash of the database.
final class RunWatch: Sendable {
    /// A look at the run.
    struct Look: Sendable, Equatable {
        var state: String
        /// Chunks done in all stages.
        var chunksDone: Int64
        var isSettled: Bool { ["awaiting_budget", "awaiting_approval", "sent", "closed", "empty"].contains(state) }
    }

    private let pool: ConnectionPool

    init(_ site: TestSite) throws { pool = ConnectionPool(try site.administrator(), size: 1) }

    func close() async { await pool.close() }

    /// Looks until `isWanted`; while the database is down, until it is back.
    func until(_ isWanted: (Look) -> Bool) async throws -> Look {
        while true {
            if let look = try? await pool.queryOne(LookAtRun()), isWanted(look) { return look }
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

private struct LookAtRun: Statement {
    static let sql = """
        SELECT run.state,
            (SELECT count(*) FROM transfers.payment_run_chunk AS chunk
                WHERE chunk.run_number = run.run_number AND chunk.done_at IS NOT NULL)
        FROM transfers.payment_run AS run
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> RunWatch.Look {
        RunWatch.Look(state: try row.string(0), chunksDone: try row.int64(1))
    }
}
