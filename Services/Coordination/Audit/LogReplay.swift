import Crypto

/// Replays the journal: hashes every entry again, rebuilds the log, and rebuilds the balances.
struct LogReplay {
    private(set) var rebuild = LedgerRebuild()
    private(set) var log = MerkleAccumulator()
    private(set) var entries: Int64 = 0
    /// Roots at the sizes that checkpoints speak of.
    private(set) var roots: [Int64: [UInt8]] = [0: MerkleTree.emptyRoot]
    /// Roots of complete subtrees of 256, 256², … leaves, by level.
    private(set) var nodes: [[[UInt8]]] = Array(repeating: [], count: 8)
    private(set) var problems: [String] = []
    private let sizes: Set<Int64>
    private var current: (batch: Int64, ordinal: Int32, entries: Int32)?

    init(sizes: Set<Int64>) {
        self.sizes = sizes
    }

    mutating func read(_ entry: JournalEntry) {
        entries += 1
        follow(entry)
        let hash = entry.leafHash
        if hash != entry.storedHash {
            report("batch \(entry.batch), entry \(entry.ordinal): its bytes do not give the hash stored with it")
        }
        if let leaf = entry.leaf {
            if leaf != log.size { report("leaf \(leaf) stands where leaf \(log.size) should") }
            append(hash)
        }
        rebuild.apply(entry)
    }

    /// After the last entry.
    mutating func finish() {
        if let current, current.ordinal != current.entries {
            report("batch \(current.batch) has \(current.ordinal) of \(current.entries) entries")
        }
    }

    /// Entries of a batch are numbered from 1 without a gap, as many as the batch says.
    private mutating func follow(_ entry: JournalEntry) {
        if let current, current.batch == entry.batch {
            if entry.ordinal != current.ordinal + 1 {
                report("batch \(entry.batch): entry \(entry.ordinal) follows entry \(current.ordinal)")
            }
        } else {
            finish()
            if entry.ordinal != 1 { report("batch \(entry.batch) begins with entry \(entry.ordinal)") }
        }
        current = (entry.batch, entry.ordinal, entry.entriesOfBatch)
    }

    private mutating func append(_ hash: [UInt8]) {
        log.append(hash) { height, hash in
            if height % 8 == 0, height <= 56 { nodes[height / 8].append(hash) }
        }
        if sizes.contains(log.size) { roots[log.size] = log.root }
    }

    private mutating func report(_ problem: String) {
        if problems.count < 100 { problems.append(problem) }
    }
}
