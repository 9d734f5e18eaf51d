import Contracts
import Crypto
import LedgerAudit
import Postgres
import TestSupport

@testable import CoordinationService

/// A small ledger with something of everything in it, a signed checkpoint in the middle, and entries after it.
struct AuditScene {
    let pool: ConnectionPool
    let key = SigningKey()
    var name: String { "puente-ledger" }

    /// Fills the ledger; returns the checkpoint that a ministry would have kept.
    func fill(seed: Int = 7, batches: Int = 30) async throws -> SignedNote {
        let today = try await pool.query(DatabaseToday()).first!
        try await pool.script(
            """
            SELECT coordination.ledger_load_scheme('test', NULL, 'skips_both', '{a,b,c,d,e,f,g}', true, true, 'a test',
                '{1,2,4,4}', 'a test')
            """
        )
        var scenario = LedgerScenario(seed: seed, today: today)
        try await pool.openLines(scenario.lines)
        try await post(scenario.opening())
        _ = try await pool.query(
            SetLimit(code: "top", year: scenario.year, ministry: "M1", ceiling: 1_000_000))
        _ = try await pool.query(SetControl(line: scenario.lines[0].line, control: 1))
        for request in scenario.rarities() { try await post(request) }
        for _ in 0..<batches { try await post(scenario.batch()) }
        _ = try await pool.query(SetYear(year: scenario.year, state: nil, sealedThrough: scenario.base - 3))
        _ = try await pool.query(SequenceLog())
        let note = try await checkpoint()
        for _ in 0..<batches / 3 { try await post(scenario.batch()) }
        _ = try await pool.query(SequenceLog())
        try await post(scenario.batch())
        try await post(scenario.batch())
        return note
    }

    func post(_ request: CoordinationV1.PostRequest) async throws {
        _ = try await pool.post(
            PostBatch(
                mode: request.mode, remembersRefusals: true, actor: LedgerScenario.actor(of: request), callId: 1,
                postings: request.postings))
    }

    /// Signs the log as it is, and stores the checkpoint.
    func checkpoint() async throws -> SignedNote {
        let reader = LogReader(pool)
        let (size, chain) = try await reader.head()
        let checkpoint = Checkpoint(size: size, root: try await reader.root(of: size), chain: chain)
        let note = SignedNote(text: checkpoint.text, name: name, key: key)
        _ = try await pool.queryOne(
            KeepCheckpoint(
                size: size, note: note.description, keyLine: SignedNote.describe(key.verifyingKey, name: name)))
        return note
    }
}
