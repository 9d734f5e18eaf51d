import Contracts
import Foundation
import Postgres
import Queue
import Testing

@testable import TransfersService

/// What a run leaves behind, in one line per fact: everything that must not depend on how often it was interrupted.
private struct Traces: Statement {
    static let sql = """
        SELECT 'order ' || end_to_end_id || ' ' || uetr || ' ' || amount_minor FROM transfers.payment_order
        UNION ALL
        SELECT 'entitlement ' || household_id || ' ' || component || ' ' || amount_minor FROM transfers.entitlement
        UNION ALL
        SELECT 'verdict ' || person_id || ' ' || condition || ' ' || outcome || ' ' || measured FROM transfers.verdict
        UNION ALL
        SELECT 'file ' || file_name || ' ' || encode(sha256, 'hex') FROM transfers.payment_file
        UNION ALL
        SELECT 'ledger ' || line || ' ' || reserved || ' ' || committed || ' ' || accrued || ' ' || ordered
        FROM coordination.budget_line_v1
        ORDER BY 1
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// Cuts every connection of both services, as a crash of the server or the network would.
private struct CutConnections: Statement {
    static let sql = """
        SELECT count(*) FROM (
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND usename IN ('puente_transfers', 'puente_coordination')
        ) AS cut
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

@Suite struct InterruptedRunTests {
    /// Runs the cycle to its bank files; `disturb` goes on beside it until it is cancelled.
    private func traces(_ disturb: @escaping @Sendable (RunFixture) async throws -> Void) async throws -> [String] {
        let result = Results()
        try await withRun(households: 400, householdsPerChunk: 20) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines()
            try await fixture.appropriate(10_000_000, id: "start")
            let disturbance = Task { try await disturb(fixture) }
            _ = try await fixture.startRun()
            let verified = try await fixture.wait(for: "awaiting_approval")
            _ = try await fixture.approve(verified)
            _ = try await fixture.wait(for: "sent")
            disturbance.cancel()
            _ = await disturbance.result
            let pool = fixture.database.pool(size: 1)
            result.lines = try await pool.query(Traces())
            await pool.close()
            let names = try FileManager.default.contentsOfDirectory(atPath: fixture.outbox)
                .filter { $0 != OutboxManifest.name }.sorted()
            #expect(!names.isEmpty && names.allSatisfy { $0.hasSuffix(".xml") }, "unfinished files: \(names)")
        }
        return result.lines
    }

    private final class Cuts: @unchecked Sendable {
        var count: Int64 = 0
    }

    private final class Results: @unchecked Sendable {
        var lines: [String] = []
    }

    @Test func aRunWhoseConnectionsAreCutAgainAndAgainEndsAsAnUndisturbedOne() async throws {
        let undisturbed = try await traces { _ in }
        #expect(undisturbed.contains { $0.hasPrefix("file ") })
        let cuts = Cuts()
        let disturbed = try await traces { fixture in
            let pool = fixture.database.pool(size: 1)
            for cut in 0..<12 {
                // Moments that differ from cut to cut; the run goes on between them.
                try await Task.sleep(for: .milliseconds(30 + cut * 37 % 200))
                cuts.count += try await pool.query(CutConnections()).first ?? 0
            }
            await pool.close()
        }
        #expect(disturbed == undisturbed)
        #expect(cuts.count > 12)
    }
}
