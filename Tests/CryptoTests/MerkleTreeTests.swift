import Testing

@testable import Crypto

/// The eight leaves and roots that certificate-transparency implementations are tested with.
private let inputs: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
    [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
]
private let roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

private func known(_ hashes: [[UInt8]]) -> (Range<Int64>) -> [UInt8]? {
    { range in range.count == 1 ? hashes[Int(range.lowerBound)] : nil }
}

@Test func rootsAreThoseOfTheStandardsTestVectors() {
    let hashes = inputs.map(MerkleTree.leafHash(of:))
    var accumulator = MerkleAccumulator()
    for size in 1...8 {
        accumulator.append(hashes[size - 1])
        let accumulated = accumulator.root
        let root = MerkleTree.root(over: 0..<Int64(size), known: known(hashes))
        #expect(Hexadecimal.string(root) == roots[size - 1])
        #expect(accumulated == root)
    }
}

@Test func everyInclusionAndConsistencyProofOfSmallTreesHolds() {
    let hashes = (0..<40).map { MerkleTree.leafHash(of: [UInt8($0)]) }
    let roots = (0...40).map { MerkleTree.root(over: 0..<Int64($0), known: known(hashes)) }
    for size in 1...40 {
        for leaf in 0..<size {
            let proof = MerkleTree.inclusionProof(leaf: Int64(leaf), size: Int64(size), known: known(hashes))
            func holds(_ hash: [UInt8], _ proof: [[UInt8]], _ root: [UInt8]) -> Bool {
                MerkleTree.isIncluded(
                    leafHash: hash, leaf: Int64(leaf), size: Int64(size), proof: proof, root: root)
            }
            #expect(holds(hashes[leaf], proof, roots[size]))
            #expect(!holds(hashes[(leaf + 1) % 40], proof, roots[size]))
            #expect(!holds(hashes[leaf], proof + [hashes[0]], roots[size]))
            #expect(!holds(hashes[leaf], proof, roots[size - 1]))
        }
        for older in 0...size {
            let proof = MerkleTree.consistencyProof(from: Int64(older), to: Int64(size), known: known(hashes))
            func holds(_ olderRoot: [UInt8], _ proof: [[UInt8]]) -> Bool {
                MerkleTree.isConsistent(
                    older: Int64(older), olderRoot: olderRoot, newer: Int64(size), newerRoot: roots[size], proof: proof)
            }
            #expect(holds(roots[older], proof))
            #expect(!holds(roots[older == 0 ? 1 : older - 1], proof))
            #expect(!holds(roots[older], proof + [hashes[0]]))
        }
    }
}

@Test func aSubtreeIsAnnouncedWhenItsLastLeafArrives() {
    var accumulator = MerkleAccumulator()
    var heights: [[Int]] = []
    for number in 0..<8 {
        var completed: [Int] = []
        accumulator.append([UInt8(number)]) { height, _ in completed.append(height) }
        heights.append(completed)
    }
    #expect(heights == [[], [1], [], [1, 2], [], [1], [], [1, 2, 3]])
}
