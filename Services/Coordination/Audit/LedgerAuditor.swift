import Crypto
import Postgres

/// What a check of the whole ledger found.
public struct AuditReport: Sendable {
    /// Entries read: transfers and records.
    public let entries: Int64
    /// Transfers among them.
    public let transfers: Int64
    /// Leaves in the log.
    public let size: Int64
    /// The log's root, rebuilt.
    public let root: [UInt8]
    /// Checkpoints whose signature and root were checked.
    public let checkpoints: Int
    /// What is wrong; empty when everything agrees. At most a few hundred lines.
    public let problems: [String]
}

/// Checks the ledger without trusting it: reads the journal, hashes every entry again, rebuilds the log, every balance,
/// every hold and every setting from it, and compares.
public struct LedgerAuditor: Sendable {
    private let pool: ConnectionPool
    private let trusted: [String: VerifyingKey]
    private let kept: [SignedNote]

    /// - Parameters:
    ///   - pool: connections that may read the ledger.
    ///   - keys: public keys (`name+hash+base64`) that checkpoints must be signed with; without any, those stored with
    ///     the ledger are taken.
    ///   - checkpoints: signed checkpoints that were kept elsewhere.
    public init(_ pool: ConnectionPool, keys: [String] = [], checkpoints: [SignedNote] = []) {
        self.pool = pool
        trusted = Self.read(keys)
        kept = checkpoints
    }

    private static func read(_ lines: [String]) -> [String: VerifyingKey] {
        lines.compactMap { SignedNote.verifyingKey($0) }.reduce(into: [:]) { $0[$1.name] = $1.key }
    }

    /// Reads everything in one snapshot and compares; `progress` learns how many entries were read.
    public func run(progress: @Sendable (Int64) -> Void = { _ in }) async throws -> AuditReport {
        try await pool.transaction(isolation: .snapshot) { transaction in
            try await run(in: transaction, progress: progress)
        }
    }

    /// Reads everything within a transaction and compares.
    public func run(
        in transaction: borrowing Transaction, progress: @Sendable (Int64) -> Void = { _ in }
    ) async throws -> AuditReport {
        var problems: [String] = []
        let checkpoints = try await readCheckpoints(transaction, &problems)
        var replay = LogReplay(sizes: Set(checkpoints.map(\.size)))
        _ = try await transaction.copyOut(JournalEntry.query) { row in
            replay.read(try JournalEntry(row))
            if replay.entries % 65536 == 0 { progress(replay.entries) }
        }
        replay.finish()
        problems += replay.problems + replay.rebuild.problems.prefix(100)
        let chains = try await Self.checkSpans(transaction, replay, &problems)
        for checkpoint in checkpoints {
            if replay.roots[checkpoint.size] != checkpoint.root {
                problems.append("the log's first \(checkpoint.size) leaves are not those of its checkpoint")
            }
            if chains[checkpoint.size] != checkpoint.chain {
                problems.append("when the first \(checkpoint.size) leaves became known is not what was signed")
            }
        }
        try await Self.checkNodes(transaction, replay, &problems)
        problems += try await replay.rebuild.differences(from: transaction)
        problems += try await transaction.query(Disagreements())
        return AuditReport(
            entries: replay.entries, transfers: replay.rebuild.transfers, size: replay.log.size,
            root: replay.log.root, checkpoints: checkpoints.count, problems: problems)
    }

    /// The stored and the given checkpoints that can be read; each must be signed with a known key.
    private func readCheckpoints(
        _ transaction: borrowing Transaction, _ problems: inout [String]
    ) async throws -> [Checkpoint] {
        let lines = try await transaction.query(StoredKeys())
        let keys = trusted.isEmpty ? Self.read(lines) : trusted
        if Self.read(lines).count != lines.count { problems.append("a stored key cannot be read") }
        var notes: [(size: Int64?, note: SignedNote?)] = kept.map { (nil, $0) }
        notes += try await transaction.query(StoredCheckpoints()).map { ($0.size, SignedNote($0.note)) }
        var checkpoints: [Checkpoint] = []
        for (size, note) in notes {
            let name = size.map { "the stored checkpoint of \($0) leaves" } ?? "the given checkpoint"
            guard let note, let checkpoint = Checkpoint(text: note.text), size.map({ $0 == checkpoint.size }) ?? true
            else {
                problems.append("\(name) cannot be read")
                continue
            }
            if !keys.contains(where: { note.isSigned(by: $0.key, $0.value) }) {
                problems.append("\(name) is not signed with a known key")
            }
            checkpoints.append(checkpoint)
        }
        for note in kept where !notes.contains(where: { $0.size != nil && $0.note?.text == note.text }) {
            problems.append("the given checkpoint is no longer stored with the ledger")
        }
        let names = Set(notes.compactMap(\.note).flatMap(\.signatures).map(\.name))
        if !names.subtracting(Self.read(lines).keys).isEmpty {
            problems.append("a key that signed a checkpoint is no longer stored with the ledger")
        }
        return checkpoints
    }

    /// Follows the chain over the spans; returns its link at every size.
    private static func checkSpans(
        _ transaction: borrowing Transaction, _ replay: LogReplay, _ problems: inout [String]
    ) async throws -> [Int64: [UInt8]] {
        var chain = MerkleTree.emptyRoot
        var next: Int64 = 0
        var links: [Int64: [UInt8]] = [0: chain]
        for span in try await transaction.query(StoredSpans()) {
            if span.firstLeaf != next { problems.append("the log has a gap or an overlap at leaf \(next)") }
            let text = "1|\(span.firstLeaf)|\(span.batch)|\(span.entries)|\(span.sequencedAt)"
            chain = SHA256.digest(of: chain + Array(text.utf8))
            if chain != span.chain { problems.append("the chain breaks at batch \(span.batch)") }
            next = span.firstLeaf + Int64(span.entries)
            links[next] = chain
        }
        if next != replay.log.size {
            problems.append("the log says \(next) leaves; the journal has \(replay.log.size)")
        }
        return links
    }

    private static func checkNodes(
        _ transaction: borrowing Transaction, _ replay: LogReplay, _ problems: inout [String]
    ) async throws {
        var count = 0
        for node in try await transaction.query(StoredNodes()) {
            count += 1
            let level = Int(node.level)
            let rebuilt = replay.nodes.indices.contains(level) ? replay.nodes[level] : []
            if node.number < 0 || node.number >= rebuilt.count || rebuilt[Int(node.number)] != node.hash {
                problems.append("node \(node.number) of level \(level) is not the root of its leaves")
            }
        }
        if count != replay.nodes.reduce(0, { $0 + $1.count }) { problems.append("the log's nodes are not complete") }
    }
}
