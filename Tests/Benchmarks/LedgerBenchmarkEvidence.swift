import Crypto
import Foundation
import LedgerAudit
import Postgres

/// How fast everything is checked, how fast one thing is proved, and how fast a long journal grows.
extension LedgerBenchmarkBed {
    /// Fills the journal up to so many leaves, proves the inclusion of some, and checks everything.
    func measureEvidence(_ leaves: Int, _ figures: inout LedgerFigures) async throws {
        try await fill(leaves)
        let root = try await measureProofs(&figures)
        let pool = ConnectionPool(configuration, size: 2)
        var report: AuditReport?
        let time = try await Self.clock.measure { report = try await LedgerAuditor(pool).run() } / .seconds(1)
        guard let report, report.problems.isEmpty, report.root == root else {
            fatalError("the ledger does not agree with its journal: \(report?.problems.first ?? "")")
        }
        figures.add(
            "verify, seconds per million transfers", String(format: "%.1f s", time),
            against: "\(grouped(Double(report.transfers))) transfers", time / Double(report.transfers) * 1_000_000,
            .atMost(30))
        await pool.close()
    }

    /// Proves the inclusion of a hundred leaves; returns the root.
    @discardableResult
    private func measureProofs(_ figures: inout LedgerFigures) async throws -> [UInt8] {
        let pool = ConnectionPool(configuration, size: 2)
        let reader = LogReader(pool)
        let size = try await reader.head().size
        let root = try await reader.root(of: size)
        var slowest = 0.0
        for number in 0..<100 {
            let leaf = size * Int64(number) / 100
            let time = try await Self.clock.measure {
                let (hash, proof) = try await reader.inclusion(of: leaf, size: size)
                guard MerkleTree.isIncluded(leafHash: hash, leaf: leaf, size: size, proof: proof, root: root) else {
                    fatalError("the proof does not hold")
                }
            }
            slowest = max(slowest, time / .milliseconds(1))
        }
        figures.add(
            "proof of inclusion, slowest of 100", String(format: "%.1f ms", slowest),
            against: "log of \(grouped(Double(size))) leaves", slowest, .atMost(50))
        await pool.close()
        return root
    }

    /// Posting speed with a million transfers in the journal, and with `most`; and proofs in that log.
    func measureJournal(_ most: Int, _ seconds: Double, _ figures: inout LedgerFigures) async throws {
        var rates: [Double] = []
        for transfers in [1_000_000, most] {
            try await fill(transfers)
            for statement in ["VACUUM (ANALYZE) coordination.budget_posting", "CHECKPOINT"] {
                try await script(statement)
            }
            let posting = try await self.rates([.floor, .ledgerWithLog], 4, seconds * 2)
            rates.append(posting[1])
            figures.add(
                "journal of \(grouped(Double(transfers))) transfers", "\(grouped(posting[1]))/s",
                against: "floor with an empty journal \(grouped(posting[0]))/s", posting[1], .none)
        }
        figures.add(
            "posting with \(grouped(Double(most))) transfers in the journal", rate: rates[1], against: "with 1,000,000",
            rates[0], atLeast: 0.8)
        try await measureProofs(&figures)
    }

    /// Fills the journal with appropriations up to so many leaves: batches of 10,000, straight into the tables from two
    /// connections, while a third numbers in the log what is there.
    private func fill(_ leaves: Int) async throws {
        let pool = ConnectionPool(configuration, size: 3)
        let number = "SELECT coordination.ledger_sequence()"
        var made = Int(try await LogReader(pool).head().size)
        while made < leaves {
            let batches = min(100, (leaves - made + 19_999) / 20_000)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        try await pool.script("CALL coordination.bench_fill(\(batches), 10000, \(lines))")
                    }
                }
                group.addTask { try await pool.script(number) }
                try await group.waitForAll()
            }
            let before = made
            made += 2 * batches * 10_000
            if made / 10_000_000 > before / 10_000_000 { say("\(grouped(Double(made))) transfers are in the journal") }
        }
        try await pool.script(number)
        await pool.close()
    }
}
