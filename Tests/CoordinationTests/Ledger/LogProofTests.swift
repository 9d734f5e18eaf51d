import Contracts
import Crypto
import Foundation
import LedgerAudit
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

/// Appends about so many leaves to the log, in batches of different sizes.
private func grow(_ pool: ConnectionPool, by leaves: Int) async throws {
    try await pool.openLines([.plain("L")])
    var (left, size) = (leaves, 1)
    while left > 0 {
        let postings = (0..<min(size, left)).map { number in
            CoordinationV1.Posting(
                postingId: "\(left)-\(number)", kind: .appropriate, line: "L", amountMinor: Int64(number + 1),
                currency: "PEN")
        }
        _ = try await pool.post(
            PostBatch(mode: .atomic, remembersRefusals: false, actor: "test", callId: nil, postings: postings))
        left -= postings.count
        size = size * 3 % 1021 + 1
    }
    _ = try await pool.query(SequenceLog())
}

@Test func proofsFromStoredNodesHoldAgainstTheRebuiltRoot() async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 2)
        try await grow(pool, by: 3000)
        let reader = LogReader(pool)
        let audit = try await LedgerAuditor(pool).run()
        #expect(audit.problems == [])
        let size = try await reader.head().size
        #expect(size == 3001 && audit.size == size)
        let root = try await reader.root(of: size)
        #expect(root == audit.root)
        for leaf in [0, 1, 255, 256, 257, 1023, 2047, 2048, 2816, 2999, 3000] as [Int64] {
            let (hash, proof) = try await reader.inclusion(of: leaf, size: size)
            #expect(MerkleTree.isIncluded(leafHash: hash, leaf: leaf, size: size, proof: proof, root: root))
        }
        for older in [1, 2, 255, 256, 300, 512, 2048, 2500, 3000] as [Int64] {
            let olderRoot = try await reader.root(of: older)
            let proof = try await reader.consistency(from: older, to: size)
            #expect(
                MerkleTree.isConsistent(
                    older: older, olderRoot: olderRoot, newer: size, newerRoot: root, proof: proof))
        }
        let leaf = try #require(try await reader.leaf(of: "3000-0"))
        #expect(leaf == 1)
        await pool.close()
    }
}

@Test func theExportPassesHledgersStrictChecksAndItsTotalsAreTheLedgers() async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 2)
        _ = try await AuditScene(pool: pool).fill(batches: 40)
        var journal = ""
        try await HledgerExport(pool).write { journal += $0 }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(database.name).journal")
        try journal.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let check = try runProgram("hledger", ["-f", file.path, "check", "--strict", "ordereddates"])
        #expect(check.status == 0, "\(check.output)")
        let balances = try runProgram(
            "hledger", ["-f", file.path, "balance", "--flat", "--no-total", "--output-format=csv"])
        var totals: [String: String] = [:]
        for row in balances.output.split(separator: "\n").dropFirst() {
            let cells = row.split(separator: ",").map { $0.trimmingCharacters(in: ["\""]) }
            totals[cells[0]] = cells[1]
        }
        let stages = ["appropriated", "available", "reserved", "committed", "accrued", "ordered", "paid"]
        var compared = 0
        for (line, accounts) in try await pool.query(StoredAccounts(prefix: "s7-")) {
            for (stage, amount) in zip(stages, accounts) where amount != 0 {
                let digits = totals["\(stage):\(line)"]?.filter { $0.isNumber || $0 == "-" }
                #expect(digits.flatMap { Int64($0) } == amount, "\(stage):\(line)")
                compared += 1
            }
        }
        #expect(compared > 5)
        await pool.close()
    }
}

@Test func numberingReadsNoMoreOfALongLogThanOfAShortOne() async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 1)
        let write = """
            SELECT coordination.ledger_write_records(
                'test', NULL, ARRAY['year'], ARRAY[n::text], ARRAY['{}']) FROM generate_series(1, %) AS n
            """
        for batches in ["3000", "1"] {
            try await pool.script(write.replacingOccurrences(of: "%", with: batches))
            try await pool.script("SELECT coordination.ledger_sequence(); ANALYZE coordination.budget_log_span")
        }
        // A session of its own, whose counters begin at zero.
        let fresh = database.pool(size: 1)
        let read = try await fresh.transaction { transaction in
            try await transaction.script(write.replacingOccurrences(of: "%", with: "1"))
            try await transaction.script("SELECT coordination.ledger_sequence()")
            return try await transaction.query(SpansRead()).first
        }
        #expect(try #require(read) < 20)
        await fresh.close()
        await pool.close()
    }
}

/// Rows of the log's spans that this transaction has read.
private struct SpansRead: Statement {
    static let sql = """
        SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables
        WHERE relid = 'coordination.budget_log_span'::regclass
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}
