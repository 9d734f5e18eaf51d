/// The hashes of RFC 6962: a Merkle tree over leaves numbered from 0.
public enum MerkleTree {
    /// The hash of a leaf's bytes.
    public static func leafHash(of bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update([0x00])
        hash.update(bytes)
        return hash.finalize()
    }

    /// The hash of an inner node.
    public static func nodeHash(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update([0x01])
        hash.update(left)
        hash.update(right)
        return hash.finalize()
    }

    /// The root of a tree without leaves.
    public static let emptyRoot = SHA256.digest(of: [UInt8]())

    /// The root of the subtree over `range`. `known` gives the hash of a range that need not be computed: at least of
    /// every single leaf.
    public static func root<Failure: Error>(
        over range: Range<Int64>, known: (Range<Int64>) throws(Failure) -> [UInt8]?
    ) throws(Failure) -> [UInt8] {
        if range.isEmpty { return emptyRoot }
        if let hash = try known(range) { return hash }
        precondition(range.count > 1, "a leaf's hash is not known")
        let middle = range.lowerBound + split(Int64(range.count))
        return nodeHash(
            try root(over: range.lowerBound..<middle, known: known),
            try root(over: middle..<range.upperBound, known: known))
    }

    /// Proves that the tree over `0..<size` has this leaf: the hashes beside the way from the leaf to the root.
    public static func inclusionProof<Failure: Error>(
        leaf: Int64, size: Int64, known: (Range<Int64>) throws(Failure) -> [UInt8]?
    ) throws(Failure) -> [[UInt8]] {
        precondition(leaf >= 0 && leaf < size, "the tree has no such leaf")
        var proof: [[UInt8]] = []
        var range = 0..<size
        while range.count > 1 {
            let middle = range.lowerBound + split(Int64(range.count))
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            proof.append(try root(over: leaf < middle ? right : left, known: known))
            range = leaf < middle ? left : right
        }
        return proof.reversed()
    }

    /// Proves that the tree over `0..<size` begins with the tree over `0..<older`.
    public static func consistencyProof<Failure: Error>(
        from older: Int64, to size: Int64, known: (Range<Int64>) throws(Failure) -> [UInt8]?
    ) throws(Failure) -> [[UInt8]] {
        precondition(older >= 0 && older <= size, "the older tree is larger")
        guard older > 0, older < size else { return [] }
        var proof: [[UInt8]] = []
        var range = 0..<size
        while range.upperBound != older {
            let middle = range.lowerBound + split(Int64(range.count))
            if older <= middle {
                proof.append(try root(over: middle..<range.upperBound, known: known))
                range = range.lowerBound..<middle
            } else {
                proof.append(try root(over: range.lowerBound..<middle, known: known))
                range = middle..<range.upperBound
            }
        }
        if range.lowerBound > 0 { proof.append(try root(over: range, known: known)) }
        return proof.reversed()
    }

    /// Whether the proof leads from the leaf to the root.
    public static func isIncluded(
        leafHash: [UInt8], leaf: Int64, size: Int64, proof: [[UInt8]], root: [UInt8]
    ) -> Bool {
        guard leaf >= 0, leaf < size else { return false }
        var (node, last, hash) = (leaf, size - 1, leafHash)
        for sibling in proof {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                hash = nodeHash(sibling, hash)
                while node & 1 == 0 && node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                hash = nodeHash(hash, sibling)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && hash == root
    }

    /// Whether the proof shows that the newer tree begins with the older one.
    public static func isConsistent(
        older: Int64, olderRoot: [UInt8], newer: Int64, newerRoot: [UInt8], proof: [[UInt8]]
    ) -> Bool {
        guard older >= 0, older <= newer else { return false }
        if older == newer { return proof.isEmpty && olderRoot == newerRoot }
        if older == 0 { return proof.isEmpty && olderRoot == emptyRoot }
        var hashes = proof[...]
        if older & (older - 1) == 0 { hashes = [olderRoot] + hashes }
        guard var old = hashes.popFirst() else { return false }
        var new = old
        var (node, last) = (older - 1, newer - 1)
        while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
        for sibling in hashes {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                (old, new) = (nodeHash(sibling, old), nodeHash(sibling, new))
                while node & 1 == 0 && node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                new = nodeHash(new, sibling)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && old == olderRoot && new == newerRoot
    }

    /// The largest power of two below `count`.
    private static func split(_ count: Int64) -> Int64 {
        1 << (63 - (count - 1).leadingZeroBitCount)
    }
}

/// Builds a tree's root leaf by leaf, keeping one hash per level.
public struct MerkleAccumulator: Sendable {
    /// Leaves so far.
    public private(set) var size: Int64 = 0
    /// Roots of complete subtrees, the largest first.
    private var peaks: [(height: Int, hash: [UInt8])] = []

    /// A tree without leaves.
    public init() {}

    /// Adds a leaf.
    public mutating func append(_ leafHash: [UInt8]) {
        append(leafHash) { _, _ in }
    }

    /// Adds a leaf; `completed` learns the height and the root of every subtree that this completes.
    public mutating func append(_ leafHash: [UInt8], completed: (Int, [UInt8]) throws -> Void) rethrows {
        var (height, hash) = (0, leafHash)
        while let last = peaks.last, last.height == height {
            hash = MerkleTree.nodeHash(last.hash, hash)
            height += 1
            peaks.removeLast()
            try completed(height, hash)
        }
        peaks.append((height, hash))
        size += 1
    }

    /// The root over the leaves so far.
    public var root: [UInt8] {
        guard var hash = peaks.last?.hash else { return MerkleTree.emptyRoot }
        for peak in peaks.dropLast().reversed() {
            hash = MerkleTree.nodeHash(peak.hash, hash)
        }
        return hash
    }
}
