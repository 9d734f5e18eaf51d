import Crypto
import Postgres

/// Proves things about the log from a few hundred stored hashes.
public struct LogReader: Sendable {
    private let pool: ConnectionPool

    /// Reads through connections that may read the ledger.
    public init(_ pool: ConnectionPool) {
        self.pool = pool
    }

    /// The log's size and the last link of the chain, as they are now.
    public func head() async throws -> (size: Int64, chain: [UInt8]) {
        guard let head = try await pool.queryOne(LogHead()) else { return (0, MerkleTree.emptyRoot) }
        return (head.size, head.chain)
    }

    /// The root over the first `size` leaves.
    public func root(of size: Int64) async throws -> [UInt8] {
        let hashes = try await hashes(near: [size - 1], size: size)
        return MerkleTree.root(over: 0..<size) { hashes[$0] }
    }

    /// The leaf's hash, and the proof that the log of `size` leaves has it.
    public func inclusion(of leaf: Int64, size: Int64) async throws -> (leafHash: [UInt8], proof: [[UInt8]]) {
        let hashes = try await hashes(near: [leaf, size - 1], size: size)
        return (hashes[leaf..<leaf + 1]!, MerkleTree.inclusionProof(leaf: leaf, size: size) { hashes[$0] })
    }

    /// The proof that the log of `size` leaves begins with the log of `older` leaves.
    public func consistency(from older: Int64, to size: Int64) async throws -> [[UInt8]] {
        let hashes = try await hashes(near: [older - 1, size - 1], size: size)
        return MerkleTree.consistencyProof(from: older, to: size) { hashes[$0] }
    }

    /// The leaf of a posting's first transfer, or of its refusal; nil when it is not in the log.
    public func leaf(of postingId: String) async throws -> Int64? {
        try await pool.queryOne(LeafOfPosting(postingId: postingId)) ?? nil
    }

    /// The stored hashes that a way from any of these leaves to the root of `size` leaves can pass: at each level the
    /// 256 that share a parent with it.
    private func hashes(near leaves: [Int64], size: Int64) async throws -> [Range<Int64>: [UInt8]] {
        var hashes: [Range<Int64>: [UInt8]] = [:]
        for leaf in Set(leaves.filter { $0 >= 0 }.map { $0 / 256 }) {
            let rows = try await pool.query(LeafHashes(first: leaf * 256, last: min(leaf * 256 + 256, size)))
            for row in rows { hashes[row.leaf..<row.leaf + 1] = row.hash }
        }
        for level in 1...7 {
            let width = Int64(1) << (8 * Int64(level))
            guard width <= size else { break }
            for group in Set(leaves.filter { $0 >= 0 }.map { $0 / width / 256 }) {
                let last = min(group * 256 + 256, size / width)
                guard last > group * 256 else { continue }
                for row in try await pool.query(NodeHashes(level: Int16(level), first: group * 256, last: last)) {
                    hashes[row.number * width..<(row.number + 1) * width] = row.hash
                }
            }
        }
        return hashes
    }
}
